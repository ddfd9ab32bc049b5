"""Symbols: digits only, at least 30 mm, whole dots; and the passes that read what a single pass cannot."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from helpdesk.printing.qr import LEAST_WIDTH, QUIET, Symbol, symbol
from helpdesk.printing.scan import read_codes
from tests.printing.people import digits


def picture(drawn: Symbol, pixels: int) -> Image.Image:
    """The symbol with its quiet zone, so many pixels a module."""
    side = drawn.size + 2 * QUIET
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(drawn.rows):
        for x in range(drawn.size):
            if row[x // 8] >> (7 - x % 8) & 1:
                image.putpixel((x + QUIET, y + QUIET), 0)
    return image.resize((side * pixels, side * pixels), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    ("length", "level", "size"), [(258, "Q", 49), (306, "Q", 53), (258, "M", 45), (306, "M", 49), (1, "Q", 21)]
)
def test_the_symbol_is_as_small_as_its_digits_allow(length: int, level: str, size: int) -> None:
    assert symbol(digits(1, length) if length > 2 else "7", level).size == size  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "12a", "\u0661\u0662", "1 2", "1.5", "-1"])
def test_only_digits_are_drawn(text: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        symbol(text, "Q")


@given(st.integers(21, 97), st.sampled_from([203, 300, 600]))
def test_modules_are_whole_dots_and_the_symbol_is_wide_enough(size: int, dpi: int) -> None:
    drawn = Symbol(size, ())
    dots = drawn.module(dpi) / 25.4 * dpi
    assert dots == pytest.approx(round(dots))
    assert drawn.module(dpi) * size >= LEAST_WIDTH - 1e-9
    assert drawn.module(dpi) * size < LEAST_WIDTH + size * 25.4 / dpi


@given(st.text("0123456789", min_size=1, max_size=320))
def test_what_is_drawn_is_read(text: str) -> None:
    assert read_codes(picture(symbol(text, "Q"), 4)) == (text,)


def test_leading_zeros_survive() -> None:
    assert read_codes(picture(symbol("00012", "Q"), 4)) == ("00012",)


@pytest.mark.parametrize(
    ("pixels", "blur", "turn"), [(4, 2.2, 0), (5, 2.8, 0), (5, 2.5, 12), (5, 3.0, 0), (6, 3.4, 12)]
)
def test_further_passes_read_what_the_first_does_not(pixels: int, blur: float, turn: int) -> None:
    text = digits(5, 306)
    turned = picture(symbol(text, "Q"), pixels).rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    blurred = turned.filter(ImageFilter.GaussianBlur(blur))
    assert not zxingcpp.read_barcodes(blurred)
    assert read_codes(blurred) == (text,)


def test_nothing_in_an_empty_picture() -> None:
    assert read_codes(Image.new("RGB", (300, 300), "white")) == ()


def test_several_codes_each_once() -> None:
    texts = [digits(seed, 60) for seed in range(3)]
    images = [picture(symbol(text, "M"), 4) for text in [*texts, texts[0]]]
    sheet = Image.new("L", (sum(image.width for image in images), images[0].height), 255)
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width
    assert sorted(read_codes(sheet, expected=3)) == sorted(texts)
