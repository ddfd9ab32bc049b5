"""Fictional families as the forms a clerk fills in, for stores of any size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from helpdesk.core.ids import new_id
from helpdesk.households.forms import Registration
from helpdesk.practice.filled import registration
from helpdesk.practice.people import FictionalFamily, families

SIX = 6


def registrations(households: int, persons: int, seed: int = 1) -> Iterator[Registration]:
    """Forms of at least so many households and persons."""
    made = 0
    for family in families(2 * households, seed):
        if family.index >= households and made >= persons:
            return
        made += family.size
        yield _form(family)


def of_six(seed: int = 2) -> Iterator[Registration]:
    """Forms of families of six, consents to barriers, without end."""
    for round_ in count():
        for family in families(1000, seed + round_):
            if family.size == SIX and family.barriers:
                yield _form(family)


def _form(family: FictionalFamily) -> Registration:
    return registration(family, new_id(datetime.now(UTC)))
