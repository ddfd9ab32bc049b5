"""The code lists of a case: states, tracks, safeguards, what is missing and why (DOMAIN.md section 3)."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList
from helpdesk.core.language import N_

STATE = CodeList(
    "case_state", "REGISTERED", "SCREENED", "PREPARING", "READY", "SCHEDULED", "DEPARTED", "ARRIVED", "MONITORED",
    "CLOSED", "HOLD", "FOLLOW_UP", "STAYING", "WITHDRAWN", "UNFACILITATED", "LOST", "REDISPLACED", "MERGED", "VOID",
)  # fmt: skip
TRACK = CodeList("case_track", "RETURN", "RELOCATION", "STAY", "RETURNEE", "HOST")
"""RETURN and RELOCATION move; STAY integrates locally; RETURNEE came back by itself; HOST receives."""
SAFEGUARD = CodeList(
    "safeguard", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "CONSENT", "INTENTION", "TRAVELLERS",
    "GUARDIANS", "HOUSING", "RESIDENCY", "MOVE", "L_RISK", "L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES", "CENTRE",
)  # fmt: skip
"""Every condition of a departure; their order is their bit in ``standing.mask``: only ever append."""
WHY = CodeList(
    "why", "NOT_DONE", "EXPIRED", "NOT_ALONE", "NOT_FREE", "FORCED", "OTHER_CHOICE", "OTHER_PLACE", "PENDING",
    "NOT_ACCEPTABLE", "PLANNED", "CONDITION_DUE", "ALERT", "PLACE_UNKNOWN", "NOT_SAID", "NOBODY", "FEW_CONTACTS",
    "FOLLOW_UP", "CHANGED",
)  # fmt: skip
NEXT_STEP = CodeList(
    "next_step", "SCREEN", "PREPARE", "COMPLETE", "DECLARE", "SCHEDULE", "DEPART", "ARRIVE", "CALL", "CLOSE", "REVIEW",
    "RESUME", "NONE",
)  # fmt: skip
AWAITING: Final = N_("Not counted yet: the next bundle tells whether this departure is proven.")
"""What is said of a departure that this store can neither prove nor deny."""
DECISION = CodeList("centre_decision", "PROCEED", "FOLLOW_UP")
"""What a desk shows of the centre's word: no answer yet and "wait" look the same."""
HOLD_REASON = CodeList("hold_reason", "CLEARANCE", "TENSION", "ILLNESS", "FAMILY", "OTHER")
FOLLOW_UP_ACTION = CodeList("follow_up_action", "CONTACTED", "MET", "WROTE", "ACCOMPANIED", "ASKED", "ANSWERED")
"""What was done for a family in follow-up or staying: neutral words, no free text, so that nothing can leak."""
UNFACILITATED = CodeList("unfacilitated_reason", "OWN", "CLOSURE", "EVICT", "DK")
INCIDENT = CodeList("incident", "UNPROVEN", "WITHDRAWN", "NO_CASE", "NO_DEPARTURE")
"""NO_DEPARTURE: a family arrived that no desk had let go; it ends by itself once its departure is heard of."""
SETTLED = CodeList("incident_settled", "FACILITATED", "NOT_FACILITATED")

BIT: Final = {code: 1 << place for place, code in enumerate(SAFEGUARD)}
WAIVABLE: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H8"})
"""What two people may waive for one family, never H6 or H7; places are waived by place (areas)."""
MOVING: Final = ("RETURN", "RELOCATION")
