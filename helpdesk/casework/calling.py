"""A call as one act: the attempt and its answers, the referrals it opened, and old ones closed while talking.

Either all of it is written or nothing, so that a task, a referral and the answer they follow from never stand apart.
"""

from __future__ import annotations

from msgspec import Struct

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.kinds import REFERRAL
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.journey.monitoring import commands as monitoring
from helpdesk.journey.monitoring.commands import CallForm, Recorded
from helpdesk.vault.records import document_of

_REACHED = ("DONE", "PARTIAL")


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """A referral whose end was told on the call: its id, and a code of ``referral_end``."""

    referral: str
    end: str


class FinishedCall(Struct, frozen=True):
    """What a call led to: the round as recorded, and the referrals opened, as drafts."""

    recorded: Recorded
    referrals: tuple[str, ...]


@command("call.finish", roles=FAMILIES)
def finish_call(
    act: Act, form: CallForm, opened: tuple[ReferralForm, ...] = (), told: tuple[Told, ...] = ()
) -> FinishedCall:
    """Record a call with the referrals asked for on it, and those whose end was told.

    Raises Refusal("call.nobody_reached") where referrals come without anybody reached, Refusal("referral.unknown") for
    another family's, and what monitoring and referrals refuse.
    """
    if (opened or told) and form.result not in _REACHED:
        raise Refusal("call.nobody_reached")
    recorded = monitoring.record(act, form)
    made = []
    for asked in opened:
        if asked.household != form.household:
            raise Refusal("referral.unknown")
        made.append(referrals.open_(act, asked, recorded.call))
    for one in told:
        known: Referral | None = document_of(act.connection, REFERRAL, one.referral)
        if known is None or known.household != form.household:
            raise Refusal("referral.unknown")
        referrals.close(act, one.referral, one.end, True)
    return FinishedCall(recorded, tuple(made))
