"""The documents of grants: a supervisor's reason for other cash, a voucher looked at in a sample, the ministry's grant.

None of them holds an amount. The reason for other cash is read by supervisors and never printed.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class CashNeed(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a supervisor wants other cash for a family; ``voucher`` what was planned for it. Signed when written."""

    household: str
    reason: str
    by: str
    on: date
    voucher: str | None = None


class SampleCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """That an approver opened a voucher of a list and confirmed it, or not. An event, signed.

    ``seen`` is the hash (hex) of the revision that was opened, ``listed`` how many stood on the list and ``drawn`` how
    many of them were to be opened.
    """

    voucher: str
    household: str
    seen: str
    right: bool
    listed: int
    drawn: int
    on: date
    by: str


class MinistryNote(Struct, frozen=True, forbid_unknown_fields=True):
    """What a family says of the ministry's own return grant (DOMAIN.md 2.14): an event, the latest counts.

    Codes of ``yes_no``, None for not asked: registered as displaced, displacement file closed, return registered,
    Q-card held, grant received, and since when.
    """

    household: str
    on: date
    by: str
    registered: str | None = None
    file_closed: str | None = None
    return_registered: str | None = None
    q_card: str | None = None
    received: str | None = None
    received_on: date | None = None
