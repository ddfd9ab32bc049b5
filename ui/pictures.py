"""``run.py pictures --out D``: every page, dialog and printed paper of a practice desk as a PNG, in each language.

It drives the real window over a real practice programme, page by page as a person would come to them, so that
whoever changed something can look at it. Nothing here knows what a page shows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from helpdesk.assistance.distributions.queries import days
from helpdesk.assistance.vouchers.lines import listed
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.settings import LANGUAGE, folder_settings
from helpdesk.desk.folder import PracticeUser
from helpdesk.households.queries import household_ids
from helpdesk.journey.areas.queries import lines as area_lines
from helpdesk.journey.cases.queries import worklist
from helpdesk.journey.departures.queries import movements
from helpdesk.opening import open_desk
from helpdesk.practice.programme import build, is_ready
from helpdesk.practice.specimens import papers
from helpdesk.printing.raster import page_images
from helpdesk.vault.keys import FLOOR
from ui.app import Program
from ui.forms.plan_round import UNPAID, Asked
from ui.theme import application

WIDTH: Final = 1366
HEIGHT: Final = 768
HOUSEHOLDS: Final = 100
PAPER_DPI: Final = 110
_SETTLE: Final = 0.6
_LONGEST: Final = 30.0


class Camera:
    """Looks at one window: waits until it has settled, then saves what is on the screen."""

    def __init__(self, app: QApplication, out: Path) -> None:
        self._app = app
        self._out = out
        self.taken: list[Path] = []

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window live until something holds. Raises TimeoutError."""
        end = time.monotonic() + _LONGEST
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self) -> None:
        """Let reads come back and the page paint."""
        end = time.monotonic() + _SETTLE
        self.until(lambda: time.monotonic() > end)

    def take(self, program: Program, name: str) -> None:
        """Save the window as ``name``.png."""
        self.settle()
        path = self._out / f"{name}.png"
        program.frame.grab().save(str(path))
        self.taken.append(path)


def subjects(folder: Path, user: PracticeUser) -> Mapping[str, Any]:
    """What pages that show one thing are opened with: a family on its way, a paid voucher, a place, a movement."""
    desk = open_desk(folder, user.name, user.passphrase)
    try:
        households = desk.ask(household_ids)
        vouchers = desk.ask(listed)
        paid = next((line.number for line in vouchers if line.state == "PAID"), None)
        area = next((line.place for line in desk.ask(area_lines)), None)
        movement = next(iter(desk.ask(movements, "ALL")), None)
        pay_day = next((day.id for day in desk.ask(days) if day.state == "OPEN"), None)
        on_the_way = next(iter(desk.ask(worklist, "SCHEDULED")), households[0])
    finally:
        desk.close()
    return {
        "family": on_the_way, "check": paid, "area": area, "convoy": movement, "payday": pay_day, "vouchers": "PAID",
        "plan_vouchers": Asked("DEP", UNPAID),
    }  # fmt: skip


def pages(program: Program, camera: Camera, named: str, opened_with: Mapping[str, Any]) -> None:
    """Every page this user may see, its help, and the blank screen."""
    window: Any = program.window
    for place in (place.name for place in window.plan.places if place.allowed(window.around)):
        window.go(place, opened_with.get(place))
        camera.take(program, f"{named}-{place}")
    window.go("today")
    window.press("F1")
    camera.take(program, f"{named}-help")
    program.frame.blank_out()
    camera.take(program, f"{named}-blank")


def one_language(app: QApplication, folder: Path, language: str, out: Path) -> Iterator[Path]:
    """The pictures of one language: sign-in, then the pages of each role."""
    folder_settings(folder).change(LANGUAGE, language)
    camera = Camera(app, out)
    users: tuple[PracticeUser, ...] = ()
    opened_with: Mapping[str, Any] = {}
    for role in ("clerk", "supervisor", "administrator"):
        program = Program(app, folder, leave=lambda: None)
        program.start()
        program.frame.resize(WIDTH, HEIGHT)
        users = program.facts.practice_users
        if role == "clerk":
            camera.take(program, f"{language}-sign-in")
            opened_with = subjects(folder, next(user for user in users if user.role == role))
        user = next(user for user in users if user.role == role)
        program.sign_in.wanted.emit(user.name, user.passphrase, "")
        camera.until(lambda program=program: program.window is not None)  # type: ignore[misc]
        pages(program, camera, f"{language}-{role}", opened_with)
        program.end()
        program.frame.close()
        camera.settle()
    yield from camera.taken


def paper_pictures(out: Path, languages: Sequence[str]) -> Iterator[Path]:
    """Every printed paper in these languages, page by page."""
    for language in languages:
        for name, pdf in papers(Words(language)):
            for number, image in enumerate(page_images(pdf, PAPER_DPI), start=1):
                path = out / f"{language}-paper-{name}-{number}.png"
                image.save(path)
                yield path


def main(arguments: list[str]) -> int:
    """Make all pictures; the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="run.py pictures")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folder", type=Path, help="a practice programme that is there already")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only these; may be repeated")
    told = parser.parse_args(arguments)
    languages = told.language or LANGUAGES
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = told.folder or Path(temporary) / "practice"
        if not is_ready(home):
            build(home, HOUSEHOLDS, seed=1, say=lambda _step: None, cost=FLOOR)
        app = application("pictures")
        app.setQuitOnLastWindowClosed(False)
        made = list(paper_pictures(told.out, languages))
        for language in languages:
            made.extend(one_language(app, home / "desk-one", language, told.out))
    sys.stdout.write(f"{len(made)} pictures in {told.out}\n")
    return 0
