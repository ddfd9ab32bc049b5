"""The centre's neutral word: for every family alike, by file, and nothing at a desk tells why one waits."""

from __future__ import annotations

from helpdesk.centre import deciding, intake
from helpdesk.core.clock import day_number
from helpdesk.core.numbers import read_number
from helpdesk.desk.lapsing import LEAST_DAYS, SPREAD_DAYS
from helpdesk.exchange import installing
from helpdesk.households import commands
from helpdesk.households.commands import known_household
from helpdesk.households.documents import SealedAnswers
from helpdesk.journey.cases import queries
from helpdesk.vault.keys import ProtectionKey
from tests.journey.ready import returning_form
from tests.programme import Programme


def _family(programme: Programme, **changes: object) -> str:
    return programme.register(form=returning_form(programme.clock, **changes))


def _received(programme: Programme) -> None:
    path = programme.export().path
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
    assert receipt.state == "accepted"


def _decided(programme: Programme) -> deciding.DecidedMany:
    with programme.office() as office:
        key = ProtectionKey.from_seed(programme.founding.protection.seed)
        return office.gate.do(deciding.decide_in_bulk, office, key)


def _installed(programme: Programme) -> None:
    path = programme.bundle("one")
    programme.at("one", "supervisor", lambda desk: installing.install(desk, path))


def _shown(programme: Programme, family: str) -> str:
    return programme.at("one", "clerk", lambda desk: desk.ask(queries.standing_of, family)).decision


def test_in_bulk_everybody_proceeds_but_those_a_person_must_look_at(programme: Programme) -> None:
    clean, blocked = _family(programme), _family(programme, sealed=SealedAnswers(barriers=("C3AFF",)))
    assert _shown(programme, clean) == _shown(programme, blocked) == "FOLLOW_UP"
    _received(programme)
    done = _decided(programme)
    assert (done.proceed, done.to_look_at) == (1, 1)
    _installed(programme)
    assert _shown(programme, clean) == "PROCEED"
    assert _shown(programme, blocked) == "FOLLOW_UP"


def test_waiting_looks_like_no_word_yet_in_the_bundle(programme: Programme) -> None:
    family, other = _family(programme), _family(programme)
    _received(programme)
    numbers = [
        read_number(programme.at("one", "clerk", lambda desk, one=one: desk.ask(known_household, one)).number).digits
        for one in (family, other)
    ]
    with programme.office() as office:
        office.gate.do(deciding.decide, office, numbers[0], "wait")
        office.gate.do(deciding.decide, office, numbers[1], "proceed")
        today = day_number(programme.clock.now().date())
        with office.register.read() as register:
            assert [one.household for one in deciding.decisions_in_force(register, today)] == [other]


def test_what_is_sealed_after_the_word_takes_it_back(programme: Programme) -> None:
    family = _family(programme)
    _received(programme)
    assert _decided(programme).proceed == 1
    programme.clock.move(days=1)
    programme.at(
        "one",
        "clerk",
        lambda desk: desk.do(commands.record_barriers, family, None, (), SealedAnswers(barriers=("C2AFF",))),
    )
    _received(programme)
    assert _decided(programme) == deciding.DecidedMany(proceed=0, to_look_at=1)
    _installed(programme)
    assert _shown(programme, family) == "FOLLOW_UP"


def test_a_word_that_ran_out_is_given_again_by_whoever_gave_it(programme: Programme) -> None:
    clean, blocked = _family(programme), _family(programme, sealed=SealedAnswers(barriers=("C3AFF",)))
    _received(programme)
    number = programme.at("one", "clerk", lambda desk: desk.ask(known_household, blocked)).number
    programme.clock.move(days=1)
    with programme.office() as office:
        office.gate.do(deciding.decide, office, number, "proceed")
    assert _decided(programme) == deciding.DecidedMany(proceed=2, to_look_at=0)
    programme.clock.move(days=LEAST_DAYS - 1)
    assert _decided(programme) == deciding.DecidedMany(proceed=2, to_look_at=0)  # none is given again before its end
    _installed(programme)
    assert _shown(programme, clean) == _shown(programme, blocked) == "PROCEED"
    programme.clock.move(days=SPREAD_DAYS + 1)
    _installed(programme)
    assert _shown(programme, clean) == _shown(programme, blocked) == "FOLLOW_UP"
    assert _decided(programme) == deciding.DecidedMany(proceed=1, to_look_at=1)
    _installed(programme)
    assert _shown(programme, clean) == "PROCEED"
    assert _shown(programme, blocked) == "FOLLOW_UP"


def test_the_register_stands_as_the_desk_does(programme: Programme) -> None:
    family = _family(programme)
    _received(programme)
    with programme.office() as office, office.register.read() as register:
        rows = register.exec_driver_sql("SELECT household, state FROM standing").all()
    assert [tuple(row) for row in rows] == [(family, "SCREENED")]
