"""The file of the log: small and rotating, in the folder of a desk or centre, open to its owner alone.

Apart from the lines (``helpdesk.core.logs``), because handlers of files bring sockets along, and the window, which
only says what broke, would wait for them before its first paint. It never decides what a line says.
"""

from __future__ import annotations

import logging
import os
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from helpdesk.core.folders import private_folder
from helpdesk.core.logs import SilentFormatter

FOLDER: Final = "logs"
FILE_NAME: Final = "helpdesk.log"
LARGEST: Final = 256 * 1024
KEPT: Final = 4


def open_log(folder: Path) -> RotatingFileHandler:
    """Start logging into ``folder/logs/helpdesk.log``; returns the handler for :func:`close_log`.

    Raises OSError when the folder cannot be written.
    """
    path = private_folder(folder / FOLDER) / FILE_NAME
    handler = _PrivateFile(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(SilentFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("helpdesk").setLevel(logging.INFO)
    return handler


def close_log(handler: RotatingFileHandler) -> None:
    """Stop logging into the file and let go of it."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can open, each fresh one again."""

    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(FileIO(self.baseFilename, "a", opener=_private), encoding=self.encoding)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
