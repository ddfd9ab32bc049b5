"""Feedback numbers: ten random digits and two check digits, longer than any other number people read out.

Ten digits typed are a household, eleven a voucher, twelve feedback. They say nothing about desk, day or family,
because people carry them on a receipt.
"""

from __future__ import annotations

import secrets
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import with_check
from helpdesk.core.text import clean, fold_digits

_DIGITS: Final = 10
LENGTH: Final = _DIGITS + 2
MOST: Final = 200


def draw() -> str:
    """A new number, twelve digits."""
    return with_check(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}")


def draw_many(count: int) -> tuple[str, ...]:
    """Different numbers for ``count`` papers. Raises ValueError beyond 1 to 200."""
    if not 1 <= count <= MOST:
        raise ValueError(count)
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(draw())
    return tuple(sorted(drawn))


def shown(number: str) -> str:
    """Twelve digits as they are printed and read out: ``123456789012`` -> ``1234-5678-9012``."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def as_number(text: str) -> str | None:
    """The number in ``text``, in any digit script, with or without hyphens; None where it is none."""
    digits = "".join(fold_digits(clean(text)).replace("-", "").split())
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or with_check(digits[:_DIGITS]) != digits:
        return None
    return digits


def read(text: str) -> str:
    """The number in ``text`` as :func:`as_number`. Raises Refusal("feedback.number")."""
    digits = as_number(text)
    if digits is None:
        raise Refusal("feedback.number")
    return digits
