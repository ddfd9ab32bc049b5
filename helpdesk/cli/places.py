"""A place as somebody types it on a command line: an id, a name in any spelling, or kept as told."""

from __future__ import annotations

from helpdesk.desk.places import Gazetteer, load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.opening import Desk


def gazetteer_of(desk: Desk) -> Gazetteer:
    """The places this desk knows, with those of its bundle."""
    return load_gazetteer().with_added(desk.bundle.places if desk.bundle else ())


def place_of(desk: Desk, typed: str) -> PlaceAnswer:
    """The place of an id or a name without doubt; anything else is kept in its own words."""
    places = gazetteer_of(desk)
    if typed in places:
        return PlaceAnswer(place_id=typed)
    known = places.recognise(typed)
    return PlaceAnswer(place_id=known.place_id) if known else PlaceAnswer(unlisted=typed)
