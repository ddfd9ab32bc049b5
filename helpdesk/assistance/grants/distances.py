"""How far a family's way is: whole kilometres between two places of the gazetteer, worked out and never typed.

The rule: the great circle between the two points on a sphere of 6,371.0088 km, rounded to the nearest kilometre. It is
shorter than any road, and bands of a table are made for it. A place without a point of its own counts as the nearest
wider place that has one.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

from helpdesk.desk.places import Gazetteer

EARTH_KM: Final = 6371.0088
"""Mean radius of the earth (IUGG)."""

Point = tuple[float, float]


def great_circle_km(one: Point, other: Point) -> int:
    """Whole kilometres between two points, each (latitude, longitude) in degrees."""
    (lat, lon), (other_lat, other_lon) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return int(2 * EARTH_KM * asin(min(1.0, sqrt(half))) + 0.5)


def point_of(gazetteer: Gazetteer, place: str | None) -> Point | None:
    """Where a place lies, or the nearest wider one whose point is known; None where none is."""
    for one in reversed(gazetteer.path(place) if place else ()):
        if one.lat is not None and one.lon is not None:
            return one.lat, one.lon
    return None


def distance_km(gazetteer: Gazetteer, origin: str | None, destination: str | None) -> int | None:
    """Kilometres between two places by their ids; None where either is not known well enough."""
    one, other = point_of(gazetteer, origin), point_of(gazetteer, destination)
    return None if one is None or other is None else great_circle_km(one, other)
