"""Referrals: nothing without consent, one step after the other, an honest end, and gaps that are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from helpdesk.assistance.referrals import codes, commands, counts, queries, rules
from helpdesk.assistance.referrals.kinds import REFERRAL
from helpdesk.assistance.referrals.rules import ReferralForm
from helpdesk.assistance.services import commands as services
from helpdesk.core.errors import Refusal
from helpdesk.exchange import installing
from helpdesk.households import commands as households
from helpdesk.households.forms import ConsentAnswer
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from tests.assistance.test_services import DISTRICT, offer
from tests.people import practice_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
DAY = date(2026, 11, 21)
GIVEN = ConsentAnswer("SHARE-PARTNER", "GIVEN", "SIGN", "ar", True, "1")
REFUSED = ConsentAnswer("SHARE-PARTNER", "REFUSED", None, "ar", True, "1")
SHARED = ("NAME", "NEED")


def form(household: str, /, **changes: Any) -> ReferralForm:
    fields: dict[str, Any] = {
        "household": household, "sector": "HEALTH", "need": "A doctor", "urgency": "ROUT", "provider": "A clinic",
    }  # fmt: skip
    return ReferralForm(**{**fields, **changes})


def refused(desk: Desk, act: Any, *arguments: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.do(act, *arguments)
    return refusal.value.code


@pytest.fixture
def household(programme: Programme) -> str:
    return programme.register()


@pytest.fixture
def desk(desk_as: SignIn, household: str) -> Desk:
    return desk_as("clerk")


def sent(desk: Desk, household: str, **changes: Any) -> str:
    referral = desk.do(commands.open_, form(household, **changes))
    desk.do(commands.send, referral, SHARED, GIVEN)
    return referral


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sector": "X"}, "form.code"),
        ({"urgency": "X"}, "form.code"),
        ({"need": " "}, "referral.need"),
        ({"need": "x" * 301}, "referral.need_long"),
        ({"person": "somebody"}, "person.unknown"),
        ({"offer": "nothing"}, "referral.offer"),
        ({"previous": "nothing"}, "referral.unknown"),
        ({"household": "nobody"}, "household.unknown"),
    ],
)
def test_what_is_no_referral(desk: Desk, household: str, changes: dict[str, Any], code: str) -> None:
    assert refused(desk, commands.open_, form(household, **changes)) == code


@pytest.mark.parametrize(("urgency", "days"), [("24H", 1), ("72H", 3), ("ROUT", 14)])
def test_when_an_answer_is_due(desk: Desk, household: str, programme: Programme, urgency: str, days: int) -> None:
    referral = sent(desk, household, urgency=urgency)
    shown = desk.ask(queries.referral_shown, referral)
    assert shown.referral.due == DAY + timedelta(days)
    programme.clock.move(days=days)
    assert desk.ask(queries.referral_ids, "OVERDUE") == []
    programme.clock.move(days=1)
    assert desk.ask(queries.referral_ids, "OVERDUE") == [referral]


def test_nothing_is_sent_without_consent(desk: Desk, household: str) -> None:
    referral = desk.do(commands.open_, form(household))
    assert refused(desk, commands.send, referral, SHARED, REFUSED) == "referral.consent"
    other = ConsentAnswer("DATA", "GIVEN", "SIGN", "ar", True, "1")
    assert refused(desk, commands.send, referral, SHARED, other) == "referral.consent"
    assert refused(desk, commands.send, referral, (), GIVEN) == "referral.shared"
    assert refused(desk, commands.send, referral, ("BARRIERS",), GIVEN) == "form.code"
    oral = ConsentAnswer("SHARE-PARTNER", "GIVEN", "ORAL", "ar", True, "1")
    assert refused(desk, commands.send, referral, SHARED, oral) == "consent.witness"
    assert refused(desk, commands.answer, referral, "ACCEPTED") == "referral.state"
    done = desk.do(commands.send, referral, SHARED, GIVEN)
    assert (done.status, done.shared, done.sent_on) == ("SENT", SHARED, DAY)
    assert refused(desk, commands.send, referral, SHARED, GIVEN) == "referral.state"
    empty = desk.do(commands.open_, form(household, provider=""))
    assert refused(desk, commands.send, empty, SHARED, GIVEN) == "referral.provider"
    assert desk.do(commands.send, empty, SHARED, GIVEN, "Another clinic").provider == "Another clinic"


def test_a_consent_taken_back_stops_the_sharing(desk: Desk, household: str) -> None:
    referral = sent(desk, household)
    desk.do(households.withdraw_consent, household, "SHARE-PARTNER", "a witness")
    assert refused(desk, commands.answer, referral, "ACCEPTED") == "referral.withdrawn"
    desk.do(commands.close, referral, "NOTWANTED", True)


def test_who_does_not_share_goes_by_herself(desk: Desk, household: str) -> None:
    referral = desk.do(commands.open_, form(household))
    assert refused(desk, commands.refuse_sharing, referral, GIVEN) == "referral.consent"
    desk.do(commands.refuse_sharing, referral, REFUSED)
    shown = desk.ask(queries.referral_shown, referral).referral
    assert (shown.status, shown.end, shown.sent_on) == ("CLOSED", "OWNWAY", None)
    assert refused(desk, commands.refuse_sharing, referral, REFUSED) == "referral.state"


@pytest.mark.parametrize("status", codes.STATUS)
def test_every_step_has_its_answers_and_ends(status: str) -> None:
    from helpdesk.assistance.referrals.documents import Referral

    referral = Referral("h", "HEALTH", "x", "ROUT", status, DAY, "u", DAY)
    for answer in codes.STATUS:
        allowed = answer in {
            "SENT": codes.ANSWERS,
            "ACCEPTED": ("SERVED", "DECLINED", "NOCAP", "UNREACH"),
            "UNREACH": ("ACCEPTED", "SERVED"),
        }.get(status, ())
        if allowed:
            rules.check_answer(referral, answer)
        else:
            with pytest.raises(Refusal):
                rules.check_answer(referral, answer)
    for end in codes.END:
        if end in rules.ends_of(status):
            rules.check_end(referral, end, told=True)
        else:
            with pytest.raises(Refusal):
                rules.check_end(referral, end, told=True)


def test_an_honest_end(desk: Desk, household: str) -> None:
    referral = sent(desk, household)
    assert refused(desk, commands.close, referral, "SERVED", True) == "referral.end"
    desk.do(commands.answer, referral, "NOCAP", "full until spring")
    assert desk.ask(queries.referral_ids, "TO_TELL") == desk.ask(queries.referral_ids, "NOCAP") == [referral]
    assert refused(desk, commands.close, referral, "NOCAP", False) == "referral.told"
    desk.do(commands.close, referral, "NOCAP", True)
    assert refused(desk, commands.close, referral, "NOCAP", True) == "referral.state"
    assert desk.ask(queries.referral_ids, "ALL") == []
    again = desk.do(commands.open_, form(household, previous=referral))
    assert desk.ask(queries.referral_shown, again).referral.previous == referral
    gone = sent(desk, household)
    desk.do(commands.answer, gone, "UNREACH")
    desk.do(commands.close, gone, "UNREACH", False)
    assert desk.ask(queries.referral_shown, gone).referral.told_on is None


def test_a_provider_of_the_directory(desk_as: SignIn, household: str) -> None:
    kept = desk_as("supervisor").do(services.keep_offer, offer(place=DISTRICT, provider="The district clinic"))
    desk = desk_as("clerk")
    referral = desk.do(commands.open_, form(household, provider="", offer=kept))
    shown = desk.ask(queries.referral_shown, referral)
    assert shown.referral.provider == "The district clinic"
    assert shown.offer is not None
    assert shown.offer.contact == "07000000000"


def test_providers_by_age_and_gaps(desk: Desk, programme: Programme, household: str) -> None:
    waiting = sent(desk, household)
    programme.clock.move(days=20)
    full = sent(desk, household, provider="B")
    desk.do(commands.answer, full, "NOCAP")
    (line,) = desk.ask(queries.referral_lines, [waiting]).values()
    assert (line.provider, line.status, line.due) == ("A clinic", "SENT", DAY + timedelta(14))
    assert desk.ask(queries.referral_ids, "ALL", "B") == [full]
    with desk.store.read() as connection:
        today = DAY + timedelta(20)
        first, second = counts.by_provider(connection, today)
        (gap,) = counts.gaps(connection, DAY, today)
        (sector,) = counts.by_sector(connection, DAY, today)
        assert counts.open_urgent(connection, household) == ()
    assert (first.provider, first.open, first.overdue, first.oldest) == ("A clinic", 1, 1, 20)
    assert (second.provider, second.no_capacity, second.oldest) == ("B", 1, None)
    assert (gap.sector, gap.provider, gap.families) == ("HEALTH", "B", 1)
    assert (sector.opened, sector.no_capacity, sector.open) == (2, 1, 1)


@pytest.mark.parametrize("sector", sorted(codes.OFF_LISTS))
def test_protection_stands_in_no_list_and_is_not_everybodys_to_read(
    desk_as: SignIn, programme: Programme, household: str, sector: str
) -> None:
    desk = desk_as("supervisor")
    referral = sent(desk, household, sector=sector, urgency="24H")
    programme.clock.move(days=9)
    for which in queries.WORKLIST:
        assert desk.ask(queries.referral_ids, which) == []
    with desk.store.read() as connection:
        assert counts.by_provider(connection, DAY + timedelta(9)) == ()
        assert counts.open_urgent(connection, household) == (referral,)
    assert len(desk.ask(queries.referrals_of, household)) == 1
    assert len(desk_as("other").ask(queries.referrals_of, household)) == 1
    clerk = desk_as("clerk")
    assert clerk.ask(queries.referrals_of, household) == ()
    with pytest.raises(Refusal, match=r"referral\.unknown"):
        clerk.ask(queries.referral_shown, referral)


def test_a_referral_closed_at_either_desk_is_closed(programme: Programme) -> None:
    household = programme.register("one", practice_form(programme.clock, 2))
    referral = programme.at("one", "clerk", lambda d: sent(d, household))
    first = programme.export("one")
    programme.at("two", "supervisor", lambda d: installing.install(d, first.path))
    programme.at("two", "clerk", lambda d: d.do(commands.close, referral, "NOTWANTED", True))
    programme.at("one", "clerk", lambda d: d.do(commands.answer, referral, "ACCEPTED"))
    second = programme.export("two")
    programme.at("one", "supervisor", lambda d: installing.install(d, second.path))
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        merged = document_of(connection, REFERRAL, referral)
    assert merged is not None
    assert merged.status == "CLOSED"
