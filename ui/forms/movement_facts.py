"""One movement in words: its facts, what is doubtful, its calls, its families as a table, why a family was refused.

Of an adult's own word a refusal says here, as on every page, only that it is not there yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from helpdesk.core.clock import read_instant
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.queries import HouseholdLine, lines
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.departures import codes
from helpdesk.journey.departures.bulk import Bulk
from helpdesk.journey.departures.queries import FamilyLine, MovementShown
from ui.forms.journey_words import unmarked
from ui.forms.places import Places
from ui.messages import Tone
from ui.theme import Look
from ui.widgets.reading import Rows
from ui.widgets.row_drawing import Column

DOT: Final = "   \u00b7   "
SAID: Final = 12
"""So many refusals are said one by one."""
CALLS_SHOWN: Final = 6
"""So many calls on the road are shown, the last first."""
_TONES: Final = {"PRESENT": "good", "DEPARTED": "good", "NOSHOW": "careful", "REFUSED": "stop", "TURNED_BACK": "stop"}


def facts_of(words: Words, places: Places, shown: MovementShown) -> list[tuple[str, str]]:
    """The movement's facts as names and values."""
    movement = shown.movement
    told = [f"{words.label(AUTHORITY.name, one.authority)} ({words.date(one.on)})" for one in shown.notifications]
    counts = [
        words("{thing}: {count}", thing=words.label(codes.LINE_STATE.name, state), count=count)
        for state in codes.LINE_STATE
        if (count := shown.counts.get(state, 0))
    ]
    how = (words.label(codes.MODE.name, movement.mode), words.label(codes.MOVEMENT_STATE.name, movement.state))
    return [
        (words("Day of the movement"), DOT.join(part for part in (words.date(movement.day), movement.hour) if part)),
        (words("How they travel"), DOT.join(how)),
        (words("Where to"), DOT.join(part for part in (places.name(movement.destination), movement.route) if part)),
        (words("Told"), DOT.join(told) or words("nobody yet")),
        (words("Families"), DOT.join(counts) or words("nobody yet: scan a card")),
    ]


def calls_of(words: Words, shown: MovementShown) -> list[tuple[str, str]]:
    """The calls on the road, the last first: when, from where, whether all is well, and what was said."""
    rows = []
    for call in reversed(shown.calls[-CALLS_SHOWN:]):
        at = read_instant(call.at).astimezone()
        when = DOT.join((words.date(at.date()), isolate_ltr(words.digits(f"{at:%H:%M}"))))
        well = words("everybody is well") if call.all_well else words("not everybody is well")
        rows.append((when, DOT.join(part for part in (isolate(call.place), well, isolate(call.said)) if part)))
    return rows


def doubts_of(words: Words, shown: MovementShown) -> str:
    """What two desks did against each other, in words; "" where nothing is doubtful."""
    said = []
    if len(shown.closings) > 1:
        said.append(words("This manifest was closed at two desks. Each family counts once; compare the papers."))
    if shown.elsewhere:
        said.append(
            words.plural(
                "{n} family is on another movement's list too.", "{n} families are on another movement's list too.",
                len(shown.elsewhere),
            )
        )  # fmt: skip
    return " ".join(said)


def family_columns(words: Words) -> list[Column]:
    """The table of a movement's families: what a list may say of them."""

    def lacking(line: FamilyLine) -> str:
        return words.digits(line.blocking) if line.blocking and line.state in codes.LIVE else ""

    return [
        Column(words("Number"), 150, lambda line: household_number_shown(line.number), ltr=True),
        Column(words("Name on the card"), 0, lambda line: line.principal),
        Column(words("People"), 80, lambda line: words.digits(line.persons)),
        Column(words("Vehicle"), 110, lambda line: line.vehicle, ltr=True),
        Column(words("Asked if fit"), 110, lambda line: words("{n} of {all}", n=line.fit, all=line.persons)),
        Column(words("Still missing"), 120, lacking, tone=lambda line: "careful" if lacking(line) else "ink"),
        Column(
            words("On this movement"), 190, lambda line: words.label(codes.LINE_STATE.name, line.state),
            tone=lambda line: _TONES.get(line.state, "ink"),
        ),
    ]  # fmt: skip


def refusal_rows(words: Words, refused: Sequence[NotNow], found: Mapping[str, HouseholdLine]) -> list[tuple[str, str]]:
    """Family numbers and why each was refused, the first :data:`SAID` of them."""
    rows = [
        (
            household_number_shown(found[one.household].number) if one.household in found else "",
            _why(words, one),
        )
        for one in refused[:SAID]
    ]
    if len(refused) > SAID:
        rows.append(("", words("And {n} more: open them in the list.", n=len(refused) - SAID)))
    return rows


def _why(words: Words, one: NotNow) -> str:
    error = unmarked(Refusal(one.code, **one.values))
    return words.sentence(error) if isinstance(error, Refusal) else ""


class RefusedFamilies(Rows):
    """Families that could not be served, each with its number and the reason. ``read`` is the page's."""

    def __init__(self, look: Look, read: Callable[..., None]) -> None:
        super().__init__(look, name="movementRefusals")
        self._words = look.words
        self._read = read
        self.hide()

    def tell(self, refused: Sequence[NotNow]) -> None:
        """Say these; nobody hides the rows."""
        self.setVisible(bool(refused))
        if refused:
            households = tuple(one.household for one in refused[:SAID])
            self._read(lines, households, then=partial(self._show, refused))
        else:
            self.show_rows(())

    def _show(self, refused: Sequence[NotNow], found: Mapping[str, HouseholdLine]) -> None:
        self.show_rows(refusal_rows(self._words, refused, found))


def bulk_said(words: Words, done: Bulk, *, ready: bool) -> tuple[Tone, str]:
    """Tone and sentence of what came of declaring many ready, or of giving many the day."""
    good = done.asked - len(done.refused)
    said = (
        words.plural("{n} family is ready.", "{n} families are ready.", good)
        if ready
        else words.plural("{n} family has the day.", "{n} families have the day.", good)
    )
    return ("good" if good else "careful"), said
