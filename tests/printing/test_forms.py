"""The form on paper: two pages each, numbered, in two languages, with the consent text and without sealed questions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.households.codes import BARRIER, CHOICE, SEALED_BARRIER
from helpdesk.printing.forms import FormBatch, registration_forms_pdf
from helpdesk.printing.raster import page_count, page_image
from tests.printing.filler import FillerWords
from tests.printing.people import HELPLINES, LONG
from tests.printing.reading import assert_inside, text_of, words_of

CONSENT = "We ask for your names and ages. You may say no, and you may stop at any time."


def batch(count: int = 1, *, consent: str = CONSENT, practice: bool = False) -> FormBatch:
    return FormBatch(
        form_ids=tuple(f"0007-{place:04d}" for place in range(1, count + 1)), consent_text=consent,
        consent_version="2026-11.1", helplines=HELPLINES, practice=practice,
    )  # fmt: skip


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_pages_each_with_its_number(language: str) -> None:
    pdf = registration_forms_pdf(batch(3), Words(language))
    assert page_count(pdf) == 6
    text = text_of(pdf)
    for number in ("0007-0001", "0007-0002", "0007-0003"):
        assert text.count(number) == 2


def test_the_consent_text_is_there_word_by_word() -> None:
    assert CONSENT in flat(registration_forms_pdf(batch(), Words("en")))
    assert set(LONG.split()) <= words_of(registration_forms_pdf(batch(consent=LONG * 30), Words("ar")))


def test_labels_stand_in_english_beside_the_other_language() -> None:
    english = flat(registration_forms_pdf(batch(), Words("en")))
    both = flat(registration_forms_pdf(batch(), FillerWords()))
    for label in ("Given name", "Governorate", "Whose", "Once it is typed in, give this paper to the supervisor"):
        assert english.count(label) == both.count(label) >= 1
    assert len(both) > 1.5 * len(english)


def test_every_open_question_is_there_and_no_sealed_one() -> None:
    words = Words("en")
    text = flat(registration_forms_pdf(batch(), words))
    for codes in (BARRIER, CHOICE):
        for code in codes:
            assert words.label(codes.name, code).split()[0] in text
    for code in SEALED_BARRIER:
        assert code not in text
        assert words.label(SEALED_BARRIER.name, code) not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_labels_stay_on_the_paper(language: str) -> None:
    words = Words("en") if language == "en" else FillerWords(language)
    assert_inside(registration_forms_pdf(batch(consent=LONG * 60, practice=True), words), margin=15)


def test_eight_rows_with_boxes_to_write_in() -> None:
    """Down the middle of the roster's row numbers there are nine lines, one under each row and one above."""
    picture = page_image(registration_forms_pdf(batch(), Words("en")), 0, 254)
    column = [picture.getpixel((107, y)) for y in range(1750, 2600)]
    lines = [y for y in range(1, len(column)) if column[y] < 200 <= column[y - 1]]
    assert len(lines) == 9
    gaps = {round((b - a) / 10) for a, b in pairwise(lines)}
    assert gaps == {10}


def test_practice_stands_on_both_pages() -> None:
    line = "not valid, for training only"
    assert text_of(registration_forms_pdf(batch(2, practice=True), Words("en"))).count(line) == 4
    assert line not in text_of(registration_forms_pdf(batch(2), Words("en")))


def test_no_forms_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="no form ids"):
        registration_forms_pdf(batch(0), Words("en"))
