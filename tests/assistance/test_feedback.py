"""Feedback: numbers, rules, answers and appeals, boxes opened by two, messages sorted by hand, and how desks meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from helpdesk.assistance.feedback import boxes, commands, messages, numbers, queries
from helpdesk.assistance.feedback.codes import CLOSED_TYPE, DUE_DAYS, STATUS, TYPE
from helpdesk.assistance.feedback.documents import FeedbackEntry, Message, SealedFeedback
from helpdesk.assistance.feedback.kinds import later_status
from helpdesk.assistance.feedback.tables import MessageRow
from helpdesk.core.errors import Refusal
from helpdesk.opening import Desk
from tests.journey.crossing import cross
from tests.programme import Programme

SignIn = Callable[..., Desk]
DAY = date(2026, 11, 21)
SEALED = SealedFeedback("X1", "He asked for half of it", "1234567890", "through my sister", "Desk one")


def entry(**changes: Any) -> FeedbackEntry:
    fields: dict[str, Any] = {
        "channel": "DESK", "side": "DIS", "type": "R", "received_on": DAY, "text": "A tent that does not leak",
    }  # fmt: skip
    return FeedbackEntry(**{**fields, **changes})


def sealed_entry(sealed: SealedFeedback = SEALED, **changes: Any) -> FeedbackEntry:
    return entry(**{"type": "", "text": "", "sealed": sealed, **changes})


def message(source: str = "a" * 64, **changes: Any) -> Message:
    fields: dict[str, Any] = {"received_on": DAY, "channel": "SMS", "text": "When does the bus go?", "language": "ar"}
    return Message(source, **{**fields, **changes})


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


# --- numbers ---


@given(st.text(alphabet="0123456789", min_size=10, max_size=10), st.integers(0, 11), st.integers(1, 9))
def test_a_misread_digit_is_no_number(body: str, place: int, more: int) -> None:
    number = numbers.with_check(body)
    assert numbers.read(numbers.shown(number)) == number
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(Refusal):
        numbers.read(wrong)


def test_numbers_are_read_in_any_digits() -> None:
    number = numbers.draw()
    assert numbers.read("".join(chr(0x660 + int(digit)) for digit in number)) == number
    assert len(set(numbers.draw_many(200))) == 200


# --- what is taken down ---


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "FAX"}, "form.code"),
        ({"type": "Z"}, "form.code"),
        ({"type": "X1"}, "feedback.seal_only"),
        ({"sector": "Z"}, "form.code"),
        ({"disability": "perhaps"}, "form.code"),
        ({"language": "xx"}, "form.code"),
        ({"text": " \u200f"}, "feedback.text"),
        ({"text": "x" * 4001}, "text.too_long"),
        ({"received_on": DAY + timedelta(1)}, "feedback.future"),
        ({"number": "123"}, "feedback.number"),
        ({"phone": "12"}, "phone.form"),
        ({"household": "nobody"}, "household.unknown"),
        ({"source": "b" * 64}, "feedback.message_gone"),
        ({"opening": "nothing", "channel": "BOX"}, "feedback.box_first"),
        ({"sealed": SEALED}, "feedback.seal_only"),
        ({"sealed": SEALED, "type": "", "text": "", "sector": "STAFF"}, "feedback.seal_only"),
        ({"sealed": SEALED, "type": "", "text": "", "phone": "07000000000"}, "feedback.seal_only"),
        ({"sealed": SealedFeedback("Q", "x"), "type": "", "text": ""}, "form.code"),
        ({"sealed": SealedFeedback("X4"), "type": "", "text": ""}, "feedback.text"),
        ({"sealed": SealedFeedback("X1", "x" * 2500), "type": "", "text": ""}, "sealed.too_long"),
        ({"sealed": SealedFeedback("X2", "what happened"), "type": "", "text": ""}, "feedback.no_detail"),
        ({"sealed": SealedFeedback("X2", contact="her"), "type": "", "text": ""}, "feedback.no_detail"),
        ({"sealed": SealedFeedback("X2", household_number="1"), "type": "", "text": ""}, "feedback.no_detail"),
    ],
)
def test_what_is_refused(desk_as: SignIn, changes: dict[str, Any], code: str) -> None:
    desk = desk_as("clerk")
    assert refused(desk, commands.record, entry(**changes)) == code
    assert desk.ask(queries.ids, "all") == []


@pytest.mark.parametrize("type_", list(TYPE))
def test_each_type_is_due_on_its_day(desk_as: SignIn, type_: str) -> None:
    desk = desk_as("clerk")
    taken = desk.do(commands.record, entry(type=type_))
    line = desk.ask(queries.lines, [taken.id])[taken.id]
    assert line.due == DAY + timedelta(DUE_DAYS[type_])
    assert not taken.sealed


def test_a_number_is_used_once(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    number = numbers.draw()
    assert desk.do(commands.record, entry(number=numbers.shown(number))).number == number
    assert refused(desk, commands.record, sealed_entry(number=number)) == "feedback.number_used"


def test_a_family_that_gave_its_name_finds_its_feedback(programme: Programme) -> None:
    household = programme.register()
    with programme.open() as desk:
        taken = desk.do(commands.record, entry(household=household))
        ((record, found),) = desk.ask(queries.of_household, household)
        assert (record, found.anonymous) == (taken.id, False)
        assert desk.ask(queries.by_number, numbers.shown(taken.number)) == taken.id


# --- answering ---


def test_from_new_to_closed_and_back_by_an_appeal(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("clerk")
    taken = desk.do(commands.record, entry())
    assert refused(desk, commands.close, taken.id) == "feedback.not_answered"
    assert refused(desk, commands.appeal, taken.id, "") == "feedback.not_answered"
    assert refused(desk, commands.assign, taken.id, "nobody") == "feedback.user"
    desk.do(commands.assign, taken.id, desk.user.id)
    desk.do(commands.assign, taken.id, None, "Shelter cluster")
    assert desk.ask(queries.one, taken.id).status == "REFERRED"
    assert refused(desk, commands.answer, taken.id, " ", True) == "feedback.answer_text"
    desk.do(commands.answer, taken.id, "A tent comes on Sunday", False)
    assert refused(desk, commands.answer, taken.id, "Again", False) == "feedback.finished"
    assert desk.ask(queries.waiting) == queries.Waiting(0, 0)
    desk.do(commands.tell, taken.id)
    desk.do(commands.close, taken.id)
    programme.clock.move(days=3)
    desk.do(commands.appeal, taken.id, "It did not come")
    appealed = desk.ask(queries.one, taken.id)
    assert (appealed.status, appealed.due) == ("APPEALED", DAY + timedelta(3 + DUE_DAYS["R"]))
    assert refused(desk, commands.answer, taken.id, "Patience", True) == "feedback.supervisor"
    desk.close()
    with programme.open("one", "supervisor") as desk:
        desk.do(commands.assign, taken.id, desk.user.id)
        assert desk.ask(queries.one, taken.id).status == "APPEALED"
        desk.do(commands.answer, taken.id, "It is here", True)
        assert desk.ask(queries.one, taken.id).status == "ANSWERED"


def test_a_serious_complaint_is_a_supervisors_to_answer(programme: Programme) -> None:
    with programme.open() as desk:
        taken = desk.do(commands.record, entry(type="C2"))
        assert refused(desk, commands.answer, taken.id, "No", True) == "feedback.supervisor"
    with programme.open("one", "supervisor") as desk:
        desk.do(commands.answer, taken.id, "You are on the list again", True)


def test_lists_and_counts(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("clerk")
    late = desk.do(commands.record, entry(type="Q"))
    later = desk.do(commands.record, entry(type="R"))
    secret = desk.do(commands.record, sealed_entry())
    programme.clock.move(days=5)
    fresh = desk.do(commands.record, entry(type="T", received_on=DAY + timedelta(5)))
    assert desk.ask(queries.ids, "waiting") == [late.id, later.id, fresh.id]
    assert desk.ask(queries.ids, "late") == [late.id]
    assert set(desk.ask(queries.ids, "all")) == {late.id, later.id, fresh.id, secret.id}
    assert desk.ask(queries.waiting) == queries.Waiting(3, 1)
    assert desk.ask(queries.lines, [late.id])[late.id].late == 2
    assert desk.ask(queries.lines, [secret.id])[secret.id].late == 0
    desk.do(commands.answer, late.id, "Tomorrow", True)
    found = {one.type: one for one in desk.ask(queries.counts, DAY, DAY + timedelta(5))}
    assert (found["Q"].received, found["Q"].answered, found["Q"].days_to_answer) == (1, 1, 5)
    assert (found[CLOSED_TYPE].received, found[CLOSED_TYPE].answered) == (1, 0)
    assert desk.ask(queries.counts, DAY + timedelta(6), DAY + timedelta(9)) == ()


# --- boxes ---


def test_a_box_is_opened_by_two(programme: Programme) -> None:
    with programme.open() as desk:
        assert refused(desk, boxes.open_box, " ", 1) == "feedback.box_place"
        assert refused(desk, boxes.open_box, "At the gate", 501) == "feedback.box_papers"
        opening = desk.do(boxes.open_box, "At the gate", 2)
        paper = entry(channel="BOX", opening=opening)
        assert refused(desk, commands.record, paper) == "feedback.box_first"
        assert refused(desk, boxes.confirm_box, opening, 2) == "feedback.box_second"
    with programme.open("one", "other") as desk:
        assert refused(desk, boxes.confirm_box, opening, 3) == "feedback.box_count"
        desk.do(boxes.confirm_box, opening, 2)
        assert refused(desk, boxes.confirm_box, opening, 2) == "feedback.box_unknown"
        assert refused(desk, commands.record, entry(opening=opening)) == "feedback.box_first"
        desk.do(commands.record, paper)
        # a sealed paper is a paper of the box like any other
        desk.do(commands.record, sealed_entry(channel="BOX", opening=opening))
        assert refused(desk, commands.record, paper) == "feedback.box_full"
        (box,) = desk.ask(boxes.boxes)
        assert (box.typed, box.opening.papers) == (2, 2)


# --- messages of files ---


def test_messages_wait_once_until_somebody_sorts_them(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    first, second, third = message("a" * 64), message("b" * 64, received_on=DAY - timedelta(2)), message("c" * 64)
    assert desk.do(messages.load, (first, second, first)) == messages.Loaded(2, 1)
    assert desk.do(messages.load, (first, second, third)) == messages.Loaded(1, 2)
    assert desk.ask(messages.waiting) == ("b" * 64, "a" * 64, "c" * 64)
    assert desk.ask(messages.message, "a" * 64) == first
    assert desk.ask(queries.ids, "all") == []
    desk.do(commands.record, entry(channel="SMS", source="a" * 64, text=first.text))
    desk.do(commands.record, sealed_entry(channel="SMS", source="b" * 64))
    desk.do(messages.discard, "c" * 64)
    assert desk.ask(messages.waiting) == ()
    assert desk.do(messages.load, (first, second, third)) == messages.Loaded(0, 3)
    for source in ("a" * 64, "b" * 64, "c" * 64):
        assert refused(desk, messages.discard, source) == "feedback.message_gone"
    with desk.store.read() as connection:
        assert {(row.text, row.phone, row.language) for row in connection.execute(select(MessageRow))} == {("", "", "")}


def test_a_message_that_another_desk_took_down_waits_no_longer(programme: Programme) -> None:
    with programme.open() as desk:
        desk.do(messages.load, (message(),))
        desk.do(commands.record, entry(channel="SMS", source="a" * 64))
    with programme.open("two") as desk:
        desk.do(messages.load, (message(),))
        assert desk.ask(messages.waiting) == ("a" * 64,)
    cross(programme, "one", "two")
    with programme.open("two") as desk:
        assert desk.ask(messages.waiting) == ()
        assert refused(desk, commands.record, entry(channel="SMS", source="a" * 64)) == "feedback.message_gone"
        assert desk.do(messages.load, (message(),)).new == 0


# --- two desks meet ---


@given(st.lists(st.sampled_from(list(STATUS)), min_size=1, max_size=5), st.randoms())
def test_states_meet_the_same_in_any_order_and_an_appeal_stays(states: list[str], random: Any) -> None:
    shuffled = list(states)
    random.shuffle(shuffled)

    def met(order: list[str]) -> str:
        result = order[0]
        for state in order[1:]:
            result = later_status(result, state)
        return result

    assert met(states) == met(shuffled)
    assert met([*states, *shuffled]) == met(states)
    assert ("APPEALED" in states) == (met(states) == "APPEALED")


def test_an_appeal_at_one_desk_survives_the_closing_at_another(programme: Programme) -> None:
    with programme.open() as desk:
        taken = desk.do(commands.record, entry())
        desk.do(commands.answer, taken.id, "On Sunday", True)
    cross(programme, "one", "two")
    with programme.open("two") as desk:
        desk.do(commands.appeal, taken.id, "It did not come")
    with programme.open() as desk:
        desk.do(commands.close, taken.id)
    cross(programme, "two", "one")
    with programme.open() as desk:
        found = desk.ask(queries.one, taken.id)
        assert (found.status, found.appeal, found.answer) == ("APPEALED", "It did not come", "On Sunday")
        assert desk.ask(queries.ids, "waiting") == [taken.id]


def test_the_record_says_what_the_entry_said(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    told = {"sector": "SHEL", "sex": "F", "age": "18-59", "disability": "Y", "language": "ckb", "phone": "07701234567"}
    taken = desk.do(commands.record, entry(**told))
    found = msgspec.to_builtins(desk.ask(queries.one, taken.id))
    assert {name: found[name] for name in told} == {**told, "phone": "+9647701234567"}
