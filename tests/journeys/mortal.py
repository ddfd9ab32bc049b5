"""A desk that works until it is killed: registers families, exports batches, and says what it has done on a pipe.

``python -m tests.journeys.mortal FOLDER STICK SEED`` loads the program once; each ``number`` read from stdin starts a
child, which signs in at that many minutes after START, says its process id and works on. ``gone`` follows its death.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import msgspec

from helpdesk.core.clock import SetClock
from helpdesk.core.ids import new_id
from helpdesk.exchange import batches
from helpdesk.households import commands
from helpdesk.opening import open_desk
from tests.people import practice_form
from tests.programme import START, passphrase

FAMILIES_A_BATCH = 3
FAMILIES = 40


def say(*words: object) -> None:
    """One line, whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def live(folder: Path, stick: Path, life: int, seed: int) -> None:
    """Work until killed. A family is said when its command has returned, a batch when its file lies on the stick."""
    say("pid", os.getpid())
    clock = SetClock(START + timedelta(minutes=life))
    desk = open_desk(folder, "supervisor", passphrase("supervisor"), clock=clock)
    say("open", life)
    done = life
    while True:
        clock.move(seconds=1)
        form = practice_form(clock, done % FAMILIES, seed=seed)
        form = msgspec.structs.replace(form, household_id=new_id(clock.now()))
        say("tries", form.household_id, done % FAMILIES)
        desk.do(commands.register, form)
        say("family", form.household_id)
        done += 1
        if done % FAMILIES_A_BATCH == 0:
            exported = batches.export(desk, folder, stick)
            say("batch", exported.seq, exported.identity)


def main() -> None:
    """Start one child after another."""
    folder, stick, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(folder, stick, int(line), seed)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
