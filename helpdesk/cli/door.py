"""The command line as a door: what every subcommand gets from the global options, and how it answers.

It holds no rule of the programme. Answers go to stdout, everything else to stderr; a passphrase is read late,
held nowhere and never echoed.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from pathlib import Path

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars

from helpdesk.core.errors import Fault, HelpDeskError, Refusal
from helpdesk.core.folders import default_folder
from helpdesk.core.language import Words
from helpdesk.core.progress import Progress, silent

LONGEST_PASSPHRASE = 1024
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))

OpenWindow = Callable[[Path], int]
"""Opens the window on a folder and returns its exit code; handed in, because the program knows no window."""


@dataclass
class Door:
    """The global options of one call, and the ways to speak."""

    folder: Path = field(default_factory=default_folder)
    user_name: str | None = None
    passphrase_file: Path | None = None
    as_json: bool = False
    words: Words = field(default_factory=lambda: Words("en"))
    open_window: OpenWindow | None = None
    log: RotatingFileHandler | None = None

    def answer(self, document: object, *lines: str) -> None:
        """Print the result: ``document`` (anything msgspec can encode) with ``--json``, otherwise the lines."""
        if self.as_json:
            sys.stdout.write(msgspec.json.encode(document, enc_hook=_path_text).decode("utf-8") + "\n")
        else:
            for line in lines:
                sys.stdout.write(self._plain(line) + "\n")

    def complain(self, error: HelpDeskError) -> None:
        """Print ``code: sentence`` to stderr."""
        sys.stderr.write(f"{error.code}: {self._plain(self.words.sentence(error))}\n")

    def user(self) -> str:
        """The user's name. Raises ``Refusal("cli.no_user")`` when none was given."""
        if not self.user_name:
            raise Refusal("cli.no_user")
        return self.user_name

    def passphrase(self, prompt: str = "") -> str:
        """The passphrase, from the file or asked for at the terminal.

        Raises ``Fault("cli.passphrase_file")`` when the file cannot be read and ``Refusal("cli.no_passphrase")``
        when there is neither file nor terminal.
        """
        words = self.words
        if self.passphrase_file is not None:
            try:
                with self.passphrase_file.open(encoding="utf-8") as file:
                    return file.readline(LONGEST_PASSPHRASE).rstrip("\r\n")
            except (OSError, UnicodeDecodeError):
                raise Fault("cli.passphrase_file", file=self.passphrase_file.name) from None
        if not sys.stdin.isatty():
            raise Refusal("cli.no_passphrase")
        return getpass.getpass(prompt or words("Passphrase: "))

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on stderr while long work runs; silent for programs and pipes."""
        if self.as_json or not sys.stderr.isatty():
            yield silent
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            task = bars.add_task("", total=None)

            def show(done: int, total: int | None, step: str) -> None:
                bars.update(task, completed=done, total=total, description=self.words(step) if step else "")

            yield show

    def _plain(self, text: str) -> str:
        # terminals show isolates as boxes; in a left-to-right line they change nothing
        return text.translate(_ISOLATES) if self.words.direction == "ltr" else text


def _path_text(value: object) -> str:
    # the paths of what was made; anything else a document cannot hold is our own bug
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError


def door_of(context: typer.Context) -> Door:
    """The door of a running subcommand."""
    return context.ensure_object(Door)
