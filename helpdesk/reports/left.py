"""Which families left with the programme, case by case: the one rule by which indicators and matrix count departures.

A departure counts when the gate's evidence proves it, or a supervisor settled it so; who left alone, was turned back or
stands in a household that was merged or voided does not. Cases of an earlier attempt count too: who was displaced again
has still returned once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, and_, select

from helpdesk.journey.areas.standing import Publics
from helpdesk.journey.cases.facts import Papers
from helpdesk.journey.cases.gathering import Ground, papers_of
from helpdesk.journey.cases.standing import departed
from helpdesk.journey.cases.tables import StandingRow

TRACKS: Final = {"I2": "RETURN", "I3": "RELOCATION"}
"""The track of a case behind each of the two indicators of departures."""
GONE_RECORDS: Final = ("MERGED", "VOID")
_PIECE: Final = 200


class Departed(Struct, frozen=True):
    """One case that departed with the programme."""

    household: str
    track: str
    on: date
    arrived_on: date | None
    site: str | None
    destination: str | None


def counted() -> ColumnElement[bool]:
    """The rows of ``standing`` whose present case departed with the programme."""
    return and_(
        StandingRow.departed_on.is_not(None),
        StandingRow.facilitated.is_(True),
        StandingRow.state.not_in(GONE_RECORDS),
    )


def earlier(connection: Connection, day: date, publics: Publics | None = None) -> Iterator[Departed]:
    """Departures of attempts before the present one, judged by the same rule; a few families at a time.

    ``publics`` are the keys that count here, as ``recompute`` takes them.
    """
    ground = Ground(connection, day, publics)
    last = ""
    while True:
        again = (
            select(StandingRow.household)
            .where(StandingRow.attempt > 1, StandingRow.state.not_in(GONE_RECORDS), StandingRow.household > last)
            .order_by(StandingRow.household)
            .limit(_PIECE)
        )
        households = list(connection.scalars(again))
        if not households:
            return
        last = households[-1]
        for papers in papers_of(connection, households).values():
            yield from _of(papers, ground)


def _of(papers: Papers, ground: Ground) -> Iterator[Departed]:
    for said in papers.cases:
        case = said.document
        if said is papers.case or case.departed_on is None:
            continue
        # the rule looks at the latest attempt it is shown
        if departed(replace(papers, cases=(said,)), ground).facilitated:
            yield Departed(
                papers.id,
                case.track,
                case.departed_on,
                case.arrived_on,
                None,  # the family lives elsewhere now; of where it left from then this store says nothing surely
                case.destination.place_id if case.destination else None,
            )
