"""The code lists of places: safeguards, results, plans, obstacles (DOMAIN.md 2.1 and section 3).

Labels stand in the catalogues under the list's name. Nothing here says anything about a family.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

AREA_SAFEGUARD = CodeList("area_safeguard", "L_RISK", "L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES")
"""What must be true of a place before anybody is helped to move there."""
MAY_BE_NA: Final = ("L_PLAN", "L_COHES")
"""What may be not applicable, with a reason; the others must be done."""
AREA_WHY = CodeList(
    "area_why", "MISSING", "PLANNED", "EXPIRED", "CONDITION_DUE", "NOT_ACCEPTABLE", "ALERT", "PLACE_UNKNOWN"
)
WAIVABLE: Final = ("MISSING", "PLANNED", "EXPIRED")
"""What a person may waive: that something was not done. What was found out stands."""
AREA_RESULT = CodeList("area_result", "ACCEPTABLE", "CONDITIONS", "NOT_ACCEPTABLE")
AREA_STATE = CodeList("area_state", "DONE", "PLANNED", "NA", "UNKNOWN")
AREA_SECTION = CodeList("area_section", "NEEDS", "HAZARDS", "TENSIONS", "POWER", "CONFLICT", "OTHER")
AREA_SEVERITY = CodeList("area_severity", "L", "M", "H", "VH")
PLAN_STATE = CodeList("plan_state", "DRAFT", "AGREED", "ENDED")
ACTION_STATE = CodeList("action_state", "OPEN", "STARTED", "DONE", "DROPPED")
OBSTACLE_LEVEL = CodeList("obstacle_level", "AREA", "GOVERNORATE", "NATIONAL")
OBSTACLE_TOPIC = CodeList(
    "obstacle_topic", "SECURITY", "CLEARANCE", "COHESION", "HAZARDS", "HOUSING", "HLP", "SERVICES", "JOBS", "DOCUMENTS",
    "OTHER", grows=True,
)  # fmt: skip
OBSTACLE_STATE = CodeList("obstacle_state", "OPEN", "ANSWERED", "CLOSED")
AREA_PHASE = CodeList("area_phase", "1", "2", "3", "4")
"""The phase of the toolkit: informed decisions, community planning, safe departures, progress towards solutions."""
AREA_NOTE = CodeList("area_note", "NONVIABLE", "LESSON")
"""An anonymous note: evidence that return there is not viable, or a lesson for partners."""
WAIVER_STATE = CodeList("area_waiver_state", "PROPOSED", "WITHDRAWN")
