"""What the nouns of the command line share: signing in and out, JSON documents handed in, passphrases made.

It holds no rule of the programme. Whoever signs in here is signed out again however the command ends, and nothing of
a document that could not be read is quoted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import typer

from helpdesk.centre.code_lists import lists_here
from helpdesk.centre.office import Office
from helpdesk.cli.door import Door, door_of
from helpdesk.core.canonical import read_strict
from helpdesk.core.csv_text import csv_bytes
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.files import replace_file
from helpdesk.opening import Desk, office_of, open_desk

Document = TypeVar("Document")

LARGEST_DOCUMENT: Final = 1 << 20
_PATH = re.compile(r"`(\$[^`]*)`")


@contextmanager
def desk_of(context: typer.Context) -> Iterator[tuple[Door, Desk]]:
    """The door and the desk of its folder with its user signed in; closed however the command ends."""
    door = door_of(context)
    desk = open_desk(door.folder, door.user(), door.passphrase())
    door.words = door.words.with_lists(desk.lists)
    try:
        yield door, desk
    finally:
        desk.close()


@contextmanager
def centre_of(context: typer.Context) -> Iterator[tuple[Door, Office]]:
    """The same for a centre's folder. Raises Refusal("folder.not_centre") for a desk's."""
    with desk_of(context) as (door, desk):
        office = office_of(desk)
        try:
            door.words = door.words.with_lists(lists_here(office))
            yield door, office
        finally:
            if office.register is not desk.store:
                office.register.close()


def read_json(path: Path) -> Any:
    """A JSON document that somebody wrote. Raises Fault("cli.json", file=...) and OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST_DOCUMENT + 1)
    try:
        if len(data) > LARGEST_DOCUMENT:
            raise Fault("cli.json", file=path.name)
        return read_strict(data.removeprefix(b"\xef\xbb\xbf"))
    except Fault:
        raise Fault("cli.json", file=path.name) from None


def as_document(value: object, kind: type[Document], path: Path) -> Document:
    """A parsed document as ``kind``. Raises Refusal("cli.document") with where it fails, never what stands there."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        place = _PATH.search(str(error))
        raise Refusal("cli.document", file=path.name, at=place[1] if place else "$") from None


def new_passphrase(door: Door) -> str:
    """A passphrase for a slot that is made now: at the terminal it is asked for twice.

    Raises Refusal("cli.passphrases_differ"), and what Door.passphrase raises.
    """
    words = door.words
    first = door.passphrase(words("New passphrase: "))
    if door.passphrase_file is None and door.passphrase(words("The same again: ")) != first:
        raise Refusal("cli.passphrases_differ")
    return first


def other_passphrase(door: Door, file: Path | None, prompt: str) -> str:
    """A passphrase that is not the user's own: from a file of its own, or asked for."""
    return replace(door, passphrase_file=file).passphrase(prompt)


def confirmed(door: Door, said: str, question: str) -> bool:
    """Show ``said`` on stderr and ask. Raises Refusal("cli.no_answer") where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        raise Refusal("cli.no_answer")
    sys.stderr.write(f"{said}\n")
    return typer.confirm(question, err=True)


def writable(path: Path) -> Path:
    """A file that can be made, looked at before anything is done. Raises Refusal("cli.out_folder", folder=...)."""
    if not path.parent.is_dir() or path.is_dir():
        raise Refusal("cli.out_folder", folder=path.parent.name)
    return path


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file (UTF-8, no BOM) whose text cells no spreadsheet takes for a formula. Raises OSError."""
    replace_file(path, csv_bytes(header, rows))
