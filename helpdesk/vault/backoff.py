"""The growing pause after wrong passphrases: a pure rule, and the small file that lets it survive a restart.

It never locks anybody out for ever, names nobody, and a clock turned back does not shorten the pause. A clock turned
forward does: the pause slows down a hand at the keyboard, the cost of a guess (Argon2id) slows down everybody else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from helpdesk.core.canonical import canonical, read_strict
from helpdesk.core.clock import Clock, instant_text, read_instant
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.files import replace_file

FREE = 3
LONGEST = 300


@dataclass(frozen=True)
class Failures:
    """How often in a row it went wrong, and the instant the pause is counted from (``instant_text``)."""

    count: int
    at: str


NONE = Failures(0, "1970-01-01T00:00:00.000Z")


def pause(count: int) -> int:
    """Seconds to wait after ``count`` failures in a row: three are free, then 2, 4, 8 and so on up to five minutes."""
    return 0 if count <= FREE else min(2 ** min(count - FREE, 16), LONGEST)


def waiting(failures: Failures, now: datetime) -> tuple[int, Failures]:
    """Seconds still to wait, and the failures as they are to be kept.

    An instant before the last failure means a clock turned back: the pause begins again in full from there.
    """
    since = now - read_instant(failures.at)
    if since < timedelta(0):
        return pause(failures.count), Failures(failures.count, instant_text(now))
    left = timedelta(seconds=pause(failures.count)) - since
    return max(0, -(-left // timedelta(seconds=1))), failures


class Backoff:
    """The pause of one desk, kept in the file at ``path``."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def begin(self) -> None:
        """Say that a passphrase is about to be tried. Raises ``Refusal("unlock.wait", seconds=n)``.

        It counts as failed until :meth:`succeeded` is called, so that ending the process does not undo it.
        """
        before = self._kept()
        seconds, kept = waiting(before, self._clock.now())
        if kept != before:
            self._keep(kept)
        if seconds:
            raise Refusal("unlock.wait", seconds=seconds)
        self._keep(Failures(kept.count + 1, instant_text(self._clock.now())))

    def left(self) -> int:
        """Seconds still to wait, for the sign-in page to show."""
        return waiting(self._kept(), self._clock.now())[0]

    def succeeded(self) -> None:
        """The passphrase was right: nothing is remembered."""
        self._path.unlink(missing_ok=True)

    def _kept(self) -> Failures:
        try:
            data = self._path.read_bytes()[:4096]
        except FileNotFoundError:
            return NONE
        try:
            found = _read(read_strict(data))
        except (Fault, ValueError):
            # a damaged file counts as many failures from now on: breaking it must not help
            found = Failures(FREE + 16, instant_text(self._clock.now()))
            self._keep(found)
        return found

    def _keep(self, failures: Failures) -> None:
        replace_file(self._path, canonical(asdict(failures)))


def _read(said: Any) -> Failures:
    # by hand: the sign-in page waits for this module, and a library for it would be a quarter of the wait
    match said:
        case {"count": int(count), "at": str(at), **others} if count >= 0 and type(count) is int and not others:
            read_instant(at)
            return Failures(count, at)
    raise ValueError("failures")
