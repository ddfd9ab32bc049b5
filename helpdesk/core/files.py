"""Replacing small files so that a power cut leaves the old one or the new one, never half of either.

It knows no formats and keeps nothing open.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_TRIES = 10
_BREATH = 0.1  # seconds: a virus scanner on Windows holds a fresh file for a moment


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, force it to the disk and put it in place of ``path``. Raises OSError."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(part, path)


def put_in_place(part: Path, path: Path) -> None:
    """Rename a finished, synced file over ``path`` and force the folder's entry to the disk. Raises OSError."""
    for tried in range(_TRIES):
        try:
            part.replace(path)
            break
        except PermissionError:
            if os.name == "posix" or tried == _TRIES - 1:
                raise
            time.sleep(_BREATH)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can do so."""
    if os.name != "posix":  # NTFS journals its entries; a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
