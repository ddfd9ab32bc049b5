"""The program's folders on a machine: where a desk lives, and how a folder is kept from other users.

It knows nothing of what the folders hold.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def default_folder() -> Path:
    """Where a desk lives when nobody says otherwise: the person's own place for programs' files."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "HelpDesk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "helpdesk"


def private_folder(path: Path) -> Path:
    """The folder, made with its parents if need be, open to its owner alone. Raises OSError."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
