"""Why not: for every condition that does not hold the code of a sentence for the desk, and of one for the family.

Screen and command line tell staff what to do; paper speaks to the family that reads it. It never says that somebody is
made to leave or is not free: all answers of the adults that do not suffice read alike there. An authority is never
named beside a "no".
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.errors import Refusal, code
from helpdesk.journey.cases.documents import Missing

_H7: Final = code("gate.h7")
_PLACE: Final = code("gate.place")
_CODE_OF: Final[dict[tuple[str, str], str]] = {
    ("H7", "EXPIRED"): code("gate.h7_expired"),
    ("H7", "NOT_ALONE"): code("gate.h7_alone"),
    ("H7", "NOT_FREE"): code("gate.h7_free"),
    ("H7", "FORCED"): code("gate.h7_forced"),
    ("H7", "OTHER_CHOICE"): code("gate.h7_other"),
    ("H7", "OTHER_PLACE"): code("gate.h7_other"),
    ("INTENTION", "OTHER_CHOICE"): code("gate.intention_other"),
    ("INTENTION", "OTHER_PLACE"): code("gate.intention_other"),
    ("TRAVELLERS", "NOBODY"): code("gate.nobody"),
    ("MOVE", "EXPIRED"): code("gate.move_expired"),
    ("HOUSING", "EXPIRED"): code("gate.relocation_expired"),
    ("RESIDENCY", "EXPIRED"): code("gate.relocation_expired"),
    ("L_RISK", "NOT_ACCEPTABLE"): code("gate.not_acceptable"),
    ("L_RISK", "CONDITION_DUE"): code("gate.condition_due"),
    ("L_RISK", "ALERT"): code("gate.alert"),
    ("L_RISK", "EXPIRED"): code("gate.risk_expired"),
}
HELD_BACK: Final = frozenset({"GUARDIANS"})
"""What paper shows as part of the follow-up that every family has: a check of children says too much of a family."""
_SENTENCE: Final[dict[str, str]] = {
    "H1": code("gate.h1"),
    "H2": code("gate.h2"),
    "H3": code("gate.h3"),
    "H4": code("gate.h4"),
    "H5": code("gate.h5"),
    "H6": code("gate.h6"),
    "H7": _H7,
    "H8": code("gate.h8"),
    "H9": code("gate.h9"),
    "CONSENT": code("gate.consent"),
    "INTENTION": code("gate.intention"),
    "TRAVELLERS": code("gate.travellers"),
    "GUARDIANS": code("gate.guardians"),
    "HOUSING": code("gate.housing"),
    "RESIDENCY": code("gate.residency"),
    "MOVE": code("gate.move"),
    "L_RISK": code("gate.risk"),
    "L_HOSTENG": code("gate.hosts"),
    "L_FDBK": code("gate.feedback"),
    "L_PLAN": code("gate.plan"),
    "L_COHES": code("gate.cohesion"),
    "CENTRE": code("gate.centre"),
}


_TO_FAMILY: Final[dict[str, str]] = {
    "gate.h1": code("family.h1"),
    "gate.h2": code("family.h2"),
    "gate.h3": code("family.h3"),
    "gate.h4": code("family.h4"),
    "gate.h5": code("family.h5"),
    "gate.h6": code("family.h6"),
    "gate.h7": code("family.h7"),
    "gate.h8": code("family.h8"),
    "gate.h9": code("family.h9"),
    "gate.consent": code("family.consent"),
    "gate.intention": code("family.intention"),
    "gate.intention_other": code("family.intention_other"),
    "gate.travellers": code("family.travellers"),
    "gate.nobody": code("family.nobody"),
    "gate.housing": code("family.housing"),
    "gate.residency": code("family.residency"),
    "gate.relocation_expired": code("family.relocation_expired"),
    "gate.move": code("family.move"),
    "gate.move_expired": code("family.move_expired"),
    "gate.risk": code("family.risk"),
    "gate.risk_expired": code("family.risk_expired"),
    "gate.not_acceptable": code("family.not_acceptable"),
    "gate.condition_due": code("family.condition_due"),
    "gate.alert": code("family.alert"),
    "gate.hosts": code("family.hosts"),
    "gate.feedback": code("family.feedback"),
    "gate.plan": code("family.plan"),
    "gate.cohesion": code("family.cohesion"),
    "gate.place": code("family.place"),
    "gate.centre": code("family.centre"),
}
"""For each reason of the desk the one that the family reads: what is still to do, said to it and not about it."""


def reason_of(missing: Missing) -> Refusal:
    """The reason as it is said at the desk: an error whose sentence stands in the catalogue."""
    return Refusal(_code(missing), safeguard=missing.safeguard, why=missing.why)


def paper_reason(missing: Missing) -> Refusal:
    """The reason as a family may carry it, said to the family: nothing in it tells more than what is still to do."""
    if missing.safeguard in HELD_BACK:
        return Refusal(_TO_FAMILY[_SENTENCE["CENTRE"]])
    return Refusal(_TO_FAMILY[_H7 if missing.safeguard == "H7" else _code(missing)])


def screen_reason(missing: Missing) -> Refusal:
    """The reason as a screen may say it that others can see: of an adult's own word only that it is not there."""
    return Refusal(_H7) if missing.safeguard == "H7" else reason_of(missing)


def refusal_of(first: Missing, count: int) -> Refusal:
    """The gate's no: the first reason, and of how many safeguards."""
    return Refusal(_code(first), safeguard=first.safeguard, why=first.why, count=count)


def _code(missing: Missing) -> str:
    if missing.why == "PLACE_UNKNOWN":
        return _PLACE
    return _CODE_OF.get((missing.safeguard, missing.why), _SENTENCE[missing.safeguard])
