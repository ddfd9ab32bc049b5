"""DSSE envelopes with Ed25519: what is signed outside a ``.fvb`` file, and documents signed by a threshold of keys.

The only module that imports ``securesystemslib``. An envelope has one spelling: it is written as canonical JSON, and
what is read is written again and compared. It decides who signed, not whether the signer may be believed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
from securesystemslib.dsse import Envelope as DsseEnvelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import (  # type: ignore[attr-defined]  # its package exports by import alone
    ED25519,
    KEY_TYPE_ED25519,
    SecretsHandler,
    Signature,
    Signer,
    SSlibKey,
)

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault
from helpdesk.exchange.payload import Hex16
from helpdesk.exchange.strict import read_object
from helpdesk.vault import keys

MOST_SIGNATURES: Final = 8
_SIGNATURE_SIZE: Final = 64


class _KeySigner(Signer):
    # lends one of our keys to the library, under our own name for it

    def __init__(self, key: keys.SigningKey) -> None:
        self._key = key

    @property
    def public_key(self) -> SSlibKey:
        return _library_key(self._key.public)

    @classmethod
    def from_priv_key_uri(
        cls, priv_key_uri: str, public_key: object, secrets_handler: SecretsHandler | None = None
    ) -> _KeySigner:
        raise NotImplementedError(priv_key_uri)

    def sign(self, payload: bytes) -> Signature:
        return Signature(self._key.key_id, self._key.sign(payload).hex())


class _SignatureText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    keyid: Hex16
    sig: str


class _EnvelopeText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: str
    payload_type: str = msgspec.field(name="payloadType")
    signatures: Annotated[tuple[_SignatureText, ...], msgspec.Meta(min_length=1, max_length=MOST_SIGNATURES)]


class SignedBytes:
    """An envelope that was read but not verified: ``body``, ``body_type`` and the ``signers``' key ids in order."""

    def __init__(self, envelope: DsseEnvelope) -> None:
        self._envelope = envelope
        self.body: bytes = envelope.payload
        self.body_type: str = envelope.payload_type
        self.signers: tuple[str, ...] = tuple(envelope.signatures)

    def is_signed_by(self, public: bytes, key_id: str | None = None) -> bool:
        """Whether the key of ``public`` (32 bytes) truly signed; ``key_id``: and that is its name."""
        if key_id is not None and keys.key_id(public) != key_id:
            return False
        try:
            keys.check_public(public)
            self._envelope.verify([_library_key(public)], 1)
        except (Fault, VerificationError):
            return False
        return True


def sign(body: bytes, body_type: str, signers: Sequence[keys.SigningKey]) -> bytes:
    """The canonical envelope of ``body``, signed by one to eight distinct keys."""
    if not 1 <= len({key.key_id for key in signers}) == len(signers) <= MOST_SIGNATURES:
        raise ValueError("one to eight distinct signers")
    envelope = DsseEnvelope(body, body_type, {})
    for key in signers:
        envelope.sign(_KeySigner(key))
    return canonical(envelope.to_dict())


def read(data: bytes, code: str) -> SignedBytes:
    """Read an envelope that :func:`sign` could have written. Raises ``Fault(code)``.

    Other spellings of the same JSON or base64, two signatures by one key and more than eight are refused.
    """
    try:
        text = msgspec.convert(read_object(data, code), _EnvelopeText)
        body = _base64(text.payload)
        signatures = {part.keyid: Signature(part.keyid, _base64(part.sig).hex()) for part in text.signatures}
    except (msgspec.ValidationError, binascii.Error, ValueError):
        raise Fault(code) from None
    sound = all(len(signature.signature) == 2 * _SIGNATURE_SIZE for signature in signatures.values())
    envelope = DsseEnvelope(body, text.payload_type, signatures)
    # written again and compared: two signatures by one key have become one by now
    if not sound or canonical(envelope.to_dict()) != data:
        raise Fault(code)
    return SignedBytes(envelope)


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _library_key(public: bytes) -> SSlibKey:
    return SSlibKey(keys.key_id(public), KEY_TYPE_ED25519, ED25519, {"public": public.hex()})
