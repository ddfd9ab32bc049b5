"""The code lists of referrals (DOMAIN.md 2.16), and the sectors no list may show."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

URGENCY = CodeList("urgency", "24H", "72H", "ROUT")
STATUS = CodeList(
    "referral_status", "DRAFT", "SENT", "ACCEPTED", "UNREACH", "DECLINED", "NOCAP", "SERVED", "CLOSED"
)  # fmt: skip
"""In the order in which two desks' words meet: the later one holds."""
SHARED = CodeList("shared_field", "NAME", "PHONE", "PLACE", "AGE_SEX", "NEED", "DISABILITY")
"""What may be told to a provider, besides the referral's own number; nothing else ever is."""
END = CodeList("referral_end", "SERVED", "NOPROVIDER", "NOCAP", "DECLINED", "UNREACH", "OWNWAY", "NOTWANTED")
"""Why a referral was closed, as it is told to the family."""

OFF_LISTS: Final = frozenset({"PROT", "CP", "MHPSS"})
"""Sectors that stand in no list, on no worklist paper and in no count beside a family."""
ANSWERS: Final = ("ACCEPTED", "DECLINED", "NOCAP", "UNREACH", "SERVED")
"""What a provider may answer."""
OPEN: Final = ("DRAFT", "SENT", "ACCEPTED", "UNREACH", "DECLINED", "NOCAP", "SERVED")
"""Not closed yet: the family has not been told how it ended."""
