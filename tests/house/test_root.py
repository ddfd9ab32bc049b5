"""The root holds what DESIGN section 2 allows and nothing else, and every room has its docstring."""

from __future__ import annotations

from tests.house.house import ROOT, own_files

ALLOWED = {
    ".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "README.md", "helpdesk", "installer", "main.py",
    "pyproject.toml", "requirements-test.lock", "requirements.lock", "resources", "run.py", "tests", "ui",
}  # fmt: skip


def test_the_root_is_tidy() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in own_files()}
    assert not found - ALLOWED, f"not at the root: {sorted(found - ALLOWED)}"
    missing = ALLOWED - found - {"installer"}
    assert not missing, f"missing at the root: {sorted(missing)}"


def test_the_check_is_the_strangers_second_command() -> None:
    commands = [
        line
        for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["exec python3 run.py test"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("python3 run.py practice") < readme.index("python3 run.py test") < 1000
