"""Household and voucher numbers against python-stdnum, and phones in the forms of DOMAIN.md section 2.2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import (
    Typed,
    household_number_shown,
    is_valid,
    phone_shown,
    read_number,
    read_phone,
    voucher_number_shown,
    with_check,
)

ARABIC = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")
PERSIAN = str.maketrans("0123456789", "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9")
bodies = st.one_of(st.from_regex(r"[0-9]{8}", fullmatch=True), st.from_regex(r"[0-9]{9}", fullmatch=True))


@given(bodies)
def test_check_digits_are_those_of_the_standard(body: str) -> None:
    assert with_check(body) == body + mod_97_10.calc_check_digits(body)
    assert is_valid(with_check(body))


@given(bodies, st.data())
def test_every_single_error_and_swap_is_caught(body: str, data: st.DataObject) -> None:
    number = with_check(body)
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assert is_valid(number[:place] + digit + number[place + 1 :]) == (digit == number[place])
    other = data.draw(st.integers(0, len(number) - 1))
    swapped = list(number)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    assert is_valid("".join(swapped)) == (number[place] == number[other])


@given(bodies)
def test_a_number_is_read_as_it_is_shown_in_every_digit_script(body: str) -> None:
    number = with_check(body)
    household = len(number) == 10
    shown = household_number_shown(number) if household else voucher_number_shown(number)
    typed = Typed("household" if household else "voucher", number)
    isolated = f"\u2066{shown.translate(PERSIAN)}\u2069"
    for text in (number, shown, shown.translate(ARABIC), isolated, shown.replace("-", " ")):
        assert read_number(text) == typed


def test_numbers_are_shown_in_groups() -> None:
    assert household_number_shown("0123456789") == "0123-4567-89"
    assert voucher_number_shown("12345678901") == "123-456-789-01"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.digits"),
        ("0123-456A-51", "number.digits"),
        ("\u00b2\u00b3", "number.digits"),
        ("012345675", "number.length"),
        ("9" * 5000, "number.length"),
        ("0123456752", "number.check"),
        ("01234567520", "number.check"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_number(text)
    assert refused.value.code == code


def test_check_digits_are_made_for_digits_only() -> None:
    with pytest.raises(ValueError, match="ASCII digits"):
        with_check("12345\u0661")


@pytest.mark.parametrize(
    "text",
    [
        "07700123456",
        "7700123456",
        "009647700123456",
        "+9647700123456",
        "9647700123456",
        "+964 (0) 770 012 3456",
        "0770-012-3456",
        "07700123456".translate(ARABIC),
        "+9647700123456".translate(PERSIAN),
        "\u202d0770 012 3456\u202c",
    ],
)
def test_iraqi_mobiles_are_read_in_every_usual_form(text: str) -> None:
    assert read_phone(text) == "+9647700123456"


@pytest.mark.parametrize("text", ["+90 532 123 45 67", "0090 532 123 45 67", "+905321234567"])
def test_a_foreign_number_keeps_its_country_code(text: str) -> None:
    assert read_phone(text) == "+905321234567"


@pytest.mark.parametrize(
    "text",
    ["", "0750123456789", "0770", "077001234560770", "+123", "call me", "0770 012 3456 / 0780 012 345", "7" * 400, "+"],
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_phone(text)
    assert refused.value.code == "phone.form"


def test_phones_are_shown_as_they_are_dialled() -> None:
    assert phone_shown("+9647700123456") == "0770 012 3456"
    assert phone_shown("+905321234567") == "+90 532 123 45 67"
