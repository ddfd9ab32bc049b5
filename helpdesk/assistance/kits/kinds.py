"""The kind of record arrival packages consist of: an event, never changed."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.assistance.kits.documents import KitMove
from helpdesk.assistance.kits.tables import KitMoveRow
from helpdesk.vault.records import Kind, Projection, Row
from helpdesk.vault.tables import table_of


def _rows(record_id: str, doc: KitMove) -> Iterable[Row]:
    yield {"id": record_id, "desk": doc.desk, "on": doc.on, "what": doc.what, "change": doc.change}


KIT_MOVE = Kind("kit_move", KitMove, projections=(Projection(table_of(KitMoveRow), "id", _rows),), event=True)
KINDS = (KIT_MOVE,)
