"""The visits report (DOMAIN.md 4.16): offered, went, decision afterwards, in a period.

Families are counted once per kind of visit, persons once however often they went; the latest decision counts.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct
from sqlalchemy import select

from helpdesk.core.dates import age_on
from helpdesk.desk.commands import View
from helpdesk.households.tables import PersonRow
from helpdesk.journey.codes import band_of
from helpdesk.journey.visits.kinds import PARTICIPANT
from helpdesk.journey.visits.tables import ParticipantRow, SeatRow, VisitRow
from helpdesk.vault.records import document_of


class VisitsReport(Struct, frozen=True):
    """Visits of one kind from ``first`` to ``last``, both included; offers by the day they were made."""

    first: date
    last: date
    kind: str
    visits: dict[str, int]
    """Visits by state."""
    offered: int
    """Distinct households that were offered a seat, or asked and declined."""
    declined: int
    waiting: int
    women: dict[str, int]
    """Offers by whether a woman was offered a seat."""
    families_went: int
    persons: dict[str, dict[str, int]]
    """Distinct persons who went, by sex and age band."""
    decisions: dict[str, int]
    """Persons by what they decided afterwards; "" where nothing is noted yet."""
    reception: dict[str, int]
    """Findings by how people were received, 1 to 5."""


def visits_report(view: View, first: date, last: date, kind: str) -> VisitsReport:
    """The report of a period."""
    connection = view.connection
    visits = connection.execute(
        select(VisitRow.id, VisitRow.state, VisitRow.made_on).where(
            VisitRow.kind == kind, VisitRow.made_on.between(first, last)
        )
    ).all()
    offers = connection.execute(
        select(SeatRow.household, SeatRow.state, SeatRow.woman, VisitRow.state.label("visit"))
        .outerjoin(VisitRow, VisitRow.id == SeatRow.visit)
        .where(SeatRow.kind == kind, SeatRow.state != "VOID", SeatRow.offered_on.between(first, last))
    ).all()
    # as the gate sees it: a seat in a visit that never took place was no offer, a declined one was
    made = [o for o in offers if o.state == "DECLINED" or (o.state != "WAITING" and o.visit != "CANCELLED")]
    offered = {o.household for o in made}
    people = _People(view, {row.id: row.made_on for row in visits})
    return VisitsReport(
        first=first,
        last=last,
        kind=kind,
        visits=dict(Counter(row.state for row in visits)),
        offered=len(offered),
        declined=len({o.household for o in made if o.state == "DECLINED"}),
        waiting=len({o.household for o in offers if o.state == "WAITING"} - offered),
        women=dict(Counter(o.woman for o in made)),
        families_went=len(people.families),
        persons=people.bands,
        decisions=dict(Counter(people.decisions.values())),
        reception=dict(people.reception),
    )


class _People:
    # who went in these visits, each person once; two desks may both have written her down

    def __init__(self, view: View, on: dict[str, date]) -> None:
        self.families: set[str] = set()
        self.bands: dict[str, dict[str, int]] = {}
        self.decisions: dict[str, str] = {}
        self.reception: Counter[str] = Counter()
        rows = view.connection.execute(
            select(ParticipantRow, PersonRow.sex, PersonRow.birth_date)
            .join(PersonRow, PersonRow.id == ParticipantRow.person)
            .where(ParticipantRow.visit.in_(on), ParticipantRow.came.is_(True))
            .order_by(ParticipantRow.visit, ParticipantRow.id)
        )
        for row in rows:
            self.families.add(row.household)
            if row.person not in self.decisions:
                band = band_of(age_on(row.birth_date, on[row.visit]))
                of_sex = self.bands.setdefault(row.sex, {})
                of_sex[band] = of_sex.get(band, 0) + 1
            self.decisions[row.person] = row.decision or self.decisions.get(row.person, "")
            if row.found:
                self._count_reception(view, row.id)

    def _count_reception(self, view: View, participant_id: str) -> None:
        participant = document_of(view.connection, PARTICIPANT, participant_id)
        if participant is not None and participant.finding is not None and participant.finding.reception is not None:
            self.reception[participant.finding.reception] += 1
