"""What the page of double payments is made of: one payment as proof, the piece that settles a case, and its paper.

They show and ask; reading and saving are the page's. Nothing here says who may be to blame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers import doubles
from helpdesk.assistance.vouchers.doubles import SHORTEST_NOTE, WHY, DoublePayment, Proof
from helpdesk.assistance.vouchers.settled import OUTCOME
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown, voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.users import names
from helpdesk.households.rules import NOTE_LENGTH
from helpdesk.printing.blocks import amount_shown, day_shown
from helpdesk.printing.lists import Column, ListPaper, list_pdf
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.file_beside import Asking
from ui.forms.part import Missing, Part
from ui.printing import Paper
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import label

RECOVERED = "PAID_TWICE_RECOVERED"
_GROUP = 8


@dataclass(frozen=True)
class Seen:
    """What the page reads: the cases, the open ones first, the desk, the names of its users, and who looks."""

    cases: tuple[DoublePayment, ...]
    now: DeskNow
    names: Mapping[str, str]
    user: str

    def point(self, words: Words, number: int) -> str:
        """A pay point by its name, by its number where this desk has no name for it."""
        return next((one.name for one in self.now.pay_points if one.number == number), words.digits(number))

    def name(self, words: Words, user: str) -> str:
        """Whose account it was; those of other desks have no name here."""
        return self.names.get(user, words("somebody at another desk"))


def seen(view: View) -> Seen:
    """Read all of it."""
    return Seen(doubles.double_payments(view), desk_now(view), names(view), view.user.id)


def shared(words: Words, case: DoublePayment) -> str:
    """What the payments of a case have in common."""
    return words.listed([words.label(WHY.name, why) for why in case.why])


def hash_shown(text: str) -> str:
    """A hash in groups, so that two can be compared by eye and a line may break between them."""
    return isolate_ltr(" ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)))


def number_shown(number: str) -> str:
    """A voucher's number, "" where the payment names none."""
    return isolate_ltr(voucher_number_shown(number)) if number else ""


def family_shown(case: DoublePayment) -> str:
    """The families of a case; more than one where a number was used twice."""
    numbers = dict.fromkeys(proof.household_number for proof in case.proofs if proof.household_number)
    return ", ".join(isolate_ltr(household_number_shown(number)) for number in numbers)


def signed_shown(words: Words, proof: Proof) -> str:
    """Whose key the payment names as its signer, if any; looking through the ledger proves it."""
    return words("signed, by the key {key}", key=isolate_ltr(proof.key)) if proof.signature else words("not signed")


def proof_rows(words: Words, proof: Proof, known: Seen) -> list[tuple[str, str | None]]:
    """One payment, as it stands beside the other."""
    family = isolate_ltr(household_number_shown(proof.household_number)) if proof.household_number else ""
    return [
        (words("Voucher"), number_shown(proof.number)),
        (words("Family"), family),
        (words("Grant"), words.label(GRANT.name, proof.grant) if proof.grant else ""),
        (words("Instalment"), words.digits(proof.instalment) if proof.instalment else ""),
        (words("Amount"), amount_shown(words, proof.amount, proof.currency)),
        (words("Day"), words.date(proof.paid_on)),
        (words("Pay point"), known.point(words, proof.pay_point)),
        (words("By"), known.name(words, proof.user)),
        (words("Hash of the payment"), hash_shown(proof.hash)),
        (words("Signature"), signed_shown(words, proof)),
    ]


def settled_rows(words: Words, case: DoublePayment, known: Seen) -> list[tuple[str, str | None]]:
    """What was said of a settled case."""
    word = case.settled
    if word is None:
        return []
    return [
        (words("What it was"), words.label(OUTCOME.name, word.outcome)),
        (words("Of it recovered, dinars"), words.digits(f"{word.recovered:,}") if word.recovered else ""),
        (words("What was found"), word.note),
        (words("Day"), words.date(word.on)),
        (words("By"), known.name(words, word.by)),
    ]


class SettlePart(Part):
    """What a case was, what came back, and what was found."""

    def __init__(self, look: Look, case: DoublePayment) -> None:
        super().__init__(look, look.words.label("act", "double.settle"), "settleDouble")
        words = self.words
        self._most = case.too_much
        self.outcome = ChoiceRow(look, "doubleOutcome", words("What it was"), entries_of(look, OUTCOME), columns=2)
        self.recovered = DigitEdit(look, "doubleRecovered", longest=12)
        self.note = NameEdit(look, "doubleNote", longest=NOTE_LENGTH)
        self.add(label(words("Your signature settles it. All payments stay as they are: nothing is undone.")))
        self.add(self.field("outcome", words("What it was"), self.outcome, required=True))
        self.back = self.field("recovered", words("Of it recovered, dinars"), self.recovered, required=True)
        self.back.hide()
        self.add(self.back)
        self.add(self.field("note", words("What was found"), self.note, required=True))
        self.outcome.changed.connect(self._choose)
        self.recovered.typed.connect(lambda text: self.keep("recovered", text))
        self.note.typed.connect(lambda text: self.keep("note", text))

    def _choose(self, code: str) -> None:
        self.back.setVisible(code == RECOVERED)
        self.keep("outcome", code)

    def amount(self) -> int:
        """What came back, 0 unless the outcome says so."""
        return int(self.recovered.value() or 0) if self.outcome.chosen == RECOVERED else 0

    def missing(self) -> list[Missing]:
        """The outcome, what came back, and a sentence; whether it is enough says the command."""
        words, found = self.words, []
        if self.outcome.chosen is None:
            found.append(Missing(words("What it was"), self.outcome))
        if self.outcome.chosen == RECOVERED and not self.amount():
            found.append(Missing(words("Of it recovered, dinars"), self.recovered))
        if len(self.note.value()) < SHORTEST_NOTE:
            found.append(Missing(words("What was found"), self.note))
        return found


def settling(look: Look, case: DoublePayment, then: Callable[[Any], None]) -> Asking:
    """A supervisor's word on a case."""
    piece = SettlePart(look, case)
    return Asking(
        piece, lambda: (doubles.settle, case.id, piece.outcome.chosen, piece.note.value(), piece.amount()), then
    )


def proofs_paper(words: Words, case: DoublePayment, known: Seen, *, practice: bool) -> Paper:
    """The payments of a case on one sheet, to be shown to whoever paid and to the centre."""
    said = [(words("Family"), family_shown(case)), *settled_rows(words, case, known)]
    paper = ListPaper(
        title=words("Paid twice"),
        columns=(
            Column(words("Voucher"), 3), Column(words("Day"), 3), Column(words("Pay point"), 3),
            Column(words("Amount"), 3), Column(words("By"), 3), Column(words("Hash of the payment"), 5),
            Column(words("Signature"), 3),
        ),
        rows=[
            (number_shown(proof.number), day_shown(words, proof.paid_on),
             isolate(known.point(words, proof.pay_point)), amount_shown(words, proof.amount, proof.currency),
             isolate(known.name(words, proof.user)), hash_shown(proof.hash), signed_shown(words, proof))
            for proof in case.proofs
        ],
        practice=practice,
        facts=(
            (words("Desk"), words.digits(f"{known.now.number:03d}")),
            (words("What they share"), shared(words, case)),
            *((title, value) for title, value in said if value),
        ),
        sign_here=(words("Signature of the supervisor"),),
    )  # fmt: skip
    return Paper(paper.title, list_pdf(paper, words))
