"""A pay day in words: its table of days, its table of lines, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpdesk.assistance.cash.counting import CURRENCY
from helpdesk.assistance.distributions.documents import DISTRIBUTION_STATE, LINE_STATE, Line, Sums
from helpdesk.assistance.distributions.queries import DayLine, known_day, line_of
from helpdesk.core.language import Words
from helpdesk.core.numbers import voucher_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households import paper_forms
from helpdesk.printing.blocks import amount_shown
from ui.widgets.row_drawing import Column


def line_now(view: View, distribution: str, line: int) -> Line:
    """One line as it stands now. Raises Refusal("payday.unknown" | "payday.no_line" | "role.not_allowed")."""
    view.only(NAMES)
    return line_of(view, distribution, known_day(view, distribution), line)


def day_columns(words: Words, points: Mapping[int, str]) -> list[Column]:
    """The columns of the list of days."""
    return [
        Column(words("Day"), 190, lambda day: words.date(day.on)),
        Column(words("List"), 130, lambda day: paper_forms.shown(day.number), ltr=True),
        Column(words("Pay point"), 0, lambda day: points.get(day.pay_point, words.digits(day.pay_point))),
        Column(words("State"), 120, lambda day: words.label(DISTRIBUTION_STATE.name, day.state), tone=_day_tone),
        Column(words("Paid"), 150, lambda day: words("{done} of {all}", done=day.sums.paid, all=day.sums.lines)),
        Column(words("Amount paid"), 170, lambda day: amount_shown(words, day.sums.paid_amount, CURRENCY)),
    ]


def line_columns(words: Words) -> list[Column]:
    """The columns of one list, as it is printed."""
    return [
        Column(words("No."), 60, lambda line: words.digits(line.line)),
        Column(words("Voucher"), 150, lambda line: voucher_number_shown(line.number) if line.number else "", ltr=True),
        Column(words("Pay to"), 0, lambda line: line.payee),
        Column(words("Size"), 90, lambda line: words.digits(line.size)),
        Column(words("Amount"), 150, lambda line: amount_shown(words, line.amount, line.currency)),
        Column(words("What became of it"), 220, lambda line: words.label(LINE_STATE.name, line.state), tone=_tone),
    ]


def sum_rows(words: Words, sums: Sums) -> list[tuple[str, str]]:
    """What a day came to, or stands at; what does not occur is left out."""

    def told(count: int, amount: int) -> str:
        told_amount = amount_shown(words, amount, CURRENCY)
        return words.plural("{n} line, {amount}", "{n} lines, {amount}", count, amount=told_amount)

    rows = [(words("On the list"), told(sums.lines, sums.planned)), (words("Paid"), told(sums.paid, sums.paid_amount))]
    if sums.by_alternate:
        rows.append((words("of these collected by somebody else"), words.digits(sums.by_alternate)))
    for state, count in (("WAITING", sums.waiting), ("ABSENT", sums.absent), ("OUT", sums.out)):
        if count:
            rows.append((words.label(LINE_STATE.name, state), words.digits(count)))
    if sums.unclaimed:
        rows.append((words.label(LINE_STATE.name, "UNCLAIMED"), told(sums.unclaimed, sums.unclaimed_amount)))
    return rows


def closing_told(words: Words, sums: Sums) -> str:
    """What closing the day will do, before it is done."""
    waiting = sums.waiting + sums.absent
    if not waiting:
        return words("Every line is settled. A closed day is not opened again.")
    return words.plural(
        "{n} line was not paid. It becomes unclaimed, and its cash stays in the box. A closed day is not opened again.",
        "{n} lines were not paid. They become unclaimed, and their cash stays in the box. A closed day is not opened "
        "again.",
        waiting,
    )


def replaced(lines: Sequence[Line], line: Line) -> tuple[Line, ...]:
    """The lines with one of them as it stands now."""
    return tuple(line if one.line == line.line else one for one in lines)


def _day_tone(day: DayLine) -> str:
    return "quiet" if day.state == "CLOSED" else "ink"


def _tone(line: Line) -> str:
    return {"PAYEE": "good", "ALTERNATE": "good", "ABSENT": "careful", "UNCLAIMED": "stop", "OUT": "stop"}.get(
        line.state, "ink"
    )
