"""Recording arrivals: by scan, by phone, from a paper form, and correcting one; each family whole at every moment.

An arrival is a fact: it is recorded even where no departure is known here yet, and it never makes one.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import paper_forms
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Household
from helpdesk.households.kinds import PERSON
from helpdesk.households.rules import among
from helpdesk.journey.arrivals import rules
from helpdesk.journey.arrivals.documents import Arrival, ArrivalForm
from helpdesk.journey.arrivals.expected import expected
from helpdesk.journey.arrivals.kinds import ARRIVAL
from helpdesk.journey.arrivals.tables import ArrivalRow
from helpdesk.journey.cases import steps
from helpdesk.journey.cases.codes import UNFACILITATED
from helpdesk.journey.cases.documents import Case
from helpdesk.journey.cases.gate import NotNow, not_now
from helpdesk.journey.cases.kinds import DEPARTURE
from helpdesk.vault.records import document_of, documents_of

_ON_THE_WAY: Final = ("DEPARTED", "SCHEDULED", "UNFACILITATED", "LOST")
"""Declared states from which a family arrives as it is; SCHEDULED where the departure is not known here yet."""
_BESIDE: Final = ("RET", "HOST")
LONGEST_FORM: Final = 40
"""Families on one paper form at most."""


class Counted(Struct, frozen=True):
    """The big counter: families and people who arrived on the day, and who is still expected."""

    families: int
    people: int
    expected_families: int
    expected_people: int


class TypedIn(Struct, frozen=True):
    """What typing a paper list in came to: the counter, and the families that could not be recorded and why."""

    counted: Counted
    refused: tuple[NotNow, ...]


@command("arrival.record", roles=FAMILIES)
def record(act: Act, form: ArrivalForm) -> str:
    """Record a family's arrival; returns its record.

    Raises Refusal("arrival.known" | "arrival.not_departed" | "arrival.not_displaced" | "arrival.nobody" |
    "arrival.day" | "arrival.kits" | "arrival.reference" | "form.code" | "case.step" | "household.unknown").
    """
    return _record(act, form, None)


@command("arrival.scan", roles=FAMILIES)
def scan(act: Act, household: str) -> Counted:
    """A family was scanned in: today, whole, as planned. Scanning it again changes nothing.

    Raises as :func:`record`, but for "arrival.known".
    """
    if _arrival_of_case(act, household) is None:
        _record(act, ArrivalForm(household), None)
    else:
        act.concerns(household)
    return counted(act)


@command("arrival.type_in", roles=FAMILIES)
def type_in(act: Act, number: str, arrivals: tuple[ArrivalForm, ...]) -> TypedIn:
    """Type in a paper list of a day without power; each form is typed in once. Who is here already is passed over.

    A family that cannot be recorded is told with its reason and holds nobody else back. Raises Refusal("form.number" |
    "arrival.form_typed" | "arrival.nobody" | "arrival.form_long").
    """
    paper_form = paper_forms.read(number)
    if not arrivals:
        raise Refusal("arrival.nobody")
    if len(arrivals) > LONGEST_FORM:
        raise Refusal("arrival.form_long", most=LONGEST_FORM)
    if act.connection.scalar(select(ArrivalRow.id).where(ArrivalRow.paper_form == paper_form).limit(1)) is not None:
        raise Refusal("arrival.form_typed", number=paper_forms.shown(paper_form))
    refused = []
    for form in arrivals:
        try:
            if _arrival_of_case(act, form.household) is None:
                _record(act, form, paper_form)
        except Refusal as refusal:
            refused.append(not_now(form.household, refusal))
    return TypedIn(counted(act), tuple(refused))


@command("arrival.correct", roles=FAMILIES)
def correct(act: Act, arrival: str, form: ArrivalForm) -> None:
    """Correct or complete a recorded arrival: day, members, what was given. What was not asked again stays.

    Another day moves the calls with it. Raises Refusal("arrival.unknown" | "arrival.other_family"), those of
    :func:`record`.
    """
    known = document_of(act.connection, ARRIVAL, arrival)
    if known is None:
        raise Refusal("arrival.unknown")
    if known.household != form.household:
        raise Refusal("arrival.other_family")
    household = consenting(act, known.household)
    case = steps.known_case(act, known.household)[1]
    rules.check_form(form, act.day, case.departed_on, act.lists)
    members = {**known.members, **form.members}
    _check_members(household, members)
    changed = msgspec.structs.replace(
        known,
        on=form.on or known.on,
        members=members,
        place=form.place or known.place,
        by_phone=known.by_phone and form.by_phone,
        shelter=form.shelter or known.shelter,
        kits=known.kits if form.kits is None else form.kits,
        helpline=known.helpline or form.helpline,
        momd=clean(form.momd) or known.momd,
        incidents=known.incidents if form.incidents is None else form.incidents,
    )
    act.records.revise(ARRIVAL, arrival, changed)
    act.records.flush()
    _keep_day(act, known.household, known.case)
    act.concerns(arrival, known.household)


def _record(act: Act, form: ArrivalForm, paper_form: str | None) -> str:
    household = consenting(act, form.household)
    known = _arrival_of_case(act, form.household)
    if known is not None:
        raise Refusal("arrival.known", day=known[1].on)
    found = steps.case_of(act, form.household)
    rules.check_form(form, act.day, found[1].departed_on if found else None, act.lists)
    travellers = travellers_known(act, form.household, household, found[0] if found else None)
    members = {**dict.fromkeys(travellers, "ARRIVED"), **form.members}
    _check_members(household, members)
    case = _arrive(act, household, form, found[1] if found else None)
    record_of_case = steps.known_case(act, form.household)[0]
    arrival = Arrival(
        household=form.household,
        case=record_of_case,
        on=form.on or act.day,
        desk=act.in_force().desk.number,
        members=members,
        expected=travellers,
        by_phone=form.by_phone,
        by=act.user.id,
        place=form.place or case.destination,
        planned=case.destination,
        shelter=form.shelter,
        kits=form.kits,
        helpline=form.helpline,
        momd=clean(form.momd),
        incidents=form.incidents,
        paper_form=paper_form,
    )
    record_id = act.new_id()
    act.records.create(ARRIVAL, record_id, arrival)
    act.records.flush()
    act.concerns(record_id, form.household)
    return record_id


def _arrive(act: Act, household: Household, form: ArrivalForm, case: Case | None) -> Case:
    # a family that nobody here knows to have left came by itself: that is a word of its own, with its reason
    if case is None and household.population in _BESIDE:
        raise Refusal("arrival.not_displaced")
    if case is None or case.state not in _ON_THE_WAY:
        if case is not None:
            _check_open(case)
        if form.unplanned is None:
            raise Refusal("arrival.not_departed")
        among(form.unplanned, UNFACILITATED, "unplanned")
        steps.move(act, form.household, "UNFACILITATED", reason=form.unplanned)
    return steps.move(act, form.household, "ARRIVED", arrived_on=form.on or act.day)


def _check_open(case: Case) -> None:
    if "UNFACILITATED" not in steps.ALLOWED.get(case.state, frozenset()):
        raise Refusal("case.step", state=case.state, to="ARRIVED")


def _check_members(household: Household, members: dict[str, str]) -> None:
    if not set(members) <= set(household.members):
        raise Refusal("form.code", field="members")
    if "ARRIVED" not in members.values():
        raise Refusal("arrival.nobody")


def travellers_known(view: View, household_id: str, household: Household, case: str | None) -> tuple[str, ...]:
    """Who left: by the departure's own evidence, else whoever of the family travels."""
    departures = [d for _, d in documents_of(view.connection, DEPARTURE, household_id) if d.case == case]
    if departures:
        return tuple(one for one in departures[-1].evidence.travellers if one in household.members)
    persons = dict(documents_of(view.connection, PERSON, household_id))
    here = (one for one in household.members if one in persons)
    return tuple(one for one in here if persons[one].presence == "HERE" and persons[one].travels != "N")


def _arrival_of_case(act: Act, household: str) -> tuple[str, Arrival] | None:
    act.records.flush()
    case = steps.case_of(act, household)
    if case is None:
        return None
    return rules.counted(
        (record, one) for record, one in documents_of(act.connection, ARRIVAL, household) if one.case == case[0]
    )


def _keep_day(act: Act, household: str, case: str) -> None:
    # calls are counted from the case's day of arrival: it is that of the arrival that counts
    found = steps.known_case(act, household)
    of_case = [(r, one) for r, one in documents_of(act.connection, ARRIVAL, household) if one.case == case]
    counting = rules.counted(of_case)
    if counting is not None and found[0] == case and found[1].arrived_on != counting[1].on:
        steps.change(act, household, arrived_on=counting[1].on)


def counted(view: View, day: date | None = None) -> Counted:
    """The counter of a day, today if none is named."""
    if isinstance(view, Act):
        view.records.flush()
    here = view.connection.execute(
        select(func.count(func.distinct(ArrivalRow.household)), func.coalesce(func.sum(ArrivalRow.persons), 0)).where(
            ArrivalRow.on == (day or view.day)
        )
    ).one()
    coming = expected(view)
    return Counted(here[0], int(here[1]), coming.families, coming.people)
