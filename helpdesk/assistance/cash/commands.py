"""Acts on cash: take it in, give it back, count the day's end, sign it as the second person, correct it later.

A day is closed by two accounts with their own keys. It is never opened again: what turns out later is a record of its
own, and the next day begins with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

from helpdesk.assistance.cash import balance
from helpdesk.assistance.cash.counting import Pieces, counted
from helpdesk.assistance.cash.documents import CashIn, CashReturned, DayCorrection, DayEnd, DayEndSigned
from helpdesk.assistance.cash.kinds import CASH_IN, CASH_RETURNED, DAY_CORRECTION, DAY_END, DAY_END_SIGNED
from helpdesk.assistance.cash.position import box_of, is_second_signed, last_closed, papers_of
from helpdesk.assistance.cash.reconciling import flaws_now, reconcile
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.vault.records import document_of, heads_of

LONGEST_NAME: Final = 120
MOST_PAPERS: Final = 100_000


@command("cash.receive", roles=FAMILIES)
def receive(act: Act, pay_point: int, pieces: Mapping[str, int], giver: str) -> str:
    """Cash that came into a box, counted by note; ``giver`` is the name of who handed it over. Returns its id.

    Raises Refusal("cash.note" | "cash.pieces" | "cash.nothing" | "cash.name" | "cash.closed" | "voucher.pay_point").
    """
    kept, amount, name = _taken(act, pay_point, pieces, giver)
    record = act.new_id()
    document = CashIn(act.in_force().desk.number, pay_point, act.day, kept, amount, name, act.user.id)
    act.records.create(CASH_IN, record, document, signed=True)
    act.concerns(record)
    return record


@command("cash.give_back", roles=FAMILIES)
def give_back(act: Act, pay_point: int, pieces: Mapping[str, int], receiver: str) -> str:
    """Cash that went out of a box again, counted by note; ``receiver`` is the name of who took it. Returns its id.

    Raises Refusal("cash.too_much") where the box cannot hold so much, and those of :func:`receive`.
    """
    kept, amount, name = _taken(act, pay_point, pieces, receiver)
    held = box_of(act, pay_point, act.day, last_closed(act, pay_point)).should_hold
    if amount > held:
        raise Refusal("cash.too_much", held=held)
    record = act.new_id()
    document = CashReturned(act.in_force().desk.number, pay_point, act.day, kept, amount, name, act.user.id)
    act.records.create(CASH_RETURNED, record, document, signed=True)
    act.concerns(record)
    return record


def _taken(act: Act, pay_point: int, pieces: Mapping[str, int], name: str) -> tuple[Pieces, int, str]:
    _check_point(act, pay_point)
    kept, amount = counted(pieces)
    if not amount:
        raise Refusal("cash.nothing")
    said = clean(name)
    if not 1 <= len(said) <= LONGEST_NAME:
        raise Refusal("cash.name", most=LONGEST_NAME)
    return kept, amount, said


def _check_point(view: View, pay_point: int) -> None:
    if pay_point not in {point.number for point in view.in_force().desk.pay_points}:
        raise Refusal("voucher.pay_point")


@command("cash.count", roles=FAMILIES)
def count(
    act: Act, pay_point: int, pieces: Mapping[str, int], papers: int, explanation: str = "", on: date | None = None
) -> str:
    """Count the end of a day: the notes in the box and the unpaid papers at the desk. Returns the count's id.

    The day is closed when a second person signs it. A count that does not add up needs an explanation in words. Raises
    Refusal("cash.note" | "cash.pieces" | "cash.papers" | "cash.explain" | "cash.future" | "cash.closed" |
    "text.too_long" | "voucher.pay_point").
    """
    _check_point(act, pay_point)
    kept, held = counted(pieces)
    if not 0 <= papers <= MOST_PAPERS:
        raise Refusal("cash.papers", most=MOST_PAPERS)
    end = expected_end(act, pay_point, on or act.day)
    end = msgspec.structs.replace(
        end, upto=act.records.ctr, pieces=kept, held=held, papers_counted=papers, explanation=clean(explanation)
    )
    balance.check_explained(end)
    record = act.new_id()
    act.records.create(DAY_END, record, end, signed=True)
    act.concerns(record)
    return record


def expected_end(view: View, pay_point: int, on: date) -> DayEnd:
    """A day's end before anything is counted: what should be there. Raises Refusal("cash.future" | "cash.closed")."""
    if on > view.day:
        raise Refusal("cash.future")
    last = last_closed(view, pay_point)
    if last is not None and on <= last.end.on:
        raise Refusal("cash.closed", day=last.end.on)
    return DayEnd(
        desk=view.in_force().desk.number,
        pay_point=pay_point,
        on=on,
        upto=0,
        box=box_of(view, pay_point, on, last),
        papers=papers_of(view, pay_point),
        pieces={},
        held=0,
        papers_counted=0,
        by=view.user.id,
        since=last.end.on if last is not None else None,
        flaws=flaws_now(view),
    )


@command("cash.sign", roles=FAMILIES)
def sign(act: Act, day_end: str) -> int:
    """The second person's signature under a count: the day is closed, its paid vouchers are reconciled.

    Returns how many vouchers that were. Raises Refusal("cash.no_count" | "cash.same_person" | "cash.signed" |
    "cash.closed" | "cash.changed").
    """
    end = document_of(act.connection, DAY_END, day_end)
    heads = heads_of(act.connection, day_end)
    if end is None or len(heads) != 1 or end.desk != act.in_force().desk.number:
        raise Refusal("cash.no_count")
    if end.by == act.user.id:
        raise Refusal("cash.same_person")
    if is_second_signed(act, day_end):
        raise Refusal("cash.signed")
    fresh = expected_end(act, end.pay_point, end.on)
    # whoever signs second stands for what lies there now, not for what lay there before somebody went on paying
    if (fresh.box, fresh.papers, fresh.flaws) != (end.box, end.papers, end.flaws):
        raise Refusal("cash.changed")
    signed = DayEndSigned(day_end, heads[0].hex(), act.day, act.user.id)
    record = act.new_id()
    act.records.create(DAY_END_SIGNED, record, signed, signed=True)
    done = reconcile(act, end)
    act.concerns(day_end, record)
    return done


@command("cash.correct", roles=(Role.SUPERVISOR,))
def correct(act: Act, day_end: str, amount: int, papers: int, reason: str) -> str:
    """What turned out later about the last closed day: so many dinars and papers more or fewer, and why.

    The day stays closed as it was; the next begins with the corrected sum. Raises Refusal("cash.no_count" |
    "cash.not_last" | "cash.nothing" | "cash.reason" | "cash.too_much" | "text.too_long").
    """
    end = document_of(act.connection, DAY_END, day_end)
    if end is None or not is_second_signed(act, day_end):
        raise Refusal("cash.no_count")
    last = last_closed(act, end.pay_point)
    if last is None or last.id != day_end:
        raise Refusal("cash.not_last")
    said = clean(reason)
    if not amount and not papers:
        raise Refusal("cash.nothing")
    if len(said) < balance.SHORTEST:
        raise Refusal("cash.reason", shortest=balance.SHORTEST)
    if len(said) > balance.LONGEST:
        raise Refusal("text.too_long", most=balance.LONGEST)
    if end.held + last.amount + amount < 0:
        raise Refusal("cash.too_much", held=end.held + last.amount)
    record = act.new_id()
    document = DayCorrection(day_end, amount, papers, said, act.day, act.user.id)
    act.records.create(DAY_CORRECTION, record, document, signed=True)
    act.concerns(day_end, record)
    return record
