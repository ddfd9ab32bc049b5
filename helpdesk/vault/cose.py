"""COSE_Sign1 (RFC 9052) with EdDSA, the signed form of cards and vouchers: tag 18, protected header ``{1: -8}``.

Deterministic CBOR only: whatever would not be written exactly so is refused on reading. It knows no fields of a card;
the kind is bound by the external data, so that a card never passes as a voucher.
"""

from __future__ import annotations

import io
from typing import Final, TypeGuard

import cbor2

from helpdesk.core.errors import Fault
from helpdesk.vault import keys

Claim = int | str | bytes
"""What a payload may hold beside its small positive labels."""

LONGEST: Final = 512
_TAG: Final = 18
_PROTECTED: Final = cbor2.dumps({1: -8})


def signing_bytes(protected: bytes, external: bytes, payload: bytes) -> bytes:
    """The ``Sig_structure`` of RFC 9052 section 4.4: what the key signs."""
    return cbor2.dumps(["Signature1", protected, external, payload], canonical=True)


def sign1(key: keys.SigningKey, claims: dict[int, Claim], external: bytes) -> bytes:
    """``claims`` signed by ``key`` and bound to ``external`` (``b"fvm/card/1"``): the bytes of a code."""
    payload = cbor2.dumps(claims, canonical=True)
    signature = key.sign(signing_bytes(_PROTECTED, external, payload))
    return _written(payload, signature)


class Signed:
    """A COSE_Sign1 that was read but not verified: ``claims`` are what it says, not what is true."""

    __slots__ = ("_payload", "_said", "_signature", "claims")

    def __init__(self, payload: bytes, signature: bytes, claims: dict[int, Claim]) -> None:
        self._payload = payload
        self._signature = signature
        self._said = (b"", b"")
        self.claims = claims

    def is_signed_by(self, public: bytes, external: bytes) -> bool:
        """Whether the key of ``public`` (32 bytes) signed these claims for ``external``."""
        if self._said[0] != external:  # the same for every key that is tried
            self._said = external, signing_bytes(_PROTECTED, external, self._payload)
        return keys.verify(public, self._signature, self._said[1])


def read(data: bytes) -> Signed:
    """Read a COSE_Sign1 that :func:`sign1` could have written. Raises ``Fault("code.damaged")``."""
    message = _parsed(data)
    if not isinstance(message, cbor2.CBORTag) or message.tag != _TAG:
        raise Fault("code.damaged")
    parts = message.value
    if not isinstance(parts, (list, tuple)) or len(parts) != 4:
        raise Fault("code.damaged")
    payload, signature = parts[2], parts[3]
    if not isinstance(payload, bytes) or not isinstance(signature, bytes) or len(signature) != 64:
        raise Fault("code.damaged")
    claims = _parsed(payload)
    # written again and compared: no second spelling, no other header, nothing behind the end
    if not _are_claims(claims) or cbor2.dumps(claims, canonical=True) != payload:
        raise Fault("code.damaged")
    if _written(payload, signature) != data:
        raise Fault("code.damaged")
    return Signed(payload, signature, claims)


def _written(payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(_TAG, [_PROTECTED, {}, payload, signature]), canonical=True)


def _parsed(data: bytes) -> object:
    if len(data) > LONGEST:
        raise Fault("code.damaged")
    try:
        decoder = cbor2.CBORDecoder(io.BytesIO(data), max_depth=8, allow_indefinite=False, allow_duplicate_keys=False)
        return decoder.decode()
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, RecursionError):
        raise Fault("code.damaged") from None


def _are_claims(value: object) -> TypeGuard[dict[int, Claim]]:
    if not isinstance(value, dict):
        return False
    return all(_is_whole(label) and label > 0 and _is_claim(claim) for label, claim in value.items())


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _is_claim(value: object) -> bool:
    return isinstance(value, (str, bytes)) or _is_whole(value)
