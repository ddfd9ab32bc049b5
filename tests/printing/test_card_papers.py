"""A card that replaces another leaves the printer with its notice; a first one, and one on plastic, leave alone."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import household_number_shown, with_check
from helpdesk.households.cards import IssuedCard
from helpdesk.printing.card_papers import cards_with_notices, notices_of
from helpdesk.printing.cards import CardLayout
from helpdesk.printing.raster import page_count
from tests.printing.people import HELPLINES, digits
from tests.printing.reading import codes_of, text_of


def issued(seed: int, issue: int, reason: str) -> IssuedCard:
    number = with_check(f"{seed * 7919 % 10**8:08d}")
    return IssuedCard(
        "", number, "Omar Hasan", None, 6, date(2026, 11, 21), issue, digits(seed, 258), reason
    )  # fmt: skip


FIRST, CHANGED, LOST = issued(1, 1, "FIRST"), issued(2, 2, "CHANGED"), issued(3, 5, "LOST")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_notice_stands_behind_the_sheets_with_its_number(language: str) -> None:
    words = Words(language)
    pdf = cards_with_notices((FIRST, CHANGED, LOST), HELPLINES, words, CardLayout.A4_TEN, practice=True)
    assert page_count(pdf) == 3
    text = text_of(pdf)
    assert [text.count(household_number_shown(one.number)) for one in (FIRST, CHANGED, LOST)] == [1, 2, 2]
    assert set(codes_of(pdf, 300, expected=3)[0]) == {one.digits for one in (FIRST, CHANGED, LOST)}


def test_a_notice_says_why_the_old_card_is_void() -> None:
    words = Words("en")
    changed, lost = notices_of((CHANGED, LOST), HELPLINES, words, practice=False)
    assert "Your family changed" in changed.sentences[0]
    assert "changed" not in " ".join((lost.title, *lost.sentences))
    assert "vouchers" in lost.sentences[1]


def test_a_first_card_comes_without_a_notice() -> None:
    assert page_count(cards_with_notices((FIRST,), HELPLINES, Words("en"), CardLayout.A4_TEN, practice=False)) == 1


def test_plastic_takes_cards_alone() -> None:
    assert page_count(cards_with_notices((LOST, CHANGED), HELPLINES, Words("en"), CardLayout.CR80, practice=False)) == 2
