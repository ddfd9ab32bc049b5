"""A report that leaves the room, as a file nobody encrypts: a supervisor's own act, with its entry in the audit log.

What leaves has its small counts hidden (table.shareable), whoever asks for it. The file is written by whoever called.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from helpdesk.core.errors import Refusal
from helpdesk.core.language import Words
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.reports.asked import Asking
from helpdesk.reports.registry import known, table_of
from helpdesk.reports.table import Table
from helpdesk.reports.writing import table_csv, table_pdf, table_xlsx

Form = Literal["csv", "xlsx", "pdf"]
FORMS: Final[tuple[Form, ...]] = ("csv", "xlsx", "pdf")


class Left(Struct, frozen=True):
    """A report on its way out: its table, and the file's bytes."""

    table: Table
    data: bytes


def form_of(suffix: str) -> Form:
    """The form a file's ending asks for. Raises Refusal("report.form")."""
    for form in FORMS:
        if suffix.lower() == f".{form}":
            return form
    raise Refusal("report.form")


def written(table: Table, form: Form, words: Words, *, practice: bool) -> bytes:
    """A table as a file."""
    if form == "csv":
        return table_csv(table)
    return table_xlsx(table, words) if form == "xlsx" else table_pdf(table, words, practice=practice)


@command("report.export", roles=(Role.SUPERVISOR,))
def export(act: Act, name: str, asking: Asking, form: Form, practice: bool) -> Left:
    """Let a report leave as a file. Raises Refusal("report.unknown" | "report.exact" | "role.not_allowed")."""
    if not asking.leaves:
        raise Refusal("report.exact")  # nobody may hand out the exact numbers by a slip of a caller
    known(name)
    table = table_of(act, name, asking)
    act.concerns(f"report:{name}")
    return Left(table, written(table, form, asking.words, practice=practice))
