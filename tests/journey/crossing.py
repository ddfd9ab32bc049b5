"""Carrying what is new at one desk to its sibling, as a stick does."""

from __future__ import annotations

from helpdesk.exchange import installing
from tests.programme import Programme


def cross(programme: Programme, sender: str, receiver: str) -> None:
    """Export at one desk and take the batch in at the other."""
    written = programme.export(sender)
    programme.at(receiver, "supervisor", lambda desk: installing.install(desk, written.path))
