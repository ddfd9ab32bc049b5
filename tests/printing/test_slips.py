"""Slips: any length of text goes on to further pages, phones stay whole, practice stands on each page."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.page import A4, A6
from helpdesk.printing.raster import page_count
from helpdesk.printing.slips import (
    Slip,
    helpline_slip,
    next_steps_slip,
    own_record_pdf,
    refusal_slip,
    slip_pdf,
    slips_pdf,
    withdrawal_receipt,
)
from tests.printing.filler import FillerWords
from tests.printing.people import HELPLINES, LONG, NAMES
from tests.printing.reading import assert_inside, text_of, words_of

NUMBER = "0123456782"
DAY = date(2026, 11, 2)


def all_slips(words: Words, *, practice: bool) -> list[Slip]:
    return [
        helpline_slip(words, NUMBER, HELPLINES, practice=practice),
        next_steps_slip(words, NUMBER, (LONG, "Come on Tuesday."), HELPLINES, practice=practice),
        withdrawal_receipt(words, NUMBER, (LONG, "Calls"), DAY, HELPLINES, practice=practice),
        refusal_slip(words, "Not payable today", LONG, DAY, HELPLINES, practice=practice),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_slip_fits_its_paper(language: str) -> None:
    words = Words(language) if language == "en" else FillerWords(language)
    pdf = slips_pdf(all_slips(words, practice=True), words)
    assert page_count(pdf) == 4
    assert_inside(pdf, margin=15)


def test_what_a_slip_must_say() -> None:
    words = Words("en")
    text = " ".join(text_of(slips_pdf(all_slips(words, practice=False), words)).split())
    assert text.count("0123-4567-82") == 3
    assert text.count("80069999") == 4
    assert text.count("+964 770 000 0000") == 4
    assert "2. Come on Tuesday." in text
    assert "Not payable today" in text
    assert "You may ask for this decision to be looked at again" in text


def test_a_record_goes_on_over_pages_and_loses_no_fact() -> None:
    facts = tuple((f"fact{place}", NAMES[place % len(NAMES)] + f" value{place}") for place in range(150))
    for language in LANGUAGES:
        words = Words(language)
        pdf = own_record_pdf(words, NUMBER, facts, DAY, HELPLINES, practice=True)
        found = words_of(pdf)
        assert page_count(pdf) > 2
        assert {label for label, _value in facts} <= found
        assert {f"value{place}" for place in range(150)} <= found
        line = words("PRACTICE - not valid, for training only")
        longest = max(line.split(), key=len)  # a short one may be a part of other words
        assert text_of(pdf).count(longest) == page_count(pdf)


def test_a_paragraph_longer_than_the_paper_is_made_smaller() -> None:
    words = Words("en")
    pdf = slip_pdf(Slip(title="Long", practice=False, sentences=("word " * 900, "end")), words, size=A6)
    assert text_of(pdf).count("word") == 900
    assert_inside(pdf, margin=15)


def test_lines_to_sign_on() -> None:
    words = Words("en")
    slip = withdrawal_receipt(words, NUMBER, ("Calls",), DAY, HELPLINES, practice=False)
    assert {"Principal", "Witness"} <= words_of(slip_pdf(slip, words, size=A4))


def test_no_slips_is_our_own_bug() -> None:
    with pytest.raises(ValueError, match="no slips"):
        slips_pdf([], Words("en"))
