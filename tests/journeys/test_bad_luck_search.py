"""After a day at the desk and a hard stop, the whole disk is searched for what was planted: nothing may be found.

Names, phones and the sealed answer are drawn anew for each run and reach the desk through a pipe. Every file that was
written since, wherever it lies, is read for them in UTF-8 and UTF-16. Memory that was swapped out is not searched.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests import programme as programmes
from tests.journeys.watched import Planted

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NOT_DISKS = ("/proc", "/sys", "/dev")
MEMORY_DISK = Path("/dev/shm")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
PIECE = 1 << 22
ARABIC = "".join(map(chr, range(0x0641, 0x0649)))
LATIN = "bcdfghjklmnprstvz"


def drawn(letters: str, count: int) -> str:
    return "".join(secrets.choice(letters) for _ in range(count))


def planted() -> Planted:
    return Planted(
        given=drawn(ARABIC, 9),
        father=drawn(ARABIC, 9),
        latin=drawn(LATIN, 12).capitalize(),
        relative=drawn(ARABIC, 10),
        phone="+9647000" + drawn("0123456789", 6),
        sealed=drawn(LATIN, 16),
        typed=drawn(ARABIC, 9),
    )


def patterns(words: Planted) -> dict[bytes, str]:
    """What is looked for: each word in each encoding, the phone without its country code too, Latin in lower case."""
    texts = {name: [value] for name, value in msgspec.structs.asdict(words).items()}
    texts["phone"].append(words.phone.removeprefix("+964"))
    texts["latin"].append(words.latin.lower())
    return {
        text.encode(encoding): f"{name} in {encoding}"
        for name, found in texts.items()
        for text in found
        for encoding in ENCODINGS
    }


def written_since(mark: Path) -> Iterator[Path]:
    """Every plain file on every disk, changed or renamed after ``mark``."""
    disks = [argument for folder in NOT_DISKS for argument in ("-path", folder, "-o")][:-1]
    newer = ["-type", "f", "(", "-newer", str(mark), "-o", "-cnewer", str(mark), ")", "-print0"]
    found = subprocess.run(["find", "/", "(", *disks, ")", "-prune", "-o", *newer], capture_output=True, check=False)
    found_too = subprocess.run(["find", str(MEMORY_DISK), *newer], capture_output=True, check=False)
    for name in (found.stdout + found_too.stdout).split(b"\0"):
        if name:
            yield Path(os.fsdecode(name))


def found_in(path: Path, wanted: dict[bytes, str]) -> set[str]:
    """Which of the wanted stand in a file; one that is gone meanwhile holds nothing."""
    longest = max(map(len, wanted))
    found: set[str] = set()
    try:
        with path.open("rb") as file:
            held = b""
            while piece := file.read(PIECE):
                held = held[-longest:] + piece
                found |= {name for pattern, name in wanted.items() if pattern in held}
    except OSError:
        return set()
    return found


def search(mark: Path, wanted: dict[bytes, str]) -> dict[str, set[str]]:
    """The files that hold something, by name."""
    return {str(path): names for path in written_since(mark) if (names := found_in(path, wanted))}


@pytest.mark.skipif(sys.platform == "win32", reason="find and signals")
def test_nothing_of_a_family_is_left_in_clear(tmp_path: Path) -> None:
    programmes.build(tmp_path / "programme")
    home, words = tmp_path / "home", planted()
    (home / "tmp").mkdir(parents=True)
    mark = tmp_path / "mark"
    mark.touch()
    stop_hard_after_a_day(tmp_path / "programme", home, words, printer(tmp_path / "bin"))

    written = set(written_since(mark))
    assert {tmp_path / "programme" / "one" / "desk.db", tmp_path / "programme" / "saved.pdf"} <= written
    assert any((tmp_path / "programme" / "one" / "outbox").glob("*.fvb"))
    found = search(mark, patterns(words))
    found.pop(str(tmp_path / "programme" / "saved.pdf"), None)
    assert not found, found


def test_the_search_can_find(tmp_path: Path) -> None:
    words = planted()
    mark = tmp_path / "mark"
    mark.touch()
    controls = {tmp_path / "le": ("utf-16-le", words.given), tmp_path / "sealed": ("utf-8", words.sealed)}
    in_memory = MEMORY_DISK / f"control-{os.getpid()}"
    controls |= {tmp_path / "be": ("utf-16-be", words.latin), in_memory: ("utf-8", words.phone)}
    try:
        for path, (encoding, text) in controls.items():
            path.write_bytes(bytes(PIECE - 3) + text.encode(encoding))  # across the border of two pieces
        found = search(mark, patterns(words))
        assert set(found) == {str(path) for path in controls}
        assert found[str(tmp_path / "sealed")] == {"sealed in utf-8"}
    finally:
        in_memory.unlink(missing_ok=True)


def printer(folder: Path) -> Path:
    """A stand-in for CUPS on the path: takes the paper, keeps nothing, names its job."""
    folder.mkdir()
    lp = folder / "lp"
    lp.write_text("#!/bin/sh\ncat > /dev/null\necho request id is office-1\n", encoding="ascii")
    lp.chmod(0o755)
    return folder


def stop_hard_after_a_day(programme: Path, home: Path, words: Planted, path: Path) -> None:
    around = {
        **os.environ, "HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_RUNTIME_DIR": str(home),
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.watched", str(programme)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=around,
    )  # fmt: skip
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(msgspec.json.encode(words) + b"\n")
    desk.stdin.flush()
    said = desk.stdout.readline()
    assert said.startswith(b"waiting"), said
    desk.send_signal(signal.SIGKILL)
    desk.communicate()
