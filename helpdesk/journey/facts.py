"""Dated facts that the gate asks for, each with the revision that proves it.

A room of the journey answers "since when is this so, and by which revision" with a :class:`Fact`. Nothing here decides
whether a fact is enough: that is the rule of ``journey.cases``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from helpdesk.vault.records import Kind, documents_of, heads_of

Document = TypeVar("Document", bound=msgspec.Struct)


class Fact(msgspec.Struct, frozen=True):
    """Something that is so since ``on``: the record that says it, and its head's hash in hex as evidence."""

    on: date
    record: str
    revision: str


def newest(
    connection: Connection, kind: Kind[Document], household: str, when: Callable[[Document], date | None]
) -> Fact | None:
    """The latest of a household's records of ``kind`` for which ``when(document)`` gives a day; None if none does."""
    found = [(day, record) for record, document in documents_of(connection, kind, household) if (day := when(document))]
    if not found:
        return None
    day, record = max(found)
    return Fact(day, record, max(heads_of(connection, record)).hex())
