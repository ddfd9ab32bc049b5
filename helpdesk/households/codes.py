"""The code lists of registration (DOMAIN.md 2.2 to 2.9). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

POPULATION = CodeList("population", "CAMP", "OOC", "RET", "HOST")
SPOKEN = CodeList("spoken", "ar", "ckb", "kmr", "tr", "syr", "oth", grows=True)
READING = CodeList("reading", "ar", "ckb", "kmr", "en", "none")
SEX = CodeList("sex", "F", "M")
RELATION = CodeList(
    "relation", "HEAD", "SPOUSE", "CHILD", "CHILDLAW", "GRANDCH", "PARENT", "PARLAW", "SIB", "NEPH", "COWIFE",
    "OREL", "FOSTER", "NONREL",
)  # fmt: skip
MARITAL = CodeList("marital", "SIN", "MAR", "SEP", "DIV", "WID")
PRESENCE = CodeList("presence", "HERE", "AWAY")
ABSENCE = CodeList("absence", "ELSE", "DETAINED", "MISSING", "DEAD", "ABROAD")
"""Why somebody is away: sealed whole, because one readable reason would point at the unreadable ones."""
DIFFICULTY = CodeList("difficulty", "1", "2", "3", "4", "dk", "pnta")
DISABILITY = CodeList("disability", "see", "hear", "walk", "remember", "care", "speak")
YES_NO = CodeList("yes_no", "Y", "N", "dk", "pnta")
SOCIAL = CodeList("social_assistance", "PDS", "SSN", "PENSION", "DISABILITY", "NONE", grows=True, kept=("NONE",))
PRECISION = CodeList("precision", "day", "month", "year", "est")
DOCUMENT = CodeList(
    "document", "NID", "CSID", "INC", "RES", "PDS", "PASS", "BIRTH", "MARR", "DIV", "DEATH", "GUARD", "VOTER",
    "MOMDF", "QCARD", "CLR", "DEED", "OTH", grows=True, kept=("NID", "CSID", "PDS"),
)  # fmt: skip
DOCUMENT_STATUS = CodeList("document_status", "VALID", "EXP", "DAMAGED", "APPLIED", "COPY", "NOTHELD", "DK")
NOT_HELD = CodeList("not_held", "LOST", "NEVER", "CONFISC", "DK")
"""Why a paper is not held: sealed whole, for the same reason as ABSENCE."""
CAUSE = CodeList("cause", "CONF", "COMMUN", "TENS", "CLOSURE", "EVICT", "DISAST", "ECON", "OTH")
CHOICE = CodeList("choice", "RET", "REL", "LOC", "UND", "ABR", "PNTA")
HORIZON = CodeList("horizon", "NOW", "3M", "12M")
DWELLING = CodeList("dwelling", "OWN", "OTHERHOME", "KIN", "RENT", "PUBLIC", "UNFIN", "DK")
DECIDER = CodeList("decider", "HEAD", "JOINT", "EXT", "TRIBE", "AUTH")
REASON = CodeList(
    "reason", "HOME", "FAMILY", "SAFE", "JOBS", "SERVICES", "LAND", "CAMPBAD", "NOAID", "RENT", "FORCED", "OTH",
    grows=True, kept=("FORCED",),
)  # fmt: skip
INFORMATION = CodeList("information", "SEC", "ERW", "HOUSE", "SERV", "JOBS", "AID", grows=True)
BARRIER = CodeList("barrier", "C1HOU", "C1JOB", "C1SRV", "C1MHI", "C1ERW", "C1DOC")
"""Category 1: service or material. The only barriers a desk can read."""
SEALED_BARRIER = CodeList(
    "sealed_barrier", "C2TEN", "C2AFF", "C2OTH", "C3BLK", "C3AFF", "C3CLR", "C3OCC", "C3DIS"
)  # fmt: skip
"""Categories 2 and 3: sealed to the protection key at the first save (DESIGN.md section 3)."""
OTHER_REASON = CodeList("other_reason", "XSCHOOL", "XHEALTH", "XKIN", "XBETTER", "XOTH", grows=True, starts="X")
"""Why a family stays that is no barrier of the three categories, so that clerks do not misfile it.

It stands in one field with barriers: what is added begins with X, as no barrier of any category does.
"""
BARRIER_STATUS = CodeList("barrier_status", "ACTIVE", "EASING", "RESOLVED", "DK")
DAMAGE = CodeList("damage", "0", "1-24", "25-49", "50-74", "75-99", "100")
SERVICE = CodeList("service", "WATER", "POWER", "SCHOOL", "HEALTH", "OTH")
VULNERABILITY = CodeList(
    "vulnerability", "FHH", "CHH", "ELH", "DIS", "CHRON", "PREG", "LARGE", "NODOC", "NOINC", "CRITSH", "EVICT",
    "MHPSS",
)  # fmt: skip
ASKED_VULNERABILITY: Final = ("NOINC", "CRITSH", "EVICT", "MHPSS")
"""The flags somebody answers; the others are derived (rules.derived_flags)."""
CWG = CodeList("cwg", "ELIG", "NOT", "PENDING")
PURPOSE = CodeList(
    "purpose", "DATA", "MOVE", "SHARE-MOMD", "SHARE-AUTH", "SHARE-PARTNER", "CALL", "PHOTO"
)  # fmt: skip
CONSENT_FORM = CodeList("consent_form", "SIGN", "THUMB", "ORAL", "PROXY")
CONSENT_ANSWER = CodeList("consent_answer", "GIVEN", "REFUSED", "WITHDRAWN")
CARD_STATUS = CodeList("card_status", "LIVE", "REPLACED", "REVOKED")
CARD_REASON = CodeList("card_reason", "FIRST", "LOST", "DAMAGED", "CHANGED", "WRONG")
TALLY = CodeList("tally", "REFUSED", "INFORMATION")
LIKENESS = CodeList("likeness", "SAME", "RELATIVES", "OTHER")
PERSON_GONE = CodeList("person_gone", "DIED", "MARRIED", "LEFT")
"""How a person ceased to be a member; no reason and no place is asked."""
HOUSEHOLD_STATUS = CodeList("household_status", "REGISTERED", "MERGED", "VOID")
