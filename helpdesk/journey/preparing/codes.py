"""The code lists of what a family hears, is asked and is told before it leaves (DOMAIN.md 2.5, 2.13, section 3)."""

from __future__ import annotations

from helpdesk.core.codes import CodeList

TOPIC = CodeList("preparing_topic", "HLPCOMP", "NUMBERS")
"""What was explained: housing, land and property with compensation (H4); feedback and emergency numbers (H5)."""
BRIEFING = CodeList("briefing_item", "TIME", "ROUTE", "GRANT", "ASSETS", "CONTACTS", "ERW", "STOP")
"""What a departure briefing says; STOP is the right to stop at any moment."""
HOUSING = CodeList("relocation_housing", "RENT", "HOST", "OWN", "NONE")
"""What a family that settles elsewhere has to live in: a lease, a host's word, its own; NONE is not enough."""
RESIDENCY = CodeList("residency", "GRANTED", "NOT_NEEDED", "PENDING", "NONE")
"""The permission to live at the destination; PENDING and NONE are not enough."""
