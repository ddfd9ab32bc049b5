"""What pages, papers and the command line read of arrival packages: the stock, and a card of its movements by day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.assistance.kits.documents import Stock
from helpdesk.assistance.kits.kinds import KIT_MOVE
from helpdesk.assistance.kits.tables import KitMoveRow
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.journey.arrivals.tables import ArrivalRow
from helpdesk.vault.records import document_of

ISSUED = "ISSUED"


class StockLine(Struct, frozen=True):
    """One line of the stock card: ``what`` a code of ``kit_move`` or ISSUED, ``left`` what lay here afterwards.

    What families were given is one line a day, so that the card names nobody.
    """

    on: date
    what: str
    change: int
    left: int
    note: str = ""


def stock(view: View) -> Stock:
    """This desk's packages. Raises Refusal("bundle.none")."""
    desk = view.in_force().desk.number
    moves = view.connection.execute(
        select(KitMoveRow.what, func.sum(KitMoveRow.change)).where(KitMoveRow.desk == desk).group_by(KitMoveRow.what)
    )
    sums: dict[str, int] = {what: int(change) for what, change in moves}
    issued = view.connection.scalar(select(func.coalesce(func.sum(ArrivalRow.kits), 0)).where(ArrivalRow.desk == desk))
    return Stock(
        received=sums.get("RECEIVED", 0),
        issued=int(issued or 0),
        damaged=-sums.get("DAMAGED", 0),
        by_counts=sums.get("COUNTED", 0),
    )


def stock_card(view: View) -> tuple[StockLine, ...]:
    """The card of this desk's stock, the first movement first. Raises Refusal("bundle.none" | "role.not_allowed")."""
    view.only(NAMES)
    desk = view.in_force().desk.number
    found: list[tuple[date, str, int, str]] = []
    for record in view.connection.scalars(select(KitMoveRow.id).where(KitMoveRow.desk == desk).order_by(KitMoveRow.id)):
        move = document_of(view.connection, KIT_MOVE, record)
        if move is not None:
            found.append((move.on, move.what, move.change, move.note))
    given: Counter[date] = Counter()
    for on, kits in view.connection.execute(
        select(ArrivalRow.on, ArrivalRow.kits).where(ArrivalRow.desk == desk, ArrivalRow.kits > 0)
    ):
        given[on] += kits
    found += [(on, ISSUED, -kits, "") for on, kits in given.items()]
    lines, left = [], 0
    # what came in the morning is there before it is given, and what was counted was counted in the evening
    order = {"RECEIVED": 0, ISSUED: 1, "DAMAGED": 2, "COUNTED": 3}
    for on, what, change, note in sorted(found, key=lambda one: (one[0], order[one[1]])):
        left += change
        lines.append(StockLine(on, what, change, left, note))
    return tuple(lines)
