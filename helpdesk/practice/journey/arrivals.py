"""What a practice desk shows of arrivals: details and profiles of fictional families that came, and its papers.

Written by the program's own commands; who has not arrived is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.arrivals import commands, profiling, queries
from helpdesk.journey.arrivals.documents import (
    Arrival,
    ArrivalForm,
    LivelihoodAnswers,
    ProfileForm,
    ProtectionAnswers,
    ShelterAnswers,
)
from helpdesk.journey.arrivals.papers import ExpectedFamily, ExpectedList
from helpdesk.journey.arrivals.queries import ArrivalShown
from helpdesk.opening import Desk
from helpdesk.practice.people import PRACTICE_DAY
from helpdesk.printing import arrivals
from helpdesk.printing.lists import list_pdf
from helpdesk.printing.slips import slip_pdf

HELPLINES: Final = (("Practice helpline", "07000000000"),)
EVERY_PROFILED: Final = 2


def make_arrivals(desk: Desk, households: Sequence[str], rng: Random) -> int:
    """Say of arrived families where they sleep and what they were given, and profile every second; how many."""
    told = 0
    for place, household in enumerate(households):
        shown = desk.ask(queries.arrival_of, household)
        if shown.record is None:
            continue
        members = {shown.members[-1][0]: "LATER"} if place % 4 == 3 and len(shown.members) > 1 else {}
        form = ArrivalForm(
            household,
            members=members,
            shelter=rng.choice(("OWN", "KIN", "RENT", "UNFINISHED")),
            kits=1,
            helpline=True,
            momd=f"P-{place + 1}" if place % 3 else "",
            incidents=("DELAY",) if place % 5 == 4 else (),
        )
        desk.do(commands.correct, shown.record, form)
        if place % EVERY_PROFILED == 0:
            desk.do(profiling.profile, _profile(household, rng))
        told += 1
    return told


def _profile(household: str, rng: Random) -> ProfileForm:
    return ProfileForm(
        household,
        ShelterAnswers(rng.choice(("OWN", "KIN", "RENT")), "HOUSE", rng.choice(("0", "1-24", "50-74")), "N", "N"),
        LivelihoodAnswers(
            ("DAILY",), 1, rng.randrange(0, 900) * 1000, assets=("LAND",), wish=rng.choice(("JOB", "CFW"))
        ),
        ProtectionAnswers("Y", "Y", rng.randrange(0, 3), "N", "Y"),
    )


def papers(words: Words) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every paper of arrivals, with fictional families."""
    home = PlaceAnswer(next(place for place in load_gazetteer() if place.kind == "district").place_id)
    numbers = [with_check(f"{47_588_309 + n * 1_234_567:08d}") for n in range(24)]
    arrival = Arrival(
        "", "", PRACTICE_DAY, 103, {str(n): "ARRIVED" for n in range(6)}, (), False, "", home, home, "KIN", 1, True
    )
    shown = ArrivalShown(
        "", numbers[0], words.language, (), (), "ARRIVED", PRACTICE_DAY, home, "", arrival, 0, (), None, False,
        PRACTICE_DAY,
    )  # fmt: skip
    slip = arrivals.arrival_slip(words, shown, 103, load_gazetteer(), HELPLINES, practice=True)
    yield "arrival-slip", slip_pdf(slip, words)
    found = ExpectedList(
        PRACTICE_DAY, tuple(ExpectedFamily("", number, 3 + n % 5, PRACTICE_DAY) for n, number in enumerate(numbers))
    )
    yield "expected-families", list_pdf(arrivals.expected_paper(words, found, practice=True), words)
    yield "arrival-list", arrivals.arrival_forms_pdf(words, ("48291350",), practice=True)
