"""Sealed answers: whether a family gave any shows nowhere at the desk, and only the protection key opens them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.core.errors import Fault
from helpdesk.exchange.installing import DeskTrust
from helpdesk.exchange.reading import read_file
from helpdesk.households import commands, profiling
from helpdesk.households.documents import BarrierItem, SealedAnswers, SealedPerson
from helpdesk.households.forms import Profiling
from helpdesk.households.sealing import read_sealed
from helpdesk.opening import Desk
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import decode_revision
from helpdesk.vault.tables import Base, RevisionRow
from tests.people import small_form
from tests.programme import Programme

TELLING = SealedAnswers(
    ("C2AFF", "C3CLR", "C3BLK"),
    (SealedPerson(0, "DETAINED", "WID", papers=(("NID", "CONFISC"),)), SealedPerson(1, unaccompanied=True)),
    "a note " * 20,
)
SECRET = {"hash", "head", "sig", "value", "identity", "prev", "words"}


def serve(programme: Programme, sealed: SealedAnswers) -> str:
    """One family from registration to profiling, the same but for what is sealed."""
    form = small_form(programme.clock, sealed=sealed)
    with programme.open("one", "clerk") as desk:
        desk.do(commands.register, form)
        desk.do(commands.record_barriers, form.household_id, None, (BarrierItem("C1HOU"),), sealed)
        desk.do(profiling.profile, Profiling(form.household_id, sealed=sealed))
    return form.household_id


def shape(value: Any) -> Any:
    """What somebody learns who cannot read random ids: kinds, lengths, days, counts."""
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, str):
        return (len(value), value) if len(value) < 16 and not value.isdigit() else len(value)
    return value


def _without_chance(table: str, row: Sequence[Any]) -> Sequence[Any]:
    # which numbers are left is drawn by lot; how many of each kind is not
    return row[:1] if table == "free_number" else row


def shapes(desk: Desk) -> dict[str, list[Any]]:
    with desk.store.read() as connection:
        return {
            name: sorted(
                (tuple(map(shape, _without_chance(name, row))) for row in connection.execute(select(table))), key=repr
            )
            for name, table in Base.metadata.tables.items()
        }


def lines(programme: Programme, path: Path) -> list[tuple[str, int]]:
    trust = programme.at("two", "clerk", lambda desk: DeskTrust(programme.founding.programme, desk.bundle, ()))
    with read_file(path, trust) as received:
        return [
            (line.value["t"] + str(line.value.get("r", {}).get("kind", "")), len(line.raw))
            for line in received.open(programme.founding.intake)
        ]


def test_nothing_tells_whether_anything_was_sealed(programme: Programme, tmp_path: Path) -> None:
    told, silent = programme, programme.copied(tmp_path / "silent")
    serve(told, TELLING)
    serve(silent, SealedAnswers())
    with told.open("one", "supervisor") as one, silent.open("one", "supervisor") as other:
        first, second = shapes(one), shapes(other)
        for table in first:
            assert first[table] == second[table], table
    assert lines(told, told.export().path) == lines(silent, silent.export().path)


def test_no_word_of_it_stands_in_the_store(programme: Programme) -> None:
    serve(programme, TELLING)
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        everything = b"".join(
            repr(tuple(row)).encode()
            for table in Base.metadata.tables.values()
            for row in connection.execute(select(table))
        )
    for word in (b"DETAINED", b"CONFISC", b"C2AFF", b"C3BLK", b"a note", b"unaccompanied"):
        assert word not in everything


def test_only_the_protection_key_opens_them_and_each_for_its_own_revision(programme: Programme) -> None:
    household = serve(programme, TELLING)
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        rows = connection.scalars(select(RevisionRow.body).where(RevisionRow.kind == "protection"))
        revisions = [decode_revision(body) for body in rows]
    assert len(revisions) == 3
    key = programme.founding.protection
    for revision in revisions:
        sealed = base64.b64decode(revision.sealed or "")
        assert len(sealed) == 560
        assert read_sealed(key.open(household, revision.ctr, sealed)) == TELLING
        assert msgspec.json.decode(bytes(revision.doc)) == {"household": household}
        with pytest.raises(Fault):
            key.open(household, revision.ctr + 1, sealed)
        with pytest.raises(Fault):
            ProtectionKey.generate().open(household, revision.ctr, sealed)


def test_other_records_are_never_sealed(programme: Programme) -> None:
    serve(programme, TELLING)
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        bodies = connection.scalars(select(RevisionRow.body).where(RevisionRow.kind != "protection"))
        assert all(decode_revision(body).sealed is None for body in bodies)
