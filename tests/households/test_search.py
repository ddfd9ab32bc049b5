"""One box finds a family by any member in any script, the end of a phone, a number, or a scan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpdesk.households import cards, commands, profiling, queries
from helpdesk.households.documents import Phone
from helpdesk.households.forms import PersonProfile, Profiling
from helpdesk.opening import Desk
from tests.people import head, member, practice_form, small_form
from tests.programme import Programme

AHMED, FATIMA = "\u0623\u062d\u0645\u062f", "\u0641\u0627\u0637\u0645\u0629"
ALI, JABOURI = "\u0639\u0644\u064a", "\u0627\u0644\u062c\u0628\u0648\u0631\u064a"
KURDISH_FATIMA = "\u0641\u0627\u062a\u06cc\u0645\u06d5"


@pytest.fixture
def found_by(programme: Programme) -> Iterator[tuple[Desk, str]]:
    """A desk with ten fictional families and the one that is looked for."""
    form = small_form(
        programme.clock,
        members=(
            head(given=AHMED, father=ALI, family_name=JABOURI, sex="M"),
            member(given=FATIMA, father=AHMED, relation="SPOUSE", birth_date=head().birth_date),
        ),
        phones=(Phone("+9647000123987"),),
    )
    with programme.open("one", "clerk") as desk:
        for index in range(10):
            desk.do(commands.register, practice_form(programme.clock, index))
        desk.do(commands.register, form)
        yield desk, form.household_id


@pytest.mark.parametrize(
    "typed",
    [
        f"{AHMED} {ALI}",
        f"{ALI} {AHMED}",
        AHMED.replace("\u0623", "\u0627") + " " + JABOURI,
        "Ahmed Ali",
        "ahmad jabouri",
        "AHMED  JABURI",
        f"{FATIMA} {AHMED}",
        FATIMA.replace("\u0629", "\u0647") + " " + AHMED,
        f"{KURDISH_FATIMA} {AHMED}",
        "fatima ahmed",
        "3987",
        "123987",
        "\u0661\u0662\u0663\u0669\u0668\u0667",
        "07000123987",
        "+964 700 012 3987",
        "00964 7000123987",
    ],
)
def test_the_family_is_found(found_by: tuple[Desk, str], typed: str) -> None:
    desk, household = found_by
    assert household in [line.id for line in desk.ask(queries.find, typed)]


def test_a_line_names_the_member_who_was_found(found_by: tuple[Desk, str]) -> None:
    desk, household = found_by
    line = next(line for line in desk.ask(queries.find, f"{FATIMA} {AHMED}") if line.id == household)
    assert line.principal.startswith(AHMED)
    assert line.matched.startswith(FATIMA)


def test_numbers_and_scans(found_by: tuple[Desk, str]) -> None:
    desk, household = found_by
    (issued,) = desk.do(cards.issue, (household,), "FIRST")
    for typed in (issued.number, f"{issued.number[:4]}-{issued.number[4:8]}-{issued.number[8:]}", issued.digits):
        assert [line.id for line in desk.ask(queries.find, typed)] == [household]
    assert household in [line.id for line in desk.ask(queries.find, issued.number[:7])]


@pytest.mark.parametrize(
    "typed", ["", "   ", "-", "+", '"', "* OR *", "NEAR(a b)", "9" * 300, "0", "(", "nobody at all"]
)
def test_what_finds_nobody_harms_nobody(found_by: tuple[Desk, str], typed: str) -> None:
    desk, _ = found_by
    desk.ask(queries.find, typed)


def test_mother_and_document_names_find_too(found_by: tuple[Desk, str]) -> None:
    desk, household = found_by
    first = next(iter(desk.ask(queries.family_file, household).persons))
    desk.do(
        profiling.profile, Profiling(household, (PersonProfile(first, mother_name="Zubayda", name_latin="Achmet"),))
    )
    for typed in ("zubayda", "achmet ali"):
        assert household in [line.id for line in desk.ask(queries.find, typed)]


def test_lists_in_every_order(found_by: tuple[Desk, str]) -> None:
    desk, _ = found_by
    for order in queries.ORDERS:
        up = desk.ask(queries.household_ids, order)
        assert len(up) == len(set(up)) == 11
        assert set(desk.ask(queries.household_ids, order, descending=True)) == set(up)
    page = desk.ask(queries.lines, up[:3])
    assert set(page) == set(up[:3])
    assert desk.ask(queries.lists_age) == 0
