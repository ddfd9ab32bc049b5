"""The documents of cash-for-work: one sheet of one work, with its people, their days, and who signed for them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.core.codes import CodeList
from helpdesk.households.documents import PlaceAnswer

SHEET_STATE = CodeList("work_sheet_state", "OPEN", "SIGNED", "PLANNED", "VOID")
"""Open: days may be entered. Signed: a supervisor stands for them. Planned: the vouchers are there."""


class Worker(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a sheet."""

    person: str
    household: str


class WorkSheet(Struct, frozen=True, forbid_unknown_fields=True):
    """The people of one work and the days each was there. ``number`` stands on the paper: eight digits.

    ``workers`` are in the order of the lines. ``present`` holds the days by person; ``foreman`` is the name signed on
    the paper, ``entered_by`` who typed it in, ``signed_by`` the supervisor; ``vouchers`` by person once planned.
    """

    number: str
    desk: int
    place: PlaceAnswer
    work: str
    first: date
    last: date
    pay_point: int
    workers: tuple[Worker, ...]
    opened_by: str
    state: str = "OPEN"
    present: dict[str, tuple[date, ...]] = {}
    foreman: str = ""
    entered_by: str | None = None
    signed_by: str | None = None
    vouchers: dict[str, str] = {}
    reason: str = ""

    @property
    def person_days(self) -> int:
        """Days of all persons together."""
        return sum(len(days) for days in self.present.values())


class WorkForm(Struct, frozen=True, forbid_unknown_fields=True):
    """What opens a sheet: ``persons`` are ids, in the order of the lines."""

    place: PlaceAnswer
    work: str
    first: date
    last: date
    pay_point: int
    persons: tuple[str, ...]
