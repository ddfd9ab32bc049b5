"""The code lists that several rooms of the journey share. Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

SIDE = CodeList("side", "DIS", "RET")
"""Where something happens: in displacement, or where people return or settle."""
PHASE = CodeList("phase", "1", "2", "3", "4")
"""The toolkit's phases (S70): informed decisions, assessment and planning, departure, progress towards solutions."""
BAND = CodeList("band", "0-5", "6-17", "18-59", "60+")
"""Age bands of the camp profiles of Iraq (DOMAIN.md 4.2)."""
_LAST_AGES: Final = (5, 17, 59)


def band_of(age: int) -> str:
    """The band of an age in whole years."""
    return BAND.entries[sum(age > last for last in _LAST_AGES)]
