"""A practice programme to run command lines on: made once, copied for each test that writes."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.cli.app import main
from helpdesk.practice.programme import FACTS, PracticeFacts, build
from helpdesk.vault.keys import FLOOR

Capture = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Said:
    """What one command line said: exit code, stdout, stderr, and stdout read as JSON where it was asked for."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def refused(self) -> str:
        """The code of the one line on stderr."""
        assert self.err.count("\n") == 1
        return self.err.split(": ")[0]


@dataclass
class Programme:
    """A practice programme in ``home`` and its people; call it with a user and a command line."""

    home: Path
    facts: PracticeFacts
    capture: Capture

    def __call__(self, who: str, *arguments: object, document: bool = True) -> Said:
        """Run as ``desk:user``, for example ``desk-one:clerk``; with ``--json`` unless told otherwise."""
        desk, _, user = who.partition(":")
        return run(
            self.capture, self.home / desk, user or desk, self.passphrase(desk, user or desk), *arguments,
            document=document,
        )  # fmt: skip

    def passphrase(self, desk: str, user: str) -> str:
        place = next(d for d in (self.facts.centre, *self.facts.desks) if Path(d.folder).name == desk)
        return next(u.passphrase for u in place.users if u.name == user)


def run(capture: Capture, folder: Path, user: str, passphrase: str, *arguments: object, document: bool = True) -> Said:
    """One command line in this process."""
    secret = folder.parent / "passphrase"
    secret.write_text(passphrase + "\n", encoding="utf-8")
    options = ["--folder", str(folder), "--user", user, "--passphrase-file", str(secret)]
    capture.readouterr()
    code = main([*options, *(["--json"] if document else []), *(str(argument) for argument in arguments)])
    said = capture.readouterr()
    return Said(code, said.out, said.err)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made") / "practice"
    build(home, 8, 3, say=lambda step: None, cost=FLOOR, journey=False)
    return home


@pytest.fixture
def programme(_made: Path, tmp_path: Path, capsys: Capture) -> Programme:
    """A copy of the practice programme for one test."""
    home = tmp_path / "practice"
    shutil.copytree(_made, home)
    return Programme(home, msgspec.json.decode((home / FACTS).read_bytes(), type=PracticeFacts), capsys)
