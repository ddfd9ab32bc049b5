"""Pages: the same bytes every time, no people in the properties, mirrored by language, marked on a practice desk."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.page import A4, A6, CR80, POINT, Area, Box, PageSize, Sheet, roll
from helpdesk.printing.qr import symbol
from helpdesk.printing.raster import page_count, page_image, page_images
from helpdesk.printing.ruler import ARM, ruler_page
from helpdesk.printing.text import Style
from tests.printing.filler import FillerWords
from tests.printing.people import card
from tests.printing.reading import assert_inside, letters_of, text_of

BIG = Style(20)


def one_page(size: PageSize, language: str, offset: tuple[float, float] = (0.0, 0.0)) -> bytes:
    sheet = Sheet(size, Words(language), offset=offset)
    page = sheet.page()
    page.text(Box(10, 10, 60, 10), "X", BIG)
    return sheet.pdf()


def place_of(pdf: bytes, letter: str = "X") -> tuple[float, float]:
    """Millimetres of the letter's left edge and top from the paper's left and top."""
    _page, _letter, (left, _bottom, _right, top) = next(found for found in letters_of(pdf) if found[1] == letter)
    return left / POINT, A4.height - top / POINT


def test_the_same_content_makes_the_same_bytes() -> None:
    faces = [card(seed) for seed in range(12)]
    assert cards_pdf(faces, Words("ar"), CardLayout.A4_TEN) == cards_pdf(faces, Words("ar"), CardLayout.A4_TEN)


def test_properties_say_nothing_about_people() -> None:
    faces = [card(1, principal_name="Planted Person", number="0123456789")]
    pdf = cards_pdf(faces, Words("en"), CardLayout.CR80)
    readable = re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL)
    assert b"Planted" not in readable
    # whole, as printed, and as stored: four digits alone may be a byte offset of the file's own table
    assert b"0123456789" not in readable
    assert b"0123-4567" not in readable
    assert b"/Author (Help Desk)" in readable
    assert b"/CreationDate (D:20000101" in readable


def test_the_start_side_follows_the_language() -> None:
    left, _top = place_of(one_page(A4, "en"))
    assert left == pytest.approx(10, abs=0.5)
    for language in ("ar", "ckb", "kmr"):
        mirrored, _top = place_of(one_page(A4, language))
        assert mirrored > 190


def test_an_offset_pushes_right_and_down_in_every_language() -> None:
    for language in LANGUAGES:
        left, top = place_of(one_page(A4, language))
        pushed, lowered = place_of(one_page(A4, language, offset=(3.0, -2.0)))
        assert pushed - left == pytest.approx(3, abs=0.01)
        assert lowered - top == pytest.approx(-2, abs=0.01)


@pytest.mark.parametrize("size", [A4, A6, CR80, roll(120)])
def test_the_paper_has_its_size(size: PageSize) -> None:
    picture = page_image(ruler_page(size, Words("en"), practice=False), 0, 254)
    assert picture.size == (pytest.approx(size.width * 10, abs=1), pytest.approx(size.height * 10, abs=1))


@pytest.mark.parametrize("size", [A4, A6, CR80, roll(120)])
def test_the_ruler_measures_what_it_says(size: PageSize) -> None:
    """At 254 dpi a pixel is a tenth of a millimetre: the cross stands at 100, the tens stand out every hundred."""
    for language in ("en", "ar"):
        picture = page_image(ruler_page(size, Words(language), practice=False), 0, 254)
        dark = [x for x in range(picture.width) if picture.getpixel((x, round(ARM * 10) + 35)) < 128]
        tens = [x for x in dark if x >= 98]
        assert tens[0] == pytest.approx(100, abs=2)
        steps = [b - a for a, b in pairwise(tens) if b - a > 3]
        assert steps
        assert all(step == pytest.approx(100, abs=2) for step in steps)


def test_the_ruler_page_keeps_inside() -> None:
    for size in (A4, A6, CR80):
        assert_inside(ruler_page(size, FillerWords(), practice=True))


def test_practice_is_marked_across_and_in_a_line() -> None:
    words = Words("en")
    text = text_of(ruler_page(A4, words, practice=True))
    assert "PRACTICE - not valid, for training only" in text
    assert "PRACTICE" not in text_of(ruler_page(A4, words, practice=False))
    plain = page_image(ruler_page(A6, words, practice=False), 0, 60)
    marked = page_image(ruler_page(A6, words, practice=True), 0, 60)
    added = sum(marked.histogram()[215:240]) - sum(plain.histogram()[215:240])
    assert added > 0.03 * plain.width * plain.height


def test_a_symbol_that_does_not_fit_is_our_own_bug() -> None:
    sheet = Sheet(CR80, Words("en"))
    with pytest.raises(ValueError, match="too small"):
        sheet.page().code(Box(0, 0, 35, 35), symbol("1" * 258, "Q"), 300)


def test_a_static_part_is_kept_once() -> None:
    def draw(area: Area) -> None:
        area.text(area.box, "static words " * 20, Style(6))

    def sheet_of(times: int) -> bytes:
        sheet = Sheet(A4, Words("en"))
        sheet.form("part", CR80, draw)
        page = sheet.page()
        for place in range(times):
            page.part(Box(0, 54 * place, CR80.width, CR80.height)).place("part")
        return sheet.pdf()

    assert text_of(sheet_of(5)).count("static") == 100
    assert len(sheet_of(5)) - len(sheet_of(1)) < 200


def test_pages_come_one_by_one() -> None:
    pdf = cards_pdf([card(seed) for seed in range(21)], Words("en"), CardLayout.A4_TEN)
    assert page_count(pdf) == 3
    assert len(list(page_images(pdf, 20))) == 3
    assert page_image(pdf, 2, 20).mode == "L"
