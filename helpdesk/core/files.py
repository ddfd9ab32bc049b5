"""Replacing small files so that a power cut leaves the old one or the new one, never half of either.

It knows no formats and keeps nothing open.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpdesk.core.errors import Fault

_TRIES = 10
_BREATH = 0.1  # seconds: a virus scanner on Windows holds a fresh file for a moment


@contextmanager
def room_needed() -> Iterator[None]:
    """Say that the disk is full where the system says so; its other errors pass. Raises Fault("disk.full")."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Fault("disk.full") from None
        raise


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
