"""One revision of a file, read strictly and checked: what takes it in, judges it or sends it on works with this.

Nothing here looks into a store; what a revision means beside others is the business of ``taking_in`` and ``signing``.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from helpdesk.core.clock import read_instant
from helpdesk.core.errors import Fault
from helpdesk.exchange.kinds import KINDS
from helpdesk.vault.keys import verify
from helpdesk.vault.records import SIGNED_CONTEXT, Kind, Revision, decode_revision

SEALED_LENGTH = 4 * ((512 + 48 + 2) // 3)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEX16 = re.compile(r"[0-9a-f]{16}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_LONGEST_ID = 36
_SIGNATURE_BYTES = 64
_encode = msgspec.json.Encoder(order="sorted").encode


class Arrived(msgspec.Struct, frozen=True):
    """One revision of a file, checked: its bytes, hash, signer if any, and what it says."""

    body: bytes
    hash: bytes
    revision: Revision
    document: Any
    sig_key: str | None
    sig: bytes | None


def read_revision(value: Mapping[str, Any], raw: bytes, line: int) -> Arrived:
    """Check one ``revision`` or ``event`` line: canonical, of a known kind, typed, sealed parts of one length.

    Raises Fault("record.canonical" | "record.kind" | "record.form", line=...).
    """
    # what the compiled reader would not write the same way again has a second spelling
    if _encode(value) != raw or set(value) not in ({"t", "r"}, {"t", "r", "sig"}):
        raise Fault("record.canonical", line=line)
    body = _encode(value["r"])
    try:
        revision = decode_revision(body)
        kind = KINDS.get(revision.kind)
        if kind is None:
            raise Fault("record.kind", line=line)
        document = kind.decode(bytes(revision.doc))
        key, signature = _signature(value.get("sig"))
        check_outline(kind, revision, is_event=value["t"] == "event")
    except (msgspec.DecodeError, ValueError):
        raise Fault("record.form", line=line) from None
    return Arrived(body, hashlib.sha256(body).digest(), revision, document, key, signature)


def check_outline(kind: Kind[Any], revision: Revision, *, is_event: bool) -> None:
    """Check what of a revision does not depend on its document. Raises ValueError."""
    _check_stamp(revision)
    if kind.event != is_event or (kind.event and revision.parents):
        raise ValueError("event")
    if (revision.sealed is not None) != kind.sealed or not _is_sealed(revision.sealed):
        raise ValueError("sealed")


def _check_stamp(revision: Revision) -> None:
    # ids, hashes and the instant in their one spelling: they become keys of tables
    if not _ID.fullmatch(revision.id) or len(revision.user) > _LONGEST_ID or revision.ctr < 1:
        raise ValueError("stamp")
    _check_act(revision.device, revision.at)
    if revision.parents and not all(_HEX64.fullmatch(parent) for parent in revision.parents):
        raise ValueError("stamp")
    if revision.parents and list(revision.parents) != sorted(set(revision.parents)):
        raise ValueError("parents")


@lru_cache(maxsize=64)
def _check_act(device: str, at: str) -> None:
    # the records of one act stand together and share both; only what is sound, and so short, is remembered
    if not _HEX16.fullmatch(device):
        raise ValueError("stamp")
    read_instant(at)


def _is_sealed(sealed: str | None) -> bool:
    if sealed is None:
        return True
    try:
        _from_base64(sealed)
    except ValueError:
        return False
    return len(sealed) == SEALED_LENGTH


def _signature(value: Any) -> tuple[str | None, bytes | None]:
    if value is None:
        return None, None
    if not isinstance(value, dict) or set(value) != {"keyid", "sig"}:
        raise ValueError("signature")
    keyid, text = value["keyid"], value["sig"]
    if not isinstance(keyid, str) or not isinstance(text, str):
        raise ValueError("signature")  # noqa: TRY004 - wrong in a file, not in a call
    return keyid, check_signature(keyid, text)


def check_signature(keyid: str, text: str) -> bytes:
    """The bytes of a signature, both parts in their one spelling. Raises ValueError."""
    signature = _from_base64(text)
    if not _HEX16.fullmatch(keyid) or len(signature) != _SIGNATURE_BYTES:
        raise ValueError("signature")
    return signature


def _from_base64(text: str) -> bytes:
    # the reader skips what it does not know; what comes out must be written the very same way
    message = binascii.a2b_base64(text)
    if binascii.b2a_base64(message, newline=False).decode() != text:
        raise ValueError("base64")
    return message


def is_signed_truly(arrived: Arrived, public: bytes) -> bool:
    """Whether the user's signature beside a revision is true."""
    return arrived.sig is not None and verify(public, arrived.sig, SIGNED_CONTEXT + arrived.hash)


def revision_line(body: bytes, *, event: bool, sig_key: str | None, sig: bytes | None) -> bytes:
    """The line of a stored revision; canonical because its parts are."""
    kind = b"event" if event else b"revision"
    if sig_key is None or sig is None:
        return b'{"r":%s,"t":"%s"}' % (body, kind)
    signed = binascii.b2a_base64(sig, newline=False)
    return b'{"r":%s,"sig":{"keyid":"%s","sig":"%s"},"t":"%s"}' % (body, sig_key.encode(), signed, kind)
