"""Code lists: short stable codes of the data dictionary (DOMAIN.md section 2), with words in the catalogues.

Some lists may grow: the centre adds entries to them, names entries otherwise or offers them no more, and a bundle
brings its word to the desks. A list that a rule or a report stands on is closed; this module knows no list by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol


class CodeList:
    """One list: its name is the context of its labels in the catalogues; order is the order on the form.

    Always written out as ``CodeList("name", "CODE", "CODE", ...)``: the catalogues are checked against the source.
    ``grows``: the centre may edit it. ``kept`` are the entries that a rule knows by name, which it may not (None: all
    of ours, so that the list only grows). ``starts`` is what added codes begin with, where entries of several lists
    stand in one field.
    """

    def __init__(
        self, name: str, *entries: str, grows: bool = False, kept: Iterable[str] | None = (), starts: str = ""
    ) -> None:
        self.name = name
        self.entries = entries
        self.grows = grows
        self.kept = frozenset(entries if kept is None else kept)
        self.starts = starts

    def __contains__(self, entry: object) -> bool:
        return entry in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class Listed(Protocol):
    """The centre's word on one entry of an open list: one that it added, or one of ours that it names or retires."""

    @property
    def list(self) -> str:
        """The name of the list."""
        ...

    @property
    def code(self) -> str:
        """The entry."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """Its words by language; where one is missing ours hold, then the centre's English."""
        ...

    @property
    def retired(self) -> bool:
        """Offered no more. What was recorded with it keeps its words."""
        ...


class Lists:
    """The code lists as they stand somewhere: ours, and the centre's word on them. It judges nothing it is given."""

    def __init__(self, listed: Iterable[Listed] = ()) -> None:
        self._of: dict[str, dict[str, Listed]] = {}
        for one in listed:
            self._of.setdefault(one.list, {})[one.code] = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lists) and self._of == other._of

    def __hash__(self) -> int:
        return hash(frozenset(self._of))

    def accepted(self, codes: CodeList) -> CodeList:
        """Every entry that may be recorded, retired ones too: another desk may offer them still."""
        added = [code for code in self._of.get(codes.name, ()) if code not in codes] if codes.grows else []
        return CodeList(codes.name, *codes, *added) if added else codes

    def offered(self, codes: CodeList) -> tuple[str, ...]:
        """The entries that a form offers, in their order: ours, then what was added."""
        told = self._of.get(codes.name, {}) if codes.grows else {}
        return tuple(code for code in self.accepted(codes) if code not in told or not told[code].retired)

    def label(self, name: str, code: str, language: str) -> str | None:
        """What the centre calls an entry in a language, None where it said nothing in that language."""
        told = self._of.get(name, {}).get(code)
        return (told.labels.get(language) or None) if told is not None else None


BUILT_IN: Final = Lists()
"""No centre has said anything."""
