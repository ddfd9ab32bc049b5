"""What a practice desk shows of changing families: one that withdrew, one with a newborn child, and one divided.

Written by the program's own commands; a family to which a step does not fit is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Final

from helpdesk.casework import family, splitting, withdrawing
from helpdesk.casework.splitting import SplitForm
from helpdesk.casework.withdrawing import WithdrawalForm
from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.households import queries
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import OtherContact
from helpdesk.households.forms import ConsentAnswer, MemberEntry
from helpdesk.households.queries import HouseholdFile
from helpdesk.households.rules import ADULT
from helpdesk.opening import Desk

EVERY_STOPPED: Final = 12
EVERY_BORN: Final = 9
_GONE_FROM: Final = ("SIB", "PARENT", "OREL", "CHILD")
"""Relations of grown members who found a household of their own."""


def make_changes(desk: Desk, households: Sequence[str], rng: Random) -> int:
    """Stop some of these families, let a child be born to others, and divide the first that can be; how many changed.

    ``desk`` is a supervisor's.
    """
    changed, is_divided = 0, False
    for place, household in enumerate(households):
        file = desk.ask(queries.family_file, household)
        try:
            if place % EVERY_STOPPED == EVERY_STOPPED - 1:
                desk.do(withdrawing.withdraw, household, WithdrawalForm("PRESENT", "Practice witness"))
            elif place % EVERY_BORN == EVERY_BORN - 1:
                day = desk.clock.now().date()
                desk.do(family.came, household, "BIRTH", _newborn(file, day, rng), day)
            elif not is_divided and (form := _division(file)) is not None:
                desk.do(splitting.split, household, form)
                is_divided = True
            else:
                continue
        except Refusal:
            continue  # this step does not fit where the family stands
        changed += 1
    return changed


def _newborn(file: HouseholdFile, day: date, rng: Random) -> MemberEntry:
    head = file.persons[file.household.head]
    sex = rng.choice(("F", "M"))
    given = {"F": "Zahra", "M": "Yousif"}[sex]
    return MemberEntry(given, head.given_name, head.father_name, head.family_name, sex, day, "day", "CHILD")


def _division(file: HouseholdFile) -> SplitForm | None:
    household = file.household
    grown = [
        person
        for person, doc in file.persons.items()
        if person not in (household.head, household.principal)
        and doc.relation in _GONE_FROM
        and age_on(doc.birth_date, file.day) >= ADULT
    ]
    if not grown:
        return None
    consent = ConsentAnswer("DATA", "GIVEN", "SIGN", "ar", True, consent_text("DATA", "ar").version)
    contact = OtherContact("Practice relative")
    return SplitForm((grown[0],), grown[0], grown[0], consent, (grown[0],), no_phone=True, contact=contact)
