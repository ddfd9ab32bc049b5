"""A PostgreSQL of one's own from Debian's package: made in a temporary folder, gone afterwards.

It listens on no network, only on a socket in its folder. Root starts it as ``postgres``, for it refuses root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs, None where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database on a fresh server, for SQLAlchemy. Stopped and removed at the end."""
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError(DEBIAN)
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT, ACCOUNT)
        store = folder / "store"
        _run(bin_ / "initdb", "-D", store, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-locale", cwd=folder)
        options = f"-k {folder} -c listen_addresses="
        _run(bin_ / "pg_ctl", "-D", store, "-o", options, "-l", folder / "log", "-w", "start", cwd=folder)
        try:
            yield f"postgresql+psycopg://{ACCOUNT}@/postgres?host={folder}"
        finally:
            _run(bin_ / "pg_ctl", "-D", store, "-m", "immediate", "-w", "stop", cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*words: object, cwd: Path) -> None:
    alone = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
    subprocess.run([*alone, *map(str, words)], cwd=cwd, check=True, stdout=subprocess.DEVNULL)
