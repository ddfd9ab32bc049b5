"""Where families departed from, and to which governorate (DOMAIN.md 4.4): counted by place, never by family."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from helpdesk.desk.commands import View
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.reports.asked import Asked
from helpdesk.reports.left import TRACKS, counted, earlier
from helpdesk.reports.table import Column, Row, Table


def matrix(view: View, asked: Asked) -> Table:
    """Cases departed with the programme in the days asked for: a row for each site, a column for each governorate."""
    words, period = asked.words, asked.period
    counts: Counter[tuple[str | None, str | None]] = Counter()
    rows = view.connection.execute(
        select(StandingRow.site, StandingRow.destination, func.count())
        .where(
            counted(),
            StandingRow.track.in_(TRACKS.values()),
            StandingRow.departed_on.between(period.first, period.last),
        )
        .group_by(StandingRow.site, StandingRow.destination)
    )
    for site, destination, cases in rows:
        counts[site, asked.above(destination, "governorate")] += cases
    for one in earlier(view.connection, view.day, asked.publics):
        if one.track in TRACKS.values() and period.holds(one.on):
            counts[one.site, asked.above(one.destination, "governorate")] += 1
    sites = sorted({site for site, _ in counts}, key=asked.place)
    governorates = sorted({governorate for _, governorate in counts}, key=asked.place)
    columns = (
        Column("site", words("Camp or site"), "#loc+name+origin", counts=False),
        *(Column(one or "unknown", asked.place(one), "#reached+hh") for one in governorates),
        Column("total", words("Total"), "#reached+hh+total", total=True),
    )
    lines = [[counts[site, one] for one in governorates] for site in sites]
    table_rows = [Row((asked.place(site), *line, sum(line))) for site, line in zip(sites, lines, strict=True)]
    if lines:
        sums = [sum(column) for column in zip(*lines, strict=True)]
        table_rows.append(Row((words("Total"), *sums, sum(sums)), total=True))
    return Table(
        "matrix", words("Departures by site and governorate of destination"), columns, tuple(table_rows), asked.facts(),
        chart="bars",
    )  # fmt: skip
