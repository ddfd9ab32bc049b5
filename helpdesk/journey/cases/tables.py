"""The tables of cases: ``standing``, one computed row per household, and what the centre decided and issued.

``standing`` can be made again at any time, and lists and boards read it alone. What the centre said and issued is kept
beyond the bundle that brought it: a departure is judged by what stood on its own day.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import Base


def _where(column: str, condition: str) -> Index:
    few = text(condition)
    return Index(f"ix_standing_{column}", column, sqlite_where=few, postgresql_where=few)


class StandingRow(Base):
    """Where a household stands. ``mask`` has the bit of every condition that does not hold (codes.BIT).

    ``good_until`` is the last day on which the row stays true by itself; ``proposed`` counts waivers that wait for a
    second person; ``incident`` is a code while nobody has settled it; ``facilitated`` is None before a departure.
    ``since`` is the day from which the declared state holds: a board shows first who has stood there longest.
    ``awaiting``: a departure that this store can neither prove nor deny yet, for want of a word of the centre.
    """

    __tablename__ = "standing"

    household: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str | None] = mapped_column(String(36))
    attempt: Mapped[int] = mapped_column(Integer)
    track: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(14))
    declared: Mapped[str] = mapped_column(String(14))
    site: Mapped[str | None] = mapped_column(String(40))
    destination: Mapped[str | None] = mapped_column(String(40))
    mask: Mapped[int] = mapped_column(Integer)
    blocking: Mapped[int] = mapped_column(Integer)
    proposed: Mapped[int] = mapped_column(Integer)
    good_until: Mapped[date | None] = mapped_column(Date)
    intention_until: Mapped[date | None] = mapped_column(Date)
    clearance_until: Mapped[date | None] = mapped_column(Date)
    movement_day: Mapped[date | None] = mapped_column(Date)
    departed_on: Mapped[date | None] = mapped_column(Date, index=True)
    arrived_on: Mapped[date | None] = mapped_column(Date)
    review_on: Mapped[date | None] = mapped_column(Date)
    caseworker: Mapped[str | None] = mapped_column(String(36))
    facilitated: Mapped[bool | None] = mapped_column(Boolean)
    incident: Mapped[str] = mapped_column(String(12))
    since: Mapped[date] = mapped_column(Date)
    awaiting: Mapped[bool] = mapped_column(Boolean, server_default=false())

    __table_args__ = (
        Index("ix_standing_state", "state", "site", "since"),
        Index("ix_standing_since", "state", "since"),
        # most families of a register have no case, and none of these: saving them writes no page of these indices
        *(_where(name, f"{name} IS NOT NULL") for name in ("destination", "good_until", "arrived_on")),
        _where("proposed", "proposed > 0"),
        _where("incident", "incident != ''"),
        _where("awaiting", "awaiting"),
    )


class DecisionRow(Base):
    """The centre's neutral word on one household: ``proceed`` or ``wait``, and the day (number) it was given."""

    __tablename__ = "decision"

    household: Mapped[str] = mapped_column(String(36), primary_key=True)
    decision: Mapped[str] = mapped_column(String(8))
    on: Mapped[int] = mapped_column(Integer)


class DecisionWordRow(Base):
    """A word of the centre since the day (number) it was given; "" from the day a bundle came without one."""

    __tablename__ = "decision_word"

    household: Mapped[str] = mapped_column(String(36), primary_key=True)
    on: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    decision: Mapped[str] = mapped_column(String(8))


class ClearanceIssueRow(Base):
    """The table of authorities in one bundle of one desk, as the centre issued it (JSON), and the number of its day."""

    __tablename__ = "clearance_issue"

    desk: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    issued: Mapped[int] = mapped_column(Integer)
    rules: Mapped[bytes] = mapped_column(LargeBinary)
