"""The journey of a place: entered at the centre, carried by a bundle, read by a desk's gate; how two desks meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import func, select

from helpdesk.centre import areas as centre_areas
from helpdesk.centre import desks, intake
from helpdesk.centre.tables import CentreBundleRow, CentreDeskRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.exchange import installing
from helpdesk.exchange.area_lines import area_lines
from helpdesk.exchange.arrived import revision_line
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.journey.areas import commands, planning, queries
from helpdesk.journey.areas.codes import AREA_SAFEGUARD
from helpdesk.journey.areas.documents import WaiverConfirmed
from helpdesk.journey.areas.facts import AreaStanding, standing_of
from helpdesk.journey.areas.forms import WaiverForm
from helpdesk.journey.areas.kinds import (
    CONFIRMED,
    KINDS,
    all_conditions,
    not_yet,
    safer_result,
    safer_state,
    shorter,
)
from helpdesk.opening import Desk
from helpdesk.vault.records import heads_of
from helpdesk.vault.tables import RevisionRow
from tests.places import FALLUJAH, MARKAZ, assessment, safeguard
from tests.programme import START, Programme

DAY = START.date()


def standing(programme: Programme, place: str = MARKAZ, folder: str = "one") -> AreaStanding:
    def ask(desk: Desk) -> AreaStanding:
        return desk.ask(lambda view: standing_of(view.connection, place, view.day))

    return programme.at(folder, "clerk", ask)


def installed(programme: Programme, *folders: str) -> None:
    for folder in folders:
        path = programme.bundle(folder)
        programme.at(folder, "clerk", lambda desk, path=path: installing.install(desk, path))


def entered(programme: Programme, result: str = "ACCEPTABLE", codes: Iterable[str] = AREA_SAFEGUARD) -> None:
    with programme.office() as office:
        day = programme.clock.now().date()
        for code in codes:
            if code == "L_RISK":
                office.gate.do(centre_areas.assess, office, assessment(FALLUJAH, day, result, days=60))
            else:
                office.gate.do(centre_areas.answer, office, safeguard(FALLUJAH, code, day))


def test_the_centre_enters_a_bundle_carries_and_the_gate_reads(programme: Programme) -> None:
    assert len(standing(programme).missing) == 5
    entered(programme, "NOT_ACCEPTABLE")
    installed(programme, "one", "two")
    for folder in ("one", "two"):
        assert standing(programme, folder=folder).missing == (("L_RISK", "NOT_ACCEPTABLE"),)
    programme.clock.move(days=1)
    entered(programme)
    installed(programme, "one")
    opened = standing(programme)
    assert opened.missing == ()
    assert opened.until == DAY + timedelta(days=61)
    with programme.office() as office:
        at_the_centre = centre_areas.place_of(office, MARKAZ).standing
    assert at_the_centre.evidence == opened.evidence
    assert standing(programme, folder="two").missing == (("L_RISK", "NOT_ACCEPTABLE"),)
    programme.clock.move(days=62)
    assert standing(programme).missing == (("L_RISK", "EXPIRED"),)


def test_a_bundle_installed_twice_changes_nothing(programme: Programme) -> None:
    entered(programme)
    path = programme.bundle("one")
    first = programme.at("one", "clerk", lambda desk: installing.install(desk, path))
    before = standing(programme)
    again = programme.at("one", "clerk", lambda desk: installing.install(desk, path))
    assert (first.result, first.records, again.result) == ("installed", 6, "known")
    assert standing(programme) == before


def test_a_bundle_that_brings_anything_but_places_is_refused_whole(programme: Programme) -> None:
    family = programme.register("two")
    stick = programme.stick / "odd"
    stick.mkdir()

    def line(desk: Desk) -> bytes:
        with desk.store.read() as connection:
            row = connection.execute(select(RevisionRow).where(RevisionRow.record == family)).one()
        return revision_line(bytes(row.body), event=False, sig_key=row.sig_key, sig=bytes(row.sig))

    smuggled = programme.at("two", "clerk", line)
    entered(programme)
    before = programme.bundle("one")
    programme.at("one", "clerk", lambda desk: installing.install(desk, before))
    with programme.office() as office, office.register.read() as register:
        body = register.scalar(
            select(CentreBundleRow.body)
            .where(CentreBundleRow.desk == programme.numbers["one"])
            .order_by(CentreBundleRow.version.desc())
            .limit(1)
        )
        bundle = msgspec.structs.replace(msgspec.json.decode(bytes(body or b""), type=Bundle), version=99, paid=None)
        receive = register.scalar(select(CentreDeskRow.receive).where(CentreDeskRow.number == programme.numbers["one"]))
        keys, founded = office.keys(), office.programme()
        heading = Heading(
            kind="bundle", sender=keys.config.key_id, epoch=desks.programme_epoch(founded), seq=99,
            desk=str(programme.numbers["one"]), counts={"bundle": 1}, made_at=programme.clock.now(),
        )  # fmt: skip
        records = [{"t": "bundle", **msgspec.to_builtins(bundle)}, *area_lines(register), smuggled]
        odd = Outgoing(stick).write(heading, records, [keys.config], [receive or ""]).path

    with pytest.raises(Fault, match=r"bundle\.form"):
        programme.at("one", "clerk", lambda desk: installing.install(desk, odd))

    def held(desk: Desk) -> tuple[int, int]:
        with desk.store.read() as connection:
            known = select(func.count()).select_from(RevisionRow).where(RevisionRow.record == family)
            return connection.scalar(known) or 0, desk.bundle.version if desk.bundle else 0

    known, version = programme.at("one", "clerk", held)
    assert known == 0
    assert version < 99
    assert standing(programme).missing == ()


def test_what_a_desk_records_reaches_the_others_through_the_centre(programme: Programme) -> None:
    entered(programme)
    installed(programme, "one", "two")
    programme.at("one", "clerk", lambda desk: desk.do(commands.raise_alert, (MARKAZ,), "Shooting at night"))
    exported = programme.export("one")
    with programme.office() as office:
        intake.receive(office, [exported.path])
        assert centre_areas.place_of(office, MARKAZ).standing.hold
    assert standing(programme, folder="two").missing == ()
    installed(programme, "two")
    assert standing(programme, folder="two").missing == (("L_RISK", "ALERT"),)


def test_the_centre_proposes_and_a_desk_confirms(programme: Programme) -> None:
    entered(programme, codes=("L_RISK", "L_HOSTENG", "L_FDBK", "L_COHES"))
    with programme.office() as office:
        form = WaiverForm((FALLUJAH,), ("L_PLAN",), "No partner is there", DAY + timedelta(days=30))
        (waiver,) = office.gate.do(centre_areas.propose_waiver, office, form)
        with pytest.raises(Refusal, match=r"area\.own_waiver"):
            office.gate.do(centre_areas.confirm_waivers, office, (waiver,))
    installed(programme, "one")
    assert standing(programme).missing == (("L_PLAN", "MISSING"),)
    programme.at("one", "supervisor", lambda desk: desk.do(commands.confirm_waivers, (waiver,)))
    found = standing(programme)
    assert (found.missing, found.waived) == ((), ("L_PLAN",))
    exported = programme.export("one")
    with programme.office() as office:
        intake.receive(office, [exported.path])
        (shown,) = centre_areas.place_of(office, FALLUJAH).waivers
        assert shown.confirmed


@command("test.forge_word", roles=(Role.SUPERVISOR,))
def _forge(act: Act, claimed: str, key: str) -> str:
    # a waiver of everything, and the second word on it by her who proposed it, in whosever name and under whosever key
    form = WaiverForm((FALLUJAH,), AREA_SAFEGUARD.entries, "Because", act.day + timedelta(days=9))
    (waiver,) = planning.propose_waiver(act, form)
    act.records.flush()
    seen = heads_of(act.connection, waiver)[0].hex()
    honest, sign = act.records.stamp, act.records.sign
    act.records.stamp = replace(honest, user=claimed or honest.user)
    act.records.sign = lambda message: (key or sign(message)[0], sign(message)[1])
    word = WaiverConfirmed(waiver, FALLUJAH, seen, act.day, claimed or honest.user)
    act.records.create(CONFIRMED, act.new_id(), word, signed=True)
    return waiver


@pytest.mark.parametrize("forged", ["her own", "another's name", "another's name and key", "nobody's"])
def test_one_person_alone_waives_nothing_in_whosever_name(programme: Programme, forged: str) -> None:
    clerk = programme.at("two", "clerk", lambda desk: desk.user)
    claimed = {"her own": "", "nobody's": "0190a0f0-0000-7000-8000-000000000000"}.get(forged, clerk.id)
    key = clerk.key.key_id if forged == "another's name and key" else ""
    programme.at("two", "supervisor", lambda desk: desk.do(_forge, claimed, key))
    exported = programme.export("two")
    programme.at("one", "supervisor", lambda desk: installing.install(desk, exported.path))
    for folder in ("one", "two"):
        assert standing(programme, folder=folder).waived == ()
        assert len(standing(programme, folder=folder).missing) == 5
    (waiting,) = programme.at("one", "other", lambda desk: desk.ask(queries.waiting_waivers))
    assert not waiting.confirmed


def test_two_people_of_a_sibling_waive_for_both_desks(programme: Programme) -> None:
    form = WaiverForm((FALLUJAH,), ("L_PLAN",), "No partner", DAY + timedelta(days=9))
    made = programme.at("two", "supervisor", lambda desk: desk.do(commands.propose_waiver, form))
    programme.at("two", "clerk", lambda desk: desk.do(commands.confirm_waivers, made))
    exported = programme.export("two")
    programme.at("one", "supervisor", lambda desk: installing.install(desk, exported.path))
    assert standing(programme, folder="one").waived == ("L_PLAN",)


@pytest.mark.parametrize(
    ("rule", "one", "other", "met"),
    [
        (safer_result, "ACCEPTABLE", "NOT_ACCEPTABLE", "NOT_ACCEPTABLE"),
        (safer_result, "CONDITIONS", "ACCEPTABLE", "CONDITIONS"),
        (safer_result, "ACCEPTABLE", "odd", "odd"),
        (safer_state, "DONE", "PLANNED", "PLANNED"),
        (safer_state, "NA", "DONE", "DONE"),
        (shorter, "2026-12-01", "2026-11-30", "2026-11-30"),
        (shorter, None, "2026-11-30", "2026-11-30"),
        (shorter, None, None, None),
        (not_yet, "2026-11-30", None, None),
        (not_yet, "2026-11-30", "2026-12-01", "2026-12-01"),
    ],
)
def test_two_desks_meet_on_the_safer_side(rule: Callable[..., object], one: object, other: object, met: object) -> None:
    assert rule(one, other) == rule(other, one) == met


def test_conditions_of_both_sides_stand_and_count_as_met_only_for_both() -> None:
    one = [{"text": "a", "due": "2026-12-01", "met_on": "2026-11-20"}]
    other = [
        {"text": "b", "due": "2026-11-25", "met_on": None},
        {"text": "a", "due": "2026-12-05", "met_on": None},
    ]
    met = [
        {"text": "b", "due": "2026-11-25", "met_on": None},
        {"text": "a", "due": "2026-12-01", "met_on": None},
    ]
    assert all_conditions(one, other) == all_conditions(other, one) == met
    assert all_conditions(one, one) == one


def test_no_record_about_a_place_belongs_to_a_family_or_names_one() -> None:
    for kind in KINDS:
        fields = {field.name for field in msgspec.structs.fields(kind.document)}
        assert not fields & {"household", "person", "name", "phone", "number"}
