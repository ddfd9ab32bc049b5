"""What pages, papers and the command line read of services delivered: lists by page, a family's own, a file's part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import bindparam, or_, select

from helpdesk.assistance.services.codes import OFF_LISTS
from helpdesk.assistance.services.documents import Delivery
from helpdesk.assistance.services.kinds import DELIVERY
from helpdesk.assistance.services.tables import DeliveryRow
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.records import documents_of


class DeliveryLine(Struct, frozen=True):
    """One line of the list: no name, a number where it was given to a family, else the place."""

    id: str
    household: str | None
    number: str | None
    place: str | None
    item: str
    status: str
    provider: str
    started_on: date | None
    completed_on: date | None


_SHOWN = or_(DeliveryRow.household.is_(None), DeliveryRow.item.not_in(OFF_LISTS))
_LINES = (
    select(
        DeliveryRow.id, DeliveryRow.household, HouseholdRow.number, DeliveryRow.place, DeliveryRow.item,
        DeliveryRow.status, DeliveryRow.provider, DeliveryRow.started_on, DeliveryRow.completed_on,
    )
    .outerjoin(HouseholdRow, HouseholdRow.id == DeliveryRow.household)
    .where(DeliveryRow.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip


def delivery_ids(view: View, status: str | None = None, item: str | None = None) -> list[str]:
    """The ids of deliveries that a list may show, the newest first."""
    statement = select(DeliveryRow.id).where(_SHOWN).order_by(DeliveryRow.id.desc())
    if status is not None:
        statement = statement.where(DeliveryRow.status == status)
    if item is not None:
        statement = statement.where(DeliveryRow.item == item)
    return list(view.connection.scalars(statement))


def delivery_lines(view: View, ids: Sequence[str]) -> dict[str, DeliveryLine]:
    """One page of the list."""
    view.only(NAMES)
    rows = view.connection.execute(_LINES, {"ids": list(ids)})
    return {row.id: DeliveryLine(*row) for row in rows}


def deliveries_of(view: View, household: str) -> tuple[tuple[str, Delivery], ...]:
    """What one family was given or promised, the last written at the end; every item, for her own file."""
    view.only(NAMES)
    return tuple(documents_of(view.connection, DELIVERY, household))
