"""``main.py doctor``: looks whether this machine and this folder can carry a desk, and says so line by line.

It changes nothing, opens no store and needs no passphrase.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from helpdesk import __version__
from helpdesk.cli.door import door_of
from helpdesk.core.catalogues import po_path
from helpdesk.core.language import LANGUAGES, N_, REVIEWED
from helpdesk.core.settings import folder_settings

LEAST_FREE = 500  # megabytes: a day's work, its batch and the copy before a migration

app = typer.Typer()


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``name`` is an English message id, ``value`` what was found, ``good`` the verdict."""

    name: str
    value: str
    good: bool


def findings(folder: Path) -> Iterator[Finding]:
    """Everything the doctor looks at, in the order it is told."""
    yield Finding(N_("Program"), __version__, True)
    yield Finding(N_("System"), f"{platform.system()} {platform.release()}, Python {platform.python_version()}", True)
    compiled = [language for language in LANGUAGES if po_path(language).with_suffix(".mo").exists()]
    yield Finding(N_("Languages"), ", ".join(compiled), len(compiled) == len(LANGUAGES))
    yield Finding(N_("Languages read through by a native speaker"), ", ".join(sorted(REVIEWED)), True)
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(standing).free // 1_000_000
    yield Finding(N_("Free on the disk, in MB"), str(free), free >= LEAST_FREE)
    yield Finding(N_("Folder"), str(folder), standing.is_dir())
    yield Finding(N_("Settings"), "settings.json", not folder_settings(folder).damaged)


@app.command("doctor")
def doctor(context: typer.Context) -> None:
    """Look whether this machine and folder can carry a desk. Exit code 3 when something is wrong."""
    door = door_of(context)
    words = door.words
    found = list(findings(door.folder))
    marks = {True: words("good"), False: words("needs a look")}
    door.answer(found, *(f"{words(finding.name)}: {finding.value} ({marks[finding.good]})" for finding in found))
    if not all(finding.good for finding in found):
        raise typer.Exit(3)
