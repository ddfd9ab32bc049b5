"""Keys against published vectors, and against everything a hostile sender could hand in."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault, Refusal
from helpdesk.vault import bech32, keys

FIELD = 2**255 - 19
HOUSEHOLD = "01939f00-7a01-7000-8000-00000000002a"
CHEAP = keys.FLOOR

# RFC 8032 section 7.1: seed, public key, message, signature
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
            "655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
            "b00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
            "c027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    key = keys.SigningKey.from_seed(bytes.fromhex(seed))
    assert key.public.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert keys.verify(key.public, bytes.fromhex(signature), bytes.fromhex(message))


def test_a_signature_fits_one_message_and_one_key() -> None:
    key, other = keys.SigningKey.generate(), keys.SigningKey.generate()
    signature = key.sign(b"pay")
    assert keys.verify(key.public, signature, b"pay")
    assert not keys.verify(other.public, signature, b"pay")
    assert not keys.verify(key.public, signature, b"paid")
    assert not keys.verify(key.public, signature[:-1], b"pay")
    for bit in range(512):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not keys.verify(key.public, bytes(flipped), b"pay")


def _low_order_encodings() -> list[bytes]:
    # found by arithmetic, not from a list: every y whose point times eight is the neutral element
    d = -121665 * pow(121666, -1, FIELD) % FIELD
    root = pow(2, (FIELD - 1) // 4, FIELD)
    found: set[int] = {0, 1, FIELD - 1}
    # doubling a point of order eight gives one of order four (y = 0), that is y^2 = -x^2 on the curve
    for sign in (1, -1):
        inner = (1 + sign * _root(1 + d, root)) * pow(-d, -1, FIELD) % FIELD if _is_square(1 + d) else None
        if inner is not None and _is_square(inner):
            y = _root(inner, root)
            found |= {y, FIELD - y}
    ys = [*found, FIELD, FIELD + 1]
    return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


def _is_square(value: int) -> bool:
    return pow(value, (FIELD - 1) // 2, FIELD) in (0, 1)


def _root(value: int, root_of_minus_one: int) -> int:
    value %= FIELD
    guess = pow(value, (FIELD + 3) // 8, FIELD)
    return guess if guess * guess % FIELD == value else guess * root_of_minus_one % FIELD


def test_all_fourteen_encodings_of_low_order_are_refused() -> None:
    encodings = _low_order_encodings()
    assert len(set(encodings)) == 14
    for public in encodings:
        with pytest.raises(Fault, match=r"^key\.low_order$"):
            keys.check_public(public)
        # the forgery that the library alone takes for true under half of them: R neutral, s zero
        forged = (1).to_bytes(32, "little") + bytes(32)
        assert not keys.verify(public, forged, b"anything")


@pytest.mark.parametrize(
    "public", [b"", bytes(31), b"\x02" + bytes(31), b"\xff" * 32, (FIELD + 2).to_bytes(32, "little")]
)
def test_what_is_no_public_key_is_refused(public: bytes) -> None:
    with pytest.raises(Fault, match=r"^key\.low_order$"):
        keys.check_public(public)


def test_true_public_keys_pass() -> None:
    for _ in range(50):
        keys.check_public(keys.SigningKey.generate().public)


def test_names_of_keys_are_those_of_the_format() -> None:
    public = bytes.fromhex(RFC_8032[0][1])
    assert keys.key_id(public) == keys.SigningKey.from_seed(bytes.fromhex(RFC_8032[0][0])).key_id
    assert len(keys.key_id(public)) == 16
    assert keys.key_id(public) != keys.recipient_id(public)


# --- age ---


def test_the_key_pair_of_the_age_specification() -> None:
    key = keys.ReceiveKey.from_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert key.recipient == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    assert keys.recipient_of(key.public) == key.recipient
    assert keys.recipient_public(key.recipient) == key.public
    assert keys.ReceiveKey.from_text(key.text).public == key.public


@given(st.binary(max_size=64))
def test_bech32_returns_what_it_was_given(data: bytes) -> None:
    assert bech32.decode("age", bech32.encode("age", data)) == data


@given(st.integers(0, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_mistyped_recipient_is_refused(place: int, letter: str) -> None:
    recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    typed = recipient[:place] + letter + recipient[place + 1 :]
    if typed != recipient:
        with pytest.raises(Fault, match=r"^key\.malformed$"):
            keys.recipient_public(typed)


@pytest.mark.parametrize("text", ["", "age1", "AGE1QQQ", "age1" + "q" * 2000, "age1" + "b" * 58])
def test_what_is_no_recipient_is_refused(text: str) -> None:
    with pytest.raises(Fault, match=r"^key\.malformed$"):
        keys.recipient_public(text)


LOW_X25519 = [
    0,
    1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
    FIELD - 1,
    FIELD,
    FIELD + 1,
]


@pytest.mark.parametrize("value", LOW_X25519)
@pytest.mark.parametrize("high", [0, 1 << 255])
def test_low_order_recipients_are_refused(value: int, high: int) -> None:
    public = (value | high).to_bytes(32, "little")
    with pytest.raises(Fault, match=r"^key\.low_order$"):
        keys.recipient_of(public)
    with pytest.raises(Fault, match=r"^key\.low_order$"):
        keys.recipient_public(bech32.encode("age", public))
    with pytest.raises(Fault, match=r"^key\.low_order$"):
        keys.seal(public, HOUSEHOLD, 1, b"")


def test_a_recipient_has_one_spelling() -> None:
    for number in (FIELD + 9, 9 | 1 << 255):  # both would be taken for the base point
        with pytest.raises(Fault, match=r"^key\.low_order$"):
            keys.recipient_of(number.to_bytes(32, "little"))
    assert keys.recipient_of((9).to_bytes(32, "little"))


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 200_000])
def test_age_round_trip(size: int) -> None:
    key, plain = keys.ReceiveKey.generate(), bytes(range(256)) * (size // 256 + 1)
    sealed, opened = io.BytesIO(), io.BytesIO()
    keys.age_encrypt(io.BytesIO(plain[:size]), sealed, [key.recipient, keys.ReceiveKey.generate().recipient])
    keys.age_decrypt(io.BytesIO(sealed.getvalue()), opened, key)
    assert opened.getvalue() == plain[:size]


def test_age_says_whether_it_is_not_for_us_or_damaged() -> None:
    key, sealed = keys.ReceiveKey.generate(), io.BytesIO()
    keys.age_encrypt(io.BytesIO(b"x" * 100_000), sealed, [key.recipient])
    with pytest.raises(Fault, match=r"^age\.not_for_us$"):
        keys.age_decrypt(io.BytesIO(sealed.getvalue()), io.BytesIO(), keys.ReceiveKey.generate())
    whole = sealed.getvalue()
    for cut in (0, 10, 100, len(whole) - 1, len(whole) - 40_000):
        with pytest.raises(Fault, match=r"^age\.damaged$"):
            keys.age_decrypt(io.BytesIO(whole[:cut]), io.BytesIO(), key)
    with pytest.raises(Fault, match=r"^age\.damaged$"):
        keys.age_decrypt(io.BytesIO(whole + b"x"), io.BytesIO(), key)


class _Full(io.RawIOBase):
    def write(self, data: object, /) -> int:
        raise OSError(28, "full")

    def read(self, size: int = -1, /) -> bytes:
        raise Refusal("test.refused")


def test_what_the_streams_raise_comes_out_unchanged() -> None:
    key, sealed = keys.ReceiveKey.generate(), io.BytesIO()
    keys.age_encrypt(io.BytesIO(b"x" * 100_000), sealed, [key.recipient])
    with pytest.raises(OSError, match="full"):
        keys.age_encrypt(io.BytesIO(b"x" * 100_000), _Full(), [key.recipient])
    with pytest.raises(Refusal, match=r"test\.refused"):
        keys.age_encrypt(_Full(), io.BytesIO(), [key.recipient])
    with pytest.raises(OSError, match="full"):
        keys.age_decrypt(io.BytesIO(sealed.getvalue()), _Full(), key)
    with pytest.raises(Refusal, match=r"test\.refused"):
        keys.age_decrypt(_Full(), io.BytesIO(), key)


def test_the_age_command_opens_ours_and_we_open_its(tmp_path: Path) -> None:
    key, sealed, opened = keys.ReceiveKey.generate(), io.BytesIO(), io.BytesIO()
    keys.age_encrypt(io.BytesIO(b"from us" * 20_000), sealed, [key.recipient])
    identity = tmp_path / "identity"
    identity.write_text(key.text)
    theirs = subprocess.run(["age", "-d", "-i", identity], input=sealed.getvalue(), capture_output=True, check=True)
    assert theirs.stdout == b"from us" * 20_000
    made = subprocess.run(["age", "-r", key.recipient], input=b"from them", capture_output=True, check=True)
    keys.age_decrypt(io.BytesIO(made.stdout), opened, key)
    assert opened.getvalue() == b"from them"


# --- sealed answers ---


@given(st.binary(max_size=keys.SEALED_LONGEST), st.integers(0, 2**63))
def test_sealed_answers_come_back_and_all_look_alike(plain: bytes, ctr: int) -> None:
    key = keys.ProtectionKey.from_seed(b"\x07" * 32)
    sealed = keys.seal(key.public, HOUSEHOLD, ctr, plain)
    assert len(sealed) == 32 + 512 + 16
    assert key.open(HOUSEHOLD, ctr, sealed) == plain


def test_a_sealed_answer_belongs_to_one_household_one_revision_and_one_key() -> None:
    key = keys.ProtectionKey.generate()
    sealed = keys.seal(key.public, HOUSEHOLD, 3, b"text")
    assert keys.seal(key.public, HOUSEHOLD, 3, b"text") != sealed
    for opener, household, ctr, data in (
        (key, HOUSEHOLD, 4, sealed),
        (key, HOUSEHOLD[:-1] + "b", 3, sealed),
        (keys.ProtectionKey.generate(), HOUSEHOLD, 3, sealed),
        (key, HOUSEHOLD, 3, sealed[:-1]),
        (key, HOUSEHOLD, 3, b""),
        (key, HOUSEHOLD, 3, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(Fault, match=r"^sealed\.damaged$"):
            opener.open(household, ctr, data)


@pytest.mark.parametrize(
    "padded",
    [b"\x00\x01ab" + bytes(508), b"\x00\x01a" + bytes(508) + b"b", b"\x01\xff" + bytes(510), b"\x00\x01a" + bytes(508)],
)
def test_padding_that_seal_never_makes_is_refused(padded: bytes) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    key = keys.ProtectionKey.generate()
    info = b"fvm/sealed/1\0" + bytes.fromhex(HOUSEHOLD.replace("-", "")) + (1).to_bytes(8, "big")
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(padded, X25519PublicKey.from_public_bytes(key.public), info)
    with pytest.raises(Fault, match=r"^sealed\.damaged$"):
        key.open(HOUSEHOLD, 1, sealed)


def test_a_sealed_answer_has_room_for_510_bytes() -> None:
    with pytest.raises(Refusal) as refused:
        keys.seal(keys.ProtectionKey.generate().public, HOUSEHOLD, 1, bytes(513))
    assert refused.value.code == "sealed.too_long"
    assert refused.value.values == {"over": 3}


def test_sealed_answers_open_with_rfc_9180_written_out() -> None:
    # RFC 9180 sections 4.1 and 5.1 step by step, base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305
    import hashlib
    import hmac

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    def extract(salt: bytes, suite: bytes, label: bytes, ikm: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, hashlib.sha256)

    def expand(prk: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
        data = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
        return hmac.digest(prk, data + b"\x01", hashlib.sha256)[:length]

    key = keys.ProtectionKey.generate()
    sealed = keys.seal(key.public, HOUSEHOLD, 9, b"told in confidence")
    enc, ciphertext = sealed[:32], sealed[32:]
    shared = X25519PrivateKey.from_private_bytes(key.seed).exchange(X25519PublicKey.from_public_bytes(enc))
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    secret = expand(extract(b"", kem, b"eae_prk", shared), kem, b"shared_secret", enc + key.public, 32)
    suite = b"HPKE" + bytes.fromhex("002000010003")
    info = b"fvm/sealed/1\0" + bytes.fromhex(HOUSEHOLD.replace("-", "")) + (9).to_bytes(8, "big")
    context = b"\x00" + extract(b"", suite, b"psk_id_hash", b"") + extract(b"", suite, b"info_hash", info)
    prk = extract(secret, suite, b"secret", b"")
    aead_key = expand(prk, suite, b"key", context, 32)
    nonce = expand(prk, suite, b"base_nonce", context, 12)
    plain = ChaCha20Poly1305(aead_key).decrypt(nonce, ciphertext, b"")
    assert plain == b"\x00\x12told in confidence" + bytes(512 - 20)


# --- passphrases ---


@pytest.mark.parametrize(
    "cost",
    [
        keys.KdfCost(64 * 1024 * 1024, 3, 2),  # 64 GiB
        keys.KdfCost(2 * 1024 * 1024 + 1, 3, 2),
        keys.KdfCost(64 * 1024 - 1, 3, 2),
        keys.KdfCost(19 * 1024, 2, 1),
        keys.KdfCost(64 * 1024, 0, 1),
        keys.KdfCost(64 * 1024, 17, 1),
        keys.KdfCost(64 * 1024, 1, 0),
        keys.KdfCost(64 * 1024, 1, 9),
        keys.KdfCost(-1, -1, -1),
    ],
)
def test_a_planted_cost_is_refused_before_any_memory_is_taken(cost: keys.KdfCost) -> None:
    begun = time.process_time()
    with pytest.raises(Fault, match=r"^slot\.cost$"):
        keys.stretch("x", bytes(16), cost)
    assert time.process_time() - begun < 0.05


def test_stretching_depends_on_everything_but_the_spelling_of_unicode() -> None:
    salt = bytes(range(16))
    base = keys.stretch("\u00e9tat", salt, CHEAP)
    assert keys.stretch("e\u0301tat", salt, CHEAP) == base
    assert len(base) == 32
    others = {
        keys.stretch("etat", salt, CHEAP),
        keys.stretch("\u00e9tat", bytes(16), CHEAP),
        keys.stretch("\u00e9tat", salt, keys.KdfCost(CHEAP.memory_kib, 2, 1)),
        keys.stretch("\u00e9tat", salt, CHEAP, b"stick"),
        keys.stretch("\u00e9tat", salt, CHEAP, b""),
    }
    assert len(others | {base}) == 6


def test_an_endless_passphrase_is_not_stretched() -> None:
    with pytest.raises(Fault, match=r"^slot\.wrong$"):
        keys.stretch("x" * 1025, bytes(16), CHEAP)


def test_the_measured_cost_is_one_of_three() -> None:
    cost = keys.measure_cost()
    keys.check_cost(cost)
    assert cost.memory_kib in (64 * 1024, 128 * 1024, 256 * 1024)


def test_wrapped_secrets_open_under_their_key_and_bond_only() -> None:
    kek = bytes(range(32))
    wrapped = keys.wrap(kek, b"secret", b"bond")
    assert keys.unwrap(kek, wrapped, b"bond") == b"secret"
    assert keys.wrap(kek, b"secret", b"bond") != wrapped
    for key, data, bound in (
        (bytes(32), wrapped, b"bond"),
        (kek, wrapped, b"bound"),
        (kek, wrapped[:-1], b"bond"),
        (kek, b"", b"bond"),
        *((kek, wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :], b"bond") for at in range(len(wrapped))),
    ):
        with pytest.raises(Fault, match=r"^slot\.wrong$"):
            keys.unwrap(key, data, bound)


def test_a_pin_is_typed_in_any_digits() -> None:
    kept = keys.pin_hash("4071")
    assert len(kept) == 48
    assert b"4071" not in kept
    assert keys.pin_matches("4071", kept)
    assert keys.pin_matches("\u0664\u0660\u0667\u0661", kept)
    assert keys.pin_matches("\u06f4\u06f0\u06f7\u06f1", kept)
    assert not keys.pin_matches("4072", kept)
    assert not keys.pin_matches("", kept)
    assert keys.pin_hash("4071") != kept


def test_the_word_list_is_2048_short_plain_words() -> None:
    words = keys.word_list()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in words)


def test_passphrases_are_words_of_the_list_and_never_the_same() -> None:
    made = {keys.random_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(len(text.split(" ")) == 5 and set(text.split()) <= set(keys.word_list()) for text in made)
    assert len(keys.random_passphrase(7).split()) == 7


def test_fingerprint_words_say_the_first_88_bits() -> None:
    listed = keys.word_list()
    words = keys.fingerprint_words(bytes.fromhex("ff" * 11 + "00" * 21))
    assert words == [listed[2047]] * 8
    digest = bytes(range(7, 39))
    number = 0
    for word in keys.fingerprint_words(digest):
        number = number << 11 | listed.index(word)
    assert number.to_bytes(11, "big") == digest[:11]
