"""Handing a household's case to another desk, as a signed record that names the target; and taking it back.

The file that carries the family is ``exchange.transfers``; this only says whose case it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households.commands import known_household
from helpdesk.journey.arrivals.documents import Handover
from helpdesk.journey.arrivals.kinds import HANDOVER, handover_id
from helpdesk.journey.cases.gate import NotNow, not_now
from helpdesk.vault.records import document_of, heads_of


def hand_over_each(act: Act, households: Sequence[str], desk: int) -> tuple[NotNow, ...]:
    """Hand these households to ``desk``; tells those that may not be handed over. Repeating it writes nothing new."""
    refused = []
    for household in dict.fromkeys(households):
        try:
            _hand_over(act, household, desk)
        except Refusal as refusal:
            refused.append(not_now(household, refusal))
    return tuple(refused)


def _hand_over(act: Act, household: str, desk: int) -> None:
    mine = act.in_force().desk.number
    found = known_household(act, household)
    if found.status != "REGISTERED":
        raise Refusal("transfer.closed")
    record = handover_id(household)
    known = document_of(act.connection, HANDOVER, record)
    in_conflict = len(heads_of(act.connection, record)) > 1
    if known is not None and known.desk == desk and not in_conflict:
        return
    if known is not None and known.desk != mine and not in_conflict:
        raise Refusal("transfer.handed_over", desk=known.desk, day=known.on)
    fresh = Handover(household, desk, mine, act.day, act.user.id)
    if known is None:
        act.records.create(HANDOVER, record, fresh, signed=True)
    else:
        act.records.revise(HANDOVER, record, fresh, signed=True)
    act.concerns(household)


@command("transfer.take_back", roles=(Role.SUPERVISOR,))
def take_back(act: Act, household: str, reason: str) -> None:
    """This desk has the case again: the family did not go, or both desks agreed. Ends a conflict of two targets.

    Raises Refusal("transfer.not_handed_over" | "transfer.reason").
    """
    if not clean(reason):
        raise Refusal("transfer.reason")
    record = handover_id(household)
    known = document_of(act.connection, HANDOVER, record)
    mine = act.in_force().desk.number
    if known is None or (known.desk == mine and len(heads_of(act.connection, record)) == 1):
        raise Refusal("transfer.not_handed_over")
    again = msgspec.structs.replace(
        known, desk=mine, from_desk=known.desk, on=act.day, by=act.user.id, reason=clean(reason)
    )
    act.records.revise(HANDOVER, record, again, signed=True)
    act.concerns(household)
