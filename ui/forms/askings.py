"""The questions of a family's file that keep no draft: each piece with the act that saves what it gives.

They build and connect; opening, saving and what is said afterwards are the page's. ``moved`` follows every change of
a piece, ``then`` what was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from helpdesk.assistance.vouchers import planning
from helpdesk.desk.bundle import PayPoint
from helpdesk.households import cards, commands, correcting
from helpdesk.households.consent import consent_text
from helpdesk.households.queries import HouseholdFile
from ui.forms.consent import ConsentPart
from ui.forms.file_beside import Asking
from ui.forms.mending import ForgottenPart, HolderPart, ReachPart
from ui.forms.places import Places
from ui.forms.small import NewCardPart, PersonPart, PlanPart, WithdrawPart
from ui.theme import Look

Moved: TypeAlias = "Callable[[], None]"
After: TypeAlias = "Callable[[Any], None]"


def agreement(look: Look, household: str, purpose: str, moved: Moved, then: After) -> Asking:
    """One purpose is asked about."""
    part = ConsentPart(look, consent_text, purpose, tally=False)
    part.agreed.connect(lambda _: moved())
    return Asking(part, lambda: (commands.record_consent, household, part.consent()), then)


def withdrawal(look: Look, household: str, purpose: str, moved: Moved, then: After) -> Asking:
    """One purpose is withdrawn."""
    part = WithdrawPart(look, look.words.label("purpose", purpose))
    part.witness.typed.connect(lambda _: moved())
    return Asking(part, lambda: (commands.withdraw_consent, household, purpose, part.witness.value()), then)


def person(look: Look, file: HouseholdFile, person_id: str, moved: Moved, then: After) -> Asking:
    """One person's line is corrected."""
    part = PersonPart(look, file.persons[person_id], file.day)
    part.line.changed.connect(moved)
    return Asking(part, lambda: (commands.correct_person, person_id, part.entry()), then)


def forgotten(look: Look, file: HouseholdFile, moved: Moved, then: After) -> Asking:
    """A forgotten person is added."""
    part = ForgottenPart(look, file.persons[file.household.head], file.day)
    part.line.changed.connect(moved)
    return Asking(part, lambda: (correcting.add_member, file.id, part.entry()), then)


def reach(look: Look, places: Places, file: HouseholdFile, then: After) -> Asking:
    """Phones, contact, site and shelter are corrected."""
    part = ReachPart(look, places, file.household)
    return Asking(part, lambda: (correcting.correct_household, file.id, part.correction()), then)


def holder(look: Look, file: HouseholdFile, moved: Moved, then: Callable[[bool], None]) -> Asking:
    """Who holds the card; ``then`` is told whether the card in the family's hands shows other names now."""
    part = HolderPart(look, file)
    for box in (part.principal, part.alternate):
        box.picked.connect(lambda _: moved())
    return Asking(
        part,
        lambda: (correcting.correct_household, file.id, part.correction()),
        lambda _: then(file.card is not None and part.changed_names),
    )


def voucher(
    look: Look, household: str, points: Sequence[PayPoint], moved: Moved, then: After, *, grant: str | None = None
) -> Asking:
    """A voucher is planned; ``grant`` is chosen already where it was asked for by name."""
    part = PlanPart(look, points)
    part.grant.choose(grant)
    for row in (part.grant, part.point):
        row.changed.connect(lambda _: moved())
    return Asking(part, lambda: (planning.plan, household, part.grant.chosen, int(part.point.chosen or 0)), then)


def new_card(look: Look, household: str, moved: Moved, then: After) -> Asking:
    """Another card is issued."""
    part = NewCardPart(look)
    part.reason.changed.connect(lambda _: moved())
    return Asking(part, lambda: (cards.issue, (household,), part.reason.chosen), then)
