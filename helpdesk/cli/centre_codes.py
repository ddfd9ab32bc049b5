"""``centre codes``: what the programme adds to the code lists that may grow, names otherwise, or offers no more.

Every change goes out with the next bundles. Which lists may grow is the program's; this noun only asks.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.centre import code_lists
from helpdesk.cli.session import centre_of
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.desk.bundle import ListedCode
from helpdesk.exchange.code_lists import OPEN, open_list

app: Final = typer.Typer(name="codes", help="Code lists that the programme edits.", rich_markup_mode=None)

ListArgument = Annotated[str, typer.Argument(metavar="LIST", help=f"One of {', '.join(OPEN)}.")]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="Letters, digits, - and _, at most 12.")]
English = Annotated[str | None, typer.Option("--en", help="Its words in English.")]
Arabic = Annotated[str | None, typer.Option("--ar", help="In Arabic.")]
Sorani = Annotated[str | None, typer.Option("--ckb", help="In Sorani.")]
Badini = Annotated[str | None, typer.Option("--kmr", help="In Badini.")]


class ListShown(Struct, frozen=True):
    """One list as ``show`` answers it: what is offered, and what is retired."""

    name: str
    offered: tuple[str, ...]
    retired: tuple[str, ...]


@app.command("show")
def show(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[LIST]", help="One list; else all that may grow.")] = None,
) -> None:
    """Show the lists that may grow, with their entries."""
    with centre_of(context) as (door, _):
        words = door.words
        shown = []
        for codes in [open_list(name)] if name is not None else OPEN.values():
            offered = words.lists.offered(codes)
            retired = tuple(code for code in words.lists.accepted(codes) if code not in offered)
            shown.append(ListShown(codes.name, offered, retired))
        door.answer(shown, *(line for one in shown for line in _lines(words, one)))


def _lines(words: Words, one: ListShown) -> list[str]:
    return [
        isolate_ltr(one.name),
        *(f"    {isolate_ltr(code)}  {isolate(words.label(one.name, code))}" for code in one.offered),
        *(
            f"    {isolate_ltr(code)}  {isolate(words.label(one.name, code))}  {words('offered no more')}"
            for code in one.retired
        ),
    ]


@app.command("add")
def add(
    context: typer.Context, name: ListArgument, code: CodeArgument,
    en: English = None, ar: Arabic = None, ckb: Sorani = None, kmr: Badini = None,
) -> None:  # fmt: skip
    """Add an entry to a list; English words are needed, the others are better than English."""
    with centre_of(context) as (door, office):
        entry = office.gate.do(code_lists.add, office, name, code, _labels(en, ar, ckb, kmr))
        door.answer(entry, door.words("Recorded. It goes out with the next bundles."))


@app.command("label")
def label(
    context: typer.Context, name: ListArgument, code: CodeArgument,
    en: English = None, ar: Arabic = None, ckb: Sorani = None, kmr: Badini = None,
) -> None:  # fmt: skip
    """Name an entry otherwise, in the languages that are given."""
    labels = _labels(en, ar, ckb, kmr)
    if not labels:
        raise typer.BadParameter("one of --en, --ar, --ckb, --kmr is needed")
    with centre_of(context) as (door, office):
        entry = office.gate.do(code_lists.rename, office, name, code, labels)
        door.answer(entry, door.words("Recorded. It goes out with the next bundles."))


@app.command("retire")
def retire(context: typer.Context, name: ListArgument, code: CodeArgument) -> None:
    """Offer an entry no more. What was recorded with it keeps its words."""
    with centre_of(context) as (door, office):
        entry = office.gate.do(code_lists.retire, office, name, code)
        door.answer(entry, door.words("Recorded. It goes out with the next bundles."))


@app.command("offer")
def offer(context: typer.Context, name: ListArgument, code: CodeArgument) -> None:
    """Offer a retired entry again."""
    with centre_of(context) as (door, office):
        entry = office.gate.do(code_lists.retire, office, name, code, retired=False)
        door.answer(entry, door.words("Recorded. It goes out with the next bundles."))


@app.command("history")
def history(context: typer.Context, name: ListArgument) -> None:
    """Every change of a list: when, by which account, and what held from then on."""
    with centre_of(context) as (door, office):
        words = door.words
        found = code_lists.history(office, name)
        lines = [
            f"{isolate_ltr(change.at)}  {isolate_ltr(change.user)}  {_said(words, change.entry)}" for change in found
        ]
        door.answer(found, *(lines or [words("Nothing was changed.")]))


def _said(words: Words, entry: ListedCode) -> str:
    labels = "  ".join(f"{language}: {isolate(text)}" for language, text in entry.labels.items())
    retired = words("offered no more") if entry.retired else ""
    return "  ".join(part for part in (isolate_ltr(entry.code), labels, retired) if part)


def _labels(en: str | None, ar: str | None, ckb: str | None, kmr: str | None) -> dict[str, str]:
    given = {"en": en, "ar": ar, "ckb": ckb, "kmr": kmr}
    return {language: text for language, text in given.items() if text is not None}
