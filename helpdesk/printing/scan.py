"""Reading QR codes from a picture: a webcam's frame, a scan, a rendered page. Several passes, one decoder.

Returns texts only; whether they are ours, genuine or paid is judged elsewhere. Pictures are never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

_Blend = Callable[[Image.Image, Image.Image], Image.Image]
_FORMATS: Final = zxingcpp.barcode_formats_from_str("QRCode")
_LARGEST: Final = 2400
"""Pixels. Pictures above this are read as they are, without the passes that enlarge them."""
_SCRATCHES: Final = (4, 6, 9, 13)
"""Pixels, just below a module's at 203, 300 and 600 dots to the inch: what is thinner than that is no module."""


def read_codes(image: Image.Image, expected: int = 1) -> tuple[str, ...]:
    """The texts of the QR codes in a picture, in the order in which they were found, each once.

    The passes (plain, global histogram, twice the size, softened, sharpened, scratches closed) go on until ``expected``
    codes are found: they lift blurred, tilted, turned and scratched pictures from half read to nearly always read.
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
    for width in _SCRATCHES:
        yield _without_lines(grey, width, ImageChops.darker, ImageChops.lighter), local  # scraped down to the white
        yield _without_lines(grey, width, ImageChops.lighter, ImageChops.darker), local  # crossed by a pen


def _without_lines(grey: Image.Image, width: int, over: _Blend, back: _Blend) -> Image.Image:
    """The picture without lines thinner than ``width`` pixels: what lies beside them spreads over them, and back."""
    return _spread(_spread(grey, width, over, 1), width, back, -1)


def _spread(picture: Image.Image, width: int, blend: _Blend, way: int) -> Image.Image:
    # each pixel becomes the darkest (lightest) of its neighbours on one side; doubling the reach takes few steps
    for right, down in ((way, 0), (0, way)):
        reach = 1
        while reach < width:
            step = min(reach, width - reach)
            picture = blend(picture, ImageChops.offset(picture, step * right, step * down))
            reach += step
    return picture
