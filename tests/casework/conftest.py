"""Everybody's hands at one desk, as in the journey's own tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.conftest import hands_at
from tests.journey.ready import Hands
from tests.programme import Programme


@pytest.fixture
def hands(programme: Programme) -> Iterator[Hands]:
    """The first desk."""
    found = hands_at(programme, "one")
    yield found
    found.desk.close()
