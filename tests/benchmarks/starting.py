"""From nothing to a window somebody can sign in to, against an empty PySide6 window with one table.

Both are whole processes, imports included, timed until their first paint is on the (offscreen) screen, and both find
every module compiled, as on any machine where the program was started before: a first round that is not counted
compiles them into a folder of the run, whatever PYTHONDONTWRITEBYTECODE says. As a program of its own
(``python -m tests.benchmarks.starting ours|floor FOLDER``) this module is that process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

ROUNDS = 9
LIMIT = 1.3


def ours(folder: str) -> None:
    """What ``main.py`` does without arguments, up to the first paint."""
    import gc
    from pathlib import Path

    gc.disable()  # as there
    import ui.before_qt  # noqa: F401 - as there
    from ui.app import Program
    from ui.theme import application

    app = application(sys.argv[0])
    program = Program(app, Path(folder), leave=app.quit)
    leave_when_painted(app, program.frame)
    program.start()
    app.exec()


def floor(_folder: str) -> None:
    """The least a window with a table can be."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(0, 6))
    window.resize(1366, 768)
    leave_when_painted(app, window)
    window.show()
    app.exec()


def leave_when_painted(app: QApplication, window: QWidget) -> None:
    """End with the first paint; imported here, so that each side imports what is its own in its own order."""
    from tests.benchmarks.painted import when_painted

    when_painted(app, window, leave)


def leave() -> None:
    """Say so and end at once."""
    os.write(1, b"painted\n")
    os._exit(0)


if __name__ == "__main__":
    {"ours": ours, "floor": floor}[sys.argv[1]](sys.argv[2])
else:
    from tests.benchmarks.full_store import Programme
    from tests.benchmarks.measure import Measured, in_turns

    def measure(programme: Programme) -> list[Measured]:
        """Seconds from starting the process to its word."""
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(programme.folder / "compiled")}
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **compiled}

        def start(which: str) -> None:
            command = [sys.executable, "-m", "tests.benchmarks.starting", which, str(programme.desk)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"painted\n"

        pair = in_turns(ROUNDS, lambda _: start("ours"), lambda _: start("floor"), unmeasured=1)
        return [pair.measured("window ready for sign-in", LIMIT)]
