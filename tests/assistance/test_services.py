"""Services: the directory per place, what was given and when, the indicators, and a count that names nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.assistance.services import commands, counts, directory, queries, rules
from helpdesk.assistance.services.documents import Delivery, Offer
from helpdesk.core.errors import Refusal
from helpdesk.desk.places import load_gazetteer
from helpdesk.exchange import installing
from helpdesk.opening import Desk
from helpdesk.vault.tables import AuditRow, RecordRow
from tests.programme import Programme

SignIn = Callable[..., Desk]
DAY = date(2026, 11, 21)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def place(kind: str) -> str:
    """A district, or a sub-district that lies in it."""
    gazetteer = load_gazetteer()
    inner = next(p for p in gazetteer if p.kind == "subdistrict" and gazetteer.ancestor(p.place_id, "district"))
    found = gazetteer.ancestor(inner.place_id, kind)
    assert found is not None
    return found.place_id


DISTRICT, SUBDISTRICT = place("district"), place("subdistrict")


def offer(**changes: Any) -> Offer:
    fields: dict[str, Any] = {
        "place": DISTRICT, "provider": "A clinic", "sector": "HEALTH", "what": "Doctor", "free": True, "days": ("SUN",),
        "contact": "07000000000", "capacity": 20,
    }  # fmt: skip
    return Offer(**{**fields, **changes})


def delivery(household: str | None = "h", **changes: Any) -> Delivery:
    fields: dict[str, Any] = {
        "level": "HH", "item": "SH1", "provider": "Builders", "status": "", "household": household,
        "started_on": DAY - timedelta(9),
    }  # fmt: skip
    return Delivery(**{**fields, **changes})


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


@pytest.fixture
def household(programme: Programme) -> str:
    return programme.register()


# --- the directory ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sector": "X"}, "form.code"),
        ({"days": ("XXX",)}, "form.code"),
        ({"capacity": -1}, "form.code"),
        ({"provider": " "}, "offer.provider"),
        ({"what": ""}, "offer.what"),
        ({"place": "nowhere"}, "offer.place"),
    ],
)
def test_lines_of_the_directory(desk_as: SignIn, changes: dict[str, Any], code: str) -> None:
    assert refused(desk_as("supervisor"), commands.keep_offer, offer(**changes)) == code


def test_an_offer_holds_for_everything_that_lies_in_its_place(desk_as: SignIn, programme: Programme) -> None:
    assert refused(desk_as("clerk"), commands.keep_offer, offer()) == "role.not_allowed"
    desk = desk_as("supervisor")
    wide = desk.do(commands.keep_offer, offer())
    narrow = desk.do(commands.keep_offer, offer(place=SUBDISTRICT, sector="EDU"))
    assert [one.id for one in desk.ask(directory.directory, SUBDISTRICT)] == [narrow, wide]
    assert [one.id for one in desk.ask(directory.directory, DISTRICT)] == [wide]
    assert [one.id for one in desk.ask(directory.directory, SUBDISTRICT, "EDU")] == [narrow]
    desk.do(commands.keep_offer, offer(ended_on=DAY), wide)
    assert [one.id for one in desk.ask(directory.directory, DISTRICT)] == [wide]
    programme.clock.move(days=1)
    assert desk.ask(directory.directory, DISTRICT) == ()
    assert len(desk.ask(directory.directory, DISTRICT, ended=True)) == 1


def test_the_directory_goes_out_with_the_bundle_and_a_desks_own_word_stands_first(programme: Programme) -> None:
    from helpdesk.centre import intake

    kept = programme.at("one", "supervisor", lambda desk: desk.do(commands.keep_offer, offer()))
    ended = programme.at("one", "supervisor", lambda desk: desk.do(commands.keep_offer, offer(ended_on=DAY)))
    batch = programme.export("one")
    with programme.office() as office:
        intake.receive(office, [batch.path])
    programme.clock.move(days=1)
    bundle = programme.bundle("two", siblings=())
    programme.at("two", "admin", lambda desk: installing.install(desk, bundle))
    with programme.open("two", "supervisor") as desk:
        (line,) = desk.ask(directory.directory, SUBDISTRICT)
        assert (line.id, line.by_bundle, line.offer.provider, line.offer.checked_on) == (kept, True, "A clinic", DAY)
        assert ended != kept
        desk.do(commands.keep_offer, offer(what="Doctor, on Sundays"), kept)
        (line,) = desk.ask(directory.directory, SUBDISTRICT)
        assert (line.by_bundle, line.offer.what) == (False, "Doctor, on Sundays")


# --- what was given ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "X"}, "form.code"),
        ({"level": "X"}, "form.code"),
        ({"household": None}, "service.household"),
        ({"item": "BS1"}, "service.community_only"),
        ({"item": "PR3S"}, "service.community_only"),
        ({"level": "COMM"}, "service.family_only"),
        ({"level": "COMM", "item": "SC1"}, "service.nobody_named"),
        ({"level": "COMM", "item": "SC1", "household": None}, "service.place"),
        ({"level": "COMM", "item": "BS1", "household": None, "place": "x", "detail": "?"}, "form.code"),
        ({"item": "PR4"}, "form.code"),
        ({"provider": " "}, "service.provider"),
        ({"quantity": 0}, "service.quantity"),
        ({"started_on": None}, "service.no_day"),
        ({"started_on": DAY + timedelta(1)}, "service.future"),
        ({"completed_on": DAY - timedelta(10)}, "service.order"),
        ({"started_on": None, "completed_on": DAY}, "service.housing_start"),
    ],
)
def test_what_is_no_service(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.check_delivery(delivery(**changes), DAY)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"planned_on": DAY, "started_on": None}, "PLANNED"),
        ({}, "STARTED"),
        ({"completed_on": DAY}, "COMPLETED"),
        ({"item": "LV1", "started_on": None, "completed_on": DAY}, "COMPLETED"),
        ({"stopped_on": DAY}, "STOPPED"),
    ],
)
def test_the_status_follows_from_the_days(changes: dict[str, Any], status: str) -> None:
    rules.check_delivery(delivery(**changes), DAY)
    assert rules.status_of(delivery(**changes)) == status


def test_works_begin_and_end_on_different_days(desk_as: SignIn, programme: Programme, household: str) -> None:
    desk = desk_as("clerk")
    one = desk.do(commands.deliver, delivery(household))
    with desk.store.read() as connection:
        assert counts.housing(connection, FIRST, LAST) == counts.Housing(0, 1)
    desk.do(commands.progress, one, None, DAY, 1)
    assert refused(desk, commands.progress, one) == "service.ended"
    assert refused(desk, commands.stop, one, "x") == "service.ended"
    assert refused(desk, commands.progress, "nothing") == "service.unknown"
    stopped = desk.do(commands.deliver, delivery(household, item="SH3"))
    assert refused(desk, commands.stop, stopped, " ") == "service.reason"
    desk.do(commands.stop, stopped, "the owner came back")
    with desk.store.read() as connection:
        assert counts.housing(connection, FIRST, LAST) == counts.Housing(1, 0)
        # works that went on over the end of a period stand as ongoing in its column
        assert counts.housing(connection, FIRST, DAY - timedelta(1)) == counts.Housing(0, 1)
    assert {found.status for found in lines(desk)} == {"STOPPED", "COMPLETED"}  # one instant: no order between them


def lines(desk: Desk, *which: Any) -> list[queries.DeliveryLine]:
    ids = desk.ask(queries.delivery_ids, *which)
    found = desk.ask(queries.delivery_lines, ids)
    return [found[one] for one in ids]


def test_livelihoods_count_a_family_once_by_its_first_service(programme: Programme, household: str) -> None:
    def given(desk: Desk) -> None:
        day = delivery(household, item="LV1", started_on=None, completed_on=DAY - timedelta(30))
        desk.do(commands.deliver, day)
        desk.do(commands.deliver, msgspec.structs.replace(day, item="LV3S", completed_on=DAY))
        desk.do(commands.deliver, msgspec.structs.replace(day, item="MH1", completed_on=DAY))

    programme.at("one", "clerk", given)
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        assert counts.livelihoods(connection, FIRST, LAST) == 1
        assert counts.livelihoods(connection, DAY - timedelta(29), LAST) == 0
        assert counts.livelihoods(connection, FIRST, DAY - timedelta(30)) == 1
        by_item = {one.item: one for one in counts.by_item(connection, FIRST, LAST)}
    assert (by_item["LV3S"].completed, by_item["LV3S"].families) == (1, 1)


def test_a_community_is_given_without_anybody(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    well = delivery(
        None, level="COMM", item="BS1", place=DISTRICT, detail="WATER", completed_on=DAY, quantity=2, families=80,
        organisation="A partner",
    )  # fmt: skip
    desk.do(commands.deliver, well)
    assert refused(desk, commands.deliver, msgspec.structs.replace(well, place="nowhere")) == "service.place"
    (line,) = lines(desk)
    assert (line.household, line.number, line.place) == (None, None, DISTRICT)
    with desk.store.read() as connection:
        (item,) = counts.by_item(connection, FIRST, LAST)
        (who,) = counts.who_does_what(connection, FIRST, LAST)
    assert (item.families, item.quantity) == (80, 2)
    assert (who.organisation, who.place, who.completed, who.going_on) == ("A partner", DISTRICT, 1, 0)


def test_what_no_list_shows_opens_in_the_familys_file_alone(desk_as: SignIn, household: str) -> None:
    desk = desk_as("clerk")
    desk.do(commands.deliver, delivery(household, item="PR3C"))
    desk.do(commands.deliver, delivery(household, item="MH1"))
    assert desk.ask(queries.delivery_ids) == []
    assert desk.ask(queries.delivery_ids, None, "MH1") == []
    assert len(desk.ask(queries.deliveries_of, household)) == 2
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk_as("admin").ask(queries.deliveries_of, household)


# --- after a disclosure ---


def test_told_pathways_leave_a_weeks_number_and_no_way_to_anybody(desk_as: SignIn, programme: Programme) -> None:
    desk, week = desk_as("clerk"), date(2026, 11, 14)
    assert week == rules.last_week(DAY)
    assert refused(desk, commands.count_pathways, DAY, 1, 0) == "pathway.not_over"
    assert refused(desk, commands.count_pathways, week + timedelta(1), 1, 0) == "pathway.saturday"
    assert refused(desk, commands.count_pathways, week, 0, 0) == "tally.nobody"
    assert refused(desk, commands.count_pathways, week, 2, -1) == "tally.nobody"
    desk.do(commands.count_pathways, week, 3, 1)
    assert refused(desk, commands.count_pathways, week, 1, 0) == "pathway.twice"
    with desk.store.read() as connection:
        assert counts.pathways(connection, FIRST, LAST) == (3, 1)
        owners = connection.scalars(select(RecordRow.household).where(RecordRow.kind == "pathway")).all()
        entries = connection.scalars(select(AuditRow.entry)).all()
    assert owners == [None]
    said = [msgspec.json.decode(entry) for entry in entries if "count_pathways" in entry]
    assert said
    assert not [entry for entry in said if entry["objects"]]
