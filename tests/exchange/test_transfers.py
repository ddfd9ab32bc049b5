"""Transfers against bad luck and bad will: what a file may bring, a lost laptop's file, a power cut, repetition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from helpdesk.centre import settling
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import local
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.exchange import installing, transfers
from helpdesk.exchange.arrived import revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.exchange.tables import DoubtRow, InboxRow
from helpdesk.households.queries import lines
from helpdesk.journey.arrivals import handing, queries
from helpdesk.journey.arrivals.documents import Handover
from helpdesk.journey.arrivals.kinds import HANDOVER, handover_id
from helpdesk.journey.engagement import commands as events
from helpdesk.opening import Desk
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.tables import RecordRow, RevisionRow
from tests.journey.events import event_form
from tests.journey.handed import FAR, far_desk, hand_over, renew, take_in
from tests.people import small_form
from tests.programme import Programme


@pytest.fixture
def families(programme: Programme) -> list[str]:
    """Two families at the first desk, and the far one that may get them."""
    far_desk(programme)
    return [programme.register("one", small_form(programme.clock)) for _ in range(2)]


def by_hand(programme: Programme, chosen: Callable[[Desk], object], kind: str = "household") -> Path:
    """A transfer as a bad desk would write it: signed by its own keys, with whatever records it likes."""

    def write(desk: Desk) -> Path:
        households = chosen(desk)
        with desk.store.read() as connection:
            rows = connection.execute(
                select(RevisionRow.kind, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
                .join(RecordRow, RecordRow.id == RevisionRow.record)
                .where(RecordRow.household.in_(households) | (RevisionRow.kind == kind))
                .order_by(RevisionRow.n)
            ).all()
            device = SigningKey.from_seed(local.read(connection, "device_seed"))
            epoch = local.read(connection, "epoch").decode()
        assert desk.bundle is not None
        target = transfers.target_of(desk.bundle, programme.numbers[FAR])
        heading = Heading(
            kind="transfer", sender=device.key_id, epoch=epoch, seq=99, bundle=desk.bundle.version, desk="101",
            counts={}, made_at=desk.clock.now(),
        )  # fmt: skip
        body = [
            revision_line(bytes(r.body), event=KINDS[r.kind].event, sig_key=r.sig_key, sig=r.sig and bytes(r.sig))
            for r in rows
        ]
        return Outgoing(programme.stick).write(heading, body, [device, desk.user.key], [target.recipient]).path

    return programme.at("one", "supervisor", write)


def nothing_came(programme: Programme, families: list[str]) -> bool:
    return programme.at(FAR, "clerk", lambda desk: desk.ask(lines, families)) == {}


def install(programme: Programme, path: Path) -> None:
    programme.at(FAR, "supervisor", lambda desk: installing.install(desk, path))


def test_a_file_brings_only_families_that_it_hands_over(programme: Programme, families: list[str]) -> None:
    hand_over(programme, families[:1])
    path = by_hand(programme, lambda _: families)
    with pytest.raises(Fault, match=r"transfer\.not_handed"):
        install(programme, path)
    assert nothing_came(programme, families)
    with pytest.raises(Fault, match=r"transfer\.not_handed"):
        install(programme, by_hand(programme, lambda _: families[1:], kind="none"))
    assert nothing_came(programme, families)


def test_a_file_brings_nothing_beside_its_families(programme: Programme, families: list[str]) -> None:
    programme.at("one", "clerk", lambda desk: desk.do(events.plan, event_form(programme.clock)))
    hand_over(programme, families)
    with pytest.raises(Fault, match=r"transfer\.reach"):
        install(programme, by_hand(programme, lambda _: families, kind="event"))
    assert nothing_came(programme, families)


@command("test.hand", roles=(Role.SUPERVISOR, Role.CLERK))
def hand_unsigned(act: Act, household: str, desk: int) -> None:
    """What a desk would write whose program was changed: a handing over that nobody signed."""
    act.records.create(HANDOVER, handover_id(household), Handover(household, desk, 101, act.day, act.user.id))


def test_an_unsigned_handing_over_is_kept_and_shown(programme: Programme, families: list[str]) -> None:
    one = families[0]
    programme.at("one", "clerk", lambda desk: desk.do(hand_unsigned, one, programme.numbers[FAR]))
    install(programme, by_hand(programme, lambda _: [one], kind="none"))

    def doubts(desk: Desk) -> list[str]:
        with desk.store.read() as connection:
            return [row.code for row in connection.execute(DoubtRow.__table__.select())]

    assert programme.at(FAR, "supervisor", doubts) == ["record.unsigned"]


def test_a_lost_laptop_hands_nobody_over(programme: Programme, families: list[str]) -> None:
    handed = hand_over(programme, families)
    with programme.office() as office:
        office.gate.do(settling.revoke, office, programme.numbers["one"], 5)
    renew(programme, FAR)
    with pytest.raises(Fault, match=r"fvb\.(revoked|signer_unknown)"):
        take_in(programme, handed)
    assert nothing_came(programme, families)
    # and nobody hands families over to it
    renew(programme, "two")
    household = programme.register("two", small_form(programme.clock))
    with pytest.raises(Refusal, match=r"transfer\.desk"):
        hand_over(programme, [household], "two", "one")


def test_a_cut_between_the_word_and_the_file_is_mended_by_doing_it_again(
    programme: Programme, families: list[str]
) -> None:
    number = programme.numbers[FAR]

    def cut(desk: Desk) -> None:
        # the word is written, and the power goes before the file is
        desk.do(transfers._hand_over, tuple(families), number)

    programme.at("one", "supervisor", cut)
    assert len(programme.at("one", "clerk", lambda desk: desk.ask(queries.ids, "HANDED_OVER"))) == 2
    assert take_in(programme, hand_over(programme, families)).result == "installed"
    shown = programme.at(FAR, "clerk", lambda desk: desk.ask(queries.arrival_of, families[0]))
    assert shown.handover is not None
    assert shown.handover.desk == number


def test_a_full_stick_leaves_the_transfer_to_be_copied_again(programme: Programme, families: list[str]) -> None:
    missing = programme.home / "no-stick"

    def write(desk: Desk) -> None:
        transfers.hand_over(desk, desk.folder, families, programme.numbers[FAR], missing)

    with pytest.raises(Fault):
        programme.at("one", "supervisor", write)
    copied = programme.at("one", "supervisor", lambda desk: transfers.copy_again(desk, desk.folder, 1, programme.stick))
    assert take_in(programme, copied).result == "installed"
    with pytest.raises(Refusal, match=r"transfer\.unknown"):
        programme.at("one", "supervisor", lambda desk: transfers.copy_again(desk, desk.folder, 7, programme.stick))


def test_a_closed_household_is_not_handed_over_and_holds_nobody_back(programme: Programme, families: list[str]) -> None:
    handed = hand_over(programme, [*families, "00000000-0000-8000-8000-000000000000"])
    assert handed.families == 2
    assert [one.code for one in handed.refused] == ["household.unknown"]
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        programme.at("one", "clerk", lambda desk: desk.do(handing.take_back, families[0], "it stays"))
    with pytest.raises(Refusal, match=r"transfer\.reason"):
        programme.at("one", "supervisor", lambda desk: desk.do(handing.take_back, families[0], " "))
    programme.at("one", "supervisor", lambda desk: desk.do(handing.take_back, families[0], "it stays"))
    with pytest.raises(Refusal, match=r"transfer\.not_handed_over"):
        programme.at("one", "supervisor", lambda desk: desk.do(handing.take_back, families[0], "it stays"))


def test_what_came_in_says_from_whom(programme: Programme, families: list[str]) -> None:
    take_in(programme, hand_over(programme, families))

    def kinds(desk: Desk) -> list[str]:
        with desk.store.read() as connection:
            return [row.kind for row in connection.execute(InboxRow.__table__.select())]

    assert "transfer" in programme.at(FAR, "clerk", kinds)
