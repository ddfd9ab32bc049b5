"""The code lists of calls (DOMAIN.md 2.18): rounds, results, and every question with its criterion and its answers."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.households.codes import DAMAGE, YES_NO

LACKS = CodeList("lost_lacks", "ATTEMPTS", "HOURS", "OTHER")
"""What must still be tried before a family is called lost."""
ROUND = CodeList("round", "W2", "M3", "M9")
RESULT = CodeList(
    "call_result", "DONE", "PARTIAL", "NOANS", "OFF", "WRONG", "REFUSED", "CALLBACK", "UNSAFE", "PROXY"
)  # fmt: skip
WHOM = CodeList("call_whom", "OWN", "OTHER")
"""A number of the family itself, or that of the relative it named."""
STATE = CodeList("call_state", "OPEN", "LOST", "REFUSED", "PROXY", "PARTIAL", "DONE")
"""How a round stands, in the order in which two desks' words meet."""
STANDING = CodeList("call_standing", "AHEAD", "DUE", "OVERDUE", "MISSED")
"""Where a day lies in a round that is not closed."""
OUTCOME = CodeList("durability", "STABLE", "FRAGILE", "FAILED", "LOST", "UNKNOWN")
TASK = CodeList("task_reason", "PROTECTION", "EVICTION", "HUNGER", "PAY", "CENTRE")
"""Why somebody must act within 24 hours. CENTRE: every call that reached a family goes to the centre in that time.

PROTECTION is a family of children alone; what was told and sealed on a call has no code of its own.
"""
SEALED = CodeList("sealed_call", "THREAT", "MISSING", "WANTSCALL")
"""Asked on the call, sealed at once, and never read back at a desk."""

CLOSED: Final = ("DONE", "REFUSED", "LOST", "PROXY")
SILENT: Final = ("NOANS", "OFF", "WRONG", "CALLBACK", "UNSAFE")
"""Results of an attempt that reached nobody who answered."""
LEAVE_ALONE: Final = ("WRONG", "UNSAFE")
"""A number is not called again in the round after one of these."""

CRITERION = CodeList(
    "criterion", "PLACE", "SAFETY", "LIVING", "LIVELIHOOD", "HLP", "DOCUMENTS", "FAMILY", "PARTICIPATION", "REMEDIES",
    "HELP",
)  # fmt: skip
"""The eight criteria of the IASC framework, with what is asked before and after them."""

SAME_PLACE = CodeList("same_place", "SAME", "NEARBY", "ELSEWHERE", "pnta")
SHELTER = CodeList("shelter_now", "OWN", "RENT", "KIN", "DAMAGED", "UNFIN", "PUBLIC", "TENT", "OTH", "pnta")
SCHOOL = CodeList("school_now", "ALL", "SOME", "NONE", "NOCHILD", "pnta")
FOOD = CodeList("food_now", "ENOUGH", "SOMETIMES", "HUNGRY", "pnta")
INCOME = CodeList("income_now", "WORK", "LAND", "PENSION", "AID", "NONE", "pnta")
WORK_BARRIER = CodeList("work_barrier", "NOJOBS", "NOTOOLS", "HEALTH", "CARE", "UNSAFE", "NOBAR", "pnta")
CLAIM = CodeList("claim", "NOTAWARE", "NOTFILED", "FILED", "DECIDED", "PAID", "NODAMAGE", "pnta")
PAPERS = CodeList("papers_now", "ALL", "SOME", "NONE", "pnta")
MOMD = CodeList("momd_grant", "NOTAPPLIED", "APPLIED", "RECEIVED", "pnta")
PLAN = CodeList("plan_now", "STAY", "UNSURE", "LEAVE", "LEFT", "pnta")
SCALE = CodeList("scale", "1", "2", "3", "4", "5", "pnta")

CRITICAL_SHELTER: Final = ("DAMAGED", "UNFIN", "PUBLIC", "TENT")


class Question(Struct, frozen=True):
    """One question of the call. ``lasting``: an earlier answer is read out and only confirmed, not asked again.

    ``closed``: shown only behind a key. ``proxy``: may be asked of the relative.
    """

    code: str
    criterion: str
    answers: CodeList
    lasting: bool = False
    closed: bool = False
    proxy: bool = False


QUESTION = CodeList(
    "call_question", "same_place", "plan", "feels_safe", "hazards", "free_to_move", "accepted", "harassed", "shelter",
    "water", "power", "clinic", "school_girls", "school_boys", "food", "income", "debt", "work_barrier", "house",
    "occupied", "eviction", "claim", "papers", "together", "births", "deaths", "decides", "knows_lines", "complained",
    "answered", "grants_full", "asked_share", "momd", "satisfied",
)  # fmt: skip

QUESTIONS: Final[tuple[Question, ...]] = (
    Question("same_place", "PLACE", SAME_PLACE, proxy=True),
    Question("plan", "PLACE", PLAN, proxy=True),
    Question("feels_safe", "SAFETY", YES_NO, closed=True, proxy=True),
    Question("hazards", "SAFETY", YES_NO),
    Question("free_to_move", "SAFETY", YES_NO),
    Question("accepted", "SAFETY", SCALE, closed=True),
    Question("harassed", "SAFETY", YES_NO, closed=True),
    Question("shelter", "LIVING", SHELTER, lasting=True),
    Question("water", "LIVING", YES_NO),
    Question("power", "LIVING", YES_NO),
    Question("clinic", "LIVING", YES_NO),
    Question("school_girls", "LIVING", SCHOOL),
    Question("school_boys", "LIVING", SCHOOL),
    Question("food", "LIVING", FOOD, closed=True),
    Question("income", "LIVELIHOOD", INCOME),
    Question("debt", "LIVELIHOOD", YES_NO, closed=True),
    Question("work_barrier", "LIVELIHOOD", WORK_BARRIER),
    Question("house", "HLP", DAMAGE, lasting=True),
    Question("occupied", "HLP", YES_NO, lasting=True, closed=True),
    Question("eviction", "HLP", YES_NO, closed=True),
    Question("claim", "HLP", CLAIM, lasting=True),
    Question("papers", "DOCUMENTS", PAPERS, lasting=True),
    Question("together", "FAMILY", YES_NO),
    Question("births", "FAMILY", YES_NO),
    Question("deaths", "FAMILY", YES_NO),
    Question("decides", "PARTICIPATION", YES_NO),
    Question("knows_lines", "REMEDIES", YES_NO, lasting=True),
    Question("complained", "REMEDIES", YES_NO),
    Question("answered", "REMEDIES", YES_NO),
    Question("grants_full", "HELP", YES_NO, closed=True),
    Question("asked_share", "HELP", YES_NO, closed=True),
    Question("momd", "HELP", MOMD, lasting=True),
    Question("satisfied", "HELP", SCALE),
)
BY_CODE: Final = {question.code: question for question in QUESTIONS}
