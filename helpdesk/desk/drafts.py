"""What somebody typed and did not save yet, field by field, in the encrypted store.

After a power cut a form reopens exactly there. Sealed answers never stand in a draft: what the laptop must not be
able to read back is asked again instead, so fields whose name begins with ``sealed`` are refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import aliased

from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.desk.tables import DraftRow, UserRow
from helpdesk.vault.tables import table_of

SEALED_PREFIX = "sealed"


class Draft(Struct, frozen=True):
    """A form that waits: ``key`` tells one family's form from another's, ``at`` its last change.

    ``whose`` is the name of whoever typed last, "" where that is who asks.
    """

    form: str
    key: str
    at: str
    user: str
    fields: dict[str, str]
    whose: str = ""


@command("draft.save", roles=EVERYBODY)
def save(act: Act, form: str, key: str, fields: Mapping[str, str]) -> None:
    """Keep these fields as typed; others of the same draft stay. Raises Refusal("draft.sealed")."""
    if any(field.startswith(SEALED_PREFIX) for field in fields):
        raise Refusal("draft.sealed")
    if not fields:
        return
    act.connection.execute(
        delete(DraftRow).where(DraftRow.form == form, DraftRow.key == key, DraftRow.field.in_(list(fields)))
    )
    act.connection.execute(
        insert(DraftRow),
        [
            {"form": form, "key": key, "field": field, "value": value, "user": act.user.id, "at": act.at}
            for field, value in fields.items()
        ],
    )
    act.touch("draft")


@command("draft.drop", roles=EVERYBODY)
def drop(act: Act, form: str, key: str) -> None:
    """Forget a draft: it was saved for good, or its form was left on purpose."""
    act.connection.execute(delete(DraftRow).where(DraftRow.form == form, DraftRow.key == key))
    act.touch("draft")


def load(view: View, form: str, key: str) -> dict[str, str]:
    """The fields of one draft; empty if there is none."""
    rows = view.connection.execute(
        select(DraftRow.field, DraftRow.value).where(DraftRow.form == form, DraftRow.key == key)
    )
    return {row.field: row.value for row in rows}


def listed(view: View, form: str | None = None) -> tuple[Draft, ...]:
    """The drafts that wait, the last touched first: one's own; of a supervisor everybody's."""
    statement = select(*table_of(DraftRow).c, UserRow.name).outerjoin(UserRow, UserRow.id == DraftRow.user)
    statement = statement.order_by(DraftRow.at.desc())
    if form is not None:
        statement = statement.where(DraftRow.form == form)
    if view.user.role != Role.SUPERVISOR:
        mine = aliased(DraftRow)
        statement = statement.where(
            exists().where(mine.form == DraftRow.form, mine.key == DraftRow.key, mine.user == view.user.id)
        )
    found: dict[tuple[str, str], Draft] = {}
    for row in view.connection.execute(statement):
        whose = "" if row.user == view.user.id else row.name or ""
        draft = found.setdefault((row.form, row.key), Draft(row.form, row.key, row.at, row.user, {}, whose))
        draft.fields[row.field] = row.value
    return tuple(found.values())
