"""The order of a sender's files as a pure rule."""

from __future__ import annotations

import pytest

from helpdesk.core.errors import Fault
from helpdesk.exchange.chain import Held, is_known
from helpdesk.exchange.statement import PayloadPart, Statement

ENROLMENT = "e" * 64
HELD = Held({1: "1" * 64, 2: "2" * 64, 4: "4" * 64}, frozenset({ENROLMENT}))


def statement(seq: int, prev: str) -> Statement:
    part = PayloadPart("payload.age", "0" * 64, 1)
    return Statement(
        1, "batch", sender="a" * 16, epoch="b" * 16, seq=seq, prev=prev, to=("c" * 16,), bundle=1, payload=part
    )


@pytest.mark.parametrize(
    ("held", "seq", "prev", "identity"),
    [
        (HELD, 3, "2" * 64, "3" * 64),
        (Held({}, frozenset({ENROLMENT})), 1, ENROLMENT, "1" * 64),
        (Held({}, frozenset({ENROLMENT, "9" * 64})), 1, "9" * 64, "1" * 64),
    ],
)
def test_the_next_file_is_new(held: Held, seq: int, prev: str, identity: str) -> None:
    assert is_known(held, statement(seq, prev), identity) is False


@pytest.mark.parametrize(("seq", "prev"), [(1, ENROLMENT), (2, "1" * 64), (2, "x" * 64), (4, "3" * 64)])
def test_the_very_same_file_is_known(seq: int, prev: str) -> None:
    assert is_known(HELD, statement(seq, prev), HELD.identities[seq]) is True


@pytest.mark.parametrize(
    ("held", "seq", "prev", "code"),
    [
        (HELD, 2, "1" * 64, "fvb.fork"),  # another file under the same number
        (HELD, 3, "1" * 64, "fvb.fork"),  # after another than the one before
        (HELD, 5, "4" * 64, "fvb.gap"),
        (HELD, 9, "2" * 64, "fvb.gap"),
        (Held({}, frozenset({ENROLMENT})), 1, "0" * 64, "fvb.fork"),
        (Held({}, frozenset({ENROLMENT})), 2, ENROLMENT, "fvb.gap"),
    ],
)
def test_everything_else_is_a_fork_or_a_gap(held: Held, seq: int, prev: str, code: str) -> None:
    with pytest.raises(Fault) as fault:
        is_known(held, statement(seq, prev), "5" * 64)
    assert fault.value.code == code


def test_how_far_nothing_is_missing() -> None:
    assert HELD.last == 2


def test_a_waived_file_holds_nothing_up_and_never_comes() -> None:
    held = Held({1: "1" * 64, 5: "5" * 64}, frozenset({ENROLMENT}), frozenset({2, 3}))
    assert held.last == 3
    assert is_known(held, statement(4, "whatever" * 8), "4" * 64) is False
    with pytest.raises(Fault, match=r"batch\.waived"):
        is_known(held, statement(2, "1" * 64), "2" * 64)
    with pytest.raises(Fault, match=r"fvb\.gap"):
        is_known(held, statement(6, "5" * 64), "6" * 64)
    first = Held({}, frozenset({ENROLMENT}), frozenset({1}))
    assert is_known(first, statement(2, "1" * 64), "2" * 64) is False
