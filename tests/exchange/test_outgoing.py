"""Writing files: nothing half, nothing plain, nothing the reader would refuse."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault, Stopped
from helpdesk.exchange import payload
from helpdesk.exchange.outgoing import Outgoing
from tests.exchange.fvb import (
    DEVICE,
    INTAKE,
    RECORDS,
    SUPERVISOR,
    heading,
    opened,
)

# --- writing ---


def test_what_a_record_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    def stopped() -> Iterable[bytes]:
        yield b'{"t":"x"}'
        raise Stopped

    def long() -> Iterable[bytes]:
        yield b'{"t":"' + b"x" * payload.LONGEST_LINE + b'"}'

    def broken() -> Iterable[bytes]:
        yield b'{"t":\n"x"}'

    outgoing = Outgoing(tmp_path)
    for records, error in ((stopped, Stopped), (long, Fault), (broken, Fault)):
        with pytest.raises(error):
            outgoing.write(heading(), records(), [DEVICE, SUPERVISOR], [INTAKE.recipient])
        assert not list(tmp_path.iterdir())


def test_the_writer_makes_nothing_its_reader_refuses(tmp_path: Path) -> None:
    same = [canonical({"t": "x", "d": "x" * 200_000})] * 200
    with pytest.raises(Fault, match=r"^fvb\.too_large$"):
        Outgoing(tmp_path).write(heading(), same, [DEVICE, SUPERVISOR], [INTAKE.recipient])


def test_after_a_power_cut_recorded_files_are_finished_and_others_go(tmp_path: Path) -> None:
    outgoing = Outgoing(tmp_path)
    one = outgoing.build(heading(seq=1), RECORDS, [DEVICE, SUPERVISOR], [INTAKE.recipient])
    two = outgoing.build(heading(seq=2), RECORDS, [DEVICE, SUPERVISOR], [INTAKE.recipient])
    three = outgoing.write(heading(seq=3), RECORDS, [DEVICE, SUPERVISOR], [INTAKE.recipient])
    (tmp_path / "0123.building").write_bytes(b"half")
    (tmp_path / "0123.cipher").write_bytes(b"half")
    outgoing.sweep([one.identity, three.identity])
    assert {path.name for path in tmp_path.iterdir()} == {f"{w.identity[:16]}.fvb" for w in (one, three)}
    assert opened(outgoing.install(one).path)
    assert not outgoing.final(two.identity).exists()


def test_plain_text_never_touches_the_disk(tmp_path: Path) -> None:
    planted = b"Planted Name 07701234567"
    seen: list[bytes] = []

    def records() -> Iterable[bytes]:
        for number in range(3000):
            if number % 500 == 499:
                seen.extend(path.read_bytes() for path in tmp_path.iterdir())
            yield canonical({"t": "x", "n": number, "d": planted.decode() + hashlib.md5(b"%d" % number).hexdigest()})

    Outgoing(tmp_path).write(heading(), records(), [DEVICE, SUPERVISOR], [INTAKE.recipient])
    seen.extend(path.read_bytes() for path in tmp_path.iterdir())
    assert len(seen) > 3
    assert all(planted not in data for data in seen)
