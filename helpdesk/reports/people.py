"""Sex, age and disability (DOMAIN.md 4.2), under every report about persons: counted by the store, from dates of birth.

Estimated ages count like known ones. Whether somebody has a disability is what she or her family answered herself; who
was not asked stands in neither number.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from helpdesk.core.language import Words
from helpdesk.desk.commands import View
from helpdesk.households.codes import SEX
from helpdesk.households.tables import HouseholdRow, PersonRow
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.reports.asked import Asked
from helpdesk.reports.left import GONE_RECORDS, counted
from helpdesk.reports.periods import Period
from helpdesk.reports.table import Column, Row, Table

BANDS: Final = {
    "camp": (("0-5", 0), ("6-17", 6), ("18-59", 18), ("60+", 60)),
    "unhcr": (("0-4", 0), ("5-11", 5), ("12-17", 12), ("18-59", 18), ("60+", 60)),
}
"""The two sets of age bands, each with the age it begins at: camp profiles of Iraq, and the refugee agency's."""
_TAGS: Final = {"F": "+f", "M": "+m"}


def born_by(age: int, day: date) -> date:
    """The last day of birth of whoever is ``age`` or older on ``day``, as dates.age_on reckons."""
    year = day.year - age
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def band(day: date, bands: Sequence[tuple[str, int]]) -> ColumnElement[str]:
    """The band of a person's age on ``day``."""
    older = [(PersonRow.birth_date <= born_by(age, day), name) for name, age in reversed(bands[1:])]
    return case(*older, else_=bands[0][0])


def sadd(view: View, asked: Asked) -> Table:
    """Persons of families registered in the days asked for, and of those that departed in them; ages on the last."""
    words, period = asked.words, asked.period
    groups = (
        ("registered", words("Registered"), _registered(period)),
        ("departed", words("Departed with the programme"), _departed(period)),
    )
    bands = BANDS[asked.bands]
    rows: list[Row] = []
    for group, name, persons in groups:
        counts: dict[tuple[str, str], tuple[int, int]] = {
            (row[0], row[1]): (int(row[2]), int(row[3]))
            for row in view.connection.execute(_by_band(persons, period.last, bands))
        }
        lines = [[counts.get((sex, code), (0, 0)) for sex in SEX] for code, _ in bands]
        rows.extend(Row((name, code, *_cells(line)), group=group) for (code, _), line in zip(bands, lines, strict=True))
        sums = [(sum(line[at][0] for line in lines), sum(line[at][1] for line in lines)) for at in range(len(SEX))]
        rows.append(Row((name, words("Total"), *_cells(sums)), total=True, group=group))
    notes = (
        words("Ages are those of {day}; estimated ages count like known ones.", day=period.last),
        words("With a disability: a lot of difficulty in something, or unable to do it, as the person said."),
    )
    return Table(
        "sadd", words("Persons by sex, age and disability"), _columns(words), tuple(rows), asked.facts(), notes,
        chart="bars",
    )  # fmt: skip


def _cells(line: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    everybody, disabled = [all_ for all_, _ in line], [some for _, some in line]
    return (*everybody, sum(everybody), *disabled, sum(disabled))


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("group", words("Who"), "#group", counts=False),
        Column("age", words("Age"), "#group+age", counts=False),
        *(Column(sex.lower(), words.label(SEX.name, sex), f"#affected{_TAGS[sex]}") for sex in SEX),
        Column("total", words("Total"), "#affected+total", total=True),
        *(
            Column(
                f"disability_{sex.lower()}",
                words("{sex}, with a disability", sex=words.label(SEX.name, sex)),
                f"#affected+disabled{_TAGS[sex]}",
                group="disability",
            )
            for sex in SEX
        ),
        Column("disability_total", words("Total with a disability"), "#affected+disabled+total", total=True,
               group="disability"),
    )  # fmt: skip


def _registered(period: Period) -> ColumnElement[bool]:
    wanted = select(HouseholdRow.id).where(
        HouseholdRow.registered_on.between(period.first, period.last), HouseholdRow.status.not_in(GONE_RECORDS)
    )
    return PersonRow.household.in_(wanted)


def _departed(period: Period) -> ColumnElement[bool]:
    wanted = select(StandingRow.household).where(counted(), StandingRow.departed_on.between(period.first, period.last))
    return PersonRow.household.in_(wanted)


def _by_band(persons: ColumnElement[bool], day: date, bands: Sequence[tuple[str, int]]) -> Select[str, str, int, int]:
    of_band = band(day, bands).label("band")
    disabled = func.sum(case((PersonRow.difficulty.is_(True), 1), else_=0))
    return (
        select(PersonRow.sex, of_band, func.count(), disabled)
        .where(and_(persons, PersonRow.birth_date <= day))
        .group_by(PersonRow.sex, of_band)
    )
