"""The journey over a full store: the board and every worklist opened, and two hundred families leaving at once.

A list is opened as its page opens it: the ids of all its families in their order, and the lines of the first page (of
feedback, which no camp limits, how long the list is and the ids of that page alone). Its floor is the bare SQL that
fills that page in plain SQLite: the same statements, the first with no more rows than a page has. What fills no page
(counts, places, a list of a few families) is held against the page of who misses something, as the other searches are
against the one by name. Both are measured by the processor's time: all is read from memory, and on a machine that
others use a wall clock tells of them.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import event, select

from helpdesk.assistance.feedback import queries as feedback
from helpdesk.assistance.referrals import queries as referrals
from helpdesk.assistance.vouchers import unpaid
from helpdesk.desk.commands import View
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.areas import queries as areas
from helpdesk.journey.arrivals import queries as arrivals
from helpdesk.journey.cases import queries as cases
from helpdesk.journey.cases import worklists
from helpdesk.journey.cases.tables import StandingRow
from helpdesk.journey.clearances import queries as clearances
from helpdesk.journey.departures import bulk, clearing, day, planning
from helpdesk.journey.departures.documents import MovementPlan, Vehicle
from helpdesk.journey.monitoring import queries as calls
from helpdesk.opening import Desk
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import MILLISECONDS, SECOND, Measured, in_turns, shown
from tests.benchmarks.saving import open_plain
from tests.benchmarks.walking import DISTRICTS

PAGE: Final = 50
"""Rows that a list fetches at once (ui/widgets/paged_table.py)."""
ROUNDS: Final = 15
LIMIT: Final = 5.0
LIMIT_S: Final = 5.0
LEAVING: Final = 200

Ids = Callable[[View], Sequence[str]]
Lines = Callable[[View, Sequence[str]], object]


Asked = list[tuple[str, tuple[Any, ...]]]


def _clearance_lines(view: View, ids: Sequence[str]) -> object:
    return clearances.work_lines(view, ids), cases.lines(view, ids)


LISTS: Final[dict[str, tuple[Ids, Lines]]] = {
    **{f"worklist {code}": (partial(cases.worklist, code=code), cases.lines) for code in cases.WORKLIST},
    "worklist MISSING, by name": (partial(cases.worklist, code="MISSING", order="name"), cases.lines),
    "worklist MISSING H7": (partial(cases.worklist, code="MISSING", safeguard="H7"), cases.lines),
    **{f"clearances {name}": (partial(clearing.worklist, name=name), _clearance_lines)
       for name in clearing.WORKLISTS},
    **{f"calls {which}": (partial(calls.call_ids, which=which), calls.call_lines) for which in calls.WORKLIST},
    "tasks": (calls.task_ids, calls.task_lines),
    **{f"referrals {which}": (partial(referrals.referral_ids, which=which), referrals.referral_lines)
       for which in referrals.WORKLIST},
    "departed unpaid": (unpaid.departed_unpaid, cases.lines),
    **{f"arrivals {which}": (partial(arrivals.ids, which=which), arrivals.lines)
       for which in ("EXPECTED", "HERE", "DIFFERENT", "HANDED_OVER")},
}  # fmt: skip


FEEDBACK: Final = ("waiting", "late", "all")


def _board(view: View) -> object:
    return worklists.board(view), cases.worklist_counts(view), cases.missing_counts(view)


def _board_of_site(view: View) -> object:
    site = worklists.sites(view)[0].site
    return worklists.board(view, site), cases.worklist_counts(view, site), cases.missing_counts(view, site)


WHOLE: Final[dict[str, Callable[[View], object]]] = {
    "readiness board and its counts": _board,
    "readiness board of one site": _board_of_site,
    "clearances, counted": clearing.counts,
    "feedback, counted": feedback.waiting,
    "places by priority": areas.lines,
    "actions overdue in places": areas.overdue_actions,
}
"""What reads no list: its floor is its own statements."""


def measure(programme: Programme) -> list[Measured]:
    """``programme`` is one with families on their way (full_store.walked)."""
    desk, plain = programme.open_desk(), open_plain(programme)
    try:
        page = _filling(desk, *LISTS["worklist MISSING"])
        measured = [_opened(desk, plain, name, query, page) for name, query in WHOLE.items()]
        measured += [_opened_list(desk, plain, name, of_list, page) for name, of_list in LISTS.items()]
        measured += [_opened_feedback(desk, plain, which, page) for which in FEEDBACK]
        return [*measured, _leaving(desk)]
    finally:
        plain.close()
        desk.close()


def _opened_list(desk: Desk, plain: sqlite3.Connection, name: str, of_list: tuple[Ids, Lines], page: Asked) -> Measured:
    ids, lines = of_list
    count = len(desk.ask(ids))
    floor = _filling(desk, ids, lines) if count >= PAGE else page
    return _opened(desk, plain, f"{name}, {count:,}", lambda view: lines(view, ids(view)[:PAGE]), floor)


def _opened_feedback(desk: Desk, plain: sqlite3.Connection, which: str, page: Asked) -> Measured:
    def open_page(view: View) -> object:
        return feedback.count(view, which), feedback.lines(view, feedback.ids(view, which, 0, PAGE))

    count = desk.ask(feedback.count, which)
    floor = _filling(desk, partial(feedback.ids, which=which), feedback.lines) if count >= PAGE else page
    return _opened(desk, plain, f"feedback {which}, {count:,}", open_page, floor)


def _filling(desk: Desk, ids: Ids, lines: Lines) -> Asked:
    # the bare statements of one page
    found = desk.ask(ids)
    return [_one_page(_asked(desk, ids)), *_asked(desk, lambda view: lines(view, found[:PAGE]))]


def _opened(
    desk: Desk, plain: sqlite3.Connection, name: str, query: Callable[[View], object], statements: Asked
) -> Measured:
    def ours(_turn: int) -> None:
        desk.ask(query)

    def floor(_turn: int) -> None:
        for sql, values in statements:
            plain.execute(sql, values).fetchall()

    return in_turns(ROUNDS, ours, floor, clock=time.thread_time).measured(f"open {name}", LIMIT, MILLISECONDS)


def _asked(desk: Desk, query: Callable[[View], object]) -> Asked:
    # the statements of a query as the driver got them, without the gate's own
    asked: Asked = []

    def hear(_conn: object, _cursor: object, sql: str, values: Any, _context: object, _many: bool) -> None:
        if sql.startswith("SELECT") and "FROM local" not in sql:
            asked.append((sql, tuple(values)))

    event.listen(desk.store.engine, "before_cursor_execute", hear)
    try:
        desk.ask(query)
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", hear)
    return asked


def _one_page(statements: Asked) -> tuple[str, tuple[Any, ...]]:
    # one statement with the rows of a page; the rounds of calls stand side by side, ordered by the day they count from
    if len(statements) == 1:
        sql, values = statements[0]
        return f"{sql} LIMIT {PAGE}", values
    together = " UNION ALL ".join(sql for sql, _ in statements)
    return f"{together} ORDER BY from_on LIMIT {PAGE}", tuple(value for _, values in statements for value in values)


def _leaving(desk: Desk) -> Measured:
    # everything before it is done by the desk as on any day; measured is the supervisor's one press
    households = _ready(desk)
    movement = desk.do(planning.plan, _convoy(desk))
    assert desk.do(planning.list_families, movement, households) == ()
    desk.do(planning.all_fit, movement, households)
    desk.do(planning.notify, movement, "JOC", "1")
    assert bulk.schedule_all(desk, movement) == bulk.Bulk(len(households), ())
    for household in households:
        desk.do(day.present, movement, household)
    begun = time.perf_counter()
    closed = bulk.close_manifest(desk, movement)
    seconds = time.perf_counter() - begun
    assert closed.closing is not None
    assert closed.closing.departed == len(households)
    what = f"bulk departure of {len(households)} families"
    return Measured(what, "", shown(seconds, SECOND), seconds * LEAVING / len(households), LIMIT_S, SECOND)


def _ready(desk: Desk) -> tuple[str, ...]:
    with desk.store.read() as connection:
        chosen = select(StandingRow.household).where(
            StandingRow.state == "READY", StandingRow.destination == DISTRICTS[0]
        )
        return tuple(connection.scalars(chosen.order_by(StandingRow.household).limit(LEAVING)))


def _convoy(desk: Desk) -> MovementPlan:
    buses = tuple(Vehicle("BUS", f"00 P {1000 + n}", "Driver", "07000000003", 45) for n in range(30))
    return MovementPlan(
        desk.clock.now().date(), "IOM", PlaceAnswer(DISTRICTS[0]), "the main road", "at the gate", "08:00",
        "07000000009", "Benchmark", buses,
    )  # fmt: skip
