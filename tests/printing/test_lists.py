"""Lists: every row is printed once, whole, over as many pages as it takes, with the headings on each of them."""

from __future__ import annotations

import pytest

from helpdesk.core.errors import Stopped
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.printing.lists import A4_WIDE, Column, ListPaper, list_pdf, lists_pdf
from helpdesk.printing.raster import page_count
from tests.printing.filler import FillerWords
from tests.printing.people import LONG, NAMES
from tests.printing.reading import assert_inside, text_of

COLUMNS = (
    Column("No.", 0.4, "end"),
    Column("Name", 2),
    Column("Persons", 0.6, "center"),
    Column("Signature or thumb", 1.5, write_here=True),
)


def paper(rows: int, *, practice: bool = True) -> ListPaper:
    return ListPaper(
        title="Who travels",
        columns=COLUMNS,
        rows=[(f"row{place}", NAMES[place % len(NAMES)], str(place % 9), "") for place in range(rows)],
        practice=practice,
        facts=(("Day", "2 November 2026"),),
        notes=(LONG,),
        sign_here=("Supervisor", "Witness"),
        strong=frozenset({rows - 1}),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wide", [False, True])
def test_each_list_stays_on_its_paper(language: str, wide: bool) -> None:
    words = Words(language) if language == "en" else FillerWords(language)
    assert_inside(list_pdf(paper(60), words, wide=wide), margin=20)


def test_no_row_is_lost_or_doubled_and_headings_stand_on_each_page() -> None:
    pdf = list_pdf(paper(120, practice=False), Words("en"))
    text = text_of(pdf).split()
    assert [text.count(f"row{place}") for place in range(120)] == [1] * 120
    pages = page_count(pdf)
    assert pages > 4
    assert text.count("Persons") == pages
    assert text.count("Page") == pages


def test_an_empty_list_is_still_a_paper() -> None:
    pdf = list_pdf(ListPaper("Nobody", COLUMNS, (), practice=True), Words("ar"))
    assert page_count(pdf) == 1


def test_lists_begin_on_their_own_pages_and_can_be_stopped() -> None:
    assert page_count(lists_pdf((paper(2), paper(2)), Words("en"))) == 2
    assert A4_WIDE.width > A4_WIDE.height

    def stop(done: int, total: int | None, _step: str) -> None:
        assert total == 10
        if done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        list_pdf(paper(10), Words("en"), progress=stop)
