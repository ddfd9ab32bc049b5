"""What the gate asks of a place: does it let a family move there on a day, and by which revisions is that proven.

Always worked out from the records themselves, never from the derived table; nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection

from helpdesk.journey.areas.standing import gazetteer_of, judged, known_publics, levels_of, lies_in


class AreaStanding(Struct, frozen=True):
    """A place on a day. ``missing`` are (safeguard, why) of the lists ``area_safeguard`` and ``area_why``.

    Nothing missing: people may move there up to ``until`` (None: no end known). ``waived`` are the safeguards that
    two people waived; ``result`` that of the assessment that counts; ``evidence`` revision hashes in hex.
    """

    place: str
    missing: tuple[tuple[str, str], ...]
    result: str | None
    until: date | None
    waived: tuple[str, ...]
    evidence: tuple[str, ...]
    hold: bool = False


def standing_of(connection: Connection, place_id: str, day: date) -> AreaStanding:
    """How a place stands on ``day``; an unknown one, or one wider than a district, lacks everything."""
    return standings_of(connection, (place_id,), day)[place_id]


def standings_of(connection: Connection, place_ids: Collection[str], day: date) -> dict[str, AreaStanding]:
    """The same for many places at once."""
    gazetteer = gazetteer_of(connection)
    wanted = {place for place_id in place_ids for place in lies_in(gazetteer, place_id)}
    levels = levels_of(connection, wanted, known_publics(connection)) if wanted else {}
    found = {}
    for place_id in place_ids:
        one = judged(gazetteer, levels, place_id, day)
        found[place_id] = AreaStanding(
            place_id, one.missing, one.result, one.until, one.waived, one.evidence, hold=one.hold
        )
    return found
