"""The rules of referrals as pure functions: when an answer is due, which step may follow which, what an end means."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from helpdesk.assistance.referrals.codes import ANSWERS, END, SHARED, URGENCY
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.services.codes import SECTOR
from helpdesk.core.errors import Refusal
from helpdesk.households.rules import among

DAYS: Final = {"24H": 1, "72H": 3, "ROUT": 14}
"""Days until a provider should have answered; 14 for what is not urgent is this house's word."""
LONGEST_NEED: Final = 300

_AFTER: Final = {
    "SENT": ANSWERS,
    "ACCEPTED": ("SERVED", "DECLINED", "NOCAP", "UNREACH"),
    "UNREACH": ("ACCEPTED", "SERVED"),
}
_ENDS: Final = {
    "DRAFT": ("NOPROVIDER", "OWNWAY", "NOTWANTED"),
    "SENT": ("NOTWANTED",),
    "ACCEPTED": ("NOTWANTED",),
    "UNREACH": ("UNREACH", "NOTWANTED"),
    "DECLINED": ("DECLINED", "NOTWANTED"),
    "NOCAP": ("NOCAP", "NOTWANTED"),
    "SERVED": ("SERVED",),
}


class ReferralForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for a referral: the need in words for a provider, never what happened to somebody."""

    household: str
    sector: str
    need: str
    urgency: str
    provider: str = ""
    offer: str | None = None
    person: str | None = None
    previous: str | None = None


def check_form(form: ReferralForm) -> None:
    """Raises Refusal("form.code", field=...), Refusal("referral.need"), Refusal("referral.need_long", longest=...)."""
    among(form.sector, SECTOR, "sector")
    among(form.urgency, URGENCY, "urgency")
    if not form.need.strip():
        raise Refusal("referral.need")
    if len(form.need) > LONGEST_NEED:
        raise Refusal("referral.need_long", longest=LONGEST_NEED)


def due(urgency: str, day: date) -> date:
    """The day by which the provider should have answered."""
    return day + timedelta(DAYS[urgency])


def check_sending(referral: Referral, shared: tuple[str, ...], provider: str) -> None:
    """A draft, to somebody, with something to share.

    Raises Refusal("referral.state" | "referral.provider" | "referral.shared" | "form.code").
    """
    if referral.status != "DRAFT":
        raise Refusal("referral.state", state=referral.status)
    if not provider.strip():
        raise Refusal("referral.provider")
    for field in shared:
        among(field, SHARED, "shared")
    if not shared:
        raise Refusal("referral.shared")


def check_answer(referral: Referral, status: str) -> None:
    """Whether this answer may follow. Raises Refusal("form.code"), Refusal("referral.state", state=...)."""
    if status not in ANSWERS:
        raise Refusal("form.code", field="status")
    if status not in _AFTER.get(referral.status, ()):
        raise Refusal("referral.state", state=referral.status)


def ends_of(status: str) -> tuple[str, ...]:
    """The ends that may be said of a referral in a status; none for a closed one."""
    return _ENDS.get(status, ())


def check_end(referral: Referral, end: str, *, told: bool) -> None:
    """A referral is closed honestly: the end fits, and the family knows; who cannot be found cannot be told.

    Raises Refusal("form.code"), Refusal("referral.state" | "referral.end" | "referral.told").
    """
    among(end, END, "end")
    if referral.status == "CLOSED":
        raise Refusal("referral.state", state=referral.status)
    if end not in ends_of(referral.status):
        raise Refusal("referral.end", state=referral.status)
    if not told and end != "UNREACH":
        raise Refusal("referral.told")
