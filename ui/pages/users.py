"""The users of this desk, for administrators: who may sign in, adding somebody, closing an account.

Passphrases go straight to the desk and are kept by nobody here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.language import isolate
from helpdesk.desk.roles import EVERYBODY, ROLES, Role
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import Field, NameEdit
from ui.widgets.words import Card, button, clear, label


@dataclass(frozen=True)
class UsersCalls:
    """``accounts(view) -> sequence of Account``."""

    accounts: Callable[..., Any]


class UsersPage(Page):
    """A list and a form."""

    name: ClassVar[str] = "users"
    shows: ClassVar[frozenset[str]] = frozenset({"user"})

    def __init__(self, around: Surroundings, calls: UsersCalls) -> None:
        self._calls = calls
        super().__init__(around)

    def title(self) -> str:
        """The page's title."""
        return self.words("Users of this desk")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Everybody signs in with a name and a passphrase of their own. Close the account of somebody who leaves: "
            "what was recorded stays, and nothing opens with that passphrase any more."
        )

    def main_action(self) -> Action | None:
        """Add the user typed below."""
        ready = bool(self._name.value() and self._role.chosen and self._passphrase.text())
        missing = "" if ready else self.words("Type a name, choose a role and let the person type a passphrase.")
        return Action(self.words("Add the user"), self._add, "add", missing)

    def build(self) -> None:
        """The form above, the list below."""
        words = self.words
        form = Card(self.look, words("New user"), "newUser")
        self._name = NameEdit(self.look, "userNewName", longest=60)
        self._role = ChoiceRow(
            self.look, "userRole", words("Role"), entries_of(self.look, ROLES, (role.value for role in EVERYBODY))
        )
        self._passphrase = NameEdit(self.look, "userPassphrase")
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        form.add(Field(self.look, words("Name"), self._name, required=True))
        form.add(label(words("Role"), wrap=False))
        form.add(self._role)
        form.add(Field(self.look, words("Passphrase, typed by the person, at least 12 letters"), self._passphrase,
                       required=True))  # fmt: skip
        self._list = Card(self.look, words("Who may sign in"), "userList")
        self._rows = QVBoxLayout()
        self._list.inside.addLayout(self._rows)
        self.body.addWidget(form)
        self.body.addWidget(self._list)
        self.body.addStretch(1)
        for edit in (self._name, self._passphrase):
            edit.textChanged.connect(lambda _: self.show_head())
        self._role.changed.connect(lambda _: self.show_head())

    def refresh(self) -> None:
        """Ask for the accounts."""
        self.read(self._calls.accounts, then=self._show, newest="accounts")

    def _show(self, accounts: Sequence[Any]) -> None:
        clear(self._rows)
        for place, account in enumerate(accounts):
            self._rows.addWidget(self._row(place, account))

    def _row(self, place: int, account: Any) -> QWidget:
        words = self.words
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(isolate(account.name)), 2)
        line.addWidget(label(words.label(ROLES.name, account.role.value), role="quiet"), 1)
        if account.live:
            pin = words("has a PIN") if account.has_pin else words("no PIN yet")
            line.addWidget(label(pin, role="quiet"), 1)
            close = button(words("Close the account"), self.look, partial(self._ask_close, account), kind="stop",
                           name=f"closeUser{place}")  # fmt: skip
            close.setAccessibleName(words("Close the account of {name}", name=isolate(account.name)))
            line.addWidget(close)
        else:
            line.addWidget(label(words("closed"), role="quiet"), 1)
        return row

    def _add(self) -> None:
        chosen = self._role.chosen
        if chosen is None:
            return
        name, role, passphrase = self._name.value(), Role(chosen), self._passphrase.text()
        self._passphrase.clear()
        self.around.work.call(self, lambda desk: desk.add_user(name, role, passphrase), then=self._added)

    def _added(self, account: Any) -> None:
        self._name.clear()
        self._role.choose(None)
        self.show_head()
        self.say("good", self.words("{name} can sign in now.", name=isolate(account.name)))
        self.refresh()

    def _ask_close(self, account: Any) -> None:
        self.say(
            "careful",
            self.words("Close the account of {name}? It cannot be opened again.", name=isolate(account.name)),
            (self.words("Close the account"), partial(self._close, account)),
        )

    def _close(self, account: Any) -> None:
        self.quiet()
        self.around.work.call(self, lambda desk: desk.remove_user(account.id), then=self._closed)

    def _closed(self, _: Any) -> None:
        self.say("good", self.words("The account is closed."))
        self.refresh()
