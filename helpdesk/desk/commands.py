"""The gate: every act at a desk passes here, with one transaction, one role check, one audit entry.

A command is a function ``(act, ...) -> document`` marked with :func:`command`; a query is ``(view, ...) -> document``.
Neither opens a transaction or reads a clock itself, and no page or command-line noun writes around the gate.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from helpdesk.core.clock import Clock, day_of, instant_text
from helpdesk.core.codes import BUILT_IN, Lists
from helpdesk.core.errors import Refusal
from helpdesk.core.ids import new_id
from helpdesk.desk import audit, local, modules, trust
from helpdesk.desk.bundle import Bundle
from helpdesk.desk.days import LAST_DAY, believed, programme_day, see_day
from helpdesk.desk.deriving import Derive, last_revision, nothing, touched_since
from helpdesk.desk.roles import Role
from helpdesk.vault.keys import SigningKey, seal
from helpdesk.vault.records import Stamp, Writer
from helpdesk.vault.store import Store

P = ParamSpec("P")
R = TypeVar("R", covariant=True)


@dataclass(frozen=True)
class User:
    """Who is signed in, with her own signing key (opened by her slot, only in memory)."""

    id: str
    name: str
    role: Role
    key: SigningKey


def lists_of(bundle: Bundle | None) -> Lists:
    """The code lists as a bundle brought them."""
    return Lists(bundle.code_lists) if bundle is not None and bundle.code_lists else BUILT_IN


@dataclass(frozen=True)
class View:
    """What a query sees: one unchanging picture of the store. ``bundle`` is None before the first is installed.

    ``own_lists`` are the code lists of whoever gets no bundle, the centre.
    """

    connection: Connection
    user: User
    day: date
    device: str
    bundle: Bundle | None
    own_lists: Lists | None = field(default=None, kw_only=True)

    @property
    def lists(self) -> Lists:
        """The code lists that hold here."""
        return lists_of(self.bundle) if self.own_lists is None else self.own_lists

    def in_force(self) -> Bundle:
        """The installed bundle. Raises Refusal("bundle.none")."""
        if self.bundle is None:
            raise Refusal("bundle.none")
        return self.bundle

    def only(self, roles: Iterable[Role]) -> None:
        """Keep a query to some roles. Raises Refusal("role.not_allowed")."""
        if self.user.role not in roles:
            raise Refusal("role.not_allowed")


@dataclass(frozen=True)
class Act(View):
    """What a command works with: a view inside a write transaction, and the pen.

    ``after`` is the number of the newest revision before it.
    """

    now: datetime
    records: Writer
    after: int = 0
    objects: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    @property
    def at(self) -> str:
        """The instant of the act as records hold it."""
        return self.records.stamp.at

    def new_id(self) -> str:
        """A fresh record id."""
        return new_id(self.now)

    def concerns(self, *record_ids: str) -> None:
        """Name the records in the audit entry."""
        self.objects.extend(record_ids)

    def touch(self, kind: str) -> None:
        """Tell pages that show ``kind`` to refresh, where something other than a record changed."""
        self.changed.add(kind)

    def sealer(self, household: str, plaintext: bytes) -> Callable[[int], str]:
        """Seals ``plaintext`` to the protection key for one revision of a household's records."""
        public = bytes.fromhex(self.in_force().protection)

        def sealed(ctr: int) -> str:
            return base64.b64encode(seal(public, household, ctr, plaintext)).decode()

        return sealed


class Command(Protocol[P, R]):
    """A function the gate lets through; ``name`` is its audit name, ``roles`` who may call it."""

    name: str
    roles: frozenset[Role]

    def __call__(self, act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run inside an act."""
        ...


def command(name: str, *, roles: Iterable[Role]) -> Callable[[Callable[Concatenate[Act, P], R]], Command[P, R]]:
    """Declare a command. ``name`` is ``noun.verb``; its label stands in the catalogues under ``act``."""

    def declare(function: Callable[Concatenate[Act, P], R]) -> Command[P, R]:
        declared: Any = function
        declared.name = name
        declared.roles = frozenset(roles)
        return declared  # type: ignore[no-any-return]  # a function with attributes is a Command

    return declare


def may(role: Role, act: Command[..., Any]) -> bool:
    """Whether a role may call a command, for pages that hide what would be refused anyway."""
    return role in act.roles


class Gate:
    """Runs commands and queries of one signed-in person against one store. Used by one thread at a time.

    ``derive`` keeps the rooms' derived rows true, in the transaction of the act that changed something.
    """

    def __init__(self, store: Store, clock: Clock, user: User, device: str, derive: Derive = nothing) -> None:
        self.store = store
        self.clock = clock
        self.user = user
        self.device = device
        self._derive = derive
        with store.read() as connection:
            self.bundle = trust.in_force(connection)
        self.on_change: list[Callable[[frozenset[str]], None]] = []

    @property
    def lists(self) -> Lists:
        """The code lists that hold here."""
        return lists_of(self.bundle)

    def do(self, act: Command[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a command: all of it and its audit entry, or nothing but the entry of its refusal.

        Raises Refusal("role.not_allowed") for another's command, Refusal("module.off") for one that begins something of
        a module that the programme does not use here, Refusal("clock.far_ahead") while the clock stands
        more than a year ahead of everything seen, and whatever the command refuses.
        """
        now = self.clock.now()
        try:
            if self.user.role not in act.roles:
                raise Refusal("role.not_allowed", act=act.name)
            modules.allow(self.bundle.modules if self.bundle else {}, act.name)
            with self.store.write() as connection:
                running = self._begin(connection, now)
                result = act(running, *args, **kwargs)
                changed = self._finish(running, act.name)
        except Refusal as refusal:
            with self.store.write() as connection:
                said = audit.result_of(refusal)
                audit.append(connection, at=instant_text(now), user=self.user.id, act=act.name, result=said, objects=())
            raise
        if "bundle" in changed:
            with self.store.read() as connection:
                self.bundle = trust.in_force(connection)
        for tell in self.on_change:
            tell(changed)
        return result

    def ask(self, query: Callable[Concatenate[View, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a query."""
        with self.store.read() as connection:
            day = programme_day(connection, self.clock.now().date())
            return query(View(connection, self.user, day, self.device, self.bundle), *args, **kwargs)

    def _begin(self, connection: Connection, now: datetime) -> Act:
        ctr, last_day = local.read_two_numbers(connection, "ctr", LAST_DAY)
        day = believed(now.date(), last_day)
        if day > day_of(last_day):
            see_day(connection, day)
        writer = Writer(
            connection=connection,
            stamp=Stamp(self.device, self.user.id, instant_text(now)),
            ctr=ctr,
            sign=lambda message: (self.user.key.key_id, self.user.key.sign(message)),
        )
        return Act(connection, self.user, day, self.device, self.bundle, now, writer, last_revision(connection))

    def _finish(self, act: Act, name: str) -> frozenset[str]:
        act.records.flush()
        self._bring_up_to_date(act.connection, act.day, act.after, is_new_bundle="bundle" in act.changed)
        audit.append(act.connection, at=act.at, user=act.user.id, act=name, result="done", objects=act.objects)
        local.write_number(act.connection, "ctr", act.records.ctr)
        return frozenset(act.records.touched | act.changed | {"audit"})

    def catch_up(self) -> None:
        """Bring derived rows up to date where the day turned since the last act; not an act itself."""
        with self.store.write() as connection:
            day = programme_day(connection, self.clock.now().date())
            self._bring_up_to_date(connection, day, last_revision(connection), is_new_bundle=False)

    def _bring_up_to_date(self, connection: Connection, day: date, after: int, *, is_new_bundle: bool) -> None:
        bundle = trust.in_force(connection) if is_new_bundle else self.bundle
        self._derive(connection, bundle, day, touched_since(connection, after, new_bundle=is_new_bundle))
