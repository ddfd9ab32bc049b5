"""Numbers of paper forms: six random digits and two check digits, so that a form is typed in once and no other.

They say nothing about desk or day, because a filled form carries names.
"""

from __future__ import annotations

import secrets
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import with_check
from helpdesk.core.text import clean, fold_digits

_DIGITS: Final = 6
LENGTH: Final = _DIGITS + 2
MOST: Final = 200


def draw(count: int) -> tuple[str, ...]:
    """Numbers for ``count`` new forms, in ascending order, as eight digits. Raises ValueError beyond 1 to 200."""
    if not 1 <= count <= MOST:
        raise ValueError(count)
    bodies: set[int] = set()
    while len(bodies) < count:
        bodies.add(secrets.randbelow(10**_DIGITS))
    return tuple(with_check(f"{body:0{_DIGITS}d}") for body in sorted(bodies))


def shown(number: str) -> str:
    """Eight digits as they are printed: ``12345678`` -> ``123456-78``."""
    return f"{number[:_DIGITS]}-{number[_DIGITS:]}"


def read(text: str) -> str:
    """The number in ``text``, in any digit script, with or without its hyphen. Raises Refusal("form.number")."""
    digits = "".join(fold_digits(clean(text)).replace("-", "").split())
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or with_check(digits[:_DIGITS]) != digits:
        raise Refusal("form.number")
    return digits
