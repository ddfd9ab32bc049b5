"""Tokens, contrast, style sheet and icons."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from helpdesk.core.language import Words
from helpdesk.core.resources import resource
from ui.icons import POINTING, picture
from ui.theme import CONTRAST, DARK, FAMILY, LIGHT, SCALES, TEXT_PAIRS, Look, Tokens, contrast, load_fonts, style_sheet

THEMES = (LIGHT, DARK, CONTRAST)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_text_is_readable(tokens: Tokens, pair: tuple[str, str]) -> None:
    assert contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("scale", SCALES)
def test_style_sheet_is_filled(tokens: Tokens, scale: int) -> None:
    sheet = style_sheet(Look(Words("en"), tokens, scale))
    assert "$" not in sheet
    assert tokens.action in sheet


def test_style_sheet_writes_no_colour_itself() -> None:
    template = resource("styles", "window.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", template)


def test_every_token_is_a_colour() -> None:
    for tokens in THEMES:
        for name, value in tokens._asdict().items():
            assert name in ("name", "line_width") or re.fullmatch(r"#[0-9A-F]{6}", value)


def test_font_is_shipped(qapp: QApplication) -> None:
    assert FAMILY in load_fonts()


def test_every_icon_draws_in_its_colour(qapp: QApplication) -> None:
    look = Look(Words("en"))
    for file in resource("icons").glob("*.svg"):
        assert "currentColor" in file.read_text(encoding="utf-8")
        image = picture(file.stem, look, "stop").toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 250
        ]
        assert inked, f"{file.stem} shows nothing"
        assert inked[0].name().upper() == LIGHT.stop


def test_only_pointing_icons_turn(qapp: QApplication) -> None:
    english, arabic = Look(Words("en")), Look(Words("ar"))
    for file in resource("icons").glob("*.svg"):
        same = picture(file.stem, english).toImage() == picture(file.stem, arabic).toImage()
        assert same == (file.stem not in POINTING), file.stem
