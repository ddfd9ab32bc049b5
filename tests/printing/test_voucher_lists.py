"""The list of vouchers: every number and amount, the sum of each currency, the day of a suspension, and no name."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import household_number_shown, voucher_number_shown, with_check
from helpdesk.core.text import fold_digits
from helpdesk.printing.voucher_lists import state_told, voucher_list, voucher_list_pdf
from tests.printing.people import LATIN
from tests.printing.reading import assert_inside, text_of

DAY = date(2026, 11, 22)
UNTIL = date(2026, 11, 28)


def line(seed: int, **other: object) -> VoucherShown:
    values: dict[str, object] = {
        "id": str(seed),
        "number": with_check(f"{seed * 104729 % 10**9:09d}"),
        "household": "",
        "household_number": with_check(f"{seed * 7919 % 10**8:08d}"),
        "payee": LATIN,
        "grant": "DEP",
        "amount": 600_000,
        "currency": "IQD",
        "state": "PRINTED",
        "pay_point": 101,
        "first_day": DAY,
        "last_day": date(2026, 12, 5),
        "own": False,
    }
    return VoucherShown(**(values | other))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_voucher_has_its_line_and_no_name_has_one(language: str) -> None:
    lines = [line(seed) for seed in range(1, 60)]
    pdf = voucher_list_pdf(lines, Words(language), DAY, practice=False)
    text = text_of(pdf)
    assert all(voucher_number_shown(one.number or "") in text for one in lines)
    assert all(household_number_shown(one.household_number) in text for one in lines)
    assert LATIN.split()[0] not in text
    assert_inside(pdf, margin=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suspended_voucher_says_until_when(language: str) -> None:
    words = Words(language)
    told = state_told(line(1, state="SUSPENDED", suspended_until=UNTIL), words)
    assert words.date(UNTIL) in told
    assert words.date(UNTIL) not in state_told(line(1, suspended_until=UNTIL), words)
    pdf = voucher_list_pdf([line(1, state="SUSPENDED", suspended_until=UNTIL)], words, DAY, practice=False)
    assert str(UNTIL.day) in fold_digits(text_of(pdf))


def test_each_currency_has_its_total() -> None:
    lines = [line(1), line(2, amount=5), line(3, amount=700, currency="USD")]
    paper = voucher_list(lines, Words("en"), DAY, practice=False)
    totals = [fold_digits(paper.rows[place][4]) for place in sorted(paper.strong)]
    assert ["600,005" in totals[0], "700" in totals[1], len(totals)] == [True, True, 2]


def test_a_voucher_without_a_number_has_an_empty_cell() -> None:
    assert voucher_list([line(1, number=None)], Words("en"), DAY, practice=False).rows[0][1] == ""
