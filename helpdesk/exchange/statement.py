"""What a ``.fvb`` file says of itself in the clear, under its signatures: the statement of FORMATS.md section 1.

Identity and chain hang on its bytes, never on a signature. It says nothing of people, camp, site or counts.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

import msgspec

from helpdesk.core.canonical import LARGEST, canonical
from helpdesk.core.errors import Fault
from helpdesk.exchange.container import LARGEST_PAYLOAD, PAYLOAD
from helpdesk.exchange.payload import Count, Hex16, Hex64
from helpdesk.exchange.strict import read_object

NO_PREVIOUS: Final = "0" * 64

SIGNERS: Final[dict[str, tuple[str, ...]]] = {
    "enrol": ("device",),
    "bundle": ("configuration",),
    "batch": ("device", "supervisor"),
    "ack": ("acknowledgement",),
    "transfer": ("device", "supervisor"),
    "backup": ("device", "supervisor"),
}
"""The roles that must have signed each kind; the first is the role of the key that the statement is ``from``."""


class PayloadPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name, digest and size in bytes of the encrypted member."""

    name: str
    sha256: Hex64
    size: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_PAYLOAD)]


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The statement, field by field as FORMATS.md has it; ``sender`` is written ``from``."""

    v: int
    kind: str
    sender: Hex16 = msgspec.field(name="from")
    epoch: Hex16
    seq: Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
    prev: Hex64
    to: Annotated[tuple[Hex16, ...], msgspec.Meta(min_length=1, max_length=64)]
    bundle: Count
    payload: PayloadPart


def encode_statement(statement: Statement) -> bytes:
    """The canonical bytes that are signed and digested."""
    return canonical(msgspec.to_builtins(statement))


def read_statement(data: bytes) -> Statement:
    """Read canonical bytes. Raises ``Fault("fvb.envelope")``, and ``Fault("fvb.version")`` for a later format."""
    value = read_object(data, "fvb.envelope")
    if isinstance(value.get("v"), int) and value["v"] > 1:
        raise Fault("fvb.version")
    try:
        statement = msgspec.convert(value, Statement)
    except msgspec.ValidationError:
        raise Fault("fvb.envelope") from None
    sound = (
        statement.v == 1
        and statement.kind in SIGNERS
        and statement.payload.name == PAYLOAD
        and len(set(statement.to)) == len(statement.to)
    )
    if not sound or encode_statement(statement) != data:
        raise Fault("fvb.envelope")
    return statement


def identity_of(statement: Statement) -> str:
    """The identity of a file: SHA-256 of its statement, 64 hex digits."""
    return hashlib.sha256(encode_statement(statement)).hexdigest()
