"""The profile at a family's new place: shelter, livelihood, protection; the same form for host households.

Whether somebody is missing from the family or it feels unsafe is sealed at once, and sealed the same when it is not.
"""

from __future__ import annotations

import msgspec

from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import sealing
from helpdesk.households.commands import consenting
from helpdesk.households.documents import SealedAnswers
from helpdesk.journey.arrivals.documents import Profile, ProfileForm
from helpdesk.journey.arrivals.kinds import PROFILE
from helpdesk.journey.arrivals.rules import check_profile
from helpdesk.vault.records import documents_of


@command("arrival.profile", roles=FAMILIES)
def profile(act: Act, form: ProfileForm) -> str:
    """Record a profile of today; earlier ones stay. Returns its record.

    Raises Refusal("profile.empty" | "profile.number" | "form.code" | "household.unknown" | "consent.data").
    """
    check_profile(form, act.lists)
    consenting(act, form.household)
    lives = msgspec.structs.replace(
        form.livelihood, skill=clean(form.livelihood.skill), trade=clean(form.livelihood.trade)
    )
    record = act.new_id()
    found = Profile(form.household, act.day, act.user.id, form.shelter, lives, form.protection)
    act.records.create(PROFILE, record, found)
    told = f"profile: {', '.join(form.sealed)}" if form.sealed else ""
    sealing.write_next(act, form.household, SealedAnswers(note=told))
    act.concerns(record, form.household)
    return record


def profiles_of(view: View, household: str) -> tuple[Profile, ...]:
    """A family's profiles, the newest first."""
    view.only(FAMILIES)
    return tuple(reversed([found for _, found in documents_of(view.connection, PROFILE, household)]))
