"""Calls and what they told (DOMAIN.md 4.8 and 4.14): the reach rate, and how durable returns are, of those reached.

The counting is monitoring's own; numbers of answers stand beside how many were due.
"""

from __future__ import annotations

from helpdesk.desk.commands import View
from helpdesk.journey.monitoring.codes import OUTCOME, ROUND, SHELTER
from helpdesk.journey.monitoring.counts import (
    Reach,
    displaced_again,
    durability,
    reach,
    shelter_change,
    tasks_open,
)
from helpdesk.reports.asked import Asked
from helpdesk.reports.table import SMALL, Column, Row, Table


def calls(view: View, asked: Asked) -> Table:
    """The three rounds: calls that came due in the days asked for, and what became of them."""
    words, period = asked.words, asked.period
    columns = (
        Column("round", words("Call"), "#activity", counts=False),
        Column("reached", words("Reached"), "#reached+hh"),
        Column("relative", words("A relative answered"), "#reached+hh+relative"),
        Column("refused", words("Did not want to"), "#targeted+hh+refused"),
        Column("lost", words("Given up"), "#targeted+hh+lost"),
        Column("waiting", words("Not reached yet"), "#targeted+hh+waiting"),
        Column("due", words("Due"), "#targeted+hh", total=True),
        Column("rate", words("Reach rate"), "#indicator+value+num", counts=False),
    )
    rows = tuple(
        Row(
            (
                words.label(ROUND.name, one.round),
                one.reached,
                one.by_relative,
                one.refused,
                one.lost,
                one.waiting,
                one.due,
                _rate(one, asked),
            )
        )
        for one in reach(view.connection, period.first, period.last, view.day)
    )
    facts = (*asked.facts(), (words("Tasks of 24 hours still open"), asked.number(tasks_open(view.connection))))
    note = words("The reach rate is families reached of all that were due.")
    return Table("calls", words("Calls and reach rate"), columns, rows, facts, (note,), chart="bars")


def _rate(one: Reach, asked: Asked) -> str:
    small = 0 < min(one.reached, one.due - one.reached) < SMALL
    if not one.due or (asked.leaves and small):
        return ""  # a share of few would tell the few
    return asked.words.digits(f"{100 * one.reached // one.due}%")


def outcomes(view: View, asked: Asked) -> Table:
    """How durable returns are by round, and how people live from one round to the next."""
    words, period = asked.words, asked.period
    found = {(one.round, one.outcome): one.families for one in durability(view.connection, period.first, period.last)}
    rows = []
    for code in ROUND:
        line = [found.get((code, outcome), 0) for outcome in OUTCOME]
        rows.append(Row((words.label(ROUND.name, code), *line, sum(line))))
    columns = (
        Column("round", words("Call"), "#activity", counts=False),
        *(Column(code.lower(), words.label(OUTCOME.name, code), "#affected+hh") for code in OUTCOME),
        Column("total", words("Families"), "#affected+hh+total", total=True),
    )
    again = displaced_again(view.connection, period.first, period.last)
    facts = (*asked.facts(), (words("Families displaced again, as told on calls"), asked.number(again)))
    note = words("Of those reached. Who was not reached may live otherwise.")
    return Table("outcomes", words("How durable returns are"), columns, tuple(rows), facts, (note,), chart="bars")


def shelter(view: View, asked: Asked) -> Table:
    """Where families lived at one call and at the next, of those reached in both."""
    words, period = asked.words, asked.period
    rows = [
        Row(
            (
                words("{first} to {last}", first=words.label(ROUND.name, one.from_round),
                      last=words.label(ROUND.name, one.to_round)),
                words.label(SHELTER.name, one.before),
                words.label(SHELTER.name, one.after),
                one.families,
            )
        )
        for one in shelter_change(view.connection, period.first, period.last)
    ]  # fmt: skip
    columns = (
        Column("rounds", words("Calls"), "#activity", counts=False),
        Column("before", words("Lived in"), "#status+before", counts=False),
        Column("after", words("Lives in"), "#status+after", counts=False),
        Column("families", words("Families"), "#affected+hh"),
    )
    return Table("shelter", words("Shelter from call to call"), columns, tuple(rows), asked.facts())
