"""The code lists of services (DOMAIN.md 2.16 and 2.17), and which item may be given at which level."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

SECTOR = CodeList(
    "sector", "SHEL", "HLP", "ERW", "LIV", "CASH", "WASH", "ELEC", "EDU", "HEALTH", "DOC", "LEGAL", "PROT", "CP",
    "MHPSS", "COHES", "FOOD", "NFI",
)  # fmt: skip
ITEM = CodeList(
    "service_item", "SH1", "SH2A", "SH2B", "SH3", "SH4", "LV1", "LV2", "LV3I", "LV3S", "BS1", "BS2", "BS3", "PR1",
    "PR2", "PR3G", "PR3C", "PR3S", "PR4", "PR5", "SC1", "SC2", "SC3", "MH1", "HD1", grows=True, kept=None,
)  # fmt: skip
"""Every sector item of the programme's list, in its order. What a centre adds is given to families."""
LEVEL = CodeList("service_level", "HH", "COMM")
STATUS = CodeList("service_status", "PLANNED", "STARTED", "COMPLETED", "STOPPED")
"""In the order in which two desks' words meet: the later one holds."""
STRUCTURE = CodeList("structure", "WATER", "POWER", "SCHOOL", "CLINIC")
"""What community infrastructure was mended (BS1)."""
LEGAL = CodeList("legal_help", "ASSIST", "REPRESENT", "COUNSEL")
"""How legal help was given (PR4)."""
WEEKDAY = CodeList("weekday", "SAT", "SUN", "MON", "TUE", "WED", "THU", "FRI")

COMMUNITY_ONLY: Final = frozenset({"BS1", "BS3", "PR3S", "SC3"})
"""Given to a place, never to a family: what survivors of violence were given is a number and nothing else."""
EITHER_LEVEL: Final = frozenset({"SH2A", "SH2B", "PR1", "PR5", "SC1", "SC2", "MH1", "LV2"})
OFF_LISTS: Final = frozenset({"PR3C", "MH1"})
"""Items no list shows with a family beside them: they open in her own file only."""
HOUSING: Final = ("SH1", "SH3")
"""Works that begin and end on different days, and are counted apart (DOMAIN.md 4.1, I6)."""
LIVELIHOODS: Final = ("LV1", "LV2", "LV3I", "LV3S")
