"""The sign-in page: who, passphrase, language, and what this desk is. It imports nothing heavy: it paints first.

It never says which part was wrong, and waits longer after each wrong attempt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.errors import HelpDeskError
from helpdesk.core.language import LANGUAGES, OWN_NAMES, isolate, isolate_ltr
from helpdesk.core.plain_text import clean
from helpdesk.desk.folder import FolderFacts, PracticeUser
from ui.icons import icon
from ui.keys import is_enter
from ui.messages import bug_box, notice_of
from ui.theme import Look
from ui.widgets.strips import ICON_OF_TONE, INK_OF_TONE
from ui.widgets.words import Card, button, clear, label, picture_label
from ui.work import Running

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent


def _at_top(card: Card) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(card)
    column.addStretch(1)
    return column


class SignIn(QFrame):
    """Name, passphrase, perhaps a stick with a key file."""

    wanted = Signal(str, str, str)
    """Name, passphrase, path of the key file on a stick or ""."""
    language_chosen = Signal(str)

    def __init__(self, look: Look, facts: FolderFacts, *, lacked_pin: bool = False) -> None:
        super().__init__()
        self._look = look
        self._stick = ""
        self._left = 0
        self.setObjectName("signIn")
        self.setAccessibleName(look.words("Sign in"))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(_at_top(self._form(facts)))
        if facts.practice and facts.practice_users:
            middle.addSpacing(look.size(16))
            middle.addLayout(_at_top(self._practice(facts.practice_users)))
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self._pause = QTimer(self)
        self._pause.setInterval(1000)
        self._pause.timeout.connect(self._second)
        if not facts.exists:
            none_yet = look.words("There is no help desk in this folder yet. The administrator sets it up once.")
            self._say(none_yet, "careful")
        elif lacked_pin:
            self._say(look.words("You had set no PIN, so you were signed out. Set one on the Desk page."), "info")
        self.wait(facts.pause_seconds)

    def first_field(self) -> QWidget:
        """Where the keys stand when the page opens."""
        return self.passphrase if self.typed_name() else self.user

    def draw_icon(self) -> None:
        """Put the picture beside the word; whoever shows the page asks for it when the words stand on the screen."""
        self.go.setIcon(icon("key", self._look, "on_action"))

    def take_over(self, before: SignIn) -> None:
        """What was typed on this page in another language."""
        self.user.setText(before.user.text())
        self.passphrase.setText(before.passphrase.text())
        self._stick = before._stick
        before.passphrase.clear()

    def focus_on(self, name: str) -> None:
        """Put the keys into the control of this name, else where the page begins."""
        found = self.findChild(QWidget, name) if name else None
        (found or self.first_field()).setFocus()

    def _form(self, facts: FolderFacts) -> Card:
        look, words = self._look, self._look.words
        card = Card(look, "", "signInCard")
        card.setFixedWidth(look.size(420))
        card.add(label(words("Help Desk"), role="title"))
        if facts.number:
            shown = isolate_ltr(words.digits(f"{facts.number:03d}"))
            card.add(label(words("Desk {number}", number=shown), role="quiet", name="deskLabel"))
        self.language = _LanguageBox(words.language)
        self.language.setObjectName("language")
        self.language.setAccessibleName(words("Language of the window"))
        self.language.setMinimumHeight(look.size(34))
        self.language.chosen.connect(self.language_chosen)
        self.user = QLineEdit()
        self.user.setObjectName("userName")
        self.user.setAccessibleName(words("Your name"))
        self.user.setMinimumHeight(look.size(34))
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("passphrase")
        self.passphrase.setAccessibleName(words("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMinimumHeight(look.size(34))
        self.passphrase.setProperty("contextMenuPolicy", "NoContextMenu")
        for title, edit in (
            (words("Your name"), self.user),
            (words("Passphrase"), self.passphrase),
            (words("Language of the window"), self.language),
        ):
            named = label(title, wrap=False)
            named.setBuddy(edit)
            card.add(named)
            card.add(edit)
        self.stick = button(words("My key is on a stick"), look, self._choose_stick, kind="link", name="stickKey")
        self.go = button(words("Sign in"), look, self.ask, kind="main", name="signInButton")
        self._said = QHBoxLayout()
        card.inside.addLayout(self._said)
        card.add(self.go)
        card.add(self.stick)
        card.setEnabled(facts.exists)
        self._card = card
        return card

    def _practice(self, users: Sequence[PracticeUser]) -> Card:
        look, words = self._look, self._look.words
        card = Card(look, words("Practice users"), "practiceUsers")
        card.setFixedWidth(look.size(360))
        card.add(label(words("This is a practice desk. Choose somebody to sign in as:"), role="quiet"))
        for place, user in enumerate(users):
            role = words.label("role", user.role)
            made = button(f"{isolate(user.name)}  \u00b7  {role}", look, name=f"practiceUser{place}")
            made.clicked.connect(lambda _=False, chosen=user: self.fill(chosen.name, chosen.passphrase))
            card.add(made)
            told = label(isolate(user.passphrase), role="small")
            told.setProperty("textInteractionFlags", "TextSelectableByMouse")
            card.add(told)
        return card

    def fill(self, name: str, passphrase: str) -> None:
        """Fill in a practice user."""
        self.user.setText(name)
        self.passphrase.setText(passphrase)
        self.go.setFocus()

    def typed_name(self) -> str:
        """The name as typed."""
        return clean(self.user.text())

    def ask(self) -> None:
        """Ask to be let in."""
        if self._left or not self.go.isEnabled():
            return
        if not self.typed_name() or not self.passphrase.text():
            self._say(self._look.words("Type your name and your passphrase."), "careful")
            return
        self.go.setEnabled(False)
        self._say(self._look.words("Opening the desk. This takes a second or two."), "info")
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self.wanted.emit(self.typed_name(), passphrase, self._stick)

    def show_failure(self, error: Exception) -> None:
        """One sentence; the passphrase is typed anew."""
        self.go.setEnabled(True)
        if isinstance(error, HelpDeskError):
            notice = notice_of(error, self._look)
            self._say(notice.sentence, notice.tone)
        else:
            bug_box(self, self._look, error)
        self.passphrase.setFocus()

    def show_running(self, running: Running) -> None:
        """Opening a desk is not stopped."""

    def wait(self, seconds: int) -> None:
        """Let nobody try for so many seconds, counting down on the button."""
        self._left = max(seconds, 0)
        self._count()
        if self._left:
            self._pause.start()

    def _second(self) -> None:
        self._left -= 1
        self._count()
        if self._left <= 0:
            self._pause.stop()

    def _count(self) -> None:
        words = self._look.words
        waits = words.plural("Wait {n} second", "Wait {n} seconds", self._left)
        self.go.setText(waits if self._left > 0 else words("Sign in"))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(self._left <= 0)

    def _say(self, sentence: str, tone: str) -> None:
        clear(self._said)
        self._said.addWidget(picture_label(ICON_OF_TONE[tone], self._look, INK_OF_TONE[tone]))
        self._said.addWidget(label(sentence, tone=INK_OF_TONE[tone], name="signInSaid"), 1)

    def _choose_stick(self) -> None:
        path, _ = QtWidgets.QFileDialog.getOpenFileName(
            self, self._look.words("Choose the key file on your stick"), "", "",
            options=QtWidgets.QFileDialog.Option.DontUseNativeDialog,
        )  # fmt: skip
        self._stick = path
        if path:
            self._say(self._look.words("The key on the stick will be used."), "info")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next field; in the passphrase it signs in."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif self.focusWidget() in (self.passphrase, self.go):
            self.ask()
        else:
            self.focusNextPrevChild(not event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)


class _LanguageBox(QComboBox):
    """The languages. Arrows and the wheel only look through them: Enter, or choosing in the open list, decides."""

    chosen = Signal(str)

    def __init__(self, language: str) -> None:
        super().__init__()
        self._standing = LANGUAGES.index(language)
        for code in LANGUAGES:
            self.addItem(OWN_NAMES[code], code)
        self.setCurrentIndex(self._standing)
        # the list closes before what was chosen in it is known
        self._closed = QTimer(self, singleShot=True, interval=0)
        self._closed.timeout.connect(self._decide)

    def _decide(self) -> bool:
        if self.currentIndex() == self._standing:
            return False
        self.chosen.emit(LANGUAGES[self.currentIndex()])
        return True

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        """The list closes."""
        super().hidePopup()
        self._closed.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter decides; where nothing changed it goes on to the next field."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not self._decide():
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The wheel changes nothing."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Left without Enter: the box shows the language that stands."""
        if event.reason() != QtCore.Qt.FocusReason.PopupFocusReason:
            self.setCurrentIndex(self._standing)
        super().focusOutEvent(event)
