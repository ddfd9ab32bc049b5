"""What of feedback is sealed, cut into pieces of one length: every sealed record has as many, whatever it says.

One sealed part holds 510 bytes, about forty words of Arabic: too few for what somebody went through. The first
revision carries the first piece, the next revisions of the same act the others; later ones carry none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from helpdesk.assistance.feedback.documents import SealedFeedback
from helpdesk.core.errors import Fault, Refusal

PIECES: Final = 5
_PIECE: Final = 500
_MARK: Final = b"F"
"""Before the place of a piece: an empty sealed part is told from a piece by it."""
_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(SealedFeedback).decode

NOTHING: Final = b""
"""What every revision of unsealed feedback seals."""


def cut(sealed: SealedFeedback) -> tuple[bytes, ...]:
    """Always :data:`PIECES` pieces, some perhaps empty. Raises Refusal("sealed.too_long", over=bytes)."""
    whole = _encode(sealed)
    if len(whole) > PIECES * _PIECE:
        raise Refusal("sealed.too_long", over=len(whole) - PIECES * _PIECE)
    return tuple(_MARK + bytes((place,)) + whole[place * _PIECE : (place + 1) * _PIECE] for place in range(PIECES))


def joined(pieces: Iterable[bytes]) -> SealedFeedback:
    """What was cut, from opened sealed parts in the order of their revisions; the first of each place counts.

    Raises Fault("sealed.damaged") where a piece is missing or it is no feedback.
    """
    found: dict[int, bytes] = {}
    for piece in pieces:
        if piece[:1] == _MARK and len(piece) > 1:
            found.setdefault(piece[1], piece[2:])
    try:
        return _decode(b"".join(found[place] for place in range(PIECES)))
    except (KeyError, msgspec.DecodeError):
        raise Fault("sealed.damaged") from None
