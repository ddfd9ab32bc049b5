"""Our bidirectional algorithm against every case of Unicode's BidiCharacterTest.txt (Debian's unicode-data)."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterator
from pathlib import Path

from helpdesk.printing.bidi import removed, resolve, visual_order

FOLDER = Path("/usr/share/unicode")
CASES = 91_707
DIRECTIONS = {"0": 0, "1": 1, "2": None}


def test_every_case_of_unicode() -> None:
    count = 0
    for number, line in _lines():
        points, direction, base, levels, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        wanted = [None if level == "x" else int(level) for level in levels.split()]
        found = resolve(text, DIRECTIONS[direction])
        on_line = found.line(0, len(text))
        shown = [None if removed(c) else level for c, level in zip(text, on_line, strict=True)]
        places = [place for place in visual_order(on_line) if shown[place] is not None]
        assert (found.base, shown) == (int(base), wanted), f"line {number}: {line}"
        assert places == [int(place) for place in order.split()], f"line {number}: {line}"
        count += 1
    assert count == CASES, f"{count} cases in this edition of BidiCharacterTest.txt, not {CASES}"


def _lines() -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_text().splitlines(), start=1):
        if line and not line.startswith("#"):
            yield number, line


def _text() -> str:
    path = FOLDER / "BidiCharacterTest.txt"
    if path.exists():
        return path.read_text(encoding="utf-8")
    for suffix, opener in ((".gz", gzip.decompress), (".bz2", bz2.decompress)):
        packed = path.with_name(path.name + suffix)
        if packed.exists():
            return opener(packed.read_bytes()).decode("utf-8")
    raise AssertionError(f"{path} is missing: install Debian's package unicode-data")
