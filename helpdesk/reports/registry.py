"""Every report by its name, for command line and window alike: what it is called, who may see it, how it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from helpdesk.core.errors import Refusal
from helpdesk.core.language import N_, Words
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES, Role
from helpdesk.journey.areas.standing import Publics, gazetteer_of
from helpdesk.reports import (
    afterwards,
    barriers,
    cash,
    desk_work,
    grants,
    help_given,
    matrix,
    meetings,
    people,
    status_table,
)
from helpdesk.reports.asked import Asked, Asking
from helpdesk.reports.indicators import first_day
from helpdesk.reports.periods import checked, read_periods, usual
from helpdesk.reports.table import Table, shareable

Build = Callable[[View, Asked], Table]
OVERSEERS: Final = (Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CENTRE)


class Report(Struct, frozen=True):
    """One report. ``columns``: its columns are the periods, so that several are worth asking for."""

    name: str
    title: str
    build: Build
    roles: tuple[Role, ...] = NAMES
    columns: bool = False


REPORTS: Final[dict[str, Report]] = {
    report.name: report
    for report in (
        Report("status-table", N_("Status of the programme"), status_table.status_table, columns=True),
        Report("sadd", N_("Persons by sex, age and disability"), people.sadd),
        Report("barriers", N_("Barriers"), barriers.barriers),
        Report("matrix", N_("Departures by site and governorate of destination"), matrix.matrix),
        Report("engagement", N_("Reach of sessions"), meetings.engagement),
        Report("visits", N_("Visits"), meetings.visits),
        Report("clearances", N_("Open clearances by age"), help_given.clearances),
        Report("grants", N_("Grants by type and site"), grants.grants),
        Report("instalments", N_("Instalments paid"), grants.instalments),
        Report("unpaid", N_("Departed and not paid, by days of waiting"), grants.waiting),
        Report("double-payments", N_("Double payments"), grants.doubles),
        Report("reroutes", N_("Vouchers paid at another pay point"), grants.reroutes),
        Report("cash", N_("Cash by day and pay point"), cash.reconciliation),
        Report("kits", N_("Arrival packages"), cash.kits),
        Report("calls", N_("Calls and reach rate"), afterwards.calls),
        Report("outcomes", N_("How durable returns are"), afterwards.outcomes),
        Report("shelter", N_("Shelter from call to call"), afterwards.shelter),
        Report("referrals", N_("Referrals by sector"), help_given.referrals),
        Report("providers", N_("Referrals by provider"), help_given.providers),
        Report("gaps", N_("No capacity: what is lacking"), help_given.gaps),
        Report("services", N_("Services"), help_given.services),
        Report("who-does-what", N_("Who does what where"), help_given.activities),
        Report("feedback", N_("Feedback"), help_given.feedback),
        Report("readiness", N_("Readiness"), desk_work.readiness),
        Report("daily", N_("Tally of the days"), desk_work.daily),
        Report("audit", N_("Acts in the audit log"), desk_work.audit, roles=OVERSEERS),
    )
}
"""In the order in which they are offered."""


def known(name: str) -> Report:
    """The report of a name. Raises Refusal("report.unknown")."""
    found = REPORTS.get(name)
    if found is None:
        raise Refusal("report.unknown", name=name)
    return found


def asked_of(
    view: View, asking: Asking, first_known: date | None, *, columns: bool, publics: Publics | None = None
) -> Asked:
    """What is asked, with its periods and places: the years, for columns, where no days are named.

    Raises Refusal("period.*" | "form.code").
    """
    if asking.bands not in people.BANDS:
        raise Refusal("form.code", field="bands")
    if asking.text.strip():
        periods = read_periods(asking.text, view.day)
    elif columns and asking.first is None and asking.last is None:
        periods = usual(first_known, view.day)
    else:
        last = asking.last or view.day
        periods = checked([(asking.first or min(first_known or last, last), last)], view.day)
    places = gazetteer_of(view.connection)
    return Asked(periods, asking.words, places, publics, leaves=asking.leaves, bands=asking.bands)


def table_of(view: View, name: str, asking: Asking, publics: Publics | None = None) -> Table:
    """A report as it may be asked for by whoever asks; small counts are hidden where it leaves the room.

    Raises Refusal("report.unknown" | "role.not_allowed" | "period.*" | "form.code").
    """
    report = known(name)
    view.only(report.roles)
    asked = asked_of(view, asking, first_day(view.connection), columns=report.columns, publics=publics)
    return made(report.build(view, asked), asked)


def made(table: Table, asked: Asked) -> Table:
    """A table as it is shown, or as it leaves: with its small counts hidden and a sentence that says so."""
    if not asked.leaves:
        return table
    shared = shareable(table)
    if shared == table:
        return table
    return replace(shared, notes=(*shared.notes, _hidden(asked.words)))


def _hidden(words: Words) -> str:
    return words("Small numbers are hidden, and others where they would give a small one away.")
