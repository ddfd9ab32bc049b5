"""The ``.fvb`` container as a stranger meets it: opened with public tools, and every byte of it changed."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import subprocess
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.exchange import container
from helpdesk.exchange.outgoing import Written
from helpdesk.exchange.payload import Line
from helpdesk.exchange.reading import read_file
from helpdesk.exchange.statement import encode_statement
from tests.exchange.fvb import (
    DESK,
    DEVICE,
    INTAKE,
    RECORDS,
    RECOVERY,
    SMALL,
    SUPERVISOR,
    KnownKeys,
    opened,
    refused,
)

# --- what it is when all is well ---


def test_a_batch_comes_back_line_by_line(small: Written) -> None:
    lines = opened(small.path)
    assert [line.value["t"] for line in lines] == ["manifest", "revision", "revision", "revision"]
    assert [line.value for line in lines[1:]] == RECORDS
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert opened(small.path, RECOVERY) == lines


def test_identity_name_and_signers(small: Written) -> None:
    with read_file(small.path, KnownKeys()) as received:
        assert received.identity == small.identity
        assert received.statement == small.statement
        assert received.key_ids == (DEVICE.key_id, SUPERVISOR.key_id)
        assert [signer.role for signer in received.signers] == ["device", "supervisor"]
    assert small.path.name == f"{small.identity[:16]}.fvb"
    assert small.path.stat().st_size == small.size
    assert [path.name for path in small.path.parent.iterdir()] == [small.path.name]


def test_the_outside_says_nothing_of_people(small: Written) -> None:
    data = small.path.read_bytes()
    with read_file(small.path, KnownKeys()) as received:
        said = encode_statement(received.statement)
    for planted in (DESK, "Baghdad", "2026-11-21", "revision", "counts"):
        assert planted.encode() not in data
        assert planted.encode() not in said


def test_a_stranger_opens_it_with_public_tools_alone(small: Written, tmp_path: Path) -> None:
    def run(*command: str | Path, given: bytes = b"") -> bytes:
        return subprocess.run(command, input=given, capture_output=True, check=True, cwd=tmp_path).stdout

    assert run("tar", "-tf", small.path) == b"envelope.json\npayload.age\n"
    run("tar", "-xf", small.path)
    signed = json.loads((tmp_path / "envelope.json").read_bytes())
    said = base64.b64decode(signed["payload"])
    statement = json.loads(said)
    assert run("sha256sum", "payload.age").split()[0].decode() == statement["payload"]["sha256"]
    kind = signed["payloadType"]
    (tmp_path / "signed").write_bytes(b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(said), said))
    for part, key in zip(signed["signatures"], (DEVICE, SUPERVISOR), strict=True):
        (tmp_path / "sig").write_bytes(base64.b64decode(part["sig"]))
        # an Ed25519 public key as RFC 8410 writes it
        (tmp_path / "pub").write_bytes(bytes.fromhex("302a300506032b6570032100") + key.public)
        run("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "pub", "-rawin",
            "-in", "signed", "-sigfile", "sig")  # fmt: skip
    (tmp_path / "identity").write_text(INTAKE.text)
    packed = run("age", "-d", "-i", "identity", "payload.age")
    lines = run("zstd", "-dc", given=packed).splitlines(keepends=True)
    assert [json.loads(line) for line in lines[1:-1]] == RECORDS
    end = json.loads(lines[-1])
    assert end == {"t": "end", "lines": 4, "sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}


def test_the_tar_command_makes_the_same_bytes(small: Written, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", small.path], check=True, cwd=tmp_path)
    how = ["--format=ustar", "--numeric-owner", "--owner=0", "--group=0", "--mtime=@0", "--mode=0600", "-b1"]
    again = subprocess.run(
        ["tar", *how, "-cf", "-", "envelope.json", "payload.age"], capture_output=True, check=True, cwd=tmp_path
    )
    assert again.stdout == small.path.read_bytes()


# --- every bit, every length ---


def test_every_single_bit_flip_is_refused(small: Written, tmp_path: Path) -> None:
    data = bytearray(small.path.read_bytes())
    target = tmp_path / "flipped.fvb"
    target.write_bytes(data)
    codes: set[str] = set()
    trust = KnownKeys()
    with target.open("r+b", buffering=0) as file:
        for at in range(len(data)):
            for bit in range(8):
                os.pwrite(file.fileno(), bytes([data[at] ^ 1 << bit]), at)
                with pytest.raises(Fault) as fault:
                    read_file(target, trust)
                codes.add(fault.value.code)
            os.pwrite(file.fileno(), bytes([data[at]]), at)
    assert codes == {
        "fvb.header",
        "fvb.envelope",
        "fvb.version",
        "fvb.signature",
        "fvb.signer_unknown",
        "fvb.digest",
    }
    assert opened(target)


def test_every_truncation_and_extension_is_refused(small: Written, tmp_path: Path) -> None:
    data, target = small.path.read_bytes(), tmp_path / "cut.fvb"
    for length in range(len(data)):
        target.write_bytes(data[:length])
        assert refused(target) in ("fvb.size", "fvb.header")
    for more in (b"\0", b"\0" * 511, b"\0" * 512, b"\0" * 9728, b"x" * 512, data):
        target.write_bytes(data + more)
        assert refused(target) in ("fvb.size", "fvb.header")


@given(st.data())
def test_random_edits_are_refused(data: st.DataObject) -> None:
    whole = SMALL
    at, to = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    edited = whole[:at] + data.draw(st.binary(max_size=600)) + whole[to:]
    if edited != whole:
        with pytest.raises(Fault):
            _read_bytes(edited)


def _read_bytes(data: bytes) -> list[Line]:
    folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path("/tmp")
    path = folder / f"fvb-{os.getpid()}-{threading.get_ident()}"
    try:
        path.write_bytes(data)
        return opened(path)
    finally:
        path.unlink(missing_ok=True)


# --- the container ---


def _tar(*members: tuple[str, bytes]) -> bytes:
    body = b"".join(container.header(name, len(data)) + data + container.padding(len(data)) for name, data in members)
    return body + bytes(1024)


def test_other_members_are_refused(small: Written, tmp_path: Path) -> None:
    data = small.path.read_bytes()
    layout = container.read_layout(io.BytesIO(data))
    signed, cipher = layout.envelope, data[layout.payload_at : layout.payload_at + layout.payload_size]
    target = tmp_path / "other.fvb"
    for members in (
        [("envelope.json", signed), ("payload.age", cipher), ("third", b"x")],
        [("payload.age", cipher), ("envelope.json", signed)],
        [("envelope.json", signed)],
        [("envelope.json", signed), ("../payload.age", cipher)],
        [("envelope.json", signed), ("payload.age", b"")],
        [("envelope.json", b" " * 65_537), ("payload.age", cipher)],
    ):
        target.write_bytes(_tar(*members))
        assert refused(target) in ("fvb.header", "fvb.size")
    target.write_bytes(_tar(("envelope.json", signed), ("payload.age", cipher)))
    assert opened(target)


@pytest.mark.parametrize(
    ("at", "data"),
    [
        (156, b"2"),  # a symbolic link
        (156, b"5"),  # a folder
        (156, b"x"),  # a pax header
        (124, b"77777777777"),  # 8 GiB
        (124, b"-0000000001"),
        (124, b"\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00"),  # a size in base 256
        (100, b"0000777\0"),
        (136, b"00000000001"),  # a time
        (265, b"root"),
        (345, b"prefix"),
        (500, b"\x01"),
        (148, b"000000\0 "),  # the checksum
    ],
)
def test_headers_that_lie_are_refused(small: Written, at: int, data: bytes) -> None:
    whole = bytearray(small.path.read_bytes())
    whole[at : at + len(data)] = data
    if at != 148:  # a right checksum for the wrong header
        whole[148:156] = b"        "
        whole[148:156] = b"%06o\0 " % sum(whole[:512])
    small.path.write_bytes(whole)
    assert refused(small.path) == "fvb.header"


def test_only_plain_files_are_opened(small: Written, tmp_path: Path) -> None:
    link, pipe, folder = tmp_path / "link.fvb", tmp_path / "pipe.fvb", tmp_path / "folder.fvb"
    link.symlink_to(small.path)
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (link, pipe, folder, Path("/dev/zero")):
        assert refused(path) == "fvb.size"
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "none.fvb")
