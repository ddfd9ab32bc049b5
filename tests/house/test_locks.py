"""The locks hold names, versions, markers and hashes only, agree with one another and satisfy pyproject.toml.

They are written anew, on purpose and never by hand, by::

    uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \\
        --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
    (and the same with ``--group test -c requirements.lock -o requirements-test.lock`` in place of pyproject.toml)
"""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.house import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")
PACKAGE = re.compile(r"([a-z0-9-]+)==([0-9][\w.+]*)( ; [\w .'=!<>()]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def locked(*names: str) -> dict[str, str]:
    """Version of every package in the locks; two locks that disagree fail."""
    found: dict[str, str] = {}
    for name in names:
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            match = PACKAGE.fullmatch(line)
            if match:
                assert found.setdefault(match[1], match[2]) == match[2], f"the locks disagree on {match[1]}"
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    odd = [line for line in lines if not PACKAGE.fullmatch(line) and not HASH.fullmatch(line)]
    assert not odd, f"{name}: " + "\n".join(odd)
    for package, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not PACKAGE.fullmatch(package) or HASH.fullmatch(following), f"{package} has no hash"


def test_the_locks_satisfy_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [(text, LOCKS[:1]) for text in project["project"]["dependencies"]]
    wanted += [(text, LOCKS) for text in project["dependency-groups"]["test"]]
    for text, names in wanted:
        requirement = Requirement(text)
        version = locked(*names).get(canonicalize_name(requirement.name))
        assert version is not None, f"{text} is in no lock"
        assert requirement.specifier.contains(Version(version), prereleases=True), f"{text}: locked {version}"


def test_the_version_is_said_once_more_and_the_same() -> None:
    from helpdesk import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__
