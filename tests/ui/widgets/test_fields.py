"""Fields, choices, ticks and the place picker, with real key events in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from helpdesk.core.language import Words
from tests.ui.conftest import type_text
from ui.theme import Look, dress
from ui.widgets.choices import ChoiceRow, TickGroup
from ui.widgets.fields import DateAgeEdit, DigitEdit, Field, MillimetreEdit, NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.place_picker import PlaceFound, PlacePicked, PlacePicker

TODAY = date(2026, 11, 21)


Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Show widgets below each other in one active window."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        top = QWidget()
        kept.append(top)
        column = QVBoxLayout(top)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(top)
        top.show()
        top.activateWindow()
        qtbot.waitUntil(top.isActiveWindow)
        return top

    return show


def test_digits_of_any_script_become_ours(qtbot: QtBot, shown: Show, look: Look) -> None:
    edit = DigitEdit(look, "phone", plus=True)
    shown(edit)
    type_text(edit, "+964 7x7-0")
    assert (edit.text(), edit.value()) == ("+964 77-0", "+964770")


@pytest.mark.parametrize("typed", ["\u0660\u0667\u0667", "\u06f0\u06f7\u06f7", "077"])
def test_digits_are_folded_as_typed(qtbot: QtBot, shown: Show, look: Look, typed: str) -> None:
    edit = DigitEdit(look, "phone")
    shown(edit)
    type_text(edit, typed)
    assert edit.text() == "077"


def test_a_doubt_is_said_below_and_spoken(qtbot: QtBot, shown: Show, look: Look) -> None:
    edit = DigitEdit(look, "number", check=lambda digits: "Too short." if len(digits) < 10 else "")
    field = Field(look, "Number", edit, required=True)
    shown(field)
    type_text(edit, "12")
    assert field.below.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert field.below.text() == "Too short."
    assert edit.accessibleDescription() == "Too short."
    assert edit.property("wrong") == "true"
    assert edit.accessibleName() == "Number (needed)"


def test_names_lose_what_cannot_be_seen(qtbot: QtBot, shown: Show, look: Look) -> None:
    edit = NameEdit(look, "given")
    shown(edit)
    edit.setText("  \u200f\u0623\u062d\u0645\u062f  ")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == edit.value() == "\u0623\u062d\u0645\u062f"


@pytest.mark.parametrize(
    ("typed", "precision", "year"),
    [("34", "est", 1992), ("\u0663\u0664", "est", 1992), ("1991", "year", 1991), ("3.5.1991", "day", 1991)],
)
def test_an_age_a_year_or_a_date(qtbot: QtBot, shown: Show, look: Look, typed: str, precision: str, year: int) -> None:
    edit = DateAgeEdit(look, "born", TODAY)
    field = Field(look, "Born", edit)
    shown(field)
    type_text(edit, typed)
    birth = edit.birth()
    assert birth is not None
    assert birth.precision == precision
    assert abs(birth.day.year - year) <= 1
    assert field.below.text().startswith("born ")


def test_what_is_no_birth_is_said_when_the_field_is_left(qtbot: QtBot, shown: Show, look: Look) -> None:
    edit = DateAgeEdit(look, "born", TODAY)
    field = Field(look, "Born", edit)
    shown(field)
    type_text(edit, "31/2/1990")
    assert edit.birth() is None
    assert field.below.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert field.below.text()
    assert field.below.property("tone") == "careful"


ENTRIES = (("F", "Female"), ("M", "Male"))


def test_a_row_starts_without_an_answer_and_is_chosen_by_digit(qtbot: QtBot, shown: Show, look: Look) -> None:
    row = ChoiceRow(look, "sex", "Sex", ENTRIES)
    shown(row)
    row.setFocus()
    assert row.chosen is None
    with qtbot.waitSignal(row.changed) as changed:
        QTest.keyClick(row.focusProxy(), "2")
    assert changed.args == ["M"] == [row.chosen]
    row.choose(None)
    assert row.chosen is None


@pytest.mark.parametrize(("language", "key"), [("en", Qt.Key.Key_Right), ("ar", Qt.Key.Key_Left)])
def test_arrows_follow_the_line(shown: Show, qapp: QApplication, language: str, key: Qt.Key) -> None:
    other = Look(Words(language))
    dress(qapp, other)
    row = ChoiceRow(other, "sex", "Sex", ENTRIES)
    shown(row)
    row.button("F").setFocus()
    QTest.keyClick(row.button("F"), key)
    assert row.chosen == "M"


def test_a_row_is_one_stop_for_tab(qtbot: QtBot, shown: Show, look: Look) -> None:
    row, after = ChoiceRow(look, "sex", "Sex", ENTRIES), NameEdit(look, "after")
    top = shown(row, after)
    row.button("F").setFocus()
    QTest.keyClick(row.button("F"), Qt.Key.Key_Tab)
    assert top.focusWidget() is after


def test_ticks_keep_the_order_of_the_form(qtbot: QtBot, shown: Show, look: Look) -> None:
    group = TickGroup(look, "why", "Why", (("A", "a"), ("B", "b"), ("C", "c")))
    shown(group)
    QTest.keyClick(group.button("A"), "3")
    QTest.keyClick(group.button("C"), "1")
    assert group.ticked == ("A", "C")
    QTest.keyClick(group.button("A"), Qt.Key.Key_Space)
    assert group.ticked == ("C",)
    group.tick(("B",))
    assert group.ticked == ("B",)


def _find(typed: str) -> list[PlaceFound]:
    places = [PlaceFound("IQ15", "Mosul", "Ninewa"), PlaceFound("IQ15Q01", "Mosul Camp", "Ninewa")]
    return [place for place in places if place.name.lower().startswith(typed.lower())]


@pytest.fixture
def picker(qtbot: QtBot, shown: Show, look: Look) -> PlacePicker:
    made = PlacePicker(look, "origin", "Where from", _find)
    made.after = NameEdit(look, "after")  # type: ignore[attr-defined]
    shown(made, made.after)  # type: ignore[attr-defined]
    made.line.setFocus()
    return made


def test_a_place_is_picked_by_keys(qtbot: QtBot, picker: PlacePicker) -> None:
    type_text(picker.line, "mos")
    qtbot.waitUntil(picker.list.isVisible)
    assert picker.list.count() == 3
    QTest.keyClick(picker.line, Qt.Key.Key_Down)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == PlacePicked("IQ15Q01")
    assert picker.line.text() == "Mosul Camp"
    assert not picker.list.isVisible()


def test_a_place_not_listed_is_kept_as_told(qtbot: QtBot, picker: PlacePicker) -> None:
    type_text(picker.line, "Tel Afar well")
    qtbot.waitUntil(picker.list.isVisible)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.value() == PlacePicked(words="Tel Afar well")


def test_leaving_keeps_what_was_typed(qtbot: QtBot, picker: PlacePicker) -> None:
    type_text(picker.line, "mos")
    QTest.keyClick(picker.line, Qt.Key.Key_Tab)
    assert picker.value() == PlacePicked(words="mos")
    assert not picker.list.isVisible()


def test_esc_closes_the_list_and_keeps_the_text(qtbot: QtBot, picker: PlacePicker) -> None:
    type_text(picker.line, "mos")
    qtbot.waitUntil(picker.list.isVisible)
    QTest.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not picker.list.isVisible()
    assert picker.line.text() == "mos"


@pytest.mark.parametrize(
    ("typed", "tenths"), [("1.5", 15), ("-0,5", -5), ("\u0661\u066b\u0665", 15), ("99", 200), ("x", 0)]
)
def test_millimetres_in_any_script(qtbot: QtBot, shown: Show, look: Look, typed: str, tenths: int) -> None:
    edit = MillimetreEdit(look, "right")
    shown(edit)
    type_text(edit, typed)
    assert edit.tenths() == tenths
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.tenths() == max(tenths - 5, -200)


def test_a_letter_finds_behind_the_digit_and_again_the_next(shown: Show, look: Look) -> None:
    box = PickBox(look, "relation", "Relation", [("HEAD", "Head"), ("SPOUSE", "Wife"), ("CHILD", "\u0625\u0628\u0646"),
                                                 ("OTHER", "Whoever else")])  # fmt: skip
    shown(box)
    box.setFocus()
    found = []
    for letter in ("w", "w", "W", "\u0627", "x"):
        QTest.keyClicks(box, letter) if letter.isascii() else QApplication.sendEvent(
            box, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )
        found.append(box.chosen)
    assert found == ["SPOUSE", "OTHER", "SPOUSE", "CHILD", "CHILD"]
