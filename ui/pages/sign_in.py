"""The sign-in page: who, passphrase, language, and what this desk is. It imports nothing heavy: it paints first.

It never says which part was wrong, and waits longer after each wrong attempt.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.errors import HelpDeskError
from helpdesk.core.language import LANGUAGES, OWN_NAMES, isolate, isolate_ltr
from helpdesk.core.plain_text import clean
from helpdesk.desk.folder import FolderFacts, PracticeUser
from ui.keys import is_enter
from ui.messages import bug_box, notice_of
from ui.theme import Look
from ui.widgets.strips import ICON_OF_TONE, INK_OF_TONE
from ui.widgets.words import Card, button, clear, label, picture_label
from ui.work import Running


class SignIn(QWidget):
    """Name, passphrase, perhaps a stick with a key file."""

    wanted = Signal(str, str, str)
    """Name, passphrase, path of the key file on a stick or ""."""
    language_chosen = Signal(str)

    def __init__(self, look: Look, facts: FolderFacts, name: str = "") -> None:
        super().__init__()
        self._look = look
        self._stick = ""
        self._left = 0
        self.setObjectName("signIn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(look.words("Sign in"))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._form(facts), 0, Qt.AlignmentFlag.AlignTop)
        if facts.practice and facts.practice_users:
            middle.addSpacing(look.size(16))
            middle.addWidget(self._practice(facts.practice_users), 0, Qt.AlignmentFlag.AlignTop)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        self._pause = QTimer(self)
        self._pause.setInterval(1000)
        self._pause.timeout.connect(self._second)
        if not facts.exists:
            none_yet = look.words("There is no help desk in this folder yet. The administrator sets it up once.")
            self._say(none_yet, "careful")
        self.user.setText(name)
        self.wait(facts.pause_seconds)

    def first_field(self) -> QWidget:
        """Where the keys stand when the page opens."""
        return self.passphrase if self.typed_name() else self.user

    def _form(self, facts: FolderFacts) -> Card:
        look, words = self._look, self._look.words
        card = Card(look, "", "signInCard")
        card.setFixedWidth(look.size(420))
        card.add(label(words("Help Desk"), role="title"))
        if facts.number:
            shown = isolate_ltr(words.digits(f"{facts.number:03d}"))
            card.add(label(words("Desk {number}", number=shown), role="quiet", name="deskLabel"))
        self.language = QComboBox()
        self.language.setObjectName("language")
        self.language.setAccessibleName(words("Language of the window"))
        self.language.setMinimumHeight(look.size(34))
        for code in LANGUAGES:
            self.language.addItem(OWN_NAMES[code], code)
        self.language.setCurrentIndex(LANGUAGES.index(words.language))
        self.language.activated.connect(lambda place: self.language_chosen.emit(LANGUAGES[place]))
        self.user = QLineEdit()
        self.user.setObjectName("userName")
        self.user.setAccessibleName(words("Your name"))
        self.user.setMinimumHeight(look.size(34))
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("passphrase")
        self.passphrase.setAccessibleName(words("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMinimumHeight(look.size(34))
        self.passphrase.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
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
        self.go = button(words("Sign in"), look, self.ask, kind="main", icon_name="key", name="signInButton")
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
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
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
        path, _ = QFileDialog.getOpenFileName(
            self, self._look.words("Choose the key file on your stick"), "", "",
            options=QFileDialog.Option.DontUseNativeDialog,
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
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
