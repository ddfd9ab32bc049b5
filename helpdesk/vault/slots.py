"""The unlock file ``slots.json`` beside the store: one slot per user, one recovery slot, and what a guess costs.

It is the only clear text of a desk and holds no name: a slot is found by a digest of store and user name, and its
64-byte secret (data key of the store, then the user's signing seed) lies wrapped under the passphrase. It never
tells an unknown user from a wrong passphrase, neither in its code nor in the work it does.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import unicodedata
from pathlib import Path

import msgspec

from helpdesk.core.canonical import canonical, read_strict
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.text import clean
from helpdesk.vault import keys

SECRET_SIZE = 64
_WRAPPED_SIZE = 12 + SECRET_SIZE + 16
_LARGEST_FILE = 1 << 20


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One user's slot: ``id`` 16 hex digits, ``salt`` 16 bytes, ``ct`` nonce and wrapped secret."""

    id: str
    salt: bytes
    ct: bytes


class _SlotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    v: int
    store: str
    cost: keys.KdfCost
    slots: tuple[Slot, ...]
    recovery: bytes = b""


class Slots:
    """The unlock file at ``path``, read once; every change is written at once, the previous generation kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _read(path)

    @classmethod
    def create(cls, path: Path, cost: keys.KdfCost) -> Slots:
        """A new file without slots for a new store. Raises ``Fault("slot.cost")``; an existing file is an OSError."""
        keys.check_cost(cost)
        if path.exists():
            raise FileExistsError(path)
        replace_file(path, _written(_SlotFile(1, secrets.token_hex(8), cost, ())))
        return cls(path)

    @property
    def store(self) -> str:
        """The store's id: 16 hex digits."""
        return self._file.store

    @property
    def cost(self) -> keys.KdfCost:
        """What one guess costs; the same for every slot."""
        return self._file.cost

    def __len__(self) -> int:
        return len(self._file.slots)

    def slot_id(self, user_name: str) -> str:
        """The slot a user name stands for: case, width and spacing of the name do not matter."""
        # cleaned as the account's name is: an invisible mark must not hide a slot from its removal
        folded = " ".join(unicodedata.normalize("NFKC", clean(user_name)).casefold().split())
        named = b"fvm/slot/1\0" + bytes.fromhex(self.store) + folded.encode("utf-8", "surrogatepass")
        return hashlib.sha256(named).hexdigest()[:16]

    def has(self, user_name: str) -> bool:
        """Whether a user has a slot: for an administrator who is already in, never for the sign-in page."""
        return self._find(self.slot_id(user_name)) is not None

    def add(self, user_name: str, passphrase: str, secret: bytes, stick_key: bytes | None = None) -> None:
        """A slot for a new user around the 64-byte ``secret``. Raises ``Refusal("slot.exists")``."""
        if self.has(user_name):
            raise Refusal("slot.exists")
        self._write((*self._file.slots, self._made(user_name, passphrase, secret, stick_key)))

    def open(self, user_name: str, passphrase: str, stick_key: bytes | None = None) -> bytes:
        """The 64-byte secret. Raises ``Fault("slot.wrong")``.

        Alike for an unknown user, a wrong passphrase or stick key, an edited slot and an edited cost: the same work
        is done for each.
        """
        slot_id = self.slot_id(user_name)
        slot = self._find(slot_id) or self._nobody(slot_id)
        kek = keys.stretch(passphrase, slot.salt, self.cost, stick_key)
        return keys.unwrap(kek, slot.ct, self._bound(slot_id))

    def change(
        self,
        user_name: str,
        passphrase: str,
        new_passphrase: str,
        stick_key: bytes | None = None,
        new_stick_key: bytes | None = None,
    ) -> None:
        """Another passphrase for a user's slot. The old one opens neither generation any more.

        Raises ``Fault("slot.wrong")`` as :meth:`open`.
        """
        secret = self.open(user_name, passphrase, stick_key)
        made = self._made(user_name, new_passphrase, secret, new_stick_key)
        self._write(tuple(made if slot.id == made.id else slot for slot in self._file.slots), forget=True)

    def remove(self, user_name: str) -> None:
        """Take a user's slot away, from both generations. Raises ``Refusal("slot.unknown")``."""
        slot_id = self.slot_id(user_name)
        if self._find(slot_id) is None:
            raise Refusal("slot.unknown")
        self._write(tuple(slot for slot in self._file.slots if slot.id != slot_id), forget=True)

    def set_recovery(self, recipient: str, data_key: bytes) -> None:
        """Seal the store's data key (32 bytes) to the centre's recovery officers. Raises ``Fault("key.malformed")``."""
        sealed = io.BytesIO()
        keys.age_encrypt(io.BytesIO(data_key), sealed, [recipient])
        self._write(self._file.slots, sealed.getvalue())

    @property
    def recovery(self) -> bytes:
        """The recovery slot, an age file; empty while none was set. It goes into every backup."""
        return self._file.recovery

    def _made(self, user_name: str, passphrase: str, secret: bytes, stick_key: bytes | None) -> Slot:
        if len(secret) != SECRET_SIZE:
            raise ValueError("a slot's secret is 64 bytes")
        slot_id, salt = self.slot_id(user_name), secrets.token_bytes(16)
        kek = keys.stretch(passphrase, salt, self.cost, stick_key)
        return Slot(slot_id, salt, keys.wrap(kek, secret, self._bound(slot_id)))

    def _bound(self, slot_id: str) -> bytes:
        # what the wrapped secret belongs to: another slot, store or cost makes it fail
        cost = msgspec.to_builtins(self.cost)
        return canonical({"v": 1, "id": slot_id, "store": self.store, "cost": cost})

    def _find(self, slot_id: str) -> Slot | None:
        return next((slot for slot in self._file.slots if slot.id == slot_id), None)

    def _nobody(self, slot_id: str) -> Slot:
        return Slot(slot_id, hashlib.sha256(slot_id.encode()).digest()[:16], bytes(_WRAPPED_SIZE))

    def _write(self, slots: tuple[Slot, ...], recovery: bytes | None = None, *, forget: bool = False) -> None:
        before = _written(self._file)
        recovery = self._file.recovery if recovery is None else recovery
        self._file = msgspec.structs.replace(self._file, slots=slots, recovery=recovery)
        now = _written(self._file)
        # a removed slot or an old passphrase must not live on in the generation kept for accidents
        replace_file(_previous(self.path), now if forget else before)
        replace_file(self.path, now)


def open_recovery(recovery: bytes, key: keys.ReceiveKey) -> bytes:
    """The data key of a recovery slot. Raises ``Fault("age.not_for_us")`` and ``Fault("age.damaged")``."""
    opened = io.BytesIO()
    keys.age_decrypt(io.BytesIO(recovery), opened, key)
    return opened.getvalue()


def _previous(path: Path) -> Path:
    return path.with_name(path.name + ".previous")


def _read(path: Path) -> _SlotFile:
    # a missing or damaged file falls back to the generation before it; a file that asks for a foreign cost never does
    try:
        found = _parsed(path)
    except (Fault, FileNotFoundError):
        if not _previous(path).exists():
            raise
        found = _parsed(_previous(path))
    keys.check_cost(found.cost)
    return found


def _parsed(path: Path) -> _SlotFile:
    with path.open("rb") as file:
        data = file.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise Fault("slot.damaged")
    try:
        found = msgspec.convert(read_strict(data, "slot.damaged"), _SlotFile)
    except msgspec.ValidationError:
        raise Fault("slot.damaged") from None
    ids = {slot.id for slot in found.slots}
    sound = all(len(slot.salt) == 16 and len(slot.ct) == _WRAPPED_SIZE for slot in found.slots)
    if found.v != 1 or len(ids) != len(found.slots) or not sound or not _is_hex16(found.store):
        raise Fault("slot.damaged")
    return found


def _is_hex16(text: str) -> bool:
    return len(text) == 16 and all(sign in "0123456789abcdef" for sign in text)


def _written(file: _SlotFile) -> bytes:
    return canonical(msgspec.to_builtins(file))
