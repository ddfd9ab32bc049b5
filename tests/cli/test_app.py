"""The command line's root: global options, exit codes, one line on stderr, and an edge that quotes nobody."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from helpdesk.cli import app as root_module
from helpdesk.cli.app import DONE, FAULT, REFUSED, STOPPED, USAGE, main
from helpdesk.cli.door import Door, door_of
from helpdesk.core.errors import Fault, Refusal, Stopped
from helpdesk.core.log_file import FILE_NAME, FOLDER
from helpdesk.core.settings import LANGUAGE, folder_settings
from tests.house.house import ROOT

Act = Callable[[Door], object]
Fail = Callable[[Act], None]


@pytest.fixture
def failing() -> Iterator[Fail]:
    """``failing(act)`` adds a command ``fail`` to the root that runs ``act(door)``; afterwards it is gone."""
    before = list(root_module.root.registered_commands)

    def add(act: Act) -> None:
        @root_module.root.command("fail")
        def fail(context: typer.Context) -> None:
            act(door_of(context))

    yield add
    root_module.root.registered_commands[:] = before


def raising(error: BaseException) -> Act:
    def act(_door: Door) -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (Refusal("cli.no_user"), REFUSED, "cli.no_user: This needs to know who acts. Name the user with --user.\n"),
        (Fault("disk.full"), FAULT, "disk.full: "),
        (OSError(errno.ENOSPC, "Nour"), FAULT, "disk.full: "),
        (
            PermissionError(errno.EACCES, "Nour"),
            FAULT,
            "disk.failed: A file or folder could not be read or written (EACCES)",
        ),
        (Stopped(), STOPPED, ""),
        (KeyboardInterrupt(), STOPPED, ""),
        (typer.Abort(), STOPPED, ""),
        (typer.Exit(1), 1, ""),
    ],
)
def test_every_end_has_its_exit_code(
    error: BaseException,
    code: int,
    line: str,
    failing: Fail,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    expected_log: Callable[[str], None],
) -> None:
    expected_log("disk.full")
    expected_log("disk.failed")
    failing(raising(error))
    assert main(["--folder", str(tmp_path), "fail"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(line)
    assert said.err.count("\n") == (1 if line else 0)
    assert "Nour" not in said.err


def test_a_bug_is_told_by_reference_and_logged_without_a_name(
    failing: Fail, tmp_path: Path, capsys: pytest.CaptureFixture[str], expected_log: Callable[[str], None]
) -> None:
    expected_log("bug")
    failing(raising(ZeroDivisionError("Nour Kareem")))
    assert main(["--folder", str(tmp_path), "fail"]) == FAULT
    said = capsys.readouterr().err
    reference = re.fullmatch(r"bug: .* reference: ([0-9a-f]{8})\.\n", said)
    assert reference is not None
    log = (tmp_path / FOLDER / FILE_NAME).read_text(encoding="utf-8")
    assert "ERROR bug helpdesk app:" in log
    assert reference[1] in log
    assert "Nour" not in log


def test_a_refusal_is_nobody_s_failure(failing: Fail, tmp_path: Path) -> None:
    failing(raising(Refusal("cli.no_user")))
    assert main(["--folder", str(tmp_path), "fail"]) == REFUSED
    assert (tmp_path / FOLDER / FILE_NAME).read_text(encoding="utf-8") == ""


def test_whoever_mends_the_program_sees_the_trace(failing: Fail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_TRACE", "1")
    failing(raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["fail"])


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["--nothing"], ["--folder"], ["--language", "xx", "doctor"], ["doctor", "more"], ["--json"]],
)
def test_usage_is_one_line_and_two(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = [] if arguments == ["--folder"] else ["--folder", str(tmp_path)]
    assert main([*options, *arguments]) == USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: ")
    assert said.err.count("\n") == 1


def test_help_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == DONE
    assert "doctor" in capsys.readouterr().out


def test_without_a_command_the_window_opens_on_the_folder(tmp_path: Path) -> None:
    asked: list[Path] = []

    def open_window(folder: Path) -> int:
        asked.append(folder)
        return 7

    assert main(["--folder", str(tmp_path)], open_window) == 7
    assert asked == [tmp_path]


def test_the_language_is_the_folder_s_unless_said(
    failing: Fail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoken: list[str] = []
    failing(lambda door: spoken.append(door.words.language))
    main(["--folder", str(tmp_path), "fail"])
    folder_settings(tmp_path).change(LANGUAGE, "ckb")
    main(["--folder", str(tmp_path), "fail"])
    main(["--folder", str(tmp_path), "--language", "ar", "fail"])
    assert spoken == ["en", "ckb", "ar"]


def test_a_folder_that_is_not_there_is_not_made(failing: Fail, tmp_path: Path) -> None:
    failing(lambda door: None)
    assert main(["--folder", str(tmp_path / "new"), "fail"]) == DONE
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("content", "passphrase"), [(b"two words\nmore\n", "two words"), (b"a \r\n", "a "), ("\u0628\n".encode(), "\u0628")]
)
def test_the_passphrase_is_the_file_s_first_line(
    content: bytes, passphrase: str, failing: Fail, tmp_path: Path
) -> None:
    given: list[str] = []
    (tmp_path / "p").write_bytes(content)
    failing(lambda door: given.append(door.passphrase()))
    assert main(["--passphrase-file", str(tmp_path / "p"), "fail"]) == DONE
    assert given == [passphrase]


@pytest.mark.parametrize(("content", "name"), [(b"\xff\n", "p"), (b"x", "gone")])
def test_a_passphrase_file_that_cannot_be_read_is_a_fault(
    content: bytes,
    name: str,
    failing: Fail,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    expected_log: Callable[[str], None],
) -> None:
    expected_log("cli.passphrase_file")
    (tmp_path / "p").write_bytes(content)
    failing(lambda door: door.passphrase())
    assert main(["--passphrase-file", str(tmp_path / name), "fail"]) == FAULT
    assert capsys.readouterr().err == (
        f"cli.passphrase_file: The passphrase file {name} cannot be read. Check its name and who may read it.\n"
    )


@pytest.mark.parametrize(
    ("act", "code"), [(Door.passphrase, "cli.no_passphrase"), (Door.user, "cli.no_user")], ids=["passphrase", "user"]
)
def test_what_is_not_given_and_cannot_be_asked_is_refused(
    act: Act, code: str, failing: Fail, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(act)
    assert main(["fail"]) == REFUSED
    assert capsys.readouterr().err.startswith(f"{code}: ")


def test_answers_keep_isolates_only_where_lines_run_from_the_right(
    failing: Fail, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(lambda door: door.answer({"number": "1"}, "number \u20661\u2069"))
    main(["--language", "en", "fail"])
    assert capsys.readouterr().out == "number 1\n"
    main(["--language", "ar", "fail"])
    assert capsys.readouterr().out == "number \u20661\u2069\n"
    main(["--json", "fail"])
    assert capsys.readouterr().out == '{"number":"1"}\n'


def test_doctor_answers_in_words_and_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--folder", str(tmp_path), "doctor"]) == DONE
    assert "Languages: en, ar, ckb, kmr (good)" in capsys.readouterr().out
    assert main(["--folder", str(tmp_path), "--json", "doctor"]) == DONE
    found = {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert found["Folder"] == {"name": "Folder", "value": str(tmp_path), "good": True}
    assert found["Languages read through by a native speaker"]["value"] == "en"
    assert all(finding["good"] for finding in found.values())


def test_doctor_names_what_needs_a_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")
    assert main(["--folder", str(tmp_path), "doctor"]) == FAULT
    assert "Settings: settings.json (needs a look)" in capsys.readouterr().out


def test_the_entrance_needs_no_window_for_a_command(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import main; "
        "code = main.main(['--folder', sys.argv[2], 'doctor']); "
        "sys.exit(code or bool({'PySide6', 'ui'} & set(sys.modules)))"
    )
    outcome = subprocess.run(
        (sys.executable, "-c", code, str(ROOT), str(tmp_path)),
        check=False,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    assert outcome.returncode == 0, outcome.stderr
