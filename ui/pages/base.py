"""The page every page is: a title, one main action, strips for what is said, and one column of content.

How to write a page::

    class Families(Page):
        name = "families"
        shows = frozenset({"household", "person"})     # kinds of records whose change calls refresh()

        def build(self) -> None: ...                   # make widgets, put them into self.body; no store access
        def open(self, subject) -> None: ...           # asked for by go("families", subject): start reading
        def refresh(self) -> None: ...                 # something it shows has changed: read again
        def title(self) -> str: ...
        def help_text(self) -> str: ...                # shown by F1
        def main_action(self) -> Action | None: ...    # the button at the top, Ctrl+Enter

Reads and writes go through ``self.read``, ``self.write`` and ``self.long``. Enter moves to the next field and
Shift+Enter back in every page, because this base does it. What is typed goes into ``self.draft(form, key)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from helpdesk.core.errors import HelpDeskError, Stopped
from helpdesk.core.progress import Progress
from ui.drafts import Draft
from ui.keys import is_enter
from ui.messages import Notice, Tone, bug_box, notice_of
from ui.surroundings import Surroundings
from ui.widgets.strips import ProgressStrip, Strip
from ui.widgets.words import button, label
from ui.work import AnyDesk, Failed, Running, Then

WayOn: TypeAlias = tuple[str, Callable[[], None]]
"""What a strip offers to do next: the button's text, and the act."""
BESIDE_ENTER: Final = "besideEnter"
"""Property of a control that Enter walks past, because few need it; Tab and the mouse reach it."""
STRIPS: Final = 3
"""So many strips stand at once; the oldest goes."""


@dataclass(frozen=True)
class Action:
    """A page's main action. ``missing`` says in words why it cannot be done now; "" means it can."""

    text: str
    act: Callable[[], None]
    icon: str = ""
    missing: str = ""


class Page(QWidget):
    """Base of all pages; see the module's docstring for the contract."""

    name: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()
    scrolls: ClassVar[bool] = True
    """False for pages that are one table or a preview filling the height."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.look = around.look
        self.words = around.look.words
        self.subject: Any = None
        self.stale = False
        self._lack: Strip | None = None
        # a line made by a key press, or what a strip above pushes down, has its place only after the next layout
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._keep_keys_in_view)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout()
        self._frame()
        self.build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_keys)
        self.setAccessibleName(self.title())
        self.show_head()

    # what pages say

    def build(self) -> None:
        """Make the widgets. The store must not be asked here."""

    def open(self, subject: Any = None) -> None:
        """Show the page for ``subject``; start reading. The base keeps the subject and calls :meth:`refresh`."""
        self.subject = subject
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""

    def title(self) -> str:
        """The page's title."""
        raise NotImplementedError

    def help_text(self) -> str:
        """What F1 shows: what this page is for and its keys."""
        raise NotImplementedError

    def main_action(self) -> Action | None:
        """The one thing this page is for."""
        return None

    def first_field(self) -> QWidget | None:
        """Where the keys stand when the page opens; None for the first that takes focus."""
        return None

    def concerns(self, kinds: frozenset[str]) -> bool:
        """Whether this page shows records of one of these kinds."""
        return bool(self.shows & kinds)

    def heed(self, kinds: frozenset[str]) -> None:
        """Records of these kinds have changed while the page is seen; a page of many parts may look which."""
        self.refresh()

    def take_scan(self, digits: str) -> bool:
        """A scan while this page is open; False sends it to the search."""
        return False

    def print_pressed(self) -> None:
        """F6."""

    def end_pressed(self) -> None:
        """F7: what should not be seen any more closes at once, where a page shows such a thing."""

    def sections_pressed(self) -> None:
        """F3: the list of the page's parts, where it has some."""

    def step(self, by: int) -> None:
        """Ctrl+arrow: the next (1) or previous (-1) family of the list this page came from."""

    # what pages use

    def read(self, query: Callable[..., Any], *args: Any, then: Then, newest: str = "", failed: Failed = None) -> None:
        """Run a query; ``then`` gets its result on the window's thread if this page is still there."""
        self.around.work.read(self, query, *args, then=then, newest=newest, failed=failed)

    def write(self, command: Callable[..., Any], *args: Any, then: Then = None, failed: Failed = None) -> None:
        """Run a command; a refusal or fault shows as a strip unless ``failed`` takes it."""
        self.around.work.write(self, command, *args, then=then, failed=failed)

    def long(self, function: Callable[[AnyDesk, Progress], Any], then: Then = None, title: str = "") -> Running:
        """Run long work with progress and a stop button."""
        return self.around.work.long(self, function, then=then, title=title)

    def draft(self, form: str, key: str = "") -> Draft:
        """The draft of a form of this page."""
        return self.around.drafts.of(form, key)

    def say(self, tone: Tone, sentence: str, way_on: WayOn | None = None) -> Strip:
        """Say something at the top of the page."""
        return self._put_strip(Notice(tone, sentence), way_on)

    def show_failure(self, error: Exception, way_on: WayOn | None = None) -> None:
        """Say what went wrong: a strip for refusals and faults, the box for our own bugs."""
        if isinstance(error, HelpDeskError):
            self._put_strip(notice_of(error, self.look), way_on)
        elif not isinstance(error, Stopped):
            self.around.drafts.save_all()
            bug_box(self, self.look, error)

    def show_running(self, running: Running) -> None:
        """Put up the progress of long work."""
        self._strips.addWidget(ProgressStrip(self.look, running))

    def quiet(self) -> None:
        """Take all strips away."""
        for strip in self._notices():
            self._take_strip(strip)

    def show_head(self) -> None:
        """Show title and main action anew; call it when what is missing has changed."""
        self._title.setText(self.title())
        action = self.main_action()
        self._main.setVisible(action is not None)
        self._missing.setVisible(bool(action and action.missing))
        if action is not None:
            self._main.setText(f"{action.text}  \u2066(Ctrl+Enter)\u2069")
            self._main.setAccessibleName(action.text)
            self._main.setAccessibleDescription(action.missing)
            self._main.setEnabled(not action.missing)
            self._missing.setText(action.missing)
        for strip in self._notices():
            if strip is self._lack and (action is None or strip.notice.sentence != action.missing):
                self._take_strip(strip)

    def act(self) -> None:
        """Do the main action, or say what is missing for it."""
        action = self.main_action()
        if action is None:
            return
        if action.missing:
            self._lack = self.say("careful", action.missing)
        else:
            action.act()

    def focus_first(self) -> None:
        """Put the keys where the page begins."""
        first = self.first_field() or next(
            (w for w in self._content.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus
             and w.isEnabled() and w.isVisibleTo(self) and not isinstance(w, QScrollArea)),
            self._main,
        )  # fmt: skip
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses a button or moves to the next field, Shift+Enter back; Page Down and Up scroll."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._scroll is not None:
            # what stands below the last field is read by keys too
            bar, down = self._scroll.verticalScrollBar(), event.key() == Qt.Key.Key_PageDown
            bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
            return
        if not is_enter(event) or held != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        focused: QWidget | None = self.focusWidget()
        if isinstance(focused, QPushButton) and not back:
            focused.click()
        elif isinstance(focused, QComboBox) and focused.view().isVisible():
            super().keyPressEvent(event)
        else:
            # asked of the field itself, so that the way up passes the scroll area and the next field is scrolled to
            (self if focused is None else focused).focusNextPrevChild(not back)
            reached: QWidget | None = self.focusWidget()
            if reached is not None and reached.property(BESIDE_ENTER):
                reached.focusNextPrevChild(not back)

    # the frame

    def _frame(self) -> None:
        look = self.look
        whole = QVBoxLayout(self)
        whole.setContentsMargins(look.size(24), look.size(16), look.size(24), look.size(12))
        whole.setSpacing(look.size(12))
        head = QHBoxLayout()
        self._title = label("", role="title", wrap=False, name="pageTitle")
        self._missing = label("", role="quiet", name="pageMissing")
        self._missing.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._main = button("", look, self.act, kind="main", name="mainAction")
        self.beside_title = QHBoxLayout()
        """Right after the title and always seen: what leads about the page."""
        head.addWidget(self._title)
        head.addLayout(self.beside_title)
        head.addWidget(self._missing, 1)
        head.addStretch(0)
        head.addWidget(self._main)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(look.size(8))
        whole.addLayout(head)
        whole.addLayout(self._strips)
        self._content = QWidget()
        self._content.setObjectName("pageBody")
        self._content.setLayout(self.body)
        self.body.setContentsMargins(0, 0, look.size(4), 0)
        self.body.setSpacing(look.size(12))
        if self.scrolls:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(self._content)
            scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._settle.start())
            self._scroll: QScrollArea | None = scroll
            whole.addWidget(scroll, 1)
        else:
            self._scroll = None
            whole.addWidget(self._content, 1)
        self.foot = QVBoxLayout()
        """Below the content and always seen: what a long form still lacks."""
        whole.addLayout(self.foot)

    def _notices(self) -> list[Strip]:
        items = (self._strips.itemAt(place) for place in range(self._strips.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Strip)]

    def _put_strip(self, notice: Notice, way_on: WayOn | None = None) -> Strip:
        for old in self._notices():
            if old.notice == notice:
                self._take_strip(old)
        while len(self._notices()) >= STRIPS:
            self._take_strip(self._notices()[-1])
        strip = Strip(self.look, notice, self._print_reason, way_on)
        strip.closed.connect(lambda: self._take_strip(strip))
        self._strips.insertWidget(0, strip)
        if self._scroll is not None:
            self._scroll.verticalScrollBar().setValue(0)
        return strip

    def _take_strip(self, strip: Strip) -> None:
        self._strips.removeWidget(strip)
        strip.hide()
        strip.setParent(None)
        strip.deleteLater()

    def _print_reason(self, sentence: str) -> None:
        self.around.go("paper", Reason(sentence))

    def _follow_keys(self, _before: QWidget | None, now: QWidget | None) -> None:
        # wherever the keys go, by Enter, by a link or by a page's own doing, it is seen
        if now is not None and self._scroll is not None and self._content.isAncestorOf(now):
            self._keep_keys_in_view()
            self._settle.start()

    def _keep_keys_in_view(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self._content.isAncestorOf(now):
            self.keep_in_view(now)

    def keep_in_view(self, widget: QWidget) -> None:
        """Scroll so that a widget is seen."""
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(widget, 0, self.look.size(48))


@dataclass(frozen=True)
class Reason:
    """A reason to be printed for the family: the subject of the paper page."""

    sentence: str
