"""Acts on services: keep the directory, record what was planned, begun, given or stopped, count told pathways.

A delivery to a family needs her data consent. After a disclosure of violence nothing is written at the time: the
slip is printed, and a stroke on paper is counted when the week is over.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from helpdesk.assistance.services import rules
from helpdesk.assistance.services.documents import Delivery, Offer, PathwayCount
from helpdesk.assistance.services.kinds import DELIVERY, OFFER, PATHWAY
from helpdesk.assistance.services.tables import PathwayRow
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.places import Gazetteer, load_gazetteer
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.commands import consenting
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow


def places_of(view: View) -> Gazetteer:
    """The places of the program and those the bundle adds."""
    added = view.bundle.places if view.bundle is not None else ()
    return load_gazetteer().with_added(added) if added else load_gazetteer()


@command("service.keep_offer", roles=(Role.SUPERVISOR,))
def keep_offer(act: Act, offer: Offer, offer_id: str | None = None) -> str:
    """Add a line to the directory, or write the next version of one; returns its id.

    One that came by bundle keeps its id, so that the desk's word stands before it. Raises Refusal("offer.*" |
    "form.code").
    """
    rules.check_offer(offer)
    if offer.place not in places_of(act):
        raise Refusal("offer.place")
    checked = msgspec.structs.replace(offer, checked_on=act.day)
    if offer_id is not None and document_of(act.connection, OFFER, offer_id) is not None:
        act.records.revise(OFFER, offer_id, checked)
    else:
        offer_id = offer_id or act.new_id()
        act.records.create(OFFER, offer_id, checked)
    act.concerns(offer_id)
    return offer_id


@command("service.deliver", roles=FAMILIES)
def deliver(act: Act, delivery: Delivery) -> str:
    """Record a service planned, begun or given; returns its id. The status follows from the days.

    Raises Refusal("service.*" | "form.code" | "household.unknown" | "consent.data" | "person.unknown").
    """
    rules.check_delivery(delivery, act.day, act.lists)
    if delivery.household is not None:
        found = consenting(act, delivery.household)
        if delivery.person is not None and delivery.person not in found.members:
            raise Refusal("person.unknown")
    elif delivery.place not in places_of(act):
        raise Refusal("service.place")
    delivery_id = act.new_id()
    fresh = msgspec.structs.replace(delivery, stopped_on=None, stop_reason="")
    act.records.create(DELIVERY, delivery_id, msgspec.structs.replace(fresh, status=rules.status_of(fresh)))
    act.concerns(delivery_id, *((delivery.household,) if delivery.household else ()))
    return delivery_id


@command("service.progress", roles=FAMILIES)
def progress(
    act: Act,
    delivery_id: str,
    started_on: date | None = None,
    completed_on: date | None = None,
    quantity: int | None = None,
) -> None:
    """Record that a service began or was completed; what is not said stays. Raises Refusal("service.*")."""
    known = _open(act, delivery_id)
    changed = msgspec.structs.replace(
        known,
        started_on=started_on or known.started_on,
        completed_on=completed_on or known.completed_on,
        quantity=known.quantity if quantity is None else quantity,
    )
    rules.check_delivery(changed, act.day, act.lists)
    act.records.revise(DELIVERY, delivery_id, msgspec.structs.replace(changed, status=rules.status_of(changed)))
    act.concerns(delivery_id)


@command("service.stop", roles=FAMILIES)
def stop(act: Act, delivery_id: str, reason: str) -> None:
    """A service that will not be completed. Raises Refusal("service.unknown" | "service.ended" | "service.reason")."""
    if not reason.strip():
        raise Refusal("service.reason")
    known = _open(act, delivery_id)
    stopped = msgspec.structs.replace(known, status="STOPPED", stopped_on=act.day, stop_reason=reason)
    act.records.revise(DELIVERY, delivery_id, stopped)
    act.concerns(delivery_id)


def _open(act: Act, delivery_id: str) -> Delivery:
    known = document_of(act.connection, DELIVERY, delivery_id)
    if known is None:
        raise Refusal("service.unknown")
    if known.status in ("COMPLETED", "STOPPED"):
        raise Refusal("service.ended")
    if known.household is not None:
        consenting(act, known.household)
    return known


@command("service.count_pathways", roles=FAMILIES)
def count_pathways(act: Act, week_of: date, women: int, men: int) -> None:
    """Type in the strokes of a week that is over: how often pathway information was given, and nothing else.

    It concerns no record, names nobody, and lies beside no visit. Raises Refusal("pathway.*" | "tally.nobody").
    """
    rules.check_week(week_of, act.day)
    if women < 0 or men < 0 or women + men == 0:
        raise Refusal("tally.nobody")
    mine = (
        select(PathwayRow.id)
        .join(RevisionRow, RevisionRow.record == PathwayRow.id)
        .where(PathwayRow.week_of == week_of, RevisionRow.origin.is_(None))
    )
    if act.connection.execute(mine).first() is not None:
        raise Refusal("pathway.twice")
    act.records.create(PATHWAY, act.new_id(), PathwayCount(week_of, women, men))
