"""The code lists of what befalls a family on its way: withdrawals, changes of its members, being displaced again."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

REACHED = CodeList("withdrawal_reached", "PRESENT", "PHONE")
"""How the principal said it: standing at the desk, or reached on a number of the family."""
EVENT = CodeList(
    "family_event", "BIRTH", "MARRIED_IN", "JOINED", "DEATH", "MARRIED_OUT", "LEFT", "NEW_HEAD", "NEW_PRINCIPAL",
    "SPLIT", "MERGED", "SETTLED",
)  # fmt: skip
"""Dated changes of a household; SETTLED is a supervisor's word on who belongs where."""
CAME: Final = ("BIRTH", "MARRIED_IN", "JOINED")
GONE: Final = {"DEATH": "DIED", "MARRIED_OUT": "MARRIED", "LEFT": "LEFT"}
"""Events by which a person ceases to be a member, with the code that stays with the person."""
OF_SUPERVISORS: Final = ("SPLIT", "MERGED", "SETTLED")
DISPLACED_AGAIN = CodeList("displaced_again", "HOUSE", "LIVING", "UNSAFE", "EVICTED", "DISASTER", "OTHER", "PNTA")
REOPEN = CodeList("reopen", "TAKE_BACK", "DISPLACED_AGAIN", "NEXT_ATTEMPT", "NONE")
"""What fits a family that stands at the desk again: never a fresh number."""
CLOSE_LACKS = CodeList("close_lacks", "CALLS", "TASKS", "VOUCHERS")
