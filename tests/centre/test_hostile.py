"""Hostile desks: what one administrator, one clerk with the store's key or one stick may not do to everybody else."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.vouchers import approving, paying
from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.centre import answers, batch, desks, intake, overview, settling, unsealing
from helpdesk.centre.intake import Receipt
from helpdesk.centre.tables import CentreAuditRow, CentreBatchRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.ids import new_id
from helpdesk.desk import audit, local, users
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange import batches, enrolment, installing
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.exchange.payload import AuditPoint
from helpdesk.households import cards, commands
from helpdesk.households.documents import Card, Household, Protection, SealedAnswers, Tally
from helpdesk.households.kinds import CARD, HOUSEHOLD, PROTECTION
from helpdesk.households.tables import CardRow, HouseholdRow
from helpdesk.opening import Desk, make_desk
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import document_of, documents_of, heads_of
from helpdesk.vault.tables import RevisionRow
from tests import handmade
from tests.entitled import plan_due
from tests.people import practice_form
from tests.programme import ACCOUNTS, COST, Programme, accounts


def taken(programme: Programme, path: Path) -> Receipt:
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
        return receipt


def alarms(programme: Programme) -> list[str]:
    with programme.office() as office:
        return sorted(alarm.code for alarm in office.gate.do(overview.overview, office).alarms)


def device_key(desk: Desk) -> SigningKey:
    with desk.store.read() as connection:
        return SigningKey.from_seed(local.read(connection, "device_seed"))


# --- keys that belong to somebody else ---


def claim(programme: Programme, public: bytes) -> Receipt:
    """An administrator of desk one makes a supervisor out of a key that is not hers to give."""
    programme.at(
        "one", "admin",
        lambda desk: desk.do(users.add, new_id(desk.clock.now()), public.hex()[:16], Role.SUPERVISOR, public),
    )  # fmt: skip
    return taken(programme, programme.export("one").path)


def test_an_account_with_the_centres_key_silences_no_bundle(programme: Programme) -> None:
    for public in (programme.founding.config.public, programme.founding.ack.public):
        assert claim(programme, public).state == "accepted"
    for _ in range(2):  # the first brings the account, the second must still be believed
        path = programme.bundle("two")
        with programme.open("two", "admin") as desk:
            assert installing.install(desk, path).result == "installed"


@pytest.mark.parametrize("which", ["device", "card"])
def test_an_account_with_another_desks_key_is_no_account(programme: Programme, which: str) -> None:
    with programme.open("two", "clerk") as desk, desk.store.read() as connection:
        key = SigningKey.from_seed(local.read(connection, f"{which}_seed"))
    claim(programme, key.public)
    assert alarms(programme) == ["user.unproved"]
    programme.register("two")
    assert taken(programme, programme.export("two").path).state == "accepted"


def strange_enrolment(programme: Programme, folder: Path, **changes: Any) -> Path:
    make_desk(folder, programme.founding.programme, accounts(ACCOUNTS), cost=COST, clock=programme.clock)
    changed = programme.copied(folder.parent / "moved")
    folder.rename(changed.home / "three")
    with changed.open("three", "admin") as desk:
        said = msgspec.structs.replace(desk.do(enrolment.prepare, "Three", "DIS"), **changes)
        device = device_key(desk)
        heading = Heading(
            kind="enrol", sender=device.key_id, epoch="0" * 16, seq=1, desk="", counts={}, made_at=desk.clock.now()
        )
        intake_key = programme.founding.programme.intake
        return Outgoing(programme.stick).write(heading, [said], [device], [intake_key]).path


def test_a_second_spelling_of_a_key_is_no_other_key(programme: Programme, tmp_path: Path) -> None:
    """Capital hex digits would enrol the supervisor of desk one again, at another desk."""
    public = programme.at("one", "supervisor", lambda desk: desk.user.key.public.hex())
    twin = enrolment.EnrolledUser(new_id(programme.clock.now()), "supervisor", public.upper())
    path = strange_enrolment(programme, tmp_path / "three", users=(twin,))
    with programme.office() as office, pytest.raises(Fault, match=r"enrol\.proof"):
        desks.enrol(office, path)
    programme.register("one")
    assert taken(programme, programme.export("one").path).state == "accepted"


def test_a_device_key_that_is_none(programme: Programme, tmp_path: Path) -> None:
    path = strange_enrolment(programme, tmp_path / "three", device="no key")
    with programme.office() as office, pytest.raises(Fault, match=r"enrol\.form"):
        desks.enrol(office, path)


# --- money without approval ---


@command("test.voucher", roles=FAMILIES)
def forge(act: Act, household: str, state: str) -> None:
    """What a clerk who holds the store's key could write past the gate's rules."""
    family = document_of(act.connection, HOUSEHOLD, household)
    assert family is not None
    forged = Voucher(
        household, "DEP", 9_000_000, "IQD", 1, 101, family.principal, act.day, act.day + timedelta(days=30), state,
        act.user.id, number="12345678901", approved_by="somebody",
    )  # fmt: skip
    act.records.create(VOUCHER, act.new_id(), forged)


@command("test.amount", roles=FAMILIES)
def raise_amount(act: Act, voucher: str) -> None:
    approved = document_of(act.connection, VOUCHER, voucher)
    assert approved is not None
    printed = msgspec.structs.replace(approved, state="PRINTED", amount=approved.amount * 10, number="12345678901")
    act.records.revise(VOUCHER, voucher, printed)


@pytest.mark.parametrize("state", ["PRINTED", "PAID"])
def test_a_voucher_that_nobody_approved_is_told(programme: Programme, state: str) -> None:
    household = programme.register("one")
    programme.at("one", "clerk", lambda desk: desk.do(forge, household, state))
    assert taken(programme, programme.export("one").path).state == "accepted"
    assert alarms(programme) == ["record.unapproved"]


def test_an_amount_changed_after_the_approval_is_told(programme: Programme) -> None:
    household = programme.register("one")
    point = programme.numbers["one"]
    planned = programme.at("one", "clerk", lambda desk: desk.do(plan_due, household, "DEP", point))
    programme.at("one", "supervisor", lambda desk: desk.do(approving.approve, (planned,)))
    taken(programme, programme.export("one").path)
    programme.at("one", "clerk", lambda desk: desk.do(raise_amount, planned))
    taken(programme, programme.export("one").path)
    assert alarms(programme) == ["record.unapproved"]


def test_a_right_voucher_from_plan_to_payment_raises_nothing(programme: Programme) -> None:
    face = programme.printed("one", programme.register("one"))
    taken(programme, programme.export("one").path)
    programme.at("one", "other", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    taken(programme, programme.export("one").path)
    assert alarms(programme) == []


def test_the_signature_of_a_closed_account_counts_no_more(programme: Programme) -> None:
    with programme.open("one", "other") as desk:
        gone = desk.user
    with programme.open("one", "admin") as desk:
        admin = desk.user
    closed = users.UserRecord("supervisor", gone.key.public.hex(), live=False)
    approved = Voucher(
        "h", "DEP", 1, "IQD", 1, 1, "p", handmade.DAY, handmade.DAY, "APPROVED", "u", approved_by=gone.id
    )

    def records(desk: Desk) -> list[bytes]:
        return [
            handmade.line(desk, "voucher", approved, sign=gone.key, user=gone.id),
            handmade.line(desk, "user", closed, id=gone.id, sign=admin.key, user=admin.id),
            handmade.line(desk, "voucher", approved, sign=gone.key, user=gone.id),
        ]

    taken(programme, handmade.batch(programme, "one", "supervisor", records))
    assert alarms(programme) == ["record.signature"]


# --- sealed answers that somebody spoils ---


@command("test.garbage", roles=FAMILIES)
def garble(act: Act, household: str) -> None:
    garbage = base64.b64encode(bytes(560)).decode()
    act.records.create(PROTECTION, act.new_id(), Protection(household), seal=lambda _ctr: garbage)


def test_a_spoiled_sealed_answer_hides_none_of_the_others(programme: Programme) -> None:
    form = practice_form(programme.clock, sealed=SealedAnswers(note="in danger"))
    household = programme.register("one", form)
    taken(programme, programme.export("one").path)
    programme.at("two", "clerk", lambda desk: desk.do(garble, household))
    taken(programme, programme.export("two").path)
    with programme.office() as office:
        with office.register.read() as register:
            number = register.scalar(select(HouseholdRow.number))
        opened = office.gate.do(unsealing.unseal, office, number or "", programme.founding.protection)
    assert sorted((save.damaged, save.answers.note) for save in opened) == [(False, "in danger"), (True, "")]


# --- things on a stick that are no files ---


def test_a_link_is_neither_followed_nor_copied(programme: Programme, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.write_text("a secret of the centre's machine")
    link = programme.stick / "1234567812345678.fvb"
    link.symlink_to(private)
    assert taken(programme, link).code == "fvb.size"
    assert list((programme.home / "centre").glob("*/*.fvb")) == []


def test_a_file_cut_off_is_kept_for_a_look(programme: Programme, tmp_path: Path) -> None:
    programme.register("one")
    cut = tmp_path / "cut.fvb"
    cut.write_bytes(programme.export("one").path.read_bytes()[:-1])
    assert taken(programme, cut).code == "fvb.size"
    assert [kept.read_bytes() for kept in (programme.home / "centre" / "quarantine").iterdir()] == [cut.read_bytes()]


def test_what_is_kept_is_what_was_checked(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that answers the second reading with other bytes changes neither the register nor the kept file."""
    programme.register("one")
    path = programme.export("one").path
    genuine, checked = path.read_bytes(), batch.merge

    def merge(*args: Any) -> batch.Batch:
        path.write_bytes(bytes(len(genuine)))
        return checked(*args)

    monkeypatch.setattr(batch, "merge", merge)
    receipt = taken(programme, path)
    assert receipt.state == "accepted"
    assert (programme.home / "centre" / "kept" / f"{receipt.identity}.fvb").read_bytes() == genuine
    assert list((programme.home / "centre" / "arriving").iterdir()) == []


# --- one bad record, one lost file ---


def test_a_squatter_takes_nobodys_batch_along(programme: Programme) -> None:
    """Desk two says the serial of desk one's card and uses its household's id for a tally, and both come first."""
    household = programme.register("one")
    (face,) = programme.at("one", "clerk", lambda desk: desk.do(cards.issue, (household,), "FIRST"))
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        ((card_id, card),) = documents_of(connection, CARD, household)

    def squat(desk: Desk) -> list[bytes]:
        return [
            handmade.line(desk, "card", card),
            handmade.line(desk, "tally", Tally(handmade.DAY, "REFUSED", 1, 0), id=household),
        ]

    assert taken(programme, handmade.batch(programme, "two", "supervisor", squat)).state == "accepted"
    assert taken(programme, programme.export("one").path).state == "accepted"
    assert alarms(programme) == ["record.other_kind"]
    with programme.office() as office, office.register.read() as register:
        ack = register.scalar(select(CentreBatchRow.ack).order_by(CentreBatchRow.received_at.desc()).limit(1))
        assert [(item.id, item.code) for item in msgspec.json.decode(ack, type=Ack).rejected] == [
            (household, "record.other_kind")
        ]
        kept = register.scalars(select(RevisionRow.kind).where(RevisionRow.record == household)).all()
        assert sorted(kept) == ["household", "tally"]
        assert register.scalar(select(CardRow.serial).where(CardRow.id == card_id)) == card.serial
    programme.register("one")
    assert taken(programme, programme.export("one").path).state == "accepted"
    assert face.number


def waive(programme: Programme, seq: int) -> tuple[Receipt, ...]:
    with programme.office() as office:
        office.gate.do(settling.waive, office, programme.numbers["one"], seq, "the stick was lost")
        return intake.take_waiting(office)


def not_waived(programme: Programme, seq: int, reason: str = "why") -> str:
    with programme.office() as office, pytest.raises(Refusal) as refusal:
        office.gate.do(settling.waive, office, programme.numbers["one"], seq, reason)
    return refusal.value.code


def test_a_lost_batch_is_waived_and_the_chain_goes_on(programme: Programme) -> None:
    paths = []
    for index in range(4):
        programme.register("one", practice_form(programme.clock, index))
        paths.append(programme.export("one").path)
    assert taken(programme, paths[0]).state == "accepted"
    assert not_waived(programme, 2) == "waive.not_next"  # nothing waits for it
    assert taken(programme, paths[2]).state == "waiting"
    assert [not_waived(programme, seq) for seq in (1, 3, 4)] == ["waive.not_next"] * 3
    assert not_waived(programme, 2, " ") == "waive.reason"
    assert [receipt.state for receipt in waive(programme, 2)] == ["accepted"]
    assert taken(programme, paths[3]).state == "accepted"
    assert not_waived(programme, 2) == "waive.not_next"
    late = taken(programme, paths[1])
    assert (late.state, late.code) == ("quarantined", "batch.waived")
    with programme.office() as office:
        told = office.gate.do(overview.overview, office)
        with office.register.read() as register:
            assert len(register.execute(select(HouseholdRow.id)).all()) == 3
    assert [(waiver.desk, waiver.seq, waiver.reason) for waiver in told.waivers] == [
        (programme.numbers["one"], 2, "the stick was lost")
    ]
    assert [alarm.code for alarm in told.alarms] == ["batch.waived"]


def test_a_batch_put_aside_is_waived(programme: Programme) -> None:
    bad = handmade.batch(programme, "one", "supervisor", lambda desk: [handmade.tally(desk, id="x")])
    identity = taken(programme, bad).identity
    assert waive(programme, 1) == ()
    after = handmade.batch(programme, "one", "supervisor", seq=2, prev=identity)
    assert taken(programme, after).state == "accepted"
    assert taken(programme, bad).code == "batch.waived"


def test_the_log_after_a_waived_batch_neither_overlaps_nor_jumps(programme: Programme) -> None:
    paths = []
    for index in range(3):
        programme.register("one", practice_form(programme.clock, index))
        paths.append(programme.export("one"))
    for path in (paths[0].path, paths[2].path):
        taken(programme, path)
    waive(programme, 2)
    with programme.open("one") as desk, desk.store.read() as connection:
        own = dict(audit.entries(connection))
    with programme.office() as office, office.register.read() as register:
        seen = {row.n: row.entry for row in register.execute(select(CentreAuditRow))}
    assert seen.items() <= own.items()
    assert 0 < max(seen) - len(seen) < 10  # what the lost file held is missing, and nothing else


# --- a stolen laptop ---


def test_cards_of_a_stolen_laptop_are_not_live_elsewhere(programme: Programme) -> None:
    before, after = programme.register("one"), programme.register("one", practice_form(programme.clock, 1))
    (old,) = programme.at("one", "clerk", lambda desk: desk.do(cards.issue, (before,), "FIRST"))
    last = taken(programme, programme.export("one").path)
    supervisor = programme.at("one", "supervisor", lambda desk: desk.user.id)
    with programme.office() as office:
        office.gate.do(settling.revoke, office, programme.numbers["one"], last.seq or 0)
        with pytest.raises(Refusal, match=r"centre\.desk_unknown"):
            office.gate.do(settling.revoke, office, 999, 0)
    programme.clock.move(days=1)
    (stolen,) = programme.at("one", "clerk", lambda desk: desk.do(cards.issue, (after,), "FIRST"))
    told = programme.bundle("two")
    programme.at("two", "admin", lambda desk: installing.install(desk, told))
    with programme.open("two", "clerk") as desk:
        assert desk.do(cards.check, old.digits).code == "LIVE"
        assert desk.do(cards.check, stolen.digits).code == "REVOKED"
        bundle = desk.ask(lambda view: view.in_force())
    assert {user.status for user in bundle.users if user.desk == programme.numbers["one"]} == {"revoked"}
    assert supervisor in {user.id for user in bundle.users}
    (sibling,) = bundle.siblings
    assert sibling.recipient not in batches.recipients_of(bundle)  # nothing more is encrypted to it
    refused = taken(programme, programme.export("one").path)
    assert (refused.state, refused.code) == ("quarantined", "fvb.revoked")


def test_what_a_lost_laptop_sent_before_is_still_taken_in(programme: Programme) -> None:
    programme.register("one")
    first = programme.export("one").path
    programme.register("one", practice_form(programme.clock, 1))
    second = programme.export("one").path
    assert taken(programme, second).state == "waiting"
    with programme.office() as office:
        office.gate.do(settling.revoke, office, programme.numbers["one"], 2)
    with programme.office() as office:
        assert [receipt.state for receipt in intake.receive(office, [first])] == ["accepted"] * 2
    assert alarms(programme) == []
    with programme.office() as office:
        assert office.gate.do(answers.standing, office)[0].accepted == 2


# --- one person where two are asked, and records that change hands ---


def judged(programme: Programme, name: str, kind: str, document: Any) -> list[str]:
    """The alarms after one record of desk one, made and signed by whoever is named."""
    approver = programme.at("one", "other", lambda desk: desk.user.key)

    def records(desk: Desk) -> list[bytes]:
        return [handmade.line(desk, kind, document(desk) if callable(document) else document, sign=True)]

    path = handmade.batch(programme, "one", name, records, signers=lambda device, _: [device, approver])
    assert taken(programme, path).state == "accepted"
    return alarms(programme)


def voucher(state: str, planned_by: str, approved_by: str | None = None, household: str = "h") -> Voucher:
    return Voucher(
        household, "DEP", 1, "IQD", 1, 1, "p", handmade.DAY, handmade.DAY, state, planned_by, approved_by=approved_by
    )


CARD_GONE = Card("h", "ab" * 10, 1, handmade.DAY, 1, "REVOKED", "k")


def payment(user: str, of: str = "v") -> Payment:
    return Payment(of, "h", "12345678901", 1, "IQD", handmade.DAY, 1, user, "w", "SEEN")


@pytest.mark.parametrize(
    ("name", "kind", "document", "expected"),
    [
        ("clerk", "card", CARD_GONE, ["record.signer_role"]),
        ("supervisor", "card", CARD_GONE, []),
        ("supervisor", "voucher", lambda desk: voucher("APPROVED", "u", desk.user.id), []),
        ("supervisor", "voucher", lambda desk: voucher("APPROVED", "u", "somebody"), ["record.other_person"]),
        (
            "supervisor",
            "voucher",
            lambda desk: voucher("APPROVED", desk.user.id, desk.user.id),
            ["record.same_hands"],
        ),
        ("clerk", "voucher", lambda desk: voucher("PLANNED", "somebody"), ["record.other_person"]),
        ("clerk", "payment", lambda desk: payment(desk.user.id), []),
        ("clerk", "payment", payment("somebody"), ["record.other_person"]),
    ],
)
def test_who_signs_must_be_who_is_named(
    programme: Programme, name: str, kind: str, document: Any, expected: list[str]
) -> None:
    assert judged(programme, name, kind, document) == expected


def test_nobody_approves_her_own_family_or_pays_her_own_approval(programme: Programme) -> None:
    family = programme.at("one", "supervisor", lambda desk: desk.do(commands.register, practice_form(programme.clock)))
    with programme.open("one", "supervisor") as desk, desk.store.read() as connection:
        household = connection.scalar(select(HouseholdRow.id))
    taken(programme, programme.export("one").path)
    vouchers_id = new_id(programme.clock.now())

    def records(desk: Desk) -> list[bytes]:
        approved = voucher("APPROVED", "u", desk.user.id, household or "")
        return [
            handmade.line(desk, "voucher", approved, sign=True, id=vouchers_id),
            handmade.line(desk, "payment", payment(desk.user.id, vouchers_id), sign=True),
        ]

    assert taken(programme, handmade.batch(programme, "one", "supervisor", records, audit=seen(programme))).state == (
        "accepted"
    )
    assert alarms(programme) == ["record.same_hands"] * 2
    assert family


def seen(programme: Programme) -> AuditPoint:
    """How far the centre knows the log of the desk it heard of last."""
    with programme.office() as office, office.register.read() as register:
        row = register.execute(select(CentreBatchRow).order_by(CentreBatchRow.received_at.desc()).limit(1)).one()
        return AuditPoint(row.audit_size, row.audit_head)


def test_invented_parents_hide_no_registration(programme: Programme) -> None:
    family = Household("1234567890", "CAMP", "ar", None, "p", "p", None, ("p",), handmade.DAY, "u")
    path = handmade.batch(
        programme, "one", "supervisor", lambda desk: [handmade.line(desk, "household", family, parents=("a" * 64,))]
    )
    assert taken(programme, path).state == "accepted"
    assert alarms(programme) == ["record.unsigned"]


def test_a_record_given_to_another_family_is_told_and_hides_nothing(programme: Programme) -> None:
    form = practice_form(programme.clock, sealed=SealedAnswers(note="in danger"))
    household = programme.register("one", form)
    other = programme.register("one", practice_form(programme.clock, 1))
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        ((record, _),) = documents_of(connection, PROTECTION, household)
        (head,) = heads_of(connection, record)
        number = connection.scalar(select(HouseholdRow.number).where(HouseholdRow.id == household))
    taken(programme, programme.export("one").path)
    stolen = {"id": record, "parents": (head.hex(),), "ctr": 99, "sealed": handmade.sealed()}
    path = handmade.batch(
        programme, "two", "supervisor", lambda desk: [handmade.line(desk, "protection", Protection(other), **stolen)]
    )
    assert taken(programme, path).state == "accepted"
    assert alarms(programme) == ["record.moved"]
    with programme.office() as office:
        opened = office.gate.do(unsealing.unseal, office, number or "", programme.founding.protection)
    assert [(save.damaged, save.answers.note) for save in opened] == [(False, "in danger")]
