"""Stories need a laptop whose clock they can move: every command line of the test reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.core.clock import SetClock, SystemClock
from tests.cli.conftest import Programme, _made  # noqa: F401 - the fixture below asks for it
from tests.cli.conftest import programme as cli_programme  # noqa: F401  - the same
from tests.journeys.told import Story


@pytest.fixture
def story(
    cli_programme: Programme,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Story:
    """A practice programme at the command line, this test's own, with a clock that stands still until it is moved."""
    clock = SetClock(SystemClock().now())
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    folder = tmp_path / "story"
    folder.mkdir()
    return Story(cli_programme, clock, folder)
