"""Vouchers of a whole list on paper: numbered in pieces, so that a stop or a power cut loses no more than a piece.

It numbers through the same command as a single voucher; whatever has a number is drawn, because its paper must exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from helpdesk.assistance.vouchers import numbering
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.core.errors import Stopped
from helpdesk.core.language import N_, Words
from helpdesk.core.progress import Progress
from helpdesk.printing.faces import voucher_face
from helpdesk.printing.vouchers import VoucherLayout, vouchers_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper
from ui.work import AnyDesk

PIECE: Final = 50
_LAYOUTS: Final = (VoucherLayout.A4_THREE, VoucherLayout.A6, VoucherLayout.ROLL)


def print_round(
    desk: AnyDesk, progress: Progress, ids: Sequence[str], paper: Callable[..., Paper]
) -> tuple[int, Paper | None]:
    """Number and draw these; how many, and their paper, of those alone that were numbered before a stop."""
    printed: list[PrintedVoucher] = []
    for first in range(0, len(ids), PIECE):
        try:
            progress(first, len(ids), N_("Printing the vouchers"))
        except Stopped:
            break
        printed.extend(desk.do(numbering.print_, tuple(ids[first : first + PIECE])))
    if not printed:
        return 0, None

    def told(done: int, total: int | None, step: str) -> None:
        try:
            progress(done, total, step)
        except Stopped:
            return  # these have their numbers: without a paper they would have to be printed again, one by one

    return len(printed), paper(printed, progress=told)


def vouchers_paper(
    words: Words, vouchers: Sequence[PrintedVoucher], now: DeskNow, *, practice: bool, progress: Progress | None = None
) -> Paper:
    """Vouchers for three on A4, one on A6, or a roll; one alone begins with A6."""
    faces = [voucher_face(voucher, now.pay_points, words, practice=practice) for voucher in vouchers]
    layouts = _LAYOUTS if len(faces) > 1 else (VoucherLayout.A6, VoucherLayout.A4_THREE, VoucherLayout.ROLL)
    said = {
        VoucherLayout.A4_THREE: words("A4 sheet, three vouchers with their counterfoils"),
        VoucherLayout.A6: words("A6, one voucher on a page"),
        VoucherLayout.ROLL: words("Roll of 80 mm"),
    }

    def draw(place: int) -> bytes:
        return vouchers_pdf(faces, words, layouts[place])

    first = vouchers_pdf(faces, words, layouts[0], progress=progress) if progress is not None else draw(0)
    return Paper(words("Vouchers"), first, layouts=tuple(said[one] for one in layouts), draw=draw)
