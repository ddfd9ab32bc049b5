"""Lessons and problems: nothing leaves unread, and never with a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.journey.engagement import lessons
from helpdesk.opening import Desk
from tests.journey.events import lesson_form
from tests.people import practice_form
from tests.programme import Programme

SignIn = Callable[..., Desk]


def test_a_lesson_is_shared_after_a_supervisor_read_it(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    line = desk.do(lessons.note, lesson_form())
    assert (line.state, line.doubts) == ("WRITTEN", ())
    assert desk.ask(lessons.shareable) == ()
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk.do(lessons.share, line.id)
    desk = desk_as("supervisor")
    desk.do(lessons.share, line.id)
    assert [one.text for one in desk.ask(lessons.shareable)] == [lesson_form().text]
    mended = desk.do(lessons.mend, line.id, "Water came late.")
    assert mended.state == "WRITTEN"
    assert desk.ask(lessons.shareable) == ()


def test_numbers_never_go_out_and_names_only_after_a_second_look(desk_as: SignIn, programme: Programme) -> None:
    programme.register()
    person = practice_form(programme.clock).members[0]
    desk = desk_as("supervisor")
    number = desk.do(lessons.note, lesson_form(text="Ask 07701234567 for the key."))
    name = desk.do(lessons.note, lesson_form(text=f"The well of {person.given_name} {person.father_name} is dry."))
    assert (number.doubts, name.doubts) == (("PHONE",), ("NAME",))
    with pytest.raises(Refusal, match=r"text\.number"):
        desk.do(lessons.share, number.id)
    desk.do(lessons.share, name.id)
    assert [one.id for one in desk.ask(lessons.shareable)] == [name.id]


def test_a_dropped_lesson_is_in_no_list(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    line = desk.do(lessons.note, lesson_form(kind="PROBLEM"))
    assert desk.ask(lessons.lesson_ids) == [line.id]
    desk.do(lessons.drop, line.id)
    assert desk.ask(lessons.lesson_ids) == []
    with pytest.raises(Refusal, match=r"lesson\.unknown"):
        desk.do(lessons.mend, line.id, "x")


def test_what_is_no_lesson(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    for changes in ({"kind": "X"}, {"side": "X"}, {"phase": "X"}, {"topic": "X"}):
        with pytest.raises(Refusal, match=r"form\.code"):
            desk.do(lessons.note, lesson_form(**changes))
    with pytest.raises(Refusal, match=r"text\.empty"):
        desk.do(lessons.note, lesson_form(text=" "))
