"""The icons: one outline family of 24 x 24 strokes in resources/icons, tinted from the tokens.

An icon never stands without a word beside it; only those that point are mirrored in right-to-left languages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6 import QtGui

from helpdesk.core.resources import resource
from ui.theme import Look

if TYPE_CHECKING:  # made when the first icon is drawn, no sooner
    from PySide6.QtGui import QIcon, QPixmap

POINTING: Final = frozenset({"send", "forward", "back", "help", "history", "new-family"})
"""Icons that point along the line of text, and so turn with it."""

SIDES: Final = ("width", "height")
"""How every icon says its size, before anything else it says."""

SHARPNESS: Final = 2
"""Pixels drawn per pixel shown, so that strokes stay clean on fine screens."""


def picture(name: str, look: Look, tone: str = "ink", size: int = 20) -> QPixmap:
    """An icon as a pixmap of ``size`` pixels (at 100 % text size) in the colour of a token."""
    mirrored = look.right_to_left and name in POINTING
    return _drawn(name, look.colour(tone), look.size(size), mirrored)


def icon(name: str, look: Look, tone: str = "ink", size: int = 20) -> QIcon:
    """An icon for buttons and lists."""
    return QtGui.QIcon(picture(name, look, tone, size))


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, mirrored: bool) -> QPixmap:
    # by Qt's reader of pictures, which the style sheet needs as well: QtSvg and a painter would have to be made on the
    # way to the first paint
    pixels = size * SHARPNESS
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    for written, meant in (("currentColor", colour), *((f'{side}="24"', f'{side}="{pixels}"') for side in SIDES)):
        source = source.replace(written, meant, 1)
    pixmap = QtGui.QPixmap()
    pixmap.loadFromData(source.encode(), "SVG")
    if mirrored:
        pixmap = pixmap.transformed(QtGui.QTransform.fromScale(-1, 1))
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap
