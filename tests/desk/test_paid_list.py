"""The paid list: never a false no, seldom a false yes, small enough, one spelling; damage is refused by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.desk import paid_list
from helpdesk.desk.bundle import PaidList
from helpdesk.desk.paid_list import Paid, PaidAnswer, already_paid, build, install, on_list
from helpdesk.opening import Desk

DAY = date(2026, 11, 21)
SALT = bytes(range(16))
MANY = 300_000
NUMBERS = st.from_regex(r"[0-9]{10}", fullmatch=True)
PAIRS = st.sets(st.tuples(NUMBERS, st.sampled_from(["DEP", "RIN", "TRN", "CFW"])), max_size=1500)


def installed(desk: Desk, told: PaidList | None, pages: Iterable[bytes]) -> Desk:
    """The desk after a bundle with this list."""
    with desk.store.write() as connection:
        install(connection, told, tuple(pages))
    assert desk.bundle is not None
    desk.bundle = msgspec.structs.replace(desk.bundle, paid=told)
    return desk


@pytest.fixture
def desk(desk_as: Callable[..., Desk]) -> Desk:
    return desk_as("clerk")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(pairs=PAIRS, salt=st.binary(min_size=16, max_size=16))
def test_what_was_paid_is_always_found(desk: Desk, pairs: set[Paid], salt: bytes) -> None:
    installed(desk, *build(pairs, DAY, salt))
    assert desk.ask(on_list, sorted(pairs)) == pairs
    for number, grant in sorted(pairs)[:5]:
        assert desk.ask(already_paid, number, grant) == PaidAnswer(True, DAY)


def test_an_empty_list_knows_nothing_and_has_its_day(desk: Desk) -> None:
    installed(desk, *build([], DAY))
    assert desk.ask(already_paid, "1234567890", "DEP") == PaidAnswer(False, DAY)


def test_without_a_list_nothing_is_said(desk: Desk) -> None:
    installed(desk, *build([("1234567890", "DEP")], DAY))
    installed(desk, None, ())
    assert desk.ask(already_paid, "1234567890", "DEP") == PaidAnswer(False, None)


@pytest.fixture(scope="module")
def large() -> tuple[PaidList, tuple[bytes, ...]]:
    """300,000 payments, always the same."""
    return build(((f"{n:010d}", "DEP") for n in range(MANY)), DAY, SALT)


def test_three_hundred_thousand_payments_take_less_than_a_megabyte(large: tuple[PaidList, tuple[bytes, ...]]) -> None:
    told, pages = large
    in_bundle = sum(-(-len(page) // 3) * 4 + 3 for page in pages) + len(msgspec.json.encode(told))
    assert in_bundle < 700_000


def test_at_most_one_question_in_a_thousand_errs(desk: Desk, large: tuple[PaidList, tuple[bytes, ...]]) -> None:
    installed(desk, *large)
    asked = [(f"{n:010d}", "RIN") for n in range(200_000)]
    assert len(desk.ask(on_list, asked)) <= 200  # 0.1 %; about 98 are to be expected
    sample = [(f"{n:010d}", "DEP") for n in range(0, MANY, 7)]
    assert desk.ask(on_list, sample) == set(sample)


def test_the_salt_makes_every_list_another(large: tuple[PaidList, tuple[bytes, ...]]) -> None:
    pairs = [(f"{n:010d}", "DEP") for n in range(100)]
    assert build(pairs, DAY)[1] != build(pairs, DAY)[1]
    assert build(pairs, DAY, SALT) == build(reversed(pairs), DAY, SALT) == build([*pairs, *pairs], DAY, SALT)


def test_no_page_holds_what_it_was_made_of() -> None:
    _, pages = build([("1234567890", "DEP")], DAY, SALT)
    assert b"1234567890" not in b"".join(pages)
    assert b"DEP" not in b"".join(pages)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_damage_is_refused_and_the_list_before_it_stays(desk: Desk, data: st.DataObject) -> None:
    good = build([(f"{n:010d}", "DEP") for n in range(700)], DAY, SALT)
    installed(desk, *good)
    told, pages = build([(f"{n:010d}", "RIN") for n in range(700)], DAY, SALT)
    page, bit = data.draw(st.integers(0, len(pages) - 1)), data.draw(st.integers(0, 7))
    broken = bytearray(pages[page])
    broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << bit
    with pytest.raises(Fault, match=r"paid\.damaged"), desk.store.write() as connection:
        install(connection, told, (*pages[:page], bytes(broken), *pages[page + 1 :]))
    assert desk.ask(already_paid, "0000000001", "DEP").maybe


@pytest.mark.parametrize(
    "page",
    [b"", b"\x00", b"\x00\x01", b"\x00\x01\xff\xff", b"\x00\x00\x00", b"\x00\x01\x00\x01", b"\xff\xff" + bytes(64)],
    ids=["nothing", "half a count", "no gap", "endless ones", "more than told", "ones in the rest", "too few"],
)
def test_a_page_nobody_wrote_is_damage_even_with_itsdigest_of(desk: Desk, page: bytes) -> None:
    told, _ = build([("1234567890", "DEP")], DAY, SALT)
    forged = msgspec.structs.replace(told, digest=paid_list.digest_of([page]))
    with pytest.raises(Fault, match=r"paid\.damaged"), desk.store.write() as connection:
        install(connection, forged, (page,))


@pytest.mark.parametrize(
    "changes",
    [
        {"salt": "00"},
        {"salt": "zz" * 16},
        {"pages": 0},
        {"pages": 2},
        {"pages": 1 << 40},
        {"span": 0},
        {"span": 1 << 60},
        {"digest": "0" * 64},
        {"day": 1 << 50},
    ],
    ids=str,
)
def test_what_the_bundle_says_of_the_list_must_fit(desk: Desk, changes: dict[str, int | str]) -> None:
    told, pages = build([("1234567890", "DEP")], DAY, SALT)
    with pytest.raises(Fault, match=r"paid\.damaged"), desk.store.write() as connection:
        install(connection, msgspec.structs.replace(told, **changes), pages)
