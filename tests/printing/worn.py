"""What happens to a code between the printer and the scanner: pictures of printed codes, turned, tilted, worn.

``python -m tests.printing.worn`` prints the table of rates. Everything is drawn from a seed, so that a run can be
repeated; nothing here is printed, photographed or read from a household.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, pi, radians, sin, sqrt
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from helpdesk.core.language import Words
from helpdesk.printing.cards import CardLayout, cards_pdf
from helpdesk.printing.qr import symbol
from helpdesk.printing.raster import page_images
from helpdesk.printing.scan import read_codes
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf
from tests.printing.people import card, voucher


@dataclass(frozen=True)
class Specimen:
    """A code as it stands on its rendered paper, with the print around it (grey).

    ``left``, ``top`` and ``width`` (pixels) are of the symbol without its quiet zone, ``modules`` how many it has.
    """

    digits: str
    picture: Image.Image
    left: float
    top: float
    width: float
    modules: int


Harm = Callable[[Specimen, random.Random], Image.Image]

PAPERS: Final = (("card", 300), ("voucher", 300), ("card", 203), ("voucher", 203), ("roll", 203))
"""What is rendered, and at how many dots: an Arabic CR80 card, A6 voucher, and voucher on an 80 mm roll."""
_CENTRES: Final = {"card": (20.8, 20.6), "voucher": (27.0, 27.0), "roll": (40.0, 34.0)}
"""Millimetres from the left and the top to the middle of the code."""
_HELD: Final = 1.5
"""A picture is so many times as wide as the code with its quiet zone, as somebody holds it before a camera."""
_FINDER: Final = 9
"""Modules of a corner with its finder pattern and what belongs to it: where it is gone nothing is found."""


@cache
def printed(kind: str, dpi: int, codes: int) -> tuple[Specimen, ...]:
    """So many cards or vouchers, printed and rendered, each cut out around its code."""
    words = Words("ar")
    if kind == "card":
        cards = [card(seed) for seed in range(codes)]
        pdf, digits = cards_pdf(cards, words, CardLayout.CR80), [one.qr_digits for one in cards]
    else:
        layout = VoucherLayout.ROLL if kind == "roll" else VoucherLayout.A6
        vouchers = [voucher(seed) for seed in range(codes)]
        pdf, digits = vouchers_pdf(vouchers, words, layout), [one.qr_digits for one in vouchers]
    return tuple(_cut(one, kind, page, dpi) for one, page in zip(digits, page_images(pdf, dpi), strict=True))


def _cut(digits: str, kind: str, page: Image.Image, dpi: int) -> Specimen:
    drawn, made_for = (symbol(digits, "M"), 203) if kind == "roll" else (symbol(digits, "Q"), 300)
    dot = dpi / 25.4
    whole, width = drawn.width(made_for) * dot, drawn.size * drawn.module(made_for) * dot
    side = round(whole * _HELD)
    left, top = (round(middle * dot - side / 2) for middle in _CENTRES[kind])
    ground = Image.new("L", (side, side), 255)
    ground.paste(page.crop((max(0, left), max(0, top), left + side, top + side)), (max(0, -left), max(0, -top)))
    return Specimen(digits, ground, (side - width) / 2, (side - width) / 2, width, drawn.size)


def turned(degrees: float) -> Harm:
    """Held at an angle."""
    return lambda one, _draw: _turned(one.picture, degrees)


def _turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def slightly(one: Specimen, draw: random.Random) -> Image.Image:
    """Laid down as papers are: up to 20 degrees to either side."""
    return _turned(one.picture, draw.uniform(-20, 20))


def tilted(one: Specimen, draw: random.Random) -> Image.Image:
    """Turned 40 degrees out of the camera's plane, about any axis, seen from three times its own width."""
    return _tilted(one.picture, draw.uniform(0, 2 * pi))


def _tilted(picture: Image.Image, axis: float) -> Image.Image:
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, _view(picture.width, 40, axis), Image.Resampling.BICUBIC,
        fillcolor=255,
    )  # fmt: skip


def _view(width: float, degrees: float, axis: float) -> tuple[float, ...]:
    # the paper's plane turned about an axis in it; a pinhole at three widths; PIL asks for the way back, from the
    # picture to the paper, which is the inverse of the 3 x 3 matrix
    tilt, far, middle = radians(degrees), 3 * width, width / 2
    a, b = cos(axis), sin(axis)
    c, s = cos(tilt), sin(tilt)
    forth = (
        (far * (c + a * a * (1 - c)), far * a * b * (1 - c), 0.0),
        (far * a * b * (1 - c), far * (c + b * b * (1 - c)), 0.0),
        (-b * s, a * s, far),
    )
    back = _inverse(forth)
    # moved so that the middle of the paper is the middle of the picture
    rows = [[*row[:2], row[2] - row[0] * middle - row[1] * middle] for row in back]
    for place in range(3):
        rows[0][place] += middle * rows[2][place]
        rows[1][place] += middle * rows[2][place]
    whole = rows[2][2]
    return tuple(value / whole for row in rows for value in row)[:8]


def _inverse(m: tuple[tuple[float, float, float], ...]) -> list[list[float]]:
    (a, b, c), (d, e, f), (g, h, i) = m
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return [[value / whole for value in row] for row in rows]


def blurred(one: Specimen, _draw: random.Random) -> Image.Image:
    """Out of focus by 1.2 pixels."""
    return one.picture.filter(ImageFilter.GaussianBlur(1.2))


def stained(share: float, tone: int) -> Harm:
    """One blot over ``share`` of the symbol, clear of its three corners; nothing shows through."""

    def harm(one: Specimen, draw: random.Random) -> Image.Image:
        radius = one.width * sqrt(share / pi)
        while True:
            x, y = (start + draw.uniform(radius, one.width - radius) for start in (one.left, one.top))
            if all(_clear(x, y, 1.1 * radius, corner) for corner in _corners(one)):
                break
        worn = one.picture.copy()
        ImageDraw.Draw(worn).polygon(_blot(x, y, radius, draw), fill=tone)
        return worn

    return harm


def _corners(one: Specimen) -> Iterator[tuple[float, float, float, float]]:
    side = one.width * _FINDER / one.modules
    far = one.width - side
    for across, down in ((0.0, 0.0), (far, 0.0), (0.0, far)):
        left, top = one.left + across, one.top + down
        yield left, top, left + side, top + side


def _clear(x: float, y: float, radius: float, box: tuple[float, float, float, float]) -> bool:
    near_x, near_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    return hypot(near_x - x, near_y - y) > radius


def _blot(x: float, y: float, radius: float, draw: random.Random) -> list[tuple[float, float]]:
    # a ragged circle: as much is added as is taken away
    edge = [radius * draw.uniform(0.9, 1.1) for _ in range(24)]
    return [(x + r * cos(2 * pi * n / 24), y + r * sin(2 * pi * n / 24)) for n, r in enumerate(edge)]


def coffee(one: Specimen, draw: random.Random) -> Image.Image:
    """A brown pool over a tenth of the symbol, anywhere, corners too: half of what is below shows through."""
    spot = Image.new("L", one.picture.size, 0)
    radius = one.width * sqrt(0.1 / pi)
    x, y = one.left + draw.uniform(0, one.width), one.top + draw.uniform(0, one.width)
    ImageDraw.Draw(spot).polygon(_blot(x, y, radius, draw), fill=128)
    worn = one.picture.copy()
    worn.paste(110, (0, 0, *worn.size), spot.filter(ImageFilter.GaussianBlur(3)))
    return worn


def crossed(lines: int, tone: int) -> Harm:
    """Lines of 0.4 mm from edge to edge, anywhere, corners too: scratches to the paper's white, or strokes of a pen."""

    def harm(one: Specimen, draw: random.Random) -> Image.Image:
        worn = one.picture.copy()
        brush = ImageDraw.Draw(worn)
        thick = round(one.width / 31 * 0.4)
        for _ in range(lines):
            angle, aside = draw.uniform(0, pi), draw.uniform(-0.4, 0.4) * one.width
            x = one.left + one.width / 2 - aside * sin(angle)
            y = one.top + one.width / 2 + aside * cos(angle)
            along, down = one.width * cos(angle), one.width * sin(angle)
            brush.line((x - along, y - down, x + along, y + down), fill=tone, width=thick)
        return worn

    return harm


def camera(one: Specimen, draw: random.Random) -> Image.Image:
    """All of it at a cheap camera: a blot of a twentieth, tilted, turned, small, out of focus, with noise."""
    worn = _tilted(stained(0.05, 0)(one, draw), draw.uniform(0, 2 * pi))
    worn = _turned(worn, draw.uniform(0, 360))
    small = worn.resize((640, 640), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.2))
    noise = Image.frombytes("L", small.size, draw.randbytes(small.width * small.height))
    return Image.blend(small, noise, 0.08)


HARMS: Final[dict[str, Harm]] = {
    "as printed": lambda one, _draw: one.picture,
    "turned 90": turned(90),
    "turned 180": turned(180),
    "turned 270": turned(270),
    "turned up to 20": slightly,
    "tilted 40": tilted,
    "blurred 1.2 px": blurred,
    "stained 10 %, black": stained(0.1, 0),
    "stained 10 %, white": stained(0.1, 255),
    "coffee 10 %, anywhere": coffee,
    "four scratches": crossed(4, 255),
    "four pen strokes": crossed(4, 0),
    "all at a camera": camera,
}


def rate(name: str, kind: str, dpi: int, codes: int) -> float:
    """The share of so many codes that are read as what they are after one harm."""
    read = 0
    for seed, one in enumerate(printed(kind, dpi, codes)):
        read += read_codes(HARMS[name](one, random.Random(f"{name} {kind} {seed}"))) == (one.digits,)
    return read / codes


def main() -> int:
    """The table: one line for each harm."""
    codes = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    print(f"{'per cent of ' + str(codes):24}", *(f"{kind:>8} {dpi}" for kind, dpi in PAPERS))
    for name in HARMS:
        rates = (rate(name, kind, dpi, codes) for kind, dpi in PAPERS)
        print(f"{name:24}", *(f"{100 * one:12.1f}" for one in rates), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
