"""The two sides of a day beside one another, in words: what cash came and went, and where every printed paper is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.cash.documents import DayEnd
from helpdesk.assistance.cash.queries import DayEndShown
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.printing.blocks import amount_shown
from helpdesk.printing.paydays import day_end_pdf
from ui.printing import Paper
from ui.theme import Look
from ui.widgets.reading import Rows
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, label

FLAWS_NAMED = 6


class Sides(QWidget):
    """Cash on one side, papers on the other; below each, the sentence that proves it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        words = self._words = look.words
        self.setObjectName("cashSides")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.size(12))
        self.cash, self.cash_told = Rows(look, name="cashRows"), label("", role="head", name="cashTold")
        self.papers, self.papers_told = Rows(look, name="paperRows"), label("", role="head", name="papersTold")
        for title, rows, told in (
            (words("Cash in the box"), self.cash, self.cash_told),
            (words("Vouchers on paper"), self.papers, self.papers_told),
        ):
            card = Card(look, title, "cashSide")
            card.add(rows)
            card.add(told)
            card.inside.addStretch(1)
            row.addWidget(card, 1)

    def show_end(self, end: DayEnd) -> None:
        """What should be there, nothing counted yet."""
        words, box, papers = self._words, end.box, end.papers

        def amount(dinars: int) -> str:
            return amount_shown(words, dinars, CURRENCY)

        self.cash.show_rows(
            [
                (words("In the box before"), amount(box.opening)),
                (words("Received"), amount(box.received)),
                (words("Paid"), words.plural("{amount}, {n} payment", "{amount}, {n} payments", box.payments,
                                             amount=amount(box.paid))),
                (words("Returned"), amount(box.returned)),
            ]
        )  # fmt: skip
        self.cash_told.setText(words("Must be there: {amount}", amount=amount(box.should_hold)))
        self.papers.show_rows(
            [
                (words("Papers printed"), words.digits(papers.printed)),
                (words("Papers paid"), words.digits(papers.paid)),
                (words("Papers void"), words.digits(papers.void)),
                (words("Papers with families"), words.digits(papers.with_families)),
                (words("Papers that must be here"), words.digits(papers.in_stock)),
            ]
        )
        if papers.unaccounted:
            self.papers_told.setText(
                words.plural("{n} paper is in no place.", "{n} papers are in no place.", papers.unaccounted)
            )
        else:
            self.papers_told.setText(words("Printed = paid + void + with families + here. It adds up."))
        _tone(self.papers_told, "stop" if papers.unaccounted else "good")


def flaws_told(words: Words, end: DayEnd) -> str:
    """The flaws of the ledger by name, "" without any."""
    said = []
    for flaw in end.flaws[:FLAWS_NAMED]:
        number = isolate_ltr(voucher_number_shown(flaw.number)) if flaw.number else ""
        named = words.label("ledger_flaw", flaw.code)
        said.append(words("{thing}: {count}", thing=named, count=number) if number else named)
    if len(end.flaws) > FLAWS_NAMED:
        said.append(words("and {n} more", n=len(end.flaws) - FLAWS_NAMED))
    return "\n".join(said)


def end_columns(words: Words, points: dict[int, str]) -> list[Column]:
    """The columns of the counts."""
    return [
        Column(words("Day"), 180, lambda one: words.date(one.end.on)),
        Column(words("Pay point"), 0, lambda one: points.get(one.end.pay_point, words.digits(one.end.pay_point))),
        Column(words("Counted"), 150, lambda one: amount_shown(words, one.end.held, CURRENCY)),
        Column(words("Difference"), 140, lambda one: amount_shown(words, one.end.variance, CURRENCY),
               tone=lambda one: "stop" if one.differences else "good"),
        Column(words("Counted by"), 120, lambda one: one.counted_by),
        Column(words("Second signature"), 250, lambda one: second(words, one), tone=_second_tone),
    ]  # fmt: skip


def second(words: Words, shown: DayEndShown) -> str:
    """Who signed second, or that nobody did."""
    return shown.signed_by if shown.closed else words("waits for the second signature")


def moves_told(words: Words, moves: Sequence[tuple[str, int, str]]) -> list[tuple[str, str]]:
    """Movements of cash as rows: what happened, how much, and who stood on the other side."""
    rows = []
    for what, amount, name in moves:
        told = words("Received") if what == "IN" else words("Returned")
        shown = amount_shown(words, amount, CURRENCY)
        rows.append((told, words("{amount}, {name}", amount=shown, name=isolate(name))))
    return rows


def day_end_paper(words: Words, shown: DayEndShown, point: str, *, practice: bool) -> Paper:
    """A day's end to be signed by two on paper."""
    return Paper(words("Day's end"), day_end_pdf(shown, words, point, practice=practice))


def _second_tone(shown: DayEndShown) -> str:
    if shown.one_name:
        return "stop"
    return "good" if shown.closed else "careful"


def _tone(told: QWidget, tone: str) -> None:
    told.setProperty("tone", tone)
    told.style().unpolish(told)
    told.style().polish(told)
