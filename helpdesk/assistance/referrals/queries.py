"""What pages, papers and the command line read of referrals: worklists by page, a family's own, one for its slip.

Protection, child protection and mental health stand in no list; in a family's file they are shown to supervisors and
to whoever opened them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, bindparam, select

from helpdesk.assistance.referrals.codes import OFF_LISTS, OPEN
from helpdesk.assistance.referrals.commands import sharing_stands
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.kinds import REFERRAL
from helpdesk.assistance.referrals.tables import ReferralRow
from helpdesk.assistance.services.directory import offer_of
from helpdesk.assistance.services.documents import Offer
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES, Role
from helpdesk.households.documents import Household, Person
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.records import document_of, documents_of

WORKLIST = CodeList("referral_list", "WAITING", "OVERDUE", "TO_SEND", "TO_TELL", "NOCAP", "ALL")
"""Which referrals a worklist shows: waiting for an answer, late, not sent yet, to be told, no capacity, all open."""
_ANSWERED = ("UNREACH", "DECLINED", "NOCAP", "SERVED")
_WAITING = ("SENT", "ACCEPTED")


class ReferralLine(Struct, frozen=True):
    """One line of a worklist: a number, no name."""

    id: str
    household: str
    number: str
    sector: str
    provider: str
    urgency: str
    status: str
    opened_on: date
    due: date


class ReferralShown(Struct, frozen=True):
    """One referral whole, for its slip. ``offer`` where it is in the directory; ``household_number`` ten digits.

    ``place`` is where the family went to or lives now, never where it lived as displaced. ``shares``: the consent
    to this sharing still stands.
    """

    id: str
    referral: Referral
    household_number: str
    household: Household
    person: Person | None
    offer: Offer | None
    place: str | None
    shares: bool
    day: date


_LINES = (
    select(
        ReferralRow.id, ReferralRow.household, HouseholdRow.number, ReferralRow.sector, ReferralRow.provider,
        ReferralRow.urgency, ReferralRow.status, ReferralRow.opened_on, ReferralRow.due,
    )
    .join(HouseholdRow, HouseholdRow.id == ReferralRow.household)
    .where(ReferralRow.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


def referral_ids(view: View, which: str = "ALL", provider: str | None = None) -> list[str]:
    """The ids of a worklist, what is due first. Raises Refusal("form.code")."""
    if which not in WORKLIST:
        raise Refusal("form.code", field="which")
    statement = _of(select(ReferralRow.id), which, view.day).where(ReferralRow.listed)
    if provider is not None:
        statement = statement.where(ReferralRow.provider == provider)
    return list(view.connection.scalars(statement.order_by(ReferralRow.due, ReferralRow.id)))


def _of(statement: Select[Any], which: str, day: date) -> Select[Any]:
    if which == "WAITING":
        return statement.where(ReferralRow.status.in_(_WAITING))
    if which == "OVERDUE":
        return statement.where(ReferralRow.status.in_(("DRAFT", "SENT")), ReferralRow.due < day)
    if which == "TO_SEND":
        return statement.where(ReferralRow.status == "DRAFT")
    if which == "TO_TELL":
        return statement.where(ReferralRow.status.in_(_ANSWERED))
    if which == "NOCAP":
        return statement.where(ReferralRow.status == "NOCAP")
    return statement.where(ReferralRow.status.in_(OPEN))


def referral_lines(view: View, ids: Sequence[str]) -> dict[str, ReferralLine]:
    """One page of a worklist."""
    view.only(NAMES)
    return {row.id: ReferralLine(*row) for row in view.connection.execute(_LINES, {"ids": list(ids)})}


def referrals_of(view: View, household: str) -> tuple[tuple[str, Referral], ...]:
    """A family's referrals as far as this user may read them, the last written at the end."""
    view.only(NAMES)
    return tuple(
        (one, referral)
        for one, referral in documents_of(view.connection, REFERRAL, household)
        if may_read(view, referral)
    )


def may_read(view: View, referral: Referral) -> bool:
    """Protection is read by a supervisor and by whoever opened it."""
    return (
        referral.sector not in OFF_LISTS
        or view.user.role in (Role.SUPERVISOR, Role.CENTRE)
        or referral.opened_by == view.user.id
    )


def referral_shown(view: View, referral_id: str) -> ReferralShown:
    """One referral for its slip. Raises Refusal("referral.unknown"), also where this user may not read it."""
    view.only(NAMES)
    referral = document_of(view.connection, REFERRAL, referral_id)
    household = document_of(view.connection, HOUSEHOLD, referral.household) if referral is not None else None
    if referral is None or household is None or not may_read(view, referral):
        raise Refusal("referral.unknown")
    person = referral.person or household.principal
    return ReferralShown(
        id=referral_id,
        referral=referral,
        household_number=household.number,
        household=household,
        person=document_of(view.connection, PERSON, person),
        offer=offer_of(view, referral.offer) if referral.offer is not None else None,
        place=view.connection.scalar(
            select(StandingRow.destination).where(StandingRow.household == referral.household)
        ),
        shares=sharing_stands(view, referral),
        day=view.day,
    )
