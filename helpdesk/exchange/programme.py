"""``programme.json``: the start of trust, a DSSE document signed by a threshold of the programme's root keys.

It is carried to each desk on a stick; whoever sets a desk up compares its fingerprint, as eight words, once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault
from helpdesk.core.files import replace_file
from helpdesk.desk.bundle import ProgrammeKeys
from helpdesk.exchange import envelope
from helpdesk.vault import keys

BODY_TYPE = "application/vnd.fvm.programme.v1+json"
LARGEST = 1 << 16
FILE_NAME = "programme.json"


def write_programme(path: Path, programme: ProgrammeKeys, roots: Sequence[keys.SigningKey]) -> None:
    """Sign and write the document."""
    replace_file(path, envelope.sign(canonical(msgspec.to_builtins(programme)), BODY_TYPE, roots))


def read_programme(path: Path) -> ProgrammeKeys:
    """Read and check the document against its own roots; whether they are the right ones the fingerprint tells.

    Raises Fault("programme.damaged" | "programme.threshold" | "key.low_order" | "key.malformed").
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Fault("programme.damaged")
    signed = envelope.read(data, "programme.damaged")
    try:
        programme = msgspec.json.decode(signed.body, type=ProgrammeKeys)
    except msgspec.DecodeError:
        raise Fault("programme.damaged") from None
    if signed.body_type != BODY_TYPE or canonical(msgspec.to_builtins(programme)) != signed.body or programme.v != 1:
        raise Fault("programme.damaged")
    _check_keys(programme)
    # as bytes: one root in two spellings is one root
    signers = {public for public in map(bytes.fromhex, programme.roots) if signed.is_signed_by(public)}
    if programme.threshold < 1 or len(signers) < programme.threshold:
        raise Fault("programme.threshold")
    return programme


def _check_keys(programme: ProgrammeKeys) -> None:
    try:
        for public in (*programme.roots, *programme.config, *programme.ack):
            keys.check_public(bytes.fromhex(public))
        keys.recipient_public(programme.intake)
        keys.recipient_public(programme.recovery)
        keys.recipient_of(bytes.fromhex(programme.protection))
    except ValueError:
        raise Fault("programme.damaged") from None


def fingerprint(programme: ProgrammeKeys) -> list[str]:
    """Eight words over the whole document, to compare by voice or on paper."""
    return keys.fingerprint_words(hashlib.sha256(canonical(msgspec.to_builtins(programme))).digest())
