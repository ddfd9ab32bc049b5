"""The call list on A4: numbers alone, with room for the hour and the result. No name, no place, nothing that was said.

Whoever finds a lost list learns telephone and household numbers and nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown, phone_shown
from helpdesk.journey.monitoring.codes import RESULT, ROUND
from helpdesk.journey.monitoring.queries import ListedCall
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf


def call_list_pdf(calls: Sequence[ListedCall], words: Words, day: date, *, practice: bool) -> bytes:
    """The list as a PDF; families without a number that may be called stand with an empty cell."""
    columns = (
        Column(words("Household number"), 2.0),
        Column(words("Round"), 1.9),
        Column(words("Due"), 2.3),
        Column(words("Tried"), 1.2, align="center"),
        Column(words("Call"), 2.1),
        Column(words("Hour"), 1.0, write_here=True),
        Column(words("Result"), 2.0, write_here=True),
    )
    rows = [
        (
            unbroken(household_number_shown(one.number)),
            words.label(ROUND.name, one.round),
            day_shown(words, one.due),
            words.digits(one.attempts),
            "\n".join(unbroken(phone_shown(phone)) for phone in one.phones),
            "",
            "",
        )
        for one in calls
    ]
    results = words.listed(words.label(RESULT.name, code) for code in RESULT)
    paper = ListPaper(
        title=words("Calls"),
        columns=columns,
        rows=rows,
        practice=practice,
        facts=((words("Day"), words.date(day)), (words("Calls"), words.digits(len(rows)))),
        notes=(
            words("Ask first: is it safe to talk now? If it is not, end the call and write so."),
            words("Say neither where they lived nor for whom you call before you know whom you talk to."),
            words("Results: {results}", results=results),
        ),
    )
    return list_pdf(paper, words)
