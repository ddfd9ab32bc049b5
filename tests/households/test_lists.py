"""Reading camps' lists: the real dirty one row by row, and hostile ones of our own."""

from __future__ import annotations

import csv
import os
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from helpdesk.core.errors import Fault, HelpDeskError, Refusal, Stopped
from helpdesk.core.text import clean
from helpdesk.households.list_columns import COLUMNS
from helpdesk.households.lists import ListReading, read_list

TODAY = date(2026, 11, 21)
SHARED = Path(os.environ.get("HELPDESK_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
CAMP_LIST = SHARED / "data" / "lists" / "camp-list.csv"

HEADER = [
    "household", "relation", "sex", "birth date", "age", "first name", "father", "grandfather", "surname", "phone",
]  # fmt: skip
HEAD = ["1", "head", "m", "1980", "", "Ali", "Hasan", "Umar", "Al-Jubouri", "0770 012 3456"]
WIFE = ["1", "wife", "f", "", "40", "Zainab", "Karim", "Salih", "Al-Jubouri", ""]
SON = ["1", "son", "m", "1.5.2010", "", "Umar", "Ali", "Hasan", "Al-Jubouri", ""]


def write(folder: Path, rows: Sequence[Sequence[str]], name: str = "list.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(folder: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> ListReading:
    reading = read_list(write(folder, [header, *rows]), TODAY)
    check_every_row_ends_somewhere(reading, {number + 2 for number in range(len(rows))})
    return reading


def changed(row: Sequence[str], **cells: str) -> list[str]:
    columns = ("household", "relation", "sex", "birth", "age", "given", "father", "grandfather", "family", "phone")
    return [cells.get(column, value) for column, value in zip(columns, row, strict=True)]


def check_every_row_ends_somewhere(reading: ListReading, rows: set[int]) -> None:
    used = [row for family in reading.families for row in family.rows]
    skipped = {problem.row for problem in reading.problems if problem.skipped}
    assert len(used) == len(set(used)) == reading.rows_used
    assert set(used) | skipped == rows
    assert not set(used) & skipped
    assert reading.rows_used + reading.rows_skipped == reading.rows_read == len(rows)
    assert all(len(family.members) == len(family.rows) for family in reading.families)


def codes(reading: ListReading) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in reading.problems]


@pytest.mark.skipif(not CAMP_LIST.is_file(), reason="the camp's list is not here")
def test_every_row_of_a_real_dirty_list_is_accounted_for() -> None:
    reading = read_list(CAMP_LIST, TODAY)
    check_every_row_ends_somewhere(reading, {1, *range(3, 862)})
    assert len(reading.families) == 160
    assert reading.rows_used == 851
    assert {family.head is None for family in reading.families} == {False}
    assert reading.families[0].reference == "642-0001"
    found = Counter(problem.code for problem in reading.problems)
    assert found == {
        "list.title": 1, "list.blank": 1, "list.total": 1, "list.repeated": 6, "list.two_heads": 3,
        "list.missing": 3, "list.formula": 2, "list.hidden": 2, "list.too_long": 2, "list.phone": 3,
        "list.age": 3, "list.date_future": 2, "list.date_impossible": 1, "list.answer": 1, "list.sex_relation": 1,
    }  # fmt: skip
    assert [problem.row for problem in reading.problems if problem.code == "list.repeated"] == list(range(63, 69))
    ages = [(problem.row, problem.value) for problem in reading.problems if problem.code == "list.age"]
    assert ages == [(76, "240"), (88, "240"), (830, "-3")]
    for family in reading.families:
        assert family.site is not None
        assert family.site.place_id
        for person in family.members:
            assert clean(person.full_name) == person.full_name
            assert not person.full_name.startswith("=")
            assert len(person.grandfather_name) <= 60


@pytest.mark.skipif(not CAMP_LIST.is_file(), reason="the camp's list is not here")
def test_a_list_read_again_brings_the_same_families() -> None:
    first, second = read_list(CAMP_LIST, TODAY), read_list(CAMP_LIST, date(2027, 3, 1))
    keys = [family.key for family in first.families]
    assert len(set(keys)) == len(keys)
    assert [family.key for family in second.families] == keys


def test_a_plain_family_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD, WIFE, SON)
    assert reading.problems == ()
    (family,) = reading.families
    assert (family.reference, family.rows, family.head) == ("1", (2, 3, 4), 0)
    head, wife, son = family.members
    assert (head.birth_date, head.birth_precision, head.phone) == (date(1980, 7, 1), "year", "+9647700123456")
    assert (wife.relation, wife.sex, wife.birth_date, wife.birth_precision) == ("SPOUSE", "F", date(1986, 7, 1), "est")
    assert (son.relation, son.birth_date, son.birth_precision) == ("CHILD", date(2010, 5, 1), "day")


def test_a_missing_number_goes_on_with_the_family_above_only_where_that_is_evident(tmp_path: Path) -> None:
    stranger = changed(SON, household="", father="Nobody", family="Else")
    reading = read(
        tmp_path,
        HEAD,
        changed(WIFE, household="", family=""),  # the same number goes on below
        SON,
        changed(SON, household="", given="Said"),  # son of Ali
        stranger,
        changed(HEAD, household="", given="Yusuf"),  # a head begins a family, with a number or not
    )
    assert [family.rows for family in reading.families] == [(2, 3, 4, 5), (7,)]
    assert codes(reading) == [(6, "household", "list.no_household")]


def test_a_list_without_numbers_begins_a_family_at_each_head(tmp_path: Path) -> None:
    rows = [row[1:] for row in (SON, HEAD, WIFE, SON, changed(HEAD, given="Yusuf"))]
    reading = read(tmp_path, *rows, header=HEADER[1:])
    assert [family.rows for family in reading.families] == [(3, 4, 5), (6,)]
    assert codes(reading) == [(2, "household", "list.no_household")]


def test_two_heads_no_head_and_a_number_used_twice(tmp_path: Path) -> None:
    header = [*HEADER, "camp"]
    rows = [
        [*HEAD, "Khanke"],
        [*changed(HEAD, given="Yusuf"), ""],
        [*changed(HEAD, given="Khalid", father="Salih"), "Shariya"],
        [*changed(SON, household="7"), ""],
    ]
    reading = read(tmp_path, *rows, header=header)
    assert [family.head for family in reading.families] == [0, 0, None]
    assert reading.families[0].members[1].relation is None
    assert codes(reading)[:3] == [
        (3, "relation", "list.two_heads"), (4, "household", "list.number_reused"), (5, "relation", "list.no_head"),
    ]  # fmt: skip


def test_repeated_rows_and_families_are_used_once(tmp_path: Path) -> None:
    again = [changed(row, household="9") for row in (HEAD, WIFE)]
    reading = read(tmp_path, HEAD, WIFE, WIFE, ["Total", "", "", "", "", "", "", "", "", "3"], HEADER, [], *again)
    assert [family.rows for family in reading.families] == [(2, 3)]
    assert codes(reading) == [
        (4, "", "list.repeated"), (5, "", "list.total"), (6, "", "list.header"), (7, "", "list.blank"),
        (8, "", "list.repeated_family"), (9, "", "list.repeated_family"),
    ]  # fmt: skip


def test_twins_of_one_name_part_are_two_persons(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD, SON, changed(SON, given="Umayr"))
    assert len(reading.families[0].members) == 3


@pytest.mark.parametrize(
    ("cell", "value", "column", "code"),
    [
        ("given", "=cmd|' /C calc'!A0", "given_name", "list.formula"),
        ("given", "@SUM(A1)", "given_name", "list.formula"),
        ("father", "+HYPERLINK(1)", "father_name", "list.formula"),
        ("given", "x" * 300_000, "given_name", "list.too_long"),
        ("given", "Ali\u202egnp", "given_name", "list.hidden"),
        ("given", "A\x00l\x07i", "given_name", "list.hidden"),
        ("given", "123", "given_name", "list.name"),
        ("given", "", "given_name", "list.missing"),
        ("sex", "x", "sex", "list.answer"),
        ("sex", "f", "sex", "list.sex_relation"),
        ("relation", "boss", "relation", "list.answer"),
        ("birth", "31/2/2010", "birth_date", "list.date_impossible"),
        ("birth", "1/1/2099", "birth_date", "list.date_future"),
        ("birth", "1/1/1850", "birth_date", "list.date_too_old"),
        ("birth", "yesterday", "birth_date", "list.date_form"),
        ("age", "240", "age", "list.age"),
        ("age", "-3", "age", "list.age"),
        ("phone", "0750123456789", "phone", "list.phone"),
    ],
)
def test_what_cannot_be_trusted_is_left_out_and_reported(
    tmp_path: Path, cell: str, value: str, column: str, code: str
) -> None:
    reading = read(tmp_path, HEAD, WIFE, changed(SON, **{cell: value}))
    found = [problem for problem in codes(reading) if problem[2] != "list.missing"]
    assert (found or codes(reading)) == [(4, column, code)]
    assert not any(problem.skipped for problem in reading.problems)
    assert all(len(problem.value) <= 40 for problem in reading.problems)
    son = reading.families[0].members[2]
    assert clean(son.full_name) == son.full_name
    assert "=" not in son.full_name


def test_phones_and_documents_as_lists_have_them(tmp_path: Path) -> None:
    header = [*HEADER, "id type", "id number"]
    rows = [
        [*changed(HEAD, phone="none"), "national card", "123456789012"],
        [*changed(WIFE, phone="0770 012 3456 / 0770 012 3457"), "ration card", "12-345"],
        [*changed(SON, phone="-"), "unified card", "123"],
        [*changed(SON, given="Said", phone="n/a"), "library card", "!!"],
    ]
    reading = read(tmp_path, *rows, header=header)
    head, wife, son, other = reading.families[0].members
    assert (head.phone, head.document_type, head.document_number) == ("", "NID", "123456789012")
    assert (wife.phone, wife.document_type, wife.document_number) == ("+9647700123456", "PDS", "12345")
    assert (son.document_type, son.document_number) == ("NID", "")
    assert other.document_type is None
    assert codes(reading) == [
        (4, "document_number", "list.document_number"), (5, "document_type", "list.answer"),
        (5, "document_number", "list.document_number"),
    ]  # fmt: skip


def test_places_are_recognised_or_kept_in_their_own_words(tmp_path: Path) -> None:
    header = [*HEADER, "camp", "origin", "tent"]
    rows = [[*HEAD, "Khanki camp", "", "B2-17"], [*WIFE, "", "Atlantis", ""], [*SON, "", "Sinjar", ""]]
    (family,) = read(tmp_path, *rows, header=header).families
    assert (family.site and family.site.place_id, family.shelter) == ("DTM8656", "B2-17")
    assert family.origin
    assert family.origin.place_id == "IQG15Q07"
    reading = read(tmp_path, rows[0], rows[1], header=header)
    assert reading.families[0].origin
    assert reading.families[0].origin.unlisted == "Atlantis"
    assert codes(reading) == [(3, "origin", "list.place")]


def test_a_corrected_list_brings_the_same_family(tmp_path: Path) -> None:
    before = read(tmp_path, HEAD, WIFE).families[0]
    after = read(tmp_path, changed(HEAD, birth="1981", phone=""), WIFE, SON).families[0]
    other = read(tmp_path, changed(HEAD, given="Yusuf"), WIFE).families[0]
    assert before.key == after.key
    assert before.key != other.key


def test_headers_are_found_below_a_title_in_other_languages_and_by_a_mapping(tmp_path: Path) -> None:
    arabic = [
        "\u0627\u0644\u0627\u0633\u0645 \u0627\u0644\u0623\u0648\u0644",
        "\u0635\u0644\u0629 \u0627\u0644\u0642\u0631\u0627\u0628\u0629",
        "\u0627\u0644\u062c\u0646\u0633",
        "\u0627\u0644\u0639\u0645\u0631",
    ]
    row = ["Ali", "\u0631\u0628 \u0627\u0644\u0623\u0633\u0631\u0629", "\u0630\u0643\u0631", "\u0664\u0660"]
    path = write(tmp_path, [["Camp 2026"], [], arabic, row])
    reading = read_list(path, TODAY)
    assert reading.families[0].members[0].birth_precision == "est"
    assert codes(reading) == [(1, "", "list.title"), (2, "", "list.blank")]
    own = write(tmp_path, [["Wer", "Rolle", "sex", "age"], row])
    with pytest.raises(Refusal, match=r"list\.no_header"):
        read_list(own, TODAY)
    assert len(read_list(own, TODAY, {"given_name": "Wer", "relation": "rolle"}).families) == 1
    with pytest.raises(Refusal, match=r"list\.mapping_column"):
        read_list(own, TODAY, {"planet": "Wer"})
    with pytest.raises(Refusal, match=r"list\.mapping_header"):
        read_list(own, TODAY, {"given_name": "Wer", "relation": "Rolle", "site": "Ort"})


def test_a_workbook_is_read_without_running_anything(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("cover").write(0, 0, "Camp")
        sheet = book.add_worksheet("people")
        for place, header in enumerate(HEADER):
            sheet.write(0, place, header)
        for number, row in enumerate((HEAD, WIFE, SON), 1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        sheet.write_datetime(1, 3, datetime(1980, 2, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(2, 4, 41)
        sheet.write_formula(3, 5, '=HYPERLINK("http://example.org")', value="Umar")
    reading = read_list(path, TODAY)
    check_every_row_ends_somewhere(reading, {2, 3, 4})
    head, wife, son = reading.families[0].members
    assert (head.birth_date, head.birth_precision) == (date(1980, 2, 3), "day")
    assert wife.birth_date == date(1985, 7, 1)
    assert son.given_name == ""
    assert codes(reading) == [(4, "given_name", "list.formula")]


def test_arabic_windows_text_and_other_separators_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [HEADER, changed(HEAD, given="\u0639\u0644\u064a")]
    for encoding in ("cp1256", "utf-16", "utf-8-sig"):
        path.write_bytes("\r\n".join(";".join(row) for row in rows).encode(encoding))
        assert read_list(path, TODAY).families[0].members[0].given_name == "\u0639\u0644\u064a"


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list"
    for body, code in (
        (b"", "list.no_header"),
        (b"\xff\xd8\xff\xe0 a picture", "list.no_header"),
        (b"PK\x03\x04 broken", "list.unreadable"),
        (b"\xd0\xcf\x11\xe0old", "list.old_workbook"),
    ):
        path.write_bytes(body)
        with pytest.raises((Refusal, Fault)) as failed:
            read_list(path, TODAY)
        assert failed.value.code == code
    with pytest.raises(Fault, match=r"list\.unreadable"):
        read_list(tmp_path / "missing.csv", TODAY)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in range(40):
            packed.writestr(f"bomb{member}", bytes(2**24))
    with pytest.raises(Refusal, match=r"list\.too_big"):
        read_list(path, TODAY)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    def stop(done: int, total: int | None, step: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_list(write(tmp_path, [HEADER, HEAD]), TODAY, progress=stop)


KNOWN = (*HEAD, *WIFE, *SON, "=1", "\u202e", "total", "none")
cells = st.text(max_size=12) | st.sampled_from(KNOWN)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(cells, max_size=len(HEADER) + 1), max_size=12))
def test_any_rows_end_in_a_family_or_a_problem(tmp_path: Path, rows: list[list[str]]) -> None:
    path = write(tmp_path, [HEADER, *rows])
    with path.open(encoding="utf-8", newline="") as file:
        try:
            count = len(list(csv.reader(file)))
        except csv.Error:
            count = 0
    try:
        reading = read_list(path, TODAY)
    except HelpDeskError as failed:
        assert failed.code in ("list.unreadable", "list.no_header")  # noqa: PT017
    else:
        check_every_row_ends_somewhere(reading, set(range(2, count + 1)))


def test_every_column_of_the_design_has_a_header_we_know() -> None:
    assert len(COLUMNS) == 17
