"""What an act or a file changed, found by the revisions that it added, whichever way they came in.

Rooms above keep derived rows that follow from records; the gate calls them with this and knows nothing else of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, case, func, select

from helpdesk.desk.bundle import Bundle
from helpdesk.vault.prepared import Prepared
from helpdesk.vault.tables import RecordRow, RevisionRow


@dataclass(frozen=True)
class Touched:
    """The households whose records changed, the other records that did (by kind and id), and whether the bundle did."""

    households: frozenset[str] = frozenset()
    others: frozenset[tuple[str, str]] = frozenset()
    new_bundle: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether no derived row can have changed, except by the day."""
        return not (self.households or self.others or self.new_bundle)


Derive = Callable[[Connection, Bundle | None, date, Touched], None]
"""Brings derived rows up to date inside the same transaction, on a programme day."""

_LAST = Prepared(select(func.max(RevisionRow.n)))
_NOBODYS = RecordRow.household.is_(None)
_SINCE = Prepared(
    # of records that belong to a household, the household alone: a file brings hundreds of thousands of them
    select(
        RecordRow.household,
        case((_NOBODYS, RecordRow.kind)).label("kind"),
        case((_NOBODYS, RecordRow.id)).label("record"),
    )
    .join(RevisionRow, RevisionRow.record == RecordRow.id)
    .where(RevisionRow.n > bindparam("after"))
    .distinct()
)


def nothing(connection: Connection, bundle: Bundle | None, day: date, touched: Touched) -> None:
    """What a gate without derived rows calls."""


def last_revision(connection: Connection) -> int:
    """The number of the newest revision of this store, 0 for none."""
    return _LAST(connection).scalar() or 0


def touched_since(connection: Connection, after: int, *, new_bundle: bool = False) -> Touched:
    """What the revisions after number ``after`` are about."""
    rows = _SINCE(connection, after=after).all()
    return Touched(
        households=frozenset(row.household for row in rows if row.household is not None),
        others=frozenset((row.kind, row.record) for row in rows if row.household is None),
        new_bundle=new_bundle,
    )
