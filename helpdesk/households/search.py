"""What search finds a person by: folded words as written, and consonant skeletons across scripts.

One column of tokens per person, indexed by FTS5; a skeleton token carries the prefix ``zq`` so that it never
meets a written word. Queries are built from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.core.text import fold, sounds_of, words_of

_SKELETON = "zq"
_SHORTEST_SKELETON = 2


def tokens_of(names: Iterable[str]) -> str:
    """The search column of one person, from all her names as written."""
    found: dict[str, None] = {}
    for name in filter(None, names):
        for word, bones in sounds_of(name):
            found[word] = None
            if len(bones) >= _SHORTEST_SKELETON:
                found[_SKELETON + bones] = None
    return " ".join(found)


def sort_key(name: str) -> str:
    """What lists sort names by."""
    return fold(name)


def as_written(text: str) -> str | None:
    """The FTS5 query for words typed as they are written; each may be the beginning of one. None if no word."""
    words = words_of(text)
    return " AND ".join(_prefix(word) for word in words) if words else None


def as_sounding(text: str) -> str | None:
    """The FTS5 query that also meets other spellings and scripts. None where nothing typed has a skeleton."""
    parts = []
    for word, bones in sounds_of(text):
        if len(bones) >= _SHORTEST_SKELETON:
            parts.append(f"({_prefix(word)} OR {_prefix(_SKELETON + bones)})")
        else:
            parts.append(_prefix(word))
    return " AND ".join(parts) if parts else None


def _prefix(word: str) -> str:
    return '"' + word.replace('"', "") + '" *'
