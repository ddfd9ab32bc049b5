"""The code lists of movements (DOMAIN.md 2.8 and 2.13). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

MODE = CodeList("movement_mode", "SELF", "IOM", "MOMD")
"""SELF: the families' own or hired vehicles, with a transport grant; IOM: our bus or truck; MOMD: the ministry's."""
VEHICLE = CodeList("vehicle", "BUS", "MINIBUS", "TRUCK", "PICKUP", "CAR", "OTH", grows=True)
MOVEMENT_STATE = CodeList("movement_state", "PLANNED", "CLOSED", "CANCELLED")
LINE_STATE = CodeList(
    "line_state", "LISTED", "SCHEDULED", "PRESENT", "OFF", "NOSHOW", "DEPARTED", "REFUSED", "TURNED_BACK"
)  # fmt: skip
"""LISTED: on the list, not yet given the day; OFF: taken off; REFUSED at a checkpoint."""
EXPECTED: Final = ("SCHEDULED", "PRESENT")
"""The lines that the day of the movement waits for or has counted."""
LIVE: Final = ("LISTED", *EXPECTED)
FITNESS = CodeList("fitness", "FIT", "ESCORT", "DEFER")
TENT = CodeList("tent_ownership", "OWN", "AGENCY", "NONE")
CAME_BACK = CodeList("came_back", "REFUSED", "TURNED_BACK")
MARK = CodeList("day_mark", "PRESENT", "NOSHOW")
"""What a paper form of a day without power says of a family."""
INCIDENT = CodeList("movement_incident", "CLOSED_TWICE", "ON_TWO_LISTS")
"""What two desks did that a supervisor must look at."""
