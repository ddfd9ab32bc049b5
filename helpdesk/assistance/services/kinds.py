"""The kinds of record of services, and how two desks' words on one of them meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.services.codes import STATUS
from helpdesk.assistance.services.documents import Delivery, Offer, PathwayCount
from helpdesk.assistance.services.tables import DeliveryRow, OfferRow, PathwayRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _offer_rows(record_id: str, doc: Offer) -> Iterable[Row]:
    yield {
        "id": record_id,
        "place": doc.place,
        "sector": doc.sector,
        "provider": doc.provider,
        "ended_on": doc.ended_on,
    }


def _delivery_rows(record_id: str, doc: Delivery) -> Iterable[Row]:
    yield {
        "id": record_id,
        "household": doc.household,
        "level": doc.level,
        "item": doc.item,
        "status": doc.status,
        "place": doc.place,
        "provider": doc.provider,
        "organisation": doc.organisation,
        "planned_on": doc.planned_on,
        "started_on": doc.started_on,
        "completed_on": doc.completed_on,
        "quantity": doc.quantity,
        "families": doc.families,
    }


def _pathway_rows(record_id: str, doc: PathwayCount) -> Iterable[Row]:
    yield {"id": record_id, "week_of": doc.week_of, "women": doc.women, "men": doc.men}


def later_status(one: str, other: str) -> str:
    """A work that either desk saw begun, ended or stopped is so."""
    return safest(STATUS.entries, one, other)


OFFER = Kind(
    "offer",
    Offer,
    household=lambda _id, _doc: None,
    projections=(Projection(table_of(OfferRow), "id", _offer_rows),),
    never_merged=frozenset({"place"}),
)
DELIVERY = Kind(
    "delivery",
    Delivery,
    projections=(Projection(table_of(DeliveryRow), "id", _delivery_rows),),
    safer={"status": later_status},
    never_merged=frozenset({"household", "item", "quantity"}),
)
PATHWAY = Kind(
    "pathway",
    PathwayCount,
    household=lambda _id, _doc: None,
    projections=(Projection(table_of(PathwayRow), "id", _pathway_rows),),
    event=True,
)
KINDS = (OFFER, DELIVERY, PATHWAY)
