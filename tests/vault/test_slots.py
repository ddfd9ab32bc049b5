"""The unlock file: who gets in, what an attacker with the file can change, what survives an accident."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.canonical import canonical
from helpdesk.core.errors import Fault, Refusal
from helpdesk.vault import keys
from helpdesk.vault.slots import Slots, open_recovery

CHEAP = keys.FLOOR
SECRET = bytes(range(64))


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    made = Slots.create(tmp_path / "slots.json", CHEAP)
    made.add("Zainab", "five words of her own", SECRET)
    made.add("Karwan", "five words of his own", SECRET[::-1], stick_key=b"k" * 64)
    return made


def test_each_user_opens_the_own_slot_also_after_a_restart(slots: Slots) -> None:
    again = Slots(slots.path)
    assert again.open("Zainab", "five words of her own") == SECRET
    assert again.open("  zainab ", "five words of her own") == SECRET
    assert again.open("Karwan", "five words of his own", b"k" * 64) == SECRET[::-1]
    assert (again.store, again.cost, len(again)) == (slots.store, CHEAP, 2)


@pytest.mark.parametrize(
    ("name", "passphrase", "stick"),
    [
        ("Zainab", "five words of his own", None),
        ("Zainab", "", None),
        ("Zainab", "five words of her own", b"k" * 64),
        ("Karwan", "five words of his own", None),
        ("Karwan", "five words of his own", b"j" * 64),
        ("Nobody", "five words of her own", None),
        ("", "", None),
    ],
)
def test_whatever_is_wrong_is_wrong_in_the_same_way(
    slots: Slots, name: str, passphrase: str, stick: bytes | None
) -> None:
    with pytest.raises(Fault) as fault:
        slots.open(name, passphrase, stick)
    assert (fault.value.code, fault.value.values) == ("slot.wrong", {})


def test_an_unknown_user_costs_as_much_work_as_a_wrong_passphrase(
    slots: Slots, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, int, keys.KdfCost]] = []
    stretch, unwrap = keys.stretch, keys.unwrap

    def counted_stretch(passphrase: str, salt: bytes, cost: keys.KdfCost, stick_key: bytes | None = None) -> bytes:
        done.append(("stretch", len(salt), cost))
        return stretch(passphrase, salt, cost, stick_key)

    def counted_unwrap(kek: bytes, wrapped: bytes, bound: bytes) -> bytes:
        done.append(("unwrap", len(wrapped), slots.cost))
        return unwrap(kek, wrapped, bound)

    monkeypatch.setattr(keys, "stretch", counted_stretch)
    monkeypatch.setattr(keys, "unwrap", counted_unwrap)
    for name in ("Zainab", "Nobody"):
        with pytest.raises(Fault):
            slots.open(name, "wrong")
    assert done[:2] == done[2:]


def test_no_name_stands_in_the_file(slots: Slots) -> None:
    text = slots.path.read_bytes()
    assert b"zainab" not in text.lower()
    assert b"karwan" not in text.lower()
    assert SECRET[:16] not in text


def test_a_passphrase_is_changed_and_the_old_one_opens_no_generation(slots: Slots) -> None:
    slots.change("Zainab", "five words of her own", "five other words", new_stick_key=b"s")
    for path in (slots.path, slots.path.with_name("slots.json.previous")):
        kept = Slots(path)
        assert kept.open("Zainab", "five other words", b"s") == SECRET
        with pytest.raises(Fault, match=r"^slot\.wrong$"):
            kept.open("Zainab", "five words of her own")
    with pytest.raises(Fault, match=r"^slot\.wrong$"):
        slots.change("Zainab", "five words of her own", "x")


def test_a_removed_slot_is_in_neither_generation(slots: Slots) -> None:
    slots.remove("zainab")
    for path in (slots.path, slots.path.with_name("slots.json.previous")):
        with pytest.raises(Fault, match=r"^slot\.wrong$"):
            Slots(path).open("Zainab", "five words of her own")
    with pytest.raises(Refusal, match=r"^slot\.unknown$"):
        slots.remove("zainab")
    assert not slots.has("Zainab")


def test_a_user_has_one_slot(slots: Slots) -> None:
    with pytest.raises(Refusal, match=r"^slot\.exists$"):
        slots.add("ZAINAB", "other", SECRET)
    with pytest.raises(ValueError, match="64"):
        slots.add("Third", "other", b"short")


def test_the_recovery_officers_open_the_data_key(slots: Slots) -> None:
    officer = keys.ReceiveKey.generate()
    slots.set_recovery(officer.recipient, SECRET[:32])
    assert open_recovery(Slots(slots.path).recovery, officer) == SECRET[:32]
    assert slots.open("Zainab", "five words of her own") == SECRET
    with pytest.raises(Fault, match=r"^age\.not_for_us$"):
        open_recovery(slots.recovery, keys.ReceiveKey.generate())


def _edited(slots: Slots, change: Any) -> Path:
    value = json.loads(slots.path.read_bytes())
    change(value)
    path = slots.path.with_name("edited.json")
    path.write_bytes(json.dumps(value).encode())
    return path


def test_a_lowered_cost_a_foreign_store_and_a_swapped_slot_open_nothing(slots: Slots) -> None:
    def dearer(value: Any) -> None:
        value["cost"]["passes"] = 2

    def other_store(value: Any) -> None:
        value["store"] = "0" * 16

    def swapped(value: Any) -> None:
        one, two = value["slots"]
        one["ct"], two["ct"] = two["ct"], one["ct"]
        one["salt"], two["salt"] = two["salt"], one["salt"]

    for change in (dearer, other_store, swapped):
        with pytest.raises(Fault, match=r"^slot\.wrong$"):
            Slots(_edited(slots, change)).open("Zainab", "five words of her own")


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 64 << 20, "passes": 3, "lanes": 2},
        {"memory_kib": 19 << 10, "passes": 2, "lanes": 1},
        {"memory_kib": 64 << 10, "passes": 1 << 40, "lanes": 1},
        {"memory_kib": -1, "passes": 1, "lanes": 1},
    ],
)
def test_a_planted_cost_is_refused_when_the_file_is_read(slots: Slots, cost: dict[str, int]) -> None:
    with pytest.raises(Fault, match=r"^slot\.cost$"):
        Slots(_edited(slots, lambda value: value.update(cost=cost)))
    with pytest.raises(Fault, match=r"^slot\.cost$"):
        Slots.create(slots.path.with_name("new.json"), keys.KdfCost(**cost))


@given(st.data())
def test_no_flipped_bit_of_a_slot_opens_it(data: st.DataObject) -> None:
    # the file's own parts one by one; the stretching is done once for all, it is not what is tested here
    kek = bytes(32)
    store, slot_id = "ab" * 8, "cd" * 8
    cost = {"memory_kib": 65536, "passes": 1, "lanes": 1}
    bound = canonical({"v": 1, "id": slot_id, "store": store, "cost": cost})
    wrapped = keys.wrap(kek, SECRET, bound)
    bit = data.draw(st.integers(0, 8 * len(wrapped) - 1))
    flipped = bytearray(wrapped)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Fault, match=r"^slot\.wrong$"):
        keys.unwrap(kek, bytes(flipped), bound)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"v":1,"v":1}',
        b"[" * 100_000,
        b"x" * (2 << 20),
        canonical({"v": 2, "store": "0" * 16, "cost": {"memory_kib": 65536, "passes": 1, "lanes": 1}, "slots": []}),
        canonical({"v": 1, "store": "0" * 15, "cost": {"memory_kib": 65536, "passes": 1, "lanes": 1}, "slots": []}),
        canonical(
            {
                "v": 1,
                "store": "0" * 16,
                "cost": {"memory_kib": 65536, "passes": 1, "lanes": 1},
                "slots": [{"id": "0" * 16, "salt": "AA==", "ct": base64.b64encode(bytes(92)).decode()}],
            }
        ),
    ],
)
def test_a_damaged_file_is_a_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "slots.json"
    path.write_bytes(content)
    with pytest.raises(Fault, match=r"^slot\.damaged$"):
        Slots(path)


def test_after_an_accident_the_generation_before_still_opens(slots: Slots) -> None:
    slots.path.write_bytes(b"half of it")
    assert Slots(slots.path).open("Zainab", "five words of her own") == SECRET
    slots.path.unlink()
    again = Slots(slots.path)
    again.add("Third", "more words", SECRET)
    assert Slots(slots.path).open("Third", "more words") == SECRET


def test_a_missing_file_is_missing_and_an_existing_one_is_not_replaced(tmp_path: Path, slots: Slots) -> None:
    with pytest.raises(FileNotFoundError):
        Slots(tmp_path / "other.json")
    with pytest.raises(FileExistsError):
        Slots.create(slots.path, CHEAP)


def test_nothing_half_written_stays_behind(slots: Slots) -> None:
    slots.set_recovery(keys.ReceiveKey.generate().recipient, bytes(32))
    assert sorted(path.name for path in slots.path.parent.iterdir()) == ["slots.json", "slots.json.previous"]
