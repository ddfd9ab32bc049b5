"""All cryptography of the program: signing, receiving, sealing, stretching of passphrases, wrapping of secrets.

The only module that imports ``cryptography`` and ``pyrage``. It invents nothing: Ed25519 (RFC 8032), age v1 (C2SP),
HPKE (RFC 9180), Argon2id (RFC 9106), HKDF (RFC 5869), ChaCha20-Poly1305 (RFC 8439). It never writes a secret to disk,
to a log or into an exception.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import BinaryIO, Final

import msgspec
import pyrage
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.ids import id_bytes
from helpdesk.core.resources import resource
from helpdesk.vault import bech32

# --- signing ---------------------------------------------------------------------------------------------------------

_FIELD: Final = 2**255 - 19
_CURVE_D: Final = -121665 * pow(121666, -1, _FIELD) % _FIELD
_ORDER_EIGHT_Y: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
# y of the eight points of small order; with both signs and the unreduced forms of 0 and 1 these are the 14 encodings
_LOW_ORDER_Y: Final = frozenset({0, 1, _FIELD - 1, _ORDER_EIGHT_Y, _FIELD - _ORDER_EIGHT_Y})


class SigningKey:
    """An Ed25519 key pair: of a device, a user, a card issuer, the configuration or the centre's acknowledgements."""

    __slots__ = ("_private", "key_id", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.seed = seed
        self.public = self._private.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    @classmethod
    def generate(cls) -> SigningKey:
        """A new key pair."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> SigningKey:
        """The key pair of a 32-byte seed. Raises ValueError for another length."""
        return cls(seed)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of ``message``."""
        return self._private.sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` (64 bytes) of ``message`` was made with the key of ``public`` (32 bytes).

    Never true for a key that :func:`check_public` refuses: such a key has signatures that fit many messages.
    """
    try:
        _checked(public).verify(signature, message)
    except (Fault, InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=1024)
def _checked(public: bytes) -> Ed25519PublicKey:
    # a scanned code is tried with every issuer's key of the bundle: what is sound is read once
    check_public(public)
    return Ed25519PublicKey.from_public_bytes(public)


def key_id(public: bytes) -> str:
    """The name of an Ed25519 key: 16 hex digits (FORMATS.md section 1)."""
    return hashlib.sha256(b"fvm/key/ed25519\0" + public).hexdigest()[:16]


def recipient_id(public: bytes) -> str:
    """The name of an age X25519 recipient's 32-byte key: 16 hex digits (FORMATS.md section 1)."""
    return hashlib.sha256(b"fvm/recipient/x25519\0" + public).hexdigest()[:16]


@lru_cache(maxsize=4096)
def check_public(public: bytes) -> None:
    """Refuse an Ed25519 key of low order, not on the curve or not in its one canonical form.

    The library accepts signatures under all 14 encodings of low order, so they are refused where a key enters.
    Raises ``Fault("key.low_order")``.
    """
    if len(public) != 32:
        raise Fault("key.low_order")
    packed = int.from_bytes(public, "little")
    y = packed & (1 << 255) - 1
    if y >= _FIELD or y in _LOW_ORDER_Y:
        raise Fault("key.low_order")
    square = (y * y - 1) * pow(_CURVE_D * y * y + 1, -1, _FIELD) % _FIELD
    if pow(square, (_FIELD - 1) // 2, _FIELD) != 1:
        raise Fault("key.low_order")


# --- receiving: age --------------------------------------------------------------------------------------------------


class ReceiveKey:
    """An age X25519 identity: what opens files addressed to a desk, the intake or the recovery officers."""

    __slots__ = ("_identity", "public", "recipient", "recipient_id")

    def __init__(self, text: str) -> None:
        try:
            self._identity = pyrage.x25519.Identity.from_str(text)
        except pyrage.IdentityError:
            raise Fault("key.malformed") from None
        self.recipient = str(self._identity.to_public())
        self.public = recipient_public(self.recipient)
        self.recipient_id = recipient_id(self.public)

    @classmethod
    def generate(cls) -> ReceiveKey:
        """A new identity."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @classmethod
    def from_text(cls, text: str) -> ReceiveKey:
        """The identity of ``AGE-SECRET-KEY-1...`` text. Raises ``Fault("key.malformed")``."""
        return cls(text)

    @property
    def text(self) -> str:
        """The secret as age writes it. Never for a screen, a log or a file in clear."""
        return str(self._identity)


def recipient_public(recipient: str) -> bytes:
    """The 32 bytes of an ``age1...`` recipient. Raises ``Fault("key.malformed")`` or ``Fault("key.low_order")``."""
    try:
        public = bech32.decode("age", recipient)
    except ValueError:
        raise Fault("key.malformed") from None
    _check_x25519(public)
    return public


def recipient_of(public: bytes) -> str:
    """The ``age1...`` text of a 32-byte key. Raises as :func:`recipient_public`."""
    _check_x25519(public)
    return bech32.encode("age", public)


@lru_cache(maxsize=64)
def _check_x25519(public: bytes) -> None:
    if len(public) != 32:
        raise Fault("key.malformed")
    if int.from_bytes(public, "little") >= _FIELD:  # a second spelling of the same key would have a second name
        raise Fault("key.low_order")
    try:
        X25519PrivateKey.from_private_bytes(b"\x01" * 32).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # the shared secret is all zeros exactly for keys of low order (RFC 7748 section 6.1)
        raise Fault("key.low_order") from None


class _Watched:
    # pyrage turns what a stream raises into its own errors: the first exception is kept to be raised as it was

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.raised: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except BaseException as error:
            self.raised = self.raised or error
            raise

    def write(self, data: bytes) -> int:
        try:
            return self._stream.write(data)
        except BaseException as error:
            self.raised = self.raised or error
            raise

    def flush(self) -> None:
        self._stream.flush()


def age_encrypt(source: BinaryIO, target: BinaryIO, recipients: Sequence[str]) -> None:
    """Encrypt ``source`` to its end into ``target`` for every ``age1...`` recipient, streaming.

    Raises as :func:`recipient_public`, and whatever the two streams raise, unchanged.
    """
    if not recipients:
        raise ValueError("no recipients")
    for recipient in recipients:
        recipient_public(recipient)
    reader, writer = _Watched(source), _Watched(target)
    try:
        pyrage.encrypt_io(reader, writer, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    except (pyrage.EncryptError, OSError) as error:
        raise (reader.raised or writer.raised or error) from None


def age_decrypt(source: BinaryIO, target: BinaryIO, key: ReceiveKey) -> None:
    """Decrypt ``source`` to its end into ``target``, streaming in pieces of at most 64 KiB.

    Raises ``Fault("age.not_for_us")`` when no part of the header is for ``key`` and ``Fault("age.damaged")`` when
    anything was changed or cut off; ``target`` may then have got a true beginning. Whatever the streams raise passes.
    """
    reader, writer = _Watched(source), _Watched(target)
    try:
        pyrage.decrypt_io(reader, writer, [key._identity])
    except (pyrage.DecryptError, OSError) as error:
        if raised := reader.raised or writer.raised:
            raise raised from None
        other = isinstance(error, pyrage.DecryptError) and str(error) == "No matching keys found"
        raise Fault("age.not_for_us" if other else "age.damaged") from None


# --- sealed answers: HPKE --------------------------------------------------------------------------------------------

SEALED_PLAIN: Final = 512
"""What is sealed is always so many bytes: two bytes of length (big-endian), the text, zeros (FORMATS.md section 2)."""

SEALED_LONGEST: Final = SEALED_PLAIN - 2

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _sealed_info(household_id: str, ctr: int) -> bytes:
    return b"fvm/sealed/1\0" + id_bytes(household_id) + ctr.to_bytes(8, "big")


def seal(public: bytes, household_id: str, ctr: int, plaintext: bytes) -> bytes:
    """``plaintext`` (at most 510 bytes, none allowed) so that only the protection unit can read it: 560 bytes.

    ``household_id`` (UUID text) and ``ctr`` bind it to its revision. Raises ``Refusal("sealed.too_long", over=n)``
    and ``Fault("key.low_order")``.
    """
    if len(plaintext) > SEALED_LONGEST:
        raise Refusal("sealed.too_long", over=len(plaintext) - SEALED_LONGEST)
    _check_x25519(public)
    padded = (len(plaintext).to_bytes(2, "big") + plaintext).ljust(SEALED_PLAIN, b"\0")
    return _SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public), _sealed_info(household_id, ctr))


class ProtectionKey:
    """The X25519 key pair of the protection unit: the only one that opens sealed answers. Never on a desk."""

    __slots__ = ("_private", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        self._private = X25519PrivateKey.from_private_bytes(seed)
        self.seed = seed
        self.public = self._private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> ProtectionKey:
        """A new key pair."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> ProtectionKey:
        """The key pair of 32 private bytes. Raises ValueError for another length."""
        return cls(seed)

    def open(self, household_id: str, ctr: int, sealed: bytes) -> bytes:
        """What :func:`seal` was given. Raises ``Fault("sealed.damaged")``: changed, another household or revision."""
        try:
            padded = _SUITE.decrypt(sealed, self._private, _sealed_info(household_id, ctr))
        except (InvalidTag, ValueError):
            raise Fault("sealed.damaged") from None
        length = int.from_bytes(padded[:2], "big")
        if len(padded) != SEALED_PLAIN or length > SEALED_LONGEST or any(padded[2 + length :]):
            raise Fault("sealed.damaged")
        return padded[2 : 2 + length]


# --- passphrases -----------------------------------------------------------------------------------------------------


class KdfCost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one guess of a passphrase costs: Argon2id memory in KiB, passes and lanes (RFC 9106)."""

    memory_kib: int
    passes: int
    lanes: int


DEFAULT: Final = KdfCost(128 * 1024, 3, 2)
FLOOR: Final = KdfCost(64 * 1024, 1, 1)
CEILING: Final = KdfCost(2 * 1024 * 1024, 16, 8)
LONGEST_PASSPHRASE: Final = 1024
_PATIENCE: Final = 1.5  # seconds a person waits at the door without thinking it is broken


def measure_cost() -> KdfCost:
    """The largest of 64, 128 and 256 MiB that takes this machine under 1.5 seconds, and never less than the floor."""
    chosen = KdfCost(FLOOR.memory_kib, DEFAULT.passes, DEFAULT.lanes)
    for mebibytes in (64, 128, 256):
        cost = KdfCost(mebibytes * 1024, DEFAULT.passes, DEFAULT.lanes)
        begun = time.perf_counter()
        stretch("measure", bytes(16), cost)
        if time.perf_counter() - begun >= _PATIENCE:
            break
        chosen = cost
    return chosen


def check_cost(cost: KdfCost) -> None:
    """Raise ``Fault("slot.cost")`` outside floor and ceiling: before deriving, or a planted cost fills the memory."""
    for name in ("memory_kib", "passes", "lanes"):
        if not getattr(FLOOR, name) <= getattr(cost, name) <= getattr(CEILING, name):
            raise Fault("slot.cost")


def stretch(passphrase: str, salt: bytes, cost: KdfCost, stick_key: bytes | None = None) -> bytes:
    """The 32-byte key a passphrase (and the stick's key file, if the slot wants one) stands for.

    ``HKDF-SHA256(Argon2id(NFKC(passphrase), salt), SHA-256(stick_key) or 32 zero bytes, "fvm/kek/1")``.
    Raises ``Fault("slot.cost")`` and, for more than 1,024 characters, ``Fault("slot.wrong")``.
    """
    check_cost(cost)
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise Fault("slot.wrong")
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    bound = bytes(32) if stick_key is None else hashlib.sha256(stick_key).digest()
    return HKDF(algorithm=SHA256(), length=32, salt=bound, info=b"fvm/kek/1").derive(argon.derive(typed))


def wrap(kek: bytes, secret: bytes, bound: bytes) -> bytes:
    """``secret`` under ``kek``: 12 random bytes, then ChaCha20-Poly1305 with ``bound`` as associated data."""
    nonce = secrets.token_bytes(12)
    return nonce + ChaCha20Poly1305(kek).encrypt(nonce, secret, bound)


def unwrap(kek: bytes, wrapped: bytes, bound: bytes) -> bytes:
    """The inverse of :func:`wrap`. Raises ``Fault("slot.wrong")``: another key, or anything was changed."""
    try:
        return ChaCha20Poly1305(kek).decrypt(wrapped[:12], wrapped[12:], bound)
    except (InvalidTag, ValueError):
        raise Fault("slot.wrong") from None


def pin_hash(pin: str) -> bytes:
    """What the running program keeps of the PIN of the blanked screen: 16 bytes of salt and 32 of Argon2id."""
    salt = secrets.token_bytes(16)
    return salt + _pin_derived(pin, salt)


def pin_matches(pin: str, kept: bytes) -> bool:
    """Whether ``pin``, typed in any digits, is the one :func:`pin_hash` was given."""
    return hmac.compare_digest(_pin_derived(pin, kept[:16]), kept[16:])


def _pin_derived(pin: str, salt: bytes) -> bytes:
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in pin)
    return Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=19 * 1024).derive(digits.encode())


def random_passphrase(words: int = 5) -> str:
    """A passphrase of lower-case words joined by spaces, 11 bits each, for one new user."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))


def fingerprint_words(digest: bytes, words: int = 8) -> list[str]:
    """The first ``11 * words`` bits of a digest as words that two people compare aloud (88 bits by default)."""
    bits = int.from_bytes(digest, "big") >> len(digest) * 8 - 11 * words
    listed = word_list()
    return [listed[bits >> 11 * (words - 1 - place) & 2047] for place in range(words)]


@lru_cache(maxsize=1)
def word_list() -> tuple[str, ...]:
    """2,048 short words. The order is part of the published fingerprints and never changes."""
    return tuple(resource("words", "words.txt").read_text("ascii").split())
