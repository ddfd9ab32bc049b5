"""The bundle in force: installing one, and reading it. Whether its file is genuine was decided before (exchange).

Versions only rise; a bundle for another desk or programme is refused; the one before is kept.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete, insert, select

from helpdesk.core.clock import day_of
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import local
from helpdesk.desk.bundle import Block, Bundle, ProgrammeKeys
from helpdesk.desk.days import see_day
from helpdesk.desk.tables import BundleRow

KEPT = 2
_OFFICERS = ("intake", "recovery", "protection")
"""Whom the roots named, and nobody else may replace: whoever signs bundles must not learn what is sealed."""


def programme(connection: Connection) -> ProgrammeKeys:
    """The programme this desk was made for."""
    return msgspec.json.decode(local.read(connection, "programme"), type=ProgrammeKeys)


def write_programme(connection: Connection, keys: ProgrammeKeys) -> None:
    """Pin the programme; done once when a desk is made."""
    local.write(connection, "programme", msgspec.json.encode(keys))


def in_force(connection: Connection) -> Bundle | None:
    """The installed bundle of the highest version, None before the first."""
    body = connection.scalar(select(BundleRow.body).order_by(BundleRow.version.desc()).limit(1))
    return None if body is None else msgspec.json.decode(bytes(body), type=Bundle)


def new_blocks(before: Bundle | None, bundle: Bundle) -> tuple[Block, ...]:
    """The number blocks that a bundle adds to those already taken in."""
    known = set(before.blocks) if before else set()
    return tuple(block for block in bundle.blocks if block not in known)


def install(connection: Connection, bundle: Bundle, identity: str) -> tuple[Block, ...]:
    """Put a genuine bundle in force; returns the number blocks it brings. Repeating it changes nothing.

    Raises Refusal("bundle.other_programme" | "bundle.recipients" | "bundle.other_desk" | "bundle.older"),
    Fault("bundle.fork") for the same version with other content.
    """
    pinned = programme(connection)
    if bundle.programme != pinned.programme or bundle.practice != pinned.practice:
        raise Refusal("bundle.other_programme")
    if any(getattr(bundle, name) != getattr(pinned, name) for name in _OFFICERS):
        raise Refusal("bundle.recipients")
    if bundle.desk.device != local.read(connection, "device_public").hex():
        raise Refusal("bundle.other_desk")
    present = connection.execute(
        select(BundleRow.version, BundleRow.identity).order_by(BundleRow.version.desc()).limit(1)
    ).first()
    if present is not None and bundle.version == present.version:
        if identity != present.identity:
            raise Fault("bundle.fork", version=bundle.version)
        return ()
    if present is not None and bundle.version < present.version:
        raise Refusal("bundle.older", version=bundle.version, installed=present.version)
    blocks = new_blocks(in_force(connection), bundle)
    connection.execute(
        insert(BundleRow).values(version=bundle.version, identity=identity, body=msgspec.json.encode(bundle))
    )
    connection.execute(delete(BundleRow).where(BundleRow.version <= bundle.version - KEPT))
    see_day(connection, day_of(bundle.issued))
    return blocks
