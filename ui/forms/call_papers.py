"""The papers of calls, services and referrals as the window shows them before they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpdesk.assistance.referrals.queries import ReferralShown
from helpdesk.assistance.services.documents import Offer
from helpdesk.core.language import Words
from helpdesk.journey.monitoring.queries import ListedCall
from helpdesk.printing.call_list import call_list_pdf
from helpdesk.printing.page import A4
from helpdesk.printing.referral_papers import Named, closing_slip, referral_slip, services_slip
from helpdesk.printing.slips import slip_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper


def call_list_paper(words: Words, calls: Sequence[ListedCall], day: date, *, practice: bool) -> Paper:
    """The call list: numbers alone."""
    return Paper(words("Call list"), call_list_pdf(calls, words, day, practice=practice))


def referral_paper(words: Words, shown: ReferralShown, named: Named, now: DeskNow, *, practice: bool) -> Paper:
    """The slip for a provider. Raises Refusal("referral.consent")."""
    slip = referral_slip(words, shown, named, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def closing_paper(
    words: Words, shown: ReferralShown, offers: Sequence[Offer], now: DeskNow, *, practice: bool
) -> Paper:
    """How a referral ended, and what exists instead."""
    end = shown.referral.end or shown.referral.status
    slip = closing_slip(words, shown, end, offers, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words))


def services_paper(words: Words, offers: Sequence[Offer], now: DeskNow, *, practice: bool) -> Paper:
    """The services near a place, for anybody: nothing is recorded."""
    slip = services_slip(words, offers, now.helplines, practice=practice)
    return Paper(slip.title, slip_pdf(slip, words, size=A4))
