"""People with an account at this desk: names stay here, ids and public keys travel to the centre.

Adding and removing changes the slots beside the store too; the gate's transaction and the slot file are ordered so
that a killed process leaves at worst a slot without an account, which opens nothing.
"""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update

from helpdesk.core.clock import day_number
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean, fold
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.pins import LONGEST_PIN, SHORTEST_PIN
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.desk.tables import UserRow
from helpdesk.vault.keys import pin_hash, pin_matches
from helpdesk.vault.records import Kind, document_of

LONGEST_NAME = 60


class UserRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """What other desks and the centre learn of an account: never a name.

    ``alike`` are the accounts of its desk that carried its name, written plainly, when it was made.
    """

    role: str
    public: str
    live: bool
    alike: tuple[str, ...] = ()


USER = Kind("user", UserRecord, household=lambda _id, _doc: None, safer={"live": lambda one, other: one and other})


class Account(Struct, frozen=True):
    """An account as the users page shows it."""

    id: str
    name: str
    role: Role
    live: bool
    has_pin: bool


@command("users.add", roles=(Role.ADMINISTRATOR,))
def add(act: Act, user_id: str, name: str, role: Role, public: bytes) -> Account:
    """Record a new account; its slot was added before (opening.Desk.add_user does both).

    Raises Refusal("users.name" | "users.taken" | "users.role").
    """
    if role not in EVERYBODY:
        raise Refusal("users.role")
    alike = tuple(sorted(known.id for known in accounts(act) if fold(known.name) == fold(name)))
    account = write_user(act.connection, user_id, name, role, public)
    act.records.create(USER, user_id, UserRecord(role.value, public.hex(), live=True, alike=alike), signed=True)
    act.concerns(user_id)
    return account


def write_user(connection: Connection, user_id: str, name: str, role: Role, public: bytes) -> Account:
    """The row of an account. Raises Refusal("users.name" | "users.taken")."""
    name = clean(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal("users.name")
    if connection.scalar(select(func.count()).select_from(UserRow).where(UserRow.name == name)):
        raise Refusal("users.taken")
    connection.execute(
        insert(UserRow).values(id=user_id, name=name, role=role.value, public=public, live=True, pin=None)
    )
    return Account(user_id, name, role, live=True, has_pin=False)


@command("users.remove", roles=(Role.ADMINISTRATOR,))
def remove(act: Act, user_id: str) -> None:
    """Close an account. Raises Refusal("users.unknown" | "users.self"): so one administrator always stays."""
    row = act.connection.execute(select(UserRow).where(UserRow.id == user_id)).first()
    if row is None:
        raise Refusal("users.unknown")
    if user_id == act.user.id:
        raise Refusal("users.self")
    last = day_number(act.day)
    act.connection.execute(update(UserRow).where(UserRow.id == user_id).values(live=False, closed_on=last))
    known = document_of(act.connection, USER, user_id)
    closed = UserRecord(row.role, bytes(row.public).hex(), live=False, alike=known.alike if known else ())
    if known is None:  # an account of the first hour: the enrolment told of it
        act.records.create(USER, user_id, closed, signed=True)
    else:
        act.records.revise(USER, user_id, closed, signed=True)
    act.concerns(user_id)


@command("users.set_pin", roles=EVERYBODY)
def set_pin(act: Act, pin: str) -> None:
    """Set one's own PIN for the blanked screen. Raises Refusal("users.pin")."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise Refusal("users.pin", shortest=SHORTEST_PIN)
    act.connection.execute(update(UserRow).where(UserRow.id == act.user.id).values(pin=pin_hash(pin)))
    act.touch("user")


def pin_opens(view: View, pin: str) -> bool:
    """Whether this is the signed-in person's PIN; three wrong ones end the session (ui/lock.py counts)."""
    kept = view.connection.scalar(select(UserRow.pin).where(UserRow.id == view.user.id))
    return kept is not None and pin_matches(pin, bytes(kept))


def has_pin(view: View) -> bool:
    """Whether the signed-in person set a PIN; without one the first lock is the full one."""
    return view.connection.scalar(select(UserRow.pin).where(UserRow.id == view.user.id)) is not None


def accounts(view: View) -> tuple[Account, ...]:
    """Every account of this desk, open ones first."""
    rows = view.connection.execute(select(UserRow).order_by(UserRow.live.desc(), UserRow.name))
    return tuple(Account(r.id, r.name, Role(r.role), r.live, r.pin is not None) for r in rows)


def same_names(view: View) -> tuple[tuple[Account, ...], ...]:
    """Open accounts of this desk that carry one name, however it is spelled: maybe one person with two hands."""
    of_name: dict[str, list[Account]] = {}
    for account in accounts(view):
        if account.live:
            of_name.setdefault(fold(account.name), []).append(account)
    return tuple(tuple(found) for found in of_name.values() if len(found) > 1)


def names(view: View) -> dict[str, str]:
    """Names by user id, for histories; users of other desks have none here."""
    return {row.id: row.name for row in view.connection.execute(select(UserRow.id, UserRow.name))}
