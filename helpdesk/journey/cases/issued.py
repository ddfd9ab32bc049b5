"""What the centre had issued on a day: its word on a family, and the authorities that a desk's bundle asked for.

A departure is judged by this and never by what its own evidence says of it. Nothing here is written by a desk's own
will: it comes with bundles, or stands in the centre's register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, select

from helpdesk.desk.bundle import Bundle, ClearanceRule, Decision, IssuedTable
from helpdesk.journey.cases.facts import Decided
from helpdesk.journey.cases.tables import ClearanceIssueRow, DecisionRow, DecisionWordRow
from helpdesk.vault.bulk import among, insert_rows
from helpdesk.vault.tables import table_of

Rules = tuple[ClearanceRule, ...]
KEPT_IN_BUNDLES: Final = 400
"""Days for which bundles tell what older ones asked for: longer than a departure takes to be heard of anywhere."""
_PIECE: Final = 400
_encode = msgspec.json.Encoder(order="sorted").encode
_WORDS = select(DecisionWordRow.on, DecisionWordRow.decision).where(
    DecisionWordRow.household == bindparam("of_household"), DecisionWordRow.on <= bindparam("until")
)
_CURRENT = select(DecisionRow.on, DecisionRow.decision).where(
    DecisionRow.household == bindparam("of_household"), DecisionRow.on <= bindparam("until")
)
_RULES = select(ClearanceIssueRow.rules).where(
    ClearanceIssueRow.desk == bindparam("of_desk"), ClearanceIssueRow.version == bindparam("of_version")
)


def word_by(connection: Connection, household: str, until: int) -> Decided | None:
    """The centre's last word on a family by the day of number ``until``, as far as it is known here."""
    given = {"of_household": household, "until": until}
    found = [*connection.execute(_WORDS, given), *connection.execute(_CURRENT, given)]
    last = max(found, key=lambda row: row.on, default=None)
    return None if last is None or not last.decision else Decided(last.decision, last.on)


def note_words(connection: Connection, words: Mapping[str, str], on: int) -> None:
    """Keep words given on a day; of one day the last counts. ``""``: from then on there is none."""
    households = sorted(words)
    for start in range(0, len(households), _PIECE):
        piece = households[start : start + _PIECE]
        connection.execute(
            delete(DecisionWordRow).where(among(connection, DecisionWordRow.household, piece), DecisionWordRow.on == on)
        )
        rows = [{"household": one, "on": on, "decision": words[one]} for one in piece]
        insert_rows(connection, table_of(DecisionWordRow), rows)


def note_decisions(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Keep words that each name their own day."""
    of_day: dict[int, dict[str, str]] = {}
    for one in decisions:
        of_day.setdefault(one.on, {})[one.household] = one.decision
    for day, words in of_day.items():
        note_words(connection, words, day)


def rules_by(connection: Connection, desk: int, version: int) -> Rules | None:
    """The table of authorities in a desk's bundle of this version, None where it is not known here."""
    rules = connection.scalar(_RULES, {"of_desk": desk, "of_version": version})
    return None if rules is None else msgspec.json.decode(bytes(rules), type=Rules)


def known_versions(connection: Connection) -> set[tuple[int, int]]:
    """The bundles, as desk and version, whose table of authorities is known here."""
    rows = connection.execute(select(ClearanceIssueRow.desk, ClearanceIssueRow.version))
    return {(row.desk, row.version) for row in rows}


def note_bundle(
    connection: Connection, bundle: Bundle, tables: Sequence[Rules], tables_issued: Iterable[IssuedTable]
) -> None:
    """Keep what a bundle asks for, and what it tells of other desks' bundles. What is known already stays."""
    told = {(bundle.desk.number, bundle.version): (bundle.issued, bundle.clearances)}
    for one in tables_issued:
        if 0 <= one.table < len(tables):
            told.setdefault((one.desk, one.version), (one.issued, tables[one.table]))
    known = known_versions(connection)
    rows = [
        {"desk": desk, "version": version, "issued": issued, "rules": _encode(rules)}
        for (desk, version), (issued, rules) in sorted(told.items())
        if (desk, version) not in known
    ]
    insert_rows(connection, table_of(ClearanceIssueRow), rows)


def issued_tables(connection: Connection, today: int) -> tuple[tuple[Rules, ...], tuple[IssuedTable, ...]]:
    """What the next bundle tells of those written lately: the tables, and which bundle held which."""
    places: dict[bytes, int] = {}
    found = []
    lately = ClearanceIssueRow.issued >= today - KEPT_IN_BUNDLES
    order = (ClearanceIssueRow.desk, ClearanceIssueRow.version)
    for row in connection.execute(select(table_of(ClearanceIssueRow)).where(lately).order_by(*order)):
        place = places.setdefault(bytes(row.rules), len(places))
        found.append(IssuedTable(row.desk, row.version, row.issued, place))
    return tuple(msgspec.json.decode(rules, type=Rules) for rules in places), tuple(found)
