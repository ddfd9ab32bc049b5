"""The tally of the days tells the cash of the days asked for, and nothing of it that would tell a hidden count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from helpdesk.assistance.cash import commands
from helpdesk.core.language import Words
from helpdesk.desk.places import load_gazetteer
from helpdesk.opening import Desk
from helpdesk.reports.asked import Asked
from helpdesk.reports.desk_work import daily
from helpdesk.reports.periods import Period
from tests.programme import Programme

MONTH = Period(date(2026, 11, 1), date(2026, 11, 30))
BEFORE = Period(date(2026, 10, 1), date(2026, 10, 31))


def facts(desk: Desk, period: Period, *, leaves: bool) -> dict[str, str]:
    asked = Asked((period,), Words("en"), load_gazetteer(), leaves=leaves)
    found = desk.ask(lambda view: daily(view, asked)).facts
    return {label: "".join(letter for letter in text if letter.isdigit()) for label, text in found if "Cash" in label}


def test_cash_of_the_days(desk_as: Callable[..., Desk], programme: Programme) -> None:
    desk, point = desk_as("clerk"), programme.numbers["one"]
    desk.do(commands.receive, point, {"50000": 4}, "Kamal")
    desk.do(commands.receive, point, {"25000": 1}, "Kamal")
    desk.do(commands.give_back, point, {"50000": 1}, "Kamal")
    assert facts(desk, MONTH, leaves=False) == {"Cash received": "225000", "Cash returned": "50000", "Cash paid": "0"}
    assert facts(desk, MONTH, leaves=True) == {"Cash received": "225000", "Cash returned": "50000"}
    assert facts(desk, BEFORE, leaves=True) == {"Cash received": "0", "Cash returned": "0"}
