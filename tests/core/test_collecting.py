"""Inside the context the collector is asked seldom; afterwards everything is as it was, whatever happened."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from helpdesk.core.collecting import seldom_collected


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_is_asked_seldom_and_then_as_before() -> None:
    gc.set_threshold(700, 11, 12)
    with seldom_collected():
        assert gc.get_threshold() == (200_000, 11, 12)
    assert gc.get_threshold() == (700, 11, 12)


def test_a_failure_leaves_it_as_before() -> None:
    gc.set_threshold(700, 11, 12)
    with pytest.raises(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == (700, 11, 12)


@pytest.mark.parametrize("already", [0, 300_000])
def test_who_collects_more_seldom_already_goes_on_so(already: int) -> None:
    gc.set_threshold(already, 11, 12)
    with seldom_collected():
        assert gc.get_threshold() == (already, 11, 12)
