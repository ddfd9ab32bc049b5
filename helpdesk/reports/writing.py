"""A report on its way out: CSV with a row of HXL tags, a spreadsheet of text cells, or a page of paper.

Nothing is counted here. A label that begins like a formula is text in every form (FORMATS.md section 5).
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

import xlsxwriter

from helpdesk.core.csv_text import csv_bytes
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.printing.lists import Column as PaperColumn
from helpdesk.printing.lists import ListPaper, list_pdf
from helpdesk.printing.page import Offset
from helpdesk.reports.table import SMALL, Cell, Table

HIDDEN: Final = f"<{SMALL}"
"""What stands in a file where a count was hidden; it may be larger than it says, if it hides another one."""

_WIDE: Final = 7
"""So many columns need the paper on its side."""


def table_csv(table: Table) -> bytes:
    """UTF-8 CSV: codes of the columns, their HXL tags, then the rows."""
    tags = tuple(column.hxl for column in table.columns)
    rows = [tuple(_plain(cell) for cell in row.cells) for row in table.rows]
    return csv_bytes(tuple(column.code for column in table.columns), (tags, *rows))


def _plain(cell: Cell) -> object:
    return HIDDEN if cell is None else cell


def table_xlsx(table: Table, words: Words) -> bytes:
    """A workbook of one sheet: title, what it covers, headings, HXL tags, rows, footnotes. No cell is a formula."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = book.add_format({"bold": True})
    quiet = book.add_format({"font_color": "#4B5563"})
    sheet = book.add_worksheet("report")
    if words.direction == "rtl":
        sheet.right_to_left()
    sheet.write_string(0, 0, table.title, bold)
    at = 1
    for label, value in table.facts:
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 1, value)
        at += 1
    at += 1
    for place, column in enumerate(table.columns):
        sheet.write_string(at, place, column.heading, bold)
        sheet.write_string(at + 1, place, column.hxl, quiet)
        sheet.set_column(place, place, max(12, min(40, len(column.heading) + 2)))
    at += 2
    plain: dict[str, object] = {"bold": False, "num_format": "#,##0"}
    counted = {bold_one: book.add_format(plain | {"bold": bold_one}) for bold_one in (False, True)}
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            if isinstance(cell, int):
                # a sign behind a number is part of how it is shown: the cell stays a number
                sign = table.mark(number, place)
                shape = plain | {"bold": row.total} | ({"num_format": f'#,##0"{sign}"'} if sign else {})
                sheet.write_number(at, place, cell, book.add_format(shape) if sign else counted[row.total])
            else:
                sheet.write_string(at, place, HIDDEN if cell is None else cell, bold if row.total else None)
        at += 1
    for note in table.notes:
        at += 1
        sheet.write_string(at, 0, note, quiet)
    book.set_properties({"title": "Help Desk", "author": "", "company": ""})
    book.close()
    return kept.getvalue()


def table_pdf(table: Table, words: Words, *, practice: bool, offset: Offset = (0.0, 0.0)) -> bytes:
    """The report on A4, in the language of ``words``."""
    paper = ListPaper(
        title=table.title,
        columns=tuple(
            PaperColumn(column.heading, 1.0 if column.counts else 2.2, "center" if column.counts else "start")
            for column in table.columns
        ),
        rows=[
            tuple(shown(cell, words, table.mark(number, place)) for place, cell in enumerate(row.cells))
            for number, row in enumerate(table.rows)
        ],
        practice=practice,
        facts=table.facts,
        notes=table.notes,
        strong=frozenset(place for place, row in enumerate(table.rows) if row.total),
    )
    return list_pdf(paper, words, wide=len(table.columns) >= _WIDE, offset=offset)


def shown(cell: Cell, words: Words, sign: str = "") -> str:
    """A cell as it is read: counts in the language's digits, with the sign of a note behind."""
    if isinstance(cell, str):
        return cell
    return isolate_ltr(words.digits(HIDDEN if cell is None else f"{cell:,}".replace(",", "\u2009")) + sign)
