"""Which piece asks what is not asked yet, and the act that records its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpdesk.households import commands, profiling
from helpdesk.households.forms import Profiling
from helpdesk.households.queries import HouseholdFile
from ui.forms.barriers import BarriersPart
from ui.forms.intention import IntentionPart
from ui.forms.part import Part
from ui.forms.places import Places
from ui.forms.profile import (
    DifficultiesPart,
    MaritalPart,
    MothersPart,
    PapersPart,
    SocialPart,
    VulnerabilityPart,
)
from ui.forms.way import WayPart
from ui.theme import Look


@dataclass(frozen=True)
class Question:
    """A piece, the draft's form it belongs to, and what saving it does: a command with its arguments."""

    part: Part
    form: str
    acts: Callable[[], tuple[Any, ...]]


def question(look: Look, places: Places, file: HouseholdFile, code: str) -> Question:
    """The question for a code of the list ``not_asked``."""
    if code == "INTENTION":
        return _intention(look, places, file)
    if code == "BARRIERS":
        return _barriers(look, file)
    if code == "DISPLACEMENT":
        return _displacement(look, places, file)
    if code in ("MOTHERS", "DIFFICULTIES"):
        asked = MothersPart(look, file) if code == "MOTHERS" else DifficultiesPart(look, file)
        return Question(asked, "profiling", lambda: _profile(file, persons=asked.persons()))
    if code == "MARITAL":
        marital = MaritalPart(look, file)
        return Question(
            marital, "profiling", lambda: _profile(file, persons=marital.persons(), sealed=marital.sealed())
        )
    if code == "PAPERS":
        papers = PapersPart(look, file)
        return Question(papers, "profiling", lambda: _profile(file, papers=(papers.paper(),), sealed=papers.sealed()))
    if code == "SOCIAL":
        social = SocialPart(look, file)
        return Question(social, "profiling", lambda: _profile(file, social=social.answer()))
    living = VulnerabilityPart(look, file)
    return Question(
        living, "profiling", lambda: _profile(file, vulnerabilities=living.answered(), cwg=living.cwg.chosen)
    )


def _profile(file: HouseholdFile, **answers: Any) -> tuple[Any, ...]:
    return profiling.profile, Profiling(household_id=file.id, **answers)


def _displacement(look: Look, places: Places, file: HouseholdFile) -> Question:
    way = WayPart(look, places, file.day)
    way.know_population(file.household.population)
    return Question(way, "profiling", lambda: _profile(file, displacement=way.displacement()))


def _intention(look: Look, places: Places, file: HouseholdFile) -> Question:
    wish = IntentionPart(look, places)
    wish.know_origin(file.displacement.origin if file.displacement else None)
    return Question(wish, "intention", lambda: (commands.record_intention, file.id, wish.intention()))


def _barriers(look: Look, file: HouseholdFile) -> Question:
    way = BarriersPart(look)
    destination = file.intentions[-1].destination if file.intentions else None
    known = [one for one in file.barriers if one.destination == destination]
    if known:
        way.show_items(known[-1].items)
    return Question(
        way, "barriers",
        lambda: (commands.record_barriers, file.id, destination, way.items() or (), way.sealed.answers()),
    )  # fmt: skip
