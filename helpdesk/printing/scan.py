"""Reading QR codes from a picture: a webcam's frame, a scan, a rendered page. Several passes, one decoder.

Returns texts only; whether they are ours, genuine or paid is judged elsewhere. Pictures are never kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter

_FORMATS: Final = zxingcpp.barcode_formats_from_str("QRCode")
_LARGEST: Final = 2400
"""Pixels. Pictures above this are read as they are, without the passes that enlarge them."""


def read_codes(image: Image.Image, expected: int = 1) -> tuple[str, ...]:
    """The texts of the QR codes in a picture, in the order in which they were found, each once.

    The passes (plain, global histogram, twice the size, softened, sharpened) go on until ``expected`` codes are
    found: they lift blurred, tilted and turned pictures from half read to nearly always read.
    """
    found: dict[str, None] = {}
    for picture, binarizer in _passes(image.convert("L")):
        for code in zxingcpp.read_barcodes(picture, formats=_FORMATS, binarizer=binarizer):
            found.setdefault(code.text)
        if len(found) >= expected:
            break
    return tuple(found)


def _passes(grey: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield grey, local
    yield grey, whole
    width, height = grey.size
    enlarge = max(width, height) <= _LARGEST
    if enlarge:
        yield grey.resize((width * 2, height * 2), Image.Resampling.BICUBIC), local
    soft = grey.filter(ImageFilter.GaussianBlur(1.2))
    yield (soft.resize((width * 3 // 2, height * 3 // 2), Image.Resampling.BICUBIC) if enlarge else soft), local
    yield grey.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0)), local
