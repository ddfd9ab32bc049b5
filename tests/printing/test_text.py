"""Text on paper: order, isolates, joining, wrapping, shrinking, coverage, and what a reader finds again."""

from __future__ import annotations

import csv
import os
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from helpdesk.printing.fonts import font
from helpdesk.printing.text import SMALLEST, Style, fit, fit_line, missing_letters, operators, set_line, wrap
from tests.printing.people import LONG, NAMES
from tests.printing.reading import text_of, words_of

SHARED = Path(os.environ.get("HELPDESK_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))

ARABIC = "\u0627\u0644\u0631\u0642\u0645"  # "the number"
LETTERS = st.sampled_from(
    list("abc XYZ 019 -+.,:()[] ")
    + list("\u0627\u0644\u0645\u062d\u062f\u06ce\u06d5\u06b5\u0631 \u0661\u0662\u066c \u064b\u0651")
    + list("\u2066\u2069\u2068 \u00a0")
)


def shown(text: str, direction: str | None) -> str:
    """The letters of the line from left to right."""
    return "".join(glyph.text for glyph in set_line(text, direction).glyphs)


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("abc", "ltr", "abc"),
        ("abc", "rtl", "abc"),
        (ARABIC, "rtl", ARABIC[::-1]),
        (f"{ARABIC} 123", "rtl", f"123 {ARABIC[::-1]}"),
        (f"{ARABIC} 123", "ltr", f"123 {ARABIC[::-1]}"),
        (f"{ARABIC} \u2066+964 770\u2069", "rtl", f"+964 770 {ARABIC[::-1]}"),
        (f"{ARABIC} +964 770", "rtl", f"770 964+ {ARABIC[::-1]}"),  # what happens without the isolate
        (f"{ARABIC} \u20660123-4567-89\u2069", "rtl", f"0123-4567-89 {ARABIC[::-1]}"),
        (f"\u2068{ARABIC}\u2069: 5", "ltr", f"{ARABIC[::-1]}: 5"),
        (f"{ARABIC} (abc)", "rtl", f")abc( {ARABIC[::-1]}"),  # glyphs mirror, letters stay
        ("\u0661\u066c\u0665\u0660\u0660", "rtl", "\u0661\u066c\u0665\u0660\u0660"),
    ],
)
def test_order_on_the_line(text: str, direction: str, expected: str) -> None:
    assert shown(text, direction) == expected


def test_direction_from_the_first_strong_letter() -> None:
    assert set_line(f"12 {ARABIC} abc", None).rtl
    assert not set_line(f"12 abc {ARABIC}", None).rtl


def test_arabic_letters_join() -> None:
    apart = {glyph.number for letter in "\u0645\u062d\u062f" for glyph in set_line(letter, "rtl").glyphs}
    joined = {glyph.number for glyph in set_line("\u0645\u062d\u0645\u062f\u062d", "rtl").glyphs}
    assert not apart & (joined - {font().face.charToGlyph[0x62D], font().face.charToGlyph[0x62F]})


def test_brackets_are_mirrored() -> None:
    opening, closing = (font().face.charToGlyph[ord(c)] for c in "()")
    numbers = [glyph.number for glyph in set_line(f"({ARABIC})", "rtl").glyphs]
    assert (numbers[0], numbers[-1]) == (opening, closing)


@given(st.text(LETTERS, max_size=120), st.floats(2, 40), st.sampled_from(["ltr", "rtl", None]))
def test_wrapping_keeps_the_width_and_loses_nothing(text: str, width: float, direction: str | None) -> None:
    lines, whole = wrap(text, direction, width)
    if whole:
        assert all(line.width <= width for line in lines)
    kept = "".join(glyph.text for line in lines for glyph in line.glyphs)
    all_in_one = "".join(glyph.text for glyph in set_line(text, direction).glyphs)
    assert sorted(kept.replace(" ", "")) == sorted(all_in_one.replace(" ", ""))


@given(
    st.text(LETTERS, max_size=200),
    st.floats(4, 40),
    st.floats(20, 300),
    st.floats(6, 200),
    st.sampled_from(["ltr", "rtl", None]),
)
def test_what_is_fitted_fits(text: str, size: float, width: float, height: float, direction: str | None) -> None:
    setting = fit(text, Style(size), direction, width, height)
    assert setting.size <= size
    assert setting.height <= height + 0.02
    assert setting.width <= width + 0.02


@given(st.text(LETTERS, min_size=1, max_size=80), st.floats(20, 300))
def test_one_line_is_shrunk_to_its_width(text: str, width: float) -> None:
    setting = fit_line(text, Style(20), "rtl", width)
    assert len(setting.lines) == 1
    assert setting.width <= width + 0.01


def test_words_stay_whole_as_long_as_one_can_read_them() -> None:
    setting = fit(LONG, Style(10, bold=True), "rtl", 115, 28)
    words = {word[::-1] for line in setting.lines for word in "".join(g.text for g in line.glyphs).split()}
    assert setting.size > SMALLEST
    assert words == set(LONG.split())


def test_every_letter_of_the_four_languages_is_there() -> None:
    arabic = "".join(map(chr, (*range(0x621, 0x63B), *range(0x641, 0x653))))
    sorani = (
        "\u0626\u0627\u0628\u067e\u062a\u062c\u0686\u062d\u062e\u062f\u0631\u0695\u0632\u0698\u0633\u0634"
        "\u0639\u063a\u0641\u06a4\u0642\u06a9\u06af\u0644\u06b5\u0645\u0646\u0648\u06c6\u0647\u06be\u06d5"
        "\u06cc\u06ce"
    )
    digits = (
        "0123456789\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u06f0\u06f1\u06f2\u06f3\u06f4"
        "\u06f5\u06f6\u06f7\u06f8\u06f9\u066b\u066c\u060c\u061b\u061f\u066a"
    )
    latin = "\u00ea\u00ee\u015f\u00fb\u00e7\u00ca\u00ce\u015e\u00db\u00c7\u011f\u0131\u0130\u00f6\u00fc"
    assert missing_letters(arabic + sorani + digits + latin) == ""
    assert font(bold=True).face.characters == font().face.characters


@pytest.mark.parametrize("name", ["names_given.csv", "names_family.csv"])
def test_every_name_we_know_can_be_printed(name: str) -> None:
    with (SHARED / "data" / name).open(encoding="utf-8") as file:
        text = "".join("".join(row) for row in csv.reader(file))
    assert missing_letters(text) == ""


def test_a_letter_that_is_missing_is_named_and_leaves_a_mark() -> None:
    assert missing_letters("a\u2642b\u2642\u2640") == "\u2642\u2640"
    assert shown("a\u2642", "ltr") == "a\ufffd"


def test_a_transliteration_loses_its_dots_rather_than_its_letters() -> None:
    assert shown("\u02bfA\u1e25mad \u1e62i\u0307", "ltr") == "\u2018Ahmad Si"


def test_joiners_leave_no_gap() -> None:
    joined, apart = "\u067e\u06ce\u06af\u06d5", "\u067e\u06ce\u200c\u06af\u06d5"
    assert shown(apart, "rtl").replace("\u200c", "") == joined[::-1]
    assert [g.number for g in set_line(apart, "rtl").glyphs] != [g.number for g in set_line(joined, "rtl").glyphs]


def test_names_are_found_again_by_word() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    for place, name in enumerate((*NAMES, "\u0627\u0644\u0644\u0647 \u0644\u0627 \u06b5\u0627")):
        for bold in (False, True):
            line = set_line(name, "rtl", bold=bold)
            canvas.addLiteral(operators(canvas._doc, line, 50, 800 - 40 * place - 20 * bold, 14, bold=bold))
    canvas.save()
    found = words_of(file.getvalue())
    assert {word for name in NAMES for word in name.split()} <= found
    assert {"\u0627\u0644\u0644\u0647", "\u0644\u0627", "\u06b5\u0627"} <= found


def test_more_glyphs_than_one_subset_holds() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    letters = [chr(c) for c in range(0x21, 0x530) if font().covers(chr(c)) and chr(c).isalpha()]
    assert len(letters) > 256
    for row in range(0, len(letters), 30):
        line = set_line(" ".join(letters[row : row + 30]), "ltr")
        canvas.addLiteral(operators(canvas._doc, line, 30, 800 - row, 10))
    canvas.save()
    assert set(letters) <= set(text_of(file.getvalue()))
