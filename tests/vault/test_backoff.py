"""The pause after wrong passphrases, by table, by law, and across a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.clock import SetClock, instant_text
from helpdesk.core.errors import Refusal
from helpdesk.vault.backoff import LONGEST, Backoff, Failures, pause, waiting

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (1, 0), (3, 0), (4, 2), (5, 4), (6, 8), (7, 16), (11, 256), (12, 300), (50, 300), (10**9, 300)],
)
def test_the_pause_grows_to_five_minutes(count: int, seconds: int) -> None:
    assert pause(count) == seconds


@given(st.integers(0, 40), st.integers(0, 10**6))
def test_waiting_runs_down_with_the_clock(count: int, passed: int) -> None:
    failures = Failures(count, instant_text(NOON))
    assert waiting(failures, NOON + timedelta(seconds=passed)) == (max(0, pause(count) - passed), failures)


@given(st.integers(0, 40), st.integers(1, 10**8))
def test_a_clock_turned_back_begins_the_pause_again_and_never_more(count: int, back: int) -> None:
    turned = NOON - timedelta(seconds=back)
    seconds, kept = waiting(Failures(count, instant_text(NOON)), turned)
    assert seconds == pause(count)
    assert waiting(kept, turned + timedelta(seconds=LONGEST))[0] == 0


def test_failures_survive_a_restart_and_success_forgets_them(tmp_path: Path) -> None:
    clock, path = SetClock(NOON), tmp_path / "attempts.json"
    for _ in range(4):
        Backoff(path, clock).begin()
    with pytest.raises(Refusal) as refused:
        Backoff(path, clock).begin()
    assert (refused.value.code, refused.value.values) == ("unlock.wait", {"seconds": 2})
    clock.move(seconds=1.5)
    assert Backoff(path, clock).left() == 1
    clock.move(seconds=0.5)
    Backoff(path, clock).begin()
    assert Backoff(path, clock).left() == 4
    clock.move(days=-400)
    assert Backoff(path, clock).left() == 4
    with pytest.raises(Refusal):
        Backoff(path, clock).begin()
    clock.move(seconds=4)
    last = Backoff(path, clock)
    last.begin()
    last.succeeded()
    assert not path.exists()
    Backoff(path, clock).begin()
    assert last.left() == 0


@pytest.mark.parametrize("content", [b"", b"{}", b'{"count":0,"at":"never"}', b'{"count":-1.5,"at":""}', b"\xff"])
def test_a_broken_file_waits_the_longest_pause_once(tmp_path: Path, content: bytes) -> None:
    clock, path = SetClock(NOON), tmp_path / "attempts.json"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        Backoff(path, clock).begin()
    assert refused.value.values == {"seconds": LONGEST}
    clock.move(seconds=LONGEST)
    Backoff(path, clock).begin()


def test_a_negative_count_is_no_free_pass(tmp_path: Path) -> None:
    path = tmp_path / "attempts.json"
    path.write_bytes(b'{"at":"2026-11-21T12:00:00.000Z","count":-1000000}')
    with pytest.raises(Refusal):
        Backoff(path, SetClock(NOON)).begin()
