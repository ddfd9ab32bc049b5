"""The documents of a case, and what is computed of it: facts, what is missing, and where a family stands.

A :class:`Case` keeps what people declared. Nothing here stores that a family *is* ready: :class:`Standing` is
computed from facts each time, so neither an import nor a merge can make a family ready.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import PlaceAnswer


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One attempt of one household. ``state`` is what was declared, ``""`` before any step beyond registration."""

    household: str
    attempt: int
    track: str
    state: str
    opened_on: date
    destination: PlaceAnswer | None = None
    changed_on: date | None = None
    movement_day: date | None = None
    departed_on: date | None = None
    arrived_on: date | None = None
    closed_on: date | None = None
    reason: str = ""
    review_on: date | None = None
    resumes: str = ""
    caseworker: str | None = None
    previous_case: str | None = None
    noshows: int = 0


class FollowUp(Struct, frozen=True, forbid_unknown_fields=True):
    """One neutral entry of the log of a family that is followed up or stays."""

    household: str
    case: str
    on: date
    action: str
    review_on: date | None = None


class FollowUpProposal(Struct, frozen=True, forbid_unknown_fields=True):
    """That somebody at the desk proposes follow-up at the centre, with a day to look again; never why.

    ``state`` PROPOSED, CONFIRMED by a supervisor who handed the family over, or DECLINED.
    """

    household: str
    case: str
    review_on: date
    by: str
    on: date
    state: str = "PROPOSED"


class Waiver(Struct, frozen=True, forbid_unknown_fields=True):
    """A safeguard that one supervisor proposes to waive for one case; ``state`` PROPOSED or WITHDRAWN.

    It holds only with another person's :class:`WaiverConfirmed`, both signed.
    """

    household: str
    case: str
    safeguard: str
    reason: str
    by: str
    on: date
    state: str = "PROPOSED"


class WaiverConfirmed(Struct, frozen=True, forbid_unknown_fields=True):
    """The second person's word on a waiver; ``seen`` is the hash (hex) of the very revision that she confirms."""

    household: str
    waiver: str
    seen: str
    by: str
    on: date


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """Part of a departure's evidence: the revisions (hex) by which one safeguard held, or by which it was waived."""

    safeguard: str
    revisions: tuple[str, ...]
    waived: bool = False


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What a departure carries: which case, day, way and travellers, and the proofs.

    ``authorities`` are those whose clearance the way asked for, ``decided_on`` the number of the day of the centre's
    word, both as the desk knew them: they tell, and prove nothing. ``bundle`` is the version that was in force there,
    by which whoever judges finds what the centre had issued; 0 before it was written down.
    """

    household: str
    case: str
    track: str
    day: date
    destination: PlaceAnswer | None
    travellers: tuple[str, ...]
    authorities: tuple[str, ...]
    proofs: tuple[Proof, ...]
    decided_on: int
    bundle: int = 0


class Departure(Struct, frozen=True, forbid_unknown_fields=True):
    """That a family left on a day, with the evidence it left by. Append-only; ``movement`` the record it went with."""

    household: str
    case: str
    on: date
    evidence: Evidence
    movement: str | None = None


class Settlement(Struct, frozen=True, forbid_unknown_fields=True):
    """What a supervisor decides about an incident: whether the departure counts as facilitated, and why.

    ``departure`` is its record, or the case where nobody let the family go.
    """

    household: str
    departure: str
    result: str
    reason: str
    on: date
    by: str


class Missing(Struct, frozen=True):
    """One condition that does not hold: ``why`` a code, whom it concerns, whether it blocks and may be waived.

    ``page`` names the page where it is done. ``H9`` only warns.
    """

    safeguard: str
    why: str
    person: str | None = None
    authority: str | None = None
    blocks: bool = True
    waivable: bool = False
    page: str = "journey"


class Held(Struct, frozen=True):
    """One condition that holds: since when, until when, by which revisions, or waived."""

    safeguard: str
    on: date | None = None
    until: date | None = None
    evidence: tuple[str, ...] = ()
    waived: bool = False


class Judged(Struct, frozen=True):
    """Whether evidence proves a departure, and the safeguards that it does not.

    ``awaiting``: all else is proven, and what is not follows from a word of the centre that is not known here yet.
    """

    proven: bool
    unproven: tuple[str, ...] = ()
    awaiting: bool = False


class Standing(Struct, frozen=True):
    """Where a family stands today. ``missing`` blocks or warns; ``held`` is what is done, for the checklist.

    ``declared`` is the case's own state; ``state`` the effective one. ``good_until`` is the last day on which all of
    this stays as it is by itself. ``decision`` is PROCEED or FOLLOW_UP, never more. ``incident`` is the code of a
    departure that nobody has settled, ``unproven`` its safeguards; ``proposed`` waivers that wait for a second person.
    ``awaiting``: a departure is not proven yet, only because the centre's word of that day is not known here.
    """

    household: str
    number: str
    population: str
    case: str | None
    attempt: int
    track: str
    state: str
    declared: str
    missing: tuple[Missing, ...]
    held: tuple[Held, ...]
    good_until: date | None
    next_step: str
    decision: str
    destination: PlaceAnswer | None
    movement_day: date | None
    departed_on: date | None
    arrived_on: date | None
    review_on: date | None
    reason: str
    caseworker: str | None
    previous_case: str | None
    travellers: tuple[str, ...]
    facilitated: bool | None
    incident: str
    unproven: tuple[str, ...]
    proposed: tuple[str, ...]
    day: date
    since: date
    awaiting: bool = False

    @property
    def blocking(self) -> tuple[Missing, ...]:
        """What stands in the way; warnings left out."""
        return tuple(one for one in self.missing if one.blocks)
