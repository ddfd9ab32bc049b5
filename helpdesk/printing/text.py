"""Text in four languages as glyphs on a page: levels (bidi), shaping (HarfBuzz), lines, wrapping, shrinking to fit.

Everything is measured before it is drawn, so that nothing is ever cut off or runs into its neighbour. Numbers,
phones, dates and names come in isolates (``helpdesk.core.language``), which are honoured. Never decides what is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import uharfbuzz

from helpdesk.printing.bidi import Resolved, resolve, visual_runs
from helpdesk.printing.fonts import font

Direction = Literal["ltr", "rtl"]
Align = Literal["start", "center", "end"]

ASCENT: Final = 0.95
"""Height above the base line that a line of Arabic with vowel signs may use, in ems."""

DESCENT: Final = 0.45
"""Depth below the base line of the deepest Arabic letter, in ems."""

SMALLEST: Final = 4.5
"""Points. Above this size words stay whole; what fits at no larger size is broken inside words and shrunk further."""

_SHRINK: Final = 0.96
_CONTROLS: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_UNSEEN: Final = _CONTROLS | frozenset("\u200b\u200c\u200d\u2060\u00ad\n")
_STAND_IN: Final = "\ufffd"
_QUOTES: Final = {"\u02bf": "\u2018", "\u02be": "\u2019", "\u02bc": "\u2019"}  # ayn and hamza in Latin letters
_BREAKS: Final = frozenset(" \u200b\u2003")
_SPACES: Final = frozenset((" ", "\u00a0", "\u202f", "\u2003", "\u2009"))


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks: the size in points it may have at most, and how close its lines stand (in ems)."""

    size: float
    bold: bool = False
    grey: float = 0.0
    align: Align = "start"
    leading: float = 1.4


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph and the text it stands for, as a reader of the PDF finds it; thousandths of an em."""

    number: int
    text: str
    advance: float
    right: float
    up: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its glyphs from left to right; ``width`` in ems, ``rtl`` whether its paragraph starts at the right."""

    glyphs: tuple[Glyph, ...]
    width: float
    rtl: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """Text as it was made to fit: the size found (points) and its lines."""

    size: float
    lines: tuple[Line, ...]
    style: Style

    @property
    def height(self) -> float:
        """Points from the top of the first line to the bottom of the last."""
        return self.size * (ASCENT + DESCENT + (len(self.lines) - 1) * self.style.leading)

    @property
    def width(self) -> float:
        """Points of the longest line."""
        return self.size * max((line.width for line in self.lines), default=0.0)


def missing_letters(text: str) -> str:
    """The letters that cannot be printed, not even without their accents; each leaves a replacement sign."""
    return "".join(c for c in dict.fromkeys(unicodedata.normalize("NFC", text)) if _covered(c) == _STAND_IN != c)


def set_line(text: str, direction: Direction | None, *, bold: bool = False) -> Line:
    """The whole text as one line; ``direction`` None takes it from the first strong letter."""
    clean = _printable(text.replace("\n", " "))
    return _line(clean, _levels(clean, direction), 0, len(clean), bold)


def wrap(text: str, direction: Direction | None, width: float, *, bold: bool = False) -> tuple[tuple[Line, ...], bool]:
    """Lines no wider than ``width`` ems, and whether all words stayed whole. A line break in the text is kept."""
    lines: list[Line] = []
    whole = True
    for paragraph in _printable(text).split("\n"):
        levels = _levels(paragraph, direction)
        start = 0
        while True:
            end, cut_a_word = _line_end(paragraph, levels, start, width, bold)
            lines.append(_line(paragraph, levels, start, end, bold))
            whole = whole and not cut_a_word
            while end < len(paragraph) and paragraph[end] in _BREAKS:
                end += 1
            if end >= len(paragraph):
                break
            start = end
    return tuple(lines), whole


@lru_cache(maxsize=512)
def fit(text: str, style: Style, direction: Direction | None, width: float, height: float) -> Setting:
    """The text set as large as the style and the box (points) allow: wrapped first, then shrunk until it fits.

    Kept, as the same words stand on every card and voucher of a run.
    """
    size = min(style.size, height / (ASCENT + DESCENT))
    while True:
        lines, whole = wrap(text, direction, width / size, bold=style.bold)
        setting = Setting(size, lines, style)
        if setting.height <= height + 0.01 and (whole or size <= SMALLEST):
            return setting
        size *= _SHRINK


@lru_cache(maxsize=512)
def fit_line(text: str, style: Style, direction: Direction | None, width: float) -> Setting:
    """The text on one line, shrunk as far as the width (points) asks."""
    line = set_line(text, direction, bold=style.bold)
    size = min(style.size, width / line.width) if line.width else style.size
    return Setting(size, (line,), style)


def operators(document: Any, line: Line, x: float, y: float, size: float, *, bold: bool = False) -> str:
    """The PDF operators that show a line with its left end at ``x`` and its base line at ``y`` (points)."""
    face = font(bold)
    shown = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
    subset, rise = -1, 0.0
    array: list[str] = []
    behind = 0.0  # how far the pen must still go, in thousandths, before the next glyph

    def flush() -> None:
        if array:
            shown.append(f"[{''.join(array)}] TJ")
            array.clear()

    for glyph in line.glyphs:
        home, code = face.code(document, glyph.number, glyph.text)
        if home != subset or glyph.up != rise:
            flush()
        if home != subset:
            subset = home
            shown.append(f"{face.getSubsetInternalName(subset, document)} {size:.2f} Tf")
        if glyph.up != rise:
            rise = glyph.up
            shown.append(f"{rise * size / 1000:.2f} Ts")
        before = behind + glyph.right
        if abs(before) >= 0.5:
            array.append(f"{-before:.0f}")
        array.append(f"<{code:02x}>")
        behind = glyph.advance - glyph.right - face.advance(glyph.number)
    flush()
    shown.append("ET")
    return "\n".join(shown)


def _printable(text: str) -> str:
    """The text in composed form, each letter as the font has it."""
    return "".join(map(_covered, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=4096)
def _covered(character: str) -> str:
    """The letter itself, else its plain form (transliteration's dots fall away), else the replacement sign."""
    if character in _UNSEEN or font().covers(character):
        return character
    if character in _QUOTES:
        return _QUOTES[character]
    if unicodedata.combining(character):
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain if plain and all(map(font().covers, plain)) else _STAND_IN


@lru_cache(maxsize=4096)
def _levels(text: str, direction: Direction | None) -> Resolved:
    return resolve(text, None if direction is None else int(direction == "rtl"))


def _line_end(text: str, levels: Resolved, start: int, width: float, bold: bool) -> tuple[int, bool]:
    """Where the line that begins at ``start`` ends, and whether that cuts a word."""
    fits: int | None = None
    for end in _word_ends(text, start):
        if _line(text, levels, start, end, bold).width > width:
            break
        fits = end
    if fits is not None:
        return fits, False
    end = start + 1
    while end < len(text) and text[end] not in _BREAKS:
        following = end + 1
        while following < len(text) and unicodedata.combining(text[following]):
            following += 1
        if _line(text, levels, start, following, bold).width > width:
            break
        end = following
    return end, True


def _word_ends(text: str, start: int) -> Iterator[int]:
    for place in range(start + 1, len(text)):
        if text[place] in _BREAKS and text[place - 1] not in _BREAKS:
            yield place
    yield len(text)


def _line(text: str, levels: Resolved, start: int, end: int, bold: bool) -> Line:
    glyphs: list[Glyph] = []
    for first, last, level in visual_runs(levels.line(start, end)):
        run = "".join(c for c in text[start + first : start + last] if c not in _CONTROLS)
        if run:
            glyphs.extend(_shape(run, level % 2 == 1, bold))
    return Line(tuple(glyphs), sum(glyph.advance for glyph in glyphs) / 1000, levels.base == 1)


@lru_cache(maxsize=16384)
def _shape(run: str, rtl: bool, bold: bool) -> tuple[Glyph, ...]:
    """The glyphs of a run of one direction, from left to right.

    A ligature's text is kept in visual order, for readers turn a right-to-left run round letter by letter.
    """
    face = font(bold)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(face.shaper, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    texts = _cluster_texts(run, [info.cluster for info in infos], backwards=rtl)
    scale = 1000 / face.em
    return tuple(
        Glyph(info.codepoint, text, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale)
        for info, place, text in zip(infos, positions, texts, strict=True)
        if place.x_advance or text.strip("\u200b\u200c\u200d\u2060\u00ad")  # joiners have done their work
    )


def _cluster_texts(run: str, clusters: Iterable[int], *, backwards: bool) -> Iterator[str]:
    """For each glyph the text of its cluster; the further glyphs of a cluster stand for nothing."""
    listed = list(clusters)
    starts = sorted(set(listed))
    ends = dict(zip(starts, [*starts[1:], len(run)], strict=True))
    seen: set[int] = set()
    for start in listed:
        text = "" if start in seen else run[start : ends[start]]
        seen.add(start)
        yield " " if text in _SPACES else (text[::-1] if backwards else text)
