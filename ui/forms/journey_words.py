"""Where a family stands, in words: the steps of its way, what is missing and why, and the sentence to read aloud.

Pure functions of a standing. What an adult said alone about being free or forced is never said here: her own word is
"not there yet", whatever the reason, and so is the centre's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words, isolate
from helpdesk.journey.cases.codes import HOLD_REASON, STATE, UNFACILITATED
from helpdesk.journey.cases.documents import Missing, Standing
from helpdesk.journey.cases.queries import BOARD
from helpdesk.journey.cases.reasons import screen_reason
from ui.widgets.journey_line import WayStep

ARRIVING: Final = ("REGISTERED", "SCREENED", "ARRIVED", "MONITORED", "CLOSED")
"""The way of those who came back by themselves, and of those who live where others return."""
REMAINING: Final = ("REGISTERED", "SCREENED", "STAYING", "CLOSED")
"""The way of those who stay."""
_OWN_WORD: Final = "gate.h7"


@dataclass(frozen=True)
class Lack:
    """One condition that does not hold, however many people it concerns."""

    safeguard: str
    page: str
    people: tuple[str, ...]
    reason: Refusal
    authorities: tuple[str, ...]
    blocks: bool
    waivable: bool


def listed(words: Words, names: Iterable[str]) -> str:
    """Names one after the other, in the language's own comma."""
    comma = "\u060c " if words.direction == "rtl" else ", "
    return comma.join(isolate(name) for name in names)


def unmarked(error: Exception) -> Exception:
    """A refusal of the gate as a screen may say it: whatever an adult answered alone, the sentence is the same."""
    if isinstance(error, Refusal) and error.code.startswith(_OWN_WORD):
        return Refusal(_OWN_WORD)
    return error


def lacks(missing: Sequence[Missing]) -> tuple[Lack, ...]:
    """What is missing, one entry for each condition, in the order of the rule."""
    found: dict[str, list[Missing]] = {}
    for one in missing:
        found.setdefault(one.safeguard, []).append(one)
    return tuple(
        Lack(
            safeguard=code,
            page=ones[0].page,
            people=tuple(dict.fromkeys(one.person for one in ones if one.person)),
            reason=screen_reason(ones[0]),
            authorities=tuple(dict.fromkeys(one.authority for one in ones if one.authority)),
            blocks=any(one.blocks for one in ones),
            waivable=all(one.waivable for one in ones),
        )
        for code, ones in found.items()
    )


def lack_told(words: Words, lack: Lack, names: Mapping[str, str]) -> str:
    """Of one condition: who, how many authorities, and the reason in words with what to do about it."""
    told = []
    people = [names[one] for one in lack.people if one in names]
    if people:
        told.append(listed(words, people))
    if lack.authorities:
        told.append(words.plural("{n} authority", "{n} authorities", len(lack.authorities)))
    told.append(words.sentence(lack.reason))
    return "  \u00b7  ".join(told)


def way_of(words: Words, standing: Standing) -> tuple[WayStep, ...]:
    """The steps, from first to last, and how each stands."""
    steps = _steps(standing)
    reached = steps.index(reached_state(standing, steps))
    made = []
    for place, state in enumerate(steps):
        name = words.label(STATE.name, state)
        if place < reached or (place == reached and state == "CLOSED"):
            made.append(WayStep(name, "done"))
        elif place == reached:
            made.append(WayStep(name, "missing" if standing.state == "PREPARING" and standing.blocking else "now"))
        else:
            made.append(WayStep(name, "ahead"))
    return tuple(made)


def _steps(standing: Standing) -> Sequence[str]:
    if standing.track in ("RETURNEE", "HOST") or (not standing.case and standing.population in ("RET", "HOST")):
        return ARRIVING
    return REMAINING if standing.state == "STAYING" else BOARD


def reached_state(standing: Standing, steps: Sequence[str]) -> str:
    """The step on the line that a family has reached, for one that stands beside the line too."""
    if standing.state in steps:
        return standing.state
    if standing.arrived_on is not None and "ARRIVED" in steps:
        return "ARRIVED"
    if standing.departed_on is not None and "DEPARTED" in steps:
        return "DEPARTED"
    if standing.state == "HOLD" and "PREPARING" in steps:
        return "PREPARING"
    return "SCREENED"


def beside_the_way(words: Words, standing: Standing) -> str:
    """The word for a family that stands beside the line ("on hold: illness"), "" for one on it."""
    if standing.state in BOARD:
        return ""
    told = words.label(STATE.name, standing.state)
    if standing.state == "HOLD" and standing.reason in HOLD_REASON:
        return f"{told}: {words.label(HOLD_REASON.name, standing.reason)}"
    if standing.state == "UNFACILITATED" and standing.reason in UNFACILITATED:
        return f"{told}: {words.label(UNFACILITATED.name, standing.reason)}"
    return told


def sentence_of(words: Words, standing: Standing) -> str:
    """How far the family is, in one sentence to read aloud."""
    blocking = len({one.safeguard for one in standing.blocking})
    if standing.state == "PREPARING":
        if not blocking:
            return words("Nothing is missing. A supervisor may declare the family ready.")
        return words.plural("{n} thing is missing before Ready:", "{n} things are missing before Ready:", blocking)
    if standing.state == "READY" and blocking:
        return words("Ready; before a day is set each adult signs the declaration.")
    sentences = {
        "REGISTERED": words("Next: ask what they want, and what stands in the way."),
        "SCREENED": words("Next: begin to prepare, if they want to move."),
        "READY": words("Everything is there. Next: a day and a seat."),
        "DEPARTED": words("They have left. Next: the arrival is confirmed, there or by phone."),
        "ARRIVED": words("They have arrived. Next: the first call."),
        "MONITORED": words("The calls go on until the ninth month."),
        "HOLD": words("Nothing moves until it is taken up again."),
        "FOLLOW_UP": words("Follow-up at the centre. The desk keeps the log and the review day."),
        "STAYING": words("They stay. Services go on; the review day brings them back here."),
        "WITHDRAWN": words("They withdrew, without any penalty, and may come back at any time."),
        "CLOSED": words("The way is at its end."),
    }
    if standing.state == "SCHEDULED" and standing.movement_day is not None:
        return words("They leave on {day}.", day=standing.movement_day)
    return sentences.get(standing.state, "")
