"""``centre feedback``: sealed feedback that waits, and the word that it is closed; ``centre unseal`` opens one.

What was sealed is printed only where the protection officer's key was given, never by ``list``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from helpdesk.assistance.feedback.codes import CHANNEL, SEALED_TYPE, SIDE, WORD
from helpdesk.assistance.feedback.numbers import shown
from helpdesk.centre.sealed_feedback import OpenedFeedback, SealedLine, close_feedback, sealed_lines
from helpdesk.cli.session import centre_of
from helpdesk.core.clock import day_of
from helpdesk.core.language import Words, isolate, isolate_ltr

app: Final = typer.Typer(name="feedback", help="Sealed feedback of all desks.", rich_markup_mode=None)


@app.command("list")
def list_(context: typer.Context) -> None:
    """What is sealed and not closed, what waits longest first."""
    with centre_of(context) as (door, office):
        found = sealed_lines(office)
        door.answer(found, *(_line(door.words, one) for one in found))


def _line(words: Words, line: SealedLine) -> str:
    on = words.date(day_of(line.on)) if line.on is not None else words("waits since {day}", day=words.date(line.due))
    return "  ".join(
        (
            isolate_ltr(shown(line.number)),
            words.label(SIDE.name, line.side),
            words.label(CHANNEL.name, line.channel),
            words.label(WORD.name, line.state) if line.state else "",
            on,
        )
    )


@app.command("close")
def close(
    context: typer.Context, number: Annotated[str, typer.Argument(metavar="NUMBER", help="Its twelve digits.")]
) -> None:
    """Say that it is closed; its desk learns the word and the day with the next bundle, and nothing else."""
    with centre_of(context) as (door, office):
        office.gate.do(close_feedback, office, number)
        door.answer({"number": number}, door.words("Recorded. It goes out with the next bundles."))


def opened_lines(words: Words, opened: OpenedFeedback) -> Iterator[str]:
    """What was sealed, as ``centre unseal`` prints it."""
    yield opened.at
    if opened.damaged:
        yield words("This cannot be opened: it is damaged, or was not sealed to this key.")
        return
    content = opened.content
    yield words.label(SEALED_TYPE.name, content.type)
    for label, value in (
        (words("About"), content.about_desk),
        (words("How to reach the person"), content.contact),
        (words("Household number"), content.household_number),
    ):
        if value:
            yield words("{thing}: {count}", thing=label, count=isolate(value))
    if content.text:
        yield isolate(content.text)
