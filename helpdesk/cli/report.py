"""``report``: what this release can count: the tally of days, and vouchers by state. Numbers, never names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from msgspec import Struct

from helpdesk.assistance.counts import StateCount, by_state
from helpdesk.centre.overview import ask_register
from helpdesk.cli.door import door_of
from helpdesk.cli.session import centre_of, desk_of, writable, write_csv
from helpdesk.core.clock import SystemClock
from helpdesk.core.language import Words
from helpdesk.desk import folder
from helpdesk.households.codes import TALLY
from helpdesk.households.counts import DayTally, tally_by_day

app: Final = typer.Typer(name="report", help="Counts of what the store holds.", rich_markup_mode=None)
_DAY: Final = ["%Y-%m-%d"]


class Tally(Struct, frozen=True):
    """The answer to ``tally``: the days, and the vouchers as they stand now."""

    days: tuple[DayTally, ...]
    vouchers: tuple[StateCount, ...]


@app.callback()
def reports() -> None:
    """Counts of what the store holds."""


@app.command("tally")
def tally(
    context: typer.Context,
    from_: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="The last day.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the counts as CSV.")] = None,
) -> None:
    """Families, persons, cards and visits without a name for each day; vouchers by state as they stand now."""
    first, last = from_.date() if from_ else None, until.date() if until else None
    if out is not None:
        writable(out)
    door = door_of(context)
    if folder.looks_at(door.folder, SystemClock()).kind == "centre":
        with centre_of(context) as (_, office):
            found = Tally(ask_register(office, tally_by_day, first, last), ask_register(office, by_state))
    else:
        with desk_of(context) as (_, desk):
            found = Tally(desk.ask(tally_by_day, first, last), desk.ask(by_state))
    if out is not None:
        write_csv(out, ("day", "count_of", "code", "number"), _rows(found))
    door.answer(found, *_lines(door.words, found))


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
