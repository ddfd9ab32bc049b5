"""A desk on a disk that fills up, run in a mount namespace of its own: ``python -m tests.journeys.full_disk HOME``.

It builds a programme in HOME and moves a desk onto a small disk. Every assertion stands here, and the exit code is the
verdict. The disks are two small tmpfs, which vanish with the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpdesk.centre import intake
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import audit
from helpdesk.exchange import batches
from helpdesk.households import commands, queries
from helpdesk.opening import Desk
from tests import programme as programmes
from tests.people import practice_form

DISK = batches.LEAST_FREE + (32 << 20)
STICK = 16 << 10
PAGE = 4096


def mount(folder: Path, size: int) -> None:
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Take what is free but ``leave`` bytes, and a little more each time it is called."""
    ballast = folder / "ballast"
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    with ballast.open("ab") as file:
        for _ in range(max(0, free - leave) // PAGE):
            file.write(bytes(PAGE))
    return ballast


def refused(code: str, kind: type[Fault | Refusal], act: Callable[..., object], *arguments: object) -> None:
    with pytest.raises(kind, match=code.replace(".", r"\.") + "$"):
        act(*arguments)


def registering_on_a_full_disk(desk: Desk, disk: Path) -> None:
    kept = practice_form(desk.clock, 0)
    desk.do(commands.register, kept)
    ballast = fill(disk)
    lost = practice_form(desk.clock, 1)
    # the log of the store may have room for a family or two yet
    saved, said = {kept.household_id}, ""
    for index in range(1, 30):
        lost = practice_form(desk.clock, index)
        try:
            desk.do(commands.register, lost)
        except Fault as fault:
            said = fault.code
            break
        saved.add(lost.household_id)
    assert said == "disk.full", "the disk never was full"
    assert set(desk.ask(queries.household_ids)) == saved
    assert desk.ask(queries.find, kept.members[0].given_name), "what is there is still found"
    ballast.unlink()
    desk.do(commands.register, lost)
    assert set(desk.ask(queries.household_ids)) == {*saved, lost.household_id}
    with desk.store.read() as connection:
        audit.verify(connection)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def exporting_on_a_full_disk(desk: Desk, disk: Path, stick: Path) -> None:
    ballast = fill(disk, leave=batches.LEAST_FREE // 2)
    refused("disk.nearly_full", Refusal, batches.export, desk, desk.folder, stick)
    assert_nothing_left(desk)
    ballast.unlink()

    def fills_up(_done: int, _total: int | None, _step: str) -> None:
        fill(disk)

    refused("disk.full", Fault, batches.export, desk, desk.folder, stick, fills_up)
    (disk / "ballast").unlink()
    assert_nothing_left(desk)


def exporting_to_a_full_stick(desk: Desk, stick: Path) -> Path:
    ballast = fill(stick)
    refused("disk.full", Fault, batches.export, desk, desk.folder, stick)
    assert [path.name for path in stick.iterdir()] == ["ballast"], "half a file on the stick"
    (line,) = desk.ask(batches.outbox_lines)
    assert line.state == "WRITTEN"
    ballast.unlink()
    return batches.copy_again(desk, desk.folder, line.seq, stick).path


def assert_nothing_left(desk: Desk) -> None:
    assert not desk.ask(batches.outbox_lines)
    assert not list((desk.folder / "outbox").iterdir())


def main() -> None:
    programme = programmes.build(Path(sys.argv[1]))
    disk, stick = programme.home / "disk", programme.home / "small-stick"
    mount(disk, DISK)
    mount(stick, STICK)
    (programme.home / "one").rename(programme.home / "whole")
    subprocess.run(["cp", "-a", str(programme.home / "whole"), str(disk / "one")], check=True)
    programme.home.joinpath("one").symlink_to(disk / "one")
    with programme.open("one", "supervisor") as desk:
        registering_on_a_full_disk(desk, disk)
        exporting_on_a_full_disk(desk, disk, stick)
        path = exporting_to_a_full_stick(desk, stick)
        families = len(desk.ask(queries.household_ids))
        desk.do(commands.register, practice_form(desk.clock, 39))
    with programme.office() as office:
        (receipt,) = intake.receive(office, [path])
        assert receipt.state == "accepted", receipt
    with programme.open("one", "supervisor") as desk:
        assert len(desk.ask(queries.household_ids)) == families + 1
    print("everything went on")


if __name__ == "__main__":
    main()
