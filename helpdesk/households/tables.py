"""The tables that show households: projections for lists and search, and the local lists of expected families.

Each can be rebuilt from the records' heads. ``person_search`` and ``expected_search`` (SQLite FTS5 over the folded
``words``) are kept by triggers that the migrations make; a centre on PostgreSQL has none.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class HouseholdRow(Base):
    """One line of the register. ``principal`` and ``head`` are person ids."""

    __tablename__ = "household"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(10), index=True)
    population: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(16))
    site: Mapped[str | None] = mapped_column(String(40))
    shelter: Mapped[str] = mapped_column(Text)
    registered_on: Mapped[date] = mapped_column(Date, index=True)
    principal: Mapped[str] = mapped_column(String(36))
    head: Mapped[str] = mapped_column(String(36))
    persons: Mapped[int] = mapped_column(Integer)
    paper_form: Mapped[str | None] = mapped_column(String(16), index=True)


class PersonRow(Base):
    """One person as lists and counts need her; ``words`` is what search finds her by (search.py).

    ``difficulty``: whether she has a lot of difficulty in something or cannot do it (rules.has_difficulty).
    """

    __tablename__ = "person"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text, index=True)
    sex: Mapped[str] = mapped_column(String(1))
    birth_date: Mapped[date] = mapped_column(Date)
    relation: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text)
    difficulty: Mapped[bool | None] = mapped_column(Boolean)


class PhoneRow(Base):
    """A phone of a household, backwards too, so that last digits are found by an index."""

    __tablename__ = "phone"

    household: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    backwards: Mapped[str] = mapped_column(String(20), index=True)


class CardRow(Base):
    """A household card; at most one per household is LIVE. Another desk may say a serial twice: both are kept."""

    __tablename__ = "card"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), index=True)
    serial: Mapped[str] = mapped_column(String(20), index=True)
    issue: Mapped[int] = mapped_column(Integer)
    issued_on: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(10))


class ConsentRow(Base):
    """One answer to one purpose; ``person`` is empty where it is the whole household's."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_household_purpose", "household", "purpose"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    household: Mapped[str] = mapped_column(String(36))
    person: Mapped[str | None] = mapped_column(String(36))
    purpose: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(String(10))


class LikenessKeyRow(Base):
    """One block key of a household (similar.py): families that share rare keys are compared."""

    __tablename__ = "likeness_key"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    household: Mapped[str] = mapped_column(String(36), primary_key=True)

    __table_args__ = (Index("ix_likeness_key_household", "household"),)


class ExpectedListRow(Base):
    """A camp's list that was loaded; ``sha256`` of the file tells when it is the same again."""

    __tablename__ = "expected_list"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    loaded_on: Mapped[date] = mapped_column(Date)
    rows: Mapped[int] = mapped_column(Integer)
    families: Mapped[int] = mapped_column(Integer)
    problems: Mapped[int] = mapped_column(Integer)


class ExpectedFamilyRow(Base):
    """A family that a list names and that nobody registered: never exported, nobody's consent.

    ``household`` is the registered household once the family stood at the desk.
    """

    __tablename__ = "expected_family"

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    list: Mapped[str] = mapped_column(ForeignKey("expected_list.id"))
    reference: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    persons: Mapped[int] = mapped_column(Integer)
    words: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    household: Mapped[str | None] = mapped_column(String(36))


class ListProblemRow(Base):
    """One row of a list that could not be used whole: which, which column, why.

    What stood in the cell is said once, when the list is loaded, and not kept: nobody of a list has consented.
    """

    __tablename__ = "list_problem"
    __table_args__ = (UniqueConstraint("list", "row", "column", "code"),)

    n: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    list: Mapped[str] = mapped_column(ForeignKey("expected_list.id"), index=True)
    row: Mapped[int] = mapped_column(Integer)
    column: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
