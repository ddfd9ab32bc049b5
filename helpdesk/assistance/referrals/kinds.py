"""The kind of record a referral is, and how two desks' words on one meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.referrals.codes import OFF_LISTS, STATUS
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.tables import ReferralRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _rows(record_id: str, doc: Referral) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "sector": doc.sector,
        "provider": doc.provider,
        "urgency": doc.urgency,
        "status": doc.status,
        "listed": doc.sector not in OFF_LISTS,
        "opened_on": doc.opened_on,
        "due": doc.due,
        "sent_on": doc.sent_on,
        "answered_on": doc.answered_on,
        "closed_on": doc.closed_on,
        "end": doc.end,
    }


def later_status(one: str, other: str) -> str:
    """The word that is further on holds; a referral closed at either desk is closed."""
    return safest(STATUS.entries, one, other)


REFERRAL = Kind(
    "referral",
    Referral,
    projections=(Projection(table_of(ReferralRow), "id", _rows),),
    safer={"status": later_status},
    never_merged=frozenset({"household", "person", "shared"}),
)
KINDS = (REFERRAL,)
