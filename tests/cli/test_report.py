"""``report`` and ``centre report``: every table, files that leave with a word, balances, and sealed barriers."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from helpdesk.reports.registry import REPORTS
from helpdesk.vault.keys import FLOOR
from helpdesk.vault.officers import write_officer_key
from tests.cli.conftest import Programme
from tests.printing.reading import text_of

BALANCES = [
    {"indicator": "I1", "first": "2020-01-01", "last": "2021-12-31", "number": 4464, "source": "Factsheet"},
    {"indicator": "I4", "first": "2022-01-01", "last": "2022-12-31", "number": 2042, "beside": 300, "source": "F"},
]


@pytest.mark.parametrize("door", ["desk", "centre"])
def test_every_report_opens(programme: Programme, door: str) -> None:
    who, noun = ("desk-one:supervisor", ("report",)) if door == "desk" else ("centre", ("centre", "report"))
    for name in REPORTS:
        said = programme(who, *noun, name)
        assert said.code == 0, (name, said.err)
        table = said.document
        assert table["name"] == name
        assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])
    assert programme(who, *noun, "sadd", document=False).out.startswith("Persons by sex")


def test_a_file_leaves_with_a_word_and_an_entry(programme: Programme, tmp_path: Path) -> None:
    out = tmp_path / "sadd.csv"
    assert programme("desk-one:supervisor", "report", "sadd", "--out", out).refused == "cli.no_answer"
    assert programme("desk-one:clerk", "report", "sadd", "--out", out, "--yes").refused == "role.not_allowed"
    assert programme("desk-one:supervisor", "report", "sadd", "--out", tmp_path / "sadd.txt").refused == "report.form"
    assert not out.exists()
    assert programme("desk-one:supervisor", "report", "sadd", "--out", out, "--yes").code == 0
    header, tags, *rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))
    assert header[:3] == ["group", "age", "f"]
    assert tags[2] == "#affected+f"
    counts = [int(cell) for row in rows for cell in row[2:] if cell.isdecimal()]
    assert not any(0 < count < 5 for count in counts)
    acts = programme("desk-one:supervisor", "report", "audit").document["rows"]
    (done,) = (row["cells"] for row in acts if row["cells"][0] == "A report left as a file")
    assert done[1:] == [1, 1]
    assert programme("desk-one:clerk", "report", "audit").refused == "role.not_allowed"


def test_the_other_forms_and_languages(programme: Programme, tmp_path: Path) -> None:
    for language in ("ar", "ckb", "kmr"):
        pdf = tmp_path / f"{language}.pdf"
        who = "desk-one:supervisor"
        assert programme(who, "report", "status-table", "--out", pdf, "--yes", "--language", language).code == 0
        assert pdf.read_bytes().startswith(b"%PDF")
    sheet = tmp_path / "all.xlsx"
    assert programme("centre", "centre", "report", "daily", "--out", sheet, "--yes").code == 0
    assert load_workbook(sheet).active is not None
    pdf = tmp_path / "status.pdf"
    assert programme("centre", "centre", "report", "status-table", "--out", pdf, "--yes").code == 0
    assert "HHs registered at help desks" in text_of(pdf.read_bytes()).replace("\n", " ")


def test_balances_are_entered_at_the_centre_and_stand_in_its_columns(programme: Programme, tmp_path: Path) -> None:
    file, periods = tmp_path / "balances.json", tmp_path / "periods.txt"
    file.write_bytes(msgspec.json.encode(BALANCES))
    periods.write_text("2020-2021\n2022", encoding="utf-8")
    assert programme("desk-one:supervisor", "report", "opening", file).refused == "folder.not_centre"
    assert len(programme("centre", "centre", "report", "opening", file).document["entered"]) == 2
    table = programme("centre", "centre", "report", "status-table", "--periods", periods).document
    assert [column["heading"] for column in table["columns"]] == ["Indicator", "2020-2021", "2022"]
    assert table["rows"][0]["cells"] == ["HHs registered at help desks", 4464, 0]
    assert any("2022: 300" in note for note in table["notes"])
    assert any("opening balances" in note for note in table["notes"])
    # entered again it is another number, not another balance
    file.write_bytes(msgspec.json.encode([{**BALANCES[0], "number": 4465}]))
    assert programme("centre", "centre", "report", "opening", file).code == 0
    table = programme("centre", "centre", "report", "status-table", "--periods", periods).document
    assert table["rows"][0]["cells"][1] == 4465
    overlapping = [{**BALANCES[0], "first": "2021-06-01"}]
    file.write_bytes(msgspec.json.encode(overlapping))
    assert programme("centre", "centre", "report", "opening", file).refused == "balance.overlap"


def test_days_that_are_no_period(programme: Programme, tmp_path: Path) -> None:
    periods = tmp_path / "periods.txt"
    periods.write_text("last year", encoding="utf-8")
    who = "desk-one:supervisor"
    assert programme(who, "report", "status-table", "--periods", periods).refused == "period.form"
    later = f"{date.today().year + 1}-01-01"
    assert programme(who, "report", "sadd", "--from", later).refused == "period.order"


def test_sealed_barriers_open_at_the_centre_alone(programme: Programme) -> None:
    officer, secret = programme.home / "protection.officer", programme.home / "officer"
    write_officer_key(
        officer, "protection", bytes.fromhex(programme.facts.protection_seed), "an officer's words", FLOOR
    )
    secret.write_text("an officer's words\n", encoding="utf-8")
    key = ("--officer", officer, "--officer-passphrase-file", secret)
    assert programme("desk-one:supervisor", "report", "sealed-barriers", *key).refused == "folder.not_centre"
    table = programme("centre", "centre", "report", "sealed-barriers", *key).document
    # eight families: no group of five stands in any place, so no number is told
    assert all(cell is None or cell >= 5 for row in table["rows"] for cell in row["cells"][2:])
