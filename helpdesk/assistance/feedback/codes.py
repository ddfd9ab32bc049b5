"""The code lists of feedback (DOMAIN.md 2.19). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

CHANNEL = CodeList("channel", "DESK", "SMS", "HELP", "BOX", "MOBILE", "OTHER")
SIDE = CodeList("feedback_side", "DIS", "RET")
TYPE = CodeList("feedback_type", "Q", "R", "S", "T", "C1", "C2")
"""What a desk reads, answers and counts."""
SEALED_TYPE = CodeList("feedback_sealed", "X1", "X2", "X3", "X4", "X5")
"""Fraud, exploitation and abuse, misconduct, threats, leaks: sealed to the protection key at saving."""
CLOSED_TYPE: Final = "SEALED"
"""What stands at a desk in place of a sealed type: one word for all five."""
SECTOR = CodeList(
    "feedback_sector", "REG", "GRANT", "TRAVEL", "DOC", "SHEL", "HLP", "LIV", "WASH", "EDU", "HEALTH", "FOOD", "STAFF",
    "OTH",
)  # fmt: skip
STATUS = CodeList("feedback_status", "NEW", "OPEN", "REFERRED", "ANSWERED", "CLOSED", "APPEALED")
AGE = CodeList("feedback_age", "0-17", "18-59", "60+")
DUE_DAYS: Final = {"Q": 3, "R": 7, "S": 14, "T": 14, "C1": 7, "C2": 14, CLOSED_TYPE: 1}
"""Days until an answer is due, of a sealed one until the centre says it was received; our own proposal, like
DOMAIN.md's."""
ASK_AFTER_DAYS: Final = {**DUE_DAYS, CLOSED_TYPE: 14}
"""Days after which the receipt says to ask: a sealed one's is the receipt of many others, should somebody find it."""
WORD = CodeList("feedback_word", "RECEIVED", "CLOSED")
"""All that the centre says to a desk about a sealed one."""
FINISHED: Final = ("ANSWERED", "CLOSED")
"""States in which nobody waits any more; an appeal opens them again."""
