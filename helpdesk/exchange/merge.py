"""The one function by which records of several desks meet: at the centre, at a sibling desk, at a restored one.

The current record is a pure function of the set of its revisions, so order, repetition and lateness of files change
nothing (FORMATS.md section 2). :func:`fold` is that function; the rest of the module only fetches and stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from helpdesk.vault.records import Kind, Revision

Stamp = tuple[int, str, str]
"""(ctr, device, hash in hex): the order in which plain fields win."""

Fields = dict[str, Any]
_ABSENT = object()


@dataclass(frozen=True)
class Folded:
    """What a set of revisions comes to. ``document`` is canonical JSON; ``conflicts`` a person must settle."""

    heads: tuple[str, ...]
    document: bytes
    conflicts: frozenset[str]
    flagged: frozenset[str]

    @property
    def first(self) -> str:
        """The head that ``record.head`` names: the last in order of hash."""
        return self.heads[-1]


_encode = msgspec.json.Encoder(order="sorted").encode


def heads(revisions: Mapping[str, Revision]) -> tuple[str, ...]:
    """The hashes that no other revision of the set names as a parent, in order of hash."""
    named = {parent for revision in revisions.values() for parent in revision.parents}
    return tuple(sorted(revision_hash for revision_hash in revisions if revision_hash not in named))


def fold(kind: Kind[Any], revisions: Mapping[str, Revision]) -> Folded:
    """The current document of a record from all its revisions by hash. Raises ValueError for an empty set.

    Heads are folded in order of hash, each against the nearest common ancestor (highest ctr, then hash).
    """
    tips = heads(revisions)
    if not tips:
        raise ValueError("a record has at least one head")
    if len(tips) == 1:
        return Folded(tips, bytes(revisions[tips[0]].doc), frozenset(), frozenset())
    lines = {tip: _ancestors(tip, revisions) for tip in tips}
    current = _fields(revisions[tips[0]])
    stamps = dict.fromkeys(current, _stamp(tips[0], revisions))
    seen = lines[tips[0]]
    conflicts: set[str] = set()
    flagged: set[str] = set()
    for tip in tips[1:]:
        base = _nearest(seen & lines[tip], revisions)
        meeting = _Meeting(kind, base, current, stamps, _fields(revisions[tip]), _stamp(tip, revisions), conflicts)
        current, stamps = meeting.merged()
        flagged |= meeting.flagged
        seen = seen | lines[tip]
    return Folded(tips, _encode(current), frozenset(conflicts), frozenset(flagged))


def _fields(revision: Revision) -> Fields:
    fields: Fields = msgspec.json.decode(bytes(revision.doc))
    return fields


def _stamp(revision_hash: str, revisions: Mapping[str, Revision]) -> Stamp:
    revision = revisions[revision_hash]
    return (revision.ctr, revision.device, revision_hash)


def _ancestors(tip: str, revisions: Mapping[str, Revision]) -> frozenset[str]:
    # the tip itself counts; ancestors that have not arrived yet are not known and not counted
    found: set[str] = set()
    waiting = [tip]
    while waiting:
        revision_hash = waiting.pop()
        if revision_hash in found or revision_hash not in revisions:
            continue
        found.add(revision_hash)
        waiting.extend(revisions[revision_hash].parents)
    return frozenset(found)


def _nearest(common: frozenset[str], revisions: Mapping[str, Revision]) -> Fields:
    if not common:
        return {}
    return _fields(revisions[max(common, key=lambda h: (revisions[h].ctr, h))])


class _Meeting:
    # two versions of one document and what both come from

    def __init__(
        self,
        kind: Kind[Any],
        base: Fields,
        one: Fields,
        one_stamps: dict[str, Stamp],
        other: Fields,
        other_stamp: Stamp,
        conflicts: set[str],
    ) -> None:
        self.kind = kind
        self.base = base
        self.one = one
        self.one_stamps = one_stamps
        self.other = other
        self.other_stamp = other_stamp
        self.conflicts = conflicts
        self.flagged: set[str] = set()

    def merged(self) -> tuple[Fields, dict[str, Stamp]]:
        fields: Fields = {}
        stamps: dict[str, Stamp] = {}
        for name in sorted({*self.one, *self.other}):
            value, stamp = self._field(name)
            if value is not _ABSENT:
                fields[name] = value
                stamps[name] = stamp
        return fields, stamps

    def _field(self, name: str) -> tuple[Any, Stamp]:
        ours, theirs = self.one.get(name, _ABSENT), self.other.get(name, _ABSENT)
        base = self.base.get(name, _ABSENT)
        our_stamp = self.one_stamps.get(name, (0, "", ""))
        later = max(our_stamp, self.other_stamp)
        if ours == theirs or name in self.conflicts:
            # what two heads disagree on stays as it was before them, whatever a third one says
            return ours, later
        if name in self.kind.safer and _ABSENT not in (ours, theirs):
            # safety first: even a one-sided change back to the unsafe value needs both desks to have seen the other
            return self._safer(name, base, ours, theirs, our_stamp)
        if theirs == base:
            return ours, our_stamp
        if ours == base:
            return theirs, self.other_stamp
        if name in self.kind.never_merged:
            self.conflicts.add(name)
            kept = base if base is not _ABSENT else min((our_stamp, ours), (self.other_stamp, theirs))[1]
            return kept, later
        self.flagged.add(name)
        return (ours, our_stamp) if our_stamp > self.other_stamp else (theirs, self.other_stamp)

    def _safer(self, name: str, base: Any, ours: Any, theirs: Any, our_stamp: Stamp) -> tuple[Any, Stamp]:
        value = self.kind.safer[name](ours, theirs)
        if base not in (ours, theirs):
            self.flagged.add(name)
        return value, our_stamp if value == ours else self.other_stamp
