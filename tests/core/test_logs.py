"""The log: where it broke, never on whom. Whatever is logged, by whomever, no word of it reaches the file."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.log_file import FILE_NAME, FOLDER, KEPT, LARGEST, close_log, open_log
from helpdesk.core.logs import SilentFormatter, fingerprint, log_failure, note

NAME = "Nour Kareem 07701234567"
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ \S.*")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = open_log(tmp_path)
    yield tmp_path / FOLDER / FILE_NAME
    close_log(handler)


def failure(message: str) -> Exception:
    try:
        try:
            raise KeyError(message)
        except KeyError as inner:
            raise ValueError(message) from inner
    except ValueError as error:
        return error


def test_a_note_is_a_code_with_counts(log: Path) -> None:
    note("batch.exported", records=9, families=2)
    line = log.read_text(encoding="utf-8")
    assert LINE.fullmatch(line.rstrip("\n"))
    assert " batch.exported families=2 records=9 " in line
    assert "test_logs:" in line, "where it was said, not where it was written"


@pytest.mark.parametrize(
    ("code", "counts"), [(NAME, {}), ("a.b", {"x": NAME}), ("a.b", {"x": True}), ("a.b", {"X y": 1})]
)
def test_anything_else_is_our_bug(code: str, counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a log line"):
        note(code, **counts)


def test_a_failure_leaves_class_and_place_but_no_word(log: Path, expected_log: Callable[[str], None]) -> None:
    expected_log("bug")
    log_failure("bug", failure(NAME))
    line = log.read_text(encoding="utf-8")
    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert re.search(r"test_logs:\d+", line)
    assert fingerprint(failure("x")) in line
    assert "Nour" not in line
    assert "0770" not in line
    assert line.count("\n") == 1


def test_a_library_s_own_words_are_dropped(log: Path, expected_log: Callable[[str], None]) -> None:
    expected_log("row")
    logging.getLogger("sqlalchemy.engine").error("row %s", NAME, exc_info=failure(NAME), stack_info=True)
    line = log.read_text(encoding="utf-8")
    assert "sqlalchemy.engine" in line
    assert "Nour" not in line
    assert "row" not in line


@given(message=st.text(min_size=12), argument=st.text(min_size=12))
def test_no_message_shows_through(message: str, argument: str) -> None:
    try:
        raise RuntimeError(message, argument)
    except RuntimeError:
        record = logging.LogRecord("lib", logging.ERROR, "/x/lib.py", 7, message, (argument,), sys.exc_info())
    said = SilentFormatter().format(record)
    empty = logging.LogRecord("lib", logging.ERROR, "/x/lib.py", 7, "", (), record.exc_info)
    empty.created = record.created
    assert said == SilentFormatter().format(empty)


def test_the_reference_names_the_place_not_the_case() -> None:
    assert fingerprint(failure("one")) == fingerprint(failure("two"))
    assert fingerprint(failure("one")) != fingerprint(ValueError("one"))
    assert re.fullmatch("[0-9a-f]{8}", fingerprint(failure("x")))


def test_a_chain_without_end_is_cut() -> None:
    error: Exception = ValueError("0")
    for step in range(200):
        after = ValueError(str(step))
        after.__cause__ = error
        error = after
    assert len(fingerprint(error)) == 8


def test_the_log_stays_small_and_private(log: Path) -> None:
    for _ in range(LARGEST // 50 * 3):
        note("a" * 80)
    files = sorted(log.parent.iterdir())
    assert 1 < len(files) <= KEPT + 1
    assert all(path.stat().st_size <= LARGEST for path in files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files), "open to its owner alone"
    assert log.parent.stat().st_mode & 0o077 == 0
