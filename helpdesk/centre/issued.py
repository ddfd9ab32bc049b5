"""What every desk's bundles asked for, as the centre wrote them: by this it judges departures, and tells other desks.

It follows from the bundles that are kept; nothing here is decided.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from helpdesk.centre.tables import CentreBundleRow
from helpdesk.desk.bundle import WholeBundle
from helpdesk.journey.cases.issued import known_versions, note_bundle, note_decisions


def bring_up(register: Connection) -> None:
    """Note the bundles that are kept and were not noted yet: their authorities, and the words that they carried."""
    known = known_versions(register)
    written = select(CentreBundleRow.desk, CentreBundleRow.version).order_by(
        CentreBundleRow.desk, CentreBundleRow.version
    )
    for desk, version in register.execute(written).all():
        if (desk, version) not in known:
            wanted = select(CentreBundleRow.body).where(
                CentreBundleRow.desk == desk, CentreBundleRow.version == version
            )
            note_written(register, msgspec.json.decode(bytes(register.scalars(wanted).one()), type=WholeBundle))


def note_written(register: Connection, bundle: WholeBundle) -> None:
    """Note one bundle of a desk as it was written."""
    note_bundle(register, bundle, bundle.tables, bundle.tables_issued)
    note_decisions(register, bundle.decisions)
