"""What is said once before a paper becomes worthless, with the act that follows: nothing here can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.assistance.vouchers import mishaps, numbering
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.language import Words, isolate_ltr
from helpdesk.core.numbers import voucher_number_shown


@dataclass(frozen=True)
class Sure:
    """What will happen, the button's text, the command with what it is done to, and the word afterwards.

    ``prints``: the command gives the face of a new paper.
    """

    sentence: str
    text: str
    command: Callable[..., Any]
    what: str
    done: str = ""
    prints: bool = False


def reprinting(words: Words, voucher: VoucherShown) -> Sure:
    """A spoiled paper is printed again."""
    said = words(
        "The new paper gets a new number. The paper with the number {number} becomes void at once: nobody can be paid "
        "with it. Tear it up.", number=_number(voucher),
    )  # fmt: skip
    return Sure(said, words("Print again"), numbering.reprint, voucher.number or "", prints=True)


def losing(words: Words, voucher: VoucherShown) -> Sure:
    """A paper is lost."""
    said = words(
        "Nobody can be paid with the paper {number} any more, even if it is found. A supervisor then prints another "
        "for it.", number=_number(voucher),
    )  # fmt: skip
    done = words("The paper is reported lost. Nobody is paid for it.")
    return Sure(said, words("Report it lost"), mishaps.lose, voucher.id, done)


def replacing(words: Words, voucher: VoucherShown) -> Sure:
    """Another paper stands for a lost one."""
    said = words(
        "Another paper with a new number stands for {number}, with the same amount and the same days.",
        number=_number(voucher),
    )
    return Sure(said, words("Print another paper for it"), mishaps.replace, voucher.id, prints=True)


def not_collected(words: Words, voucher: VoucherShown) -> Sure:
    """Nobody came for it."""
    said = words(
        "Its cash is counted back, and it cannot be paid before a supervisor has returned it to stock.",
    )
    done = words("Nobody came for it. A supervisor returns it to stock, or declares it void.")
    return Sure(said, words("Nobody came for it"), mishaps.unclaim, voucher.id, done)


SURE: Final[Mapping[str, Callable[[Words, VoucherShown], Sure]]] = {
    "REPRINT": reprinting,
    "LOST": losing,
    "REPLACE": replacing,
    "UNCLAIMED": not_collected,
}
"""By the codes of voucher_acts.py."""


def _number(voucher: VoucherShown) -> str:
    return isolate_ltr(voucher_number_shown(voucher.number)) if voucher.number else ""
