"""The lists of vouchers that a supervisor and a clerk work through: which states each holds, its rows, and on paper.

They read and word; what may be done with a voucher stands in voucher_acts.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers import approving, counts, rerouting
from helpdesk.assistance.vouchers import lines as voucher_lines
from helpdesk.assistance.vouchers.codes import STATE
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.assistance.vouchers.questions import open_questions
from helpdesk.core.language import N_, Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.printing.blocks import amount_shown, day_shown, unbroken
from helpdesk.printing.lists import Column as PaperColumn
from helpdesk.printing.lists import ListPaper, list_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper
from ui.widgets.row_drawing import Column

APPROVE, PRINT, HAND_OVER, PAID, QUESTIONS, ALL = "APPROVE", "PRINT", "HAND_OVER", "PAID", "QUESTIONS", "ALL"
LISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    APPROVE: (N_("To approve"), ("PLANNED",)),
    PRINT: (N_("To print"), ("APPROVED",)),
    HAND_OVER: (N_("To hand over"), ("PRINTED", "ISSUED")),
    PAID: (N_("Paid"), ("PAID", "RECONCILED")),
    "UNCLAIMED": (N_("Not collected"), ("UNCLAIMED",)),
    "LOST": (N_("Lost"), ("LOST",)),
    "DISPUTED": (N_("Disputed"), ("DISPUTED",)),
    QUESTIONS: (N_("Paid elsewhere?"), ()),
    ALL: (N_("All"), tuple(STATE)),
}
EMPTY: Final[Mapping[str, str]] = {
    APPROVE: N_("Nothing waits for approval. Plan vouchers with the button above, or in a family's file."),
    PRINT: N_("Nothing waits to be printed. What a supervisor approves comes here."),
    HAND_OVER: N_("No paper waits for its family. What is printed comes here; scan a paper to pay it."),
    PAID: N_("Nothing was paid yet. Scan a voucher to pay it."),
    "UNCLAIMED": N_("Every paper was collected. Where nobody came on the day, the voucher comes here."),
    "LOST": N_("No paper is lost. Pick a voucher under \u201cTo hand over\u201d to report one."),
    "DISPUTED": N_("Nothing is disputed. Where somebody says that a voucher is not right, pick it and write it down."),
    QUESTIONS: N_("The paid list asks nothing. Where another desk may have paid a grant, the voucher comes here."),
    ALL: N_("No voucher yet. Plan vouchers with the button above, or in a family's file."),
}  # fmt: skip
LONGEST_PAPER: Final = 1000


def list_of(state: str) -> str:
    """The list in which a voucher of this state is worked through."""
    return next((name for name, (_, states) in LISTS.items() if state in states), ALL)


@dataclass(frozen=True)
class Counted:
    """How many stand on each list, how much the states hold, and what waits for a second account here."""

    lists: Mapping[str, int]
    amounts: Mapping[str, int]
    waiting: tuple[rerouting.Waiting, ...]


@dataclass(frozen=True)
class Listed:
    """One list: its ids, the lines of those that were read with it, and what somebody found wrong in a sample."""

    ids: list[str]
    lines: dict[str, VoucherShown]
    wrong: frozenset[str] = frozenset()


def counted(view: View) -> Counted:
    """Every list at once."""
    found = {one.state: one for one in counts.by_state(view)}
    lists = {
        name: sum(found[state].vouchers for state in states if state in found) for name, (_, states) in LISTS.items()
    }
    lists[QUESTIONS] = len(open_questions(view))
    amounts = {
        name: sum(found[state].amount for state in states if state in found) for name, (_, states) in LISTS.items()
    }
    return Counted(lists, amounts, rerouting.waiting(view))


def listed(view: View, name: str, first: int) -> Listed:
    """The ids of a list, and the lines of the first ones, so that what may be done for all is known at once."""
    if name == QUESTIONS:
        ids = [hit.voucher for hit in open_questions(view)]
    else:
        ids = voucher_lines.voucher_ids(view, *(() if name == ALL else LISTS[name][1]))
    lines = voucher_lines.voucher_lines(view, ids if name == APPROVE else ids[:first])
    wrong = frozenset(approving.found_wrong(view, ids)) if name == APPROVE else frozenset()
    return Listed(ids, lines, wrong)


def columns(words: Words) -> list[Column]:
    """The columns of every list: the least by which a voucher is known."""
    return [
        Column(words("State"), 130, lambda v: words.label(STATE.name, v.state), tone=_tone),
        Column(words("Voucher"), 140, lambda v: voucher_number_shown(v.number) if v.number else "", ltr=True),
        Column(words("Family"), 140, lambda v: household_number_shown(v.household_number), ltr=True),
        Column(words("Grant"), 190, lambda v: words.label(GRANT.name, v.grant)),
        Column(words("Pay to"), 0, lambda v: v.payee),
        Column(words("Amount"), 130, lambda v: amount_shown(words, v.amount, v.currency)),
        Column(words("Payable until"), 150, lambda v: words.date(v.last_day)),
    ]


def _tone(voucher: VoucherShown) -> str:
    stopped = dict.fromkeys(("VOID", "LOST", "DISPUTED", "REPLACED"), "stop")
    waits = dict.fromkeys(("PLANNED", "UNCLAIMED", "SUSPENDED", "EXPIRED"), "careful")
    return {"PAID": "good", "RECONCILED": "good", **stopped, **waits}.get(voucher.state, "ink")


def list_paper(
    words: Words, name: str, vouchers: Sequence[VoucherShown], whole: int, now: DeskNow, *, practice: bool
) -> Paper:
    """A list to work along with a pen: numbers and amounts; no name stands on it."""
    paper = ListPaper(
        title=words("Vouchers: {what}", what=words(LISTS[name][0])),
        columns=(
            PaperColumn(words("Voucher"), 2),
            PaperColumn(words("Family"), 2),
            PaperColumn(words("Grant"), 2),
            PaperColumn(words("Amount"), 2, align="end"),
            PaperColumn(words("Payable until"), 2),
            PaperColumn(words("Done"), 2, write_here=True),
        ),
        rows=[
            (
                unbroken(voucher_number_shown(one.number)) if one.number else "",
                unbroken(household_number_shown(one.household_number)),
                words.label(GRANT.name, one.grant),
                amount_shown(words, one.amount, one.currency),
                day_shown(words, one.last_day),
                "",
            )
            for one in vouchers
        ],
        practice=practice,
        facts=(
            (words("Desk"), words.digits(f"{now.number:03d}")),
            (words("Day"), day_shown(words, now.day)),
            (words("Vouchers"), words.digits(whole)),
        ),
    )
    return Paper(paper.title, list_pdf(paper, words))
