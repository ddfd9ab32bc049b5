"""Whose names an authority may be given: a household whole, with the consent of every adult who travels, or not at all.

A consent that one adult took back at any desk takes the whole household off every list from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from helpdesk.core.dates import age_on
from helpdesk.households.documents import Consent, Household
from helpdesk.households.kinds import CONSENT, HOUSEHOLD
from helpdesk.households.rules import ADULT
from helpdesk.households.tables import PersonRow
from helpdesk.journey.departures.codes import LIVE
from helpdesk.journey.departures.kinds import LINE
from helpdesk.journey.departures.tables import LineRow
from helpdesk.vault.records import document_of, documents_of

SHARED: Final = "SHARE-AUTH"


def may_be_named(connection: Connection, household: str, travellers: Sequence[str], day: date) -> bool:
    """Whether every adult of the travellers said yes herself. The household's own answer is the principal's alone."""
    found = document_of(connection, HOUSEHOLD, household)
    if found is None:
        return False
    births = {
        row.id: row.birth_date
        for row in connection.execute(
            select(PersonRow.id, PersonRow.birth_date).where(PersonRow.household == household)
        )
    }
    adults = [p for p in travellers if p not in births or age_on(births[p], day) >= ADULT]
    answers = _answers(found, [consent for _, consent in documents_of(connection, CONSENT, household)])
    return bool(adults) and all(answers.get(person) == "GIVEN" for person in adults)


def _answers(household: Household, consents: Sequence[Consent]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for consent in consents:
        if consent.purpose == SHARED:
            person = consent.person or household.principal
            # one adult's "no" outlives her "yes" in another place
            if answers.get(person, "GIVEN") == "GIVEN":
                answers[person] = consent.answer
    return answers


def named_households(connection: Connection, movement: str, day: date) -> tuple[str, ...]:
    """The households on a movement whose names its authorities' list holds."""
    rows = connection.scalars(
        select(LineRow.id).where(LineRow.movement == movement, LineRow.state.in_(LIVE)).order_by(LineRow.household)
    )
    lines = [document_of(connection, LINE, record) for record in rows]
    return tuple(
        line.household
        for line in lines
        if line is not None and may_be_named(connection, line.household, line.travellers, day)
    )
