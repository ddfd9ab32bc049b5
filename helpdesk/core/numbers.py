"""The numbers people read out and type: household and voucher numbers with their check digits, and phones.

Check digits are ISO 7064 MOD 97-10 (DESIGN.md section 3). A number is digits only and says nothing about desk or
camp; whether it was ever allotted is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

import phonenumbers

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean, fold_digits

NumberKind = Literal["household", "voucher"]

HOUSEHOLD_DIGITS: Final = 10
"""Eight digits and two check digits, shown ``NNNN-NNNN-CC``."""
VOUCHER_DIGITS: Final = 11
"""Nine digits and two check digits, shown ``NNN-NNN-NNN-CC``."""

_KINDS: Final[dict[int, NumberKind]] = {HOUSEHOLD_DIGITS: "household", VOUCHER_DIGITS: "voucher"}
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015./]+")
_ONLY_DIGITS = re.compile(r"[0-9]+")

_COUNTRY: Final = "IQ"
_IRAQI = re.compile(r"(?:\+964|00964|964)?0?(7[0-9]{9})")
_DIALLED = re.compile(r"\+?[0-9]{5,17}")
_PHONE_MARKS = re.compile(r"[\s\-\u2010-\u2015./()]+")


@dataclass(frozen=True)
class Typed:
    """A number as somebody typed or scanned it: which kind its length makes it, and its ASCII digits."""

    kind: NumberKind
    digits: str


def with_check(body: str) -> str:
    """``body`` (ASCII digits) followed by its two ISO 7064 MOD 97-10 check digits."""
    if not _ONLY_DIGITS.fullmatch(body):
        raise ValueError("check digits are for ASCII digits")
    return f"{body}{98 - int(body) * 100 % 97:02d}"


def is_valid(number: str) -> bool:
    """Whether ``number`` is ten or eleven ASCII digits whose last two are their check digits."""
    if len(number) not in _KINDS or not _ONLY_DIGITS.fullmatch(number):
        return False
    return with_check(number[:-2]) == number


def read_number(text: str) -> Typed:
    """The household or voucher number in ``text``, in any digit script, with or without spaces and hyphens.

    Raises ``Refusal("number.digits")`` where there is anything but digits, ``Refusal("number.length", digits=n)``
    where there are neither ten nor eleven, ``Refusal("number.check")`` where the check digits do not fit.
    """
    digits = _BETWEEN.sub("", fold_digits(clean(text)))
    if not _ONLY_DIGITS.fullmatch(digits):
        raise Refusal("number.digits")
    if len(digits) not in _KINDS:
        raise Refusal("number.length", digits=len(digits))
    if not is_valid(digits):
        raise Refusal("number.check")
    return Typed(_KINDS[len(digits)], digits)


def household_number_shown(number: str) -> str:
    """Ten digits as they are printed and read out: ``0123456789`` -> ``0123-4567-89``."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def voucher_number_shown(number: str) -> str:
    """Eleven digits as they are printed and read out: ``12345678901`` -> ``123-456-789-01``."""
    return f"{number[:3]}-{number[3:6]}-{number[6:9]}-{number[9:]}"


def read_phone(text: str) -> str:
    """The phone number in ``text`` as it is stored: ``+`` country code and digits (``+9647#########``).

    Iraqi mobiles are taken as 07..., 7..., 964 7..., 00964 7... and +964 7... in any digit script, new operators'
    prefixes included (DOMAIN.md section 2.2); any other number must be valid for libphonenumber, foreign ones with
    their country code. Raises ``Refusal("phone.form")`` for everything else.
    """
    dialled = _PHONE_MARKS.sub("", fold_digits(clean(text)))
    iraqi = _IRAQI.fullmatch(dialled)
    if iraqi:
        return f"+964{iraqi[1]}"
    if not _DIALLED.fullmatch(dialled):
        raise Refusal("phone.form")
    try:
        number = phonenumbers.parse("+" + dialled[2:] if dialled.startswith("00") else dialled, _COUNTRY)
    except phonenumbers.NumberParseException:
        raise Refusal("phone.form") from None
    if not phonenumbers.is_valid_number(number):
        raise Refusal("phone.form")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_shown(phone: str) -> str:
    """A stored phone as it is printed and dialled: Iraqi ones ``0770 123 4567``, others with their country code."""
    iraqi = _IRAQI.fullmatch(phone)
    if iraqi:
        national = f"0{iraqi[1]}"
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    number = phonenumbers.parse(phone, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
