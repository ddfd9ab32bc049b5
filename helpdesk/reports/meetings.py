"""Sessions and visits as tables (DOMAIN.md 4.16 and 4.17): who was reached, who was offered a look, what was decided.

The counting is the rooms' own (engagement.reach, visits.reach); here it only takes its place in a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helpdesk.core.codes import CodeList
from helpdesk.desk.commands import View
from helpdesk.households.codes import SEX
from helpdesk.journey.codes import BAND
from helpdesk.journey.engagement.codes import EVENT
from helpdesk.journey.engagement.reach import Bands, reach
from helpdesk.journey.visits.codes import DECISION, VISIT
from helpdesk.journey.visits.reach import VisitsReport, visits_report
from helpdesk.reports.asked import Asked, listed
from helpdesk.reports.table import Column, Row, Table


def engagement(view: View, asked: Asked) -> Table:
    """The reach of sessions in the days asked for."""
    words, period = asked.words, asked.period
    found = reach(view, period.first, period.last)
    groups = (
        ("registered", words("Registered persons, each once"), found.persons),
        ("counted", words("Counted only, at each session anew"), found.counted),
    )
    rows = [row for code, name, bands in groups for row in _bands(asked, code, name, bands)]
    facts = (
        *asked.facts(),
        (words("Sessions held"), _told(asked, EVENT, found.events)),
        (words("For women only"), asked.number(found.women_only)),
        (words("Families reached"), asked.number(found.families)),
        (words("of them: nobody said who came"), asked.number(found.families_without_persons)),
    )
    columns = (
        Column("who", words("Who"), "#group", counts=False),
        Column("age", words("Age"), "#group+age", counts=False),
        *_by_sex(asked),
    )
    return Table("engagement", words("Reach of sessions"), columns, tuple(rows), facts, chart="bars")


def _by_sex(asked: Asked) -> tuple[Column, ...]:
    words = asked.words
    return (
        *(Column(sex.lower(), words.label(SEX.name, sex), f"#reached+{sex.lower()}") for sex in SEX),
        Column("total", words("Total"), "#reached+total", total=True),
    )


def _bands(asked: Asked, code: str, name: str, bands: Bands) -> Iterator[Row]:
    lines = [[bands.get(sex, {}).get(age, 0) for sex in SEX] for age in BAND]
    for age, line in zip(BAND, lines, strict=True):
        yield Row((name, age, *line, sum(line)), group=code)
    sums = [sum(column) for column in zip(*lines, strict=True)]
    yield Row((name, asked.words("Total"), *sums, sum(sums)), total=True, group=code)


def _told(asked: Asked, codes: CodeList, counts: Mapping[str, int]) -> str:
    words = asked.words
    parts = [
        words("{thing}: {count}", thing=words.label(codes.name, code), count=asked.number(counts[code]))
        for code in codes
        if counts.get(code)
    ]
    return listed(words, parts) or words.digits(0)


def visits(view: View, asked: Asked) -> Table:
    """Both kinds of visit in the days asked for."""
    words, period = asked.words, asked.period
    found = [visits_report(view, period.first, period.last, kind) for kind in VISIT]
    columns = (
        Column("what", words("What"), "#indicator+name", counts=False),
        *(Column(one.kind, words.label(VISIT.name, one.kind), "#reached") for one in found),
    )
    rows = [
        _row(words("Families offered a seat"), [one.offered for one in found]),
        _row(words("of them: declined"), [one.declined for one in found], part=True),
        _row(words("of them: a woman was offered a seat"), [one.women.get("OFFERED", 0) for one in found], part=True),
        _row(words("Families that wait for a seat"), [one.waiting for one in found]),
        _row(words("Visits made"), [one.visits.get("UNDERWAY", 0) for one in found]),
        _row(words("Families that took part"), [one.families_went for one in found]),
        *(_row(words.label(SEX.name, sex), [_of(one, sex) for one in found], part=True) for sex in SEX),
        *(
            _row(
                words("Decided afterwards: {decision}", decision=words.label(DECISION.name, code)),
                [one.decisions.get(code, 0) for one in found],
                part=True,
            )
            for code in DECISION
        ),
        _row(words("Decided afterwards: nothing is noted yet"), [one.decisions.get("", 0) for one in found], part=True),
    ]
    note = words("Families count once for each kind of visit, persons once however often they went.")
    return Table("visits", words("Visits"), columns, tuple(rows), asked.facts(), (note,), chart="bars")


def _row(name: str, counts: list[int], *, part: bool = False) -> Row:
    return Row((name, *counts), part=part)


def _of(found: VisitsReport, sex: str) -> int:
    return sum(found.persons.get(sex, {}).values())
