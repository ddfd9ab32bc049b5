"""Paid twice, in the window: two payments of one voucher stand side by side until a supervisor has settled them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.assistance.vouchers import doubles
from helpdesk.assistance.vouchers.checks import Verdict
from helpdesk.assistance.vouchers.settled import OUTCOME
from helpdesk.core.errors import Refusal
from helpdesk.exchange.exceptions import exceptions
from helpdesk.exchange.taking_in import make_ready, take_in
from helpdesk.opening import Desk
from tests.assistance.test_doubles import id_of, payment, voucher
from tests.programme import Programme
from tests.ui.conftest import named
from tests.ui.page_contract import PageContract
from tests.ui.real_desk import Fingers, around_of, asked, settled, shown, work_at
from tests.ui.test_family_journeys import both, went
from ui.pages.check import Check
from ui.pages.doubles import Doubles
from ui.plan import PLACES
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.work import Work

__all__ = ["both"]

FOUND = "The family brought it back."


def pay_twice(desk: Desk, payer: str = "payer 0") -> None:
    """One voucher, paid at two pay points."""
    with desk.store.write() as connection:
        items = [voucher(1), payment(11, 1, user=payer), payment(12, 1, 1)]
        take_in(connection, make_ready(connection.dialect, items, "f" * 64))


@pytest.fixture
def twice(programme: Programme) -> Programme:
    programme.at("one", "supervisor", pay_twice)
    return programme


@pytest.fixture
def work(qtbot: QtBot, twice: Programme) -> Iterator[Work]:
    with work_at(qtbot, twice, "supervisor") as made:
        yield made


@pytest.fixture
def surroundings(work: Work, twice: Programme) -> Callable[..., Surroundings]:
    return lambda look: around_of(work, twice, look, "supervisor")


class TestDoubles(PageContract):
    full = id_of(1)

    def make(self, around: Surroundings) -> Doubles:
        return Doubles(around)


def told(page: QWidget, name: str) -> list[str]:
    return [widget.accessibleName() for widget in named(page, name).findChildren(QWidget) if widget.accessibleName()]


def said_in(piece: QWidget) -> str:
    return "\n".join(str(widget.property("text") or "") for widget in piece.findChildren(QWidget))


def is_typing(page: Doubles) -> bool:
    return page.typing.asking is not None


def test_both_proofs_stand_side_by_side_and_are_settled(qtbot: QtBot, both: Look, twice: Programme) -> None:
    words = both.words
    with work_at(qtbot, twice, "supervisor") as work:
        page = Doubles(around_of(work, twice, both, "supervisor"))
        shown(qtbot, page, id_of(1))
        (case,) = asked(qtbot, page, doubles.double_payments)
        for place, proof in enumerate(case.proofs):
            rows = "\n".join(told(page, f"proof{place}Rows"))
            assert proof.hash in rows.replace(" ", "")
            assert words("not signed") in rows
        left, right = named(page, "proof0"), named(page, "proof1")
        assert left.y() == right.y()
        assert (left.x() < right.x()) is (not both.right_to_left)

        page.act()
        assert is_typing(page)
        page.act()
        assert named(page, "stripSentence").text() == words("Still to ask: {what}.", what=words("What it was"))
        fingers = Fingers(page)
        fingers.digits("2")
        named(page, "doubleRecovered").setFocus()
        fingers.digits("700000")
        fingers.name(FOUND, enter=False)
        page.act()
        settled(qtbot, page)
        assert is_typing(page), "more than was paid too much does not come back"
        assert words.sentence(Refusal("double.amount", most=600_000)) in said_in(named(page, "settleDouble"))
        recovered = named(page, "doubleRecovered")
        assert isinstance(recovered, QLineEdit)
        recovered.setFocus()
        recovered.selectAll()
        fingers.digits("250000", enter=False)
        page.act()
        settled(qtbot, page)
        assert not is_typing(page)
        assert page.main_action() is None
        (done,) = asked(qtbot, page, doubles.double_payments)
        assert done.settled is not None
        assert (done.settled.outcome, done.settled.recovered, done.settled.note) == (tuple(OUTCOME)[1], 250_000, FOUND)
        assert any(FOUND in line for line in told(page, "doubleCase"))
        page.print_pressed()
        assert went(page)[-1][0] == "paper"


def test_whoever_paid_is_told_beforehand(qtbot: QtBot, look: Look, programme: Programme) -> None:
    own = programme.at("one", "supervisor", lambda desk: desk.user.id)
    programme.at("one", "supervisor", lambda desk: pay_twice(desk, own))
    with work_at(qtbot, programme, "supervisor") as work:
        page = Doubles(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page)
        action = page.main_action()
        assert action is not None
        assert action.missing == look.words.sentence(Refusal("double.own"))
        Fingers(page).key(Qt.Key.Key_Return)
        assert not is_typing(page)


def test_a_desk_where_nothing_was_paid_twice(qtbot: QtBot, look: Look, programme: Programme) -> None:
    with work_at(qtbot, programme, "supervisor") as work:
        page = Doubles(around_of(work, programme, look, "supervisor"))
        shown(qtbot, page)
        assert named(page, "doublesTold").text() == look.words("No payment was made twice.")
        assert not page.table.isVisibleTo(page)
        assert page.main_action() is None
        page.print_pressed()
        assert went(page) == []


def test_the_check_page_and_the_page_of_the_day_lead_here(qtbot: QtBot, look: Look, twice: Programme) -> None:
    (waiting,) = (
        one for one in twice.at("one", "supervisor", lambda desk: desk.ask(exceptions)) if "double" in one.code
    )
    assert (waiting.count, waiting.page, waiting.subject) == (1, Doubles.name, "")
    assert Doubles.name in {place.name for place in PLACES}
    seen = Verdict("PAID", None, number=f"{1:011d}", voucher=id_of(1), paid_twice=True)
    for name, leads in (("supervisor", True), ("clerk", False)):
        with work_at(qtbot, twice, name) as work:
            page = Check(around_of(work, twice, look, name))
            shown(qtbot, page)
            page._say_voucher(seen)
            settled(qtbot, page)
            acts = [one for one in page.findChildren(QPushButton) if one.text() == look.words("Paid twice")]
            assert bool(acts) is leads
            for one in acts:
                one.click()
            assert (went(page)[-1:] == [("doubles", id_of(1))]) is leads
