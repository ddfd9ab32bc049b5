"""COSE_Sign1 against the published example, and against every changed bit and every other spelling."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.vault import cose, keys

CARD, VOUCHER = b"fvm/card/1", b"fvm/voucher/1"
KEY = keys.SigningKey.from_seed(bytes(range(32)))
CLAIMS: dict[int, cose.Claim] = {1: 1234567897, 2: bytes(range(10)), 3: 1, 4: 20778, 5: 6}

# COSE working group, Examples, eddsa-examples/eddsa-sig-01: values as published
EXAMPLE_SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
EXAMPLE_PROTECTED = "a201270300"
EXAMPLE_PAYLOAD = b"This is the content."
EXAMPLE_SIGNED = "846a5369676e61747572653145a2012703004054546869732069732074686520636f6e74656e742e"
EXAMPLE_SIGNATURE = (
    "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb87"
    "11497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d"
)


def test_what_is_signed_is_what_the_working_group_signs() -> None:
    key = keys.SigningKey.from_seed(bytes.fromhex(EXAMPLE_SEED))
    signed = cose.signing_bytes(bytes.fromhex(EXAMPLE_PROTECTED), b"", EXAMPLE_PAYLOAD)
    assert signed.hex() == EXAMPLE_SIGNED
    assert key.sign(signed).hex() == EXAMPLE_SIGNATURE


def test_the_working_groups_own_message_is_not_one_of_ours() -> None:
    # true by its signature, but with headers that our codes never have
    parts = [bytes.fromhex(EXAMPLE_PROTECTED), {4: b"11"}, EXAMPLE_PAYLOAD, bytes.fromhex(EXAMPLE_SIGNATURE)]
    with pytest.raises(Fault, match=r"^code\.damaged$"):
        cose.read(cbor2.dumps(cbor2.CBORTag(18, parts)))


def test_the_bytes_of_a_card() -> None:
    data = cose.sign1(KEY, CLAIMS, CARD)
    assert data[:7].hex() == "d28443a10127a0"
    assert data[:1] == b"\xd2"  # tag 18
    assert len(data) < 110
    signed = cose.read(data)
    assert signed.claims == CLAIMS
    assert signed.is_signed_by(KEY.public, CARD)


def test_a_card_is_no_voucher_and_another_key_signed_nothing() -> None:
    signed = cose.read(cose.sign1(KEY, CLAIMS, CARD))
    assert not signed.is_signed_by(KEY.public, VOUCHER)
    assert not signed.is_signed_by(KEY.public, b"")
    assert not signed.is_signed_by(keys.SigningKey.generate().public, CARD)


def _is_believed(data: bytes) -> bool:
    try:
        return cose.read(data).is_signed_by(KEY.public, CARD)
    except Fault as fault:
        if fault.code != "code.damaged":
            raise
        return False


def test_no_changed_bit_is_believed() -> None:
    data = cose.sign1(KEY, CLAIMS, CARD)
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not _is_believed(bytes(flipped))


def test_nothing_shorter_or_longer_is_read() -> None:
    data = cose.sign1(KEY, CLAIMS, CARD)
    for wrong in (*(data[:length] for length in range(len(data))), data + b"\0", data + data, b"\0" + data):
        with pytest.raises(Fault, match=r"^code\.damaged$"):
            cose.read(wrong)


def _message(
    protected: bytes = b"\xa1\x01\x27", unprotected: object = None, payload: object = None, tag: int = 18
) -> bytes:
    body = cbor2.dumps(CLAIMS, canonical=True) if payload is None else payload
    return cbor2.dumps(cbor2.CBORTag(tag, [protected, unprotected or {}, body, bytes(64)]))


@pytest.mark.parametrize(
    "data",
    [
        _message(protected=b""),
        _message(protected=b"\xa1\x01\x26"),
        _message(unprotected={4: b"kid"}),
        _message(tag=98),
        _message(payload="text"),
        _message(payload=cbor2.dumps([1, 2])),
        _message(payload=cbor2.dumps({1: 1.5})),
        _message(payload=cbor2.dumps({1: True})),
        _message(payload=cbor2.dumps({1: None})),
        _message(payload=cbor2.dumps({1: [1]})),
        _message(payload=cbor2.dumps({1: 2**64})),
        _message(payload=cbor2.dumps({0: 1})),
        _message(payload=cbor2.dumps({-1: 1})),
        _message(payload=cbor2.dumps({"a": 1})),
        _message(payload=b"\xa2\x02\x01\x01\x01"),  # keys not in order
        _message(payload=b"\xa2\x01\x01\x01\x01"),  # a key twice
        _message(payload=b"\xa1\x01\x18\x01"),  # one written in two bytes
        _message(payload=b"\xbf\x01\x01\xff"),  # indefinite length
        _message(payload=b"\xa1\x01\xc1\x01"),  # a time
        _message(payload=b"\xa1\x01\xd8\x23\x61("),  # a broken regular expression
        cbor2.dumps(cbor2.CBORTag(18, [b"\xa1\x01\x27", {}, b"\xa0"])),
        cbor2.dumps(cbor2.CBORTag(18, 5)),
        cbor2.dumps([b"\xa1\x01\x27", {}, b"\xa0", bytes(64)]),
        b"\x81" * 500,
        bytes(1000),
        b"",
    ],
)
def test_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Fault, match=r"^code\.damaged$"):
        cose.read(data)


@given(st.binary(max_size=cose.LONGEST + 8))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert not _is_believed(data)


@given(
    st.dictionaries(
        st.integers(1, 30),
        st.integers(-(2**40), 2**63 - 1) | st.text(max_size=8) | st.binary(max_size=10),
        max_size=9,
    )
)
def test_claims_come_back(claims: dict[int, cose.Claim]) -> None:
    signed = cose.read(cose.sign1(KEY, claims, VOUCHER))
    assert signed.claims == claims
    assert signed.is_signed_by(KEY.public, VOUCHER)
