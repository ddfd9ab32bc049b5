"""The two papers of a visit: the list for the driver, and the sheet to ask people with afterwards.

The driver learns how many, when and whom to call, and nobody's name. The interview sheet names nobody either: it
carries the household number, which only the desk can read, and is asked from the next day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.visits import codes
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.flow import MARGIN, TITLE, WIDTH, Flow
from helpdesk.printing.page import A4, Box, Offset, Sheet
from helpdesk.printing.text import Style

_HUGE: Final = Style(40, bold=True, align="center")


class DriverList(Struct, frozen=True):
    """What a driver is told. ``meeting`` is a meeting point in words, never the name of a camp."""

    on: date
    leaves: str
    meeting: str
    destination: str
    route: str
    vehicle: str
    contact: str
    persons: int
    families: int
    practice: bool


def driver_list_pdf(about: DriverList, words: Words, *, offset: Offset = (0.0, 0.0)) -> bytes:
    """The driver's list as a PDF on A4."""
    sheet = Sheet(A4, words, offset=offset)
    flow = Flow(sheet, practice=about.practice)
    flow.text(words("List for the driver"), TITLE, after=3)
    box = Box(MARGIN, flow.y, WIDTH, 22)
    flow.area.frame(box, thickness=0.4)
    flow.area.line(box, words.plural("{n} person", "{n} persons", about.persons), _HUGE, vertical="middle")
    flow.y += 26
    flow.fact(words("Families"), words.digits(about.families))
    flow.fact(words("Day"), day_shown(words, about.on))
    flow.fact(words("Leaves at"), unbroken(about.leaves) if about.leaves else "")
    flow.fact(words("Meeting point"), about.meeting)
    flow.fact(words("Destination"), about.destination)
    flow.fact(words("Route"), about.route)
    flow.fact(words("Vehicle"), about.vehicle)
    flow.fact(words("Call on the way"), unbroken(about.contact) if about.contact else "")
    flow.y += 3
    flow.text(words("Count the people when you leave and before you come back. Nobody is left behind."), after=3)
    share = WIDTH / 3
    flow.row([(share, ""), (share, words("Time")), (share, words("Persons counted"))], 8, grey=0.9)
    stops = (words("Leaving"), words("Arriving there"), words("Leaving for the way back"), words("Back again"))
    for stop in stops:
        flow.row([(share, stop), (share, ""), (share, "")], 11)
    flow.y += 3
    flow.sign(words("Driver"))
    return sheet.pdf()


class InterviewSheet(Struct, frozen=True):
    """One person to be asked: the household's number and her place in its roster; both None for a blank sheet."""

    number: str | None
    person: int | None


def interview_sheets_pdf(
    on: date, decide_from: date, sheets: Iterable[InterviewSheet], words: Words, *, practice: bool,
    offset: Offset = (0.0, 0.0),
) -> bytes:  # fmt: skip
    """A sheet for each person, as a PDF on A4.

    Raises:
        ValueError: no sheets.
    """
    asked = tuple(sheets)
    if not asked:
        raise ValueError("no sheets")
    paper = Sheet(A4, words, offset=offset)
    for one in asked:
        _interview(Flow(paper, practice=practice), words, on, decide_from, one)
    return paper.pdf()


def _interview(flow: Flow, words: Words, on: date, decide_from: date, one: InterviewSheet) -> None:
    flow.text(words("After the visit"), TITLE, after=3)
    number = unbroken(household_number_shown(one.number)) if one.number else ""
    flow.fact(words("Household number"), number)
    place = words.digits(one.person) if one.person is not None else ""
    flow.fact(words("Person, in the order of the visit's list"), place)
    flow.fact(words("Day of the visit"), day_shown(words, on))
    flow.text(words("Ask each person alone. Write no names. Every question may be left out."), after=3)
    yes_no = (words("Yes"), words("No"))
    flow.ticks(words("Did you see your own house?"), yes_no)
    flow.ticks(words("How much of it is damaged?"), _labels(words, codes.HOUSE), columns=4)
    flow.ticks(words("Which services did you see working?"), _labels(words, codes.SEEN_SERVICE))
    flow.ticks(words("Did you see dangers?"), _labels(words, codes.HAZARD))
    flow.ticks(words("How were you received?"), _labels(words, codes.RECEPTION))
    flow.ticks(words("Could women speak and ask freely?"), yes_no)
    flow.y += 2
    flow.heading(words("Not before {day}", day=decide_from))
    flow.text(words("Nobody is asked to decide on the day of the visit. Ask this on another day."), after=3)
    flow.fact(words("Asked on"), "")
    flow.ticks(words("What would you like to do now?"), _labels(words, codes.DECISION), columns=4)
    flow.sign(words("Interviewer"))


def _labels(words: Words, listed: CodeList) -> tuple[str, ...]:
    return tuple(words.label(listed.name, code) for code in words.lists.offered(listed))
