"""What a practice desk shows of clearances and movements of fictional families, by the program's own commands.

Plates and phones are nobody's: plates begin with 00, phones with 0700.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.clearances import queries as clearances
from helpdesk.journey.clearances.commands import record
from helpdesk.journey.clearances.documents import ClearanceEntry
from helpdesk.journey.departures import bulk, planning
from helpdesk.journey.departures.documents import Belongings, Movement, MovementPlan, Vehicle
from helpdesk.journey.departures.manifests import Manifest, ManifestFamily, Traveller
from helpdesk.opening import Desk
from helpdesk.practice.people import PRACTICE_DAY, families
from helpdesk.printing import movements
from helpdesk.printing.page import A4
from helpdesk.printing.slips import slip_pdf

VEHICLES: Final = (
    Vehicle("BUS", "00 P 1001", "", "07000000011", 45),
    Vehicle("TRUCK", "00 P 1002", "", "07000000012", 3),
)
HELPLINES: Final = (("Practice helpline", "07000000000"),)
_CONTACT: Final = "07000000010"


def make_clearances(desk: Desk, households: Sequence[str], rng: Random) -> None:
    """Answers for these families: most granted whole, some running out, some not complete."""
    day = desk.clock.now().date()
    for place, household in enumerate(households):
        asked = desk.ask(clearances.clearances_of, household)
        if not asked.people or not asked.authorities:
            continue
        whole = ClearanceEntry(
            household,
            asked.authorities,
            "GRANTED",
            applied_on=day - timedelta(rng.randint(5, 40)),
            reference=f"P-{place + 1}/{day.year}",
            valid_until=day + timedelta(9 if place % 5 == 3 else rng.randint(40, 90)),
        )
        desk.do(record, (whole,))
        if place % 5 == 4:
            waiting = ClearanceEntry(household, asked.authorities[:1], "PEND", applied_on=day - timedelta(12))
            desk.do(record, (waiting,))


def make_movement(desk: Desk, households: Sequence[str], day: date, destination: PlaceAnswer | None) -> str:
    """A planned movement with these families listed, found fit and given the day where the gate lets it; its id.

    ``desk`` is a supervisor's.
    """
    form = MovementPlan(
        day, "IOM", destination, meeting="Gate", hour="08:00", contact=_CONTACT, organisation="Practice",
        vehicles=VEHICLES,
    )  # fmt: skip
    movement: str = desk.do(planning.plan, form)
    refused = desk.do(planning.list_families, movement, tuple(households))
    listed = tuple(one for one in households if one not in {no.household for no in refused})
    if listed:
        desk.do(planning.all_fit, movement, listed)
        desk.do(planning.notify, movement, "JOC", "P-1")
        bulk.schedule_all(desk, movement)
    return movement


def papers(words: Words) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every paper of a movement, with fictional families."""
    places = load_gazetteer()
    made = {kind: _manifest(kind) for kind in ("OPERATIONAL", "AUTHORITIES", "DRIVER")}
    for kind, manifest in made.items():
        yield f"manifest-{kind.lower()}", movements.manifest_pdf(words, manifest, places, practice=True)
    one = made["OPERATIONAL"]
    yield "notification", movements.notification_letter(words, one, places, "JOC", reference="P-1", practice=True)
    declaration = movements.declaration_slip(words, one.movement, one.families[0], places, practice=True)
    yield "declaration", slip_pdf(declaration, words, size=A4)
    slip = movements.route_slip(words, one.movement, one.families[0].number, places, HELPLINES, practice=True)
    yield "route-slip", slip_pdf(slip, words)
    yield "departure-form", movements.departure_forms_pdf(words, ("48291350",), one.movement, places,
                                                          practice=True)  # fmt: skip


def _manifest(kind: str) -> Manifest:
    district = next(place for place in load_gazetteer() if place.kind == "district")
    movement = Movement(
        "48291350", PRACTICE_DAY, "IOM", PlaceAnswer(place_id=district.place_id), "", "", "08:00", _CONTACT, "Practice",
        VEHICLES,
    )  # fmt: skip
    found = []
    for family in list(families(20, 7))[:6]:
        people = tuple(
            Traveller(f"{one.given_name} {one.father_name}", one.sex, PRACTICE_DAY.year - one.birth_date.year,
                      company=False)
            for one in family.members
        )  # fmt: skip
        number = with_check(f"{47_588_309 + family.index * 1_234_567:08d}")
        goods = Belongings("AGENCY", 0, None, 4 + family.index, guideline_explained=True)
        name = people[family.principal].name
        found.append(
            ManifestFamily(str(family.index), number, name, "ar", people, VEHICLES[0].plate, goods, "SCHEDULED")
        )
    return Manifest(kind, movement, tuple(found), PRACTICE_DAY)
