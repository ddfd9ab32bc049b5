"""The kinds of record a distribution day consists of, and how two desks' changes to its list meet."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.distributions.documents import DISTRIBUTION_STATE, Distribution, DistributionMark
from helpdesk.assistance.distributions.tables import DistributionLineRow, DistributionMarkRow, DistributionRow
from helpdesk.vault.records import Kind, Projection, Row, safest
from helpdesk.vault.tables import table_of


def _day(record_id: str, doc: Distribution) -> Iterable[Row]:
    yield {"id": record_id, "number": doc.number, "pay_point": doc.pay_point, "on": doc.on, "state": doc.state}


def _lines(record_id: str, doc: Distribution) -> Iterable[Row]:
    for line, voucher in enumerate(doc.vouchers, start=1):
        yield {"distribution": record_id, "line": line, "voucher": voucher}


def _mark(record_id: str, doc: DistributionMark) -> Iterable[Row]:
    yield {"id": record_id, "distribution": doc.distribution, "voucher": doc.voucher, "what": doc.what}


def closed_stays(one: str, other: str) -> str:
    """Closed at either desk is closed."""
    return safest(DISTRIBUTION_STATE.entries, one, other)


DISTRIBUTION = Kind(
    "distribution",
    Distribution,
    projections=(
        Projection(table_of(DistributionRow), "id", _day),
        Projection(table_of(DistributionLineRow), "distribution", _lines),
    ),
    safer={"state": closed_stays},
    never_merged=frozenset({"number", "pay_point", "on", "vouchers"}),
)
DISTRIBUTION_MARK = Kind(
    "distribution_mark",
    DistributionMark,
    projections=(Projection(table_of(DistributionMarkRow), "id", _mark),),
    event=True,
)
KINDS = (DISTRIBUTION, DISTRIBUTION_MARK)
