"""The desk's own page: who I am here, how the window looks, when it locks, what it keeps, and what the program is.

Settings are drawn from their declarations (``helpdesk.core.settings``); this page invents none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from helpdesk.core.language import LANGUAGES, N_, OWN_NAMES, REVIEWED, isolate, isolate_ltr
from helpdesk.core.settings import BLANK_SECONDS, LOCK_SECONDS, Setting
from helpdesk.core.text import fold_digits
from helpdesk.desk.pins import LONGEST_PIN
from ui.pages.base import Page
from ui.surroundings import Surroundings
from ui.theme import SCALES, THEME_LABELS, THEMES
from ui.widgets.choices import ChoiceRow
from ui.widgets.fields import DigitEdit, Field, NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import Card, button, label

PRIVACY: Final = (
    N_("Everything about families is encrypted on this computer. Without a passphrase nobody can read it."),
    N_("Answers about perceived affiliation, detained or missing relatives and safety go to the centre sealed: this "
       "computer cannot read them back, for anybody."),
    N_("F8 blanks the screen at once. Your PIN brings it back. F9 locks: the passphrase is needed again."),
    N_("Nothing is sent anywhere by itself. What leaves this desk leaves as a file, by your hand."),
    N_("A paper saved as PDF is not encrypted. Remove it when it is no longer needed."),
)  # fmt: skip
_BOX_SECONDS: Final = (BLANK_SECONDS, LOCK_SECONDS)


@dataclass(frozen=True)
class DeskCalls:
    """``set_pin(act, pin)`` and ``has_pin(view)``; ``add_user`` is the command that decides who sees the users."""

    set_pin: Callable[..., Any]
    has_pin: Callable[..., Any]
    add_user: Callable[..., Any]


class DeskPage(Page):
    """One column of cards."""

    name: ClassVar[str] = "desk"
    shows: ClassVar[frozenset[str]] = frozenset({"user"})

    def __init__(self, around: Surroundings, calls: DeskCalls) -> None:
        self._calls = calls
        super().__init__(around)

    def title(self) -> str:
        """The page's title."""
        return self.words("Desk")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Set your PIN and passphrase here, choose language, colours and text size, and see what this desk keeps "
            "and who made the translations you read."
        )

    def build(self) -> None:
        """All cards; none needs the store."""
        for card in (self._facts(), self._me(), self._window(), self._locking(), self._privacy(), self._about()):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Ask whether a PIN is set."""
        self.read(self._calls.has_pin, then=self._tell_pin, newest="pin")

    def _facts(self) -> Card:
        words, seat = self.words, self.around.seat
        card = Card(self.look, words("This desk"), "deskFacts")
        number = isolate_ltr(words.digits(f"{seat.desk_number:03d}")) if seat.desk_number else None
        card.add(
            Rows(
                self.look,
                [
                    (words("Number"), number or words("not known before the first bundle of the centre")),
                    (words("Signed in"), isolate(seat.user_name)),
                    (words("Role"), words.label("role", seat.role.value)),
                    (words("Kind"), words("practice, nothing here is real") if seat.practice else words("real")),
                    (words("Folder"), isolate_ltr(str(seat.folder))),
                ],
            )
        )
        if self.around.may(self._calls.add_user):
            users = button(words("Users of this desk"), self.look, partial(self.around.go, "users"), icon_name="user",
                           name="toUsers")  # fmt: skip
            line = QHBoxLayout()
            line.addWidget(users)
            line.addStretch(1)
            card.inside.addLayout(line)
        return card

    def _me(self) -> Card:
        words = self.words
        card = Card(self.look, words("Your PIN and passphrase"), "deskMe")
        self._pin_state = label("", role="quiet", name="pinState")
        card.add(self._pin_state)
        self._pin = DigitEdit(self.look, "newPin", longest=LONGEST_PIN)
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        card.inside.addLayout(
            self._line(
                Field(self.look, words("New PIN, at least 4 digits"), self._pin),
                button(words("Set the PIN"), self.look, self._set_pin, name="setPin"),
            )
        )
        self._old = self._secret("oldPassphrase")
        self._new = self._secret("newPassphrase")
        card.inside.addLayout(
            self._line(
                Field(self.look, words("Passphrase now"), self._old),
                Field(self.look, words("New passphrase, at least 12 letters"), self._new),
                button(words("Change the passphrase"), self.look, self._set_passphrase, name="setPassphrase"),
            )
        )
        return card

    def _secret(self, name: str) -> NameEdit:
        edit = NameEdit(self.look, name)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        return edit

    def _line(self, *widgets: Any) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.look.size(12))
        for widget in widgets:
            line.addWidget(widget, 1 if isinstance(widget, Field) else 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _tell_pin(self, has_pin: bool) -> None:
        words = self.words
        self._pin_state.setText(
            words("You have a PIN: it brings back the blanked screen.")
            if has_pin
            else words("You have no PIN yet. Without one, blanking the screen signs you out.")
        )

    def _set_pin(self) -> None:
        self.write(self._calls.set_pin, fold_digits(self._pin.value()), then=self._pin_set)

    def _pin_set(self, _: Any) -> None:
        self._pin.clear()
        self.say("good", self.words("Your PIN is set."))

    def _set_passphrase(self) -> None:
        old, new = self._old.text(), self._new.text()
        self.around.work.call(self, lambda desk: desk.change_passphrase(old, new), then=self._passphrase_set)

    def _passphrase_set(self, _: Any) -> None:
        self._old.clear()
        self._new.clear()
        self.say("good", self.words("Your passphrase is changed."))

    def _window(self) -> Card:
        words, look = self.words, self.look
        card = Card(look, words("Window"), "deskWindow")
        languages = ChoiceRow(
            look, "chooseLanguage", words("Language"), [(code, OWN_NAMES[code]) for code in LANGUAGES]
        )
        languages.choose(words.language)
        languages.changed.connect(lambda code: self.around.wear(replace(look, words=words.in_language(code))))
        themes = ChoiceRow(
            look, "chooseTheme", words("Colours"), [(name, words(said)) for name, said in THEME_LABELS.items()]
        )
        themes.choose(look.tokens.name)
        themes.changed.connect(lambda name: self.around.wear(replace(look, tokens=THEMES[name])))
        scales = ChoiceRow(look, "chooseScale", words("Text size"), [(str(n), words("{n} %", n=n)) for n in SCALES])
        scales.choose(str(look.scale))
        scales.changed.connect(lambda size: self.around.wear(replace(look, scale=int(size))))
        for row in (languages, themes, scales):
            card.add(label(row.accessibleName(), role="quiet"))
            card.add(row)
        return card

    def _locking(self) -> Card:
        words = self.words
        card = Card(self.look, words("Locking"), "deskLocking")
        for setting in _BOX_SECONDS:
            edit = DigitEdit(self.look, setting.name, longest=4)
            edit.setText(words.digits(self.around.settings[setting]))
            edit.editingFinished.connect(partial(self._set_seconds, setting, edit))
            card.add(Field(self.look, words(setting.label), edit, hint=words(setting.help)))
        return card

    def _set_seconds(self, setting: Setting[int], edit: DigitEdit) -> None:
        typed = int(edit.value() or 0)
        if setting.allows(typed):
            self.around.settings.change(setting, typed)
            edit.told.emit(self.words("Counts from the next sign-in."), "quiet")
        else:
            edit.told.emit(
                self.words("From {lowest} to {highest} seconds.", lowest=setting.lowest, highest=setting.highest),
                "careful",
            )

    def _privacy(self) -> Card:
        card = Card(self.look, self.words("Privacy"), "deskPrivacy")
        for sentence in PRIVACY:
            card.add(label(self.words(sentence)))
        return card

    def _about(self) -> Card:
        words = self.words
        card = Card(self.look, words("About this program"), "deskAbout")
        rows: list[tuple[str, str | None]] = [(words("Version"), isolate_ltr(_version()))]
        rows.extend((isolate(OWN_NAMES[code]), self._reviewed(code)) for code in LANGUAGES)
        card.add(Rows(self.look, rows))
        card.add(
            label(
                words(
                    "The program is free software under the Apache License 2.0; the font Vazirmatn stands under the "
                    "SIL Open Font License. The files LICENSE and resources hold the full texts."
                ),
                role="quiet",
            )
        )
        return card

    def _reviewed(self, language: str) -> str:
        if language in REVIEWED:
            return self.words("written by the makers of the program")
        return self.words("no native speaker has reviewed this translation yet; tell the centre what reads wrong")


def _version() -> str:
    try:
        return version("helpdesk")
    except PackageNotFoundError:
        return "0.1.0"
