"""The intake on both registers: every file is taken in once and whole, waits, or is put aside with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, select, update

from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.centre import answers, intake
from helpdesk.centre.intake import Receipt
from helpdesk.centre.office import Office
from helpdesk.centre.tables import CentreAlarmRow, CentreAuditRow, CentreBatchRow, CentreDeskRow, CentreUserRow
from helpdesk.core.errors import Refusal
from helpdesk.core.ids import new_id
from helpdesk.desk.roles import Role
from helpdesk.desk.users import UserRecord
from helpdesk.exchange import installing
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.payload import AuditPoint
from helpdesk.households.documents import Card, Consent, Household
from helpdesk.opening import Desk
from helpdesk.vault.keys import ReceiveKey, SigningKey
from helpdesk.vault.tables import RecordRow, RevisionRow
from tests import handmade
from tests.handmade import DAY, batch, line, tally
from tests.programme import Programme, passphrase


def take(programme: Programme, *paths: Path) -> tuple[Receipt, ...]:
    with programme.office() as office:
        return intake.receive(office, paths)


def states(receipts: Iterable[Receipt]) -> list[tuple[str, str | None]]:
    return [(receipt.state, receipt.code) for receipt in receipts]


def look(programme: Programme, *columns: Any) -> list[tuple[Any, ...]]:
    with programme.office() as office, office.register.read() as register:
        return [tuple(row) for row in register.execute(select(*columns))]


def count(programme: Programme, row: Any) -> int:
    return len(look(programme, row.__table__))


def alarms(programme: Programme) -> list[tuple[str, str | None]]:
    return sorted(look(programme, CentreAlarmRow.code, CentreAlarmRow.record))


def acks(programme: Programme) -> dict[int, Ack]:
    rows = look(programme, CentreBatchRow.seq, CentreBatchRow.ack)
    return {seq: msgspec.json.decode(ack, type=Ack) for seq, ack in rows}


# --- the good way ---


def test_a_batch_is_taken_in_answered_and_believed(programme: Programme) -> None:
    programme.register()
    exported = programme.export()
    (receipt,) = take(programme, exported.path)
    assert (receipt.state, receipt.records, receipt.seq) == ("accepted", exported.records, 1)
    assert count(programme, RevisionRow) == exported.records
    assert count(programme, CentreAuditRow) > 3
    assert alarms(programme) == []
    with programme.office() as office:
        (written,) = answers.acknowledge(office, programme.stick)
        assert answers.acknowledge(office, programme.stick) == ()
        (one, two) = office.gate.do(answers.standing, office)
        assert (one.accepted, one.records, two.accepted) == (1, exported.records, 0)
    done = programme.at("one", "clerk", lambda desk: installing.install(desk, written.path))
    assert done.result == "installed"
    with programme.office() as office:
        assert (office.home / "kept" / f"{receipt.identity}.fvb").read_bytes() == exported.path.read_bytes()


def test_the_same_file_again_gets_the_same_answer(programme: Programme) -> None:
    programme.register()
    path = programme.export().path
    first = take(programme, path)
    answer = acks(programme)
    rows = count(programme, RevisionRow)
    programme.clock.move(days=1)
    assert states(take(programme, path, path)) == [("known", None), ("known", None)]
    assert acks(programme) == answer
    assert count(programme, RevisionRow) == rows
    with programme.office() as office:
        (once,) = answers.acknowledge(office, programme.stick)
        (again,) = answers.acknowledge(office, programme.stick, again=True)
    assert (once.seq, once.result) == (again.seq, again.result) == (1, "accepted")
    assert first[0].identity is not None


def test_files_that_come_early_wait_and_are_merged_in_order(programme: Programme) -> None:
    paths = []
    for _ in range(3):
        programme.register()
        paths.append(programme.export().path)
    assert states(take(programme, paths[2])) == [("waiting", "fvb.gap")]
    assert states(take(programme, paths[1], paths[2])) == [("waiting", "fvb.gap")] * 2
    assert count(programme, RecordRow) == 0
    assert {seq: ack.result for seq, ack in acks(programme).items()} == {2: "waiting", 3: "waiting"}
    assert states(take(programme, paths[0])) == [("accepted", None)] * 3
    assert {seq: (ack.result, ack.contiguous) for seq, ack in acks(programme).items()} == {
        1: ("accepted", 1), 2: ("accepted", 2), 3: ("accepted", 3),
    }  # fmt: skip
    with programme.office() as office:
        assert list((office.home / "waiting").glob("*")) == []
        assert len(list((office.home / "kept").glob("*.fvb"))) == 3


def test_both_desks_and_their_records_meet(programme: Programme) -> None:
    for folder in ("one", "two"):
        programme.register(folder)
    paths = [programme.export(folder).path for folder in ("one", "two")]
    assert states(take(programme, *paths)) == [("accepted", None)] * 2
    assert len({device for (device,) in look(programme, CentreBatchRow.sender)}) == 2


# --- kills ---


def test_a_kill_before_the_file_was_kept(programme: Programme) -> None:
    programme.register()
    path = programme.export().path
    with programme.office() as office:
        receipt = office.gate.do(intake._take, office, path, office.keys().intake, lambda *_: None)
        assert receipt.state == "accepted"
    assert states(take(programme, path)) == [("known", None)]
    with programme.office() as office:
        assert len(list((office.home / "kept").glob("*.fvb"))) == 1


def test_a_kill_between_the_register_and_the_log_of_the_folder(programme: Programme) -> None:
    """On a server two stores commit one after the other: the second may be lost, and everything is done again."""
    programme.register()
    path = programme.export().path

    def killed(office: Office, connection: Connection) -> None:
        act = office.gate._begin(connection, office.gate.clock.now())
        intake._take(act, office, path, office.keys().intake, lambda *_: None)
        raise RuntimeError

    with programme.office() as office, pytest.raises(RuntimeError), office.gate.store.write() as connection:
        killed(office, connection)
    again = states(take(programme, path))
    assert again == [("known" if programme.database else "accepted", None)]
    assert states(take(programme, path)) == [("known", None)]


def test_an_answer_is_written_again_after_a_kill(programme: Programme) -> None:
    programme.register()
    path = programme.export().path
    take(programme, path)
    with programme.office() as office:
        assert len(office.gate.do(answers._unanswered, office, False)) == 1
        assert len(answers.acknowledge(office, programme.stick)) == 1


# --- forks and gaps ---


def test_two_files_under_one_number_raise_the_alarm(programme: Programme) -> None:
    path, other, third = (batch(programme, "one", "supervisor") for _ in range(3))
    assert states(take(programme, path)) == [("accepted", None)]
    assert states(take(programme, other, third, other)) == [("quarantined", "fvb.fork")] * 3
    assert alarms(programme) == [("fvb.fork", None)] * 2
    assert count(programme, RecordRow) == 1
    assert states(take(programme, path)) == [("known", None)]


def test_a_file_after_another_than_the_one_before_is_a_fork(programme: Programme) -> None:
    assert states(take(programme, batch(programme, "one", "supervisor", prev="0" * 64))) == [
        ("quarantined", "fvb.fork")
    ]
    assert alarms(programme) == [("fvb.fork", None)]


def test_a_new_epoch_is_taken_in_and_looked_at(programme: Programme) -> None:
    programme.register()
    exported = programme.export()
    take(programme, exported.path)
    restored = batch(programme, "one", "supervisor", epoch="ab" * 8, seq=1, prev=exported.identity)
    assert states(take(programme, restored)) == [("accepted", None)]
    assert [code for code, _ in alarms(programme)] == ["fvb.new_epoch"]


def test_a_damaged_copy_never_undoes_the_sound_one(programme: Programme, tmp_path: Path) -> None:
    first, second = batch(programme, "one", "supervisor"), None
    harmed = tmp_path / "harmed.fvb"
    data = bytearray(first.read_bytes())
    data[-2000] ^= 1
    harmed.write_bytes(data)
    assert states(take(programme, harmed)) == [("quarantined", "fvb.digest")]
    assert states(take(programme, first)) == [("accepted", None)]
    assert states(take(programme, harmed)) == [("quarantined", "fvb.digest")]
    assert states(take(programme, first)) == [("known", None)]
    assert {ack.result for ack in acks(programme).values()} == {"accepted"}
    programme.register("two")
    programme.export("two")
    programme.register("two")
    second = programme.export("two").path
    take(programme, second)
    data = bytearray(second.read_bytes())
    data[-2000] ^= 1
    harmed.write_bytes(data)
    take(programme, harmed)
    with programme.office() as office:
        assert len(list((office.home / "waiting").glob("*.fvb"))) == 1


# --- whom it believes ---


def test_a_batch_for_somebody_else(programme: Programme) -> None:
    other = ReceiveKey.generate().recipient
    assert states(take(programme, batch(programme, "one", "supervisor", to=[other]))) == [
        ("quarantined", "fvb.not_for_us")
    ]


@pytest.mark.parametrize(
    ("code", "name", "signers"),
    [
        ("fvb.signer_missing", "supervisor", lambda device, user: [device]),
        ("fvb.signer_missing", "clerk", None),
        ("fvb.signer_unknown", "supervisor", lambda device, user: [device, SigningKey.generate()]),
        ("fvb.signer_unknown", "clerk", lambda device, user: [device, user]),
        ("fvb.signer_missing", "supervisor", lambda device, user: [user]),
    ],
)
def test_whoever_may_not_sign(programme: Programme, code: str, name: str, signers: Any) -> None:
    path = batch(programme, "one", name, signers=signers or (lambda device, user: [device]))
    assert states(take(programme, path)) == [("quarantined", code)]
    assert count(programme, RevisionRow) == 0


def test_a_supervisor_of_another_desk_approves_nothing(programme: Programme) -> None:
    with programme.open("two", "supervisor") as desk:
        foreign = desk.user.key
    path = batch(programme, "one", "supervisor", signers=lambda device, user: [device, foreign])
    assert states(take(programme, path)) == [("quarantined", "fvb.signer_missing")]


def test_a_lost_laptop_is_believed_up_to_what_was_in_hand(programme: Programme) -> None:
    taken = batch(programme, "one", "supervisor")
    take(programme, taken)
    with programme.office() as office, office.register.write() as register:
        register.execute(
            update(CentreDeskRow).where(CentreDeskRow.number == programme.numbers["one"]).values(revoked_after=1)
        )
    programme.register()
    assert states(take(programme, taken)) == [("known", None)]
    later = batch(programme, "one", "supervisor", seq=2, prev="0" * 64)
    anew = batch(programme, "one", "supervisor", epoch="ab" * 8)
    assert states(take(programme, later, anew)) == [("quarantined", "fvb.revoked")] * 2


def test_what_is_no_batch(programme: Programme, tmp_path: Path) -> None:
    (tmp_path / "x.fvb").write_bytes(b"nothing")
    bundle = programme.bundle("one")
    receipts = take(programme, tmp_path / "x.fvb", bundle)
    assert [receipt.state for receipt in receipts] == ["quarantined"] * 2
    assert all(receipt.identity is None for receipt in receipts)
    assert count(programme, CentreBatchRow) == 0


# --- what is inside ---

PERSONLESS = Household("1234567890", "CAMP", "ar", None, "p", "p", None, ("p",), DAY, "u")


def good(desk: Desk) -> list[bytes]:
    return [tally(desk), tally(desk, women=2), line(desk, "household", PERSONLESS, sign=True)]


BAD: dict[str, tuple[str, Callable[[Desk], bytes]]] = {
    "kind": ("record.kind", lambda desk: tally(desk).replace(b'"t":"event"', b'"t":"photo"')),
    "unknown kind": ("record.kind", lambda desk: line(desk, "secret", PERSONLESS)),
    "spelling": ("record.canonical", lambda desk: tally(desk).replace(b'{"r":', b'{ "r":')),
    "more": ("record.canonical", lambda desk: tally(desk).replace(b'"t":', b'"s":1,"t":')),
    "another's device": ("record.device", lambda desk: tally(desk, device="0" * 16)),
    "an event with parents": ("record.form", lambda desk: tally(desk, parents=("0" * 64,))),
    "a revision as event": (
        "record.form",
        lambda desk: line(desk, "household", PERSONLESS).replace(b'"revision"', b'"event"'),
    ),
    "a short seal": ("record.form", lambda desk: line(desk, "protection", PERSONLESS, sealed=handmade.sealed(559))),
    "a seal elsewhere": ("record.form", lambda desk: tally(desk, sealed=handmade.sealed())),
    "no seal": ("record.form", lambda desk: line(desk, "protection", PERSONLESS)),
    "another document": ("record.form", lambda desk: line(desk, "card", PERSONLESS)),
    "an id": ("record.form", lambda desk: tally(desk, id="x")),
    "an id in capitals": ("record.form", lambda desk: tally(desk, id=new_id(desk.clock.now()).upper())),
    "a counter": ("record.form", lambda desk: tally(desk, ctr=0)),
    "a user": ("record.form", lambda desk: tally(desk, user="u" * 37)),
    "an instant": ("record.form", lambda desk: tally(desk, at="yesterday")),
    "parents": ("record.form", lambda desk: line(desk, "household", PERSONLESS, parents=("b" * 64, "a" * 64))),
    "a parent": ("record.form", lambda desk: line(desk, "household", PERSONLESS, parents=("x",))),
    "a number": ("fvb.json", lambda desk: tally(desk, ctr=2**53)),
    "a zero": ("fvb.json", lambda desk: tally(desk, user="a\0b")),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_one_bad_line_puts_the_whole_file_aside(programme: Programme, case: str) -> None:
    code, make = BAD[case]
    path = batch(programme, "one", "supervisor", lambda desk: [*good(desk), make(desk), tally(desk)])
    (receipt,) = take(programme, path)
    assert (receipt.state, receipt.code, receipt.records) == ("quarantined", code, 0)
    ((line_number, told),) = look(programme, CentreBatchRow.line, CentreBatchRow.code)
    assert (line_number, told) == (5, code)
    for row in (RevisionRow, RecordRow, CentreAuditRow):
        assert count(programme, row) == 0
    assert acks(programme)[1].result == "quarantined"
    assert acks(programme)[1].code == code
    with programme.office() as office:
        assert (office.home / "quarantine" / f"{receipt.identity}.fvb").exists()


def test_a_log_that_does_not_continue_what_was_seen(programme: Programme) -> None:
    path = batch(programme, "one", "supervisor", audit=AuditPoint(3, "a" * 64))
    assert states(take(programme, path)) == [("quarantined", "audit.broken")]
    assert count(programme, RevisionRow) == 0


def test_what_the_register_cannot_hold_holds_nothing_else_up(programme: Programme) -> None:
    """Two cards under one serial, and on a server a text that is too long: the batch and its chain go on."""
    twins = [Card(new_id(programme.clock.now()), "ab" * 10, 1, DAY, 1, "LIVE", "k") for _ in range(2)]
    path = batch(programme, "one", "supervisor", lambda desk: [line(desk, "card", card) for card in twins])
    (first,) = take(programme, path)
    assert (first.state, alarms(programme)) == ("accepted", [])
    long, sound = msgspec.structs.replace(PERSONLESS, population="X" * 99), new_id(programme.clock.now())

    def records(desk: Desk) -> list[bytes]:
        bad, good = (msgspec.structs.replace(family, registered_by=desk.user.id) for family in (long, PERSONLESS))
        return [
            tally(desk),
            line(desk, "household", bad, sign=True),
            line(desk, "household", good, sign=True, id=sound),
        ]

    path = batch(programme, "one", "supervisor", records, seq=2, prev=first.identity)
    assert states(take(programme, path)) == [("accepted", None)]
    assert (sound,) in look(programme, RecordRow.id)
    assert count(programme, RevisionRow) == 5  # kept, and shown nowhere
    rejected = [(item.id, item.code) for item in acks(programme)[2].rejected]
    assert [code for _, code in rejected] == (["record.not_held"] if programme.database else [])
    assert alarms(programme) == [(code, record) for record, code in rejected]


def test_a_conflict_between_desks_is_named_in_the_answer(programme: Programme) -> None:
    household = programme.register("one")
    first = programme.export("one")
    programme.at("two", "supervisor", lambda desk: installing.install(desk, first.path))
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        from helpdesk.households.commands import HOUSEHOLD
        from helpdesk.vault.records import document_of, heads_of

        found = document_of(connection, HOUSEHOLD, household)
        (parent,) = heads_of(connection, household)
    assert found is not None

    def changed(*members: str) -> Callable[[Desk], Sequence[bytes]]:
        document = msgspec.structs.replace(found, members=members)
        return lambda desk: [
            line(desk, "household", document, id=household, parents=(parent.hex(),), ctr=99, sign=True)
        ]

    take(programme, first.path)
    seen = acks(programme)[1].audit_seen
    one = batch(programme, "one", "supervisor", changed("a"), audit=seen)
    two = batch(programme, "two", "supervisor", changed("b"))
    assert states(take(programme, one, two)) == [("accepted", None)] * 2
    raised = [conflict for ack in acks(programme).values() for conflict in ack.conflicts]
    assert [(c.id, c.fields) for c in raised] == [(household, ("members",))]


# --- signatures beside records, and accounts ---


def voucher(state: str) -> Voucher:
    return Voucher("h", "DEP", 400, "IQD", 1, 1, "p", DAY, DAY, state, "u")


PAYMENT = Payment("v", "h", "12345678901", 400, "IQD", DAY, 1, "u", "w", "SEEN")
WITHDRAWN = Consent("h", "DATA", "WITHDRAWN", "SIGN", "ar", True, "1", "u", "t")
REVOKED = Card("h", "ab" * 10, 1, DAY, 1, "REVOKED", "k")


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("payment", PAYMENT),
        ("household", PERSONLESS),
        ("voucher", voucher("APPROVED")),
        ("voucher", voucher("VOID")),
        ("consent", WITHDRAWN),
        ("card", REVOKED),
    ],
)
def test_what_answers_to_a_person_must_be_signed_and_is_kept_all_the_same(
    programme: Programme, kind: str, document: msgspec.Struct
) -> None:
    stranger = SigningKey.generate()
    ids = [new_id(programme.clock.now()) for _ in range(3)]

    def records(desk: Desk) -> list[bytes]:
        variants = (
            {"id": ids[0]},
            {"id": ids[1], "sign": stranger},
            {"id": ids[2], "sign": True, "user": "somebody else"},
        )
        serials = iter(("ab" * 10, "cd" * 10, "ef" * 10))
        return [
            line(
                desk,
                kind,
                msgspec.structs.replace(document, serial=next(serials)) if kind == "card" else document,
                **how,
            )
            for how in variants
        ]

    assert states(take(programme, batch(programme, "one", "supervisor", records))) == [("accepted", None)]
    rejected = [(r.id, r.code) for r in acks(programme)[1].rejected]
    assert rejected == [(ids[0], "record.unsigned"), (ids[1], "record.signature"), (ids[2], "record.signature")]
    assert alarms(programme) == sorted((code, record) for record, code in rejected)
    assert count(programme, RecordRow) == 3


def test_true_signatures_raise_nothing(programme: Programme) -> None:
    replaced = msgspec.structs.replace
    path = batch(
        programme, "one", "supervisor", lambda desk: [
            line(desk, "voucher", replaced(voucher("APPROVED"), approved_by=desk.user.id), sign=True),
            line(desk, "voucher", replaced(voucher("PLANNED"), planned_by=desk.user.id)),
            line(desk, "consent", replaced(WITHDRAWN, answer="GIVEN")),
            line(desk, "card", replaced(REVOKED, status="LIVE")),
            line(desk, "payment", replaced(PAYMENT, user=desk.user.id), sign=True),
        ],
    )  # fmt: skip
    assert states(take(programme, path)) == [("accepted", None)]
    assert acks(programme)[1].rejected == ()


def test_a_clerk_approves_nothing(programme: Programme) -> None:
    with programme.open("one", "clerk") as desk:
        clerk, user = desk.user.key, desk.user.id
    record, approved = new_id(programme.clock.now()), msgspec.structs.replace(voucher("APPROVED"), approved_by=user)
    path = batch(
        programme, "one", "supervisor",
        lambda desk: [line(desk, "voucher", approved, id=record, sign=clerk, user=user)],
    )  # fmt: skip
    take(programme, path)
    assert [(r.id, r.code) for r in acks(programme)[1].rejected] == [(record, "record.signer_role")]


def users(programme: Programme) -> set[tuple[Any, ...]]:
    columns = (CentreUserRow.id, CentreUserRow.desk, CentreUserRow.role, CentreUserRow.public, CentreUserRow.status)
    return set(look(programme, *columns))


def test_an_administrators_new_account_is_believed_and_a_closed_one_no_more(programme: Programme) -> None:
    with programme.open("one", "admin") as desk:
        account = desk.add_user("new", Role.SUPERVISOR, passphrase("new"))
    first = programme.export("one")
    assert states(take(programme, first.path)) == [("accepted", None)]
    assert alarms(programme) == []
    programme.register()
    assert states(take(programme, programme.export("one", "new").path)) == [("accepted", None)]
    programme.at("one", "admin", lambda desk: desk.remove_user(account.id))
    assert states(take(programme, programme.export("one").path)) == [("accepted", None)]
    assert (account.id, "closed") in {(user[0], user[4]) for user in users(programme)}


@pytest.mark.parametrize("name", ["supervisor", "admin"])
def test_nobody_takes_over_an_account(programme: Programme, name: str) -> None:
    """Another desk's supervisor, her own promotion, a key twice, a role of the centre, a key that is none."""
    before = users(programme)
    with programme.open("two", "supervisor") as desk:
        theirs = desk.user
    with programme.open("one", name) as desk:
        hand = desk.user
    fresh = SigningKey.generate().public.hex()
    new = new_id(programme.clock.now())
    tries = [
        (theirs.id, UserRecord("supervisor", fresh, True)),
        (theirs.id, UserRecord("supervisor", theirs.key.public.hex(), False)),
        (new, UserRecord("supervisor", theirs.key.public.hex(), True)),
        (new, UserRecord("centre", fresh, True)),
        (new, UserRecord("supervisor", "zz", True)),
        (new, UserRecord("supervisor", "00" * 32, True)),
        (new, UserRecord("supervisor", fresh.upper(), True)),
    ]
    if name == "supervisor":
        tries.append((hand.id, UserRecord("administrator", fresh, True)))
    path = batch(
        programme, "one", "supervisor",
        lambda desk: [
            line(desk, "user", document, id=record, sign=hand.key, user=hand.id, ctr=n + 1)
            for n, (record, document) in enumerate(tries)
        ],
    )  # fmt: skip
    assert states(take(programme, path)) == [("accepted", None)]
    assert users(programme) == before
    assert {code for code, _ in alarms(programme)} == {"user.unproved"}


def test_a_centre_is_for_its_own_people(programme: Programme) -> None:
    def receive(office: Office) -> None:
        intake.receive(office, [programme.stick / "nothing.fvb"])

    with programme.office() as office, pytest.raises(FileNotFoundError):
        receive(office)
    with programme.open("one", "supervisor") as desk:
        with pytest.raises(KeyError):  # a desk has no box of keys
            receive(Office(desk, desk.store, desk.folder))
    with programme.open("one", "clerk") as desk:
        from helpdesk.opening import office_of

        with pytest.raises(Refusal, match=r"folder\.not_centre"):
            office_of(desk)
