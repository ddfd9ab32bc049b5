"""Payments that were made twice: the open cases first, both proofs side by side, and a supervisor's signed word.

It undoes no payment and blames nobody. Whoever made one of the payments reads the case here and does not settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from helpdesk.assistance.vouchers import doubles
from helpdesk.assistance.vouchers.doubles import DoublePayment
from helpdesk.assistance.vouchers.settled import OUTCOME
from helpdesk.core.errors import Refusal
from ui.forms.double_pieces import (
    Seen,
    family_shown,
    number_shown,
    proof_rows,
    proofs_paper,
    seen,
    settled_rows,
    shared,
)
from ui.forms.double_pieces import settling as settling_piece
from ui.forms.file_typing import TypingPlace
from ui.pages.base import Action, Page
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, clear, label

_BESIDE = 2
"""So many proofs stand side by side; a third goes below."""


class Doubles(Page):
    """Opened with nothing, or with the id of a voucher whose case is shown."""

    name: ClassVar[str] = "doubles"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"payment", "voucher", "double_settled", "bundle"})

    def build(self) -> None:
        """The cases above, the one that is picked below."""
        words, look = self.words, self.look
        self._seen: Seen | None = None
        self._by_id: dict[str, DoublePayment] = {}
        self.told = label("", role="quiet", name="doublesTold")
        self.table = PagedTable(look, "doublesTable", words("Double payments"), self._columns(), self._fetch)
        self.table.picked.connect(lambda _: self._pick())
        self.table.opened.connect(lambda _: self._begin())
        self.typing = TypingPlace(look)
        self.typing.moved.connect(self._moved)
        self.typing.left.connect(self.table.setFocus)
        inside = QWidget()
        inside.setObjectName("doublesProofs")
        self._proofs = QGridLayout(inside)
        self._proofs.setContentsMargins(0, 0, look.size(4), 0)
        self.picked = QScrollArea()
        self.picked.setObjectName("doublesPicked")
        self.picked.setAccessibleName(words("What was found"))
        self.picked.setWidgetResizable(True)
        # the keys reach it, so that a long case can be read without a mouse
        self.picked.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picked.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.picked.setWidget(inside)
        self.picked.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.typing)
        self.body.addWidget(self.picked, 4)

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Day"), 160, lambda case: words.date(case.proofs[-1].paid_on)),
            Column(words("Voucher"), 150, lambda case: number_shown(case.proofs[0].number), ltr=True),
            Column(words("Family"), 150, family_shown, ltr=True),
            Column(words("Paid too much, dinars"), 170, lambda case: words.digits(f"{case.too_much:,}"), ltr=True),
            Column(words("What it was"), 0, self._state),
        ]

    def _state(self, case: DoublePayment) -> str:
        if case.settled is None:
            return self.words("Open: nobody has settled it")
        return self.words.label(OUTCOME.name, case.settled.outcome)

    def title(self) -> str:
        """The page's title."""
        return self.words("Paid twice")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Every case in which the payments found here say that something was paid more than once; the open cases "
            "stand first, the settled ones below. The arrow keys choose a case, and its payments stand side by side. "
            "Ctrl+Enter settles it with your signature; whoever made one of the payments cannot. F6 prints the "
            "payments of the case."
        )

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def main_action(self) -> Action | None:
        """Settle the case that is picked, or save what is said of it."""
        if not hasattr(self, "typing"):
            return None
        if self.typing.asking is not None:
            return Action(self.words("Save"), self._save, "save", self.typing.lacking())
        case = self._picked()
        if case is None or case.settled is not None or not self.around.may(doubles.settle):
            return None
        return Action(self.words.label("act", "double.settle"), self._begin, "check", self._barred(case))

    def _barred(self, case: DoublePayment) -> str:
        own = self._seen is not None and self._seen.user in {proof.user for proof in case.proofs}
        return self.words.sentence(Refusal("double.own")) if own else ""

    # reading

    def refresh(self) -> None:
        """Read all cases again."""
        self.read(seen, then=self._show, newest="cases")

    def _show(self, found: Seen) -> None:
        words, self._seen = self.words, found
        self._by_id = {case.id: case for case in found.cases}
        open_ = sum(case.settled is None for case in found.cases)
        told = words("{thing}: {count}", thing=words.label("exception", "double_payments"), count=open_)
        self.told.setText(told if found.cases else words("No payment was made twice."))
        self.table.setVisible(bool(found.cases) and self.typing.asking is None)
        self.table.show_ids([case.id for case in found.cases])
        wanted, self.subject = self.subject, None
        for row, case in enumerate(found.cases):
            if wanted and any(proof.voucher == wanted for proof in case.proofs):
                self.table.selectRow(row)
                break
        self._pick()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._by_id[one] for one in ids])

    def _picked(self) -> DoublePayment | None:
        return self._by_id.get(self.table.picked_id() or "")

    def _pick(self) -> None:
        case, known = self._picked(), self._seen
        clear(self._proofs)
        self.picked.setVisible(case is not None)
        if case is not None and known is not None:
            self._show_case(case, known)
        self.show_head()

    def _show_case(self, case: DoublePayment, known: Seen) -> None:
        words, look = self.words, self.look
        rows = [(words("What they share"), shared(words, case)), *settled_rows(words, case, known)]
        self._proofs.addWidget(Rows(look, rows, "doubleCase"), 0, 0, 1, _BESIDE)
        for place, proof in enumerate(case.proofs):
            of = words("{n} of {of}", n=place + 1, of=len(case.proofs))
            card = Card(look, of, f"proof{place}")
            facts = Rows(look, proof_rows(words, proof, known), f"proof{place}Rows")
            facts.narrow(120)
            card.add(facts)
            card.inside.addStretch(1)
            self._proofs.addWidget(card, 1 + place // _BESIDE, place % _BESIDE)
        for column in range(_BESIDE):
            self._proofs.setColumnStretch(column, 1)

    def _moved(self) -> None:
        # while a word is typed its case stays in sight, and no other can be picked
        self.table.setVisible(self.typing.asking is None and bool(self._by_id))
        self.show_head()

    # settling

    def _begin(self) -> None:
        case = self._picked()
        if case is None or case.settled is not None or not self.around.may(doubles.settle):
            return
        barred = self._barred(case)
        if barred:
            self.say("careful", barred)
            return
        self.quiet()
        self.typing.open(settling_piece(self.look, case, lambda _: self._settled()))

    def _save(self) -> None:
        self.typing.save(self.write, self.show_failure)

    def _settled(self) -> None:
        self.say("good", self.words("The double payment is settled."))

    def print_pressed(self) -> None:
        """F6: the payments of the case."""
        case = self._picked()
        if case is not None and self._seen is not None:
            self.around.go("paper", proofs_paper(self.words, case, self._seen, practice=self.around.seat.practice))
