"""Opening a list as a camp keeps it: comma-separated text or a workbook, as rows of plain text cells.

Nothing in a cell is ever run or followed: formulas come out as their text. Sizes are bounded before anything is
unpacked, since lists arrive on anybody's stick.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from helpdesk.core.errors import Fault, Refusal

Row = tuple[str, ...]

LARGEST_FILE: Final = 64 * 2**20
LARGEST_UNPACKED: Final = 512 * 2**20
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200

_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_SEPARATORS = ",;\t|"
_ARABIC_WINDOWS = "cp1256"  # what older spreadsheets save Arabic text in


def sheets_of(path: Path) -> Iterator[list[Row]]:
    """The sheets of a list, each as its rows of text; a text file is one sheet.

    Raises ``Refusal("list.too_big")``, ``Refusal("list.old_workbook")`` for .xls files and
    ``Fault("list.unreadable")`` for what is no list at all.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal("list.too_big")
        body = path.read_bytes()
    except OSError:
        raise Fault("list.unreadable") from None
    if body.startswith(_OLD_WORKBOOK):
        raise Refusal("list.old_workbook")
    if body.startswith(_WORKBOOK):
        yield from _workbook(body)
    else:
        yield _text_rows(_decoded(body))


def _decoded(body: bytes) -> str:
    marked = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", _ARABIC_WINDOWS):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault("list.unreadable")


def _text_rows(text: str) -> list[Row]:
    start = text[:20_000]
    separator = max(_SEPARATORS, key=start.count)
    usual = csv.field_size_limit(LARGEST_FILE)  # one huge cell must not cost the whole list
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return _bounded(tuple(row[:MOST_COLUMNS]) for row in reader)
    except csv.Error:
        raise Fault("list.unreadable") from None
    finally:
        csv.field_size_limit(usual)


def _workbook(body: bytes) -> Iterator[list[Row]]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED:
                raise Refusal("list.too_big")
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the sheet says of its own size is not to be believed
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            yield _bounded(tuple(_cell_text(value) for value in row) for row in rows)
    except (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, EOFError):
        raise Fault("list.unreadable") from None


def _bounded(rows: Iterator[Row]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS:
            raise Refusal("list.too_big")
    return found


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
