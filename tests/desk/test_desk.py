"""A desk from its making to its closing: signing in, accounts, PIN, drafts, the day, the lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from helpdesk.centre import answers, intake
from helpdesk.core.clock import SetClock
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import audit, drafts, folder, local, users
from helpdesk.desk.commands import View
from helpdesk.desk.days import FURTHEST_AHEAD, LAST_DAY, programme_day, see_day
from helpdesk.desk.pins import LONGEST_PIN
from helpdesk.desk.roles import Role
from helpdesk.desk.tables import DraftRow
from helpdesk.exchange import installing
from helpdesk.households import cards, commands
from helpdesk.opening import Desk, NewAccount, make_desk, open_desk
from helpdesk.vault.slots import Slots
from tests.people import practice_form
from tests.programme import COST, START, Programme, passphrase

SignIn = Callable[..., Desk]


# --- signing in ---


@pytest.mark.parametrize(("name", "words"), [("nobody", "a long passphrase of nobody"), ("clerk", "wrong")])
def test_a_wrong_name_is_a_wrong_passphrase(programme: Programme, name: str, words: str) -> None:
    with pytest.raises(Fault) as fault:
        open_desk(programme.home / "one", name, words, clock=programme.clock)
    assert (fault.value.code, fault.value.values) == ("slot.wrong", {})
    programme.clock.move(hours=1)
    with programme.open("one", "clerk") as desk:  # the folder was given back
        assert desk.user.role == Role.CLERK


def test_a_second_instance_is_refused(programme: Programme) -> None:
    with programme.open("one", "clerk"):
        with pytest.raises(Refusal, match=r"folder\.in_use"):
            open_desk(programme.home / "one", "supervisor", passphrase("supervisor"), clock=programme.clock)
        with programme.open("two", "clerk"):
            pass
    with programme.open("one", "supervisor"):
        pass


def test_a_folder_without_a_desk(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"folder\.none"):
        open_desk(tmp_path, "clerk", "x")


def test_a_desk_is_never_made_over_another(programme: Programme) -> None:
    with pytest.raises(Refusal, match=r"folder\.taken"):
        make_desk(programme.home / "one", programme.founding.programme, [], cost=COST)


def test_an_interrupted_making_is_begun_anew(programme: Programme, tmp_path: Path) -> None:
    home, account = tmp_path / "new", NewAccount("admin", Role.ADMINISTRATOR, "a long enough passphrase")
    with pytest.raises(Refusal, match=r"users\.passphrase"):
        make_desk(home, programme.founding.programme, [account, NewAccount("x", Role.CLERK, "short")], cost=COST)
    assert not folder.looks_at(home, programme.clock).exists
    make_desk(home, programme.founding.programme, [account], cost=COST)
    open_desk(home, "admin", "a long enough passphrase").close()


def test_the_clear_file_names_nobody(programme: Programme) -> None:
    facts = folder.looks_at(programme.home / "one", programme.clock)
    assert (facts.exists, facts.practice, facts.kind, facts.practice_users) == (True, True, "desk", ())
    assert folder.looks_at(programme.home / "centre", programme.clock).kind == "centre"
    (programme.home / "one" / folder.FACTS_FILE).write_text("{")
    with pytest.raises(Fault, match=r"folder\.damaged"):
        folder.looks_at(programme.home / "one", programme.clock)


# --- accounts ---


def test_an_account_is_added_used_and_closed(programme: Programme) -> None:
    with programme.open("one", "admin") as desk:
        account = desk.add_user("  Second   Clerk ", Role.CLERK, passphrase("second clerk"))
        assert account.name == "Second Clerk"
    with programme.open("one", "second clerk") as desk:
        assert desk.user.id == account.id
        assert desk.ask(users.names)[account.id] == "Second Clerk"
    with programme.open("one", "admin") as desk:
        desk.remove_user(account.id)
        assert not next(line for line in desk.ask(users.accounts) if line.id == account.id).live
    with pytest.raises(Fault, match=r"slot\.wrong"):
        open_desk(programme.home / "one", "second clerk", passphrase("second clerk"), clock=programme.clock)


def test_an_account_of_the_first_hour_is_closed_too(programme: Programme) -> None:
    with programme.open("one", "admin") as desk:
        clerk = next(line for line in desk.ask(users.accounts) if line.name == "clerk")
        desk.remove_user(clerk.id)
        desk.remove_user(clerk.id)  # once more is harmless
    with pytest.raises(Fault, match=r"slot\.wrong"):
        open_desk(programme.home / "one", "clerk", passphrase("clerk"), clock=programme.clock)


def test_a_slot_without_an_account_opens_nothing(programme: Programme) -> None:
    """A process killed between the two leaves one; it says no more than a wrong passphrase."""
    with programme.open("one", "admin") as desk:
        clerk = next(line for line in desk.ask(users.accounts) if line.name == "clerk")
        desk.do(users.remove, clerk.id)
    with pytest.raises(Fault, match=r"slot\.wrong"):
        open_desk(programme.home / "one", "clerk", passphrase("clerk"), clock=programme.clock)


@pytest.mark.parametrize("name", ["\u200fnada", "na\u202eda", "Nada ", "\u202anada\u202c"])
def test_a_name_with_invisible_marks_leaves_no_slot_behind(programme: Programme, name: str) -> None:
    with programme.open("one", "admin") as desk:
        before = len(Slots(desk.folder / folder.SLOTS_FILE))
        account = desk.add_user(name, Role.CLERK, "a long passphrase of nada")
    open_desk(programme.home / "one", "nada", "a long passphrase of nada", clock=programme.clock).close()
    with programme.open("one", "admin") as desk:
        desk.remove_user(account.id)
        assert len(Slots(desk.folder / folder.SLOTS_FILE)) == before


def test_no_edited_file_takes_the_practice_mark_from_papers(programme: Programme) -> None:
    path = programme.home / "one" / folder.FACTS_FILE
    path.write_text(path.read_text().replace('"practice":true', '"practice":false'))
    assert not folder.looks_at(path.parent, programme.clock).practice
    with programme.open("one", "clerk") as desk:
        assert desk.practice


@pytest.mark.parametrize(
    ("name", "role", "words", "code"),
    [
        ("clerk", Role.CLERK, "a long enough passphrase", "slot.exists"),
        ("CLERK ", Role.CLERK, "a long enough passphrase", "slot.exists"),
        ("   ", Role.CLERK, "a long enough passphrase", "users.name"),
        ("x" * 61, Role.CLERK, "a long enough passphrase", "users.name"),
        ("new", Role.CENTRE, "a long enough passphrase", "users.role"),
        ("new", Role.CLERK, "short", "users.passphrase"),
    ],
)
def test_accounts_that_cannot_be(desk_as: SignIn, name: str, role: Role, words: str, code: str) -> None:
    desk = desk_as("admin")
    with pytest.raises(Refusal) as refusal:
        desk.add_user(name, role, words)
    assert refusal.value.code == code
    assert len(desk.ask(users.accounts)) == 4
    if code.startswith("users"):
        desk.add_user("new one", Role.CLERK, "a long enough passphrase")  # no slot was left behind


def test_only_an_administrator_adds_and_never_closes_herself(desk_as: SignIn) -> None:
    with pytest.raises(Refusal, match=r"role\.not_allowed"):
        desk_as("supervisor").add_user("new", Role.CLERK, "a long enough passphrase")
    desk = desk_as("admin")
    with pytest.raises(Refusal, match=r"users\.self"):
        desk.remove_user(desk.user.id)
    with pytest.raises(Refusal, match=r"users\.unknown"):
        desk.remove_user("nobody")


def test_a_passphrase_is_changed(programme: Programme) -> None:
    with programme.open("one", "clerk") as desk:
        with pytest.raises(Refusal, match=r"users\.passphrase"):
            desk.change_passphrase(passphrase("clerk"), "short")
        with pytest.raises(Fault, match=r"slot\.wrong"):
            desk.change_passphrase("not mine at all", "another long passphrase")
        desk.change_passphrase(passphrase("clerk"), "another long passphrase")
    with pytest.raises(Fault, match=r"slot\.wrong"):
        open_desk(programme.home / "one", "clerk", passphrase("clerk"), clock=programme.clock)
    programme.clock.move(hours=1)
    open_desk(programme.home / "one", "clerk", "another long passphrase", clock=programme.clock).close()


def test_a_changed_passphrase_still_needs_the_stick(programme: Programme) -> None:
    home, stick = programme.home / "one", b"the key on a stick"
    with programme.open("one", "admin") as desk:
        desk.add_user("with a stick", Role.CLERK, "the first passphrase", stick)
    opened = open_desk(home, "with a stick", "the first passphrase", clock=programme.clock, stick_key=stick)
    opened.change_passphrase("the first passphrase", "the second passphrase")
    opened.close()
    with pytest.raises(Fault, match=r"slot\.wrong"):
        open_desk(home, "with a stick", "the second passphrase", clock=programme.clock)
    programme.clock.move(hours=1)
    open_desk(home, "with a stick", "the second passphrase", clock=programme.clock, stick_key=stick).close()


def test_a_pin_is_ones_own(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    assert not desk.ask(users.has_pin)
    assert not desk.ask(users.pin_opens, "")
    for bad in ("123", "1" * (LONGEST_PIN + 1), "12a4", "\u0661\u0662\u0663\u0664", ""):
        with pytest.raises(Refusal, match=r"users\.pin"):
            desk.do(users.set_pin, bad)
    desk.do(users.set_pin, "1234")
    assert desk.ask(users.has_pin)
    assert desk.ask(users.pin_opens, "1234")
    assert not desk.ask(users.pin_opens, "1235")
    assert not desk_as("supervisor").ask(users.pin_opens, "1234")


# --- drafts ---


def test_a_draft_reopens_field_by_field(programme: Programme) -> None:
    with programme.open("one", "clerk") as desk:
        desk.do(drafts.save, "registration", "k", {"given": "N", "father": "A"})
        programme.clock.move(seconds=5)
        desk.do(drafts.save, "registration", "k", {"given": "Nour"})
        desk.do(drafts.save, "registration", "k", {})
        desk.do(drafts.save, "other", "k", {"x": "y"})
    with programme.open("one", "clerk") as desk:
        assert desk.ask(drafts.load, "registration", "k") == {"given": "Nour", "father": "A"}
        assert desk.ask(drafts.load, "registration", "none") == {}
        (draft,) = desk.ask(drafts.listed, "registration")
        assert (draft.fields, draft.user) == ({"given": "Nour", "father": "A"}, desk.user.id)
        assert len(desk.ask(drafts.listed)) == 2
        desk.do(drafts.drop, "registration", "k")
        assert desk.ask(drafts.load, "registration", "k") == {}


def test_a_clerk_sees_her_own_drafts_and_a_supervisor_everybodys(programme: Programme) -> None:
    programme.at("one", "clerk", lambda desk: desk.do(drafts.save, "registration", "k", {"given": "N"}))
    programme.clock.move(seconds=5)
    programme.at("one", "supervisor", lambda desk: desk.do(drafts.save, "registration", "m", {"given": "A"}))
    listed = {
        name: [(draft.key, draft.whose) for draft in programme.at("one", name, lambda desk: desk.ask(drafts.listed))]
        for name in ("clerk", "supervisor", "other", "admin")
    }
    assert listed["clerk"] == [("k", "")]
    assert listed["supervisor"] == [("m", ""), ("k", "clerk")]
    assert listed["other"] == [("m", "supervisor"), ("k", "clerk")]
    assert listed["admin"] == []


def test_sealed_fields_never_stand_in_a_draft(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    with pytest.raises(Refusal, match=r"draft\.sealed"):
        desk.do(drafts.save, "registration", "k", {"given": "N", "sealed.barriers": "C2AFF"})
    with desk.store.read() as connection:
        assert not connection.execute(select(DraftRow)).all()


# --- the programme day ---


def test_turning_the_clock_back_opens_nothing(programme: Programme) -> None:
    form = practice_form(programme.clock)
    with programme.open("one", "clerk") as desk:
        desk.do(commands.register, form)
        (card,) = desk.do(cards.issue, (form.household_id,), "FIRST")
        assert desk.do(cards.check, card.digits).code == "LIVE"
    programme.clock.move(days=FURTHEST_AHEAD)
    programme.register("one", practice_form(programme.clock, 1))
    programme.clock.move(days=cards.VALID_DAYS + 1 - FURTHEST_AHEAD)
    with programme.open("one", "clerk") as desk:
        assert desk.do(cards.check, card.digits).code == "EXPIRED"
    programme.clock.move(days=-30)
    with programme.open("one", "clerk") as desk:
        assert desk.ask(lambda view: view.day) == START.date() + timedelta(days=cards.VALID_DAYS + 1)
        assert desk.do(cards.check, card.digits).code == "EXPIRED"


def test_the_day_of_the_bundle_counts_where_the_clock_is_behind(programme: Programme) -> None:
    programme.clock = SetClock(START - timedelta(days=300))
    with programme.open("one", "clerk") as desk:
        assert desk.ask(lambda view: view.day) == START.date()


def test_a_clock_far_ahead_is_not_followed(programme: Programme) -> None:
    programme.register()
    programme.clock.move(days=FURTHEST_AHEAD + 1)
    with programme.open("one", "clerk") as desk:
        assert desk.ask(lambda view: view.day) == START.date()
        with pytest.raises(Refusal, match=r"clock\.far_ahead"):
            desk.do(users.set_pin, "1234")
    programme.clock.move(days=-1)
    with programme.open("one", "clerk") as desk:
        desk.do(users.set_pin, "1234")
        assert desk.ask(lambda view: view.day) == START.date() + timedelta(days=FURTHEST_AHEAD)


def test_a_bundle_or_an_answer_from_far_ahead_moves_nothing(programme: Programme) -> None:
    programme.register()
    batch = programme.export().path
    programme.clock.move(days=390)
    programme.bundle("two")  # the centre's own day comes that far step by step
    programme.clock.move(days=11)
    with programme.office() as office:
        intake.receive(office, [batch])
        (answer,) = answers.acknowledge(office, programme.stick)
    files = [answer.path, programme.bundle("one")]
    programme.clock.move(days=-401)
    with programme.open("one", "clerk") as desk:
        for file in files:
            with pytest.raises(Refusal, match=r"clock\.far_ahead"):
                installing.install(desk, file)
        assert desk.ask(lambda view: (view.day, view.in_force().version)) == (START.date(), 1)


def test_a_store_that_saw_nothing_follows_any_day(programme: Programme) -> None:
    with programme.open("one", "clerk") as desk, desk.store.write() as connection:
        local.write_number(connection, LAST_DAY, 0)
        see_day(connection, START.date() + timedelta(days=5000))
        assert programme_day(connection, START.date()) == START.date() + timedelta(days=5000)


def test_the_log_of_a_desk_is_whole(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    with desk.store.read() as connection:
        assert audit.verify(connection).size > 3
    assert desk.ask(View.in_force).practice
