"""Papers of cash, distributions, cash-for-work and packages: what must stand on them, and what never may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from helpdesk.assistance.attendance.documents import Worker, WorkSheet
from helpdesk.assistance.attendance.queries import SheetShown, WorkerLine
from helpdesk.assistance.cash.documents import Box, DayCorrection, DayEnd, Found, Papers
from helpdesk.assistance.cash.queries import DayEndShown
from helpdesk.assistance.distributions.documents import Distribution, Line
from helpdesk.assistance.distributions.queries import DayShown, sums_of
from helpdesk.assistance.kits.documents import Stock
from helpdesk.assistance.kits.queries import StockLine
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import with_check
from helpdesk.households.documents import PlaceAnswer
from helpdesk.printing.paydays import day_end_pdf, distribution_list_pdf, reconciliation_pdf
from helpdesk.printing.work_sheets import stock_card_pdf, work_sheet_pdf
from tests.printing.reading import assert_inside, text_of

DAY = date(2026, 11, 21)
FAMILY = with_check("47588309")
LIST = with_check("123456")
END = DayEnd(
    7, 7, DAY, 9, Box(100_000, 1_000_000, 600_000, 250_000, 1), Papers(9, 5, 1, 1, 2), {"50000": 5}, 250_000, 2, "u"
)
SHOWN = DayEndShown("e", END, "First", "Second", closed=True, one_name=False, differences=())


def line(number: int, **changes: Any) -> Line:
    fields: dict[str, Any] = {
        "line": number, "voucher": f"v{number}", "number": with_check(f"{number:09d}"), "household": "h",
        "household_number": FAMILY, "payee": "Nour Ali", "alternate": "", "size": 6, "grant": "DEP",
        "amount": 600_000, "currency": "IQD", "state": "WAITING",
    }  # fmt: skip
    return Line(**{**fields, **changes})


def day(*lines: Line) -> DayShown:
    distribution = Distribution(LIST, 7, 7, DAY, tuple(one.voucher for one in lines), "u")
    return DayShown("d", distribution, lines, sums_of(lines))


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_line_by_its_number(language: str) -> None:
    lines = [line(number) for number in range(1, 41)]
    pdf = distribution_list_pdf(day(*lines), Words(language), "Pay point", practice=True)
    said = text_of(pdf)
    assert said.count("4758-8309") == 40
    assert "123456-" in said
    assert "000-000-04" in said
    assert_inside(pdf)


def test_what_is_settled_already_is_not_left_to_be_signed() -> None:
    words = Words("en")
    lines = (line(1, state="PAYEE", paid_by="Payer", witness="Somebody"), line(2, alternate="Huda Ali"))
    said = flat(distribution_list_pdf(day(*lines), words, "Pay point", practice=False))
    for told in ("Payer", "Somebody", "Huda Ali", "1,200,000", "12 x 50000"):
        assert told in said, told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("end", [None, SHOWN])
def test_a_reconciliation_is_a_paper_in_each_language(language: str, end: DayEndShown | None) -> None:
    lines = (line(1, state="PAYEE"), line(2, state="ALTERNATE"), line(3, state="UNCLAIMED"), line(4, state="OUT"))
    assert_inside(reconciliation_pdf(day(*lines), end, Words(language), "Pay point", practice=True))


def test_a_reconciliation_tells_lines_cash_and_notes() -> None:
    lines = (line(1, state="PAYEE"), line(2, state="UNCLAIMED"), line(3, state="UNCLAIMED"))
    said = flat(reconciliation_pdf(day(*lines), SHOWN, Words("en"), "Pay point", practice=False))
    for told in ("1,800,000", "600,000", "1,200,000", "50,000 IQD", "250,000", "First", "Second"):
        assert told in said, told
    blank = flat(reconciliation_pdf(day(*lines), None, Words("en"), "Pay point", practice=False))
    assert "not counted yet" in blank


def test_a_day_end_hides_no_difference() -> None:
    end = msgspec.structs.replace(
        END, held=225_000, papers_counted=1, explanation="one note was torn", flaws=(Found("GAP"),),
        box=msgspec.structs.replace(END.box, late=2),
    )  # fmt: skip
    correction = DayCorrection("e", -25_000, 0, "found it the next day", DAY + timedelta(1), "u")
    shown = msgspec.structs.replace(SHOWN, end=end, corrections=(correction,), one_name=True, closed=False)
    said = flat(day_end_pdf(shown, Words("en"), "Pay point", practice=False))
    for told in (
        "-25,000", "one note was torn", "1 flaw", "2 payments", "found it the next day", "carry one name", "Not closed",
    ):  # fmt: skip
        assert told in said, told


SHEET = WorkSheet(
    LIST, 7, PlaceAnswer(unlisted="A camp"), "Clearing the canal", DAY, DAY + timedelta(9), 7, (Worker("p", "h"),), "u"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_work_sheet_goes_on_over_pages_and_names_no_place(language: str) -> None:
    shown = SheetShown("s", SHEET, (WorkerLine(1, "p", "Nour Ali", FAMILY, (DAY,)),))
    pdf = work_sheet_pdf(shown, Words(language), practice=True)
    said = text_of(pdf)
    assert said.count("4758-8309") == 2, "seven days, and three on the next page"
    assert "A camp" not in said
    assert said.count("X") == 1
    assert_inside(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stock_card_ends_with_what_is_here(language: str) -> None:
    lines = (StockLine(DAY, "RECEIVED", 5, 5, "The warehouse"), StockLine(DAY, "ISSUED", -3, 2))
    pdf = stock_card_pdf(lines, Stock(5, 3, 0, 0), Words(language), DAY, practice=True)
    assert "The warehouse" in text_of(pdf)
    assert_inside(pdf)
