"""Set-up: what each command line needs, when the environment is made again, and what a bare machine is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run
from helpdesk.cli.app import root as command_line
from run import LOCK, OFFSCREEN, SCREEN, TEST_LOCK, TESTS, House, absent, opens_window, plan
from tests.house.house import ROOT

MAIN = str(ROOT / "main.py")
PO = "resources/locale/ar/LC_MESSAGES/helpdesk.po"


@pytest.mark.parametrize(
    ("arguments", "platform", "system"),
    [
        ([], "", OFFSCREEN + SCREEN),
        ([], "offscreen", OFFSCREEN),
        (["practice"], "", OFFSCREEN + SCREEN),
        (["practice", "--folder", "d"], "", OFFSCREEN + SCREEN),
        (["practice", "--headless", "--households", "500"], "", ()),
        (["practice", "--help"], "", ()),
        (["--folder", "practice", "doctor"], "", ()),
        (["--folder", "d"], "", OFFSCREEN + SCREEN),
        (["--user", "nour", "--json", "card", "check", "11"], "", ()),
        (["pictures", "--out", "d"], "", OFFSCREEN),
    ],
)
def test_a_command_needs_only_its_own_packages(arguments: list[str], platform: str, system: tuple[str, ...]) -> None:
    chosen = plan(arguments, platform)
    assert chosen.system == system
    assert chosen.start == (MAIN, *arguments)
    assert not chosen.tests
    assert not chosen.at_root, "paths in the arguments are the caller's"


@pytest.mark.parametrize(("command", "module"), [("test", "pytest"), ("bench", "tests.benchmarks")])
def test_tests_need_everything(command: str, module: str) -> None:
    chosen = plan([command, "-x"])
    assert chosen.start[:2] == ("-m", module)
    assert chosen.start[-1] == "-x"
    assert chosen.system == OFFSCREEN + SCREEN + TESTS
    assert chosen.tests
    assert chosen.at_root


@pytest.mark.parametrize(
    ("rest", "spread"),
    [([], True), (["tests/house"], True), (["-n", "0"], False), (["-n4"], False), (["tests/x.py::test_y"], False)],
)
def test_many_tests_share_the_processors(rest: list[str], spread: bool) -> None:
    assert ("--dist" in plan(["test", *rest]).start) is spread


def test_every_global_option_with_a_value_is_known() -> None:
    import typer

    options = typer.main.get_command(command_line).params
    taking = {name for option in options for name in option.opts if not getattr(option, "is_flag", False)}
    assert set(run.WITH_VALUE) == taking
    assert not opens_window(["--language", "practice", "doctor"])


LISTING = """\
installed|libegl1|
installed|libglib2.0-0t64|libglib2.0-0 (= 2.84.4-3)
config-files|libgl1|
installed|mail|mail-agent, libfontconfig1 (= 1), x
half-installed|zstd|
"""


def test_absent_packages_are_found_by_status_and_provided_name() -> None:
    names = ("libegl1", "libglib2.0-0", "libgl1", "libfontconfig1", "zstd", "age")
    assert absent(names, LISTING) == ["libgl1", "zstd", "age"]
    assert absent(names, "") == list(names)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A checkout with an environment that looks whole."""
    for name in (LOCK, TEST_LOCK, PO):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / PO).with_suffix(".mo").write_bytes(b"")
    made = House(tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    (made.venv / "lib/python3.11/site-packages/typer-1.dist-info").mkdir(parents=True)
    made.write_stamp(tests=True)
    return made


def test_a_whole_environment_needs_nothing(house: House) -> None:
    assert house.needs(tests=True) == []
    assert house.needs(tests=False) == []


def test_an_interrupted_set_up_is_made_again(house: House) -> None:
    house.stamp.unlink()
    assert house.needs(tests=False) == ["make", "install", "compile"]


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"base": 1}', '"x"'])
def test_a_damaged_stamp_is_no_stamp(house: House, said: str) -> None:
    house.stamp.write_text(said, encoding="utf-8")
    assert house.needs(tests=False)[0] == "make"


def test_a_lost_interpreter_is_noticed(house: House) -> None:
    house.python.unlink()
    house.python.symlink_to(house.root / "gone")
    assert house.needs(tests=False)[0] == "make"


def test_a_lost_package_is_noticed(house: House) -> None:
    shutil.rmtree(house.venv / "lib/python3.11/site-packages/typer-1.dist-info")
    assert house.needs(tests=False)[0] == "make"


def test_a_changed_lock_is_installed(house: House) -> None:
    (house.root / LOCK).write_text("new", encoding="utf-8")
    assert house.needs(tests=False) == ["install"]


def test_the_tests_own_lock_waits_for_tests(house: House) -> None:
    (house.root / TEST_LOCK).write_text("new", encoding="utf-8")
    assert house.needs(tests=False) == []
    assert house.needs(tests=True) == ["install"]
    house.write_stamp(tests=False)
    assert house.needs(tests=True) == ["install"]


def test_a_changed_or_uncompiled_catalogue_is_compiled(house: House) -> None:
    (house.root / PO).with_suffix(".mo").unlink()
    assert house.needs(tests=False) == ["compile"]
    (house.root / PO).with_suffix(".mo").write_bytes(b"")
    (house.root / PO).write_text("new", encoding="utf-8")
    assert house.needs(tests=False) == ["compile"]


def bare_machine(folder: Path, user_id: int, **tools: str) -> subprocess.CompletedProcess[str]:
    """``run.py practice`` where dpkg-query knows nothing; ``tools`` are the scripts that stand in for system tools."""
    for name, script in {"dpkg-query": "", **tools}.items():
        tool = folder / name.replace("_", "-")
        tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        tool.chmod(0o755)
    code = (
        f"import os, sys; os.geteuid = lambda: {user_id}; sys.path.insert(0, sys.argv[1]); import run; "
        "sys.exit(run.main(['practice']))"
    )
    return subprocess.run(
        (sys.executable, "-c", code, str(ROOT)),
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": str(folder), "QT_QPA_PLATFORM": ""},
    )


def test_a_bare_machine_is_told_the_one_command(tmp_path: Path) -> None:
    outcome = bare_machine(tmp_path, 1000)
    assert outcome.returncode == 3
    assert outcome.stdout == ""
    asked = "sudo apt-get install -y --no-install-recommends " + " ".join(OFFSCREEN + SCREEN)
    assert asked in outcome.stderr


def test_root_installs_and_a_failure_stops(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    outcome = bare_machine(tmp_path, 0, apt_get=f'echo "$DEBIAN_FRONTEND $*" >> "{calls}"; [ "$1" = update ]')
    assert outcome.returncode == 3
    assert "did not succeed" in outcome.stderr
    update, install = calls.read_text(encoding="utf-8").splitlines()
    assert update == "noninteractive update -q"
    assert install == "noninteractive install -y --no-install-recommends " + " ".join(OFFSCREEN + SCREEN)


def test_run_stands_on_the_standard_library_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == ">=3.11"
    outcome = subprocess.run(
        (sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(ROOT / 'run.py')!r}, run_name='x')"),
        check=False,
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stderr
