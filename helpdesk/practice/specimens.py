"""One specimen of every printed paper, with a fictional family: for looking at what is printed, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from helpdesk.assistance.vouchers.faces import EXTERNAL as VOUCHER
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.households.cards import EXTERNAL as CARD
from helpdesk.households.consent import consent_text
from helpdesk.practice.journey.papers import journey_papers
from helpdesk.practice.people import PRACTICE_DAY, families
from helpdesk.printing.cards import CardFace, CardLayout, cards_pdf
from helpdesk.printing.forms import FormBatch, registration_forms_pdf
from helpdesk.printing.page import A4
from helpdesk.printing.ruler import ruler_page
from helpdesk.printing.slips import (
    helpline_slip,
    next_steps_slip,
    own_record_pdf,
    refusal_slip,
    slip_pdf,
    withdrawal_receipt,
)
from helpdesk.printing.vouchers import (
    PaymentReceipt,
    VoucherFace,
    VoucherLayout,
    receipt_pdf,
    vouchers_pdf,
)
from helpdesk.vault import cose
from helpdesk.vault.codes import to_digits
from helpdesk.vault.keys import SigningKey

HELPLINES = (("Practice helpline", "07000000000"),)


def papers(words: Words) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every paper in the language of ``words``."""
    key = SigningKey.generate()
    cards = [_card(index, key) for index in range(10)]
    yield "card", cards_pdf(cards[:1], words, CardLayout.CR80)
    yield "cards", cards_pdf(cards, words, CardLayout.A4_TEN)
    vouchers = [_voucher(index, key, words) for index in range(3)]
    yield "voucher", vouchers_pdf(vouchers[:1], words, VoucherLayout.A6)
    yield "vouchers", vouchers_pdf(vouchers, words, VoucherLayout.A4_THREE)
    yield "voucher-roll", vouchers_pdf(vouchers[:1], words, VoucherLayout.ROLL)
    receipt = PaymentReceipt(
        voucher=vouchers[0], paid_on=PRACTICE_DAY, paid_by=cards[2].principal_name, witness=cards[1].principal_name,
        collected_by=cards[3].principal_name,
    )  # fmt: skip
    yield "receipt", receipt_pdf(receipt, words)
    text = consent_text("DATA", words.language)
    form = FormBatch(
        form_ids=("482913-50",),
        consent_text="\n".join(text.paragraphs),
        consent_version=text.version,
        helplines=HELPLINES,
        practice=True,
    )
    yield "form", registration_forms_pdf(form, words)
    number = cards[0].number
    yield "helpline", slip_pdf(helpline_slip(words, number, HELPLINES, practice=True), words)
    steps = (
        words("Keep your card and bring it each time you come."),
        words("You may change your mind at any time, and you lose nothing by it."),
    )
    yield "next-steps", slip_pdf(next_steps_slip(words, number, steps, HELPLINES, practice=True), words)
    withdrawn = (words.label("purpose", "CALL"),)
    yield (
        "withdrawal",
        slip_pdf(withdrawal_receipt(words, number, withdrawn, PRACTICE_DAY, HELPLINES, practice=True), words),
    )
    refusal = words.sentence(Refusal("voucher.elsewhere", point=102))
    yield (
        "refusal",
        slip_pdf(refusal_slip(words, words("Why not"), refusal, PRACTICE_DAY, HELPLINES, practice=True), words),
    )
    facts = tuple((words.label("relation", code), cards[n].principal_name) for n, code in enumerate(("HEAD", "SPOUSE")))
    yield "record", own_record_pdf(words, number, facts, PRACTICE_DAY, HELPLINES, practice=True)
    yield from journey_papers(words)
    yield "ruler", ruler_page(A4, words, practice=True)


def _card(index: int, key: SigningKey) -> CardFace:
    family = next(f for f in families(20, 7) if f.index == index)
    principal = family.members[family.principal]
    alternate = family.members[family.alternate] if family.alternate is not None else None
    number = with_check(f"{47_588_309 + index * 1_234_567:08d}")
    claims: dict[int, cose.Claim] = {
        1: int(number),
        2: bytes(range(index, index + 10)),
        3: 1,
        4: 20_778,
        5: family.size,
    }
    return CardFace(
        number=number,
        principal_name=f"{principal.given_name} {principal.father_name}",
        alternate_name=f"{alternate.given_name} {alternate.father_name}" if alternate else None,
        persons=family.size,
        issued=PRACTICE_DAY,
        qr_digits=to_digits("card", cose.sign1(key, claims, CARD)),
        helplines=HELPLINES,
        practice=True,
    )


def _voucher(index: int, key: SigningKey, words: Words) -> VoucherFace:
    card = _card(index, key)
    number = with_check(f"{985_617_921 - index * 87_654_321:09d}")
    first, last = PRACTICE_DAY, PRACTICE_DAY + timedelta(days=30)
    claims: dict[int, cose.Claim] = {
        1: int(number),
        2: int(card.number),
        3: 600_000,
        4: "IQD",
        5: "DEP",
        6: 101,
        7: day_number(first),
        8: day_number(last),
        9: 1,
    }
    return VoucherFace(
        number=number,
        household_number=card.number,
        grant_label=words.label("grant", "DEP"),
        amount=600_000,
        currency="IQD",
        payee_name=card.principal_name,
        pay_point_label="101",
        first_day=first,
        last_day=last,
        qr_digits=to_digits("voucher", cose.sign1(key, claims, VOUCHER)),
        practice=True,
        alternate_name=card.alternate_name,
        instalment=1 + index,
        of=3,
    )
