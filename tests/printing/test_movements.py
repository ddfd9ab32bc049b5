"""The papers of a movement: who stands on which list, what no paper says, and that every language fits its page."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.departures.documents import Belongings, Movement, Vehicle
from helpdesk.journey.departures.manifests import Manifest, ManifestFamily, Traveller
from helpdesk.printing import movements
from helpdesk.printing.raster import page_count
from helpdesk.printing.slips import slip_pdf
from tests.printing.filler import FillerWords
from tests.printing.people import HELPLINES, LONG, NAMES
from tests.printing.reading import assert_inside, text_of

DAY = date(2026, 11, 22)
NUMBER = "0123456782"
PLACES = load_gazetteer()


def family(index: int, vehicle: str = "11 A 12345", **changes: object) -> ManifestFamily:
    people = (
        Traveller(NAMES[index % len(NAMES)], "F", 41, company=index == 0),
        Traveller(f"Second {index}", "M", 40, company=False),
        Traveller(f"Child {index}", "F", 7, company=False),
    )
    made = ManifestFamily(
        f"h{index}",
        NUMBER,
        people[0].name,
        "ar",
        people,
        vehicle,
        Belongings("OWN", 2, None, 12, True, "P-7"),
        "PRESENT",
    )
    return msgspec.structs.replace(made, **changes)


def manifest(kind: str = "OPERATIONAL", count: int = 3, **changes: object) -> Manifest:
    movement = Movement(
        "12345678", DAY, "IOM", PlaceAnswer(place_id="IQG01Q01", village="The village"), "the main road", "at the gate",
        "08:00", "07000000009", "Tests", (Vehicle("BUS", "11 A 12345", "A Driver", "07000000003", 45),),
    )  # fmt: skip
    return Manifest(kind, msgspec.structs.replace(movement, **changes), tuple(family(i) for i in range(count)), DAY)


def words_in(language: str) -> Words:
    return Words(language) if language == "en" else FillerWords(language)


def all_papers(words: Words) -> list[bytes]:
    one = manifest()
    return [
        *(movements.manifest_pdf(words, manifest(kind), PLACES, practice=True)
          for kind in ("OPERATIONAL", "AUTHORITIES", "DRIVER")),
        movements.notification_letter(words, one, PLACES, "JOC", reference="12/2026", practice=True),
        movements.declarations_pdf(words, one, PLACES, practice=True),
        movements.route_slips_pdf(words, one, PLACES, HELPLINES, practice=True),
        movements.departure_forms_pdf(words, ("12345678", "12345679"), one.movement, PLACES, practice=True),
        movements.departure_forms_pdf(words, ("12345678",), None, PLACES, practice=True),
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_fits_in_every_language(language: str) -> None:
    for pdf in all_papers(words_in(language)):
        assert page_count(pdf) >= 1
        assert_inside(pdf, margin=15)


def flat(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


def test_the_operational_manifest_holds_what_the_team_needs() -> None:
    text = flat(movements.manifest_pdf(Words("en"), manifest(count=40), PLACES, practice=False))
    assert text.count("0123-4567-82") == 40
    assert "12 cubic metres" in text
    assert "Total" in text
    assert "120" in text
    assert "Final" not in text
    closed = flat(movements.manifest_pdf(Words("en"), manifest(state="CLOSED"), PLACES, practice=False))
    assert "Final manifest" in closed


def test_the_drivers_holds_no_name_and_no_number() -> None:
    text = flat(movements.manifest_pdf(Words("en"), manifest("DRIVER"), PLACES, practice=False))
    for one in manifest().families:
        assert not any(person.name in text for person in one.people)
    assert "0123-4567-82" not in text
    assert "07000000009" in text
    assert "9" in text
    assert "11 A 12345" in text.replace("\u00a0", " ")


def test_each_vehicle_has_a_page_and_who_has_none_another() -> None:
    vehicles = (Vehicle("BUS", "1"), Vehicle("BUS", "2"))
    whole = manifest("DRIVER", vehicles=vehicles)
    families = (family(0, "1"), family(1, "2"), family(2, ""))
    pdf = movements.manifest_pdf(Words("en"), msgspec.structs.replace(whole, families=families), PLACES, practice=False)
    assert page_count(pdf) == 3


def test_the_authorities_list_names_whole_families_and_says_nothing_of_others() -> None:
    text = flat(movements.manifest_pdf(Words("en"), manifest("AUTHORITIES"), PLACES, practice=False))
    assert "Second 1" in text
    assert "Child 2" in text
    assert "0123-4567-82" not in text
    assert "cubic" not in text
    assert "at the gate" not in text


def test_the_letter_names_nobody() -> None:
    text = flat(movements.notification_letter(Words("en"), manifest(), PLACES, "JOC", reference="7", practice=False))
    assert "Joint Operations Command" in text
    assert "Second" not in text
    assert "at the gate" not in text
    assert "stamp" in text


def test_each_adult_has_a_line_of_her_own_and_children_none() -> None:
    slip = movements.declaration_slip(Words("en"), manifest().movement, family(1), PLACES, practice=False)
    assert len(slip.sign_here) == 3
    assert not any("Child" in one for one in slip.sign_here)
    assert page_count(slip_pdf(slip, Words("en"))) >= 1
    long = family(1, people=tuple(Traveller(f"{LONG[:60]} {n}", "F", 30, company=False) for n in range(14)))
    assert page_count(movements.declarations_pdf(
        Words("en"), msgspec.structs.replace(manifest(), families=(long,)), PLACES, practice=False)) == 2  # fmt: skip


def test_a_family_is_told_in_the_language_it_reads() -> None:
    assert movements.reading_words(family(0, reading="ckb"), Words("en")).language == "ckb"
    assert movements.reading_words(family(0, reading="none"), Words("en")).language == "en"


def test_paper_forms_carry_their_own_number() -> None:
    text = flat(movements.departure_forms_pdf(Words("en"), ("12345678", "87654321"), None, PLACES, practice=False))
    assert "123456-78" in text
    assert "876543-21" in text
