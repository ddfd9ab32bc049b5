"""Fictional names in the letters that have to print: short and long, Arabic, Sorani, Badini and Latin."""

from __future__ import annotations

import random
from datetime import date

from helpdesk.core.numbers import with_check
from helpdesk.printing.cards import CardFace
from helpdesk.printing.vouchers import VoucherFace

ARABIC = "\u0645\u062d\u0645\u062f \u062d\u0633\u064a\u0646"
SORANI = "\u0633\u0644\u06ce\u0645\u0627\u0646 \u0626\u06d5\u062d\u0645\u06d5\u062f"
BADINI = "\u0698\u06cc\u0627\u0646 \u06af\u0648\u0647\u062f\u06d5\u0631\u0632"
LATIN = "\u015e\u00eerzad Mohammed"
LONG = (
    "\u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646 \u0639\u0628\u062f \u0627\u0644\u0633\u062a\u0627\u0631"
    " \u0639\u0628\u062f \u0627\u0644\u0645\u0646\u0639\u0645 \u0639\u0628\u062f \u0627\u0644\u0644\u0637\u064a\u0641"
    " \u0627\u0644\u062c\u0628\u0648\u0631\u064a \u0627\u0644\u0645\u0648\u0635\u0644\u064a"
)
NAMES = (ARABIC, SORANI, BADINI, LATIN, LONG)

HELPLINES = (
    ("\u062e\u0637 \u0627\u0644\u0645\u0633\u0627\u0639\u062f\u0629", "80069999"),
    ("Help", "+964 770 000 0000"),
)


def digits(seed: int, length: int) -> str:
    """A code's text of that length."""
    draw = random.Random(seed)
    return "11" + "".join(draw.choice("0123456789") for _ in range(length - 2))


def card(seed: int = 1, *, practice: bool = False, **other: object) -> CardFace:
    """A card's face; every third family has no alternate."""
    values: dict[str, object] = {
        "number": with_check(f"{seed * 7919 % 10**8:08d}"),
        "principal_name": NAMES[seed % len(NAMES)],
        "alternate_name": None if seed % 3 == 0 else NAMES[(seed + 1) % len(NAMES)],
        "persons": 1 + seed % 40,
        "issued": date(2026, 11, 21),
        "qr_digits": digits(seed, 258),
        "helplines": HELPLINES,
        "practice": practice,
    }
    return CardFace(**(values | other))  # type: ignore[arg-type]


def voucher(seed: int = 1, *, practice: bool = False, **other: object) -> VoucherFace:
    """A voucher's face."""
    values: dict[str, object] = {
        "number": with_check(f"{seed * 104729 % 10**9:09d}"),
        "household_number": with_check(f"{seed * 7919 % 10**8:08d}"),
        "grant_label": "Departure grant",
        "amount": 1_500_000,
        "currency": "IQD",
        "payee_name": NAMES[seed % len(NAMES)],
        "pay_point_label": "Pay point 4",
        "first_day": date(2026, 11, 21),
        "last_day": date(2026, 12, 5),
        "qr_digits": digits(seed, 306),
        "practice": practice,
    }
    return VoucherFace(**(values | other))  # type: ignore[arg-type]
