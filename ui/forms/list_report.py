"""What loading a camp's list came to: the counts in words, and each row that could not be used, with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.core.csv_text import csv_bytes
from helpdesk.core.errors import HelpDeskError
from helpdesk.core.language import N_, Words
from helpdesk.households.expected import Loaded
from helpdesk.households.list_rows import RowProblem

COLUMN_TITLES: Final = {
    "household": N_("Household number"),
    "person": N_("Person"),
    "relation": N_("Relation to the head"),
    "sex": N_("Sex"),
    "birth_date": N_("Date of birth"),
    "age": N_("Age"),
    "given_name": N_("Given name"),
    "father_name": N_("Father's name"),
    "grandfather_name": N_("Grandfather's name"),
    "family_name": N_("Family name"),
    "mother_name": N_("Mother's name"),
    "phone": N_("Phone"),
    "document_type": N_("Identity paper"),
    "document_number": N_("Number of the identity paper"),
    "origin": N_("Where they come from"),
    "site": N_("Camp or site"),
    "shelter": N_("Sector, block, tent or house"),
}
"""The columns of a list as the report calls them."""


def counts_said(words: Words, loaded: Loaded) -> str:
    """One sentence: how many families are new, how many were there before, how many rows were left out."""
    new = words.plural("{n} family is expected now.", "{n} families are expected now.", loaded.new)
    return "  ".join(
        (
            new,
            words("{known} were expected before, {registered} are registered already.",
                  known=loaded.known, registered=loaded.registered),
            words("Of {rows} rows, {skipped} were left out.", rows=loaded.rows, skipped=loaded.rows_skipped),
        )
    )  # fmt: skip


def column_said(words: Words, problem: RowProblem) -> str:
    """The column's title, "" for a problem of the whole row."""
    title = COLUMN_TITLES.get(problem.column)
    return words(title) if title is not None else problem.column


def reason_said(words: Words, problem: RowProblem) -> str:
    """Why, in a sentence."""
    return words.sentence(HelpDeskError(problem.code, value=problem.value))


def report_csv(words: Words, problems: Sequence[RowProblem]) -> bytes:
    """The report as a file: row, column, what stands there, why, and whether the row was left out."""
    header = (words("Row"), words("Column"), words("What stands there"), words("Why"), words("Row left out"))
    yes, no = words("Yes"), words("No")
    return csv_bytes(
        header,
        (
            (one.row, column_said(words, one), one.value, reason_said(words, one), yes if one.skipped else no)
            for one in problems
        ),
    )
