"""The digits of a QR code (DESIGN.md section 5): version, kind, then the signed bytes as one decimal number.

Digits only, because a scanner that types through an Arabic or Kurdish keyboard layout loses letters but no digit.
It verifies nothing: what comes out is bytes for :mod:`helpdesk.vault.cose`.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from helpdesk.core.errors import Fault
from helpdesk.vault.cose import LONGEST

VERSION: Final = "1"
KINDS: Final = {"card": "1", "voucher": "2"}
_KIND_OF: Final = {digit: kind for kind, digit in KINDS.items()}
_SHORTEST: Final = 150
_MOST_DIGITS: Final = 2 + len(str(2 << 8 * LONGEST))


def to_digits(kind: str, cose: bytes) -> str:
    """The text of a code of ``kind`` (``card`` or ``voucher``) for its COSE bytes."""
    return VERSION + KINDS[kind] + str(int.from_bytes(b"\x01" + cose, "big"))


def from_digits(text: str) -> tuple[str, bytes]:
    """The kind and the COSE bytes of a scanned text, in any script's digits, spaces around and within ignored.

    Raises ``Fault("code.not_ours")`` for what is not such a code at all, another version or kind included, and
    ``Fault("code.damaged")`` for one that lost digits.
    """
    if len(text) > 2 * _MOST_DIGITS:  # bounded before anything is computed
        raise Fault("code.not_ours")
    try:
        digits = "".join(str(unicodedata.decimal(sign)) for sign in text if not _is_ignored(sign))
    except ValueError:
        raise Fault("code.not_ours") from None
    kind = _KIND_OF.get(digits[1:2])
    if digits[:1] != VERSION or kind is None or not _SHORTEST <= len(digits) <= _MOST_DIGITS:
        raise Fault("code.not_ours")
    if digits[2] == "0":
        raise Fault("code.damaged")
    number = int(digits[2:])
    packed = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if packed[0] != 1:
        raise Fault("code.damaged")
    return kind, packed[1:]


def _is_ignored(sign: str) -> bool:
    # white space, and the invisible marks a right-to-left keyboard layout may add
    return sign.isspace() or unicodedata.category(sign) == "Cf"
