"""From the camp's gate to the arrival desk: a file on a stick, another laptop, cards, one register at the centre."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.centre import intake, overview
from helpdesk.core.errors import Refusal
from helpdesk.exchange import batches, installing, transfers
from helpdesk.exchange.exceptions import exceptions
from helpdesk.exchange.tables import DoubtRow
from helpdesk.households.queries import lines
from helpdesk.journey.arrivals import commands as arrivals
from helpdesk.journey.arrivals import handing, profiling, queries
from helpdesk.journey.arrivals.documents import ArrivalForm, LivelihoodAnswers, ProfileForm, ShelterAnswers
from helpdesk.journey.cases.queries import standing_of
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.monitoring.starts import start_of
from helpdesk.opening import Desk
from tests.journey.handed import FAR, departed, far_desk, hand_over, take_in
from tests.programme import Programme


def doubted(programme: Programme, folder: str) -> list[tuple[str, str]]:
    def read(desk: Desk) -> list[tuple[str, str]]:
        with desk.store.read() as connection:
            return [(row.record, row.code) for row in connection.execute(DoubtRow.__table__.select())]

    return programme.at(folder, "supervisor", read)


def state_at(programme: Programme, folder: str, household: str) -> tuple[object, ...]:
    def read(desk: Desk) -> tuple[object, ...]:
        found = desk.ask(standing_of, household)
        return found.state, found.departed_on, found.arrived_on, found.facilitated, found.incident

    return programme.at(folder, "clerk", read)


def centre_takes(programme: Programme, *folders: str) -> None:
    for folder in folders:
        written = programme.export(folder)
        with programme.office() as office:
            (receipt, *_) = intake.receive(office, [written.path])
            assert (receipt.state, receipt.code) == ("accepted", None)


def meet(programme: Programme, sender: str, receiver: str) -> None:
    """One batch goes to the sibling and to the centre."""
    written = programme.export(sender)
    programme.at(receiver, "supervisor", lambda desk: installing.install(desk, written.path))
    with programme.office() as office:
        intake.receive(office, [written.path])


def centre_state(programme: Programme, household: str) -> tuple[object, ...]:
    # the register's own rows: the centre keeps them true with the keys that it believes
    with programme.office() as office, office.register.read() as connection:
        row = connection.execute(StandingRow.__table__.select().where(StandingRow.household == household)).one()
        return row.state, row.departed_on, row.arrived_on, row.facilitated, row.incident


def test_a_convoy_arrives_at_another_laptop(programme: Programme) -> None:
    today = programme.clock.now().date()
    far_desk(programme)
    families = departed(programme, 2, late=1)
    handed = hand_over(programme, families)
    assert (handed.families, handed.refused) == (3, ())

    # another desk reads nothing of it, and says where it belongs
    with pytest.raises(Refusal, match=r"transfer\.other_desk") as refused:
        take_in(programme, handed, "two")
    assert refused.value.values["desk"] == programme.numbers[FAR]
    assert programme.at("two", "clerk", lambda desk: desk.ask(lines, families)) == {}

    # only a supervisor takes it in, and twice is once
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        programme.at(FAR, "clerk", lambda desk: installing.install(desk, handed.path))
    assert take_in(programme, handed).records == handed.records
    assert take_in(programme, handed).result == "known"
    assert doubted(programme, FAR) == []
    assert state_at(programme, "one", families[0]) == ("DEPARTED", today, None, True, "")
    # counted as facilitated here once the centre's word for the family has come with a bundle
    assert state_at(programme, FAR, families[0]) == ("DEPARTED", today, None, False, "")

    # the next day the arrival desk scans the cards, one after the other
    programme.clock.move(days=1)
    tomorrow = today + timedelta(days=1)

    def scan(desk: Desk) -> arrivals.Counted:
        assert set(desk.ask(queries.ids, "EXPECTED")) == set(families)
        desk.do(arrivals.scan, families[0])
        desk.do(arrivals.scan, families[0])
        return desk.do(arrivals.scan, families[2])  # its departure is not known here yet

    counted = programme.at(FAR, "clerk", scan)
    assert (counted.families, counted.people, counted.expected_families, counted.expected_people) == (2, 6, 1, 3)

    def by_phone(desk: Desk) -> queries.ArrivalShown:
        shown = desk.ask(queries.arrival_of, families[1])
        absent = {shown.members[2][0]: "LATER"}
        desk.do(arrivals.record, ArrivalForm(families[1], members=absent, by_phone=True, shelter="KIN", kits=1))
        shelter, living = ShelterAnswers(tenure="KIN"), LivelihoodAnswers(incomes=("NONE",), debt=250_000)
        desk.do(profiling.profile, ProfileForm(families[1], shelter, living, sealed=("SEPARATED",)))
        return desk.ask(queries.arrival_of, families[1])

    shown = programme.at(FAR, "clerk", by_phone)
    assert shown.differences == ("MISSING", "BY_PHONE")
    assert programme.at(FAR, "clerk", lambda desk: desk.ask(queries.arrival_of, families[2])).differences == (
        "NO_DEPARTURE",
    )

    # calls are counted from the day of the arrival
    def start(desk: Desk) -> object:
        return desk.ask(lambda view: start_of(view.connection, families[0]))

    assert programme.at(FAR, "clerk", start).from_on == tomorrow

    # the centre gets the arrivals first and the departures afterwards, and ends with one story
    centre_takes(programme, FAR, "one")
    assert centre_state(programme, families[0]) == ("ARRIVED", today, tomorrow, True, "")
    assert centre_state(programme, families[1])[:3] == ("ARRIVED", today, tomorrow)
    with programme.office() as office:
        assert office.gate.do(overview.open_conflicts, office) == ()
    # what came of the file is no news of the arrival desk's own: the camp sends it
    assert programme.at(FAR, "supervisor", lambda desk: desk.ask(batches.unacknowledged)).records > 0


def test_a_case_handed_to_two_desks_is_found(programme: Programme) -> None:
    far_desk(programme)
    families = departed(programme, 1)
    meet(programme, "one", "two")
    hand_over(programme, families)
    # the other laptop of the camp has not heard of it, and hands the family to the first one
    hand_over(programme, families, "two", "one")
    shown = programme.at("one", "clerk", lambda desk: desk.ask(queries.arrival_of, families[0]))
    assert shown.handover is not None
    assert (shown.handover.desk, shown.in_conflict) == (programme.numbers[FAR], False)
    meet(programme, "two", "one")

    def look(desk: Desk) -> tuple[list[str], dict[str, int]]:
        found = [one.code for one in desk.ask(queries.doubts)]
        return found, {one.code: one.count for one in desk.ask(exceptions)}

    found, waiting = programme.at("one", "supervisor", look)
    assert found == ["TWO_DESKS"]
    assert waiting["conflicts"] == 1
    centre_takes(programme, "one")
    with programme.office() as office:
        assert [one.kind for one in office.gate.do(overview.open_conflicts, office)] == ["handover"]
    # a supervisor settles it, and everybody hears of it
    programme.at(
        "one", "supervisor", lambda desk: desk.do(handing.take_back, families[0], "both desks agreed by phone")
    )
    centre_takes(programme, "one")
    with programme.office() as office:
        assert office.gate.do(overview.open_conflicts, office) == ()


def test_who_was_handed_over_is_not_handed_over_again(programme: Programme) -> None:
    far_desk(programme)
    families = departed(programme, 1)
    handed = hand_over(programme, families)
    again = hand_over(programme, families)
    assert again.identity != handed.identity
    with pytest.raises(Refusal, match=r"transfer\.handed_over"):
        hand_over(programme, families, to="two")
    with pytest.raises(Refusal, match=r"transfer\.own_desk"):
        hand_over(programme, families, to="one")
    assert [line.seq for line in programme.at("one", "supervisor", lambda desk: desk.ask(transfers.sent))] == [2, 1]
    # either file does, in any order
    take_in(programme, again)
    take_in(programme, handed)
    shown = programme.at(FAR, "clerk", lambda desk: desk.ask(queries.arrival_of, families[0]))
    assert shown.handover is not None
    assert (shown.handover.desk, shown.in_conflict) == (programme.numbers[FAR], False)

    # the far desk hands it back; the camp takes everything back by the same merge
    programme.at(FAR, "clerk", lambda desk: desk.do(arrivals.scan, families[0]))
    take_in(programme, hand_over(programme, families, FAR, "one"), "one")
    assert state_at(programme, "one", families[0])[0] == "ARRIVED"
    assert doubted(programme, "one") == []


def test_two_desks_record_one_arrival(programme: Programme) -> None:
    today = programme.clock.now().date()
    far_desk(programme)
    families = departed(programme, 1)
    take_in(programme, hand_over(programme, families))
    programme.clock.move(days=1)
    programme.at("one", "clerk", lambda desk: desk.do(arrivals.record, ArrivalForm(families[0], by_phone=True)))
    programme.clock.move(days=1)
    programme.at(FAR, "clerk", lambda desk: desk.do(arrivals.scan, families[0]))
    centre_takes(programme, FAR, "one")
    # both records are kept; the earliest day counts, whichever came first
    assert centre_state(programme, families[0])[2] == today + timedelta(days=1)
    with programme.office() as office:
        shown = overview.ask_register(office, queries.doubts)
        assert [one.code for one in shown] == ["TWO_ARRIVALS"]
