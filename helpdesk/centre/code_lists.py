"""Code lists that the centre edits: entries added, named and retired, each change kept with who made it and when.

The newest line of an entry is what holds; it travels in every bundle. Nothing is ever taken out: what was recorded with
an entry keeps its words.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select

from helpdesk.centre.office import Office
from helpdesk.centre.tables import CentreCodeRow
from helpdesk.core.codes import Lists
from helpdesk.core.errors import Refusal
from helpdesk.core.plain_text import clean
from helpdesk.desk.bundle import ListedCode
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.exchange.code_lists import check_all, open_list


class CodeChange(Struct, frozen=True):
    """One change of an entry: what it said from then on, by whose account and when."""

    entry: ListedCode
    user: str
    at: str


def in_force(register: Connection) -> tuple[ListedCode, ...]:
    """The centre's word on every entry it ever spoke of, in the order in which each was first named."""
    found: dict[tuple[str, str], ListedCode] = {}
    for change in changes(register):
        found[change.entry.list, change.entry.code] = change.entry  # a key keeps its first place
    return tuple(found.values())


def changes(register: Connection) -> tuple[CodeChange, ...]:
    """Every change, the oldest first."""
    rows = register.execute(select(CentreCodeRow).order_by(CentreCodeRow.n))
    return tuple(
        CodeChange(
            ListedCode(row.list, row.code, msgspec.json.decode(row.labels, type=dict[str, str]), row.retired),
            row.user,
            row.at,
        )
        for row in rows
    )


def lists_here(office: Office) -> Lists:
    """The code lists of the centre itself."""
    with office.register.read() as register:
        return Lists(in_force(register))


def history(office: Office, name: str) -> tuple[CodeChange, ...]:
    """Every change of one list, the oldest first. Raises Refusal("codes.closed")."""
    open_list(name)
    with office.register.read() as register:
        return tuple(change for change in changes(register) if change.entry.list == name)


@command("centre.code_add", roles=(Role.CENTRE,))
def add(act: Act, office: Office, name: str, code: str, labels: Mapping[str, str]) -> ListedCode:
    """Add an entry to a list that may grow; ``labels`` by language, the English one is needed.

    Raises Refusal("codes.taken") for one that is there, and what exchange.code_lists refuses.
    """
    if code in open_list(name):
        raise Refusal("codes.taken", entry=code)
    return _write(act, office, ListedCode(name, code, _cleaned(labels)), fresh=True)


@command("centre.code_label", roles=(Role.CENTRE,))
def rename(act: Act, office: Office, name: str, code: str, labels: Mapping[str, str]) -> ListedCode:
    """Give an entry other words in the languages of ``labels``; those of the others stay.

    Raises Refusal("codes.unknown") and what exchange.code_lists refuses.
    """
    with office.writing(act) as register:
        known = _known(register, name, code)
    return _write(act, office, msgspec.structs.replace(known, labels={**known.labels, **_cleaned(labels)}))


@command("centre.code_retire", roles=(Role.CENTRE,))
def retire(act: Act, office: Office, name: str, code: str, *, retired: bool = True) -> ListedCode:
    """Offer an entry no more, or again. Raises Refusal("codes.unknown") and what exchange.code_lists refuses."""
    with office.writing(act) as register:
        known = _known(register, name, code)
    return _write(act, office, msgspec.structs.replace(known, retired=retired))


def _known(register: Connection, name: str, code: str) -> ListedCode:
    codes = open_list(name)
    said = next((one for one in in_force(register) if (one.list, one.code) == (name, code)), None)
    if said is None and code not in codes:
        raise Refusal("codes.unknown", entry=code)
    return said or ListedCode(name, code)


def _cleaned(labels: Mapping[str, str]) -> dict[str, str]:
    return {language: clean(label) for language, label in labels.items()}


def _write(act: Act, office: Office, entry: ListedCode, *, fresh: bool = False) -> ListedCode:
    with office.writing(act) as register:
        others = in_force(register)
        known = any((one.list, one.code) == (entry.list, entry.code) for one in others)
        if fresh and known:
            raise Refusal("codes.taken", entry=entry.code)
        check_all((*(one for one in others if (one.list, one.code) != (entry.list, entry.code)), entry))
        register.execute(
            insert(CentreCodeRow).values(
                list=entry.list,
                code=entry.code,
                labels=msgspec.json.encode(entry.labels).decode(),
                retired=entry.retired,
                user=act.user.id,
                at=act.at,
            )
        )
    act.concerns(f"{entry.list}:{entry.code}")
    return entry
