"""The order of a sender's files: each batch names the one before it, without gaps (FORMATS.md section 1).

A pure rule over what a reader already holds; the centre and sibling desks use the same one.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from helpdesk.core.errors import Fault
from helpdesk.exchange.statement import Statement


class Held(Struct, frozen=True):
    """What a reader holds of one (sender, epoch): identities by sequence number, and what its first may name.

    That is the sender's enrolment; after a restored backup, with its new epoch, any earlier file of the sender.
    ``waived`` numbers a person gave up: whatever the next file names as the one before it stands for them.
    """

    identities: Mapping[int, str]
    begins_after: frozenset[str]
    waived: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        """The highest sequence number up to which nothing is missing."""
        seq = 0
        while seq + 1 in self.identities or seq + 1 in self.waived:
            seq += 1
        return seq


def is_known(held: Held, statement: Statement, identity: str) -> bool:
    """Whether this very file was taken in before: its answer is given again, nothing is merged twice.

    Raises Fault("fvb.fork", seq=...) for another file under the same number or another predecessor,
    Fault("fvb.gap", seq=..., missing=...) while one before it has not come, Fault("batch.waived", seq=...) for a file
    that was given up.
    """
    present = held.identities.get(statement.seq)
    if present == identity:
        return True
    if present is not None:
        raise Fault("fvb.fork", seq=statement.seq)
    if statement.seq in held.waived:
        raise Fault("batch.waived", seq=statement.seq)
    if statement.seq != held.last + 1:
        raise Fault("fvb.gap", seq=statement.seq, missing=held.last + 1)
    if statement.seq - 1 in held.waived:
        return False
    before = {held.identities[statement.seq - 1]} if statement.seq > 1 else held.begins_after
    if statement.prev not in before:
        raise Fault("fvb.fork", seq=statement.seq)
    return False
