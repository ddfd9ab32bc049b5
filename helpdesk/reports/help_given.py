"""Clearances, services, referrals and feedback as tables (DOMAIN.md 4.10, 4.13, 4.15, 4.18). Never a family.

The counting is the rooms' own. What stands in no list of families is counted without place or provider here too.
"""

from __future__ import annotations

from helpdesk.assistance.feedback.codes import CHANNEL, CLOSED_TYPE, SEALED_TYPE, TYPE
from helpdesk.assistance.feedback.queries import TypeCount, counts
from helpdesk.assistance.referrals.counts import by_provider, by_sector
from helpdesk.assistance.referrals.counts import gaps as unmet
from helpdesk.assistance.services.codes import ITEM, LEVEL, SECTOR
from helpdesk.assistance.services.counts import by_item, pathways, who_does_what
from helpdesk.desk.commands import View
from helpdesk.journey.clearances.codes import AUTHORITY
from helpdesk.journey.clearances.queries import AGES, ageing
from helpdesk.reports.asked import Asked
from helpdesk.reports.table import SMALL, Column, Row, Table


def clearances(view: View, asked: Asked) -> Table:
    """Open answers by authority and the days since they were asked for, as they stand today."""
    words = asked.words
    ages = [
        *(words("to {n} days", n=age) for age in AGES),
        words("older"),
        words("not asked for yet"),
    ]
    columns = (
        Column("authority", words("Authority"), "#org+name", counts=False),
        *(Column(f"age{place}", name, "#indicator+num") for place, name in enumerate(ages)),
        Column("total", words("Total"), "#indicator+num+total", total=True),
    )
    lines = ageing(view)
    rows = [Row((words.label(AUTHORITY.name, one.authority), *one.counts, sum(one.counts))) for one in lines]
    if lines:
        sums = [sum(column) for column in zip(*(one.counts for one in lines), strict=True)]
        rows.append(Row((words("Total"), *sums, sum(sums)), total=True))
    note = words("Answers that are not complete, of whatever kind: one for each traveller and authority.")
    return Table(
        "clearances", words("Open clearances by age"), columns, tuple(rows), ((words("Day"), words.date(view.day)),),
        (note,), chart="bars",
    )  # fmt: skip


def services(view: View, asked: Asked) -> Table:
    """What was begun and completed in the days asked for, by item."""
    words, period = asked.words, asked.period
    columns = (
        Column("item", words("Service"), "#service+name", counts=False),
        Column("level", words("For whom"), "#service+level", counts=False),
        Column("started", words("Begun"), "#activity+started"),
        Column("completed", words("Completed"), "#activity+completed"),
        Column("families", words("Families reached"), "#reached+hh"),
        Column("quantity", words("Quantity"), "#output+num"),
    )
    rows = tuple(
        Row(
            (
                words.label(ITEM.name, one.item),
                words.label(LEVEL.name, one.level),
                one.started,
                one.completed,
                one.families,
                one.quantity,
            )
        )
        for one in by_item(view.connection, period.first, period.last)
    )
    women, men = pathways(view.connection, period.first, period.last)
    facts = (
        *asked.facts(),
        (words("Women told where to find help after violence"), asked.number(women)),
        (words("Men told where to find help after violence"), asked.number(men)),
    )
    return Table("services", words("Services"), columns, rows, facts, chart="bars")


def activities(view: View, asked: Asked) -> Table:
    """Who does what where: the 3W (S74), by district."""
    words, period = asked.words, asked.period
    found: dict[tuple[str, str, str, str | None], list[int]] = {}
    for one in who_does_what(view.connection, period.first, period.last):
        key = (one.organisation, one.provider, one.item, asked.above(one.place, "district"))
        line = found.setdefault(key, [0, 0])
        line[0] += one.going_on
        line[1] += one.completed
    columns = (
        Column("organisation", words("Organisation"), "#org+name", counts=False),
        Column("provider", words("Provider"), "#org+name+impl", counts=False),
        Column("item", words("Service"), "#activity+name", counts=False),
        Column("governorate", words("Governorate"), "#adm1+name", counts=False),
        Column("district", words("District"), "#adm2+name", counts=False),
        Column("going_on", words("Going on"), "#activity+ongoing"),
        Column("completed", words("Completed"), "#activity+completed"),
    )
    rows = []
    for (organisation, provider, item, district), line in found.items():
        wider = asked.above(district, "governorate")
        names = [asked.places.get(place) for place in (wider, district)]
        where = [name.name(words.language) if name else "" for name in names]
        rows.append(Row((organisation, provider, words.label(ITEM.name, item), *where, *line)))
    return Table("who-does-what", words("Who does what where"), columns, tuple(rows), asked.facts())


def referrals(view: View, asked: Asked) -> Table:
    """Referrals of every sector opened in the days asked for."""
    words, period = asked.words, asked.period
    columns = (
        Column("sector", words("Sector"), "#sector", counts=False),
        Column("opened", words("Opened"), "#targeted+hh"),
        Column("served", words("Served"), "#reached+hh"),
        Column("no_capacity", words("No capacity"), "#targeted+hh+gap"),
        Column("open", words("Still open"), "#targeted+hh+open"),
    )
    rows = tuple(
        Row((words.label(SECTOR.name, one.sector), one.opened, one.served, one.no_capacity, one.open))
        for one in by_sector(view.connection, period.first, period.last)
    )
    return Table("referrals", words("Referrals by sector"), columns, rows, asked.facts(), chart="bars")


def providers(view: View, asked: Asked) -> Table:
    """How referrals to each provider stand today, and how old the oldest open one is."""
    words = asked.words
    columns = (
        Column("provider", words("Provider"), "#org+name", counts=False),
        Column("sector", words("Sector"), "#sector", counts=False),
        Column("open", words("Still open"), "#targeted+hh+open"),
        Column("overdue", words("Past their day"), "#targeted+hh+overdue"),
        Column("oldest", words("Oldest, days"), "#indicator+age", counts=False),
        Column("served", words("Served"), "#reached+hh"),
        Column("declined", words("Declined"), "#targeted+hh+declined"),
        Column("no_capacity", words("No capacity"), "#targeted+hh+gap"),
        Column("unreachable", words("Not reached"), "#targeted+hh+unreachable"),
    )
    rows = tuple(
        Row(
            (
                one.provider,
                words.label(SECTOR.name, one.sector),
                one.open,
                one.overdue,
                words.digits(one.oldest) if one.oldest is not None else "",
                one.served,
                one.declined,
                one.no_capacity,
                one.unreachable,
            )
        )
        for one in by_provider(view.connection, view.day)
    )
    return Table("providers", words("Referrals by provider"), columns, rows, ((words("Day"), words.date(view.day)),))


def gaps(view: View, asked: Asked) -> Table:
    """What could not be given: "no capacity" answered in the days asked for."""
    words, period = asked.words, asked.period
    columns = (
        Column("sector", words("Sector"), "#sector", counts=False),
        Column("provider", words("Provider"), "#org+name", counts=False),
        Column("place", words("Place"), "#adm2+name", counts=False),
        Column("families", words("Families"), "#targeted+hh+gap"),
    )
    rows = tuple(
        Row(
            (
                words.label(SECTOR.name, one.sector),
                one.provider,
                asked.place(asked.above(one.place, "district")),
                one.families,
            )
        )
        for one in unmet(view.connection, period.first, period.last)
    )
    return Table("gaps", words("No capacity: what is lacking"), columns, rows, asked.facts())


def feedback(view: View, asked: Asked) -> Table:
    """What was received in the days asked for; of what is sealed, how much and no more."""
    words, period = asked.words, asked.period
    columns = (
        Column("type", words("Kind"), "#subject", counts=False),
        Column("channel", words("Channel"), "#channel", counts=False),
        Column("received", words("Received"), "#reached"),
        Column("answered", words("Answered"), "#reached+answered", group="answered"),
        Column("share", words("Answered, of all"), "#indicator+value+num", counts=False),
        Column("days", words("Days to an answer"), "#indicator+days", counts=False),
    )
    rows = tuple(_feedback_row(one, asked) for one in counts(view, period.first, period.last))
    note = words("Days to an answer are the mean of what was answered.")
    return Table("feedback", words("Feedback"), columns, rows, asked.facts(), (note,), chart="bars")


def _feedback_row(one: TypeCount, asked: Asked) -> Row:
    words = asked.words
    channel = words.label(CHANNEL.name, one.channel)
    if one.type == CLOSED_TYPE or one.type in SEALED_TYPE:
        return Row((words("Told in confidence"), channel, one.received, "", "", ""))
    small = asked.leaves and 0 < min(one.answered, one.received - one.answered) < SMALL
    share = words.digits(f"{100 * one.answered // one.received}%") if one.received and not small else ""
    days = words.digits(one.days_to_answer // one.answered) if one.answered and not small else ""
    return Row((words.label(TYPE.name, one.type), channel, one.received, one.answered, share, days))
