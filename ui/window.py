"""The working window after signing in: search above, navigation beside, the page in the middle, the foot below.

It puts pages together and carries keys, scans and changes to them. It shows nothing of a family itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTime, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from helpdesk.core.language import LANGUAGES, OWN_NAMES, isolate
from ui.foot import Foot
from ui.help import HelpPanel
from ui.keys import is_enter
from ui.navigation import Navigation, Place, TabRow
from ui.pages.base import Page
from ui.surroundings import Surroundings
from ui.widgets.scan import SearchBox
from ui.widgets.words import button, label

STATUS_SECONDS: Final = 60
HOUSEHOLD_DIGITS: Final = 10


@dataclass(frozen=True)
class Plan:
    """What the window is made of: its pages, the status query of the foot, and the pages that keys lead to."""

    places: Sequence[Place]
    status: Callable[..., Any] | None = None
    home: str = "today"
    search: str = "families"
    new: str = "new_family"
    check: str = "check"


@runtime_checkable
class Finds(Protocol):
    """The page that searches: shows what is found while typing, opens the best on Enter."""

    def search(self, text: str) -> None:
        """Show what is found."""

    def open_best(self, text: str) -> None:
        """Open the one family it can only be, or stand on the first."""


class Window(QWidget):
    """Built once a desk is open, and again on another language, theme or text size; what was typed stays."""

    sign_out = Signal()
    blank = Signal()
    look_chosen = Signal(object)
    """Another :class:`Look` is wanted."""

    def __init__(self, around: Surroundings, plan: Plan) -> None:
        super().__init__()
        self.around = replace(around, go=self.go)
        self.plan = plan
        self._look = around.look
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, Any]] = []
        self.saved_at: QTime | None = None
        self.setObjectName("window")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._top())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.navigation = Navigation(self.around, plan.places)
        middle.addWidget(self.navigation)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        self.tabs = TabRow(self._look, self.go)
        beside.addWidget(self.tabs)
        self._stack = QStackedWidget()
        beside.addWidget(self._stack, 1)
        middle.addLayout(beside, 1)
        self._help = HelpPanel(self._look)
        self._help.hide()
        middle.addWidget(self._help)
        whole.addLayout(middle, 1)
        self.foot = Foot(self._look, self.go, around.seat.folder)
        whole.addWidget(self.foot)
        around.work.changed.connect(self._changed)
        around.work.committed.connect(self._saved)
        self._status_timer = QTimer(self)
        self._status_timer.setInterval(STATUS_SECONDS * 1000)
        self._status_timer.timeout.connect(self._ask_status)
        self._status_timer.start()
        self._ask_status()

    # going

    def go(self, page: str, subject: Any = None) -> None:
        """Open a page; the one before is remembered for Esc."""
        place = next((place for place in self.plan.places if place.name == page), None)
        if place is None or not place.allowed(self.around):
            return
        if not self._trail or self._trail[-1] != (page, subject):
            self._trail.append((page, subject))
        self._show(place, subject)
        if page == self.plan.search and not self.search.text():
            self._seek("")  # nothing is sought any more: everybody is shown

    def back(self) -> None:
        """Esc: the page before; drafts stay."""
        if self._help.isVisible():
            self._help.hide()
        elif len(self._trail) > 1:
            self._trail.pop()
            name, subject = self._trail[-1]
            self._show(next(place for place in self.plan.places if place.name == name), subject)

    def _show(self, place: Place, subject: Any) -> None:
        page = self.page(place.name)
        self._stack.setCurrentWidget(page)
        self.tabs.tell(self.navigation.stand_on(place), place.name)
        if place.name != self.plan.search:
            self.search.empty()
        page.quiet()
        page.open(subject)
        page.show_head()
        page.stale = False
        if self._help.isVisible():
            self._help.tell(page)
        # whoever is typing a search goes on typing; a page with fields takes the keys, or they would land in the search
        if place.name not in (self.plan.search, self.plan.home) or not self.search.hasFocus():
            page.focus_first()

    def page(self, name: str) -> Page:
        """A page, built when it is first needed."""
        if name not in self._pages:
            place = next(place for place in self.plan.places if place.name == name)
            page = self._pages[name] = place.build(self.around)
            self._stack.addWidget(page)
        return self._pages[name]

    @property
    def current(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def trail(self) -> list[tuple[str, Any]]:
        """Where we are and how we came here, to rebuild the window without losing the place."""
        return list(self._trail)

    def take_up(self, trail: Sequence[tuple[str, Any]], saved_at: QTime | None = None) -> None:
        """Go where the window before this one was, and know when something was last saved in it."""
        self._trail = list(trail[:-1])
        if saved_at is not None:
            self.saved_at = saved_at
            self.foot.saved(saved_at)
        name, subject = trail[-1] if trail else (self.plan.home, None)
        self.go(name, subject)

    # keys, scans, changes

    def press(self, key: str) -> None:
        """A key that means the same everywhere."""
        page = self.current
        if key.startswith("Alt+"):
            self.navigation.press(int(key[4:]), self._trail[-1][0] if self._trail else "")
        elif key == "F1" and page is not None:
            self._help.toggle(page)
        elif key == "F2":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif key == "F4":
            self.go(self.plan.new)
        elif key == "F5":
            self.go(self.plan.check)
        elif key == "Esc":
            self.back()
        elif page is not None:
            self._press_in(page, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses a button of the navigation, the top and the foot, as it does on every page."""
        focused = self.focusWidget()
        if is_enter(event) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _press_in(page: Page, key: str) -> None:
        if key == "F3":
            page.sections_pressed()
        elif key == "F6":
            page.print_pressed()
        elif key == "F7":
            page.end_pressed()
        elif key == "Ctrl+Enter":
            page.act()
        elif key in ("next", "previous"):
            page.step(1 if key == "next" else -1)

    def take_scan(self, digits: str) -> None:
        """A scan: to the page that waits for one, else ten digits to the search and longer ones to the check."""
        page = self.current
        if page is not None and page.take_scan(digits):
            return
        if len(digits) == HOUSEHOLD_DIGITS:
            self._choose(digits)
        else:
            self.go(self.plan.check, digits)

    def _changed(self, kinds: frozenset[str]) -> None:
        for page in self._pages.values():
            if page.concerns(kinds):
                if page is self.current:
                    page.heed(kinds)
                else:
                    page.stale = True

    def _saved(self) -> None:
        self.saved_at = QTime.currentTime()
        self.foot.saved(self.saved_at)
        self._ask_status()

    def _ask_status(self) -> None:
        if self.plan.status is not None:
            self.around.work.read(self, self.plan.status, then=self._tell_status, newest="status")

    def _tell_status(self, facts: Any) -> None:
        self.foot.tell(facts)
        self._lists.setText(self.foot.age_of_lists(facts))

    def show_failure(self, error: Exception) -> None:
        """What went wrong outside a page is said on the page that is shown."""
        page = self.current
        if page is not None:
            page.show_failure(error)

    def show_running(self, running: Any) -> None:
        """Long work started by the window itself is shown by the page."""
        page = self.current
        if page is not None:
            page.show_running(running)

    # the parts

    def _top(self) -> QWidget:
        look, words, seat = self._look, self._look.words, self.around.seat
        row = QWidget()
        row.setObjectName("topRow")
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(look.size(16), look.size(8), look.size(16), look.size(8))
        inside.setSpacing(look.size(12))
        self.search = SearchBox(look)
        self.search.asked.connect(self._search)
        self.search.chosen.connect(self._choose)
        self._lists = label("", role="quiet", wrap=False, name="listsAge")
        own_name = f"{OWN_NAMES[words.language]}  \u25be"
        self._language = button(own_name, look, icon_name="language", name="languageSwitch")
        self._language.setAccessibleName(words("Language of the window"))
        self._language.setMenu(self._languages())
        self._user = button(f"{isolate(seat.user_name)}  \u25be", look, icon_name="user", name="userMenu")
        self._user.setAccessibleName(seat.user_name)
        self._user.setMenu(self._user_menu())
        inside.addWidget(self.search, 1)
        inside.addWidget(self._lists)
        inside.addWidget(self._language)
        inside.addWidget(self._user)
        return row

    def _languages(self) -> QMenu:
        menu = QMenu(self)
        for code in LANGUAGES:
            act = menu.addAction(OWN_NAMES[code])
            act.triggered.connect(lambda _=False, chosen=code: self.look_chosen.emit(
                replace(self._look, words=type(self._look.words)(chosen))
            ))  # fmt: skip
        return menu

    def _user_menu(self) -> QMenu:
        words = self._look.words
        menu = QMenu(self)
        menu.addAction(words("Blank the screen (F8)")).triggered.connect(lambda _=False: self.blank.emit())
        menu.addAction(words("Lock and sign out (F9)")).triggered.connect(lambda _=False: self.sign_out.emit())
        return menu

    def _search(self, text: str) -> None:
        if not text and self.current is not self._pages.get(self.plan.search):
            return
        page = self.page(self.plan.search)
        if self.current is not page:
            self.go(self.plan.search)
            self.search.setFocus()
        self._seek(text)

    def _seek(self, text: str) -> None:
        page = self.page(self.plan.search)
        if isinstance(page, Finds):
            page.search(text)

    def _choose(self, text: str) -> None:
        page = self.page(self.plan.search)
        self.search.setText(text)  # a scan too stands where it is sought
        self.go(self.plan.search)
        if isinstance(page, Finds):
            page.open_best(text)
        if self.search.hasFocus() and self.current is not None:
            self.current.focus_first()
