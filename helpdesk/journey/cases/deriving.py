"""Keeps the table ``standing`` true: after every act, after every file, and when the day turns.

:func:`derive` is what the gate calls; a centre calls it for its register. It finds whose standing may have changed and
has it computed anew. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, or_, select

from helpdesk.core.clock import day_number, day_of
from helpdesk.desk import local
from helpdesk.desk.bundle import Bundle, Decision
from helpdesk.desk.deriving import Touched, touched_since
from helpdesk.desk.tables import BundleRow
from helpdesk.desk.told import DECISIONS, TABLES, TABLES_ISSUED
from helpdesk.journey.areas import standing as areas
from helpdesk.journey.areas.kinds import STANDING
from helpdesk.journey.areas.standing import Publics
from helpdesk.journey.areas.tables import AreaRecordRow
from helpdesk.journey.cases.issued import note_bundle, note_decisions, note_words
from helpdesk.journey.cases.standing import BEFORE, recompute
from helpdesk.journey.cases.tables import DecisionRow, StandingRow
from helpdesk.journey.engagement.kinds import EVENT
from helpdesk.journey.engagement.tables import AttendanceRow
from helpdesk.journey.visits.kinds import VISIT
from helpdesk.journey.visits.tables import SeatRow
from helpdesk.vault.bulk import among, insert_rows
from helpdesk.vault.tables import table_of

STANDING_DAY: Final = "standing_day"
"""The local number of the day for which the derived rows were last looked through."""
_DECISIONS_OF: Final = "decisions_of"


def derive(connection: Connection, bundle: Bundle | None, day: date, touched: Touched) -> None:
    """Bring decisions, places and standings up to date after what ``touched`` names, or because the day turned."""
    households = set(touched.households)
    turned, version = local.read_two_numbers(connection, STANDING_DAY, _DECISIONS_OF)
    is_new_day = turned < day_number(day)
    is_new_bundle = bundle is not None and (touched.new_bundle or version < bundle.version)
    if is_new_bundle and bundle is not None:
        households |= install_decisions(connection, DECISIONS.every(connection), bundle.issued)
        note_bundle(connection, bundle, tuple(TABLES.every(connection)), TABLES_ISSUED.every(connection))
        households |= bound_by_bundle(connection)
        local.write_number(connection, _DECISIONS_OF, bundle.version)
    households |= going_to(connection, {record for kind, record in touched.others if kind in STANDING})
    households |= concerned(connection, touched.others)
    if is_new_day:
        areas.refresh(connection, day)
        households |= set(connection.scalars(select(StandingRow.household).where(StandingRow.good_until < day)))
        local.write_number(connection, STANDING_DAY, day_number(day))
    recompute(connection, day, households)


def derive_register(connection: Connection, day: date, after: int, publics: Publics) -> None:
    """The same for a centre's register after a file: what the revisions after number ``after`` are about.

    ``publics`` are the keys that the centre believes, by user id; places are the caller's to bring up to date before.
    """
    touched = touched_since(connection, after)
    households = set(touched.households) | concerned(connection, touched.others)
    households |= going_to(connection, {record for kind, record in touched.others if kind in STANDING})
    households |= set(connection.scalars(select(StandingRow.household).where(StandingRow.good_until < day)))
    households |= set(connection.scalars(select(StandingRow.household).where(StandingRow.awaiting)))
    recompute(connection, day, households, publics)


def is_due(connection: Connection, bundle: Bundle | None, day: date) -> bool:
    """Whether the day turned, or a bundle came, since the derived rows were last looked through."""
    turned, version = local.read_two_numbers(connection, STANDING_DAY, _DECISIONS_OF)
    return turned < day_number(day) or (bundle is not None and version < bundle.version)


def going_to(connection: Connection, area_records: Iterable[str]) -> set[str]:
    """The households before departure that go to a place of one of these records, or to one that lies in it."""
    ids = sorted(area_records)
    if not ids:
        return set()
    wider = set(connection.scalars(select(AreaRecordRow.place).where(among(connection, AreaRecordRow.id, ids))))
    before = or_(StandingRow.declared.in_(BEFORE), StandingRow.incident != "", StandingRow.awaiting)
    places = connection.scalars(select(StandingRow.destination).where(before).distinct()).all()
    gazetteer = areas.gazetteer_of(connection)
    wanted = [place for place in places if place and wider.intersection(areas.lies_in(gazetteer, place))]
    statement = select(StandingRow.household).where(before, among(connection, StandingRow.destination, wanted))
    return set(connection.scalars(statement))


def concerned(connection: Connection, others: Iterable[tuple[str, str]]) -> set[str]:
    """The households that came to one of these events or were offered one of these visits."""
    ids: dict[str, list[str]] = {}
    for kind, record in others:
        ids.setdefault(kind, []).append(record)
    found: set[str] = set()
    if EVENT.name in ids:
        found.update(
            connection.scalars(
                select(AttendanceRow.household).where(among(connection, AttendanceRow.event, ids[EVENT.name]))
            )
        )
    if VISIT.name in ids:
        found.update(connection.scalars(select(SeatRow.household).where(SeatRow.visit.in_(ids[VISIT.name]))))
    return found


def bound_by_bundle(connection: Connection) -> set[str]:
    """The households whose standing follows from more of a bundle than the centre's word.

    That is everybody before departure where the bundle's authorities or places changed, and whoever's departure is
    not proven: a key that only now is known may prove it.
    """
    open_ = or_(StandingRow.incident != "", StandingRow.awaiting)
    found = set(connection.scalars(select(StandingRow.household).where(open_)))
    bodies = connection.scalars(select(BundleRow.body).order_by(BundleRow.version.desc()).limit(2)).all()
    bundles = [msgspec.json.decode(bytes(body), type=Bundle) for body in bodies]
    if len({msgspec.json.encode((one.clearances, one.places)) for one in bundles}) > 1 or len(bundles) == 1:
        found.update(connection.scalars(select(StandingRow.household).where(StandingRow.declared.in_(BEFORE))))
    return found


def install_decisions(connection: Connection, decisions: Iterable[Decision], issued: int) -> set[str]:
    """Put the centre's words in force; returns the households for which one changed.

    Earlier words stay known for the days on which they stood; one that came no more ended on the day ``issued``.
    """
    before = {
        row.household: (row.decision, row.on)
        for row in connection.execute(select(DecisionRow.household, DecisionRow.decision, DecisionRow.on))
    }
    after = {one.household: (one.decision, one.on) for one in decisions}
    changed = {household for household in before.keys() | after.keys() if before.get(household) != after.get(household)}
    if changed:
        for known in (before, after):
            note_decisions(connection, [Decision(one, *known[one]) for one in sorted(changed & known.keys())])
        note_words(connection, dict.fromkeys(changed - after.keys(), ""), issued)
        connection.execute(delete(DecisionRow).where(among(connection, DecisionRow.household, sorted(changed))))
        insert_rows(
            connection,
            table_of(DecisionRow),
            [
                {"household": household, "decision": after[household][0], "on": after[household][1]}
                for household in sorted(changed & after.keys())
            ],
        )
    return changed


def derived_on(connection: Connection) -> date:
    """The day for which the derived rows were last looked through."""
    return day_of(local.read_number(connection, STANDING_DAY))
