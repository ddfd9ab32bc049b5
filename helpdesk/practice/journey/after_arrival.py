"""What a practice desk shows after arrivals: a directory, services, referrals and calls of fictional families.

Written by the program's own commands. A family that has not arrived, or did not agree to be called, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.assistance.referrals import commands as referrals
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services import commands as services
from helpdesk.assistance.services.documents import Delivery, Offer
from helpdesk.casework.calling import finish_call
from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.commands import known_household
from helpdesk.households.consent import consent_text
from helpdesk.households.forms import ConsentAnswer
from helpdesk.journey.monitoring import queries
from helpdesk.journey.monitoring.commands import CallForm, safe_numbers
from helpdesk.journey.monitoring.queries import ListedCall
from helpdesk.opening import Desk
from helpdesk.printing.call_list import call_list_pdf
from helpdesk.printing.page import A4
from helpdesk.printing.referral_papers import services_slip
from helpdesk.printing.slips import slip_pdf

OFFERS: Final = (
    ("HEALTH", "Practice clinic", "Doctor and nurse", ("SUN", "MON", "TUE")),
    ("LEGAL", "Practice lawyers", "Advice and papers at court", ("WED",)),
    ("SHEL", "Practice builders", "Repair of damaged houses", ()),
    ("MHPSS", "Practice centre for families", "Somebody to talk to", ("SUN", "THU")),
)
_ANSWERS: Final = {"same_place": "SAME", "plan": "STAY", "feels_safe": "Y", "water": "Y", "power": "N", "papers": "ALL"}
_SHELTERS: Final = ("OWN", "RENT", "KIN", "DAMAGED")
EVERY_REFERRED: Final = 3
_REFERRED: Final = ("NAME", "PHONE", "NEED")


def make_directory(desk: Desk) -> tuple[str, ...]:
    """Lines of a directory for one district, by a supervisor; their ids."""
    district = next(place for place in load_gazetteer() if place.kind == "district")
    return tuple(
        desk.do(
            services.keep_offer,
            Offer(district.place_id, provider, sector, what, contact="07000000000", free=True, days=days, capacity=20),
        )
        for sector, provider, what, days in OFFERS
    )


def make_services(desk: Desk, households: Sequence[str], day: date, rng: Random) -> None:
    """A service for each family, some begun, some completed; for every third one a referral that was sent."""
    for place, household in enumerate(households):
        begun = day - timedelta(rng.randint(10, 40))
        ended = begun + timedelta(9) if rng.random() < 0.6 else None
        item = rng.choice(("SH1", "LV1", "PR2", "SH3"))
        desk.do(
            services.deliver,
            Delivery("HH", item, "Practice builders", "", household, started_on=begun, completed_on=ended),
        )
        if place % EVERY_REFERRED == 0:
            _refer(desk, household)


def _refer(desk: Desk, household: str) -> None:
    form = ReferralForm(household, "HEALTH", "A doctor for a child", "72H", "Practice clinic")
    referral = desk.do(referrals.open_, form)
    version = consent_text(referrals.PURPOSE, "ar").version
    consent = ConsentAnswer(referrals.PURPOSE, "GIVEN", "SIGN", "ar", True, version)
    desk.do(referrals.send, referral, _REFERRED, consent)


def make_calls(desk: Desk, rng: Random) -> int:
    """Call about half of those whose round is open today; how many were reached."""
    reached = 0
    for one in desk.ask(queries.call_ids):
        line = desk.ask(queries.call_lines, [one])[one]
        numbers = safe_numbers(desk.ask(known_household, line.household))
        if not numbers:
            continue
        form = CallForm(line.household, line.round, numbers[0], "OWN", "NOANS")
        if rng.random() < 0.5:
            answers = {**_ANSWERS, "shelter": rng.choice(_SHELTERS)}
            form = CallForm(line.household, line.round, numbers[0], "OWN", "DONE", True, answers)
            reached += 1
        desk.do(finish_call, form)
    return reached


def papers(words: Words, day: date, helplines: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of the call list and of the list of services."""
    calls = [
        ListedCall(with_check(f"{47_588_309 + n * 1_234_567:08d}"), code, day, n % 3, (f"+96470000000{n:02d}",))
        for n, code in enumerate(("W2", "W2", "M3", "M9", "M3"))
    ]
    yield "call-list", call_list_pdf(calls, words, day, practice=True)
    offers = [
        Offer("", provider, sector, what, contact="07000000000", free=True, days=days)
        for sector, provider, what, days in OFFERS
    ]
    yield "services", slip_pdf(services_slip(words, offers, helplines, practice=True), words, size=A4)
