"""The two fonts of all paper, Vazirmatn Regular and Bold, embedded by glyph instead of by character.

HarfBuzz answers with glyphs; ReportLab's own fonts know characters only. So each pair of glyph and text gets a
code of its own, and the PDF says for each code which text it stands for, which keeps names searchable.
Never draws and never orders text: see :mod:`helpdesk.printing.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import uharfbuzz
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFace

from helpdesk.core.resources import resource

_GLYPH: Final = 0x110000
"""Glyph 5 is entered in the face as the impossible character 0x110000 + 5: every glyph can be embedded."""

_CODES: Final = 256
"""A simple PDF font has so many codes; code 0 is kept for the missing glyph."""

_RANGES: Final = 100
"""PDF allows so many entries in one bfchar block."""


class GlyphFace(TTFontFace):  # type: ignore[misc]  # published without types
    """A typeface whose glyphs can all be embedded, whether a character names them or not."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.characters = frozenset(self.charToGlyph)
        for glyph, (advance, _left) in enumerate(self.hmetrics):
            self.charToGlyph[_GLYPH + glyph] = glyph
            self.charWidths[_GLYPH + glyph] = round(advance * 1000 / self.unitsPerEm, 3)


class _Codes:
    """The codes that one document has given to (glyph, text) so far, 256 to a subset."""

    def __init__(self) -> None:
        self.subsets: list[list[tuple[int, str]]] = [[(0, "")]]
        self.given: dict[tuple[int, str], tuple[int, int]] = {}
        self.name: str | None = None

    def code(self, glyph: int, text: str) -> tuple[int, int]:
        """(subset, code) of a glyph that stands for ``text``."""
        found = self.given.get((glyph, text))
        if found is None:
            if len(self.subsets[-1]) == _CODES:
                self.subsets.append([(0, "")])
            found = self.given[glyph, text] = (len(self.subsets) - 1, len(self.subsets[-1]))
            self.subsets[-1].append((glyph, text))
        return found


class GlyphFont(TTFont):  # type: ignore[misc]  # published without types
    """A font addressed by glyph. One object serves any number of documents, one after the other."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path), shapable=False)
        self.face = GlyphFace(path)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
        self._codes: WeakKeyDictionary[Any, _Codes] = WeakKeyDictionary()

    @property
    def em(self) -> int:
        """Font units to the em."""
        return int(self.face.unitsPerEm)

    def covers(self, character: str) -> bool:
        """Whether the font has a glyph for the character."""
        return ord(character) in self.face.characters

    def advance(self, glyph: int) -> float:
        """The glyph's own width in thousandths of an em, as the PDF states it."""
        return float(self.face.charWidths[_GLYPH + glyph])

    def code(self, document: Any, glyph: int, text: str) -> tuple[int, int]:
        """(subset, code) by which the document shows ``glyph`` standing for ``text``."""
        codes = self._codes.get(document)
        if codes is None:
            codes = self._codes[document] = _Codes()
        return codes.code(glyph, text)

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - ReportLab's name
        """The PDF name of a subset; the first call enters the font in the document."""
        codes = self._codes[doc]
        if codes.name is None:
            codes.name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = "/" + codes.name
            doc.delayedFonts.append(self)
        return f"/{codes.name}+{subset}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Write one simple TrueType font per subset, with its ToUnicode map (ReportLab calls this when it saves)."""
        for number, subset in enumerate(self._codes.pop(doc).subsets):
            name = f"{doc.fontMapping[self.fontName][1:]}+{number}"
            base_name = (SUBSETN(number) + b"+" + self.face.name).decode("ascii")
            characters = [_GLYPH + glyph for glyph, _text in subset]
            font = pdfdoc.PDFTrueTypeFont()
            font.Name = name
            font.BaseFont = base_name
            font.FirstChar = 0
            font.LastChar = len(subset) - 1
            font.Widths = pdfdoc.PDFArray([self.face.charWidths[character] for character in characters])
            texts = pdfdoc.PDFStream()
            texts.content = "\n".join(_to_unicode([text for _glyph, text in subset]))
            texts.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(texts, "toUnicodeCMap:" + base_name)
            font.FontDescriptor = self.face.addSubsetObjects(doc, base_name, characters)
            doc.Reference(font, name)
            doc.idToObject["BasicFonts"].dict[name] = font


def _to_unicode(texts: list[str]) -> Iterator[str]:
    """The lines of a ToUnicode map (ISO 32000-1, 9.10.3) for the codes 0, 1, 2 ..."""
    yield from (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    )
    entries = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    for start in range(0, len(entries), _RANGES):
        block = entries[start : start + _RANGES]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"
    yield from ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")


def font(bold: bool = False) -> GlyphFont:
    """The font of all paper, regular or bold: always the same two objects."""
    return _loaded("Vazirmatn-Bold" if bold else "Vazirmatn-Regular")


@lru_cache(maxsize=2)
def _loaded(name: str) -> GlyphFont:
    return GlyphFont(name, resource("fonts", f"{name}.ttf"))
