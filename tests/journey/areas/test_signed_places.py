"""What nobody signed who may open a place closes it at most, here and at a sibling; nor do keys of closed accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.core.clock import day_number
from helpdesk.desk import users
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.exchange import installing
from helpdesk.exchange.tables import DoubtRow
from helpdesk.journey.areas import commands, recording
from helpdesk.journey.areas.commands import restand
from helpdesk.journey.areas.facts import AreaStanding, standing_of
from helpdesk.journey.areas.kinds import ALERT, ASSESSMENT
from helpdesk.journey.areas.standing import Signer, known_publics, signer_of
from helpdesk.opening import Desk
from helpdesk.vault.records import document_of
from helpdesk.vault.tables import RevisionRow
from tests.journey.ready import Hands
from tests.places import FALLUJAH, assessment, open_place, safeguard
from tests.programme import Programme


@command("test.clerks_place", roles=FAMILIES)
def clerks_place(act: Act) -> str:
    """Whoever sits there opens a place; the signature is true."""
    for code in ("L_HOSTENG", "L_FDBK", "L_PLAN", "L_COHES"):
        recording.answer(act, safeguard(FALLUJAH, code, act.day))
    made = recording.assess(act, assessment(FALLUJAH, act.day))
    restand(act)
    return made


@command("test.nobodys_place", roles=FAMILIES)
def change(act: Act, record: str, changes: dict[str, Any], sign: bool = False) -> None:
    """Change an assessment or an alert, without a signature."""
    kind = ASSESSMENT if document_of(act.connection, ASSESSMENT, record) is not None else ALERT
    known: Any = document_of(act.connection, kind, record)
    act.records.revise(kind, record, msgspec.structs.replace(known, **changes), signed=sign)
    act.records.flush()
    restand(act)


def missing(desk: Desk) -> set[tuple[str, str]]:
    def ask(view: Any) -> AreaStanding:
        return standing_of(view.connection, FALLUJAH, view.day)

    return set(desk.ask(ask).missing)


def test_a_clerks_true_signature_opens_no_place_here_or_at_a_sibling(programme: Programme) -> None:
    programme.at("two", "clerk", lambda desk: desk.do(clerks_place))
    written = programme.export("two")
    programme.at("one", "supervisor", lambda desk: installing.install(desk, written.path))
    for folder in ("one", "two"):
        assert len(programme.at(folder, "clerk", missing)) == 5

    def doubts(desk: Desk) -> set[str]:
        with desk.store.read() as connection:
            return set(connection.scalars(select(DoubtRow.code)))

    assert programme.at("one", "supervisor", doubts) == {"record.signer_role"}


@pytest.mark.parametrize("sign", [False, True])
def test_nobody_turns_what_is_not_acceptable(hands: Hands, sign: bool) -> None:
    open_place(hands.as_("clerk"), FALLUJAH, result="NOT_ACCEPTABLE")
    (record,) = hands.desk.ask(_assessments)
    for changes in ({"result": "ACCEPTABLE"}, {"void": "a mistake"}):
        hands.as_("clerk").do(change, record, changes, sign)
        assert ("L_RISK", "NOT_ACCEPTABLE") in missing(hands.desk)


def _assessments(view: Any) -> list[str]:
    return list(view.connection.scalars(select(RevisionRow.record).where(RevisionRow.kind == ASSESSMENT.name)))


def test_closing_is_never_the_harder_thing(hands: Hands) -> None:
    open_place(hands.as_("clerk"), FALLUJAH)
    assert missing(hands.desk) == set()
    (record,) = hands.desk.ask(_assessments)
    hands.desk.do(change, record, {"result": "NOT_ACCEPTABLE"})
    assert missing(hands.desk) == {("L_RISK", "NOT_ACCEPTABLE")}


def test_an_alert_is_lifted_by_a_supervisor_alone(hands: Hands) -> None:
    open_place(hands.as_("clerk"), FALLUJAH)
    (alert,) = hands.desk.do(commands.raise_alert, (FALLUJAH,), "Shots were heard")
    hands.desk.do(change, alert, {"lifted_on": hands.desk.clock.now().date(), "lifted_why": "so"})
    assert missing(hands.desk) == {("L_RISK", "ALERT")}
    hands.as_("supervisor").do(change, alert, {"lifted_why": "quiet for a week"}, True)
    assert missing(hands.desk) == set()


def test_what_a_closed_account_signs_later_opens_nothing(programme: Programme, hands: Hands) -> None:
    boss = hands.as_("supervisor")
    hands.desk.user = replace(boss.user, role=Role.ADMINISTRATOR)
    hands.desk.do(users.remove, hands.people["other"].id)
    open_place(hands.as_("other"), FALLUJAH)  # the last day still counts
    assert missing(hands.desk) == set()
    (record,) = hands.desk.ask(_assessments)
    programme.clock.move(days=1)
    hands.desk.do(change, record, {"result": "CONDITIONS"}, True)
    hands.desk.do(change, record, {"until": hands.desk.clock.now().date() + timedelta(days=300)}, True)
    assert missing(hands.desk) == set()
    until = hands.desk.ask(lambda view: standing_of(view.connection, FALLUJAH, view.day)).until
    assert until is not None
    assert until < hands.desk.clock.now().date() + timedelta(days=100)


def test_a_signature_counts_up_to_the_last_day_of_its_account(programme: Programme, hands: Hands) -> None:
    open_place(hands.as_("supervisor"), FALLUJAH)
    user, today = hands.desk.user.id, day_number(hands.desk.clock.now().date())

    def signed(view: Any) -> list[str | None]:
        row = view.connection.execute(select(RevisionRow).where(RevisionRow.kind == ASSESSMENT.name)).one()
        known = known_publics(view.connection)[user]
        assert (known.desk, known.closed_on) == (programme.numbers["one"], None)
        return [
            signer_of(row, {user: Signer(known.public, known.role, closed_on=last)})
            for last in (None, today + 1, today, today - 1, day_number(date(2020, 1, 1)))
        ]

    assert hands.desk.ask(signed) == [user, user, user, None, None]
