"""The directory of services per place: what came by bundle and what desks wrote, as one list (S33).

A desk's own word on a line stands before the bundle's. Nothing here names a family.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection

from helpdesk.assistance.services.commands import places_of
from helpdesk.assistance.services.documents import Offer
from helpdesk.assistance.services.kinds import OFFER
from helpdesk.core.clock import day_number, day_of
from helpdesk.desk.bundle import KnownOffer
from helpdesk.desk.commands import View
from helpdesk.desk.told import SERVICES
from helpdesk.vault.records import all_documents


class OfferShown(Struct, frozen=True):
    """One line of the directory. ``by_bundle``: the centre sent it and no desk has written another word."""

    id: str
    offer: Offer
    by_bundle: bool


def known_offers(connection: Connection, day: date) -> tuple[KnownOffer, ...]:
    """What a store holds and is still offered, as a bundle carries it: for whoever makes the next bundle."""
    return tuple(
        KnownOffer(
            id=offer_id,
            checked=day_number(offer.checked_on) if offer.checked_on is not None else None,
            **{name: getattr(offer, name) for name in _ALIKE},
        )
        for offer_id, offer in all_documents(connection, OFFER)
        if offer.ended_on is None or offer.ended_on >= day
    )


def _by_bundle(known: KnownOffer) -> Offer:
    checked = day_of(known.checked) if known.checked is not None else None
    return Offer(checked_on=checked, **{name: getattr(known, name) for name in _ALIKE})


_ALIKE: Final = ("place", "provider", "sector", "what", "for_whom", "contact", "free", "days", "hours", "capacity")


def directory(
    view: View, place: str | None = None, sector: str | None = None, *, ended: bool = False
) -> tuple[OfferShown, ...]:
    """The lines that hold for a place (those of every wider place too) and a sector, or all.

    Sorted by sector and provider; what has ended is left out unless asked for.
    """
    gazetteer = places_of(view)
    shown = [
        one
        for one in _lines(view)
        if (sector is None or one.offer.sector == sector)
        and (place is None or gazetteer.is_within(place, one.offer.place))
        and (ended or one.offer.ended_on is None or one.offer.ended_on >= view.day)
    ]
    return tuple(sorted(shown, key=lambda one: (one.offer.sector, one.offer.provider, one.id)))


def offer_of(view: View, offer_id: str) -> Offer | None:
    """One line, whether a desk wrote it or the bundle brought it."""
    return next((one.offer for one in _lines(view) if one.id == offer_id), None)


def _lines(view: View) -> Iterable[OfferShown]:
    written = dict(all_documents(view.connection, OFFER))
    for offer_id, offer in written.items():
        yield OfferShown(offer_id, offer, by_bundle=False)
    for known in SERVICES.every(view.connection):
        if known.id not in written:
            yield OfferShown(known.id, _by_bundle(known), by_bundle=True)
