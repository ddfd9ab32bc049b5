"""The program's folders on a machine: where a desk lives, and how a folder is kept from other users.

It knows nothing of what the folders hold.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def default_folder() -> Path:
    """Where a desk lives when nobody says otherwise: the person's own place for programs' files."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "HelpDesk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "helpdesk"


def private_folder(path: Path) -> Path:
    """The folder, made with its parents if need be, open to its owner alone. Raises OSError.

    One that was there is closed to others while nothing but our log lies in it; what somebody else keeps in it is hers.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and path.stat().st_mode & 0o077 and {entry.name for entry in path.iterdir()} <= {"logs"}:
        with suppress(PermissionError):  # the file system of a stick knows no owners
            path.chmod(0o700)
    return path
