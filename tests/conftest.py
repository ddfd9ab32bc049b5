"""What every test stands on: compiled catalogues, Qt without a screen, and noise that fails.

A warning, a Qt warning or a log line from WARNING up fails the test that caused it. A test that means to cause one
says so: ``expected_log("code")``, ``@pytest.mark.filterwarnings`` or pytest-qt's ``qt_log_ignore``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from helpdesk.centre.office import Office
from helpdesk.core.catalogues import compile_all
from helpdesk.opening import Desk, open_desk
from helpdesk.vault import keys
from tests.programme import Programme, build, passphrase

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]

# the machine's speed is nobody's bug: no deadline; a fixed seed on CI so that a red run can be run again
settings.register_profile("dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=200, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--onscreen``: watch the window tests on the real screen."""
    parser.addoption("--onscreen", action="store_true", help="window tests on the real screen")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the screen before Qt starts, and compile the catalogues once, before any worker runs."""
    if config.getoption("--onscreen") and os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        del os.environ["QT_QPA_PLATFORM"]
    if not hasattr(config, "workerinput"):
        compile_all()


def shared_data() -> Path:
    """The folder of real place names, lists and names beside the checkout; ``HELPDESK_SHARED`` may move it."""
    return Path(os.environ.get("HELPDESK_SHARED", ROOT.parent / "shared")) / "data"


class _Noise(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        said = getattr(record, "said", record.getMessage())
        if said.split(" ")[0] not in self.expected:
            self.lines.append(f"{record.levelname} {record.name} {record.module}:{record.lineno} {said}")


@pytest.fixture(autouse=True)
def _log_noise() -> Iterator[_Noise]:
    noise = _Noise()
    logging.getLogger().addHandler(noise)
    yield noise
    logging.getLogger().removeHandler(noise)
    assert not noise.lines, "unexpected log lines (expected_log names the expected ones):\n" + "\n".join(noise.lines)


@pytest.fixture
def expected_log(_log_noise: _Noise) -> Callable[[str], None]:
    """Call it with the code (or first word) of a log line that the test means to cause."""
    return _log_noise.expected.add


@pytest.fixture(scope="session", autouse=True)
def _stretched_once() -> Iterator[None]:
    """Stretch each passphrase once a session for each salt and cost, which is all its key depends on.

    Thousands of tests sign in to copies of one programme; the work that this is to a thief is most of their time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "stretch", lru_cache(maxsize=1024)(keys.stretch))
        yield


@pytest.fixture(scope="session")
def ready_programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """A programme made once with cheap keys: never opened by a test, only copied."""
    return build(tmp_path_factory.mktemp("programme"))


@pytest.fixture
def programme(ready_programme: Programme, tmp_path: Path) -> Programme:
    """A centre and two sibling desks, this test's own."""
    return ready_programme.copied(tmp_path / "programme")


@pytest.fixture
def desk_as(programme: Programme) -> Iterator[Callable[..., Desk]]:
    """Sign somebody in at desk one (or another): ``desk_as("clerk")``. Whoever was signed in there is signed out."""
    opened: dict[str, Desk] = {}

    def sign_in(name: str = "clerk", folder: str = "one") -> Desk:
        if folder in opened:
            opened.pop(folder).close()
        opened[folder] = open_desk(programme.home / folder, name, passphrase(name), clock=programme.clock)
        return opened[folder]

    yield sign_in
    for desk in opened.values():
        desk.close()


@pytest.fixture
def office(programme: Programme) -> Iterator[Office]:
    """The centre, signed in."""
    with programme.office() as signed_in:
        yield signed_in
