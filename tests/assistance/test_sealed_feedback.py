"""Sealed feedback: nothing of it is at the desk, only the protection key opens it, and one neutral word comes back."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from helpdesk.assistance.feedback import boxes, commands, messages, numbers, queries
from helpdesk.assistance.feedback.codes import SEALED_TYPE
from helpdesk.assistance.feedback.documents import Feedback, FeedbackEntry, Message, SealedFeedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.sealing import PIECES, cut, joined
from helpdesk.centre import intake
from helpdesk.centre.sealed_feedback import OpenedFeedback, close_feedback, sealed_lines, unseal_feedback
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.exchange import installing
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import decode_revision, document_of
from helpdesk.vault.tables import Base, RevisionRow
from tests.assistance.test_feedback import DAY, sealed_entry
from tests.households.test_sealed import shapes
from tests.programme import Programme

PLANTED = "planted-words-of-the-complaint"
TELLING = SealedFeedback("X3", f"{PLANTED} " * 60, "1234567890", "planted-contact", "planted-desk")


def seal_in(programme: Programme, sealed: SealedFeedback, folder: str = "one", **changes: Any) -> commands.Taken:
    """A message in the tray is read and found to be what must be sealed."""
    source = "d" * 64
    text = f"{PLANTED} {sealed.text}" if sealed.text else PLANTED
    with programme.open(folder) as desk:
        desk.do(messages.load, (Message(source, DAY, "SMS", text, "+9647700000001", "ar"),))
        return desk.do(commands.record, sealed_entry(sealed, channel="SMS", source=source, **changes))


def sent(programme: Programme, folder: str = "one") -> None:
    """What a desk wrote reaches the centre."""
    path = programme.export(folder).path
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
    assert receipt.state == "accepted", receipt


def opened(programme: Programme, number: str) -> tuple[OpenedFeedback, ...]:
    with programme.office() as office:
        return office.gate.do(unseal_feedback, office, number, programme.founding.protection)


@given(st.text(max_size=400), st.sampled_from(list(SEALED_TYPE)))
def test_pieces_join_again_and_are_always_as_many(text: str, type_: str) -> None:
    sealed = SealedFeedback(type_, text)
    pieces = cut(sealed)
    assert len(pieces) == PIECES
    assert joined([*pieces, b"", *cut(SealedFeedback("X1", "forged behind it"))]) == sealed
    with pytest.raises(Fault):
        joined(pieces[:-1])


def test_nothing_of_it_is_in_the_store_of_the_desk(programme: Programme) -> None:
    taken = seal_in(programme, TELLING)
    with programme.open() as desk, desk.store.read() as connection:
        everything = b"".join(
            repr(tuple(row)).encode()
            for table in Base.metadata.tables.values()
            for row in connection.execute(select(table))
        )
        found = document_of(connection, FEEDBACK, taken.id)
    for word in ("planted", "'X3'", "1234567890", "+9647700000001"):
        assert word.encode() not in everything
    assert found is not None
    told = {name for name, value in msgspec.to_builtins(found).items() if value not in (None, "")}
    assert told == {"number", "channel", "side", "type", "received_on", "due", "status", "taken_by", "anonymous"}
    assert found.type == "SEALED"


def test_five_kinds_and_any_length_look_the_same(programme: Programme, tmp_path: Path) -> None:
    # X2 says nothing, X3 fills a page: same rows, same lengths, same number of revisions
    other = programme.copied(tmp_path / "other")
    number = numbers.draw()
    seal_in(programme, TELLING, number=number)
    seal_in(other, SealedFeedback("X2"), number=number)
    with programme.open("one", "supervisor") as one, other.open("one", "supervisor") as two:
        first, second = shapes(one), shapes(two)
    for table in first:
        assert first[table] == second[table], table


def test_the_desk_refuses_to_touch_it_again(programme: Programme) -> None:
    taken = seal_in(programme, TELLING)
    with programme.open("one", "supervisor") as desk:
        acts: tuple[tuple[Any, ...], ...] = (
            (commands.assign, taken.id, None),
            (commands.answer, taken.id, "No", True),
            (commands.tell, taken.id),
            (commands.close, taken.id),
            (commands.appeal, taken.id, "why"),
        )
        for act in acts:
            with pytest.raises(Refusal, match=r"feedback\.sealed"):
                desk.do(*act)


def test_only_the_protection_key_opens_it(programme: Programme) -> None:
    taken = seal_in(programme, TELLING)
    sent(programme)
    with programme.office() as office:
        (line,) = sealed_lines(office)
        assert (line.number, line.state, line.channel) == (taken.number, "", "SMS")
        with pytest.raises(Refusal, match=r"officer\.other_programme"):
            office.gate.do(unseal_feedback, office, taken.number, ProtectionKey.generate())
    (found,) = opened(programme, taken.number)
    assert found.content == TELLING
    assert not found.damaged
    with programme.office() as office:
        assert sealed_lines(office)[0].state == "RECEIVED"


@command("feedback.forge", roles=FAMILIES)
def forge(act: Act, record: str, document: Feedback) -> None:
    """What a dishonest desk with its own program would write behind a sealed record."""
    for piece in cut(SealedFeedback("X5", "forged")):
        act.records.revise(FEEDBACK, record, document, seal=act.sealer(record, piece))


def test_what_somebody_writes_behind_it_hides_nothing(programme: Programme) -> None:
    taken = seal_in(programme, TELLING)
    path = programme.export("one").path
    programme.at("two", "supervisor", lambda desk: installing.install(desk, path))
    programme.clock.move(seconds=5)
    with programme.open("two") as desk:
        document = desk.ask(queries.one, taken.id)
        desk.do(forge, taken.id, msgspec.structs.replace(document, type="T", number="0" * 12))
    with programme.office() as office:
        intake.receive(office, [path])
    sent(programme, "two")
    (found,) = opened(programme, taken.number)
    assert found.content == TELLING
    with programme.office() as office:
        assert [line.number for line in sealed_lines(office)] == [taken.number]


def test_the_word_goes_to_the_desk_that_sealed_it_and_to_no_other(programme: Programme) -> None:
    # the paper was handed out at desk one, which the complaint is about, and typed in at desk two
    number = numbers.draw()
    taken = seal_in(programme, TELLING, "two", number=numbers.shown(number))
    assert taken.number == number
    sent(programme, "two")
    assert told(programme, "two", number) is None
    opened(programme, number)
    word = told(programme, "two", number)
    assert word is not None
    assert word.state == "RECEIVED"
    programme.clock.move(days=2)
    with programme.office() as office:
        office.gate.do(close_feedback, office, number)
        assert sealed_lines(office) == ()
    closed = told(programme, "two", number)
    assert closed is not None
    assert (closed.state, closed.on) == ("CLOSED", word.on + 2)
    assert told(programme, "one", number) is None


def told(programme: Programme, folder: str, number: str) -> Any:
    path = programme.bundle(folder)
    programme.at(folder, "admin", lambda desk: installing.install(desk, path))
    return programme.at(folder, "clerk", lambda desk: desk.ask(queries.word_on, number))


def test_the_centre_says_no_word_on_what_is_not_sealed(programme: Programme) -> None:
    with programme.open() as desk:
        number = desk.do(commands.record, FeedbackEntry("DESK", "DIS", "T", DAY, text="Thanks")).number
    sent(programme)
    with programme.office() as office:
        assert sealed_lines(office) == ()
        with pytest.raises(Refusal, match=r"feedback\.unknown"):
            office.gate.do(close_feedback, office, number)


def test_every_revision_of_feedback_is_sealed_and_no_opening_is(programme: Programme) -> None:
    with programme.open() as desk:
        desk.do(boxes.open_box, "At the gate", 2)
        taken = desk.do(commands.record, FeedbackEntry("DESK", "DIS", "T", DAY, text="Thanks"))
        desk.do(commands.answer, taken.id, "Welcome", True)
        with desk.store.read() as connection:
            rows = connection.execute(select(RevisionRow.kind, RevisionRow.body)).all()
    sealed = {(row.kind, len(base64.b64decode(decode_revision(bytes(row.body)).sealed or ""))) for row in rows}
    assert {pair for pair in sealed if pair[0] in ("feedback", "box_opening")} == {
        ("feedback", 560),
        ("box_opening", 0),
    }
