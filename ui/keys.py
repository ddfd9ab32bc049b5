"""Keys by their place on the keyboard, so that they work in every layout.

Digits and function keys are recognised by native scan code where the platform gives one (X11, Windows), else by
what Qt made of them. It must never be used for letters of names.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import Final

from PySide6 import QtCore
from PySide6.QtGui import QGuiApplication, QKeyEvent

# X11: evdev code + 8. Windows: set 1 scan codes, the key pad by Qt key because Home..PgUp share its codes.
_X11_DIGITS: Final = {10 + n: str((n + 1) % 10) for n in range(10)} | {
    90: "0", 87: "1", 88: "2", 89: "3", 83: "4", 84: "5", 85: "6", 79: "7", 80: "8", 81: "9",
}  # fmt: skip
_WINDOWS_DIGITS: Final = {2 + n: str((n + 1) % 10) for n in range(10)}
_NAVIGATION: Final = (
    "Key_Home", "Key_End", "Key_PageUp", "Key_PageDown", "Key_Left", "Key_Right", "Key_Up", "Key_Down", "Key_Insert",
    "Key_Delete", "Key_Clear",
)  # fmt: skip


def digit_of(event: QKeyEvent, platform: str = "") -> str | None:
    """The digit 0..9 of a key press, whatever the layout made of it; None for every other key.

    ``platform`` is ``xcb`` or ``windows``; by default the one the program runs on.
    """
    if event.key() in _navigation():  # the key pad with Num Lock off
        return None
    found = _table(platform).get(event.nativeScanCode())
    if found is not None:
        return found
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return str(unicodedata.decimal(text))
    return chr(event.key()) if QtCore.Qt.Key.Key_0 <= event.key() <= QtCore.Qt.Key.Key_9 else None


def function_key(event: QKeyEvent) -> str | None:
    """``F1`` .. ``F12``; function keys mean the same in every layout."""
    number = event.key() - QtCore.Qt.Key.Key_F1.value + 1
    return f"F{number}" if 1 <= number <= 12 else None


def is_enter(event: QKeyEvent) -> bool:
    """Either Enter key."""
    return event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)


@cache
def _navigation() -> frozenset[int]:
    return frozenset(QtCore.Qt.Key[name].value for name in _NAVIGATION)


def _table(platform: str) -> dict[int, str]:
    name = platform or QGuiApplication.platformName()
    if name == "xcb":
        return _X11_DIGITS
    if name == "windows" or (not name and sys.platform == "win32"):
        return _WINDOWS_DIGITS
    return {}
