"""A list of all households painted, against an empty paged table; and how long the window's own thread stands still.

Both tables are built, shown and painted in turns in one process with the program's look in Arabic; ours fetches the
page it shows from the full store. As a program of its own (``python -m tests.benchmarks.listing FOLDER``) it is that
process, because Qt wants the first thread of one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from helpdesk.core.language import Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.exchange import batches
from helpdesk.households import commands, queries
from tests.benchmarks.families import of_six
from tests.benchmarks.full_store import Programme
from tests.benchmarks.measure import Measured, in_turns, run
from tests.benchmarks.painted import when_painted
from ui.theme import Look, application, dress
from ui.widgets.paged_table import PAGE, Column, PagedTable
from ui.work import Running, Work

ROUNDS = 25
LIMIT = 1.3
LIMIT_MS = 100.0
BEAT_MS = 2
IDLE_MS = 2000
SEARCHES = 60
FAMILIES = 20


def measure(programme: Programme) -> list[Measured]:
    """What the process found."""
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = run([sys.executable, "-m", "tests.benchmarks.listing", str(programme.folder)], offscreen).said
    return [Measured(**line) for line in json.loads(said)]  # Infinity passes, both ends are Python


def _columns(words: Words) -> list[Column]:
    # what the page of families shows
    return [
        Column(words("Number"), 150, lambda line: household_number_shown(line.number), "number", ltr=True),
        Column(words("Name on the card"), 0, lambda line: line.principal, "name"),
        Column(words("People"), 80, lambda line: words.digits(line.persons), "persons"),
        Column(words("Camp or site"), 190, lambda line: line.site or "", "site"),
        Column(words("Shelter"), 120, lambda line: line.shelter, "shelter"),
        Column(words("Registered"), 150, lambda line: words.date(line.registered_on), "registered_on"),
    ]


def _painting(app: QApplication, look: Look, programme: Programme) -> list[Measured]:
    desk = programme.open_desk()
    ids = desk.ask(queries.household_ids)

    def fetch(wanted: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        found = desk.ask(queries.lines, wanted)
        then([found[household] for household in wanted])

    def paint(shown: Sequence[str], columns: list[Column]) -> None:
        table = PagedTable(look, "families", "Families", columns, fetch)
        table.resize(1198, 648)
        table.show_ids(shown)
        loop = QEventLoop()
        when_painted(app, table.viewport(), loop.quit)
        table.show()
        loop.exec()
        table.close()
        table.deleteLater()

    columns = _columns(look.words)
    blank = [replace(column, cell=lambda _line: "") for column in columns]
    one_page = ids[:PAGE]
    without_rows = in_turns(ROUNDS, lambda _: paint(ids, columns), lambda _: paint([], columns))
    without_words = in_turns(ROUNDS, lambda _: paint(ids, columns), lambda _: paint(one_page, blank))
    one = in_turns(ROUNDS, lambda _: paint(ids, columns), lambda _: paint(one_page, columns))
    desk.close()
    what = f"list of {len(ids):,} households painted"
    return [
        without_rows.measured(what, LIMIT),
        without_words.measured("  beside a page of empty cells", inf),
        one.measured("  beside a list of one page", inf),
    ]


class _Owner(QWidget):
    # who asks the store's thread
    def show_failure(self, error: Exception) -> None:
        raise error

    def show_running(self, running: Running) -> None:
        """Nothing shows it here."""


def _blocked(app: QApplication, programme: Programme) -> Measured:
    # a beat every few milliseconds in the window's thread, while the store's thread does everything it can
    work, owner, loop, beats = Work(), _Owner(), QEventLoop(), []
    timer = QTimer(interval=BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    forms = of_six()
    ready = [next(forms) for _ in range(FAMILIES)]
    timer.start()
    QTimer.singleShot(IDLE_MS, loop.quit)
    loop.exec()
    idle = _longest(beats)  # what the machine itself does to a thread that only waits
    beats.clear()
    work.open(owner, programme.open_desk)
    for form in ready:
        work.write(owner, commands.register, form)
        name = form.members[0].given_name
        for _ in range(SEARCHES // FAMILIES):
            work.read(owner, queries.find, name, then=lambda _found: None)
    work.read(owner, queries.household_ids, "name", then=lambda _ids: None)
    work.long(
        owner, lambda desk, progress: batches.export(desk, desk.folder, None, progress), then=lambda _: loop.quit()
    )
    loop.exec()
    timer.stop()
    assert work.close(60)
    longest = _longest(beats)
    return Measured(
        "window's thread blocked at most", f"{idle:.0f} ms idle", f"{longest:.0f} ms", longest, LIMIT_MS, "ms"
    )


def _longest(beats: Sequence[float]) -> float:
    # the longest time between two beats, in milliseconds
    return 1000 * max(later - earlier for earlier, later in pairwise(beats))


def main() -> None:
    """Measure in this process; the answer is JSON on stdout."""
    app = application(sys.argv[0])
    look = Look(Words("ar"))
    dress(app, look)
    programme = Programme(Path(sys.argv[1]))
    print(json.dumps([asdict(line) for line in (*_painting(app, look, programme), _blocked(app, programme))]))


if __name__ == "__main__":
    main()
