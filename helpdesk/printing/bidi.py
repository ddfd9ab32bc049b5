"""The Unicode Bidirectional Algorithm (UAX #9, revision 46) for one paragraph: embeddings, isolates, brackets.

Works on text and levels only, with Python's own character table. It must never know fonts, widths or pages:
shaping (and with it the mirroring of brackets, rule L4) belongs to :mod:`helpdesk.printing.text`.
Proven on every case of Unicode's BidiCharacterTest.txt (tests/conformance/test_bidi.py).
"""

from __future__ import annotations

import unicodedata
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_DEPTH: Final = 125
"""Deepest explicit level (BD2)."""

_MAX_OPEN_BRACKETS: Final = 63  # BD16

_INITIATORS: Final = frozenset(("LRI", "RLI", "FSI"))
_ISOLATES: Final = frozenset(("LRI", "RLI", "FSI", "PDI"))
_EMBEDDINGS: Final = frozenset(("LRE", "RLE", "LRO", "RLO"))
_REMOVED: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))  # X9
_NEUTRALS: Final = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_STRONG_FOR_NEUTRALS: Final = {"L": "L", "R": "R", "AN": "R", "EN": "R"}  # N0..N2 read numbers as R

# Opening brackets of Unicode 15 (BidiBrackets.txt); the closing one follows directly but for these few.
_OPENINGS: Final = bytes.fromhex(
    "0028005B007B0F3A0F3C169B2045207D208D2308230A23292768276A276C276E27702772277427C527E627E8"
    "27EA27EC27EE2983298529872989298B298D298F299129932995299729D829DA29FC2E222E242E262E282E55"
    "2E572E592E5B3008300A300C300E3010301430163018301AFE59FE5BFE5DFF08FF3BFF5BFF5FFF62"
).decode("utf-16-be")
_ODD_CLOSINGS: Final = {0x5B: 0x5D, 0x7B: 0x7D, 0x298D: 0x2990, 0x298F: 0x298E, 0xFF3B: 0xFF3D, 0xFF5B: 0xFF5D}
_CANONICAL: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}
_CLOSING_OF: Final = {
    c: _CANONICAL.get(closing, closing) for c in _OPENINGS for closing in [chr(_ODD_CLOSINGS.get(ord(c), ord(c) + 1))]
}
_CLOSINGS: Final = frozenset(_CLOSING_OF.values())


@dataclass(frozen=True, slots=True)
class Resolved:
    """The levels of one paragraph, one per character, before any line is cut from it.

    Characters that rule X9 removes carry the level of the character before them (UAX #9, 5.2).
    """

    base: int
    levels: tuple[int, ...]
    classes: tuple[str, ...]

    def line(self, start: int, end: int) -> list[int]:
        """The levels of the line ``start:end``: rule L1 sets separators and white space at its end to the base."""
        levels = list(self.levels[start:end])
        trailing = True
        for place in range(end - 1, start - 1, -1):
            kind = self.classes[place]
            if kind in ("B", "S"):
                trailing = True
            elif kind != "WS" and kind not in _ISOLATES and kind not in _REMOVED:
                trailing = False
            if trailing:
                levels[place - start] = self.base
        return levels


def removed(character: str) -> bool:
    """Whether rule X9 takes the character out before reordering."""
    return unicodedata.bidirectional(character) in _REMOVED


def resolve(text: str, base: int | None = None) -> Resolved:
    """The levels of a paragraph; ``base`` 0 or 1 states its direction, None takes it from the text."""
    classes = [_kind(c) for c in text]
    if base is None:
        base = _first_strong(classes, 0, to_pdi=False)
    kinds, levels = _explicit(classes, base)
    partner = _isolate_pairs(classes)
    explicit = tuple(levels)
    for sequence in _sequences(classes, explicit, partner):
        sos, eos = _ends(classes, explicit, sequence, partner, base)
        _resolve_sequence(text, classes, kinds, levels, sequence, sos, eos)
    before = base
    for place, kind in enumerate(classes):
        if kind in _REMOVED:
            levels[place] = before
        before = levels[place]
    return Resolved(base, tuple(levels), tuple(classes))


def visual_order(levels: Sequence[int]) -> list[int]:
    """Places of the line's characters from left to right (rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for level in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def visual_runs(levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """Runs ``(start, end, level)`` of equal level, in the order in which they stand from left to right."""
    runs: list[tuple[int, int, int]] = []
    for place, level in enumerate(levels):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], place + 1, level)
        else:
            runs.append((place, place + 1, level))
    return [runs[i] for i in visual_order([run[2] for run in runs])]


def _kind(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"  # unassigned characters: near enough, no font has them


def _first_strong(classes: Sequence[str], start: int, *, to_pdi: bool) -> int:
    depth = 0
    for kind in classes[start:]:
        if kind in _INITIATORS:
            depth += 1
        elif kind == "PDI":
            if depth == 0 and to_pdi:
                return 0
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return 0


def _isolate_pairs(classes: Sequence[str]) -> dict[int, int]:
    """BD9: initiator -> its PDI and the other way round."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, kind in enumerate(classes):
        if kind in _INITIATORS:
            opened.append(place)
        elif kind == "PDI" and opened:
            pairs[place] = opened[-1]
            pairs[opened.pop()] = place
    return pairs


class _Embeddings:
    """The directional status stack of rules X1 to X8 with its three counters."""

    def __init__(self, base: int) -> None:
        self._stack: list[tuple[int, str | None, bool]] = [(base, None, False)]  # level, override, is an isolate
        self._lost_isolates = 0
        self._lost_embeddings = 0
        self._open_isolates = 0

    @property
    def top(self) -> tuple[int, str | None]:
        """Level and override now in force."""
        return self._stack[-1][:2]

    def open(self, right: bool, override: str | None, isolate: bool) -> None:
        """X2 to X5c: one deeper, or counted as lost where that is too deep."""
        level = self._stack[-1][0]
        deeper = (level + 1) | 1 if right else (level + 2) & ~1
        if deeper <= MAX_DEPTH and not self._lost_isolates and not self._lost_embeddings:
            self._stack.append((deeper, override, isolate))
            self._open_isolates += isolate
        elif isolate:
            self._lost_isolates += 1
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def close_isolate(self) -> None:
        """X6a."""
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._open_isolates:
            self._lost_embeddings = 0
            while not self._stack.pop()[2]:
                pass
            self._open_isolates -= 1

    def close_embedding(self) -> None:
        """X7."""
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif len(self._stack) > 1 and not self._stack[-1][2]:
            self._stack.pop()


def _explicit(classes: Sequence[str], base: int) -> tuple[list[str], list[int]]:
    """Rules X1 to X8: classes after overrides, and explicit levels."""
    kinds, levels = list(classes), [base] * len(classes)
    embeddings = _Embeddings(base)
    for place, kind in enumerate(classes):
        if kind == "PDI":
            embeddings.close_isolate()
        level, override = embeddings.top
        if kind != "B":
            levels[place] = level
            if override and kind not in _REMOVED:
                kinds[place] = override
        if kind in _EMBEDDINGS or kind in _INITIATORS:
            right = kind[0] == "R" or (kind == "FSI" and _first_strong(classes, place + 1, to_pdi=True) == 1)
            embeddings.open(right, kind[0] if kind[2] == "O" else None, kind in _INITIATORS)
        elif kind == "PDF":
            embeddings.close_embedding()
    return kinds, levels


def _sequences(classes: Sequence[str], levels: Sequence[int], partner: dict[int, int]) -> list[list[int]]:
    """BD13: the isolating run sequences, each a list of places, without the characters X9 removes."""
    runs: list[list[int]] = []
    for place, kind in enumerate(classes):
        if kind in _REMOVED:
            continue
        if runs and levels[runs[-1][-1]] == levels[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    sequences: list[list[int]] = []
    waiting: dict[int, list[int]] = {}  # matching PDI -> the sequence that goes on there
    for run in runs:
        sequence = waiting.pop(run[0], None) if classes[run[0]] == "PDI" else None
        if sequence is None:
            sequence = []
            sequences.append(sequence)
        sequence.extend(run)
        if classes[run[-1]] in _INITIATORS and run[-1] in partner:
            waiting[partner[run[-1]]] = sequence
    return sequences


def _ends(
    classes: Sequence[str], levels: Sequence[int], sequence: list[int], partner: dict[int, int], base: int
) -> tuple[str, str]:
    """Rule X10: the directions at the start and at the end of an isolating run sequence."""
    first, last = sequence[0] - 1, sequence[-1] + 1
    while first >= 0 and classes[first] in _REMOVED:
        first -= 1
    while last < len(classes) and classes[last] in _REMOVED:
        last += 1
    level = levels[sequence[0]]
    before = levels[first] if first >= 0 else base
    open_end = classes[sequence[-1]] in _INITIATORS and sequence[-1] not in partner
    after = base if open_end or last >= len(classes) else levels[last]
    return "R" if max(level, before) % 2 else "L", "R" if max(level, after) % 2 else "L"


def _resolve_sequence(
    text: str, classes: Sequence[str], kinds: list[str], levels: list[int], sequence: list[int], sos: str, eos: str
) -> None:
    """Rules W1 to W7, N0 to N2, I1 and I2 for one isolating run sequence; the result stands in ``levels``."""
    level = levels[sequence[0]]
    own = [kinds[place] for place in sequence]
    _weak(own, sos)
    direction = "R" if level % 2 else "L"
    _brackets([text[place] for place in sequence], own, [classes[place] for place in sequence], sos, direction)
    _neutral(own, sos, eos, direction)
    for place, kind in zip(sequence, own, strict=True):
        if level % 2:
            levels[place] = level + (kind != "R")
        elif kind != "L":
            levels[place] = level + (1 if kind == "R" else 2)


def _weak(own: list[str], sos: str) -> None:
    """Rules W1 to W7."""
    _marks_and_arabic_numbers(own, sos)
    for i in range(1, len(own) - 1):  # W4
        before, kind, after = own[i - 1 : i + 2]
        if before == after and ((kind == "CS" and before in ("EN", "AN")) or (kind == "ES" and before == "EN")):
            own[i] = before
    _number_signs(own)
    strong = sos
    for i, kind in enumerate(own):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            own[i] = "L"


def _marks_and_arabic_numbers(own: list[str], sos: str) -> None:
    """Rules W1 to W3; W2 looks at the strong class before W3 turns AL into R."""
    before = strong = sos
    for i, given in enumerate(own):
        kind = given
        if kind == "NSM":
            kind = "ON" if before in _ISOLATES else before
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        own[i] = before = kind
    own[:] = ["R" if kind == "AL" else kind for kind in own]


def _number_signs(own: list[str]) -> None:
    """Rules W5 and W6."""
    i = 0
    while i < len(own):
        end = i
        while end < len(own) and own[end] == "ET":
            end += 1
        if end > i:
            number = (i > 0 and own[i - 1] == "EN") or (end < len(own) and own[end] == "EN")
            own[i:end] = ["EN" if number else "ON"] * (end - i)
        elif own[i] in ("ES", "CS"):
            own[i] = "ON"
        i = max(end, i + 1)


def _brackets(characters: list[str], own: list[str], classes: list[str], sos: str, direction: str) -> None:
    """Rule N0."""
    for opening, closing in _bracket_pairs(characters, own):
        inside = {_STRONG_FOR_NEUTRALS[kind] for kind in own[opening + 1 : closing] if kind in _STRONG_FOR_NEUTRALS}
        if direction in inside:
            found = direction
        elif inside:
            earlier = (_STRONG_FOR_NEUTRALS.get(kind) for kind in reversed(own[:opening]))
            found = next((strong for strong in earlier if strong), sos)
        else:
            continue
        for place in (opening, closing):
            own[place] = found
            for i in range(place + 1, len(own)):  # marks that W1 had made ON go with their bracket
                if classes[i] != "NSM":
                    break
                own[i] = found


def _bracket_pairs(characters: list[str], own: list[str]) -> list[tuple[int, int]]:
    """BD16."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for i, (character, kind) in enumerate(zip(characters, own, strict=True)):
        if kind != "ON":
            continue
        if character in _CLOSING_OF:
            if len(opened) == _MAX_OPEN_BRACKETS:
                return []
            opened.append((_CLOSING_OF[character], i))
            continue
        closing = _CANONICAL.get(character, character)
        if closing in _CLOSINGS:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == closing:
                    insort(pairs, (opened[depth][1], i))
                    del opened[depth:]
                    break
    return pairs


def _neutral(own: list[str], sos: str, eos: str, direction: str) -> None:
    """Rules N1 and N2."""
    i = 0
    while i < len(own):
        if own[i] not in _NEUTRALS:
            i += 1
            continue
        end = i
        while end < len(own) and own[end] in _NEUTRALS:
            end += 1
        before = _STRONG_FOR_NEUTRALS[own[i - 1]] if i else sos
        after = _STRONG_FOR_NEUTRALS[own[end]] if end < len(own) else eos
        own[i:end] = [before if before == after else direction] * (end - i)
        i = end
