"""Founding a programme: its keys, who holds which, and the document that desks start from.

Five secrets, five hands (notes: threats, B): roots and configuration, acknowledgements and intake at the box,
recovery, protection. Only configuration, acknowledgement and intake are kept at the centre.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk import local
from helpdesk.desk.bundle import ProgrammeKeys
from helpdesk.vault.keys import ProtectionKey, ReceiveKey, SigningKey

_MATCH_KEY_BYTES = 32


@dataclass(frozen=True)
class Founding:
    """All that is drawn when a programme is founded. ``roots``, ``recovery`` and ``protection`` leave the box."""

    programme: ProgrammeKeys
    roots: Sequence[SigningKey]
    config: SigningKey
    ack: SigningKey
    intake: ReceiveKey
    recovery: ReceiveKey
    protection: ProtectionKey


def found(name: str, *, practice: bool, roots: int = 3, threshold: int = 2) -> Founding:
    """Draw every key of a new programme. Raises Refusal("programme.name" | "programme.roots")."""
    if not clean(name):
        raise Refusal("programme.name")
    if not 1 <= threshold <= roots:
        raise Refusal("programme.roots")
    root_keys = [SigningKey.generate() for _ in range(roots)]
    config, ack = SigningKey.generate(), SigningKey.generate()
    intake, recovery, protection = ReceiveKey.generate(), ReceiveKey.generate(), ProtectionKey.generate()
    programme = ProgrammeKeys(
        v=1,
        programme=clean(name),
        version=1,
        practice=practice,
        roots=tuple(key.public.hex() for key in root_keys),
        threshold=threshold,
        config=(config.public.hex(),),
        ack=(ack.public.hex(),),
        intake=intake.recipient,
        recovery=recovery.recipient,
        protection=protection.public.hex(),
    )
    return Founding(programme, root_keys, config, ack, intake, recovery, protection)


def keep_box_keys(connection: Connection, founding: Founding) -> None:
    """Put the box's own keys into its encrypted store."""
    local.write(connection, "config_seed", founding.config.seed)
    local.write(connection, "ack_seed", founding.ack.seed)
    local.write(connection, "intake_key", founding.intake.text.encode())
    local.write(connection, "match_key", secrets.token_bytes(_MATCH_KEY_BYTES))
