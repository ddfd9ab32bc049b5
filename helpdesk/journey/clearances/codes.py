"""The code lists of clearances (DOMAIN.md 2.12). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

AUTHORITY = CodeList(
    "authority", "MOMD", "CAMP", "JOC", "NSS", "INTEL", "POLICE", "ASAYISH", "PMF", "QAIM", "MUKHTAR", "SHEIKH", "OTH"
)  # fmt: skip
CLEARANCE_STATUS = CodeList(
    "clearance_status", "NOTREQ", "NOTAPP", "PEND", "GRANTED", "PARTIAL", "REFUSED", "DK"
)  # fmt: skip
SHOWN_STATUS = CodeList("clearance_shown", "GRANTED", "EXPIRED", "OPEN")
"""What lists and clerks see of an answer: OPEN stands for all others alike, so that it never tells a refusal."""
FROM_AGE: Final = 15
"""Years from which a traveller needs clearances of her own."""
