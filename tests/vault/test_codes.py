"""The digits of a code: every script's digits, nothing else, bounded before anything is computed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.vault import codes, cose, keys

KEY = keys.SigningKey.from_seed(bytes(range(32)))
CARD = cose.sign1(KEY, {1: 1234567897, 2: bytes(range(10)), 3: 1, 4: 20778, 5: 6}, b"fvm/card/1")
VOUCHER = cose.sign1(
    KEY,
    {1: 12345678901, 2: 1234567897, 3: 150000, 4: "IQD", 5: "RTN", 6: 12, 7: 20778, 8: 20808, 9: 3},
    b"fvm/voucher/1",
)
ARABIC = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))
PERSIAN = str.maketrans("0123456789", "".join(map(chr, range(0x6F0, 0x6FA))))


@pytest.mark.parametrize(("kind", "data", "most"), [("card", CARD, 262), ("voucher", VOUCHER, 310)])
def test_a_code_is_digits_and_comes_back(kind: str, data: bytes, most: int) -> None:
    digits = codes.to_digits(kind, data)
    assert digits.isascii()
    assert digits.isdecimal()
    assert len(digits) <= most
    assert digits[:2] == {"card": "11", "voucher": "12"}[kind]
    assert codes.from_digits(digits) == (kind, data)


@given(st.binary(min_size=75, max_size=cose.LONGEST), st.sampled_from(["card", "voucher"]))
def test_any_bytes_come_back(data: bytes, kind: str) -> None:
    assert codes.from_digits(codes.to_digits(kind, data)) == (kind, data)


def test_leading_zero_bytes_are_kept() -> None:
    data = bytes(20) + CARD
    assert codes.from_digits(codes.to_digits("card", data)) == ("card", data)


@pytest.mark.parametrize("table", [ARABIC, PERSIAN])
def test_a_scanner_on_an_arabic_keyboard_layout_is_understood(table: dict[int, int]) -> None:
    typed = codes.to_digits("card", CARD).translate(table)
    assert codes.from_digits("\u200f " + typed[:50] + " " + typed[50:] + "\r\n") == ("card", CARD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "11",
        "1234-5678-97",
        "12345678901",
        "https://example.org",
        "\u00b2" * 200,
        "21" + "5" * 250,  # another version
        "13" + "5" * 250,  # another kind
        "10" + "5" * 250,
        "11" + "5" * 5000,
        "9" * 1_000_000,
        "11" + "5" * 250 + "x",
        "-11" + "5" * 250,
    ],
)
def test_what_is_not_ours_is_said_to_be_so(text: str) -> None:
    with pytest.raises(Fault, match=r"^code\.not_ours$"):
        codes.from_digits(text)


def test_lost_digits_are_damage() -> None:
    digits = codes.to_digits("card", CARD)
    refused = 0
    for at in range(2, len(digits)):
        shorter = digits[:at] + digits[at + 1 :]
        try:
            kind, data = codes.from_digits(shorter)
        except Fault as fault:
            refused += fault.code == "code.damaged"
        else:  # the digits happen to begin rightly: the signed bytes do not
            with pytest.raises(Fault, match=r"^code\.damaged$"):
                cose.read(data)
            assert kind == "card"
    assert refused > 200


def test_leading_zeros_are_no_second_spelling() -> None:
    digits = codes.to_digits("card", CARD)
    with pytest.raises(Fault, match=r"^code\.damaged$"):
        codes.from_digits(digits[:2] + "0" + digits[2:])
