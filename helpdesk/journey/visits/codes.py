"""The code lists of visits (DOMAIN.md 2.11). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from helpdesk.core.codes import CodeList

VISIT = CodeList("visit", "GAS", "CAT")
"""Go and see: people travel to look. Come and tell: people of the place come to the site."""
VISIT_STATE = CodeList("visit_state", "PLANNED", "UNDERWAY", "CANCELLED")
"""UNDERWAY from the first person who boarded on: the visit took place."""
HOST = CodeList("host", "AUTHORITY", "SERVICES", "MUKHTAR", "TRIBAL", "SECURITY", "NEIGHBOURS")
SEAT = CodeList("seat", "OFFERED", "TAKEN", "DECLINED", "WAITING", "VOID")
"""The family's answer to the offer. WAITING: no seat was free, so nothing was offered yet."""
WOMAN = CodeList("woman", "OFFERED", "NONE", "NOT_OFFERED")
"""Whether a woman of the family was offered a seat; NONE where no adult woman is in it."""
DECISION = CodeList("visit_decision", "RET", "REL", "LOC", "UND")
SEEN_SERVICE = CodeList("seen_service", "WATER", "POWER", "SCHOOL", "HEALTH", "MARKET", "POLICE", grows=True)
HAZARD = CodeList("hazard", "ERW", "RUBBLE", "BUILDING", "ARMED", "OCCUPIED", "NONE", grows=True, kept=("NONE",))
RECEPTION = CodeList("reception", "1", "2", "3", "4", "5")
HOUSE = CodeList("house", "0", "1-24", "25-49", "50-74", "75-99", "100", "DK")
"""Damage of the house as seen, in percent: the bands of the barriers (households.codes.DAMAGE)."""
