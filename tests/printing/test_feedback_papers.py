"""Papers of feedback: the same for everybody, in four languages, with the number where it can be read and kept."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.assistance.feedback import codes
from helpdesk.assistance.feedback.numbers import draw_many, shown
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.feedback_papers import answer_slip, feedback_forms_pdf, poster_pdf, receipt_slip
from helpdesk.printing.raster import page_count
from helpdesk.printing.slips import slip_pdf
from tests.printing.reading import assert_inside, text_of

HELPLINES = (("Helpline", "0700 000 0001"), ("\u062e\u0637", "0700 000 0002"))
DAY, LATER = date(2026, 11, 21), date(2026, 12, 5)
NUMBERS = draw_many(3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_one_page_with_its_number_twice(language: str) -> None:
    pdf = feedback_forms_pdf(Words(language), NUMBERS, HELPLINES, practice=False)
    assert page_count(pdf) == len(NUMBERS)
    assert_inside(pdf, margin=10)
    text = text_of(pdf)
    for number in NUMBERS:
        assert text.count(shown(number)) == 2
    assert Words(language).label(codes.SEALED_TYPE.name, "X2") not in text or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_receipt_answer_and_poster(language: str) -> None:
    words = Words(language)
    receipt = slip_pdf(receipt_slip(words, NUMBERS[0], DAY, LATER, HELPLINES, practice=False), words)
    answer = slip_pdf(answer_slip(words, NUMBERS[0], "A tent comes on Sunday", DAY, HELPLINES, practice=False), words)
    poster = poster_pdf(words, HELPLINES, practice=False)
    assert shown(NUMBERS[0]) in text_of(receipt)
    assert "A tent comes on Sunday" in text_of(answer)
    for pdf in (receipt, answer, poster):
        assert page_count(pdf) == 1
        assert_inside(pdf, margin=7)
        assert "0700 000 0001" in text_of(pdf).replace("\u00a0", " ")


def test_a_receipt_tells_nothing_of_what_was_said() -> None:
    text = text_of(slip_pdf(receipt_slip(Words("en"), NUMBERS[0], DAY, LATER, HELPLINES, practice=False), Words("en")))
    for word in ("complain", "sealed", "Fraud", "staff", "abuse"):
        assert word not in text.replace("Questions, complaints, help", "")


def test_no_forms_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="no numbers"):
        feedback_forms_pdf(Words("en"), (), HELPLINES, practice=False)
