"""The look of the window in one place: colours, sizes and type as tokens, and the style sheet made from them.

It knows no page and no store. What the first paint needs of Qt's own namespace (``Qt``: a hundred lists of names, made
whole when one is asked for, a seventh of the way to that paint) is said by name through properties, here and wherever
that paint passes; ``QtCore.Qt`` stands only in what runs later.
Every colour in the window comes from here; widgets never write one down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from string import Template
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from helpdesk.core.language import N_, Words
from helpdesk.core.resources import resource

FAMILY: Final = "Vazirmatn"
LOCALES: Final = {"en": "en_GB", "ar": "ar_IQ", "ckb": "ckb_IQ", "kmr": "ckb_IQ"}
"""Whose digits Qt's own fields show; Qt knows Badini in Latin letters only."""
SCALES: Final = (90, 100, 110, 125, 150)
"""Text sizes a person may choose, in percent."""


class Tokens(NamedTuple):
    """The colours of one theme. ``*_ground`` are quiet fields behind text of the same meaning."""

    name: str
    ink: str
    paper: str
    canvas: str
    line: str
    quiet: str
    action: str
    on_action: str
    chosen: str
    good: str
    good_ground: str
    careful: str
    careful_ground: str
    stop: str
    stop_ground: str
    info_ground: str
    practice: str
    on_practice: str
    line_width: int = 1


LIGHT: Final = Tokens(
    name="light", ink="#1B1F24", paper="#FFFFFF", canvas="#F4F6F8", line="#D0D5DB", quiet="#4B5563",
    action="#0B5CAD", on_action="#FFFFFF", chosen="#DCE9F7", good="#1B7F4B", good_ground="#E9F7EF",
    careful="#8A5A00", careful_ground="#FFF6E0", stop="#B42318", stop_ground="#FDECEA", info_ground="#E8F1FB",
    practice="#5B2A86", on_practice="#FFFFFF",
)  # fmt: skip
DARK: Final = Tokens(
    name="dark", ink="#E8EBEF", paper="#1C2127", canvas="#14181D", line="#3A424C", quiet="#AEB7C2",
    action="#6CB2F7", on_action="#0B1620", chosen="#23415F", good="#63CF97", good_ground="#17301F",
    careful="#E8B54A", careful_ground="#332A12", stop="#FF8A7D", stop_ground="#3A1C19", info_ground="#1B2E42",
    practice="#C79BEB", on_practice="#1B0F26",
)  # fmt: skip
CONTRAST: Final = Tokens(
    name="contrast", ink="#000000", paper="#FFFFFF", canvas="#FFFFFF", line="#000000", quiet="#1F1F1F",
    action="#003C8F", on_action="#FFFFFF", chosen="#FFF3A3", good="#00511F", good_ground="#FFFFFF",
    careful="#5C3B00", careful_ground="#FFFFFF", stop="#8F0000", stop_ground="#FFFFFF", info_ground="#FFFFFF",
    practice="#3F0071", on_practice="#FFFFFF", line_width=2,
)  # fmt: skip

THEMES: Final = {tokens.name: tokens for tokens in (LIGHT, DARK, CONTRAST)}
THEME_LABELS: Final = {"light": N_("Light"), "dark": N_("Dark, for evenings"), "contrast": N_("High contrast")}

TEXT_PAIRS: Final = (
    ("ink", "paper"), ("ink", "canvas"), ("quiet", "paper"), ("quiet", "canvas"), ("action", "paper"),
    ("action", "canvas"), ("on_action", "action"), ("ink", "chosen"), ("good", "paper"), ("good", "good_ground"),
    ("careful", "paper"), ("careful", "careful_ground"), ("stop", "paper"), ("stop", "stop_ground"),
    ("ink", "good_ground"), ("ink", "careful_ground"), ("ink", "stop_ground"), ("ink", "info_ground"),
    ("action", "info_ground"), ("on_practice", "practice"), ("quiet", "chosen"),
)  # fmt: skip
"""Every pair (text, ground) the style sheet uses; each must reach a contrast of 4.5 : 1."""


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours after WCAG 2.1, 1.0 to 21.0."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Look:
    """What every widget is given: the words of the language, the colours, the text size in percent."""

    words: Words
    tokens: Tokens = LIGHT
    scale: int = 100

    def colour(self, tone: str) -> str:
        """The colour of a token by its name (``good``, ``quiet`` ...)."""
        return str(getattr(self.tokens, tone))

    def size(self, pixels: int) -> int:
        """A length given at 100 % text size, at the chosen one."""
        return round(pixels * self.scale / 100)

    def points(self, points: float) -> float:
        """A type size given at 100 %, at the chosen one."""
        return points * self.scale / 100

    @property
    def right_to_left(self) -> bool:
        """Whether lines of this language run right to left."""
        return self.words.direction == "rtl"


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register the shipped fonts once per process; their family names."""
    families: list[str] = []
    for file in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(families)


def style_sheet(look: Look) -> str:
    """The one style sheet, filled with the tokens and the text size."""
    values = {name: str(value) for name, value in look.tokens._asdict().items()}
    values |= {f"px{n}": f"{look.size(n)}px" for n in (2, 4, 6, 8, 12, 16, 18, 20, 24, 32, 34, 36, 40, 48)}
    values |= {
        "pt_body": f"{look.points(11):.1f}pt",
        "pt_table": f"{look.points(10.5):.1f}pt",
        "pt_small": f"{look.points(9.5):.1f}pt",
        "pt_head": f"{look.points(13):.1f}pt",
        "pt_title": f"{look.points(17):.1f}pt",
        "pt_huge": f"{look.points(26):.1f}pt",
        "pt_counter": f"{look.points(52):.1f}pt",
        "pt_number": f"{look.points(44):.1f}pt",
        "folder": resource("styles").as_posix(),
    }
    return Template(resource("styles", "window.qss").read_text(encoding="utf-8")).substitute(values)


def application(name: str) -> QApplication:
    """Qt's own part of the process, made once, in the style that every look is made for.

    The style is asked for as a command line asks: Qt then makes it without Python's classes for styles, whose making
    would be a tenth of the way to the first paint.
    """
    app = QApplication.instance() or QApplication([name, "-style", "fusion"])
    assert isinstance(app, QApplication)
    return app


def dress(app: QApplication, look: Look) -> None:
    """Put a look on the whole program: font, palette, direction and style sheet."""
    load_fonts()
    font = QFont(FAMILY)
    font.setPointSizeF(look.points(11))
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)
    app.setPalette(_palette(look.tokens))
    QLocale.setDefault(QLocale(LOCALES[look.words.language]))
    app.setProperty("layoutDirection", "RightToLeft" if look.right_to_left else "LeftToRight")
    app.setStyleSheet(style_sheet(look))


def _palette(tokens: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: tokens.canvas,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.paper,
        QPalette.ColorRole.AlternateBase: tokens.canvas,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.Button: tokens.paper,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.Highlight: tokens.chosen,
        QPalette.ColorRole.HighlightedText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.quiet,
        QPalette.ColorRole.ToolTipBase: tokens.paper,
        QPalette.ColorRole.ToolTipText: tokens.ink,
        QPalette.ColorRole.Link: tokens.action,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
