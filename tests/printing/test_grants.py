"""The slip that says what is due and why: every grant and its reasons, in four languages, and nothing of the family."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.assistance.grants.codes import GRANT, REASON
from helpdesk.assistance.grants.eligibility import Eligibility
from helpdesk.assistance.vouchers.entitlements import Entitled, Why
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.grants import answer_shown, grants_slip, language_of
from helpdesk.printing.slips import slip_pdf

ANSWERS = (
    Entitled(Eligibility("DEP", True, ("DAY_GIVEN",)), 600_000, "IQD"),
    Entitled(Eligibility("RIN", True, ("ARRIVED", "FOLLOWS"), 2, 3), 250_000, "IQD"),
    Entitled(Eligibility("KIT", True, ("ARRIVED",)), 1, "XXX"),
    *(Entitled(Eligibility("TRN", False, (reason,))) for reason in REASON),
)


def why(reading: str | None = "ar", spoken: str = "ckb") -> Why:
    return Why("h", "1234567890", reading, spoken, date(2026, 11, 22), ANSWERS)


def test_each_answer_in_words() -> None:
    words = Words("en")
    dep, rin, kit, *rest = (answer_shown(words, one) for one in ANSWERS)
    assert dep.startswith("Yes: ")
    assert "600,000" in dep
    assert "The family has its day of departure." in dep
    assert "part 2 of 3" in rin
    assert "250,000" in rin
    assert "The part before this one was paid" in rin
    assert kit.startswith("Yes. ")
    assert "XXX" not in kit
    assert all(one.startswith("Not now. ") for one in rest)
    assert len(set(rest)) == len(REASON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_printed_in_each_language(language: str) -> None:
    words = Words(language)
    slip = grants_slip(words, why(), (("Helpline", "07000000000"),), practice=True)
    assert len(slip.facts) == 2 + len(ANSWERS)
    assert slip_pdf(slip, words).startswith(b"%PDF")
    assert {words.label(GRANT.name, one.answer.grant) for one in ANSWERS} <= {label for label, _ in slip.facts}


@pytest.mark.parametrize(
    ("reading", "spoken", "language"),
    [("kmr", "ar", "kmr"), ("none", "ckb", "ckb"), (None, "ar", "ar"), ("none", "syr", None)],
)
def test_the_familys_own_language(reading: str | None, spoken: str, language: str | None) -> None:
    assert language_of(why(reading=reading, spoken=spoken)) == language
