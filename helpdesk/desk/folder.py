"""A desk's folder from outside: what may be known before anybody signed in, and who holds it open.

Imports nothing of the store, so that the sign-in page can paint first. Nothing in clear text here names a person,
a camp or a site.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from helpdesk.core.canonical import canonical, read_strict
from helpdesk.core.clock import Clock
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.files import replace_file
from helpdesk.vault.backoff import Backoff

STORE_FILE = "desk.db"
SLOTS_FILE = "slots.json"
FACTS_FILE = "desk.json"
LOCK_FILE = "app.lock"
BACKOFF_FILE = "pause.json"
PRACTICE_USERS_FILE = "practice-users.json"
OUTBOX = "outbox"


class PracticeUser(NamedTuple):
    """A fictional account whose passphrase the sign-in page of a practice desk shows."""

    name: str
    role: str
    passphrase: str


class FolderFacts(NamedTuple):
    """What the sign-in page shows of a folder. ``kind`` is "desk" or "centre"; ``number`` of a desk, 0 unknown."""

    exists: bool
    practice: bool
    kind: str
    number: int
    pause_seconds: int
    practice_users: tuple[PracticeUser, ...] = ()


def write_facts(folder: Path, *, kind: str, practice: bool, number: int) -> None:
    """Write the clear file of a folder."""
    replace_file(folder / FACTS_FILE, canonical({"v": 1, "kind": kind, "practice": practice, "number": number}))


def looks_at(folder: Path, clock: Clock) -> FolderFacts:
    """What may be known of a folder before signing in. Raises Fault("folder.damaged")."""
    path = folder / FACTS_FILE
    if not path.exists():
        return FolderFacts(exists=False, practice=False, kind="desk", number=0, pause_seconds=0)
    # by hand: the sign-in page waits for this module, and a library for it would be a quarter of the wait
    match read_strict(path.read_bytes(), "folder.damaged"):
        case {"v": int(), "kind": str(kind), "practice": bool(practice), "number": int(number)}:
            return FolderFacts(
                exists=True,
                practice=practice,
                kind=kind,
                number=number,
                pause_seconds=Backoff(folder / BACKOFF_FILE, clock).left(),
                practice_users=_practice_users(folder / PRACTICE_USERS_FILE) if practice else (),
            )
    raise Fault("folder.damaged")


def _practice_users(path: Path) -> tuple[PracticeUser, ...]:
    if not path.exists():
        return ()
    try:
        said: Any = read_strict(path.read_bytes(), "folder.damaged")
        return tuple(PracticeUser(str(user["name"]), str(user["role"]), str(user["passphrase"])) for user in said)
    except (KeyError, TypeError):
        raise Fault("folder.damaged") from None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for this process alone, by a lock that dies with the process.

    Raises Refusal("folder.in_use") where another instance has it.
    """
    lock = hold(folder)
    try:
        yield
    finally:
        lock.close()


def hold(folder: Path) -> IO[bytes]:
    """Take the lock until the returned file is closed. Raises Refusal("folder.in_use")."""
    file = (folder / LOCK_FILE).open("ab")
    try:
        _lock(file)
    except OSError:
        file.close()
        raise Refusal("folder.in_use") from None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def free_bytes(folder: Path) -> int:
    """Free space where the folder lies."""
    return shutil.disk_usage(folder).free
