"""The checkout as the house tests see it: its own files, without what is made or installed beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {".git", ".venv", "__pycache__"}
MADE_AT_ROOT = {"practice", "pictures", "wheels", "build", "dist"}
TEXTS = {"", ".bash", ".cfg", ".csv", ".html", ".in", ".iss", ".json", ".lock", ".md", ".po", ".ps1", ".py", ".qss",
         ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"}  # fmt: skip


@lru_cache(maxsize=1)
def own_files() -> tuple[Path, ...]:
    """What is committed or would be: git's list where there is git, the tree without what is made elsewhere."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = subprocess.run(
            ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        return tuple(sorted(path for name in listing.split("\0") if name and (path := ROOT / name).is_file()))
    return tuple(sorted(_walk()))


def _walk() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        made = MADE | MADE_AT_ROOT if Path(folder) == ROOT else MADE
        folders[:] = [name for name in folders if name not in made and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in names)


def texts() -> Iterator[tuple[str, str]]:
    """(path below the root, content) of every own text file."""
    for path in own_files():
        if path.suffix in TEXTS:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def sources(*rooms: str) -> Iterator[tuple[str, str]]:
    """(path below the root, content) of every Python file, below ``rooms`` if any are named."""
    for name, content in texts():
        if name.endswith(".py") and (not rooms or name.split("/")[0] in rooms):
            yield name, content


def run_tool(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's own tools by its module."""
    return subprocess.run(
        (sys.executable, "-m", *command),
        cwd=cwd,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
