"""Families that come with somebody from a worklist to a new movement, and what became of them when it was planned."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.journey.cases.gate import NotNow


@dataclass(frozen=True)
class Chosen:
    """Subject of the page of movements: plan one, and put these families on its list."""

    households: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """Subject of one movement's page right after it was planned for chosen families.

    ``elsewhere``: so many of them go to another place or stand on another list; ``refused`` could not be listed.
    """

    movement: str
    elsewhere: int = 0
    refused: tuple[NotNow, ...] = ()
