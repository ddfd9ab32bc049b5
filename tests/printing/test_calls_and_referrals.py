"""Papers of calls and referrals: numbers alone on the call list, only what was agreed on a slip, an honest end."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from helpdesk.assistance.referrals.documents import Referral
from helpdesk.assistance.referrals.queries import ReferralShown
from helpdesk.assistance.services.documents import Offer
from helpdesk.core.errors import Refusal
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.core.numbers import with_check
from helpdesk.households.documents import Household, Person, Phone
from helpdesk.journey.monitoring.queries import ListedCall
from helpdesk.printing.call_list import call_list_pdf
from helpdesk.printing.referral_papers import closing_slip, reference_of, referral_slip, services_slip
from helpdesk.printing.slips import slip_pdf
from tests.printing.people import HELPLINES
from tests.printing.reading import text_of, words_of

DAY = date(2026, 11, 21)
NUMBER = with_check("47588309")
ID = "019a0000-0000-7000-8000-0000000000ab"
PERSON = Person("h", "Nour", "Ali", "Sami", "F", date(1990, 7, 1), "year", "HEAD", difficulties={"walk": "3"})
HOUSEHOLD = Household(
    NUMBER, "CAMP", "ar", "ar", "p", "p", None, ("p",), DAY, "u", phones=(Phone("+9647000000001", safe_to_call=True),),
    shelter="Tent 12",
)  # fmt: skip
REFERRAL = Referral(
    "h", "HEALTH", "A doctor for the eyes", "72H", "SENT", DAY, "u", date(2026, 11, 24), "The clinic",
    shared=("NEED",), sent_on=DAY,
)  # fmt: skip
OFFER = Offer("x", "Another clinic", "HEALTH", "Doctor", contact="07000000005", free=True, days=("SUN", "MON"))


def shown(**changes: object) -> ReferralShown:
    fields = {name: changes.pop(name) for name in ("shares",) if name in changes}
    referral = msgspec.structs.replace(REFERRAL, **changes)
    whole = ReferralShown(ID, referral, NUMBER, HOUSEHOLD, PERSON, None, "place", True, DAY)
    return msgspec.structs.replace(whole, **fields)


def slip(words: Words, **changes: object) -> str:
    return text_of(
        slip_pdf(referral_slip(words, shown(**changes), lambda _: "Somewhere", HELPLINES, practice=True), words)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_call_list_holds_numbers_alone(language: str) -> None:
    calls = [ListedCall(NUMBER, "W2", DAY, 2, ("+9647000000001",)) for _ in range(40)]
    calls.append(ListedCall(with_check("11111111"), "M9", DAY, 0, ()))
    pdf = call_list_pdf(calls, Words(language), DAY, practice=False)
    said = text_of(pdf)
    assert "4758-8309" in said
    assert "000" in said
    for name in ("Nour", "Tent", "Somewhere"):
        assert name not in said


def test_a_slip_tells_what_was_agreed_and_nothing_else() -> None:
    words = Words("en")
    said = slip(words)
    assert "A doctor for the eyes" in said
    assert reference_of(ID) in said
    for kept in ("Nour", "4758", "0700 000", "Somewhere", "Tent", "36"):
        assert kept not in said, kept
    said = slip(words, shared=("NAME", "PHONE", "PLACE", "AGE_SEX", "NEED", "DISABILITY"))
    for told in ("Nour Ali Sami", "Somewhere", "36 years", "walk"):
        assert told.lower() in " ".join(said.lower().split()), told
    assert "Tent" not in said, "where they lived as displaced is never shared"


@pytest.mark.parametrize("sector", ["PROT", "CP", "MHPSS"])
def test_a_slip_of_protection_says_not_what_it_is_about(sector: str) -> None:
    said = slip(Words("en"), sector=sector, need="Something")
    assert "Something" not in said
    assert Words("en").label("sector", sector) not in said


def test_no_slip_without_consent() -> None:
    for changes in ({"shares": False}, {"sent_on": None}):
        with pytest.raises(Refusal, match=r"referral\.consent"):
            slip(Words("en"), **changes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_honest_end_names_what_exists(language: str) -> None:
    words = Words(language)
    paper = closing_slip(words, shown(status="CLOSED", end="NOCAP"), "NOCAP", (OFFER,), HELPLINES, practice=False)
    said = words_of(slip_pdf(paper, words))
    assert {"Another", "07000000005"} <= said
    assert any(word.startswith("clinic") for word in said)  # what stands beside it on the line may touch it
    nothing = closing_slip(words, shown(end="NOPROVIDER"), "NOPROVIDER", (), HELPLINES, practice=False)
    assert "Another" not in words_of(slip_pdf(nothing, words))
    closed = closing_slip(words, shown(sector="CP"), "NOCAP", (OFFER,), HELPLINES, practice=False)
    assert words.label("sector", "CP") not in closed.facts[1]
    assert "Another" not in words_of(slip_pdf(closed, words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_services_says_nothing_about_whoever_takes_it(language: str) -> None:
    words = Words(language)
    paper = services_slip(words, (OFFER,), HELPLINES, practice=False)
    assert paper.facts == ()
    assert "Another" in words_of(slip_pdf(paper, words))


def test_references_are_eight_digits() -> None:
    assert len(reference_of(ID)) == 8
    assert reference_of(ID).isdigit()
