"""The papers of a movement: three manifests, the letter to authorities, the declaration, the route slip, paper forms.

None says from which camp a family comes, nor why. The driver's holds no name, the authorities' only households that
agreed whole, and it does not say how many others travel.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.core.language import LANGUAGES, Words, isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.places import Gazetteer
from helpdesk.households import paper_forms
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import PlaceAnswer
from helpdesk.households.rules import ADULT
from helpdesk.journey.departures.documents import Belongings, Movement, Vehicle
from helpdesk.journey.departures.manifests import Manifest, ManifestFamily
from helpdesk.printing.blocks import Helplines, day_shown, unbroken
from helpdesk.printing.lists import Column, ListPaper, list_pdf, lists_pdf
from helpdesk.printing.messages import EXPLOSIVES
from helpdesk.printing.page import A4, A6
from helpdesk.printing.slips import Facts, Slip, slip_pdf, slips_pdf

BLANK_ROWS: Final = 18
"""Rows of a paper form: one A4 page."""


def destination_shown(words: Words, places: Gazetteer, answer: PlaceAnswer | None) -> str:
    """Where a movement goes, in the language of the paper."""
    if answer is None:
        return ""
    listed = places.shown(answer.place_id, words.language) if answer.place_id else answer.unlisted
    return words.listed(part for part in (answer.village, listed) if part)


def manifest_pdf(words: Words, manifest: Manifest, places: Gazetteer, *, practice: bool) -> bytes:
    """A manifest of its kind."""
    if manifest.kind == "DRIVER":
        return lists_pdf(_driver_papers(words, manifest, places, practice=practice), words)
    if manifest.kind == "AUTHORITIES":
        return list_pdf(authorities_paper(words, manifest, places, practice=practice), words)
    return list_pdf(operational_paper(words, manifest, places, practice=practice), words, wide=True)


def operational_paper(words: Words, manifest: Manifest, places: Gazetteer, *, practice: bool) -> ListPaper:
    """The team's own list: who travels in what with what, and a place to tick on the day."""
    closed = manifest.movement.state == "CLOSED"
    columns = [
        Column(words("No."), 0.5),
        Column(words("Household number"), 1.6),
        Column(words("Principal"), 2.4),
        Column(words("People"), 0.8, "center"),
        Column(words("Under 18"), 0.8, "center"),
        Column(words("Vehicle"), 1.3),
        Column(words("Belongings"), 2.4),
        Column(words("Company on the way"), 1.1, "center"),
    ]
    if not closed:
        columns.append(Column(words("Here"), 0.8, write_here=True))
    rows = [
        (
            words.digits(place),
            unbroken(household_number_shown(family.number)),
            family.principal,
            words.digits(len(family.people)),
            words.digits(_minors(family)),
            isolate_ltr(family.vehicle) if family.vehicle else "",
            _belongings(words, family.belongings),
            words.digits(count) if (count := sum(1 for one in family.people if one.company)) else "",
            *(() if closed else ("",)),
        )
        for place, family in enumerate(manifest.families, start=1)
    ]
    total = (
        "", "", words("Total"), words.digits(manifest.people),
        words.digits(sum(_minors(family) for family in manifest.families)), "", "", "", *(() if closed else ("",)),
    )  # fmt: skip
    title = words("Final manifest") if closed else words("Manifest")
    return ListPaper(
        title=title,
        columns=tuple(columns),
        rows=(*rows, total),
        practice=practice,
        facts=_facts(words, manifest, places),
        notes=(words("For the team only: this list holds names. Shred it when the movement is closed."),),
        sign_here=(words("Supervisor"), words("Second signature")),
        strong=frozenset({len(rows)}),
    )


def authorities_paper(words: Words, manifest: Manifest, places: Gazetteer, *, practice: bool) -> ListPaper:
    """The list that an authority is given: households whose every adult agreed, each whole."""
    rows = [
        (
            words.digits(place),
            person.name,
            words.label("sex", person.sex),
            words.digits(person.age),
        )
        for place, family in enumerate(manifest.families, start=1)
        for person in family.people
    ]
    return ListPaper(
        title=words("Families that travel"),
        columns=(
            Column(words("Family"), 0.6, "center"),
            Column(words("Name"), 3.5),
            Column(words("Sex"), 0.8),
            Column(words("Age"), 0.6, "center"),
        ),
        rows=rows,
        practice=practice,
        facts=_facts(words, manifest, places, meeting=False),
        notes=(
            words("Every adult of these families agreed that these names are given for this journey and nothing else."),
        ),
        sign_here=(words("Handed over by"), words("Received by")),
    )


def _driver_papers(words: Words, manifest: Manifest, places: Gazetteer, *, practice: bool) -> list[ListPaper]:
    plates = [vehicle.plate for vehicle in manifest.movement.vehicles] or [""]
    without = [family for family in manifest.families if family.vehicle not in plates]
    papers = []
    for plate in [*plates, *([""] if without and "" not in plates else [])]:
        aboard = [f for f in manifest.families if f.vehicle == plate] if plate else without or list(manifest.families)
        if aboard:
            papers.append(_driver_paper(words, manifest, places, plate, aboard, practice=practice))
    return papers


def _driver_paper(
    words: Words, manifest: Manifest, places: Gazetteer, plate: str, aboard: Sequence[ManifestFamily], *, practice: bool
) -> ListPaper:
    rows = [
        (words.digits(place), words.digits(len(family.people)), words.digits(_minors(family)))
        for place, family in enumerate(aboard, start=1)
    ]
    people, minors = sum(len(f.people) for f in aboard), sum(_minors(f) for f in aboard)
    facts = _facts(words, manifest, places)
    if plate:
        facts = ((words("Vehicle"), unbroken(plate)), *facts)
    return ListPaper(
        title=words("For the driver"),
        columns=(
            Column(words("Family"), 1, "center"),
            Column(words("People"), 1, "center"),
            Column(words("Under 18"), 1, "center"),
        ),
        rows=(*rows, (words("Total"), words.digits(people), words.digits(minors))),
        practice=practice,
        facts=facts,
        notes=(
            words(
                "Anybody may get off at any time. If you are stopped, call the number above; hand nobody's name over."
            ),
        ),
        strong=frozenset({len(rows)}),
    )


def notification_letter(
    words: Words, manifest: Manifest, places: Gazetteer, authority: str, *, reference: str = "", practice: bool
) -> bytes:
    """The letter to an authority (S39), for its stamp; the list of families is a paper of its own."""
    movement = manifest.movement
    facts: Facts = (
        (words("To"), words.label("authority", authority)),
        (words("Day"), day_shown(words, manifest.printed_on)),
        *(((words("Reference"), isolate_ltr(reference)),) if reference else ()),
        *_facts(words, manifest, places, meeting=False),
    )
    vehicles = [_vehicle(words, one) for one in movement.vehicles]
    slip = Slip(
        title=words("Notice of a voluntary movement"),
        practice=practice,
        facts=(*facts, *((words("Vehicle"), one) for one in vehicles)),
        sentences=(
            words(
                "On the day named above families travel home or to a place of their own choice, of their own free will."
            ),
            words("We ask that they may pass without delay, together, and with what they own."),
            words(
                "Names are given only of families whose every adult agreed; the list, where there is one, is attached."
            ),
        ),
        sign_here=(words("For the programme"), words("Received, with stamp")),
    )
    return slip_pdf(slip, words, size=A4)


def declaration_slip(
    words: Words, movement: Movement, family: ManifestFamily, places: Gazetteer, *, practice: bool
) -> Slip:
    """The voluntary movement declaration of one household: the text that is read aloud, and a line for each adult."""
    text = consent_text("MOVE", words.language)
    adults = family.adults
    return Slip(
        title=text.title,
        practice=practice,
        facts=(
            (words("Household number"), unbroken(household_number_shown(family.number))),
            (words("Day of the movement"), day_shown(words, movement.day)),
            (words("Where to"), destination_shown(words, places, movement.destination)),
            (words("How they travel"), words.label("movement_mode", movement.mode)),
            *((words("Travels"), person.name) for person in family.people),
        ),
        sentences=(
            *text.paragraphs,
            words("Each adult signs for herself or himself, alone with the interviewer, or leaves the line empty."),
        ),
        sign_here=(
            *(words("{name}, signature or thumb", name=isolate(one.name)) for one in adults),
            words("Interviewer"),
        ),
    )


def declarations_pdf(words: Words, manifest: Manifest, places: Gazetteer, *, practice: bool) -> bytes:
    """The declarations of every family of a manifest, one page each. Raises ValueError for an empty one."""
    slips = [
        declaration_slip(words, manifest.movement, family, places, practice=practice) for family in manifest.families
    ]
    return slips_pdf(slips, words, size=A4)


def route_slip(
    words: Words, movement: Movement, number: str, places: Gazetteer, helplines: Helplines, *, practice: bool
) -> Slip:
    """What a family takes along: when and where, which way, whom to call, and that it may stop at any time."""
    facts = [
        (words("Household number"), unbroken(household_number_shown(number))),
        (words("Day of the movement"), day_shown(words, movement.day)),
        (words("Hour"), isolate(movement.hour)),
        (words("Where we meet"), movement.meeting),
        (words("Where to"), destination_shown(words, places, movement.destination)),
        (words("Route"), movement.route),
        (words("Call on the way"), unbroken(movement.contact) if movement.contact else ""),
    ]
    return Slip(
        title=words("Your journey"),
        practice=practice,
        facts=tuple(fact for fact in facts if fact[1]),
        sentences=(
            words("You may change your mind until you leave, and also on the way. You lose no other help by it."),
            words(EXPLOSIVES),
            words("Nobody may ask you for money for this journey."),
            words("When you arrive, show your card at the arrival desk or call us."),
        ),
        helplines=helplines,
    )


def route_slips_pdf(
    words: Words, manifest: Manifest, places: Gazetteer, helplines: Helplines, *, practice: bool
) -> bytes:
    """The slips of every family of a manifest. Raises ValueError for an empty one."""
    slips = [
        route_slip(words, manifest.movement, family.number, places, helplines, practice=practice)
        for family in manifest.families
    ]
    return slips_pdf(slips, words, size=A6)


def departure_forms_pdf(
    words: Words, numbers: Sequence[str], movement: Movement | None, places: Gazetteer, *, practice: bool
) -> bytes:
    """Forms for a departure day without power, one page for each number; typed in afterwards with that number.

    With a movement its number and day stand on them, else lines to write them on.
    """
    dots = "\u2026" * 16
    facts = (
        (words("Movement"), unbroken(paper_forms.shown(movement.number)) if movement else dots),
        (words("Day"), day_shown(words, movement.day) if movement else dots),
        (words("Where to"), destination_shown(words, places, movement.destination) if movement else dots),
    )
    columns = (
        Column(words("No."), 0.5),
        Column(words("Household number"), 2.2, write_here=True),
        Column(words("People"), 0.9, write_here=True),
        Column(words("Was there"), 1, write_here=True),
        Column(words("Did not come"), 1, write_here=True),
        Column(words("Signature or thumb"), 2.4, write_here=True),
    )
    rows = [(words.digits(row + 1), "", "", "", "", "") for row in range(BLANK_ROWS)]
    note = words("Write the number of each card. Type this form in once there is power: each is typed in once.")
    papers = [
        ListPaper(
            title=words("Departure form {number}", number=unbroken(paper_forms.shown(number))),
            columns=columns,
            rows=rows,
            practice=practice,
            facts=tuple(fact for fact in facts if fact[1]),
            notes=(note,),
            sign_here=(words("Supervisor"),),
        )
        for number in numbers
    ]
    return lists_pdf(papers, words)


def reading_words(family: ManifestFamily, otherwise: Words) -> Words:
    """The words of a paper that a family takes along: in the language that it reads."""
    return otherwise.in_language(family.reading) if family.reading in LANGUAGES else otherwise


def _facts(words: Words, manifest: Manifest, places: Gazetteer, *, meeting: bool = True) -> Facts:
    movement = manifest.movement
    facts = [
        (words("Movement"), unbroken(paper_forms.shown(movement.number))),
        (words("Day of the movement"), day_shown(words, movement.day)),
        (words("Hour"), isolate(movement.hour)),
        (words("Where we meet"), movement.meeting if meeting else ""),
        (words("Where to"), destination_shown(words, places, movement.destination)),
        (words("Route"), movement.route),
        (words("Call on the way"), unbroken(movement.contact) if movement.contact else ""),
    ]
    return tuple(fact for fact in facts if fact[1])


def _vehicle(words: Words, vehicle: Vehicle) -> str:
    return f"{words.label('vehicle', vehicle.kind)} {unbroken(vehicle.plate)}"


def _minors(family: ManifestFamily) -> int:
    return sum(1 for person in family.people if person.age < ADULT)


def _belongings(words: Words, goods: Belongings) -> str:
    said = []
    if goods.load:
        said.append(words("{n} cubic metres", n=goods.load))
    if goods.livestock:
        said.append(words.plural("{n} animal", "{n} animals", goods.livestock))
    if goods.tent == "OWN":
        said.append(words("own tent"))
    if goods.permit:
        said.append(words("permit {reference}", reference=isolate_ltr(goods.permit)))
    separator = "\u060c " if words.direction == "rtl" else ", "
    return separator.join(said)
