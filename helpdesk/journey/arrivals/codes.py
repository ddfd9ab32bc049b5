"""The code lists of arrivals and of the profile taken at arrival (DOMAIN.md 2.15). Labels stand in the catalogues."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

MEMBER = CodeList("arrived_member", "ARRIVED", "LATER", "ELSEWHERE", "UNKNOWN")
"""What is known of one person at the arrival desk; nobody is asked why somebody is not there."""
INCIDENT = CodeList(
    "way_incident", "CHECKPOINT", "DELAY", "MONEY", "HAZARD", "ILLNESS", "THREAT", "LOST", "OTHER", grows=True
)
DIFFERENCE = CodeList(
    "arrival_difference", "MISSING", "EXTRA", "PLACE", "TWICE", "NO_DEPARTURE", "BY_PHONE"
)  # fmt: skip
SHELTER = CodeList("night_shelter", "OWN", "KIN", "GUEST", "RENT", "PUBLIC", "UNFINISHED", "TENT", "NONE", "DK")
TENURE = CodeList("tenure", "OWN", "RENT", "KIN", "GUEST", "PUBLIC", "SQUAT", grows=True)
DWELLING = CodeList(
    "dwelling_type", "HOUSE", "FLAT", "ROOM", "MUD", "CARAVAN", "TENT", "UNFINISHED", "RUIN", "OTHER", grows=True
)
OWNERSHIP = CodeList("ownership_paper", "WITH", "SAFE", "LOST", "TAKEN", "NEVER", "NONE")
CLAIM = CodeList("compensation_claim", "NOTAWARE", "NOTFILED", "FILED", "DECIDED", "PAID")
INCOME = CodeList(
    "income_source", "NONE", "WAGE", "DAILY", "TRADE", "FARM", "PENSION", "SUPPORT", "KIN", "LOAN", "OTHER",
    grows=True, kept=("NONE",),
)  # fmt: skip
ASSET = CodeList("livelihood_asset", "LAND", "SHOP", "TOOLS", "ANIMALS", "NONE", grows=True, kept=("NONE",))
WISH = CodeList("livelihood_wish", "JOB", "TRAIN", "TOOLS", "SME", "FARM", "CFW", grows=True)
SEALED_PROFILE = CodeList("sealed_profile", "UNSAFE", "SEPARATED")
"""Sealed to the protection key; the desk reads neither back, and the same message is written when nobody said them."""
WHICH = CodeList("arrivals_list", "EXPECTED", "HERE", "DIFFERENT", "HANDED_OVER")

MOST_KITS: Final = 20
LONGEST_REFERENCE: Final = 40
DOUBT = CodeList("arrival_doubt", "TWO_ARRIVALS", "TWO_DESKS")
"""What two desks did against each other, and a supervisor looks at."""
