"""The rules of services as pure functions: what may be given to whom, and which days fit together (DOMAIN.md 2.17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from helpdesk.assistance.services.codes import (
    COMMUNITY_ONLY,
    EITHER_LEVEL,
    HOUSING,
    ITEM,
    LEGAL,
    LEVEL,
    SECTOR,
    STRUCTURE,
    WEEKDAY,
)
from helpdesk.assistance.services.documents import Delivery, Offer
from helpdesk.core.codes import BUILT_IN, Lists
from helpdesk.core.errors import Refusal
from helpdesk.households.rules import among

WEEK: Final = 7
_SATURDAY: Final = 5


def check_offer(offer: Offer) -> None:
    """A line of the directory that somebody can be sent to. Raises Refusal("form.code" | "offer.*")."""
    among(offer.sector, SECTOR, "sector")
    for day in offer.days:
        among(day, WEEKDAY, "days")
    if not offer.provider.strip():
        raise Refusal("offer.provider")
    if not offer.what.strip():
        raise Refusal("offer.what")
    if offer.capacity is not None and offer.capacity < 0:
        raise Refusal("form.code", field="capacity")


def status_of(delivery: Delivery) -> str:
    """Where a service stands, by its days."""
    if delivery.completed_on is not None:
        return "COMPLETED"
    if delivery.stopped_on is not None:
        return "STOPPED"
    return "PLANNED" if delivery.started_on is None else "STARTED"


def check_delivery(delivery: Delivery, day: date, lists: Lists = BUILT_IN) -> None:
    """What is given to whom, and when. Raises Refusal("form.code" | "service.*")."""
    among(delivery.level, LEVEL, "level")
    among(delivery.item, lists.accepted(ITEM), "item")
    _check_level(delivery)
    if not delivery.provider.strip():
        raise Refusal("service.provider")
    if delivery.item == "BS1":
        among(delivery.detail, STRUCTURE, "detail")
    elif delivery.item == "PR4":
        among(delivery.detail, LEGAL, "detail")
    for amount in (delivery.quantity, delivery.families):
        if amount is not None and amount < 1:
            raise Refusal("service.quantity")
    _check_days(delivery, day)


def _check_level(delivery: Delivery) -> None:
    if delivery.level == "HH":
        if delivery.item in COMMUNITY_ONLY:
            raise Refusal("service.community_only")
        if delivery.household is None:
            raise Refusal("service.household")
        return
    if delivery.item not in COMMUNITY_ONLY | EITHER_LEVEL:
        raise Refusal("service.family_only")
    if delivery.household is not None or delivery.person is not None:
        raise Refusal("service.nobody_named")
    if not delivery.place:
        raise Refusal("service.place")


def _check_days(delivery: Delivery, day: date) -> None:
    begun, ended = delivery.started_on, delivery.completed_on
    if begun is None and ended is None and delivery.planned_on is None:
        raise Refusal("service.no_day")
    if any(one is not None and one > day for one in (begun, ended)):
        raise Refusal("service.future")
    if ended is not None:
        if begun is not None and ended < begun:
            raise Refusal("service.order")
        if begun is None and delivery.item in HOUSING:
            # works that began nowhere would never stand among those still going on
            raise Refusal("service.housing_start")


def check_week(week_of: date, day: date) -> None:
    """A week to be counted: it begins on a Saturday and is over. Raises Refusal("pathway.*")."""
    if week_of.weekday() != _SATURDAY:
        raise Refusal("pathway.saturday")
    if day < week_of + timedelta(WEEK):
        raise Refusal("pathway.not_over", until=week_of + timedelta(WEEK))


def last_week(day: date) -> date:
    """The Saturday of the latest week that is over."""
    return day - timedelta((day.weekday() - _SATURDAY) % WEEK + WEEK)
