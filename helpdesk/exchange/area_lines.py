"""Records about places on their way with a bundle: the centre writes them behind it, a desk takes them in.

They are revisions like all others, so a desk proves a departure by the same hashes as the centre. Nothing but places
comes this way: whoever signs bundles writes no family's record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.core.errors import Fault
from helpdesk.desk.commands import Act
from helpdesk.exchange.arrived import Arrived, read_revision, revision_line
from helpdesk.exchange.inbox import see_ctr
from helpdesk.exchange.payload import Line
from helpdesk.exchange.taking_in import CHUNK, make_ready, take_in
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.areas.kinds import KINDS
from helpdesk.vault.tables import RevisionRow

_EVENTS: Final = {kind.name for kind in KINDS if kind.event}
_NAMES: Final = frozenset(kind.name for kind in KINDS)


def area_lines(register: Connection) -> Iterator[bytes]:
    """Every revision about a place, in the order it was taken in."""
    rows = register.execute(
        select(RevisionRow.kind, RevisionRow.body, RevisionRow.sig_key, RevisionRow.sig)
        .where(RevisionRow.kind.in_(sorted(_NAMES)))
        .order_by(RevisionRow.n)
        .execution_options(yield_per=500)
    )
    for kind, body, sig_key, sig in rows:
        yield revision_line(bytes(body), event=kind in _EVENTS, sig_key=sig_key, sig=bytes(sig) if sig else None)


def take_area_lines(act: Act, lines: Iterable[Line], identity: str) -> int:
    """Take the places of a genuine bundle in and work out how they stand; returns how many revisions came.

    Raises Fault("record.*" | "bundle.form") for anything that is no record about a place.
    """
    coming, count = map(_read, lines), 0
    while chunk := list(islice(coming, CHUNK)):
        take_in(act.connection, make_ready(act.connection.dialect, chunk, identity))
        see_ctr(act, chunk)
        for kind in {item.revision.kind for item in chunk}:
            act.touch(kind)
        count += len(chunk)
    restand(act)
    return count


def _read(line: Line) -> Arrived:
    arrived = read_revision(line.value, line.raw, line.number)
    if arrived.revision.kind not in _NAMES:
        raise Fault("bundle.form")
    return arrived
