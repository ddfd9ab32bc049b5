"""Officer files: one secret of a programme each (a root, recovery, protection) for the hand that keeps it.

The secret lies wrapped under a passphrase of its own; nothing of it is ever written in clear. What the secret opens
is not known here.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import msgspec

from helpdesk.core.canonical import canonical, read_strict
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.files import replace_file
from helpdesk.vault import keys

_LARGEST_FILE: Final = 1 << 16
_SALT: Final = 16


class OfficerKey(msgspec.Struct, frozen=True):
    """An opened officer file: what the secret is for, and the secret."""

    purpose: str
    secret: bytes


class _OfficerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    purpose: str
    cost: keys.KdfCost
    salt: bytes
    ct: bytes


def write_officer_key(
    path: Path, purpose: str, secret: bytes, passphrase: str, cost: keys.KdfCost = keys.DEFAULT
) -> None:
    """Wrap ``secret`` under ``passphrase`` and write it. An officer file is never written over.

    Raises Refusal("officer.exists", file=...), Fault("slot.cost") and OSError.
    """
    if path.exists():
        raise Refusal("officer.exists", file=path.name)
    salt = secrets.token_bytes(_SALT)
    kek = keys.stretch(passphrase, salt, cost)
    made = _OfficerFile(1, purpose, cost, salt, keys.wrap(kek, secret, _bound(purpose, cost)))
    replace_file(path, canonical(msgspec.to_builtins(made)))
    path.chmod(0o400)


def read_officer_key(path: Path, passphrase: str) -> OfficerKey:
    """Open an officer file.

    Raises Fault("officer.damaged") for a file that is none, Fault("officer.wrong") for another passphrase and for a
    file that was changed, Fault("slot.cost") for a foreign cost before any work is done.
    """
    with path.open("rb") as file:
        data = file.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise Fault("officer.damaged")
    try:
        found = msgspec.convert(read_strict(data, "officer.damaged"), _OfficerFile)
    except msgspec.ValidationError:
        raise Fault("officer.damaged") from None
    if found.v != 1 or len(found.salt) != _SALT:
        raise Fault("officer.damaged")
    kek = keys.stretch(passphrase, found.salt, found.cost)
    try:
        return OfficerKey(found.purpose, keys.unwrap(kek, found.ct, _bound(found.purpose, found.cost)))
    except Fault:
        raise Fault("officer.wrong") from None


def _bound(purpose: str, cost: keys.KdfCost) -> bytes:
    # a root's file renamed to protection must not open as protection
    return canonical({"v": 1, "officer": purpose, "cost": msgspec.to_builtins(cost)})
