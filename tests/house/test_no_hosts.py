"""Committed files name no machine: no package registry, no path of somebody's disk, no address with a password."""

from __future__ import annotations

import re

import pytest

from tests.house.house import texts

FORBIDDEN = {
    "a path of this machine": re.compile(r"(?<![\w.\]])/(?:work|root|home/\w+|Users/\w+|opt/wheels)/[\w.]"),
    "a Windows path": re.compile(r"\b[A-Z]:\\\\?(?:Users|Work)\\", re.IGNORECASE),
    "a package index": re.compile(r"(?:--(?:extra-)?index-url|--find-links|--trusted-host)[ =][a-z]+://|/simple/"),
    "an address with a password": re.compile(r"[a-z]+://[^/\s:@\"'{}<>]+:[^/\s@\"'{}<>]+@"),
    "an address of a private network": re.compile(
        r"://(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[\w-]+(?::\d+)?/)"
    ),
}
ALLOWED = re.compile(r"://(?:localhost|127\.0\.0\.1)\b")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names_a_machine(what: str) -> None:
    found = [
        f"{name}:{number}: {match[0]}"
        for name, content in texts()
        if name != "tests/house/test_no_hosts.py"
        for number, line in enumerate(content.splitlines(), 1)
        if (match := FORBIDDEN[what].search(line)) and not ALLOWED.search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of this machine", 'open("/home/nour/list.csv")'),
        ("a Windows path", r"C:\Users\nour"),
        ("a package index", "pip install --index-url https://example.org/x"),
        ("an address with a password", "postgresql://desk:secret@db/x"),
        ("an address of a private network", "http://registry:8080/x"),
    ],
)
def test_the_patterns_see_what_they_forbid(what: str, line: str) -> None:
    assert FORBIDDEN[what].search(line)
