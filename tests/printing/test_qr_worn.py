"""Codes on worn paper: turned, tilted, out of focus, stained and scratched, at least 95 of 100 are still read.

Cards and vouchers are rendered as they are printed and read by the passes that the program itself has (scan.py). Fifty
of each kind: where all fifty are read, fewer than 95 of 100 is all but ruled out (0.95 ** 50 is one in thirteen) for
one kind, and ruled out for both together (one in 169).
"""

from __future__ import annotations

import random

import pytest
import zxingcpp

from helpdesk.printing.scan import read_codes
from tests.printing.worn import HARMS, crossed, printed, rate, stained

CODES = 50
FEWER = 20
LEAST = 0.95
COARSE = 0.85
"""At 203 dots, where a line of 0.4 mm is most of a module."""


@pytest.mark.parametrize("kind", ["card", "voucher"])
@pytest.mark.parametrize("name", HARMS)
def test_worn_codes_are_read_at_300_dots(name: str, kind: str) -> None:
    assert rate(name, kind, 300, CODES) >= LEAST


@pytest.mark.parametrize("kind", ["card", "voucher", "roll"])
@pytest.mark.parametrize("name", HARMS)
def test_worn_codes_are_read_at_203_dots(name: str, kind: str) -> None:
    assert rate(name, kind, 203, FEWER) >= COARSE


def test_the_wear_is_real() -> None:
    one = printed("card", 300, FEWER)[0]
    assert read_codes(stained(0.4, 0)(one, random.Random(1))) == ()
    assert not zxingcpp.read_barcodes(crossed(8, 255)(one, random.Random(1)))
