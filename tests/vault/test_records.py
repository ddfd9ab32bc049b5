"""Records: canonical bytes, heads, the pen, and that what lists show is what the revisions say."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from helpdesk.core.canonical import canonical, read_strict
from helpdesk.core.errors import Refusal
from helpdesk.households.documents import BarrierItem, Barriers, Household, Person, PlaceAnswer, Tally
from helpdesk.households.kinds import HOUSEHOLD, PERSON, TALLY
from helpdesk.households.tables import HouseholdRow, PhoneRow
from helpdesk.vault import migrate
from helpdesk.vault.records import (
    LONGEST_DOCUMENT,
    SIGNED_CONTEXT,
    Revision,
    Stamp,
    Writer,
    all_documents,
    decode_revision,
    document_of,
    documents_of,
    encode_document,
    encode_revision,
    heads_of,
    revision_hash,
    safest,
    sound_document,
)
from helpdesk.vault.store import open_store
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
IDS = st.uuids().map(str)
PLACES = st.builds(PlaceAnswer, st.none() | TEXT, TEXT, TEXT)
DOCUMENTS = st.one_of(
    st.builds(
        Person,
        household=IDS,
        given_name=TEXT,
        father_name=TEXT,
        grandfather_name=st.none() | TEXT,
        sex=st.sampled_from("FM"),
        birth_date=st.dates(date(1900, 1, 1)),
        birth_precision=TEXT,
        relation=TEXT,
        difficulties=st.none() | st.dictionaries(st.sampled_from(["see", "hear"]), TEXT),
    ),
    st.builds(Barriers, IDS, st.dates(), st.none() | PLACES, st.lists(st.builds(BarrierItem, code=TEXT)).map(tuple)),
    st.builds(Tally, st.dates(), TEXT, st.integers(0, 2**53 - 1), st.integers(0, 99)),
)


@given(DOCUMENTS)
def test_documents_are_written_as_rfc_8785(document: Struct) -> None:
    written = encode_document(document)
    assert written == canonical(msgspec.to_builtins(document))
    assert msgspec.json.decode(written, type=type(document)) == document
    assert canonical(read_strict(written)) == written
    assert sound_document(document) == written


@given(
    DOCUMENTS,
    IDS,
    st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=3, unique=True).map(sorted).map(tuple),
    st.integers(1, 2**53 - 1),
    TEXT,
    st.none() | st.just("c2VhbGVk"),
)
def test_revisions_are_written_as_rfc_8785(
    document: Struct, record: str, parents: tuple[str, ...], ctr: int, user: str, sealed: str | None
) -> None:
    revision = Revision(
        kind="person",
        id=record,
        parents=parents,
        ctr=ctr,
        device="0" * 16,
        user=user,
        at="2026-11-21T09:05:03.120Z",
        doc=msgspec.Raw(encode_document(document)),
        sealed=sealed,
    )
    body = encode_revision(revision)
    value: dict[str, Any] = json.loads(body)
    assert canonical(value) == body
    assert ("sealed" in value) == (sealed is not None)
    assert encode_revision(decode_revision(body)) == body
    assert revision_hash(body) == hashlib.sha256(body).digest()


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Tally(date(2026, 1, 1), "x\0y"), "record.unreadable"),
        (Tally(date(2026, 1, 1), "x\ud800"), "record.unreadable"),
        (Tally(date(2026, 1, 1), "x", 2**53), "record.unreadable"),
        (Tally(date(2026, 1, 1), "x", 2**70), "record.unreadable"),
        (Tally(date(2026, 1, 1), "x" * LONGEST_DOCUMENT), "record.too_long"),
    ],
)
def test_what_no_reader_would_take_is_never_written(document: Struct, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        sound_document(document)
    assert refusal.value.code == code


def test_long_digits_in_a_text_are_no_numbers() -> None:
    assert sound_document(Tally(date(2026, 1, 1), ":1234567890123456789"))


@pytest.mark.parametrize(
    ("one", "other", "safe"), [("A", "B", "B"), ("B", "A", "B"), ("A", "?", "?"), ("?", "B", "?"), ("y", "z", "z")]
)
def test_the_safer_code_is_the_later_one_and_an_unknown_one_the_safest(one: str, other: str, safe: str) -> None:
    assert safest(("A", "B"), one, other) == safe


# --- the pen ---


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = open_store(tmp_path / "desk.db", secrets.token_bytes(32), must_exist=False, migrating=True)
    migrate.upgrade(store)
    with store.write() as opened:
        yield opened
    store.close()


def pen(connection: Connection, ctr: int = 0) -> Writer:
    return Writer(connection, Stamp("d" * 16, "user", "2026-11-21T09:05:03.120Z"), ctr, lambda m: ("k" * 16, m[-64:]))


def family(**changes: Any) -> Household:
    fields: dict[str, Any] = {
        "number": "1234567890",
        "population": "CAMP",
        "spoken": "ar",
        "reading": None,
        "head": "p",
        "principal": "p",
        "alternate": None,
        "members": ("p",),
        "registered_on": date(2026, 11, 21),
        "registered_by": "user",
    }
    return Household(**{**fields, **changes})


def test_a_record_is_created_revised_and_read(connection: Connection) -> None:
    writer = pen(connection)
    writer.create(HOUSEHOLD, "h", family(), signed=True)
    writer.create(TALLY, "t", Tally(date(2026, 11, 21), "REFUSED", 1, 0))
    writer.flush()
    writer.flush()
    assert document_of(connection, HOUSEHOLD, "h") == family()
    assert document_of(connection, PERSON, "h") is None
    assert document_of(connection, HOUSEHOLD, "nobody") is None
    writer.revise(HOUSEHOLD, "h", family(shelter="A1"))
    writer.revise(HOUSEHOLD, "h", family(shelter="A2"), signed=True)
    writer.flush()
    assert document_of(connection, HOUSEHOLD, "h") == family(shelter="A2")
    assert documents_of(connection, HOUSEHOLD, "h") == [("h", family(shelter="A2"))]
    assert list(all_documents(connection, HOUSEHOLD)) == [("h", family(shelter="A2"))]
    assert connection.scalar(select(HouseholdRow.shelter)) == "A2"
    assert writer.ctr == 4
    assert writer.touched == {"household", "tally"}
    rows = connection.execute(select(RevisionRow).where(RevisionRow.record == "h").order_by(RevisionRow.n)).all()
    assert [decode_revision(row.body).parents for row in rows] == [(), (rows[0].hash.hex(),), (rows[1].hash.hex(),)]
    assert [row.sig_key for row in rows] == ["k" * 16, None, "k" * 16]
    assert [revision_hash(row.body) for row in rows] == [row.hash for row in rows]


def test_a_signature_stands_over_context_and_hash(connection: Connection) -> None:
    signed: list[bytes] = []
    writer = pen(connection)
    writer.sign = lambda message: (signed.append(message), ("k" * 16, bytes(64)))[1]
    writer.create(HOUSEHOLD, "h", family(), signed=True)
    writer.flush()
    (row,) = connection.execute(select(RevisionRow))
    assert signed == [SIGNED_CONTEXT + row.hash]


def test_what_is_not_there_cannot_be_revised(connection: Connection) -> None:
    assert heads_of(connection, "h") == []
    with pytest.raises(KeyError):
        pen(connection).revise(HOUSEHOLD, "h", family())


def test_a_revision_ends_a_conflict_and_leaves_no_trace_of_it(connection: Connection) -> None:
    writer = pen(connection)
    writer.create(HOUSEHOLD, "h", family())
    writer.flush()
    first = heads_of(connection, "h")
    connection.execute(insert(OtherHeadRow).values(record="h", hash=b"\0" * 32))
    connection.execute(insert(ConflictRow).values(record="h", field="members", settled=False))
    connection.execute(RecordRow.__table__.update().values(conflict=True, folded=encode_document(family(notes="both"))))
    assert document_of(connection, HOUSEHOLD, "h") == family(notes="both")
    writer.revise(HOUSEHOLD, "h", family(notes="settled"))
    writer.flush()
    (latest,) = heads_of(connection, "h")
    row = connection.execute(select(RevisionRow).where(RevisionRow.hash == latest)).one()
    assert decode_revision(row.body).parents == tuple(sorted(h.hex() for h in (b"\0" * 32, *first)))
    assert connection.scalar(select(RecordRow.conflict)) is False
    assert not connection.execute(select(ConflictRow)).all()
    assert document_of(connection, HOUSEHOLD, "h") == family(notes="settled")


def test_rows_of_a_record_are_replaced_and_not_added(connection: Connection) -> None:
    from helpdesk.households.documents import Phone

    writer = pen(connection)
    writer.create(HOUSEHOLD, "h", family(phones=(Phone("+9647000000001"), Phone("+9647000000001"))))
    writer.revise(HOUSEHOLD, "h", family(phones=(Phone("+9647000000002"),)))
    writer.flush()
    assert list(connection.scalars(select(PhoneRow.backwards))) == ["2000000007469+"]
    writer.revise(HOUSEHOLD, "h", family())
    writer.flush()
    assert not list(connection.scalars(select(PhoneRow.number)))
