"""The main job as a stranger runs it: from nothing to the centre's acknowledgement, checked with other tools than ours.

One practice programme is made by the command line; everything after that looks at what it left behind.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from helpdesk.cli.app import main
from helpdesk.printing.raster import page_images
from helpdesk.printing.scan import read_codes

HOUSEHOLDS = 24


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("practice") / "programme"
    arguments = ["practice", "--headless", "--households", str(HOUSEHOLDS), "--folder", str(home)]
    assert main(["--folder", str(home.parent), *arguments]) == 0
    found: dict[str, Any] = json.loads((home / "practice.json").read_text(encoding="utf-8"))
    return found


def steps(practice: dict[str, Any], title: str) -> list[dict[str, Any]]:
    return [step for step in practice["files"] if step["title"] == title]


def opened(practice: dict[str, Any], path: str, folder: Path) -> list[dict[str, Any]]:
    """A file's records, by tar, age and zstd alone."""
    identity = folder / "intake.txt"
    identity.write_text(practice["intake_identity"] + "\n", encoding="ascii")
    with tarfile.open(path) as archive:
        member = archive.extractfile("payload.age")
        assert member is not None
        cipher = member.read()
    plain = subprocess.run(["age", "-d", "-i", str(identity)], input=cipher, capture_output=True, check=True).stdout
    lines = subprocess.run(["zstd", "-d", "-c"], input=plain, capture_output=True, check=True).stdout
    return [json.loads(line) for line in io.BytesIO(lines)]


def claims(digits: str) -> tuple[bytes, bytes, bytes, dict[int, Any]]:
    """A code's protected header, payload, signature and claims, read without our code."""
    number = int(digits[2:])
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    assert data[0] == 1
    tag = cbor2.loads(data[1:])
    protected, _unprotected, payload, signature = tag.value
    return protected, payload, signature, cbor2.loads(payload)


def is_genuine(digits: str, external: bytes, publics: list[str]) -> bool:
    protected, payload, signature, _ = claims(digits)
    signed = cbor2.dumps(["Signature1", protected, external, payload], canonical=True)
    for public in publics:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, signed)
        except InvalidSignature:  # another issuer's key
            continue
        return True
    return False


def test_every_family_stands_at_the_centre_and_at_both_desks(practice: dict[str, Any]) -> None:
    tables = [step["counts"] for step in steps(practice, "What a store holds")]
    assert len(tables) == 3
    assert {table["households"] for table in tables} == {HOUSEHOLDS}
    first, *others = [{k: v for k, v in table.items() if k != "desk"} for table in tables]
    assert others == [first, first]
    groups = [step["counts"] for step in steps(practice, "Registered families")]
    assert all(sum(counts[group] for counts in groups) > 0 for group in ("CAMP", "OOC", "RET", "HOST"))


def test_acknowledged_means_nothing_left(practice: dict[str, Any]) -> None:
    installed = steps(practice, "A desk installed its answer")
    assert [step["counts"]["not_acknowledged"] for step in installed] == [0, 0]


def test_batches_open_with_public_tools(practice: dict[str, Any], tmp_path: Path) -> None:
    for step in steps(practice, "Exported a batch"):
        (path,) = step["files"]
        records = opened(practice, path, tmp_path)
        assert records[0]["t"] == "manifest"
        assert records[-1]["t"] == "end"
        kinds = [record["r"]["kind"] for record in records if record["t"] in ("revision", "event")]
        assert len(kinds) == step["counts"]["records"]
        assert {"household", "person", "consent", "protection", "tally"} <= set(kinds)
        sealed = {len(record["r"]["sealed"]) for record in records if record.get("r", {}).get("sealed")}
        assert len(sealed) == 1, "sealed answers must all have one length"


def test_envelopes_are_signed_by_device_and_supervisor(practice: dict[str, Any]) -> None:
    known = {**practice["devices"], **practice["supervisors"]}
    for step in steps(practice, "Exported a batch"):
        with tarfile.open(step["files"][0]) as archive:
            member = archive.extractfile("envelope.json")
            assert member is not None
            envelope = json.loads(member.read())
        assert len(envelope["signatures"]) == 2
        assert {part["keyid"] for part in envelope["signatures"]} <= set(known)


def test_every_card_and_voucher_decodes_and_is_genuine(practice: dict[str, Any]) -> None:
    issuers = list(practice["issuers"].values())
    cards = vouchers = 0
    for title, external, kind in (
        ("Printed household cards", b"fvm/card/1", "1"),
        ("Printed vouchers", b"fvm/voucher/1", "2"),
    ):
        for step in steps(practice, title):
            seen: set[str] = set()
            for path in step["files"]:
                for image in page_images(Path(path).read_bytes(), 300):
                    seen.update(read_codes(image, 10))
            codes = [digits for digits in seen if digits[:2] == "1" + kind]
            assert all(is_genuine(digits, external, issuers) for digits in codes)
            assert not any(is_genuine(digits, b"fvm/other/1", issuers) for digits in codes[:1])
            if kind == "1":
                cards += len(codes)
                assert len(codes) == step["counts"]["cards"]
            else:
                vouchers += len(codes)
                assert len(codes) == step["counts"]["vouchers"]
    assert cards == HOUSEHOLDS
    assert vouchers > 0


def test_a_card_of_one_desk_is_genuine_at_the_other(
    practice: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = practice["desks"]
    path = next(p for p in steps(practice, "Printed household cards")[0]["files"])
    digits = next(
        d for d in read_codes(next(iter(page_images(Path(path).read_bytes(), 300))), 10) if d.startswith("11")
    )
    passphrase = Path(practice["folder"]) / "passphrase.txt"
    clerk = next(user for user in second["users"] if user["role"] == "clerk")
    passphrase.write_text(clerk["passphrase"], encoding="utf-8")
    door = ["--folder", second["folder"], "--user", clerk["name"], "--passphrase-file", str(passphrase), "--json"]
    assert main([*door, "card", "check", digits]) == 0
    assert '"LIVE"' in capsys.readouterr().out
    spoiled = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    assert main([*door, "card", "check", spoiled]) == 1
    assert first["device"] != second["device"]


def test_no_number_tells_its_desk(practice: dict[str, Any], tmp_path: Path) -> None:
    beginnings = []
    for step in steps(practice, "Exported a batch"):
        records = opened(practice, step["files"][0], tmp_path)
        numbers = [r["r"]["doc"]["number"] for r in records if r.get("r", {}).get("kind") == "household"]
        beginnings.append({number[:3] for number in numbers})
    assert len(beginnings[0] | beginnings[1]) > HOUSEHOLDS // 2


def test_the_identity_of_a_file_is_its_name(practice: dict[str, Any]) -> None:
    for step in practice["files"]:
        for path in (Path(text) for text in step["files"] if text.endswith(".fvb")):
            with tarfile.open(path) as archive:
                member = archive.extractfile("envelope.json")
                assert member is not None
                statement = base64.b64decode(json.loads(member.read())["payload"])
            assert path.stem == hashlib.sha256(statement).hexdigest()[:16]
