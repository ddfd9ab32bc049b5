"""Rows of a register for reports to count, put where the projections stand: thousands of them in a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from helpdesk.assistance.services.tables import DeliveryRow
from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.tables import table_of


def households(connection: Connection, count: int, on: date, name: str = "h", **changes: Any) -> list[str]:
    """Families without people, registered on one day; their ids."""
    ids = [f"{name}{number:06d}" for number in range(count)]
    fields: dict[str, Any] = {
        "number": "0000000000", "population": "CAMP", "status": "REGISTERED", "site": None, "shelter": "",
        "registered_on": on, "principal": "p", "head": "p", "persons": 1, "paper_form": None,
    }  # fmt: skip
    rows = [{"id": one, **fields, **changes} for one in ids]
    insert_rows(connection, table_of(HouseholdRow), rows)
    return ids


def person(connection: Connection, household: str, sex: str, birth: date, difficulty: bool | None = None) -> None:
    row = {
        "id": f"{household}.{sex}.{birth}", "household": household, "name": "n", "sort_name": "n", "sex": sex,
        "birth_date": birth, "relation": "HEAD", "words": "", "difficulty": difficulty,
    }  # fmt: skip
    insert_rows(connection, table_of(PersonRow), [row])


def standing(connection: Connection, ids: Iterable[str], **changes: Any) -> None:
    """Where families stand; departed with the programme on a day, unless told otherwise."""
    fields: dict[str, Any] = {
        "case_id": "c", "attempt": 1, "track": "RETURN", "state": "DEPARTED", "declared": "DEPARTED", "site": None,
        "destination": None, "mask": 0, "blocking": 0, "proposed": 0, "good_until": None, "intention_until": None,
        "clearance_until": None, "movement_day": None, "departed_on": None, "arrived_on": None, "review_on": None,
        "caseworker": None, "facilitated": True, "incident": "", "since": date(2022, 1, 1),
    }  # fmt: skip
    insert_rows(connection, table_of(StandingRow), [{"household": one, **fields, **changes} for one in ids])


def paid(connection: Connection, ids: Iterable[str], on: date, grant: str = "DEP", amount: int = 600_000) -> None:
    """One voucher for each family, paid on a day."""
    ids = list(ids)
    name = f"{grant}.{on}"
    vouchers = [
        {"id": f"{one}.{name}", "household": one, "number": None, "grant": grant, "amount": amount, "state": "PAID",
         "pay_point": 1, "last_day": on, "suspended_until": None, "currency": "IQD", "instalment": 1, "case": None,
         "replaces": None, "rerouted_to": None} for one in ids
    ]  # fmt: skip
    payments = [
        {"id": f"{one}.{name}", "voucher": f"{one}.{name}", "household": one, "amount": amount, "paid_on": on,
         "user": "u", "number": "", "currency": "IQD", "pay_point": 1, "distribution": None} for one in ids
    ]  # fmt: skip
    insert_rows(connection, table_of(VoucherRow), vouchers)
    insert_rows(connection, table_of(PaymentRow), payments)


def delivered(
    connection: Connection, ids: Iterable[str], item: str, started: date, completed: date | None = None
) -> None:
    """One service for each family, begun and maybe completed."""
    rows = [
        {"id": f"{one}.{item}.{started}", "household": one, "level": "HH", "item": item,
         "status": "COMPLETED" if completed else "STARTED", "place": None, "provider": "", "organisation": "",
         "planned_on": None, "started_on": started, "completed_on": completed, "quantity": None, "families": None}
        for one in ids
    ]  # fmt: skip
    insert_rows(connection, table_of(DeliveryRow), rows)
