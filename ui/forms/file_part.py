"""What a part of a family's file is: a card that reads its own rows, shows them, and says what may be done there.

How to write one::

    class EngagementPart(FilePart):
        name = "engagement"                                 # object name, and its name in the list of parts
        shows = frozenset({"attendance"})                   # kinds of records whose change calls refresh()

        def title(self) -> str: return self.words("Sessions they came to")
        def build(self) -> None: ...                        # make widgets, put them into self.inside; no store access
        def refresh(self) -> None: self.read(queries.sessions_of, self.household, then=self._show)

and one line in ``ui.plan.FILE_PARTS``. A part is built for one household and loaded when somebody comes near it.
It never opens another page by import and never types: it hands a piece to type in to the page by ``self.ask``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from helpdesk.households.queries import HouseholdFile
from ui.forms.file_beside import Asking, Beside
from ui.forms.file_cards import Act, Lines
from ui.forms.places import Places
from ui.messages import Tone
from ui.surroundings import Surroundings
from ui.widgets.words import Card
from ui.work import Failed, Running, Then

UNREAD_HEIGHT: Final = 96
"""Pixels at 100 % that a part keeps free while it is not loaded."""


@dataclass(frozen=True)
class NextStep:
    """What may be done next. ``missing`` says in words why it cannot be done now or by this user; "" means it can."""

    text: str
    act: Callable[[], object]
    missing: str = ""


@dataclass(frozen=True)
class Family:
    """What the page has read of the family: its file, what is read beside it, and the names of places."""

    file: HouseholdFile
    beside: Beside
    places: Places


class FilePart(Card):
    """Base of the parts; see the module's docstring."""

    name: ClassVar[str] = ""
    shows: ClassVar[frozenset[str]] = frozenset()
    reads: ClassVar[bool] = True
    """False for a part that only shows the file which the page has read anyway: it never waits to be loaded."""

    asked = Signal(object)
    """An :class:`Asking` shall be opened for typing."""
    typed = Signal()
    """What is being typed, or the next step, has changed: the page looks anew at its main action."""
    jumped = Signal(str)
    """The keys shall go to the part of this name."""
    spoken = Signal(str, str, object)
    """Tone, sentence and a way on (text and act) or None."""
    questioned = Signal(str)
    """A question of the list ``not_asked`` shall be opened."""
    failed = Signal(object, object)
    """A failure, and a way on (text and act) or None."""
    began = Signal(object)
    """Long work began (``ui.work.Running``)."""

    def __init__(self, around: Surroundings, household: str) -> None:
        self.around = around
        self.look = around.look
        self.words = around.look.words
        self.household = household
        self.family: Family | None = None
        self.is_loaded = False
        super().__init__(around.look, self.title(), self.name)
        self.setMinimumHeight(self.look.size(UNREAD_HEIGHT if self.reads else 0))

    # what parts say

    def title(self) -> str:
        """The heading, and the entry of the list of parts."""
        raise NotImplementedError

    def build(self) -> None:
        """Make the widgets. The store must not be asked here."""

    def refresh(self) -> None:
        """Read again what is shown."""

    def tell(self, family: Family) -> None:
        """The file was read, for the first time or again; the base keeps it in :attr:`family`."""

    def next_step(self) -> NextStep | None:
        """The next right step of this family, if this part knows it: the page offers the first on Ctrl+Enter."""
        return None

    def printable(self) -> Sequence[Act]:
        """What of this part can be printed: name and act; F6 lists them."""
        return ()

    # what the page calls

    def load(self) -> None:
        """Build and read; once."""
        if self.is_loaded:
            return
        self.is_loaded = True
        self.setMinimumHeight(0)
        self.build()
        if self.family is not None:
            self.tell(self.family)
        self.refresh()

    def know(self, family: Family) -> None:
        """Take over what the page has read."""
        self.family = family
        if self.is_loaded:
            self.tell(family)

    def first_stop(self) -> QWidget:
        """Where the keys go when somebody jumps here: the first control, or the card itself while it has none."""
        stops = (one for one in self.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next((one for one in stops if one.isEnabled() and one.isVisibleTo(self)), self)

    # what parts use

    def read(self, query: Callable[..., Any], *args: Any, then: Then, newest: str = "", failed: Failed = None) -> None:
        """Run a query; ``then`` gets its result if this part is still there."""
        self.around.work.read(self, query, *args, then=then, newest=newest, failed=failed)

    def write(self, command: Callable[..., Any], *args: Any, then: Then = None, failed: Failed = None) -> None:
        """Run a command; a refusal or fault is said by the page unless ``failed`` takes it."""
        self.around.work.write(self, command, *args, then=then, failed=failed)

    def ask(self, asking: Asking) -> None:
        """Open a piece for typing; Ctrl+Enter saves it."""
        self.asked.emit(asking)

    def say(self, tone: Tone, sentence: str, way_on: Act | None = None) -> None:
        """Say something at the top of the page."""
        self.spoken.emit(tone, sentence, way_on)

    def say_saved(self, _: Any = None) -> None:
        """The word after a save that needs no other."""
        self.say("good", self.words("Saved."))

    def paper(self, paper: Any) -> None:
        """Show a paper before it is printed."""
        self.around.go("paper", paper)

    def show_failure(self, error: Exception) -> None:
        """As an owner of work."""
        self.failed.emit(error, None)

    def show_running(self, running: Running) -> None:
        """As an owner of work."""
        self.began.emit(running)


class LinesPart(FilePart):
    """A part that is lines and acts below them, which most are."""

    def build(self) -> None:
        """The lines."""
        self.lines = Lines(self.look, self.name)
        self.add(self.lines)


@dataclass(frozen=True)
class PartPlace:
    """One line of the table of parts: how the part is made, and who sees it."""

    build: Callable[[Surroundings, str], FilePart]
    allowed: Callable[[Surroundings], bool] = lambda _: True
