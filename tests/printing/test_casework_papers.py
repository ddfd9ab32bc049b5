"""Slips of casework say a number and a day, in every language, and neither a name nor a reason."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import with_check
from helpdesk.printing.casework import card_notice, closing_slip, stopped_slip
from helpdesk.printing.slips import slip_pdf
from tests.printing.people import HELPLINES
from tests.printing.reading import text_of

DAY = date(2026, 11, 21)
UNTIL = date(2026, 11, 28)
NUMBER = with_check("47588309")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_bears_number_and_helplines(language: str) -> None:
    words = Words(language)
    for slip in (
        stopped_slip(words, NUMBER, DAY, UNTIL, vouchers=True, helplines=HELPLINES, practice=True),
        closing_slip(words, NUMBER, DAY, HELPLINES, practice=False),
        card_notice(words, NUMBER, DAY, 6, HELPLINES, practice=False),
        card_notice(words, NUMBER, DAY, 6, HELPLINES, practice=False, changed=False),
    ):
        said = text_of(slip_pdf(slip, words))
        assert "4758-8309" in said


def test_a_withdrawal_without_vouchers_speaks_of_none() -> None:
    words = Words("en")
    with_vouchers, without = (
        stopped_slip(words, NUMBER, DAY, UNTIL, vouchers=has, helplines=HELPLINES, practice=False).sentences
        for has in (True, False)
    )
    assert len(with_vouchers) == len(without) + 1
    assert "voucher" not in " ".join(without).lower()
