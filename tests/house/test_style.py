"""Style and types: ruff and mypy pass on the whole tree."""

from __future__ import annotations

import re

from tests.house.house import run_tool, sources

BANNED = re.compile(r"(Manager|Helper|Util|Utils|Handler|Controller|Data|Info)$")


def test_ruff_finds_nothing() -> None:
    outcome = run_tool("ruff", "check", "--output-format", "concise", ".")
    assert outcome.returncode == 0, outcome.stdout


def test_every_file_is_formatted() -> None:
    outcome = run_tool("ruff", "format", "--check", "--output-format", "concise", ".")
    assert outcome.returncode == 0, outcome.stdout


def test_mypy_strict_finds_nothing() -> None:
    outcome = run_tool("mypy")
    assert outcome.returncode == 0, outcome.stdout


def test_names_are_the_fields_terms() -> None:
    bad = [
        f"{name}:{number} {match[1]}"
        for name, content in sources("helpdesk", "ui")
        for number, line in enumerate(content.splitlines(), 1)
        if (match := re.match(r"\s*class (\w+)", line)) and BANNED.search(match[1])
    ]
    assert not bad, "a class is named for a thing of the field, not for what it does to others:\n" + "\n".join(bad)
