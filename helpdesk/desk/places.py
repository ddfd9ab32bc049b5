"""The gazetteer: governorates, districts, sub-districts, camps and sites, found by any spelling in any script.

It only names places. Where a family says a place that is not here, the answer is kept in its own words
("not listed" is always possible); no place is ever guessed for a person without being shown to her.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct

from helpdesk.core.errors import Fault
from helpdesk.core.resources import resource
from helpdesk.core.text import clean
from helpdesk.desk.bundle import AddedPlace
from helpdesk.desk.place_names import SOUND, TypedPlace, WrittenName

KINDS: Final = ("governorate", "district", "subdistrict", "camp", "site")
"""From the widest to the narrowest; camps and sites stand in a sub-district, where it is known."""

KURDISH_REVIEWED: Final = False
"""No native speaker has checked the Kurdish names yet (resources/places/SOURCES.md)."""


class Place(Struct, frozen=True):
    """One place. ``place_id`` is a P-code or the id of a camp or site; ``lat``, ``lon`` degrees WGS 84, where known."""

    place_id: str
    kind: str
    parent: str
    name_en: str
    name_ar: str
    name_ku: str = ""
    iso: str = ""
    lat: float | None = None
    lon: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def name(self, language: str) -> str:
        """The name in a language of the program; Arabic where there is no Kurdish one, English where no Arabic."""
        if language == "en":
            return self.name_en or self.name_ar
        kurdish = self.name_ku if language in ("ckb", "kmr") else ""
        return kurdish or self.name_ar or self.name_en

    def stands_on(self, day: date) -> bool:
        """Whether the place exists on ``day``, as far as that is known."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Gazetteer:
    """An immutable set of places with their hierarchy. Names are folded for finding at the first search only."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.place_id: place for place in places}

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._places

    def get(self, place_id: str | None) -> Place | None:
        """The place of an id; None for an id of another programme's places."""
        return self._places.get(place_id) if place_id else None

    def path(self, place_id: str) -> tuple[Place, ...]:
        """The place and what it lies in, widest first; empty for an unknown id."""
        found: list[Place] = []
        place = self.get(place_id)
        while place:
            found.append(place)
            place = self.get(place.parent)
        return tuple(reversed(found))

    def ancestor(self, place_id: str, kind: str) -> Place | None:
        """The governorate, district or sub-district in which the place lies, or itself; None where not known."""
        return next((place for place in self.path(place_id) if place.kind == kind), None)

    def is_within(self, place_id: str, wider: str) -> bool:
        """Whether the place is ``wider`` or lies in it."""
        return any(place.place_id == wider for place in self.path(place_id))

    def children(self, place_id: str = "") -> tuple[Place, ...]:
        """The places right below one, by English name; of "" the governorates and what has no known parent."""
        return self._children.get(place_id, ())

    def shown(self, place_id: str, language: str) -> str:
        """The name with its district and governorate behind it, as a list shows it; the id itself where unknown."""
        path = self.path(place_id)
        names = [place.name(language) for place in reversed(path) if place.kind != "subdistrict" or place is path[-1]]
        separator = ", " if language == "en" else "\u060c "
        return separator.join(dict.fromkeys(names)) or place_id

    def with_added(self, added: Iterable[AddedPlace]) -> Gazetteer:
        """The gazetteer with a bundle's own places. Raises ``Fault("place.added", place=id)`` for an impossible one.

        An addition needs a kind of :data:`KINDS`, an Arabic or English name, a parent that is known (or "") and
        wider than itself, and an id of its own.
        """
        places = dict(self._places)
        for one in added:
            parent = places.get(one.parent)
            fits = one.kind in KINDS and bool(clean(one.name_en) or clean(one.name_ar)) and one.id not in self._places
            hangs = KINDS.index(parent.kind) < KINDS.index(one.kind) if fits and parent else not one.parent
            if not one.id or not fits or not hangs:
                raise Fault("place.added", place=one.id)
            names = clean(one.name_en), clean(one.name_ar), clean(one.name_ku)
            places[one.id] = Place(one.id, one.kind, one.parent, *names)
        return Gazetteer(places.values())

    def find(
        self,
        text: str,
        kinds: Collection[str] | None = None,
        within: str | None = None,
        limit: int = 12,
        day: date | None = None,
    ) -> tuple[Place, ...]:
        """Places that ``text`` may mean, the likeliest first: any script, spelling or beginning of the words.

        ``kinds`` and ``within`` (an id) narrow the search, ``day`` leaves out what does not exist on it. Exact names
        stand before beginnings, those before names that only sound alike; then wider places before narrower ones.
        Without text: the first places of the gazetteer's order.
        """
        ranked = sorted(self._ranked(TypedPlace(text), kinds, within, day))
        return tuple(self._in_order[order] for *_rank, order in ranked[:limit])

    def recognise(self, text: str, kinds: Collection[str] | None = None, within: str | None = None) -> Place | None:
        """The one place that ``text`` names without doubt, or None: for lists, where nobody is asked.

        Only whole names count, in any spelling. Of several that fit equally well the widest is taken if all others
        lie in it (Telafar the district, not its centre), otherwise none.
        """
        typed = TypedPlace(text)
        ranked = sorted(self._ranked(typed, kinds, within, None))
        if not ranked or ranked[0][0] > SOUND or (ranked[0][0] == SOUND and not typed.sounds_surely(ranked[0][1])):
            return None
        best, *others = (self._in_order[order] for rank, far, *_, order in ranked if (rank, far) == ranked[0][:2])
        return best if all(self.is_within(place.place_id, best.place_id) for place in others) else None

    def _ranked(
        self, typed: TypedPlace, kinds: Collection[str] | None, within: str | None, day: date | None
    ) -> Iterator[tuple[int, int, int, int, int]]:
        """(rank, how far the spelling is, kind, length of the name, place in the gazetteer's order), best least."""
        for order, place in enumerate(self._in_order):
            if kinds is not None and place.kind not in kinds:
                continue
            if (day and not place.stands_on(day)) or (within and not self.is_within(place.place_id, within)):
                continue
            fit = min((fit for name in self._names[order] if (fit := name.fit(typed)) is not None), default=None)
            if fit is not None:
                yield *fit, KINDS.index(place.kind), len(place.name_en) if typed.folded else 0, order

    @cached_property
    def _in_order(self) -> tuple[Place, ...]:
        return tuple(self._places.values())

    @cached_property
    def _names(self) -> tuple[tuple[WrittenName, ...], ...]:
        other = _other_names()
        return tuple(
            tuple(
                WrittenName(name)
                for name in (place.name_en, place.name_ar, place.name_ku, *other.get(place.place_id, ()))
                if name
            )
            for place in self._in_order
        )

    @cached_property
    def _children(self) -> dict[str, tuple[Place, ...]]:
        below: dict[str, list[Place]] = {}
        for place in self:
            below.setdefault(place.parent, []).append(place)
        return {
            parent: tuple(sorted(places, key=lambda place: (KINDS.index(place.kind), place.name_en)))
            for parent, places in below.items()
        }


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The places that ship with the program."""
    with resource("places", "places.csv").open(encoding="utf-8", newline="") as file:
        return Gazetteer(_read(row) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def _other_names() -> dict[str, list[str]]:
    """Names by which places are asked for and that no list has: found by, never shown."""
    found: dict[str, list[str]] = {}
    with resource("places", "other_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["place_id"], []).append(row["name"])
    return found


def _read(row: dict[str, str]) -> Place:
    return Place(
        place_id=row["place_id"],
        kind=row["kind"],
        parent=row["parent"],
        name_en=row["name_en"],
        name_ar=row["name_ar"],
        name_ku=row["name_ku"],
        iso=row["iso"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
