"""One desk with everybody's hands, for journeys that change between clerk and supervisor at every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpdesk.opening import open_desk
from tests.journey.ready import Hands
from tests.programme import Programme, passphrase


def hands_at(programme: Programme, folder: str) -> Hands:
    """Sign everybody in once to have their keys, then keep the desk open. Close ``.desk`` afterwards."""
    people = {}
    for name in ("supervisor", "other", "clerk"):
        desk = open_desk(programme.home / folder, name, passphrase(name), clock=programme.clock)
        people[name] = desk.user
        if name != "clerk":
            desk.close()
    return Hands(desk, people)


@pytest.fixture
def hands(programme: Programme) -> Iterator[Hands]:
    """The first desk."""
    found = hands_at(programme, "one")
    yield found
    found.desk.close()
