"""Reports at the centre: of the whole register, with opening balances, and sealed barriers with an officer's key.

What is opened stays in memory for the length of one count; only groups of five families and more come out of it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, select

from helpdesk.centre.areas import publics_of
from helpdesk.centre.office import Office
from helpdesk.centre.overview import ask_register
from helpdesk.centre.tables import CentreAuditRow
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import trust
from helpdesk.desk.audit import entries
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households.documents import SealedAnswers
from helpdesk.households.kinds import DISPLACEMENT, PROTECTION
from helpdesk.households.sealing import read_sealed
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.reports import balances
from helpdesk.reports.asked import Asked, Asking
from helpdesk.reports.balances import OpeningBalance
from helpdesk.reports.barriers import Sealed, sealed_table
from helpdesk.reports.desk_work import audit_table
from helpdesk.reports.exporting import Form, written
from helpdesk.reports.indicators import first_day
from helpdesk.reports.left import GONE_RECORDS
from helpdesk.reports.registry import asked_of, known, made, table_of
from helpdesk.reports.table import Table
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import Revision, decode_revision, documents_of
from helpdesk.vault.tables import RecordRow, RevisionRow

_PIECE = 500


def table(office: Office, name: str, asking: Asking) -> Table:
    """A report of the whole register. As registry.table_of."""
    with office.gate.store.read() as own, office.register.read() as register:
        publics = publics_of(own, register)
        if name == "audit":
            asked = ask_register(office, asked_of, asking, first_day(register), columns=False)
            return made(audit_table(_logs(own, register), asked), asked)
    return ask_register(office, table_of, name, asking, publics)


def _logs(own: Connection, register: Connection) -> Iterator[str]:
    # the centre's own log, then those of the desks as their batches brought them
    yield from (line for _, line in entries(own))
    yield from register.scalars(select(CentreAuditRow.entry).execution_options(yield_per=_PIECE))


@command("centre.report_export", roles=(Role.CENTRE,))
def note_export(act: Act, name: str) -> None:
    """Leave the audit entry of a report that leaves the room."""
    known(name)
    act.concerns(f"report:{name}")


def export(office: Office, name: str, asking: Asking, form: Form) -> tuple[Table, bytes]:
    """A report with its small counts hidden, as a file's bytes; it stands in the audit log before it is handed out."""
    if not asking.leaves:
        raise Refusal("report.exact")
    found = table(office, name, asking)
    data = written(found, form, asking.words, practice=office.programme().practice)
    office.gate.do(note_export, name)
    return found, data


@command("centre.opening", roles=(Role.CENTRE,))
def enter_balances(act: Act, office: Office, found: Sequence[OpeningBalance]) -> tuple[str, ...]:
    """Enter opening balances, signed by who is signed in. As balances.enter."""
    with office.acting(act) as there:
        entered = balances.enter(there, found)
    act.touch(balances.OPENING_BALANCE.name)
    return entered


@command("centre.sealed_barriers", roles=(Role.CENTRE,))
def sealed_barriers(act: Act, office: Office, key: ProtectionKey, asking: Asking) -> Table:
    """Sealed barriers of the whole register, with the protection officer's key: a table that may be shared.

    Raises Refusal("officer.other_programme" | "period.*").
    """
    if key.public.hex() != trust.programme(act.connection).protection:
        raise Refusal("officer.other_programme")
    with office.writing(act) as register:
        there = replace(act, connection=register)
        asked = asked_of(there, asking, first_day(register), columns=False)
        return sealed_table(_opened(register, key, asked), asked, act.day)


def _opened(register: Connection, key: ProtectionKey, asked: Asked) -> Iterator[Sealed]:
    # family by family: what it told at any time, for those registered in the days asked for
    period = asked.period
    last = ""
    while True:
        rows = register.execute(
            select(HouseholdRow.id, PersonRow.sex)
            .join(PersonRow, PersonRow.id == HouseholdRow.head)
            .where(
                HouseholdRow.registered_on.between(period.first, period.last),
                HouseholdRow.status.not_in(GONE_RECORDS),
                HouseholdRow.id > last,
            )
            .order_by(HouseholdRow.id)
            .limit(_PIECE)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        for row in rows:
            told = _codes(register, key, row.id)
            if told:
                yield Sealed(_district(register, row.id, asked), row.sex, told)


def _codes(register: Connection, key: ProtectionKey, household: str) -> frozenset[str]:
    bodies = register.scalars(
        select(RevisionRow.body)
        .join(RecordRow, RecordRow.id == RevisionRow.record)
        .where(RecordRow.household == household, RecordRow.kind == PROTECTION.name)
    )
    found: set[str] = set()
    for revision in (decode_revision(bytes(body)) for body in bodies):
        found.update(_read(key, household, revision).barriers)
    return frozenset(found)


def _read(key: ProtectionKey, household: str, revision: Revision) -> SealedAnswers:
    if revision.sealed is None:
        return SealedAnswers()
    try:
        return read_sealed(key.open(household, revision.ctr, base64.b64decode(revision.sealed, validate=True)))
    except (Fault, binascii.Error, msgspec.DecodeError):
        return SealedAnswers()  # a damaged one tells nothing; unsealing one family says that it is damaged


def _district(register: Connection, household: str, asked: Asked) -> str | None:
    known_origins = documents_of(register, DISPLACEMENT, household)
    return asked.above(known_origins[-1][1].origin.place_id, "district") if known_origins else None
