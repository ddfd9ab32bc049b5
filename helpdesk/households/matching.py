"""A camp's list compared with the register: which of its families may be registered already, and what speaks for it.

Nothing of the list is kept, and nothing is merged: what comes out is numbers, probabilities and reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from helpdesk.core.language import N_
from helpdesk.core.progress import Progress, counted, silent
from helpdesk.core.text import fold
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households.alike import like
from helpdesk.households.list_rows import ExpectedPerson
from helpdesk.households.lists import ExpectedFamily, read_list
from helpdesk.households.profiling import document_keys
from helpdesk.households.similar import ComparedFamily, ComparedPerson

_COMPARING: Final = N_("Comparing with the register")
_RATION_CARD: Final = "PDS"


class Match(Struct, frozen=True):
    """A family of the list and one of the register. ``household`` is the list's own number, or its first row as #n."""

    household: str
    household_number: str
    probability: int
    reasons: tuple[str, ...]


class Matched(Struct, frozen=True):
    """How many families the list names, and the pairs that may be one, the likeliest first."""

    families: int
    matches: tuple[Match, ...]


@command("household.match", roles=FAMILIES)
def match_list(act: Act, path: Path, mapping: Mapping[str, str] | None = None, progress: Progress = silent) -> Matched:
    """Compare a list (.csv or .xlsx) with the register. Raises Refusal("list.*" | "bundle.none")."""
    key = bytes.fromhex(act.in_force().match_key)
    families = read_list(path, act.day, mapping, progress=progress).families
    matches = [
        Match(family.reference or f"#{family.rows[0]}", found.number, found.probability, found.reasons)
        for family in counted(families, progress, _COMPARING, len(families))
        for found in like(act, compared_expected(family, key))
    ]
    matches.sort(key=lambda match: (-match.probability, match.household, match.household_number))
    return Matched(len(families), tuple(matches))


def compared_expected(family: ExpectedFamily, match_key: bytes) -> ComparedFamily:
    """An expected family, as far as the list tells. Papers are compared by their keyed hashes only."""
    ration = (_hashes(person, match_key) for person in family.members if person.document_type == _RATION_CARD)
    return ComparedFamily(
        members=tuple(_compared(person, match_key) for person in family.members),
        head=family.head or 0,
        phones=tuple(dict.fromkeys(person.phone for person in family.members if person.phone)),
        origin=(family.origin.place_id or "") if family.origin else "",
        site=(family.site.place_id or "") if family.site else "",
        shelter=family.shelter,
        papers=tuple(dict.fromkeys(one for hashes in ration for one in hashes)),
    )


def _compared(person: ExpectedPerson, match_key: bytes) -> ComparedPerson:
    return ComparedPerson(
        given_name=person.given_name,
        father_name=person.father_name,
        grandfather_name=person.grandfather_name,
        family_name=person.family_name,
        mother_name=person.mother_name,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_precision=person.birth_precision,
        papers=() if person.document_type == _RATION_CARD else _hashes(person, match_key),
    )


def _hashes(person: ExpectedPerson, match_key: bytes) -> tuple[str, ...]:
    if person.document_type is None:
        return ()
    return document_keys(match_key, person.document_type, "".join(fold(person.document_number).split()))[:1]
