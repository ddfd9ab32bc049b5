"""Lines of records judged by compiled readers alone, fast: the same judgement as ``strict`` and ``taking_in`` together.

A line is believed only where its typed parts write the very same bytes again; of every other line nothing is said, and
the slow readers judge it. So this module may never accept or say anything else than they do.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal

import msgspec

from helpdesk.exchange.arrived import Arrived, check_outline, check_signature
from helpdesk.exchange.kinds import KINDS
from helpdesk.vault.records import Revision, Signature, is_doubtful


class _Canonical(Revision, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    # the one default is an absent ``sealed``, and canonical bytes leave it out
    pass


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    r: _Canonical
    t: Literal["revision", "event"]
    sig: Signature | None = None


_line: Final = msgspec.json.Decoder(_Line).decode
_encode: Final = msgspec.json.Encoder(order="sorted").encode
_BEFORE_BODY: Final = len(b'{"r":')
_BEHIND_BODY: Final = {"revision": len(b',"t":"revision"}'), "event": len(b',"t":"event"}')}
_SIGNATURE: Final = len(b',"sig":{"keyid":"","sig":""}')


def read_typed(raw: bytes) -> Arrived | None:
    """The revision or event of one line, or None where the slow readers must judge. Raises nothing."""
    # what our types would hold and strict JSON does not: U+0000 and numbers that may be beyond 2**53
    if is_doubtful(raw):
        return None
    try:
        line = _line(raw)
        revision = line.r
        kind = KINDS.get(revision.kind)
        if kind is None:
            return None
        written = bytes(revision.doc)
        document = kind.decode(written)
        if _encode(document) != written or _encode(line) != raw:
            return None
        check_outline(kind, revision, is_event=line.t == "event")
        behind, keyid, sig = _BEHIND_BODY[line.t], None, None
        if line.sig is not None:
            keyid, sig = line.sig.keyid, check_signature(line.sig.keyid, line.sig.sig)
            behind += _SIGNATURE + len(keyid) + len(line.sig.sig)
    except (msgspec.DecodeError, ValueError):
        return None
    body = raw[_BEFORE_BODY:-behind]  # written by us it is the very same line, so its parts stand where we write them
    return Arrived(body, hashlib.sha256(body).digest(), revision, document, keyid, sig)
