"""The program with a window: paints the sign-in page first, then loads the rest, opens the desk and shows the window.

The one late import of the program stands here: ``ui.plan`` brings pages, ``helpdesk.opening`` and with it the store's
libraries, after the first paint.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from helpdesk.core.clock import SystemClock
from helpdesk.core.errors import Fault
from helpdesk.core.folders import default_folder
from helpdesk.core.language import Words
from helpdesk.core.settings import BLANK_SECONDS, LANGUAGE, LOCK_SECONDS, TEXT_SCALE, THEME, folder_settings
from helpdesk.desk.folder import looks_at
from ui.frame import Frame
from ui.lock import NO_PIN, replace_process
from ui.messages import bug_box, catch_bugs
from ui.pages.sign_in import SignIn
from ui.theme import THEMES, Look, application, dress
from ui.work import Running, Work

if TYPE_CHECKING:
    from PySide6.QtCore import QTime

    from ui.drafts import DraftBook, DraftCalls
    from ui.surroundings import Seat, Surroundings

CLOSING_SECONDS = 10.0


class InsideWindow(Protocol):
    """What the program needs of ``ui.window.Window``."""

    trail: list[tuple[str, Any]]
    saved_at: QTime | None

    def take_up(self, trail: Sequence[tuple[str, Any]], saved_at: QTime | None = None) -> None:
        """Go where the window before was, and know when something was last saved in it."""

    def press(self, key: str) -> None:
        """A key that means the same everywhere."""

    def take_scan(self, digits: str) -> None:
        """A scan."""


class Rest(Protocol):
    """What ``ui.plan`` brings after the first paint."""

    DRAFT_CALLS: DraftCalls
    DraftBook: type[DraftBook]
    Seat: type[Seat]
    Surroundings: type[Surroundings]
    open_desk: Callable[..., Any]
    pin_opens: Callable[..., Any]
    has_pin: Callable[..., Any]
    build_window: Callable[..., Any]
    brought: Callable[..., Any]


class Program(QObject):
    """From the first paint to the last: one folder, one frame, one store thread."""

    def __init__(self, app: QApplication, folder: Path, leave: Callable[[], object]) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._replace = leave
        self._clock = SystemClock()
        self.settings = folder_settings(folder)
        self.look = Look(Words(self.settings[LANGUAGE]), THEMES[self.settings[THEME]], self.settings[TEXT_SCALE])
        self.work = Work()
        self._translator = QTranslator(self)
        self._wear(self.look)
        self.facts = looks_at(folder, self._clock)
        self.frame = Frame(self.look, self.facts.practice)
        self.frame.idle.set_limits(self.settings[BLANK_SECONDS], self.settings[LOCK_SECONDS])
        self.window: QWidget | None = None
        self._drafts: DraftBook | None = None
        self._seat: Seat | None = None
        self._rest: Rest | None = None
        self._ended = False
        self._lacked_pin = bool(os.environ.pop(NO_PIN, ""))
        self.sign_in = self._sign_in_page()
        self.frame.leave.connect(self.sign_out)
        self.frame.pressed.connect(self._press)
        self.frame.scanned.connect(self._scan)
        self.frame.pin_tried.connect(self._try_pin)
        self.frame.closed.connect(self.end)
        self.work.changed.connect(self._after_change)

    def start(self) -> None:
        """Show the sign-in page; load the rest once it has been painted."""
        self.frame.open_on_screen()
        self.sign_in.first_field().setFocus()
        self.frame.painted.connect(self.sign_in.draw_icon)
        self.frame.painted.connect(self._load)

    # before somebody has signed in

    def _sign_in_page(self, before: SignIn | None = None) -> SignIn:
        page = SignIn(self.look, self.facts, lacked_pin=self._lacked_pin)
        if before is not None:
            page.take_over(before)
        page.wanted.connect(self._open)
        page.language_chosen.connect(self._sign_in_language)
        self.frame.put(page)
        return page

    def _sign_in_language(self, language: str) -> None:
        self._change_look(replace(self.look, words=self.look.words.in_language(language)))
        at: QWidget | None = self.frame.focusWidget()
        self.sign_in = self._sign_in_page(self.sign_in)
        self.sign_in.draw_icon()
        self.sign_in.focus_on(at.objectName() if at is not None else "")

    def _load(self) -> None:
        self.work.apart(self, partial(import_module, "ui.plan"), then=self._keep_rest)

    def _keep_rest(self, rest: Any) -> None:
        self._rest = cast(Rest, rest)

    def _open(self, name: str, passphrase: str, stick: str) -> None:
        # the store's thread does one thing after another: the rest has been loaded before this runs
        def opener() -> Any:
            return import_module("ui.plan").open_desk(self._folder, name, passphrase, stick_key=_key_of(stick))

        self.work.open(self, opener, then=self._opened, failed=self._not_opened)

    def _not_opened(self, error: Exception) -> None:
        self.facts = looks_at(self._folder, self._clock)
        self.sign_in.show_failure(error)
        self.sign_in.wait(self.facts.pause_seconds)

    def _opened(self, desk: Any) -> None:
        # whoever types faster than the first paint gets here before the loading was told
        rest = self._rest = cast(Rest, import_module("ui.plan"))
        number = desk.bundle.desk.number if desk.bundle is not None else 0
        modules = desk.bundle.modules if desk.bundle is not None else {}
        self._seat = rest.Seat(desk.user.name, desk.user.role, number, desk.practice, self._folder, modules)
        self.look = replace(self.look, words=self.look.words.with_lists(desk.lists))
        self._drafts = rest.DraftBook(self.work, self, rest.DRAFT_CALLS)
        self._build([])
        self.frame.guard()
        self._ask_pin()

    # the working window

    def _build(self, trail: Sequence[tuple[str, Any]], saved_at: QTime | None = None) -> None:
        rest, drafts, seat = self._rest, self._drafts, self._seat
        if rest is None or drafts is None or seat is None:
            return
        around = rest.Surroundings(self.look, self.work, seat, _nowhere, drafts, self.settings, self.change_look)
        window = rest.build_window(around)
        window.sign_out.connect(self.sign_out)
        window.blank.connect(self.frame.blank_out)
        window.look_chosen.connect(self.change_look)
        self.window = window
        self.frame.put(window)
        cast(InsideWindow, window).take_up(trail, saved_at)

    def change_look(self, look: Look) -> None:
        """Another language, theme or text size: everything is built anew where it stood, nothing typed is lost."""
        if self._drafts is not None:
            self._drafts.save_all()
        self.work.when_idle(partial(self._rebuild, look))

    def _rebuild(self, look: Look) -> None:
        before = cast(InsideWindow, self.window) if self.window is not None else None
        trail, saved_at = (before.trail, before.saved_at) if before is not None else ([], None)
        self._change_look(look)
        self._build(trail, saved_at)

    def _change_look(self, look: Look) -> None:
        self.look = look
        if self.facts.exists:
            for setting, value in ((LANGUAGE, look.words.language), (THEME, look.tokens.name)):
                self.settings.change(setting, value)
            self.settings.change(TEXT_SCALE, look.scale)
        self._wear(look)
        self.frame.wear(look)

    def _wear(self, look: Look) -> None:
        dress(self._app, look)
        self._app.removeTranslator(self._translator)
        # Qt's own few words exist in Arabic; Kurdish readers know those, English ones they may not
        if look.right_to_left and self._translator.load(
            "qtbase_ar", QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.TranslationsPath)
        ):
            self._app.installTranslator(self._translator)

    def _press(self, key: str) -> None:
        if self.window is not None:
            cast(InsideWindow, self.window).press(key)

    def _scan(self, digits: str) -> None:
        if self.window is not None and not self.frame.is_blank:
            cast(InsideWindow, self.window).take_scan(digits)

    def _try_pin(self, pin: str) -> None:
        if self._rest is not None:
            self.work.read(self, self._rest.pin_opens, pin, then=self.frame.answer_pin)

    def _after_change(self, kinds: frozenset[str]) -> None:
        if "user" in kinds:
            self._ask_pin()
        if "bundle" in kinds and self._rest is not None:
            self.work.read(self, self._rest.brought, then=self._take_brought)

    def _take_brought(self, brought: Any) -> None:
        # what a bundle says of forms and pages holds at once; the window is built anew only where it says another thing
        lists, modules = brought
        seat, words = self._seat, self.look.words
        if seat is None or (lists == words.lists and modules == seat.modules):
            return
        self._seat = replace(seat, modules=modules)
        self.change_look(replace(self.look, words=words.with_lists(lists)))

    def _ask_pin(self) -> None:
        if self._rest is not None:
            self.work.read(self, self._rest.has_pin, then=self.frame.know_pin)

    # the end

    def sign_out(self) -> None:
        """Save what is typed and become a new process on the sign-in page: only that forgets the key."""
        if not self._ended:
            if self.frame.lacked_pin:
                os.environ[NO_PIN] = "1"
            self.end()
            self._replace()

    def end(self) -> None:
        """Save what is typed and close the desk."""
        if self._ended:
            return
        self._ended = True
        self.frame.cover()
        if self._drafts is not None:
            self._drafts.save_all()
        self.work.close(CLOSING_SECONDS)

    # as an owner of work

    def show_failure(self, error: Exception) -> None:
        """What goes wrong outside of any page."""
        page = self.window if self.window is not None else self.sign_in
        shows = getattr(page, "show_failure", None)
        if shows is not None:
            shows(error)

    def show_running(self, running: Running) -> None:
        """The program itself starts no long work."""


def _nowhere(page: str, subject: Any = None) -> None:
    """Where pages lead until their window puts itself there."""


def _key_of(stick: str) -> bytes | None:
    if not stick:
        return None
    try:
        return Path(stick).read_bytes()
    except OSError:
        raise Fault("slot.stick") from None


def main(folder: Path | None = None) -> int:
    """Run the window on a folder, or on the usual one; the exit code."""
    home = folder if folder is not None else default_folder()
    app = application(sys.argv[0])
    app.setApplicationName("Help Desk")
    app.setQuitOnLastWindowClosed(True)
    entrance = Path(__file__).resolve().parents[1] / "main.py"
    again = [sys.executable, str(entrance), "--folder", str(home)]
    program = Program(app, home, leave=partial(replace_process, again))
    catch_bugs(lambda error: bug_box(program.frame, program.look, error))
    program.frame.painted.connect(gc.enable)  # whoever starts us may have put off the looking for garbage
    program.start()
    return app.exec()
