"""What crosses between desks and centre: enrolment, bundles, siblings' batches both ways, answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import delete, select, update

from helpdesk.centre import answers, desks, intake
from helpdesk.centre.founding import found
from helpdesk.centre.tables import CentreBatchRow, CentreDeskRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import is_valid
from helpdesk.desk import local, trust
from helpdesk.desk.bundle import Block, Bundle
from helpdesk.desk.days import programme_day
from helpdesk.desk.tables import FreeNumberRow
from helpdesk.exchange import batches, enrolment, installing
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.enrolment import EnrolledUser, check_enrolment
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.exchange.payload import AuditPoint
from helpdesk.households import cards, commands, numbers, queries
from helpdesk.opening import Desk, make_desk, office_of, open_desk
from helpdesk.vault.keys import ReceiveKey, SigningKey
from helpdesk.vault.tables import AuditRow, RevisionRow
from tests.exchange.test_merge import tables
from tests.handmade import DAY, batch, device_key, tally
from tests.people import practice_form
from tests.programme import ACCOUNTS, CENTRE, COST, Programme, accounts, enrol_desk, passphrase, terms_of


def install(programme: Programme, folder: str, path: Path, name: str = "supervisor") -> installing.Installed:
    return programme.at(folder, name, lambda desk: installing.install(desk, path))


def refused(programme: Programme, folder: str, path: Path, name: str = "supervisor") -> str:
    with pytest.raises((Fault, Refusal)) as error:
        install(programme, folder, path, name)
    return error.value.code


# --- siblings ---


def test_siblings_come_to_the_same_register(programme: Programme) -> None:
    households = {
        folder: programme.register(folder, practice_form(programme.clock, n)) for n, folder in enumerate(("one", "two"))
    }
    one, two = programme.export("one"), programme.export("two")
    assert install(programme, "one", two.path).result == "installed"
    assert install(programme, "two", one.path).records == one.records
    assert install(programme, "two", one.path).result == "known"
    seen = []
    for folder in ("one", "two"):
        with programme.open(folder, "clerk") as desk, desk.store.read() as connection:
            assert len(desk.ask(queries.household_ids)) == 2
            assert {line.id for line in desk.ask(queries.lines, list(households.values())).values()} == set(
                households.values()
            )
            seen.append(tables(connection))
    assert seen[0] == seen[1]


def test_what_came_from_a_sibling_never_leaves_again(programme: Programme) -> None:
    programme.register("one")
    install(programme, "two", programme.export("one").path)
    with programme.open("two", "supervisor") as desk, pytest.raises(Refusal, match=r"batch\.nothing"):
        batches.export(desk, desk.folder, programme.stick)


def test_what_is_written_after_reading_is_later(programme: Programme) -> None:
    for index in range(3):
        programme.register("one", practice_form(programme.clock, index))
    install(programme, "two", programme.export("one").path)
    with programme.open("two", "clerk") as desk:
        desk.do(commands.tally, "REFUSED", 1, 0)
        with desk.store.read() as connection:
            rows = connection.execute(select(RevisionRow.ctr, RevisionRow.origin)).all()
    (mine,) = [row.ctr for row in rows if row.origin is None]
    assert mine > max(row.ctr for row in rows if row.origin is not None)


def test_a_counter_at_the_end_of_the_numbers_takes_nobody_along(programme: Programme) -> None:
    to = programme.at("one", "clerk", lambda desk: batches.recipients_of(desk.ask(lambda view: view.in_force())))
    path = batch(programme, "one", "supervisor", lambda desk: [tally(desk, ctr=2**53 - 1)], to=to)
    install(programme, "two", path)
    programme.register("two")
    exported = programme.export("two")
    with programme.office() as office:
        assert intake.receive(office, [exported.path])[0].state == "accepted"


def test_a_siblings_files_come_in_order_and_fork_never(programme: Programme) -> None:
    programme.register("one")
    first = programme.export("one")
    programme.register("one")
    second = programme.export("one")
    assert refused(programme, "two", second.path) == "fvb.gap"
    install(programme, "two", first.path)
    to = programme.at("one", "clerk", lambda desk: batches.recipients_of(desk.ask(lambda view: view.in_force())))
    fork = batch(programme, "one", "supervisor", seq=1, prev="0" * 64, to=to)
    assert refused(programme, "two", fork) == "fvb.fork"
    install(programme, "two", second.path)


def test_a_sibling_speaks_for_itself_alone(programme: Programme) -> None:
    to = programme.at("one", "clerk", lambda desk: batches.recipients_of(desk.ask(lambda view: view.in_force())))
    path = batch(programme, "one", "supervisor", lambda desk: [tally(desk), tally(desk, device="0" * 16)], to=to)
    assert refused(programme, "two", path) == "record.device"
    assert programme.at("two", "clerk", lambda desk: desk.ask(queries.household_ids)) == []
    assert refused(programme, "two", path, "clerk") in ("role.not_allowed", "record.device")


def test_whose_batches_a_desk_takes(programme: Programme) -> None:
    programme.register("one")
    path = programme.export("one").path
    assert refused(programme, "one", path) == "file.not_a_sibling"
    assert refused(programme, "two", path, "clerk") == "role.not_allowed"


def test_a_revoked_sibling_cannot_begin_anew(programme: Programme) -> None:
    programme.register("one")
    first = programme.export("one")
    install(programme, "two", first.path)
    with programme.office() as office, office.register.write() as register:
        register.execute(
            update(CentreDeskRow).where(CentreDeskRow.number == programme.numbers["one"]).values(revoked_after=1)
        )
    install(programme, "two", programme.bundle("two"), "clerk")
    to = programme.at("one", "clerk", lambda desk: batches.recipients_of(desk.ask(lambda view: view.in_force())))
    assert refused(programme, "two", batch(programme, "one", "supervisor", to=to)) == "fvb.revoked"
    assert (
        refused(
            programme, "two", batch(programme, "one", "supervisor", seq=1, epoch="ab" * 8, prev=first.identity, to=to)
        )
        == "fvb.revoked"
    )


# --- bundles ---


def bundle_of(programme: Programme, folder: str = "one") -> Bundle:
    return programme.at(folder, "clerk", lambda desk: desk.ask(lambda view: view.in_force()))


def test_bundles_only_rise(programme: Programme) -> None:
    second = programme.bundle("one")
    third = programme.bundle("one")
    assert install(programme, "one", third, "clerk").result == "installed"
    assert refused(programme, "one", second) == "bundle.older"
    assert install(programme, "one", third).result == "known"
    assert bundle_of(programme).version == 3
    assert refused(programme, "one", programme.bundle("two")) == "fvb.not_for_us"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"programme": "Another"}, "bundle.other_programme"),
        ({"practice": False}, "bundle.other_programme"),
        # whoever signs bundles must not read what only the officers may: the roots alone name them
        ({"version": 9, "protection": "11" * 32}, "bundle.recipients"),
        ({"version": 9, "recovery": "age1another"}, "bundle.recipients"),
        ({"version": 9, "intake": "age1another"}, "bundle.recipients"),
        ({"version": 1, "issued": 1}, "bundle.fork"),
        ({"version": 0}, "bundle.older"),
        ({"desk": None}, "bundle.other_desk"),
    ],
)
def test_bundles_that_are_not_for_this_desk(desk_as: Callable[..., Desk], changes: dict[str, Any], code: str) -> None:
    desk = desk_as("clerk")
    bundle = desk.ask(lambda view: view.in_force())
    if "desk" in changes:
        changes = {"desk": msgspec.structs.replace(bundle.desk, device="00" * 32)}
    other = msgspec.structs.replace(bundle, **changes)
    with desk.store.write() as connection, pytest.raises((Refusal, Fault)) as error:
        trust.install(connection, other, "f" * 64)
    assert error.value.code == code


def test_two_bundles_are_kept_and_their_day_is_seen(desk_as: Callable[..., Desk]) -> None:
    desk = desk_as("clerk")
    bundle = desk.ask(lambda view: view.in_force())
    with desk.store.write() as connection:
        for version in (2, 3, 4):
            later = msgspec.structs.replace(bundle, version=version, issued=bundle.issued + version)
            trust.install(connection, later, f"{version:064x}")
        assert len(connection.execute(select(trust.BundleRow.version)).all()) == trust.KEPT
        assert trust.in_force(connection) == later
        assert (programme_day(connection, DAY) - DAY).days == 4


def test_numbers_never_repeat_whatever_bundles_bring(desk_as: Callable[..., Desk]) -> None:
    desk = desk_as("clerk")
    key = bytes(32)
    with desk.store.write() as connection:
        connection.execute(delete(FreeNumberRow))
        blocks = [Block("household", 50_000, 20), Block("household", 50_010, 20), Block("household", 50_000, 20)]
        for block in blocks:
            numbers.add_block(connection, block, key)
        drawn = [numbers.draw(connection, "household") for _ in range(30)]
        for block in blocks:
            numbers.add_block(connection, block, key)
        with pytest.raises(Refusal, match=r"numbers\.used_up"):
            numbers.draw(connection, "household")
        assert numbers.free(connection, "household") == 0
    assert len(set(drawn)) == 30
    assert all(is_valid(number) for number in drawn)
    assert drawn != sorted(drawn)


# --- enrolment ---


def test_a_desk_is_enrolled_once(programme: Programme) -> None:
    with programme.open("one", "admin") as desk:
        with pytest.raises(Refusal, match=r"desk\.enrolled"):
            enrolment.enrol(desk, "Again", "DIS", programme.stick)
    with programme.open("one", "clerk") as desk, pytest.raises(Refusal, match=r"role\.not_allowed"):
        enrolment.enrol(desk, "Again", "DIS", programme.stick)


def new_desk(programme: Programme, name: str = "three") -> None:
    make_desk(programme.home / name, programme.founding.programme, accounts(ACCOUNTS), cost=COST, clock=programme.clock)


def test_enrolling_again_gives_the_same_desk(programme: Programme) -> None:
    new_desk(programme)
    with programme.open("three", "admin") as desk:
        for name, side, code in ((" ", "DIS", "desk.name"), ("x", "?", "form.code")):
            with pytest.raises(Refusal) as refusal:
                enrolment.enrol(desk, name, side, programme.stick)
            assert refusal.value.code == code
        written = enrolment.enrol(desk, "Desk three", "RET", programme.stick)
    with programme.office() as office:
        first = desks.enrol(office, written.path)
        again = desks.enrol(office, written.path)
        assert (first.known, again.known, first.number) == (False, True, again.number)
        with pytest.raises(Refusal, match=r"centre\.desk_unknown"):
            desks.write_bundle(office, 999, terms_of(programme, 999), programme.stick)


def prepared(programme: Programme) -> tuple[enrolment.Enrolment, SigningKey, str]:
    new_desk(programme)
    with programme.open("three", "admin") as desk:
        with desk.store.read() as connection:
            epoch = local.read(connection, "epoch").decode()
        return desk.do(enrolment.prepare, "Desk three", "DIS"), device_key(desk), epoch


def enrol_file(programme: Programme, said: enrolment.Enrolment, key: SigningKey, sender: str, epoch: str) -> Path:
    heading = Heading(
        kind="enrol", sender=sender, epoch=epoch, seq=1, desk="", counts={}, made_at=programme.clock.now()
    )
    return Outgoing(programme.stick).write(heading, [said], [key], [programme.founding.programme.intake]).path


def test_nobody_enrols_a_key_that_is_not_hers(programme: Programme) -> None:
    said, key, epoch = prepared(programme)
    thief = SigningKey.generate()
    with programme.office() as office:
        for changes, signer, sender, code in (
            ({}, thief, thief.key_id, "fvb.signature"),
            ({}, thief, key.key_id, "fvb.signature"),
            ({"card": thief.public.hex()}, key, key.key_id, "enrol.proof"),
            ({"card_proof": "00" * 64}, key, key.key_id, "enrol.proof"),
            ({"card_proof": "x"}, key, key.key_id, "enrol.proof"),
            ({"side": "X"}, key, key.key_id, "enrol.proof"),
            ({"v": 2}, key, key.key_id, "enrol.proof"),
            ({"programme": "Another"}, key, key.key_id, "enrol.other_programme"),
            ({"practice": False}, key, key.key_id, "enrol.other_programme"),
            ({"users": (said.users[0], said.users[0])}, key, key.key_id, "enrol.form"),
            ({"users": (EnrolledUser("x", "centre", said.users[0].public),)}, key, key.key_id, "enrol.form"),
        ):
            path = enrol_file(programme, msgspec.structs.replace(said, **changes), signer, sender, epoch)
            with pytest.raises((Fault, Refusal)) as error:
                desks.enrol(office, path)
            assert error.value.code == code, changes
        desks.enrol(office, enrol_file(programme, said, key, key.key_id, epoch))
        with pytest.raises(Fault, match=r"enrol\.twice"):
            desks.enrol(
                office, enrol_file(programme, msgspec.structs.replace(said, name="Other"), key, key.key_id, epoch)
            )


def test_an_account_of_another_desk_is_not_enrolled_again(programme: Programme) -> None:
    said, key, epoch = prepared(programme)
    known = bundle_of(programme).users[0]
    stolen = (EnrolledUser(known.id, "supervisor", said.users[0].public),)
    with programme.office() as office, pytest.raises(Fault, match=r"enrol\.form"):
        desks.enrol(office, enrol_file(programme, msgspec.structs.replace(said, users=stolen), key, key.key_id, epoch))


def test_a_practice_desk_is_refused_by_a_real_centre(programme: Programme, tmp_path: Path) -> None:
    """Even where somebody gave both the same keys and the same name."""
    real = msgspec.structs.replace(programme.founding.programme, practice=False)
    founding = found("Tests", practice=False)
    founding = type(founding)(
        real, founding.roots, programme.founding.config, programme.founding.ack, programme.founding.intake,
        founding.recovery, founding.protection,
    )  # fmt: skip
    make_desk(tmp_path / "real", real, accounts(CENTRE), cost=COST, clock=programme.clock, founding=founding)
    said, key, epoch = prepared(programme)
    desk = open_desk(tmp_path / "real", "centre", passphrase("centre"), clock=programme.clock)
    try:
        with pytest.raises(Refusal, match=r"enrol\.practice"):
            desks.enrol(office_of(desk), enrol_file(programme, said, key, key.key_id, epoch))
    finally:
        desk.close()


def test_a_low_order_key_is_refused_where_it_enters(programme: Programme) -> None:
    said, _, _ = prepared(programme)
    with pytest.raises(Fault):
        check_enrolment(msgspec.structs.replace(said, users=(EnrolledUser("x", "clerk", "00" * 32),)))
    with pytest.raises(Fault):
        check_enrolment(msgspec.structs.replace(said, receive="age1nonsense"))


# --- answers ---


@pytest.fixture
def answered(programme: Programme) -> tuple[Programme, Ack, batches.Exported]:
    programme.register("one")
    exported = programme.export("one")
    with programme.office() as office:
        intake.receive(office, [exported.path])
        with office.register.read() as register:
            ack = msgspec.json.decode(register.scalar(select(CentreBatchRow.ack)) or b"", type=Ack)
    return programme, ack, exported


def ack_file(programme: Programme, ack: Ack, folder: str = "one", key: SigningKey | None = None) -> Path:
    with programme.open(folder, "clerk") as desk, desk.store.read() as connection:
        receive = ReceiveKey.from_text(local.read(connection, "receive_key").decode())
    signer = key or programme.founding.ack
    heading = Heading(
        kind="ack", sender=signer.key_id, epoch="ab" * 8, seq=7, desk="1", counts={}, made_at=programme.clock.now()
    )
    record = {"t": "ack", **{k: v for k, v in msgspec.to_builtins(ack).items() if k != "t"}}
    return Outgoing(programme.stick).write(heading, [record], [signer], [receive.recipient]).path


def state(programme: Programme) -> str:
    return programme.at("one", "clerk", lambda desk: desk.ask(batches.outbox_lines)[0].state)


def test_answers_in_any_order_and_accepted_stays(answered: tuple[Programme, Ack, batches.Exported]) -> None:
    programme, ack, _ = answered
    waiting = msgspec.structs.replace(ack, result="waiting", code="fvb.gap")
    assert state(programme) == "COPIED"
    install(programme, "one", ack_file(programme, waiting), "clerk")
    assert state(programme) == "WAITING"
    install(programme, "one", ack_file(programme, ack), "admin")
    install(programme, "one", ack_file(programme, waiting), "clerk")
    assert state(programme) == "ACCEPTED"
    assert programme.at("one", "clerk", lambda desk: desk.ask(batches.unacknowledged)).records == 0


def test_the_centres_day_is_seen(answered: tuple[Programme, Ack, batches.Exported]) -> None:
    programme, ack, _ = answered
    install(programme, "one", ack_file(programme, msgspec.structs.replace(ack, centre_time="2027-02-03T00:00:00.000Z")))
    assert str(programme.at("one", "clerk", lambda desk: desk.ask(lambda view: view.day))) == "2027-02-03"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("ack.not_ours", {"identity": "f" * 64}),
        ("ack.not_ours", {"seq": 2}),
        ("ack.not_ours", {"epoch": "ab" * 8}),
        ("ack.not_ours", {"sender": "ab" * 8}),
        ("ack.audit", {"audit_seen": AuditPoint(2, "a" * 64)}),
        ("ack.audit", {"audit_seen": AuditPoint(999, "a" * 64)}),
        ("ack.form", {"result": "perhaps"}),
        ("ack.form", {"v": 2}),
        ("ack.form", {"centre_time": "now"}),
    ],
)
def test_answers_that_are_not_for_this_file(
    answered: tuple[Programme, Ack, batches.Exported], code: str, changes: dict[str, Any]
) -> None:
    programme, ack, _ = answered
    inner = {name: value for name, value in changes.items() if name in ("identity", "seq", "epoch", "sender")}
    outer = {name: value for name, value in changes.items() if name not in inner}
    wrong = msgspec.structs.replace(ack, answers=msgspec.structs.replace(ack.answers, **inner), **outer)
    assert refused(programme, "one", ack_file(programme, wrong)) == code
    assert state(programme) == "COPIED"


def test_an_answer_for_another_desk_or_from_another_hand(answered: tuple[Programme, Ack, batches.Exported]) -> None:
    programme, ack, _ = answered
    assert refused(programme, "two", ack_file(programme, ack)) == "fvb.not_for_us"
    assert refused(programme, "two", ack_file(programme, ack, "two")) == "ack.not_ours"
    assert refused(programme, "one", ack_file(programme, ack, key=programme.founding.config)) == "fvb.signer_missing"
    assert refused(programme, "one", ack_file(programme, ack, key=SigningKey.generate())) == "fvb.signer_unknown"


def test_the_real_answer_of_the_centre(answered: tuple[Programme, Ack, batches.Exported]) -> None:
    programme, _, _ = answered
    with programme.office() as office:
        (written,) = answers.acknowledge(office, programme.stick)
    assert install(programme, "one", written.path).result == "installed"
    assert state(programme) == "ACCEPTED"


# --- exporting ---


def test_a_log_that_was_cut_off_is_not_exported(programme: Programme) -> None:
    programme.register("one")
    programme.export("one")
    with programme.open("one", "supervisor") as desk:
        desk.do(commands.tally, "REFUSED", 1, 0)
        with desk.store.write() as connection:
            connection.execute(delete(AuditRow).where(AuditRow.n > 2))
        with pytest.raises(Fault, match=r"audit\.broken"):
            batches.export(desk, desk.folder, programme.stick)


def test_a_copy_is_made_again(programme: Programme, tmp_path: Path) -> None:
    programme.register("one")
    exported = programme.export("one")
    with programme.open("one", "supervisor") as desk:
        again = batches.copy_again(desk, desk.folder, 1, tmp_path)
        assert again.path.read_bytes() == exported.path.read_bytes()
        with pytest.raises(Refusal, match=r"batch\.unknown"):
            batches.copy_again(desk, desk.folder, 2, tmp_path)
        with pytest.raises(Fault, match=r"stick\.missing"):
            batches.copy_again(desk, desk.folder, 1, tmp_path / "none")


def test_what_a_power_cut_left_is_finished_at_the_next_start(programme: Programme) -> None:
    programme.register("one")
    with programme.open("one", "supervisor") as desk:
        exported = batches.export(desk, desk.folder, None)
        part = exported.path.with_name(exported.path.name + ".part")
        exported.path.rename(part)
        (part.parent / "half.building").touch()
    with programme.open("one", "clerk") as desk:
        assert exported.path.exists()
        assert [path.name for path in exported.path.parent.iterdir()] == [exported.path.name]
        assert desk.ask(batches.unacknowledged).batches == 1


def test_only_enrolled_desks_with_a_bundle_export(programme: Programme) -> None:
    new_desk(programme)
    with programme.open("three", "supervisor") as desk:
        with pytest.raises(Refusal, match=r"bundle\.none"):
            batches.export(desk, desk.folder, programme.stick)
    enrol_desk(programme, "three")
    install(programme, "three", programme.bundle("three"), "clerk")
    programme.register("three")
    programme.export("three")


def test_the_numbers_of_the_day_are_the_work_of_this_desk(programme: Programme) -> None:
    theirs = programme.register("one", practice_form(programme.clock, 0))
    programme.at("one", "clerk", lambda desk: desk.do(cards.issue, (theirs,), "FIRST"))
    programme.register("two", practice_form(programme.clock, 1))
    install(programme, "two", programme.export("one").path)
    with programme.open("two", "clerk") as desk:
        assert len(desk.ask(queries.household_ids)) == 2
        day = desk.ask(queries.today)
        assert (day.families, day.cards) == (1, 0)
        with pytest.raises(Refusal, match=r"card\.other_desk"):
            desk.do(cards.reprint, (theirs,))
        desk.do(cards.issue, (theirs,), "WRONG")
        desk.do(cards.reprint, (theirs,))
        day = desk.ask(queries.today)
        assert (day.families, day.cards) == (1, 1)
