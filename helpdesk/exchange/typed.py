"""Lines of records judged by compiled readers alone, fast: the same judgement as ``strict`` and ``taking_in`` together.

A line is believed only where its typed parts write the very same bytes again; of every other line nothing is said, and
the slow readers judge it. So this module may never accept or say anything else than they do.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal

import msgspec

from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.taking_in import Arrived, check_outline, check_signature, revision_line
from helpdesk.vault.records import Revision, Signature, is_doubtful


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    r: msgspec.Raw
    t: Literal["revision", "event"]
    sig: Signature | None = None


class _Canonical(Revision, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    # the one default is an absent ``sealed``, and canonical bytes leave it out
    pass


_line: Final = msgspec.json.Decoder(_Line).decode
_revision: Final = msgspec.json.Decoder(_Canonical).decode
_encode: Final = msgspec.json.Encoder(order="sorted").encode


def read_typed(raw: bytes) -> Arrived | None:
    """The revision or event of one line, or None where the slow readers must judge. Raises nothing."""
    # what our types would hold and strict JSON does not: U+0000 and numbers that may be beyond 2**53
    if is_doubtful(raw):
        return None
    try:
        line = _line(raw)
        body = bytes(line.r)
        revision = _revision(body)
        kind = KINDS.get(revision.kind)
        if kind is None:
            return None
        written = bytes(revision.doc)
        document = kind.decode(written)
        if _encode(document) != written or _encode(revision) != body:
            return None
        keyid, signature = (line.sig.keyid, line.sig.sig) if line.sig else (None, None)
        sig = check_signature(keyid, signature) if keyid is not None and signature is not None else None
        check_outline(kind, revision, is_event=line.t == "event")
    except (msgspec.DecodeError, ValueError):
        return None
    if revision_line(body, event=line.t == "event", sig_key=keyid, sig=sig) != raw:
        return None
    return Arrived(body, hashlib.sha256(body).digest(), revision, document, keyid, sig)
