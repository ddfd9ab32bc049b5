"""Bech32 (BIP 173) as age uses it for recipients: text to 32 bytes and back, without the 90-character limit.

Pure text arithmetic: it knows no keys and judges none.
"""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """``data`` as lower-case Bech32 text that begins with ``prefix`` and ``1``."""
    values = _regroup(data, 8, 5, pad=True)
    polymod = _polymod([*_expanded(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    checksum = [polymod >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_LETTERS[value] for value in [*values, *checksum])


def decode(prefix: str, text: str) -> bytes:
    """The inverse of :func:`encode`, lower case only. Raises ValueError on any other text."""
    if not text.startswith(prefix + "1") or len(text) < len(prefix) + 7 or len(text) > 1000:
        raise ValueError("another prefix or length")
    values = [_LETTERS.index(letter) for letter in text[len(prefix) + 1 :]]
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise ValueError("wrong checksum")
    return bytes(_regroup(values[:-6], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check


def _regroup(values: Iterable[int], size: int, into: int, *, pad: bool) -> list[int]:
    # bits of ``size``-bit values in groups of ``into``; without pad the bits left over must be few and zero
    gathered = bits = 0
    groups: list[int] = []
    for value in values:
        gathered = gathered << size | value
        bits += size
        while bits >= into:
            bits -= into
            groups.append(gathered >> bits & (1 << into) - 1)
        gathered &= (1 << bits) - 1
    if pad and bits:
        groups.append(gathered << into - bits)
    elif not pad and (bits >= size or gathered):
        raise ValueError("spare bits")
    return groups
