"""The program's one entrance: without arguments the window, with arguments the command line.

It imports nothing before it knows which door is wanted, so that neither pays for the other.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def open_window(folder: Path | None = None) -> int:
    """Open the window on a folder, or on the usual one; returns its exit code."""
    gc.disable()  # what a start makes is kept: looking for garbage in it is a tenth of the way to the first paint
    import ui.before_qt  # noqa: F401 - first, or Qt looks through all that it brings
    from ui.app import main as window

    return window(folder)


def main(arguments: list[str]) -> int:
    """Open the door that the arguments ask for; returns the exit code."""
    if not arguments:
        return open_window()
    if arguments[0] == "--folder" and len(arguments) == 2:
        return open_window(Path(arguments[1]))
    if arguments[0] == "pictures":
        from ui.pictures import main as pictures

        return pictures(arguments[1:])
    from helpdesk.cli.app import main as command_line

    return command_line(arguments, open_window)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
