"""Papers of cash-for-work and of arrival packages: the attendance sheet to take to the work, and the stock card.

The sheet names the people of one work, for the foreman to mark, and not where they live; the card names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from helpdesk.assistance.attendance.queries import SheetShown
from helpdesk.assistance.kits.documents import KIT_MOVE, Stock
from helpdesk.assistance.kits.queries import ISSUED, StockLine
from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.households import paper_forms
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf, lists_pdf

_AT_ONCE: Final = 7
"""Days beside each other on one page: a cell must be wide enough for a mark by hand."""


def work_sheet_pdf(shown: SheetShown, words: Words, *, practice: bool) -> bytes:
    """The sheet with a column for each day, seven to a page; days that were entered are marked already."""
    sheet = shown.sheet
    days = [sheet.first + timedelta(n) for n in range((sheet.last - sheet.first).days + 1)]
    papers = [
        _days_paper(shown, words, days[start : start + _AT_ONCE], practice=practice)
        for start in range(0, len(days), _AT_ONCE)
    ]
    return lists_pdf(papers, words, wide=True)


def _days_paper(shown: SheetShown, words: Words, days: Sequence[date], *, practice: bool) -> ListPaper:
    sheet = shown.sheet
    columns = (
        Column(words("No."), 0.6, align="center"),
        Column(words("Name"), 3),
        Column(words("Household number"), 1.8),
        *(Column(unbroken(words.digits(f"{day.day}/{day.month}")), 0.9, "center", write_here=True) for day in days),
        Column(words("Days"), 0.8, align="center", write_here=True),
        Column(words("Signature or thumb"), 2.2, write_here=True),
    )
    rows = [
        (
            words.digits(worker.line),
            worker.name,
            unbroken(household_number_shown(worker.household_number)) if worker.household_number else "",
            *("X" if day in worker.days else "" for day in days),
            words.digits(len(worker.days)) if worker.days else "",
            "",
        )
        for worker in shown.workers
    ]
    return ListPaper(
        title=words("Attendance of cash-for-work"),
        columns=columns,
        rows=rows,
        practice=practice,
        facts=(
            (words("Work"), sheet.work),
            (
                words("Days"),
                words("{first} to {last}", first=day_shown(words, days[0]), last=day_shown(words, days[-1])),
            ),
            (words("Sheet"), unbroken(paper_forms.shown(sheet.number))),
        ),
        notes=(words("Mark a day only for who was there. Whoever marks it stands for it with a signature."),),
        sign_here=(words("Signature of the foreman"), words("Signature of the supervisor")),
    )


def stock_card_pdf(lines: Sequence[StockLine], stock: Stock, words: Words, day: date, *, practice: bool) -> bytes:
    """The stock card of arrival packages: every movement with what lay here afterwards."""
    rows = [
        (
            day_shown(words, line.on),
            words("Given to families") if line.what == ISSUED else words.label(KIT_MOVE.name, line.what),
            unbroken(words.digits(f"{line.change:+d}")),
            unbroken(words.digits(str(line.left))),
            line.note,
        )
        for line in lines
    ]
    return list_pdf(
        ListPaper(
            title=words("Stock of arrival packages"),
            columns=(
                Column(words("Day"), 1.8),
                Column(words("What"), 2),
                Column(words("Change"), 1, align="center"),
                Column(words("Left"), 1, align="center"),
                Column(words("Note"), 3.4),
            ),
            rows=rows,
            practice=practice,
            facts=(
                (words("Day"), words.date(day)),
                (words("Must be here"), words.digits(stock.here)),
            ),
            sign_here=(words("Signature of the first person"), words("Signature of the second person")),
        ),
        words,
    )
