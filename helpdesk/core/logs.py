"""The lines of the log: what broke and where in the code. The file they go to is ``helpdesk.core.log_file``'s.

Never what was being worked on: a line holds codes, counts, class names and ``module:line``, nothing else. Messages of
foreign libraries and of exceptions may quote names and phones, so they are dropped, whoever logs them.
"""

from __future__ import annotations

import logging
import re
import time
import zlib
from types import TracebackType
from typing import Final

DEEPEST: Final = 30

_CODE = re.compile(r"[a-z0-9_.-]+")
_COUNT = re.compile(r"[a-z_]+")


def note(code: str, **counts: int) -> None:
    """Log that something happened: a code of the program and counts, for example ``note("batch.exported", records=9)``.

    Raises ValueError for anything that is not a code and whole numbers: our own bug.
    """
    _log(logging.INFO, code, counts)


def log_failure(code: str, error: BaseException) -> None:
    """Log a failure by its code, its class and where it rose; nothing of its message."""
    _log(logging.ERROR, code, {}, error)


def fingerprint(error: BaseException) -> str:
    """Eight hex digits that are the same wherever the same failure rises: what a person reads out on the phone."""
    return f"{zlib.crc32('|'.join(_places(error)).encode()):08x}"


def _log(level: int, code: str, counts: dict[str, int], error: BaseException | None = None) -> None:
    if not _CODE.fullmatch(code):
        raise ValueError("a log line begins with a code")
    for name, count in counts.items():
        if not _COUNT.fullmatch(name) or type(count) is not int:
            raise ValueError("a log line carries counts only")
    said = " ".join([code, *(f"{name}={count}" for name, count in sorted(counts.items()))])
    logging.getLogger("helpdesk").log(level, "-", extra={"said": said}, exc_info=error, stacklevel=3)


class SilentFormatter(logging.Formatter):
    """Formats any record, ours or a library's, without its message and its arguments."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: instant (UTC), level, what our own code said, logger, module:line, and the places of a failure."""
        instant = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        parts = [
            instant,
            record.levelname,
            getattr(record, "said", "-"),
            record.name,
            f"{record.module}:{record.lineno}",
        ]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            parts += [fingerprint(error), *_places(error)]
        return " ".join(parts)


def _places(error: BaseException) -> list[str]:
    """Class and frames of an error and of what it came from, innermost last, without messages."""
    places: list[str] = []
    link: BaseException | None = error
    while link is not None and len(places) < DEEPEST:
        places.append(f"{type(link).__module__}.{type(link).__qualname__}")
        places.extend(_frames(link.__traceback__))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return places[:DEEPEST]


def _frames(trace: TracebackType | None) -> list[str]:
    found: list[str] = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found[-10:]
