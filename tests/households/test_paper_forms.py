"""Numbers of paper forms: read back as printed, slips of the pen refused, each form typed in once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import household_number_shown
from helpdesk.households import commands, paper_forms
from helpdesk.opening import Desk
from tests.people import small_form


def test_what_is_printed_is_read() -> None:
    for number in paper_forms.draw(50):
        assert paper_forms.read(paper_forms.shown(number)) == number


def test_digits_of_any_script() -> None:
    (number,) = paper_forms.draw(1)
    arabic = number.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})
    assert paper_forms.read(arabic) == number


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"form\.number"):
        paper_forms.read(typed)


def test_a_changed_digit_is_refused() -> None:
    (number,) = paper_forms.draw(1)
    for place in range(paper_forms.LENGTH):
        spoiled = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        with pytest.raises(Refusal, match=r"form\.number"):
            paper_forms.read(spoiled)


def test_a_form_is_typed_in_once(desk_as: Callable[..., Desk]) -> None:
    desk = desk_as("clerk")
    (number,) = paper_forms.draw(1)
    first = desk.do(commands.register, small_form(desk.clock, paper_form=number))
    with pytest.raises(Refusal) as refused:
        desk.do(commands.register, small_form(desk.clock, paper_form=paper_forms.shown(number)))
    assert refused.value.code == "form.typed_already"
    assert refused.value.values["number"] == household_number_shown(first.number)
