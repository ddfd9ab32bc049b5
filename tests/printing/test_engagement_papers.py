"""Key messages, attendance sheet, driver's list, interview sheet: in every language, and nothing that marks anybody."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.journey.engagement.codes import TOPIC
from helpdesk.printing.attendance import AttendanceSheet, attendance_sheet_pdf
from helpdesk.printing.messages import MESSAGES, key_message_sheet
from helpdesk.printing.raster import page_count
from helpdesk.printing.visit_papers import DriverList, InterviewSheet, driver_list_pdf, interview_sheets_pdf
from tests.printing.reading import assert_inside, text_of, words_of

DAY = date(2026, 11, 22)
LINES = (("Questions", "+964 700 000 0001"),)


def test_every_topic_has_its_messages() -> None:
    assert set(MESSAGES) == set(TOPIC)
    assert all(MESSAGES.values())


def test_the_sheet_says_only_what_was_chosen() -> None:
    words = Words("en")
    told = text_of(key_message_sheet(words, ("GRANT",), LINES, practice=False))
    assert "All help is free" in told
    assert "mines" not in told
    assert "700 000 0001" in told
    with pytest.raises(KeyError):
        key_message_sheet(words, ("X",), (), practice=False)


def test_no_name_stands_on_the_sheet_unless_chosen() -> None:
    words = Words("en")
    blank = AttendanceSheet("information session", DAY, ("REG",), 30, False)
    assert "Nour" not in text_of(attendance_sheet_pdf(blank, words))
    named = AttendanceSheet("information session", DAY, ("REG",), 30, False, names=("Nour Ali",))
    told = text_of(attendance_sheet_pdf(named, words))
    assert "Nour Ali" in told
    assert "30" in told


def test_the_head_of_the_table_stands_on_every_page() -> None:
    many = AttendanceSheet("information session", DAY, (), 60, False)
    pdf = attendance_sheet_pdf(many, Words("en"))
    assert page_count(pdf) > 1
    assert text_of(pdf).count("Signature") == page_count(pdf)


def test_the_driver_learns_how_many_and_nobodys_name() -> None:
    about = DriverList(DAY, "08:30", "The gate", "Falluja", "Road 10", "Bus", "+9647000000001", 34, 9, False)
    told = text_of(driver_list_pdf(about, Words("en")))
    assert "34 persons" in told
    assert "+9647000000001" in told
    assert "Name" not in told


def test_an_interview_sheet_says_from_when_on_to_ask() -> None:
    sheets = (InterviewSheet("1234567890", 1), InterviewSheet(None, None))
    pdf = interview_sheets_pdf(DAY, date(2026, 11, 23), sheets, Words("en"), practice=False)
    assert page_count(pdf) == 2
    assert text_of(pdf).count("Not before") == 2
    assert text_of(pdf).count("1234") == 1
    with pytest.raises(ValueError, match="no sheets"):
        interview_sheets_pdf(DAY, DAY, (), Words("en"), practice=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_and_marked_on_a_practice_desk(language: str) -> None:
    words = Words(language)
    papers = (
        key_message_sheet(words, TOPIC, LINES, practice=True),
        attendance_sheet_pdf(AttendanceSheet("x", DAY, tuple(TOPIC), 40, True, women_only=True), words),
        driver_list_pdf(DriverList(DAY, "", "", "", "", "", "", 1, 1, True), words),
        interview_sheets_pdf(DAY, DAY, (InterviewSheet(None, None),), words, practice=True),
    )
    for pdf in papers:
        assert_inside(pdf)
        assert "PRACTICE" in words_of(pdf) or language != "en"
    again = key_message_sheet(words, TOPIC, LINES, practice=True)
    assert again == papers[0]
