"""``report``: tables of what the store holds, at a desk and (as ``centre report``) of the whole register.

Numbers, never names. A file that is written has its small counts hidden, takes a supervisor and a confirmation, and
stands in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from msgspec import Struct

from helpdesk.assistance.vouchers.counts import StateCount, by_state
from helpdesk.centre import reports as centre_reports
from helpdesk.centre.office import Office
from helpdesk.centre.overview import ask_register
from helpdesk.cli.door import Door, door_of
from helpdesk.cli.household import paper_words
from helpdesk.cli.session import (
    as_document,
    centre_of,
    confirmed,
    desk_of,
    other_passphrase,
    read_json,
    writable,
    write_csv,
)
from helpdesk.core.clock import SystemClock
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.desk import folder
from helpdesk.desk.commands import View
from helpdesk.households.codes import TALLY
from helpdesk.households.counts import DayTally, tally_by_day
from helpdesk.opening import Desk
from helpdesk.reports.asked import Asking
from helpdesk.reports.balances import OpeningBalance
from helpdesk.reports.exporting import export, form_of, written
from helpdesk.reports.people import BANDS
from helpdesk.reports.registry import REPORTS, table_of
from helpdesk.reports.table import Table
from helpdesk.reports.writing import shown
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.officers import read_officer_key

app: Final = typer.Typer(name="report", help="Tables of what the store holds.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]
FromDay = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day.")]
UntilDay = Annotated[datetime | None, typer.Option(formats=_DAY, help="The last day.")]
PeriodsFile = Annotated[
    Path | None,
    typer.Option(exists=True, dir_okay=False, help="Text: periods such as 2020-2021, 2022, 2023-01-01..2023-04-30."),
]
OutFile = Annotated[Path | None, typer.Option(help="Write it as .csv, .xlsx or .pdf, small numbers hidden.")]
Bands = Annotated[str, typer.Option(help=f"Age bands: {', '.join(BANDS)}.")]
Sure = Annotated[bool, typer.Option("--yes", help="Let the unencrypted file leave without being asked.")]
PaperLanguage = Annotated[str | None, typer.Option(help="Language of the file, else that of the answers.")]


@dataclass(frozen=True)
class _Here:
    # where the command runs: a desk, or a centre's office
    door: Door
    desk: Desk | None
    office: Office | None

    def ask(self, query: Callable[[View], Any]) -> Any:
        if self.office is not None:
            return ask_register(self.office, query)
        return self._desk().ask(query)

    def table(self, name: str, asking: Asking) -> Table:
        if self.office is not None:
            return centre_reports.table(self.office, name, asking)
        return self._desk().ask(table_of, name, asking)

    def export(self, name: str, asking: Asking, out: Path) -> Table:
        form = form_of(out.suffix)
        if self.office is not None:
            found, data = centre_reports.export(self.office, name, asking, form)
        else:
            desk = self._desk()
            left = desk.do(export, name, asking, form, desk.practice)
            found, data = left.table, left.data
        replace_file(out, data)
        return found

    def _desk(self) -> Desk:
        if self.desk is None:
            raise Refusal("folder.none")
        return self.desk


@contextmanager
def _here(context: typer.Context) -> Iterator[_Here]:
    above = context.parent.parent if context.parent is not None else None
    of_centre = above is not None and above.info_name == "centre"
    if of_centre or folder.looks_at(door_of(context).folder, SystemClock()).kind == "centre":
        with centre_of(context) as (door, office):
            yield _Here(door, None, office)
    else:
        with desk_of(context) as (door, desk):
            yield _Here(door, desk, None)


def _asking(
    words: Words, first: datetime | None, last: datetime | None, periods: Path | None, bands: str, *, leaves: bool
) -> Asking:
    if bands not in BANDS:
        raise typer.BadParameter(f"one of {', '.join(BANDS)}", param_hint="--bands")
    text = periods.read_text(encoding="utf-8-sig") if periods is not None else ""
    return Asking(words, text, first.date() if first else None, last.date() if last else None, bands, leaves)


def _answer(here: _Here, found: Table) -> None:
    here.door.answer(found, *lines_of(found, here.door.words))


def lines_of(found: Table, words: Words) -> Iterator[str]:
    """A table as lines of a terminal."""
    yield found.title
    yield from (f"{label}: {value}" for label, value in found.facts)
    yield "  |  ".join(column.heading for column in found.columns)
    for number, row in enumerate(found.rows):
        yield "  |  ".join(shown(cell, words, found.mark(number, place)) for place, cell in enumerate(row.cells))
    if not found.rows:
        yield words("Nothing is recorded of these days.")
    yield from found.notes


def _sure(here: _Here, out: Path, yes: bool) -> None:
    # a file that nobody encrypts leaves by somebody's word, not by a slip
    words = here.door.words
    said = words("{file} is not encrypted. Small numbers are hidden in it.", file=isolate_ltr(out.name))
    if not yes and not confirmed(here.door, said, words("May it leave?")):
        raise Refusal("report.not_confirmed")


def _reporting(name: str) -> Callable[..., None]:
    # one command for every report, all with the same options
    def make(
        context: typer.Context,
        from_: FromDay = None,
        until: UntilDay = None,
        periods: PeriodsFile = None,
        out: OutFile = None,
        bands: Bands = "camp",
        yes: Sure = False,
        language: PaperLanguage = None,
    ) -> None:
        if out is not None:
            form_of(writable(out).suffix)
        with _here(context) as here:
            words = here.door.words if out is None else paper_words(here.door, language)
            asking = _asking(words, from_, until, periods, bands, leaves=out is not None)
            if out is None:
                _answer(here, here.table(name, asking))
            else:
                _sure(here, out, yes)
                _answer(here, here.export(name, asking, out))

    return make


for _name, _report in REPORTS.items():
    app.command(_name, help=f"{_report.title}.")(_reporting(_name))


@app.callback()
def reports() -> None:
    """Tables of what the store holds."""


@app.command("opening")
def opening(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON: a list of opening balances.")],
) -> None:
    """Enter opening balances of the years before the register; at the centre."""
    found = as_document(read_json(file), tuple[OpeningBalance, ...], file)
    with centre_of(context) as (door, office):
        entered = office.gate.do(centre_reports.enter_balances, office, found)
        words = door.words
        said = words.plural("{n} opening balance is entered.", "{n} opening balances are entered.", len(entered))
        door.answer({"entered": entered}, said)


@app.command("sealed-barriers")
def sealed_barriers(
    context: typer.Context,
    officer: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The protection officer's file.")],
    officer_passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="First line: the officer's passphrase.")
    ] = None,
    from_: FromDay = None,
    until: UntilDay = None,
    periods: PeriodsFile = None,
    out: OutFile = None,
    yes: Sure = False,
    language: PaperLanguage = None,
) -> None:
    """Barriers told in confidence, in groups of five families and more; at the centre, with the officer's key."""
    if out is not None:
        form_of(writable(out).suffix)
    with centre_of(context) as (door, office):
        here = _Here(door, None, office)
        passphrase = other_passphrase(door, officer_passphrase_file, door.words("The officer's passphrase: "))
        words = door.words if out is None else paper_words(door, language)
        asking = _asking(words, from_, until, periods, "camp", leaves=True)
        if out is not None:
            _sure(here, out, yes)
        found = office.gate.do(centre_reports.sealed_barriers, office, _key(officer, passphrase), asking)
        if out is not None:
            office.gate.do(centre_reports.note_export, "barriers")
            replace_file(out, written(found, form_of(out.suffix), words, practice=office.programme().practice))
        _answer(here, found)


def _key(officer: Path, passphrase: str) -> ProtectionKey:
    key = read_officer_key(officer, passphrase)
    if key.purpose != "protection":
        raise Refusal("officer.purpose", purpose=key.purpose)
    return ProtectionKey.from_seed(key.secret)


class Tally(Struct, frozen=True):
    """The answer to ``tally``: the days, and the vouchers as they stand now."""

    days: tuple[DayTally, ...]
    vouchers: tuple[StateCount, ...]


@app.command("tally")
def tally(
    context: typer.Context,
    from_: FromDay = None,
    until: UntilDay = None,
    out: Annotated[Path | None, typer.Option(help="Write the counts as CSV.")] = None,
) -> None:
    """Families, persons, cards and visits without a name for each day; vouchers by state as they stand now."""
    first, last = from_.date() if from_ else None, until.date() if until else None
    if out is not None:
        writable(out)
    with _here(context) as here:
        found = Tally(here.ask(lambda view: tally_by_day(view, first, last)), here.ask(by_state))
        if out is not None:
            write_csv(out, ("day", "count_of", "code", "number"), _rows(found))
        here.door.answer(found, *_lines(here.door.words, found))


def _rows(found: Tally) -> Iterator[tuple[str, str, str, int]]:
    for day in found.days:
        at = day.day.isoformat()
        yield at, "families", "", day.families
        yield at, "persons", "", day.persons
        yield at, "cards", "", day.cards
        for kind in TALLY:
            women, men = day.visits.get(kind, (0, 0))
            yield at, "visits_women", kind, women
            yield at, "visits_men", kind, men
    for state in found.vouchers:
        yield "", "vouchers", state.state, state.vouchers
        yield "", "voucher_amount", state.state, state.amount


def _lines(words: Words, found: Tally) -> Iterator[str]:
    for day in found.days:
        yield words(
            "{day}: families {families}, persons {persons}, cards {cards}",
            day=day.day, families=day.families, persons=day.persons, cards=day.cards,
        )  # fmt: skip
        for kind, (women, men) in day.visits.items():
            label = words.label("tally", kind)
            yield "    " + words("{kind}: women {women}, men {men}", kind=label, women=women, men=men)
    for state in found.vouchers:
        label = words.label("voucher_state", state.state)
        yield words("Vouchers {state}: {n}, in all {amount}", state=label, n=state.vouchers, amount=state.amount)
