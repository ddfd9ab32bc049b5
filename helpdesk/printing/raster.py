"""What PDFium does with finished papers: pages as pictures for preview, printers and tests; several papers as one.

PDFium is not safe in several threads at once: call it from the one thread that prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

import pypdfium2
from PIL import Image


def page_count(pdf: bytes) -> int:
    """How many pages the PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_image(pdf: bytes, number: int, dpi: int) -> Image.Image:
    """Page ``number`` (from 0) as a grey picture at ``dpi`` dots to the inch."""
    return next(page_images(pdf, dpi, first=number))


def page_images(pdf: bytes, dpi: int, *, first: int = 0) -> Iterator[Image.Image]:
    """The pages one by one, from ``first`` on, as grey pictures; only one is held at a time."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(first, len(document)):
            page = document[number]
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            picture: Image.Image = bitmap.to_pil().convert("L")
            bitmap.close()
            page.close()
            yield picture
    finally:
        document.close()


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several papers as one, page after page, each page of its own size."""
    whole = pypdfium2.PdfDocument.new()
    out = BytesIO()
    try:
        for pdf in pdfs:
            part = pypdfium2.PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        whole.save(out)
    finally:
        whole.close()
    return out.getvalue()
