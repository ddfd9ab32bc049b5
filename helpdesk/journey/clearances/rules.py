"""Which authorities a movement needs, and whether their answers suffice on a day. Pure: no store, no clock.

The table per origin and destination comes by bundle; where it has no row the built-in set holds, which asks too much
rather than too little. Nothing here knows a name, and "not complete" never says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from helpdesk.desk.bundle import ClearanceRule
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.clearances.kinds import safer_end, safer_status

_EVERYWHERE: Final = ("MOMD", "JOC", "NSS", "INTEL", "QAIM", "MUKHTAR")
_FROM: Final = {"IQG06": ("ASAYISH",), "IQG09": ("ASAYISH",), "IQG11": ("ASAYISH",)}
_TO: Final = {
    **_FROM,
    "IQG01": ("PMF",), "IQG10": ("PMF",), "IQG13": ("PMF", "ASAYISH"), "IQG15": ("PMF",), "IQG16": ("PMF",),
}  # fmt: skip
"""Professional knowledge, to be replaced by a bundle's table: who is asked beside the common authorities."""


class Answer(Struct, frozen=True):
    """One recorded answer as the rules need it; ``revision`` proves it."""

    person: str
    authority: str
    status: str
    on: date
    valid_until: date | None
    revision: str

    def holds_on(self, day: date) -> bool:
        """Whether the way is open on ``day``: granted whole, and not run out."""
        return self.status == "GRANTED" and (self.valid_until is None or day <= self.valid_until)


class Cleared(Struct, frozen=True):
    """A household's freedom of movement on a day: what is missing as (person id, authority), in the roster's order.

    ``until`` the last day on which it stays complete, None if it is not complete or no answer names an end.
    ``evidence`` the revisions, in hex, by which each needed answer is given.
    """

    complete: bool
    missing: tuple[tuple[str, str], ...]
    until: date | None
    evidence: tuple[str, ...]


def required(
    rules: Iterable[ClearanceRule], gazetteer: Gazetteer, origin: str | None, destination: str | None
) -> tuple[str, ...]:
    """The authorities that every traveller of this way needs, in the order of the code list.

    The narrowest row wins, its destination before its origin; a place that is not known matches only rows for any.
    """
    here, there = _path(gazetteer, origin), _path(gazetteer, destination)
    fitting = [rule for rule in rules if rule.origin in here and rule.destination in there]
    if fitting:
        narrowest = max((there.index(rule.destination), here.index(rule.origin)) for rule in fitting)
        asked = {
            authority
            for rule in fitting
            if (there.index(rule.destination), here.index(rule.origin)) == narrowest
            for authority in rule.authorities
        }
    else:
        asked = set(_EVERYWHERE)
        asked.update(*(_FROM.get(place, ()) for place in here), *(_TO.get(place, ()) for place in there))
        place = gazetteer.get(origin)
        if place is None or place.kind == "camp":
            asked.add("CAMP")
    return tuple(authority for authority in AUTHORITY if authority in asked)


def _path(gazetteer: Gazetteer, place_id: str | None) -> tuple[str, ...]:
    # "" stands for any place, then from the widest to the place itself, which a bundle may have added
    known = tuple(place.place_id for place in gazetteer.path(place_id or ""))
    return ("", *(known or ((place_id,) if place_id else ())))


def known_on(answers: Iterable[Answer], day: date) -> Iterator[Answer]:
    """The answers as of ``day``: what was granted later opens nothing then; every other word counts at once."""
    return (answer for answer in answers if answer.on <= day or answer.status != "GRANTED")


def latest(answers: Iterable[Answer]) -> dict[tuple[str, str], Answer]:
    """The answer that counts for each (person, authority): the last recorded; of one day the less permitting."""
    found: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        key = answer.person, answer.authority
        before = found.get(key)
        if before is None or before.on < answer.on:
            found[key] = answer
        elif before.on == answer.on:
            found[key] = _safer(before, answer)
    return found


def _safer(one: Answer, other: Answer) -> Answer:
    first, second = sorted((one, other), key=lambda answer: answer.revision)
    if first.status == second.status:
        return first if safer_end(first.valid_until, second.valid_until) == first.valid_until else second
    return first if safer_status(first.status, second.status) == first.status else second


def cleared(
    answers: Mapping[tuple[str, str], Answer], travellers: Iterable[str], authorities: Iterable[str], day: date
) -> Cleared:
    """Whether every traveller has every needed answer on ``day``. A household without travellers is never complete."""
    asked, people = tuple(authorities), tuple(travellers)
    needed = [(person, authority) for person in people for authority in asked]
    given = [answers[pair] for pair in needed if pair in answers and answers[pair].holds_on(day)]
    held = {(answer.person, answer.authority) for answer in given}
    missing = tuple(pair for pair in needed if pair not in held)
    ends = [answer.valid_until for answer in given if answer.valid_until is not None]
    complete = bool(people) and not missing
    return Cleared(
        complete=complete,
        missing=missing,
        until=min(ends, default=None) if complete else None,
        evidence=tuple(sorted({answer.revision for answer in given})),
    )
