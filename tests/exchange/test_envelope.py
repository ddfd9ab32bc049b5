"""What is signed: one spelling, the right signers, and every check in its order."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault
from helpdesk.exchange import container, envelope
from helpdesk.exchange.outgoing import Outgoing, Written
from helpdesk.exchange.reading import Signer, no_chain, payload_type, read_file
from helpdesk.exchange.statement import PayloadPart, Statement, encode_statement, read_statement
from helpdesk.vault import keys
from tests.exchange.fvb import (
    ACK,
    CONFIG,
    DEVICE,
    EPOCH,
    FOREIGN,
    INTAKE,
    OTHER,
    OTHER_SUPERVISOR,
    SMALL,
    STRANGER,
    SUPERVISOR,
    KnownKeys,
    cipher_of,
    file_of,
    heading,
    opened,
    plain_of,
    raw_file,
    refused,
)

# --- the envelope ---


def _cipher() -> bytes:
    return cipher_of(plain_of())


@pytest.mark.parametrize(
    "signers", [(), (DEVICE, DEVICE), tuple(keys.SigningKey.generate() for _ in range(9))], ids=len
)
def test_nothing_is_signed_that_no_reader_would_take(signers: tuple[keys.SigningKey, ...]) -> None:
    with pytest.raises(ValueError, match="distinct signers"):
        envelope.sign(b"{}", payload_type("batch"), signers)


def test_an_envelope_has_one_spelling(small: Written, tmp_path: Path) -> None:
    data = small.path.read_bytes()
    layout = container.read_layout(io.BytesIO(data))
    cipher = data[layout.payload_at : layout.payload_at + layout.payload_size]
    good = json.loads(layout.envelope)
    text = layout.envelope.decode()
    sig = good["signatures"][0]["sig"]
    spare = sig[:-3] + chr(ord(sig[-3]) + 1) + "=="  # the last letter before the padding holds four spare bits
    twice = {**good, "signatures": [good["signatures"][0], *good["signatures"]]}
    many = {**good, "signatures": [{"keyid": f"{n:016x}", "sig": sig} for n in range(9)]}
    for spelling in (
        text.replace('","', '", "'),
        json.dumps(good, indent=1),
        text + "\n",
        " " + text,
        text.replace(sig, spare),
        text.replace("==", ""),
        text.replace("==", "=\\u003d"),
        text.replace(good["payload"][:8], good["payload"][:8] + "\\n"),
        text.replace("payloadType", "payloadtype"),
        text.replace('{"payload"', '{"extra":1,"payload"'),
        text.replace('{"payload"', '{"payload":"","payload"'),
        json.dumps(dict(reversed(good.items())), separators=(",", ":")),
        canonical(twice).decode(),
        canonical(many).decode(),
        canonical({**good, "signatures": []}).decode(),
        canonical({**good, "signatures": [{"keyid": DEVICE.key_id.upper(), "sig": sig}]}).decode(),
        canonical({**good, "signatures": [{"keyid": DEVICE.key_id, "sig": ""}]}).decode(),
        canonical({**good, "signatures": [{"keyid": DEVICE.key_id, "sig": sig, "x": 1}]}).decode(),
        "[" * 60_000,
        "null",
        "{}",
    ):
        assert spelling != text
        raw_file(tmp_path / "other.fvb", spelling.encode(), cipher)
        assert refused(tmp_path / "other.fvb") == "fvb.envelope", spelling[:80]


@pytest.mark.parametrize(
    "statement",
    [
        {"v": 0},
        {"kind": "letter"},
        {"from": "AB" * 8},
        {"from": "ab" * 8 + "\n"},
        {"epoch": ""},
        {"seq": 0},
        {"seq": "1"},
        {"prev": "0" * 63},
        {"to": []},
        {"to": ["00" * 8, "00" * 8]},
        {"to": [f"{n:016x}" for n in range(65)]},
        {"bundle": -1},
        {"site": "Camp"},
        {"payload": {"name": "../payload.age", "sha256": "0" * 64, "size": 10}},
        {"payload": {"name": "payload.age", "sha256": "0" * 64, "size": 10}},
        {"payload": {"name": "payload.age", "sha256": "0" * 64, "size": 1 << 40}},
    ],
)
def test_a_statement_that_is_not_exactly_so_is_refused(made: Callable[..., Path], statement: dict[str, Any]) -> None:
    assert refused(made(statement=statement)) == "fvb.envelope"


def test_a_statement_in_another_spelling_is_refused(tmp_path: Path) -> None:
    cipher = _cipher()
    part = PayloadPart("payload.age", hashlib.sha256(cipher).hexdigest(), len(cipher))
    statement = Statement(
        v=1, kind="batch", sender=DEVICE.key_id, epoch=EPOCH, seq=1, prev="0" * 64,
        to=(INTAKE.recipient_id,), bundle=0, payload=part,
    )  # fmt: skip
    assert read_statement(encode_statement(statement)) == statement
    loose = json.dumps(msgspec.to_builtins(statement)).encode()
    raw_file(tmp_path / "x", envelope.sign(loose, payload_type("batch"), [DEVICE, SUPERVISOR]), cipher)
    assert refused(tmp_path / "x") == "fvb.envelope"


def test_a_later_format_says_so(made: Callable[..., Path]) -> None:
    assert refused(made(statement={"v": 2})) == "fvb.version"


def test_the_kind_outside_is_the_kind_inside(made: Callable[..., Path]) -> None:
    assert refused(made(kind_outside="ack")) == "fvb.envelope"


# --- signatures and roles ---


@pytest.mark.parametrize(
    ("signers", "code"),
    [
        ([DEVICE, SUPERVISOR], None),
        ([SUPERVISOR, DEVICE], None),
        ([DEVICE, SUPERVISOR, OTHER], None),
        ([DEVICE], "fvb.signer_missing"),
        ([SUPERVISOR], "fvb.signer_missing"),
        ([DEVICE, OTHER], "fvb.signer_missing"),
        ([DEVICE, OTHER_SUPERVISOR], "fvb.signer_missing"),  # an approval by another desk's supervisor
        ([OTHER, OTHER_SUPERVISOR], "fvb.signer_missing"),  # stripped and signed again by another desk
        ([DEVICE, CONFIG], "fvb.signer_missing"),
        ([STRANGER], "fvb.signer_unknown"),
        ([DEVICE, SUPERVISOR, STRANGER], "fvb.signer_unknown"),
    ],
)
def test_who_must_have_signed_a_batch(
    made: Callable[..., Path], signers: list[keys.SigningKey], code: str | None
) -> None:
    path = made(signers=signers)
    if code is None:
        assert opened(path)
    else:
        assert refused(path) == code


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("bundle", [CONFIG], [ACK]),
        ("ack", [ACK], [CONFIG]),
        ("transfer", [DEVICE, SUPERVISOR], [DEVICE]),
        ("backup", [DEVICE, SUPERVISOR], [SUPERVISOR]),
    ],
)
def test_each_kind_has_its_own_signers(
    tmp_path: Path, kind: str, right: list[keys.SigningKey], wrong: list[keys.SigningKey]
) -> None:
    outgoing = Outgoing(tmp_path)
    assert opened(outgoing.write(heading(kind, right[0]), [], right, [INTAKE.recipient]).path)
    path = outgoing.write(heading(kind, wrong[0], seq=2), [], wrong, [INTAKE.recipient]).path
    assert refused(path) == "fvb.signer_missing"


@pytest.mark.parametrize("key", [DEVICE, SUPERVISOR])
def test_a_revoked_signer_is_refused(small: Written, key: keys.SigningKey) -> None:
    assert refused(small.path, trust=KnownKeys(revoked={key.key_id})) == "fvb.revoked"


def test_a_signature_under_anothers_name_is_false(tmp_path: Path) -> None:
    cipher = _cipher()
    signed = json.loads(SMALL[512 : 512 + len(container.read_layout(io.BytesIO(SMALL)).envelope)])
    signed["signatures"][1]["sig"] = signed["signatures"][0]["sig"]
    raw_file(tmp_path / "x", canonical(signed), cipher)
    with pytest.raises(Fault) as fault:
        opened(tmp_path / "x")
    assert fault.value.code in ("fvb.signature", "fvb.envelope")
    layout = container.read_layout(io.BytesIO(SMALL))
    raw_file(tmp_path / "x", canonical(signed), SMALL[layout.payload_at : layout.payload_at + layout.payload_size])
    assert refused(tmp_path / "x") == "fvb.signature"


def test_a_key_registered_under_anothers_name_signs_nothing(made: Callable[..., Path]) -> None:
    trust = KnownKeys()
    trust.known[DEVICE.key_id] = Signer(SUPERVISOR.public, "device", "D1")
    assert refused(made(), trust=trust) == "fvb.signature"


def test_a_registered_key_of_low_order_signs_nothing(made: Callable[..., Path]) -> None:
    trust = KnownKeys()
    trust.known[DEVICE.key_id] = Signer(bytes(32), "device", "D1")
    assert refused(made(), trust=trust) == "fvb.signature"


def test_a_device_proves_itself_with_the_key_it_brings(tmp_path: Path) -> None:
    written = Outgoing(tmp_path).write(heading("enrol", STRANGER), [{"t": "device"}], [STRANGER], [INTAKE.recipient])
    with read_file(written.path, KnownKeys()) as received:
        assert len(list(received.open(INTAKE))) == 2
        received.prove(STRANGER.public)
        for public, code in ((DEVICE.public, "fvb.signature"), (bytes(32), "key.low_order")):
            with pytest.raises(Fault) as fault:
                received.prove(public)
            assert fault.value.code == code


# --- the chain, and the order of all checks ---


def test_checks_come_in_their_order(tmp_path: Path) -> None:
    class Chain(Exception):
        pass

    def gap(statement: Statement, identity: str) -> None:
        raise Chain

    cipher = _cipher()
    broken = cipher[:-1] + bytes([cipher[-1] ^ 1])
    layout_of = {"to": [FOREIGN.recipient_id]}
    path = file_of(tmp_path / "x", cipher, statement=layout_of)
    data = path.read_bytes()
    at = data.index(cipher)
    path.write_bytes(data[:at] + broken + data[at + len(cipher) :])
    with pytest.raises(Fault, match=r"^fvb\.revoked$"):
        read_file(path, KnownKeys(revoked={DEVICE.key_id}), gap)
    with pytest.raises(Chain):
        read_file(path, KnownKeys(), gap)
    with pytest.raises(Fault, match=r"^fvb\.digest$"):
        read_file(path, KnownKeys(), no_chain)
    path.write_bytes(data)
    assert refused(path) == "fvb.not_for_us"


def test_a_recipient_named_but_not_served_is_a_failed_decryption(tmp_path: Path) -> None:
    path = file_of(tmp_path / "x", cipher_of(plain_of(), recipients=[FOREIGN]))
    assert refused(path) == "fvb.decrypt"


def test_another_payload_under_the_same_envelope_is_refused(tmp_path: Path) -> None:
    layout = container.read_layout(io.BytesIO(SMALL))
    other = cipher_of(plain_of(b'{"t":"revisiom"}'))
    assert refused(raw_file(tmp_path / "x", layout.envelope, other)) in ("fvb.digest", "fvb.envelope")


def test_a_file_changed_while_it_is_read_is_refused(tmp_path: Path) -> None:
    noise = [canonical({"t": "a", "n": n, "d": keys.SigningKey.generate().seed.hex() * 2}) for n in range(9000)]
    cipher = cipher_of(plain_of(*noise))
    changed = cipher_of(plain_of(*noise))
    while len(changed) != len(cipher):  # age adds a stanza of random length
        changed = cipher_of(plain_of(*noise))
    path = file_of(tmp_path / "x", cipher)
    with read_file(path, KnownKeys()) as received:
        at = path.read_bytes().index(cipher)
        with path.open("r+b") as stick:
            stick.seek(at)
            stick.write(changed)
        with pytest.raises(Fault) as fault:
            list(received.open(INTAKE))
    assert fault.value.code == "fvb.digest"
