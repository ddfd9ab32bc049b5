"""Boards and worklists on paper: counts of a board, and the numbers of a worklist. Names of people stand on neither."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.journey.cases.codes import STATE
from helpdesk.journey.cases.queries import CaseLine
from helpdesk.journey.cases.queries import Column as StateColumn
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def board_paper(words: Words, columns: Sequence[StateColumn], now: DeskNow, *, practice: bool) -> Paper:
    """How many families and people stand at each step. No place stands on it: whoever prints it knows which."""
    rows = [
        (words.label(STATE.name, one.state), words.digits(one.families), words.digits(one.persons)) for one in columns
    ]
    together = (
        words("Together"),
        words.digits(sum(one.families for one in columns)),
        words.digits(sum(one.persons for one in columns)),
    )
    paper = ListPaper(
        title=words("Readiness board"),
        columns=(
            Column(words("Step"), 3),
            Column(words("Families"), align="end"),
            Column(words("Persons"), align="end"),
        ),
        rows=[*rows, together],
        practice=practice,
        facts=_facts(words, now),
        strong=frozenset({len(rows)}),
    )
    return Paper(paper.title, list_pdf(paper, words))


def worklist_paper(
    words: Words, title: str, lines: Sequence[CaseLine], whole: int, now: DeskNow, *, practice: bool
) -> Paper:
    """A worklist to work along with a pen: numbers, sizes and how much is missing."""
    paper = ListPaper(
        title=title,
        columns=(
            Column(words("Number"), 2),
            Column(words("People"), align="end"),
            Column(words("Missing"), align="end"),
            Column(words("Done"), 2, write_here=True),
        ),
        rows=[
            (
                unbroken(household_number_shown(line.number)),
                words.digits(line.persons),
                words.digits(line.blocking) if line.blocking else "",
                "",
            )
            for line in lines
        ],
        practice=practice,
        facts=(*_facts(words, now), (words("Families"), words.digits(whole))),
    )
    return Paper(paper.title, list_pdf(paper, words))


def _facts(words: Words, now: DeskNow) -> tuple[tuple[str, str], ...]:
    return (words("Desk"), words.digits(f"{now.number:03d}")), (words("Day"), day_shown(words, now.day))
