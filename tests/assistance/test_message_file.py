"""Files of messages: any usual header, dirty cells told by row and column, nobody's complaint lost for its sender."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from helpdesk.assistance.feedback.message_file import read_messages
from helpdesk.core.errors import Refusal

DAY = date(2026, 11, 21)
ARABIC = (
    "\u062a\u0627\u0631\u064a\u062e \u0627\u0644\u0627\u0633\u062a\u0644\u0627\u0645,"
    "\u0631\u0642\u0645 \u0627\u0644\u0647\u0627\u062a\u0641,"
    "\u0646\u0635 \u0627\u0644\u0631\u0633\u0627\u0644\u0629,"
    "\u0627\u0644\u0644\u063a\u0629,"
    "\u0627\u0644\u0642\u0646\u0627\u0629"
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "messages.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_arabic_headers_and_words_in_an_old_encoding(tmp_path: Path) -> None:
    rows = (
        f"{ARABIC}\n\u0662\u0660/\u0661\u0661/\u0662\u0660\u0662\u0666,\u0660\u0667\u0667\u0660 123 4567,"
        "\u0645\u062a\u0649\u061f,\u0639\u0631\u0628\u064a,\u062e\u0637 \u0633\u0627\u062e\u0646\n"
    )
    for encoding in ("utf-8", "utf-16"):
        read = read_messages(written(tmp_path, rows, encoding), DAY, "SMS")
        (found,) = read.messages
        assert (found.received_on, found.phone, found.language, found.channel) == (
            date(2026, 11, 20), "+9647701234567", "ar", "HELP",
        )  # fmt: skip
        assert read.problems == ()


def test_a_workbook_and_a_mapping(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["our helpline"])
    sheet.append(["when it came", "what was said", "language"])
    sheet.append([datetime(2026, 11, 20, 9, 30), "=SUM(A1)", "ckb"])
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(Refusal, match=r"message\.no_header"):
        read_messages(tmp_path / "book.xlsx", DAY, "HELP")
    mapping = {"received_at": "when it came", "text": "what was said"}
    (found,) = read_messages(tmp_path / "book.xlsx", DAY, "HELP", mapping).messages
    assert (found.received_on, found.text, found.language, found.channel) == (
        date(2026, 11, 20), "=SUM(A1)", "ckb", "HELP",
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"list\.mapping_column"):
        read_messages(tmp_path / "book.xlsx", DAY, "HELP", {"name": "x"})
    with pytest.raises(Refusal, match=r"list\.mapping_header"):
        read_messages(tmp_path / "book.xlsx", DAY, "HELP", {**mapping, "phone": "not there"})


def test_dirty_cells(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "received_at;phone;text;language;channel\n"
        "2026-11-20 10:00;4455;kept without number;xx;fax\n"
        ";;no day;;\n"
        "31/02/2026;;no such day;;\n"
        "2026;;no day but a year;;\n"
        "2026-12-20;;tomorrow;;\n"
        "2026-11-20;07701234567;;;\n"
        f"2026-11-20;;{'x' * 4001};;\n"
        ";;;;\n",
    )
    read = read_messages(path, DAY, "SMS")
    assert [(one.row, one.column, one.code, one.skipped) for one in read.problems] == [
        (2, "phone", "message.phone", False),
        (2, "channel", "message.answer", False),
        (2, "language", "message.answer", False),
        (3, "received_at", "message.missing", True),
        (4, "received_at", "message.day", True),
        (5, "received_at", "message.day", True),
        (6, "received_at", "message.day_future", True),
        (7, "text", "message.missing", True),
        (8, "text", "message.long", True),
    ]
    (found,) = read.messages
    assert (found.phone, found.channel, found.language) == ("", "SMS", "")


def test_the_same_message_has_the_same_fingerprint_and_another_hour_another(tmp_path: Path) -> None:
    path = written(tmp_path, "date,text\n20/11/2026 09:00,When?\n20/11/2026 09:00,When?\n20/11/2026 10:00,When?\n")
    first, second, third = (one.source for one in read_messages(path, DAY, "SMS").messages)
    assert first == second != third
    assert read_messages(path, DAY, "SMS") == read_messages(path, DAY, "SMS")
