"""The rules of cash-for-work as pure functions: who may stand on a sheet, and which days may be entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from helpdesk.assistance.attendance.documents import WorkForm, WorkSheet
from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.households.documents import Person

GROWN: Final = 18
"""Years: nobody younger works for cash (and no voucher is paid to a child, DOMAIN.md 2.14)."""
LONGEST_SHEET: Final = 31
"""Days of one sheet."""
MOST_WORKERS: Final = 100
LONGEST_WORK: Final = 120


def check_form(form: WorkForm) -> None:
    """Raises Refusal("attendance.work" | "attendance.days" | "attendance.nobody" | "attendance.line_twice")."""
    if not 1 <= len(clean(form.work)) <= LONGEST_WORK:
        raise Refusal("attendance.work", most=LONGEST_WORK)
    if not 0 <= (form.last - form.first).days < LONGEST_SHEET:
        raise Refusal("attendance.days", most=LONGEST_SHEET)
    if not 1 <= len(form.persons) <= MOST_WORKERS:
        raise Refusal("attendance.nobody", most=MOST_WORKERS)
    if len(set(form.persons)) != len(form.persons):
        raise Refusal("attendance.line_twice")


def check_worker(person: Person, first: date) -> None:
    """Raises Refusal("attendance.gone" | "attendance.child", name=...)."""
    if person.gone:
        raise Refusal("attendance.gone", name=person.full_name)
    born = person.birth_date
    age = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    if age < GROWN:
        raise Refusal("attendance.child", name=person.full_name, age=GROWN)


def days_entered(sheet: WorkSheet, present: Mapping[str, tuple[date, ...]], day: date) -> dict[str, tuple[date, ...]]:
    """The days by person as a sheet keeps them, in order, without people who were never there.

    Raises Refusal("attendance.not_on_sheet" | "attendance.outside" | "attendance.future" | "attendance.empty").
    """
    lines = {worker.person for worker in sheet.workers}
    kept: dict[str, tuple[date, ...]] = {}
    for person, days in present.items():
        if person not in lines:
            raise Refusal("attendance.not_on_sheet")
        for one in days:
            if not sheet.first <= one <= sheet.last:
                raise Refusal("attendance.outside", day=one, first=sheet.first, last=sheet.last)
            if one > day:
                raise Refusal("attendance.future", day=one)
        if days:
            kept[person] = tuple(sorted(set(days)))
    if not kept:
        raise Refusal("attendance.empty")
    return kept
