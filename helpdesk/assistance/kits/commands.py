"""Acts on arrival packages: receive, give to a family that arrived, write off, count.

The desk never gives what it does not have. A family's package is written into its arrival and nowhere else, so that
what was given is one number.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from helpdesk.assistance.kits.documents import KitMove
from helpdesk.assistance.kits.kinds import KIT_MOVE
from helpdesk.assistance.kits.queries import stock
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.journey.arrivals.codes import MOST_KITS
from helpdesk.journey.arrivals.commands import correct
from helpdesk.journey.arrivals.documents import ArrivalForm
from helpdesk.journey.arrivals.kinds import ARRIVAL
from helpdesk.journey.arrivals.tables import ArrivalRow
from helpdesk.vault.records import document_of

MOST_AT_ONCE: Final = 10_000
"""Packages of one delivery."""
SHORTEST: Final = 5
LONGEST: Final = 300
"""Letters of a note."""


@command("kit.receive", roles=FAMILIES)
def receive(act: Act, kits: int, giver: str) -> str:
    """Packages that came, and from whom. Raises Refusal("kit.number" | "kit.note" | "text.too_long")."""
    _check_number(kits, least=1)
    return _move(act, "RECEIVED", kits, giver)


@command("kit.issue", roles=FAMILIES)
def issue(act: Act, household: str, kits: int = 1) -> str:
    """Give packages to a family that arrived at this desk; returns its arrival, which says so from now on.

    Raises Refusal("kit.number" | "kit.no_arrival" | "kit.other_desk" | "kit.given" | "kit.too_few") and those of
    ``arrivals.correct``.
    """
    if not 1 <= kits <= MOST_KITS:
        raise Refusal("kit.number", most=MOST_KITS)
    arrived = select(ArrivalRow.id).where(ArrivalRow.household == household).order_by(ArrivalRow.id.desc()).limit(1)
    record = act.connection.scalar(arrived)
    arrival = document_of(act.connection, ARRIVAL, record) if record is not None else None
    if record is None or arrival is None:
        raise Refusal("kit.no_arrival")
    if arrival.desk != act.in_force().desk.number:
        raise Refusal("kit.other_desk", desk=arrival.desk)
    if arrival.kits:
        raise Refusal("kit.given", kits=arrival.kits)
    _check_here(act, kits)
    correct(act, record, ArrivalForm(household, kits=kits))
    return record


@command("kit.write_off", roles=FAMILIES)
def write_off(act: Act, kits: int, note: str) -> str:
    """Packages that are spoiled, and what happened. Raises Refusal("kit.number" | "kit.note" | "kit.too_few")."""
    _check_number(kits, least=1)
    _check_here(act, kits)
    return _move(act, "DAMAGED", kits, note)


@command("kit.count", roles=FAMILIES)
def count(act: Act, kits: int, note: str = "") -> str:
    """What was counted; where it is not what should be there, ``note`` says why, or the count is not taken.

    Raises Refusal("kit.number" | "kit.explain" | "text.too_long").
    """
    _check_number(kits, least=0)
    expected = stock(act).here
    if kits != expected and len(clean(note)) < SHORTEST:
        raise Refusal("kit.explain", expected=expected, counted=kits)
    return _move(act, "COUNTED", kits, note, expected=expected)


def _move(act: Act, what: str, kits: int, note: str, *, expected: int | None = None) -> str:
    said = clean(note)
    if what != "COUNTED" and len(said) < SHORTEST:
        raise Refusal("kit.note", shortest=SHORTEST)
    if len(said) > LONGEST:
        raise Refusal("text.too_long", most=LONGEST)
    move = KitMove(act.in_force().desk.number, act.day, what, kits, act.user.id, said, expected)
    record = act.new_id()
    act.records.create(KIT_MOVE, record, move, signed=True)
    act.concerns(record)
    return record


def _check_number(kits: int, *, least: int) -> None:
    if not least <= kits <= MOST_AT_ONCE:
        raise Refusal("kit.number", most=MOST_AT_ONCE)


def _check_here(act: Act, kits: int) -> None:
    here = stock(act).here
    if kits > here:
        raise Refusal("kit.too_few", here=max(here, 0))
