"""What pages that serve a family need to know of the desk: the day, its places, helplines and pay points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpdesk.desk.bundle import AddedPlace, PayPoint
from helpdesk.desk.commands import View


@dataclass(frozen=True)
class DeskNow:
    """Read once when a page opens. ``helplines`` are (label, number)."""

    day: date
    number: int
    helplines: tuple[tuple[str, str], ...] = ()
    pay_points: tuple[PayPoint, ...] = ()
    places: tuple[AddedPlace, ...] = ()
    has_bundle: bool = False


def desk_now(view: View) -> DeskNow:
    """The desk as its installed bundle says."""
    bundle = view.bundle
    if bundle is None:
        return DeskNow(view.day, 0)
    return DeskNow(
        day=view.day,
        number=bundle.desk.number,
        helplines=tuple((line.label, line.number) for line in bundle.helplines),
        pay_points=bundle.desk.pay_points,
        places=bundle.places,
        has_bundle=True,
    )
