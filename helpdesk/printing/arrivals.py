"""The papers of an arrival: the slip a family keeps, the list of who is expected, and lists for a day without power.

None says from which camp a family comes or why. Names stand only on a list that a supervisor asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.places import Gazetteer
from helpdesk.households import paper_forms
from helpdesk.journey.arrivals.papers import ExpectedList
from helpdesk.journey.arrivals.queries import ArrivalShown
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, lists_pdf
from helpdesk.printing.messages import EXPLOSIVES
from helpdesk.printing.movements import destination_shown
from helpdesk.printing.slips import Slip

BLANK_ROWS: Final = 16
"""Rows of a paper list: one A4 page."""


def arrival_slip(
    words: Words, shown: ArrivalShown, desk: int, places: Gazetteer, helplines: Helplines, *, practice: bool
) -> Slip:
    """What a household keeps: that it was registered, what it was given, and whom to call. For ``shown.arrival``.

    Raises ValueError for a family whose arrival is not recorded.
    """
    arrival = shown.arrival
    if arrival is None:
        raise ValueError("no arrival")
    facts = (
        (words("Household number"), unbroken(household_number_shown(shown.number))),
        (words("Day of arrival"), day_shown(words, arrival.on)),
        (words("Where"), destination_shown(words, places, arrival.place)),
        (words("People who arrived"), words.digits(len(arrival.arrived))),
        (words("Packages given"), words.digits(arrival.kits) if arrival.kits else ""),
        (words("Registered with the ministry"), unbroken(arrival.momd) if arrival.momd else ""),
        (words("Desk"), unbroken(words.digits(desk))),
    )
    return Slip(
        title=words("You have arrived"),
        practice=practice,
        facts=tuple(fact for fact in facts if fact[1]),
        sentences=(
            words("Keep your card. Show it wherever you ask for help."),
            words("We call you after one week, three months and nine months, and ask how you are."),
            words(EXPLOSIVES),
            words("Call these lines about anything: a question, a complaint, a threat, somebody who asks for money."),
            words("Everything here is free of charge."),
        ),
        helplines=helplines,
    )


def expected_paper(words: Words, found: ExpectedList, *, practice: bool) -> ListPaper:
    """The families that are expected: numbers and sizes, names only where the list has them."""
    named = any(family.name for family in found.families)
    rows = [
        (
            words.digits(place),
            unbroken(household_number_shown(family.number)),
            *((family.name,) if named else ()),
            words.digits(family.persons),
            words.date(family.departed_on) if family.departed_on else "",
            "",
        )
        for place, family in enumerate(found.families, start=1)
    ]
    total = ("", words("Total"), *(("",) if named else ()), words.digits(found.people), "", "")
    note = (
        words("This list holds names: for the team only. Shred it when everybody has arrived.")
        if named
        else words("This list holds no names. Shred it when everybody has arrived.")
    )
    return ListPaper(
        title=words("Expected families"),
        columns=(
            Column(words("No."), 0.5),
            Column(words("Household number"), 1.8),
            *((Column(words("Principal"), 2.4),) if named else ()),
            Column(words("People"), 0.8, "center"),
            Column(words("Left on"), 1.6),
            Column(words("Here"), 1, write_here=True),
        ),
        rows=(*rows, total),
        practice=practice,
        facts=((words("Printed on"), day_shown(words, found.day)),),
        notes=(note,),
        strong=frozenset({len(rows)}),
    )


def arrival_forms_pdf(words: Words, numbers: Sequence[str], *, practice: bool) -> bytes:
    """Lists for an arrival day without power, one page for each number; typed in afterwards with that number."""
    dots = "\u2026" * 16
    columns = (
        Column(words("No."), 0.5),
        Column(words("Household number"), 2.2, write_here=True),
        Column(words("People who arrived"), 1.0, write_here=True),
        Column(words("By phone"), 0.8, write_here=True),
        Column(words("Packages given"), 0.9, write_here=True),
        Column(words("Slip given"), 0.8, write_here=True),
        Column(words("Signature or thumb"), 2.2, write_here=True),
    )
    rows = [(words.digits(row + 1), *[""] * 6) for row in range(BLANK_ROWS)]
    note = words("Write the number of each card. Type this list in once there is power: each is typed in once.")
    papers = [
        ListPaper(
            title=words("Arrival list {number}", number=unbroken(paper_forms.shown(number))),
            columns=columns,
            rows=rows,
            practice=practice,
            facts=((words("Day"), dots), (words("Where"), dots)),
            notes=(note,),
            sign_here=(words("Arrival desk"),),
        )
        for number in numbers
    ]
    return lists_pdf(papers, words)
