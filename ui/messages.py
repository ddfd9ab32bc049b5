"""What the window says when something does not go: refusals and faults as notices, bugs as a box with a code.

Sentences come from the catalogues. The log gets the places in the program and the kind of an error, never its text,
because a text may hold what somebody typed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PySide6 import QtWidgets

from helpdesk.core.errors import HelpDeskError, Refusal, Stopped
from helpdesk.core.logs import fingerprint, log_failure
from ui.theme import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox, QWidget

Tone: TypeAlias = Literal["good", "careful", "stop", "info", "unknown"]
"""How a thing stands; each tone has its colour, its icon and is always said in words too."""

BUG: Final = "window.bug"
"""The log's code for our own mistakes in the window."""


class Notice(NamedTuple):
    """One thing said inside a page. ``code`` is empty for good news; ``printable`` offers "print the reason"."""

    tone: Tone
    sentence: str
    code: str = ""
    printable: bool = False


def notice_of(error: HelpDeskError, look: Look) -> Notice:
    """How a refusal (a rule, nobody's fault) or a fault (disk, key, file) is shown."""
    sentence = look.words.sentence(error)
    if isinstance(error, Refusal):
        return Notice("careful", sentence, error.code, printable=True)
    return Notice("stop", sentence, error.code)


def bug_box(parent: QWidget | None, look: Look, error: BaseException) -> QMessageBox:
    """The box for our own bugs: a code for the support and the word that what was typed is kept. Not modal."""
    log_failure(BUG, error)
    reference = fingerprint(error)
    box = QtWidgets.QMessageBox(parent)  # this class and its lists of names are made when a box is needed, no sooner
    box.setObjectName("bugBox")
    box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
    box.setWindowTitle(look.words("Something in the program broke"))
    box.setText(look.words("This is a mistake in the program, not yours. What you typed is kept."))
    box.setInformativeText(look.words("Tell the support this code: {code}", code=reference))
    box.addButton(look.words("Close"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def catch_bugs(show: Callable[[BaseException], object]) -> None:
    """Send every uncaught exception of the window's thread to ``show``; the outermost edge of the program."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
        elif not isinstance(error, Stopped):
            show(error)

    sys.excepthook = hook
