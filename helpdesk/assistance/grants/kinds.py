"""The kinds of record of grants, and how two desks' changes meet: what was planned for at either desk is used up."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.grants.documents import CashNeed, MinistryNote, SampleCheck
from helpdesk.assistance.grants.tables import CashNeedRow, SampleCheckRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of


def _need_rows(record_id: str, doc: CashNeed) -> Iterable[Row]:
    yield {"id": record_id, "household": doc.household, "voucher": doc.voucher, "by": doc.by, "on": doc.on}


def _check_rows(record_id: str, doc: SampleCheck) -> Iterable[Row]:
    yield {
        "id": record_id, "voucher": doc.voucher, "seen": doc.seen, "right": doc.right, "by": doc.by, "on": doc.on
    }  # fmt: skip


def used(one: str | None, other: str | None) -> str | None:
    """A reason for which either desk planned a voucher is used; of two vouchers the same one everywhere."""
    return max((voucher for voucher in (one, other) if voucher is not None), default=None)


CASH_NEED = Kind(
    "cash_need",
    CashNeed,
    projections=(Projection(table_of(CashNeedRow), "id", _need_rows),),
    safer={"voucher": used},
    never_merged=frozenset({"household", "reason"}),
)
SAMPLE_CHECK = Kind(
    "sample_check",
    SampleCheck,
    projections=(Projection(table_of(SampleCheckRow), "id", _check_rows),),
    event=True,
)
MINISTRY_NOTE = Kind("ministry_note", MinistryNote, event=True)
KINDS = (CASH_NEED, SAMPLE_CHECK, MINISTRY_NOTE)
