"""A desk that closes a manifest until it is killed: ``python -m tests.journeys.leaving_mortal FOLDER MOVEMENT``.

It signs in, says "open", and closes; before each piece it says "piece" and waits for a line that lets it go on.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from helpdesk.core.clock import SetClock
from helpdesk.journey.departures import bulk
from helpdesk.opening import open_desk
from tests.programme import START, passphrase


def say(*words: object) -> None:
    """One line, whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def main() -> None:
    """Close, or die."""
    folder, movement, minutes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    clock = SetClock(START)
    clock.move(minutes=minutes)
    bulk.PIECE = 3  # many pieces, so that there is much to be killed between
    desk = open_desk(folder, "supervisor", passphrase("supervisor"), clock=clock)
    say("open")

    def next_piece(done: int, _total: int | None, _step: str) -> None:
        say("piece", done)
        sys.stdin.readline()

    bulk.close_manifest(desk, movement, next_piece)
    say("closed")
    desk.close()


if __name__ == "__main__":
    main()
