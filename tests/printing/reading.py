"""What a reader finds in a finished PDF: its words by poppler, its letters' places and its codes by PDFium."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pypdfium2

from helpdesk.printing.raster import page_images
from helpdesk.printing.scan import read_codes

_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text_of(pdf: bytes) -> str:
    """The PDF's text by pdftotext, without marks of direction."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return _DIRECTIONS.sub("", found.stdout.decode())


def words_of(pdf: bytes) -> set[str]:
    """The PDF's words."""
    return set(text_of(pdf).split())


def codes_of(pdf: bytes, dpi: int, expected: int = 1) -> list[tuple[str, ...]]:
    """The QR codes of each page, printed at ``dpi``."""
    return [read_codes(image, expected) for image in page_images(pdf, dpi)]


def letters_of(pdf: bytes) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    """(page, letter, (left, bottom, right, top) in points) of all that is written."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for place in range(text.count_chars()):
            letter = text.get_text_range(place, 1)
            if letter.strip():
                yield number, letter, text.get_charbox(place)
        text.close()
        page.close()
    document.close()


def assert_inside(pdf: bytes, margin: float = 0.0) -> None:
    """Nothing is written nearer to the paper's edge than ``margin`` points."""
    document = pypdfium2.PdfDocument(pdf)
    sizes = [document[number].get_size() for number in range(len(document))]
    document.close()
    for number, letter, (left, bottom, right, top) in letters_of(pdf):
        width, height = sizes[number]
        inside = left >= margin and right <= width - margin and bottom >= margin and top <= height - margin
        assert inside, (number, letter, (left, bottom, right, top), sizes[number])
