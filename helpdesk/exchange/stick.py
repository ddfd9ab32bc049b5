"""Copying a finished file to a USB stick so that it can be pulled out: written, forced out, read back, compared."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from helpdesk.core.errors import Fault
from helpdesk.core.files import put_in_place
from helpdesk.core.progress import Progress, silent

_PIECE = 1 << 20
_STEP = "Copying to the stick"


def copy_to(source: Path, folder: Path, progress: Progress = silent) -> Path:
    """Copy ``source`` into ``folder`` and read it back from the medium.

    Raises Fault("stick.missing" | "disk.full" | "stick.read_back" | "stick.write"); nothing half-written stays.
    """
    if not folder.is_dir():
        raise Fault("stick.missing")
    target = folder / source.name
    part = folder / (source.name + ".tmp")
    try:
        written = _write(source, part, progress)
        if _digest(part) != written:
            raise Fault("stick.read_back")
        put_in_place(part, target)
    except OSError as error:
        raise Fault("disk.full" if error.errno == _NO_SPACE else "stick.write") from None
    finally:
        part.unlink(missing_ok=True)
    return target


_NO_SPACE = 28


def _write(source: Path, part: Path, progress: Progress) -> str:
    size, done = source.stat().st_size, 0
    digest = hashlib.sha256()
    with source.open("rb") as reading, part.open("wb") as writing:
        while piece := reading.read(_PIECE):
            writing.write(piece)
            digest.update(piece)
            done += len(piece)
            progress(done, size, _STEP)
        writing.flush()
        os.fsync(writing.fileno())
        if hasattr(os, "posix_fadvise"):  # so that the comparison reads the medium, not the memory
            os.posix_fadvise(writing.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
