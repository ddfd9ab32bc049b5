"""A place that lets people move there, recorded by a test whatever side its desk stands on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import select

from helpdesk.desk.commands import Act, User, command
from helpdesk.desk.folder import SLOTS_FILE
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.desk.tables import UserRow
from helpdesk.journey.areas import recording
from helpdesk.journey.areas.codes import AREA_SAFEGUARD, AREA_SECTION
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.areas.forms import AssessmentForm, SafeguardForm
from helpdesk.journey.areas.standing import PROPOSING
from helpdesk.opening import Desk
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.slots import Slots
from tests.programme import passphrase

FALLUJAH = "IQG01Q01"
MARKAZ = "IQG01Q01N03"
"""A sub-district of it."""
SECTIONS = {code: f"What was found of {code}" for code in AREA_SECTION}


def assessment(place: str, day: date, result: str = "ACCEPTABLE", days: int = 90, **fields: object) -> AssessmentForm:
    """An assessment of ``day`` that holds for ``days``."""
    until = day + timedelta(days=days)
    return AssessmentForm(place, day, until, result, "IOM", SECTIONS, **fields)


def safeguard(place: str, code: str, day: date, **fields: object) -> SafeguardForm:
    """A safeguard that is done since ``day``."""
    return SafeguardForm(**{"place": place, "safeguard": code, "state": "DONE", "on": day, "org": "IOM", **fields})


@command("test.open_place", roles=FAMILIES)
def _open(act: Act, place: str, result: str, days: int) -> None:
    recording.assess(act, assessment(place, act.day, result, days))
    for code in AREA_SAFEGUARD:
        if code != "L_RISK":
            recording.answer(act, safeguard(place, code, act.day))
    restand(act)


def open_place(desk: Desk, place: str, result: str = "ACCEPTABLE", days: int = 90) -> None:
    """Record everything that a place needs, on the desk's own day; a supervisor signs it, whoever is at the desk."""
    with supervising(desk):
        desk.do(_open, place, result, days)


@contextmanager
def supervising(desk: Desk) -> Iterator[None]:
    """The desk in the hands of somebody whose word opens places: its own supervisor, unless one sits there."""
    known = desk.user
    if known.role not in PROPOSING:
        desk.user = _supervisor(desk)
    try:
        yield
    finally:
        desk.user = known


def _supervisor(desk: Desk) -> User:
    secret = Slots(desk.folder / SLOTS_FILE).open("supervisor", passphrase("supervisor"), None)
    key = SigningKey.from_seed(secret[32:])
    row = desk.ask(lambda view: view.connection.execute(select(UserRow).where(UserRow.public == key.public)).one())
    return User(row.id, row.name, Role(row.role), key)
