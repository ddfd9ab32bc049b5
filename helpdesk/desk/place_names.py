"""How well a typed text fits a place's written name: exact, by its beginning, by its sound, or somewhere inside.

Words that only say what kind of place it is (camp, markaz, district) are optional on both sides.
"""

from __future__ import annotations

import csv
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from helpdesk.core.resources import resource
from helpdesk.core.text import fold, sounds_of

EXACT: Final = 0
WHOLE_NAME: Final = 1
SOUND: Final = 2
"""The whole name in another spelling: the last rank that names a place without doubt."""
BEGINNING: Final = 3
BEGINNING_OF_WORDS: Final = 4
BEGINNING_BY_SOUND: Final = 5
INSIDE: Final = 6

_SHORTEST_SOUND = 2
_SHORTEST_INSIDE = 3
_SURE_SOUND = 3
_NEAR = 50
_OTHER_SCRIPT = 100


class WrittenName:
    """One name of a place, folded once."""

    def __init__(self, name: str) -> None:
        self.folded = fold(name)
        sounds = sounds_of(name)
        kept = tuple(pair for pair in sounds if pair[0] not in _kind_words()) or sounds
        self.words = tuple(word for word, _bones in kept)
        self.core = " ".join(self.words)
        self.bones = _joined(kept)

    def fit(self, typed: TypedPlace) -> tuple[int, int] | None:
        """How well ``typed`` fits: its rank and, where only the sound does, how far the spelling is (0 to 100).

        The least is the best; None where it does not fit at all.
        """
        if typed.folded == self.folded:
            return EXACT, 0
        if typed.core == self.core:
            return WHOLE_NAME, 0
        if len(typed.bones) >= _SHORTEST_SOUND and typed.bones == self.bones:
            return SOUND, self._distance(typed)
        rank = self._rank_of_part(typed)
        return None if rank is None else (rank, self._distance(typed) if rank == BEGINNING_BY_SOUND else 0)

    def _distance(self, typed: TypedPlace) -> int:
        # across scripts no letter agrees: all are equally far, and the kind of place decides
        return 100 - round(100 * SequenceMatcher(None, self.core, typed.core, autojunk=False).ratio())

    def _rank_of_part(self, typed: TypedPlace) -> int | None:
        if self.core.startswith(typed.core) or self.folded.startswith(typed.folded):
            return BEGINNING
        if typed.words and all(any(mine.startswith(word) for mine in self.words) for word in typed.words):
            return BEGINNING_OF_WORDS
        if len(typed.bones) > _SHORTEST_SOUND and self.bones.startswith(typed.bones):
            return BEGINNING_BY_SOUND
        if len(typed.folded) >= _SHORTEST_INSIDE and typed.folded in self.folded:
            return INSIDE
        return None


class TypedPlace(WrittenName):
    """What somebody types to find a place; folded the same way as the names it is compared with."""

    def sounds_surely(self, distance: int) -> bool:
        """Whether a name of the same sound and this distance is meant: three consonants, not spelled too far off."""
        return len(self.bones) >= _SURE_SOUND and (distance <= _NEAR or distance == _OTHER_SCRIPT)


def _joined(sounds: tuple[tuple[str, str], ...]) -> str:
    """The skeletons as one, so that Tal Afar and Talafar meet; digits stay apart (Jadah 1 and Jadah 5)."""
    bones = sounds[0][1] if sounds else ""
    return bones + "".join(skeleton.lstrip("awy") for _word, skeleton in sounds[1:])


@lru_cache(maxsize=1)
def _kind_words() -> frozenset[str]:
    with resource("places", "kind_words.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(fold(row["word"]) for row in csv.DictReader(file))
