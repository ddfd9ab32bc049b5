"""Gathers the facts of households from the store: one statement for their own records, the lower rooms for the rest.

It reads only. ``publics`` are the keys of the people this store has heard of: a waiver counts by two true signatures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, select

from helpdesk.desk import trust
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.places import Gazetteer
from helpdesk.desk.roles import Role
from helpdesk.households import kinds as family
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.areas.standing import (
    Publics,
    gazetteer_of,
    judged,
    known_publics,
    levels_of,
    lies_in,
    signer_of,
)
from helpdesk.journey.cases import kinds
from helpdesk.journey.cases.documents import Waiver, WaiverConfirmed
from helpdesk.journey.cases.facts import Decided, Facts, Papers, Said
from helpdesk.journey.cases.issued import Rules, rules_by
from helpdesk.journey.cases.rules import TRACK_OF, travellers_of
from helpdesk.journey.cases.tables import DecisionRow
from helpdesk.journey.clearances.facts import clearance_of
from helpdesk.journey.clearances.rules import required
from helpdesk.journey.engagement.facts import attended
from helpdesk.journey.preparing import kinds as preparing
from helpdesk.journey.visits.facts import offered
from helpdesk.vault.records import Kind, decode_revision, hash_named
from helpdesk.vault.tables import RecordRow, RevisionRow

_LISTS: Final[dict[str, str]] = {
    family.INTENTION.name: "intentions",
    family.BARRIERS.name: "barriers",
    family.CONSENT.name: "consents",
    preparing.INFORMATION.name: "information",
    preparing.RECONFIRMATION.name: "reconfirmations",
    preparing.BRIEFING.name: "briefings",
    preparing.RELOCATION_CHECK.name: "relocations",
    preparing.GUARDIAN_CHECK.name: "guardians",
    kinds.WAIVER.name: "waivers",
    kinds.WAIVER_CONFIRMED.name: "confirmations",
    kinds.CASE.name: "cases",
    kinds.DEPARTURE.name: "departures",
    kinds.SETTLEMENT.name: "settlements",
}
_ALL: Final[tuple[Kind[Any], ...]] = (
    family.HOUSEHOLD, family.PERSON, family.INTENTION, family.BARRIERS, family.CONSENT, family.VULNERABILITY,
    *preparing.KINDS, kinds.CASE, kinds.WAIVER, kinds.WAIVER_CONFIRMED, kinds.DEPARTURE, kinds.SETTLEMENT,
)  # fmt: skip
KIND_OF: Final[dict[str, Kind[Any]]] = {kind.name: kind for kind in _ALL}
"""The kinds that a household's standing is computed of, beside those of the lower rooms."""
# built once: building a statement anew for every family costs more than the store takes to answer it
_CURRENT = (
    select(RecordRow.id, RecordRow.household, RecordRow.kind, RecordRow.head, RecordRow.folded, RevisionRow.body)
    .join(RevisionRow, RevisionRow.hash == RecordRow.head)
    .where(RecordRow.kind.in_(list(KIND_OF)), RecordRow.household.in_(bindparam("of_households", expanding=True)))
    .order_by(RevisionRow.ctr, RecordRow.id)
)
_DECIDED = select(DecisionRow.household, DecisionRow.decision, DecisionRow.on).where(
    DecisionRow.household.in_(bindparam("of_households", expanding=True))
)
_REVISION = select(RevisionRow).where(RevisionRow.hash == bindparam("wanted"))


def papers_of(connection: Connection, households: Sequence[str]) -> dict[str, Papers]:
    """The own records of these households; one that is no household (or none yet) is left out."""
    of_household: dict[str, list[tuple[str, Said[Any]]]] = defaultdict(list)
    for row in connection.execute(_CURRENT, {"of_households": list(households)}):
        revision = decode_revision(bytes(row.body))
        document = KIND_OF[row.kind].decode(bytes(revision.doc if row.folded is None else row.folded))
        said = Said(row.id, bytes(row.head).hex(), revision.ctr, revision.device, revision.user, revision.at, document)
        of_household[row.household].append((row.kind, said))
    found = {}
    for household, records in of_household.items():
        papers = assembled(household, records)
        if papers is not None:
            found[household] = papers
    return found


def assembled(household: str, records: Iterable[tuple[str, Said[Any]]]) -> Papers | None:
    """Papers of (kind, document) pairs in the order of writing; None without the household's own document."""
    fields: dict[str, list[Said[Any]]] = defaultdict(list)
    own: dict[str, Said[Any]] = {}
    persons: dict[str, Said[Any]] = {}
    for kind, said in records:
        if kind == family.PERSON.name:
            persons[said.record] = said
        elif kind in _LISTS:
            fields[_LISTS[kind]].append(said)
        else:
            own[kind] = said
    if family.HOUSEHOLD.name not in own:
        return None
    household_said = own[family.HOUSEHOLD.name]
    members = [person for person in household_said.document.members if person in persons]
    return Papers(
        id=household,
        household=household_said,
        persons={person: persons[person] for person in members},
        vulnerability=own.get(family.VULNERABILITY.name),
        **{name: tuple(found) for name, found in fields.items()},
    )


class Ground:
    """What many households share while their facts are gathered on one day: how places stand, and whose keys count.

    ``publics`` are given by a centre alone: its register holds every word that was ever given.
    """

    def __init__(self, connection: Connection, day: date, publics: Publics | None = None) -> None:
        self.connection = connection
        self.day = day
        self._publics = publics
        self._areas: dict[str, AreaStanding] = {}
        self._issued: dict[tuple[int, int], Rules | None] = {}

    @property
    def knows_every_word(self) -> bool:
        """Whether a word of the centre that is not here was not given; elsewhere it may be on its way."""
        return self._publics is not None

    @cached_property
    def publics(self) -> Publics:
        """The keys of the people this store has heard of, by user id."""
        return known_publics(self.connection) if self._publics is None else self._publics

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places that this store knows."""
        return gazetteer_of(self.connection)

    @cached_property
    def bundle(self) -> Bundle | None:
        """The bundle in force here; a centre's register has none."""
        return trust.in_force(self.connection)

    @property
    def clearances(self) -> Rules:
        """The table of authorities of the bundle in force."""
        return self.bundle.clearances if self.bundle else ()

    def authorities(
        self, papers: Papers, destination: PlaceAnswer | None, rules: Rules | None = None
    ) -> tuple[str, ...]:
        """The authorities that must answer for a household's way, by the table in force or by another one."""
        site = papers.household.document.site
        place = destination.place_id if destination else None
        asked = self.clearances if rules is None else rules
        return required(asked, self.gazetteer, site.place_id if site else None, place)

    def issued(self, desk: int, version: int) -> Rules | None:
        """The table of authorities that the centre gave a desk with this version, None where it is not known here."""
        mine = self.bundle
        if mine is not None and (mine.desk.number, mine.version) == (desk, version):
            return mine.clearances
        key = desk, version
        if key not in self._issued:
            self._issued[key] = rules_by(self.connection, desk, version)
        return self._issued[key]

    def believed(self, papers: Papers) -> Papers:
        """The same papers without checks of children that no supervisor signed."""
        checks = tuple(said for said in papers.guardians if self.is_a_supervisors(said))
        return papers if checks == papers.guardians else msgspec.structs.replace(papers, guardians=checks)

    def facts(self, papers: Papers, decided: Decided | None) -> Facts:
        """The facts of one household for its present case, or for the case it would have."""
        connection, household = self.connection, papers.id
        case = papers.case.document if papers.case else None
        intention = papers.intentions[-1].document if papers.intentions else None
        destination = case.destination if case else intention.destination if intention else None
        track = case.track if case else TRACK_OF.get(intention.choice if intention else "", "")
        travellers = travellers_of(papers)
        site = papers.household.document.site
        place = destination.place_id if destination else None
        return Facts(
            papers=self.believed(papers),
            track=track,
            destination=destination,
            travellers=travellers,
            attended=attended(connection, household),
            offered=offered(connection, household),
            clearance=clearance_of(
                connection, household, travellers, site.place_id if site else None, place, self.day, self.clearances
            ),
            area=self.area(place) if place else None,
            waived=self._waived(papers),
            decided=decided,
        )

    def area(self, place: str) -> AreaStanding:
        """How a place stands on the day, worked out once."""
        if place not in self._areas:
            wanted = lies_in(self.gazetteer, place)
            levels = levels_of(self.connection, wanted, self.publics) if wanted else {}
            one = judged(self.gazetteer, levels, place, self.day)
            self._areas[place] = AreaStanding(
                place, one.missing, one.result, one.until, one.waived, one.evidence, hold=one.hold
            )
        return self._areas[place]

    def _waived(self, papers: Papers) -> dict[str, tuple[str, ...]]:
        case = papers.case
        standing = {s.record: s.document for s in papers.waivers if case and s.document.case == case.record}
        found: dict[str, tuple[str, ...]] = {}
        for second in papers.confirmations:
            waiver = standing.get(second.document.waiver)
            if second.document.on > self.day:
                continue
            if waiver is not None and waiver.state == "PROPOSED" and self.confirmed(second) == waiver:
                found[waiver.safeguard] = (second.document.seen, second.revision)
        return found

    def confirmed(self, second: Said[WaiverConfirmed]) -> Waiver | None:
        """The waiver that a second person confirmed as she saw it: two different people, each by a true signature."""
        seen = self._signed(second.document.seen)
        confirming = self._signed(second.revision)
        if seen is None or confirming is None or seen[0] != second.document.waiver or seen[1] == confirming[1]:
            return None
        if not self._is_supervisor(seen[1]):
            return None
        proposed = kinds.WAIVER.decode(seen[2])
        named = (proposed.by, second.document.by, proposed.household)
        return proposed if named == (seen[1], confirming[1], second.document.household) else None

    def is_a_supervisors(self, said: Said[Any]) -> bool:
        """Whether a record's revision truly is signed by who wrote it, and she is a supervisor."""
        found = self._signed(said.revision)
        return found is not None and found[1] == said.user and self._is_supervisor(said.user)

    def desk_of(self, said: Said[Any]) -> int:
        """The number of the desk whose person signed a record (asked once :meth:`is_a_supervisors` said so)."""
        return self.publics[said.user].desk

    def _is_supervisor(self, user: str) -> bool:
        return self.publics[user].role == Role.SUPERVISOR

    def _signed(self, revision: str) -> tuple[str, str, bytes] | None:
        # (record, user, document) of a revision whose signature truly is its user's
        row = self.connection.execute(_REVISION, {"wanted": hash_named(revision)}).first()
        if row is None:
            return None
        user = signer_of(row, self.publics)
        return None if user is None else (row.record, user, bytes(decode_revision(bytes(row.body)).doc))


def decisions_of(connection: Connection, households: Sequence[str]) -> Mapping[str, Decided]:
    """The centre's words that are known here."""
    rows = connection.execute(_DECIDED, {"of_households": list(households)})
    return {row.household: Decided(row.decision, row.on) for row in rows}


def facts_of(connection: Connection, household: str, day: date, publics: Publics | None = None) -> Facts | None:
    """The facts of one household; None if it is not known."""
    papers = papers_of(connection, [household]).get(household)
    if papers is None:
        return None
    return Ground(connection, day, publics).facts(papers, decisions_of(connection, [household]).get(household))


def replaced(facts: Facts, **fields: Any) -> Facts:
    """The same facts with some of them changed."""
    return msgspec.structs.replace(facts, **fields)
