"""The composition root: the one place that builds settings, keys and store and puts a signed-in desk together.

Nothing else opens a store. Window and command line get a :class:`Desk` from here and nothing below it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import select

from helpdesk.assistance.attendance import tables as attendance_tables
from helpdesk.assistance.cash import tables as cash_tables
from helpdesk.assistance.distributions import tables as distribution_tables
from helpdesk.assistance.feedback import tables as feedback_tables
from helpdesk.assistance.grants import tables as grant_tables
from helpdesk.assistance.kits import tables as kit_tables
from helpdesk.assistance.referrals import tables as referral_tables
from helpdesk.assistance.services import tables as service_tables
from helpdesk.assistance.vouchers import tables as assistance_tables
from helpdesk.casework import tables as casework_tables
from helpdesk.centre import tables as centre_tables
from helpdesk.centre.founding import Founding, keep_box_keys
from helpdesk.centre.office import Office
from helpdesk.core.clock import Clock, SystemClock, instant_text
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.folders import private_folder
from helpdesk.core.ids import new_id
from helpdesk.core.settings import Settings, folder_settings
from helpdesk.desk import audit, folder, local, trust, users
from helpdesk.desk.bundle import ProgrammeKeys
from helpdesk.desk.commands import Gate, User, View
from helpdesk.desk.deriving import nothing
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import UserRow
from helpdesk.exchange import tables as exchange_tables
from helpdesk.exchange.batches import recover
from helpdesk.households import tables as household_tables
from helpdesk.journey.areas import tables as area_tables
from helpdesk.journey.arrivals import tables as arrival_tables
from helpdesk.journey.cases import tables as case_tables
from helpdesk.journey.cases.deriving import derive, is_due
from helpdesk.journey.clearances import tables as clearance_tables
from helpdesk.journey.departures import tables as departure_tables
from helpdesk.journey.engagement import tables as engagement_tables
from helpdesk.journey.monitoring import tables as monitoring_tables
from helpdesk.journey.visits import tables as visit_tables
from helpdesk.reports import tables as report_tables
from helpdesk.vault import migrate
from helpdesk.vault.backoff import Backoff
from helpdesk.vault.keys import DEFAULT, KdfCost, ReceiveKey, SigningKey
from helpdesk.vault.slots import Slots
from helpdesk.vault.store import Store, checkpoint, open_server, open_store

TABLES = (
    assistance_tables,
    cash_tables,
    distribution_tables,
    attendance_tables,
    kit_tables,
    feedback_tables,
    grant_tables,
    referral_tables,
    service_tables,
    monitoring_tables,
    centre_tables,
    exchange_tables,
    household_tables,
    area_tables,
    case_tables,
    clearance_tables,
    departure_tables,
    arrival_tables,
    engagement_tables,
    visit_tables,
    casework_tables,
    report_tables,
)
"""Every room with tables, so that the models are complete when migrations compare themselves with them."""

_KEY_BYTES = 32
_EPOCH_BYTES = 8


@dataclass(frozen=True)
class NewAccount:
    """An account to make with a new desk."""

    name: str
    role: Role
    passphrase: str


class Desk(Gate):
    """A desk with somebody signed in. Close it to give the folder back; nothing of the key outlives the process."""

    def __init__(
        self,
        *,
        home: Path,
        store: Store,
        slots: Slots,
        data_key: bytes,
        user: User,
        clock: Clock,
        practice: bool,
        lock: IO[bytes],
        stick_key: bytes | None = None,
    ) -> None:
        with store.read() as connection:
            device = SigningKey.from_seed(local.read(connection, "device_seed")).key_id
        # a centre keeps its register true itself: whose signatures count there is another list
        super().__init__(store, clock, user, device, nothing if user.role is Role.CENTRE else derive)
        self.folder = home
        self.settings: Settings = folder_settings(home)
        self.practice = practice
        self._slots = slots
        self._data_key = data_key
        self._stick_key = stick_key
        self._lock = lock
        self.on_change.append(self._note_number)

    def _note_number(self, changed: frozenset[str]) -> None:
        # the sign-in page says which desk this is; a number says nothing about the camp
        if "bundle" in changed and self.bundle is not None:
            folder.write_facts(self.folder, kind="desk", practice=self.practice, number=self.bundle.desk.number)

    def add_user(self, name: str, role: Role, passphrase: str, stick_key: bytes | None = None) -> users.Account:
        """Make an account and its slot. Raises Refusal("role.not_allowed" | "users.*" | "slot.exists").

        Raises Refusal("users.passphrase") for one that is too short.
        """
        if self.user.role is not Role.ADMINISTRATOR:
            self.do(users.add, "", name, role, b"")  # the gate refuses, and leaves its audit entry
        check_passphrase(passphrase)
        key = SigningKey.generate()
        self._slots.add(name, passphrase, self._data_key + key.seed, stick_key)
        try:
            return self.do(users.add, new_id(self.clock.now()), name, role, key.public)
        except Refusal:
            self._slots.remove(name)
            raise

    def remove_user(self, user_id: str) -> None:
        """Close an account and take its slot away. Raises Refusal("users.*" | "role.not_allowed")."""
        self.do(users.remove, user_id)
        with self.store.read() as connection:
            name = connection.scalar(select(UserRow.name).where(UserRow.id == user_id))
        if name is not None and self._slots.has(name):
            self._slots.remove(name)

    def change_passphrase(self, passphrase: str, new_passphrase: str) -> None:
        """Another passphrase for whoever is signed in; a slot that asks for a stick's key goes on asking for it.

        Raises Fault("slot.wrong"), Refusal("users.passphrase").
        """
        check_passphrase(new_passphrase)
        self._slots.change(self.user.name, passphrase, new_passphrase, self._stick_key, self._stick_key)

    def close(self) -> None:
        """Write everything back and let the folder go."""
        try:
            checkpoint(self.store)
        finally:
            self.store.close()
            self._lock.close()


SHORTEST_PASSPHRASE = 12


def check_passphrase(passphrase: str) -> None:
    """A passphrase that is worth its slot. Raises Refusal("users.passphrase", shortest=...)."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refusal("users.passphrase", shortest=SHORTEST_PASSPHRASE)


def make_desk(
    home: Path,
    programme: ProgrammeKeys,
    accounts: Iterable[NewAccount],
    *,
    cost: KdfCost = DEFAULT,
    clock: Clock | None = None,
    founding: Founding | None = None,
    database: str | None = None,
) -> None:
    """Make a new desk's folder: data key, slots, store, device keys and the first accounts.

    With a ``founding`` it is a centre's folder and keeps the box's keys; its register is the PostgreSQL ``database``
    if one is named, else the same store. The clear file is written last, so that an interrupted making leaves no
    desk and is begun anew. Raises Refusal("folder.taken" | "users.*").
    """
    clock = clock or SystemClock()
    private_folder(home)
    with folder.held(home):
        if folder.looks_at(home, clock).exists:
            raise Refusal("folder.taken")
        for leftover in (folder.SLOTS_FILE, folder.STORE_FILE, folder.STORE_FILE + "-wal", folder.STORE_FILE + "-shm"):
            (home / leftover).unlink(missing_ok=True)
        data_key = secrets.token_bytes(_KEY_BYTES)
        slots = Slots.create(home / folder.SLOTS_FILE, cost)
        slots.set_recovery(programme.recovery, data_key)
        store = open_store(home / folder.STORE_FILE, data_key, must_exist=False, migrating=True)
        try:
            migrate.upgrade(store)
            _first_rows(store, slots, data_key, programme, accounts, clock)
            if founding is not None:
                _centre_rows(store, founding, database)
            checkpoint(store)
        finally:
            store.close()
        private_folder(home / folder.OUTBOX)
        folder.write_facts(home, kind="centre" if founding else "desk", practice=programme.practice, number=0)


def _centre_rows(store: Store, founding: Founding, database: str | None) -> None:
    with store.write() as connection:
        keep_box_keys(connection, founding)
        if database is not None:
            local.write(connection, "database", database.encode())
    if database is not None:
        server = open_server(database)
        migrate.upgrade(server)
        server.close()


def _first_rows(
    store: Store,
    slots: Slots,
    data_key: bytes,
    programme: ProgrammeKeys,
    accounts: Iterable[NewAccount],
    clock: Clock,
) -> None:
    device = SigningKey.generate()
    with store.write() as connection:
        trust.write_programme(connection, programme)
        local.write(connection, "device_seed", device.seed)
        local.write(connection, "device_public", device.public)
        local.write(connection, "card_seed", SigningKey.generate().seed)
        local.write(connection, "receive_key", ReceiveKey.generate().text.encode())
        local.write(connection, "epoch", secrets.token_hex(_EPOCH_BYTES).encode())
        for account in accounts:
            check_passphrase(account.passphrase)
            key, user_id = SigningKey.generate(), new_id(clock.now())
            slots.add(account.name, account.passphrase, data_key + key.seed)
            users.write_user(connection, user_id, account.name, account.role, key.public)
        audit.append(
            connection, at=instant_text(clock.now()), user="", act="desk.init", result="done", objects=(device.key_id,)
        )


def open_desk(
    home: Path,
    user_name: str,
    passphrase: str,
    *,
    clock: Clock | None = None,
    stick_key: bytes | None = None,
) -> Desk:
    """Sign in. A wrong name and a wrong passphrase are the same, in words and in work done.

    Raises Refusal("folder.none" | "folder.in_use" | "unlock.wait"), Fault("slot.wrong" | "store.*").
    """
    clock = clock or SystemClock()
    facts = folder.looks_at(home, clock)
    if not facts.exists:
        raise Refusal("folder.none")
    lock = folder.hold(home)
    try:
        backoff = Backoff(home / folder.BACKOFF_FILE, clock)
        backoff.begin()
        slots = Slots(home / folder.SLOTS_FILE)
        secret = slots.open(user_name, passphrase, stick_key)
        backoff.succeeded()
        data_key, seed = secret[:_KEY_BYTES], secret[_KEY_BYTES:]
        store = _current_store(home, data_key)
        try:
            user = _user(store, SigningKey.from_seed(seed))
            with store.read() as connection:
                pinned = trust.programme(connection)  # the clear file can be edited; papers must not lose their mark
            desk = Desk(
                home=home,
                store=store,
                slots=slots,
                data_key=data_key,
                user=user,
                clock=clock,
                practice=pinned.practice,
                lock=lock,
                stick_key=stick_key,
            )
            if user.role is not Role.CENTRE:
                recover(desk, home)
                if desk.ask(_is_due):
                    desk.catch_up()
        except BaseException:
            store.close()
            raise
        else:
            return desk
    except BaseException:
        lock.close()
        raise


def _is_due(view: View) -> bool:
    return is_due(view.connection, view.bundle, view.day)


def _current_store(home: Path, data_key: bytes) -> Store:
    path = home / folder.STORE_FILE
    store = open_store(path, data_key)
    if migrate.is_current(store):
        return store
    migrate.copy_aside(store, path.with_suffix(".before-update.db"))
    store.close()
    migrating = open_store(path, data_key, migrating=True)
    try:
        migrate.upgrade(migrating)
    finally:
        migrating.close()
    return open_store(path, data_key)


def _user(store: Store, key: SigningKey) -> User:
    with store.read() as connection:
        row = connection.execute(select(UserRow).where(UserRow.public == key.public, UserRow.live)).first()
    if row is None:
        # a slot whose account was closed or never finished: it opens nothing, and says no more than a wrong passphrase
        raise Fault("slot.wrong")
    return User(row.id, row.name, Role(row.role), key)


def office_of(desk: Desk) -> Office:
    """The centre's office behind a signed-in centre folder. Raises Refusal("folder.not_centre"), Fault("store.*")."""
    with desk.store.read() as connection:
        if local.peek(connection, "config_seed") is None:
            raise Refusal("folder.not_centre")
        database = local.peek(connection, "database")
    if database is None:
        return Office(desk, desk.store, desk.folder)
    server = open_server(database.decode())
    if not migrate.is_current(server):
        migrate.upgrade(server)
    return Office(desk, server, desk.folder)
