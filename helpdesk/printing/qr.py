"""QR symbols of digits: numeric mode, a fixed mask, printer dots counted whole. Only encodes; scan.py reads.

What the digits mean (DESIGN section 5) is not known here and nothing is ever taken from a household record.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import MODE_NUMBER, QRData

Level = Literal["M", "Q"]

LEAST_WIDTH: Final = 30.0
"""Millimetres of a symbol without its quiet zone (DESIGN section 5)."""

QUIET: Final = 4
"""Modules of white around a symbol (ISO/IEC 18004)."""

_CORRECTION: Final = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}
_MASK: Final = 3  # any fixed mask reads as well as the best one and costs a fifth (notes, A6)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of ``size`` x ``size`` modules; ``rows`` are packed bits from the top, 1 is dark, without quiet zone."""

    size: int
    rows: tuple[bytes, ...]

    def module(self, dpi: int) -> float:
        """Millimetres of one module: whole printer dots, and the symbol at least 30 mm wide."""
        dots = ceil(LEAST_WIDTH / 25.4 * dpi / self.size)
        return dots * 25.4 / dpi

    def width(self, dpi: int) -> float:
        """Millimetres of the symbol with its quiet zone."""
        return self.module(dpi) * (self.size + 2 * QUIET)


def symbol(digits: str, level: Level) -> Symbol:
    """The symbol of a text of digits: level Q for 300 dpi and finer, M for 203 dpi thermal paper.

    Raises:
        ValueError: the text is empty or holds anything but the digits 0 to 9.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("digits only")
    code = qrcode.QRCode(error_correction=_CORRECTION[level], border=0, mask_pattern=_MASK)
    code.add_data(QRData(digits.encode("ascii"), mode=MODE_NUMBER), optimize=0)
    code.make(fit=True)
    return Symbol(code.modules_count, tuple(_packed(row) for row in code.modules))


def _packed(row: list[bool | None]) -> bytes:
    width = -(-len(row) // 8)
    bits = "".join("1" if dark else "0" for dark in row).ljust(width * 8, "0")
    return int(bits, 2).to_bytes(width, "big")
