"""Household cards: every code reads, every number and name is found, nothing leaves its place, nothing more is said."""

from __future__ import annotations

import re

import pytest

from helpdesk.core.errors import Stopped
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.page import POINT
from helpdesk.printing.raster import page_count
from tests.printing.filler import FillerWords
from tests.printing.people import HELPLINES, LATIN, LONG, card, digits
from tests.printing.reading import assert_inside, codes_of, letters_of, text_of, words_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_every_code_of_a_sheet_reads(language: str, dpi: int) -> None:
    faces = [card(seed, practice=seed % 2 == 0) for seed in range(13)]
    pdf = cards_pdf(faces, Words(language), CardLayout.A4_TEN)
    pages = codes_of(pdf, dpi, expected=10)
    assert [set(page) for page in pages] == [{f.qr_digits for f in faces[:10]}, {f.qr_digits for f in faces[10:]}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_every_code_of_a_plastic_card_reads(language: str, dpi: int) -> None:
    faces = [card(seed, practice=seed == 2) for seed in range(1, 4)]
    pdf = cards_pdf(faces, Words(language), CardLayout.CR80)
    assert codes_of(pdf, dpi) == [(face.qr_digits,) for face in faces]


@pytest.mark.parametrize("layout", CardLayout)
@pytest.mark.parametrize("language", LANGUAGES)
def test_number_and_names_are_found_by_word(language: str, layout: CardLayout) -> None:
    faces = [card(seed) for seed in range(10)]
    found = words_of(cards_pdf(faces, Words(language), layout))
    for face in faces:
        assert household_number_shown(face.number) in found
        assert set(face.principal_name.split()) <= found
        assert set((face.alternate_name or "").split()) <= found


def test_a_card_says_this_and_nothing_else() -> None:
    face = card(1, alternate_name="Sara Ali", principal_name="Omar Hasan", helplines=(("Help", "80069999"),), persons=6)
    text = " ".join(text_of(cards_pdf([face], Words("en"), CardLayout.CR80)).split())
    assert sorted(text.split()) == sorted(
        f"{household_number_shown(face.number)} Principal Omar Hasan Alternate Sara Ali Persons 6 Issued"
        f" {Words('en').date(face.issued)} Help 80069999"
        " Free of charge. Not an identity document: carry your own ID. You may stop at any time.".split()
    )


def test_numbers_run_from_left_to_right_on_every_card() -> None:
    face = card(4)
    wanted = list(household_number_shown(face.number))
    for language in LANGUAGES:
        letters = list(letters_of(cards_pdf([face], Words(language), CardLayout.CR80)))
        tallest = max(top - bottom for _page, letter, (_l, bottom, _r, top) in letters if letter.isdigit())
        number = [
            (left, letter) for _page, letter, (left, bottom, _right, top) in letters
            if letter in "0123456789" and top - bottom > 0.8 * tallest
        ]  # fmt: skip
        assert [letter for _left, letter in sorted(number)] == [c for c in wanted if c != "-"]


@pytest.mark.parametrize("language", ["ar", "ckb", "kmr"])
def test_phones_run_from_left_to_right_beside_arabic_words(language: str) -> None:
    arabic = HELPLINES[0][0]
    face = card(1, helplines=((arabic, "+964 770 123 4567"), (arabic, "80069999")))
    letters = list(letters_of(cards_pdf([face], Words(language), CardLayout.CR80)))
    (start, bottom) = next((box[0], box[1]) for _page, letter, box in letters if letter == "+")
    row = sorted(
        (box[0], letter) for _page, letter, box in letters if abs(box[1] - bottom) < 2 and letter in "+0123456789"
    )
    assert "".join(letter for left, letter in row if left >= start).startswith("+9647701234567")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_written_on_the_code_or_off_the_card(language: str) -> None:
    faces = [
        card(seed, principal_name=name, alternate_name=name, persons=persons)
        for seed, (name, persons) in enumerate(
            [(LONG, 40), (LONG + " " + LONG, 1), ("x" * 60, 40), (LATIN * 3, 7), ("\u0645" * 60, 40)], start=1
        )
    ]
    pdf = cards_pdf(faces, FillerWords(language) if language != "en" else Words("en"), CardLayout.CR80)
    assert_inside(pdf, margin=2)
    rtl = Words(language).direction == "rtl"
    for _page, letter, (left, bottom, right, _top) in letters_of(pdf):
        if bottom / POINT > 54 - 38.5:  # beside the code
            clear = left / POINT > 40 if rtl else right / POINT < 85.6 - 40
            assert clear, (letter, left / POINT, right / POINT)


def test_lines_do_not_run_into_each_other() -> None:
    """Letters of different rows of one card never share height and width at once."""
    face = card(2, principal_name=LONG, alternate_name=LONG)
    boxes = [
        (letter, box) for _page, letter, box in letters_of(cards_pdf([face], Words("en"), CardLayout.CR80))
        if letter.isascii()
    ]  # fmt: skip
    for place, (letter, (left, bottom, right, top)) in enumerate(boxes):
        for other, (left2, bottom2, right2, top2) in boxes[place + 1 :]:
            wide = min(right, right2) - max(left, left2)
            high = min(top, top2) - max(bottom, bottom2)
            assert wide < 0.5 or high < 0.5, (letter, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_stands_on_every_card(language: str) -> None:
    words = Words(language)
    line = words("PRACTICE - not valid, for training only")
    faces = [card(seed, practice=True) for seed in range(10)]
    found = text_of(cards_pdf(faces, words, CardLayout.A4_TEN))
    assert found.count(line.split()[-1]) == 10
    assert line.split()[-1] not in text_of(cards_pdf([card(1)], words, CardLayout.A4_TEN))


def test_ten_to_a_sheet_one_to_a_plastic_card() -> None:
    faces = [card(seed) for seed in range(31)]
    assert page_count(cards_pdf(faces, Words("en"), CardLayout.A4_TEN)) == 4
    assert page_count(cards_pdf(faces, Words("en"), CardLayout.CR80)) == 31


def test_a_thousand_cards_stay_small() -> None:
    """1,000 cards may take 1.5 MB; each hundred more must stay under a tenth of that."""
    faces = [card(seed) for seed in range(200)]
    for layout in CardLayout:
        few, many = (len(cards_pdf(faces[:count], Words("ar"), layout)) for count in (100, 200))
        assert few < 150_000
        assert many - few < 150_000


def test_other_lengths_of_code_find_their_place() -> None:
    for length in (200, 258, 259, 290, 306, 340, 364, 400):
        face = card(1, qr_digits=digits(9, length))
        assert codes_of(cards_pdf([face], Words("en"), CardLayout.CR80), 300) == [(face.qr_digits,)]


def test_stopping_between_two_cards() -> None:
    seen: list[tuple[int, int | None]] = []

    def stop_at_three(done: int, total: int | None, step: str) -> None:
        seen.append((done, total))
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        cards_pdf([card(seed) for seed in range(9)], Words("en"), CardLayout.CR80, progress=stop_at_three)
    assert seen == [(0, 9), (1, 9), (2, 9), (3, 9)]


def test_no_cards_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="no cards"):
        cards_pdf([], Words("en"), CardLayout.CR80)


def test_helplines_of_any_count() -> None:
    for count in range(6):
        face = card(1, helplines=(HELPLINES * 3)[:count])
        pdf = cards_pdf([face], Words("ar"), CardLayout.CR80)
        assert_inside(pdf, margin=2)
        assert len(re.findall("80069999", text_of(pdf))) == -(-count // 2)
