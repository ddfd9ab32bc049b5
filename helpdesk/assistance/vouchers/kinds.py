"""The kinds of record of vouchers, and how two desks' words on one of them meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from helpdesk.assistance.vouchers.documents import LedgerEntry, Payment, Rerouting, Voucher, Witness
from helpdesk.assistance.vouchers.life import safer_state, safer_suspension
from helpdesk.assistance.vouchers.tables import LedgerRow, PaymentRow, ReroutingRow, VoucherRow, WitnessRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of


def _rows(names: tuple[str, ...], record_id: str, doc: Any) -> Iterable[Row]:
    yield {"id": record_id, **{name: getattr(doc, name) for name in names}}


def _showing(*names: str) -> Callable[[str, Any], Iterable[Row]]:
    return partial(_rows, names)


def _known_household(_record_id: str, doc: Any) -> str | None:
    # a paper of another desk that was taken in here belongs to no household that this desk knows
    return doc.household or None


VOUCHER = Kind(
    "voucher",
    Voucher,
    projections=(
        Projection(
            table_of(VoucherRow),
            "id",
            _showing(
                "household", "number", "grant", "amount", "state", "pay_point", "last_day", "suspended_until",
                "currency", "instalment", "case", "replaces", "rerouted_to",
            ),
        ),
    ),
    safer={"state": safer_state, "suspended_until": safer_suspension},
    never_merged=frozenset({"amount", "payee", "number", "household", "rerouted_to"}),
)  # fmt: skip
PAYMENT = Kind(
    "payment",
    Payment,
    household=_known_household,
    projections=(
        Projection(
            table_of(PaymentRow),
            "id",
            _showing(
                "voucher", "household", "amount", "paid_on", "user", "number", "currency", "pay_point", "distribution"
            ),
        ),
    ),
    event=True,
)
REROUTING = Kind(
    "rerouting",
    Rerouting,
    household=_known_household,
    projections=(
        Projection(
            table_of(ReroutingRow),
            "id",
            _showing("number", "voucher", "amount", "from_point", "to_point", "on", "by"),
        ),
    ),
    event=True,
)
WITNESS = Kind(
    "voucher_witness",
    Witness,
    household=_known_household,
    projections=(Projection(table_of(WitnessRow), "id", _showing("what", "of", "on", "by")),),
    event=True,
)
LEDGER = Kind(
    "ledger",
    LedgerEntry,
    household=lambda _id, _doc: None,
    projections=(
        Projection(
            table_of(LedgerRow),
            "id",
            _showing("device", "epoch", "n", "act", "voucher", "number", "amount", "state", "payment", "user", "on"),
        ),
    ),
    event=True,
)
KINDS = (VOUCHER, PAYMENT, REROUTING, WITNESS, LEDGER)
