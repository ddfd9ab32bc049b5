"""The code lists that several rooms of the journey share. Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from helpdesk.core.codes import CodeList

SIDE = CodeList("side", "DIS", "RET")
"""Where something happens: in displacement, or where people return or settle."""
PHASE = CodeList("phase", "1", "2", "3", "4")
"""The toolkit's phases (S70): informed decisions, assessment and planning, departure, progress towards solutions."""
