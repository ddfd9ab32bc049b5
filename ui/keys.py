"""Keys by their place on the keyboard, so that they work in every layout.

Digits and function keys are recognised by native scan code where the platform gives one (X11, Windows), else by
what Qt made of them. It must never be used for letters of names.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

# X11: evdev code + 8. Windows: set 1 scan codes, the key pad by Qt key because Home..PgUp share its codes.
_X11_DIGITS: Final = {10 + n: str((n + 1) % 10) for n in range(10)} | {
    90: "0", 87: "1", 88: "2", 89: "3", 83: "4", 84: "5", 85: "6", 79: "7", 80: "8", 81: "9",
}  # fmt: skip
_WINDOWS_DIGITS: Final = {2 + n: str((n + 1) % 10) for n in range(10)}
_FUNCTION: Final = {Qt.Key(Qt.Key.Key_F1.value + n): f"F{n + 1}" for n in range(12)}
_NAVIGATION: Final = frozenset(
    {
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Right,
        Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Clear,
    }
)  # fmt: skip


def digit_of(event: QKeyEvent, platform: str = "") -> str | None:
    """The digit 0..9 of a key press, whatever the layout made of it; None for every other key.

    ``platform`` is ``xcb`` or ``windows``; by default the one the program runs on.
    """
    key = Qt.Key(event.key()) if event.key() else Qt.Key.Key_unknown
    if key in _NAVIGATION:  # the key pad with Num Lock off
        return None
    found = _table(platform).get(event.nativeScanCode())
    if found is not None:
        return found
    text = event.text()
    if len(text) == 1 and text.isdecimal():
        return str(unicodedata.decimal(text))
    return chr(event.key()) if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 else None


def function_key(event: QKeyEvent) -> str | None:
    """``F1`` .. ``F12``; function keys mean the same in every layout."""
    return _FUNCTION.get(Qt.Key(event.key())) if event.key() in {key.value for key in _FUNCTION} else None


def is_enter(event: QKeyEvent) -> bool:
    """Either Enter key."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _table(platform: str) -> dict[int, str]:
    name = platform or QGuiApplication.platformName()
    if name == "xcb":
        return _X11_DIGITS
    if name == "windows" or (not name and sys.platform == "win32"):
        return _WINDOWS_DIGITS
    return {}
