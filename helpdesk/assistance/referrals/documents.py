"""The document of a referral: to whom, for what, what may be told, how it stands, and whether the family knows.

It never holds what happened to a person: ``need`` is what is asked of the provider. A disclosure of sexual violence
or abuse makes no referral at all (services.commands.count_pathways).
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Referral(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.16. ``offer`` is the line of the directory, ``consent`` the record of her consent to this sharing.

    ``due`` is the day by which the provider should have answered; ``previous`` an earlier referral this one follows;
    ``told_on`` when the family was told how it ended; ``end`` a code of ``referral_end``.
    """

    household: str
    sector: str
    need: str
    urgency: str
    status: str
    opened_on: date
    opened_by: str
    due: date
    provider: str = ""
    offer: str | None = None
    person: str | None = None
    shared: tuple[str, ...] = ()
    consent: str | None = None
    sent_on: date | None = None
    answered_on: date | None = None
    outcome: str = ""
    told_on: date | None = None
    closed_on: date | None = None
    end: str | None = None
    previous: str | None = None
    call: str | None = None
