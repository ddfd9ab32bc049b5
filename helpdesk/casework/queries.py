"""What pages and the command line ask of casework: a family's changes in their order, and its links to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from helpdesk.assistance.vouchers.kinds import VOUCHER
from helpdesk.casework import closing
from helpdesk.casework.displacing import Reopening, reopening
from helpdesk.casework.documents import FamilyEvent, Withdrawal
from helpdesk.casework.kinds import FAMILY_EVENT, WITHDRAWAL
from helpdesk.casework.roster import is_disputed, orphaned
from helpdesk.desk.commands import View
from helpdesk.desk.roles import NAMES
from helpdesk.households.commands import known_household
from helpdesk.households.kinds import HOUSEHOLD, PERSON
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.kinds import CASE
from helpdesk.vault.records import document_of, documents_of


class Linked(Struct, frozen=True):
    """Another number that a family is linked with by a code of ``family_event``: divided from it, or merged."""

    household: str
    number: str
    what: str


class Changes(Struct, frozen=True):
    """All that the file of a family shows of its changes and of stopping.

    ``can_withdraw``: the table of steps lets it stop now. ``until`` is the last day on which vouchers that wait since a
    withdrawal come back. ``lacks`` are codes of ``close_lacks``; ``names`` the people of earlier rosters too.
    """

    household: str
    status: str
    state: str
    can_withdraw: bool
    until: date | None
    reopen: Reopening
    may_close: bool
    lacks: tuple[str, ...]
    disputed: bool
    payees_gone: tuple[str, ...]
    events: tuple[FamilyEvent, ...]
    links: tuple[Linked, ...]
    names: dict[str, str]
    day: date


def events_of(view: View, household: str) -> tuple[FamilyEvent, ...]:
    """The changes of a family, the last written at the end."""
    view.only(NAMES)
    return tuple(doc for _, doc in documents_of(view.connection, FAMILY_EVENT, household))


def changes_of(view: View, household: str) -> Changes:
    """Everything for the file of one family. Raises Refusal("household.unknown")."""
    view.only(NAMES)
    found = known_household(view, household)
    cases = [doc for _, doc in documents_of(view.connection, CASE, household)]
    state = max(cases, key=lambda case: case.attempt).state if cases else ""
    stopped: list[Withdrawal] = [doc for _, doc in documents_of(view.connection, WITHDRAWAL, household)]
    is_open = found.status == "REGISTERED"
    events = events_of(view, household)
    return Changes(
        household=household,
        status=found.status,
        state=state,
        can_withdraw=is_open and "WITHDRAWN" in steps.ALLOWED.get(state, ()),
        until=stopped[-1].until if stopped and state == "WITHDRAWN" and _waits(view, household) else None,
        reopen=reopening(view, household),
        may_close=is_open and closing.may_close(view, household),
        lacks=closing.lacking(view, household) if is_open else (),
        disputed=is_disputed(view, (household, *found.members)),
        payees_gone=orphaned(view, household, found),
        events=events,
        links=tuple(_links(view, events)),
        names=_names(view, events),
        day=view.day,
    )


def _waits(view: View, household: str) -> bool:
    return any(doc.on(view.day) == "SUSPENDED" for _, doc in documents_of(view.connection, VOUCHER, household))


def _links(view: View, events: tuple[FamilyEvent, ...]) -> Iterator[Linked]:
    others = {event.other: event.what for event in events if event.other is not None}
    for other, what in others.items():
        known = document_of(view.connection, HOUSEHOLD, other)
        if known is not None:
            yield Linked(other, known.number, what)


def _names(view: View, events: tuple[FamilyEvent, ...]) -> dict[str, str]:
    found = {}
    for person in {person for event in events for person in event.persons}:
        known = document_of(view.connection, PERSON, person)
        if known is not None:
            found[person] = known.full_name
    return found
