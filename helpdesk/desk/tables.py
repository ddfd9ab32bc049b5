"""Tables of the desk itself: users, installed bundles, drafts and free numbers. Local, never synchronised.

What other desks must know of a user travels as a record of kind ``user`` (users.py).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.vault.tables import WHOLE, Base


class UserRow(Base):
    """A person with an account on this laptop. ``closed_on`` is the number of its last day, None while it is live."""

    __tablename__ = "user"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    role: Mapped[str] = mapped_column(String(16))
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    pin: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str | None] = mapped_column(String(8))
    closed_on: Mapped[int | None] = mapped_column(Integer)


class BundleRow(Base):
    """An installed bundle; the highest version is in force, the one before is kept."""

    __tablename__ = "bundle"

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    identity: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ToldRow(Base):
    """One row of a list that came with the bundle in force (told.py). ``key`` is what it is asked for by."""

    __tablename__ = "told"

    list: Mapped[str] = mapped_column(String(24), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PaidPageRow(Base):
    """One page of the paid list that came with the bundle in force (paid_list.py)."""

    __tablename__ = "paid_page"

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DraftRow(Base):
    """One field of a form that is not saved yet, as typed. Sealed answers never stand here (drafts.py)."""

    __tablename__ = "draft"

    form: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    user: Mapped[str] = mapped_column(String(36))
    at: Mapped[str] = mapped_column(String(24))


class FreeNumberRow(Base):
    """A number of an allotted block that is not used yet; its place says nothing of when it will be."""

    __tablename__ = "free_number"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(WHOLE)
