"""Cases of the practice programme: families part of the way, so that board, worklists and checklists have something.

Made by the program's own commands; nobody becomes ready here but by the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import msgspec

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.households.documents import Person
from helpdesk.households.kinds import INTENTION, PERSON
from helpdesk.households.rules import ADULT
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.preparing import commands as preparing
from helpdesk.journey.preparing.codes import BRIEFING, TOPIC
from helpdesk.journey.preparing.commands import ReconfirmationAnswer
from helpdesk.opening import Desk
from helpdesk.vault.records import documents_of


class _Way(msgspec.Struct, frozen=True):
    answer: ReconfirmationAnswer
    adults: tuple[str, ...]


def make_cases(desk: Desk, families: Sequence[str], rng: Random) -> int:
    """Begin to prepare those of these families who want to move, each to another point; returns how many did."""
    begun = 0
    for family in families:
        try:
            desk.do(cases.prepare, family)
        except Refusal:
            continue  # it stays, is undecided, or was not asked yet: also a family of a real camp
        begun += 1
        if rng.random() < 0.8:
            desk.do(preparing.record_travellers, family, {})
        if rng.random() < 0.7:
            desk.do(preparing.record_information, (family,), tuple(TOPIC))
        if rng.random() < 0.5:
            desk.do(preparing.record_briefing, (family,), tuple(BRIEFING))
        if rng.random() < 0.6:
            _answers(desk, family)
    return begun


def _answers(desk: Desk, family: str) -> None:
    way = desk.ask(_way_of, family)
    for person in way.adults:
        desk.do(preparing.record_reconfirmation, family, msgspec.structs.replace(way.answer, person=person))


def _way_of(view: View, family: str) -> _Way:
    last = documents_of(view.connection, INTENTION, family)[-1][1]
    people: list[tuple[str, Person]] = documents_of(view.connection, PERSON, family)
    adults = tuple(person for person, found in people if age_on(found.birth_date, view.day) >= ADULT)
    return _Way(ReconfirmationAnswer("", last.choice, last.destination, alone=True, free_to_choose="Y"), adults)
