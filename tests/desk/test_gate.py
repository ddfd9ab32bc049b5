"""The gate: one transaction, one role check, one audit entry; what is refused leaves that entry and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import audit
from helpdesk.desk.commands import Act, View, command, may
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.households import alike, expected, queries
from helpdesk.households import commands as households
from helpdesk.opening import Desk
from helpdesk.vault.tables import AuditRow, Base
from tests.house.test_commands import commands
from tests.people import practice_form, small_form
from tests.programme import ACCOUNTS, CENTRE, Programme

SignIn = Callable[..., Desk]


def contents(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with desk.store.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in Base.metadata.tables.values()
        }


def last_entry(desk: Desk) -> audit.AuditEntry:
    import msgspec

    with desk.store.read() as connection:
        text = connection.scalar(select(AuditRow.entry).order_by(AuditRow.n.desc()).limit(1))
    return msgspec.json.decode(text or "", type=audit.AuditEntry)


@pytest.mark.parametrize(("name", "role"), [*ACCOUNTS.items(), *CENTRE.items()])
def test_every_command_is_refused_to_every_other_role(name: str, role: Role, programme: Programme) -> None:
    folder = "centre" if role == Role.CENTRE else "one"
    with programme.open(folder, name) as desk:
        for act in commands().values():
            assert may(role, act) == (role in act.roles)
            if may(role, act):
                continue
            before = contents(desk)
            with pytest.raises(Refusal) as refusal:
                desk.do(act)
            assert refusal.value.code == "role.not_allowed"
            after = contents(desk)
            assert len(after.pop("audit")) == len(before.pop("audit")) + 1
            assert after == before, act.name
            entry = last_entry(desk)
            assert (entry.act, entry.result, entry.user) == (act.name, "role.not_allowed", desk.user.id)
        with desk.store.read() as connection:
            audit.verify(connection)


@command("test.act", roles=EVERYBODY)
def write_then(act: Act, end: Exception | None) -> str:
    households.tally(act, "REFUSED", 1, 0)
    act.concerns("something")
    act.touch("page")
    if end is not None:
        raise end
    return act.at


def test_an_act_is_done_audited_and_told(desk_as: SignIn) -> None:
    desk, told = desk_as("clerk"), []
    desk.on_change.append(told.append)
    assert desk.do(write_then, None) == "2026-11-21T09:00:00.000Z"
    assert told == [frozenset({"tally", "page", "audit"})]
    entry = last_entry(desk)
    assert (entry.act, entry.result, entry.objects) == ("test.act", "done", ("something",))


def test_a_refused_act_leaves_its_entry_only(desk_as: SignIn) -> None:
    desk, told = desk_as("clerk"), []
    desk.on_change.append(told.append)
    before = contents(desk)
    with pytest.raises(Refusal):
        desk.do(write_then, Refusal("tally.nobody", name="Nour"))
    after = contents(desk)
    assert len(after.pop("audit")) == len(before.pop("audit")) + 1
    assert after == before
    assert told == []
    assert last_entry(desk).result == "tally.nobody"
    assert last_entry(desk).objects == ()


@pytest.mark.parametrize("end", [Fault("disk.full"), RuntimeError()])
def test_a_failed_act_leaves_nothing(desk_as: SignIn, end: Exception) -> None:
    desk = desk_as("clerk")
    before = contents(desk)
    with pytest.raises(type(end)):
        desk.do(write_then, end)
    assert contents(desk) == before


def test_the_log_does_not_tell_that_sealed_answers_were_long(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    with pytest.raises(Refusal):
        desk.do(write_then, Refusal("sealed.too_long", over=3))
    assert last_entry(desk).result == "audit.refused"


def test_a_query_writes_nothing(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    before = contents(desk)

    def look(view: View) -> str:
        return view.user.name

    assert desk.ask(look) == "clerk"
    assert contents(desk) == before


def test_before_the_first_bundle_there_is_none_in_force(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("clerk")
    desk.bundle = None
    with pytest.raises(Refusal, match=r"bundle\.none"):
        desk.ask(View.in_force)
    with pytest.raises(Refusal, match=r"bundle\.none"):
        desk.do(households.register, small_form(programme.clock))


def test_an_act_learns_of_a_new_bundle(desk_as: SignIn, programme: Programme) -> None:
    from helpdesk.exchange import installing

    path = programme.bundle("one")
    desk = desk_as("clerk")
    assert desk.ask(View.in_force).version == 1
    installing.install(desk, path)
    assert desk.ask(View.in_force).version == 2


def test_every_revision_takes_the_next_counter(desk_as: SignIn) -> None:
    from helpdesk.vault.tables import RevisionRow

    desk = desk_as("clerk")
    for _ in range(3):
        desk.do(households.tally, "INFORMATION", 0, 1)
    with desk.store.read() as connection:
        assert list(connection.scalars(select(RevisionRow.ctr).order_by(RevisionRow.n))) == [1, 2, 3]
        assert connection.scalar(select(func.count()).select_from(RevisionRow)) == 3


def test_names_are_not_for_whoever_only_makes_accounts(desk_as: SignIn, programme: Programme) -> None:
    household = programme.register("one")
    reads: tuple[tuple[Callable[..., object], object], ...] = (
        (queries.find, "a"),
        (queries.lines, [household]),
        (queries.family_file, household),
        (queries.history, household),
        (expected.find_expected, "a"),
        (expected.expected_family, "a"),
        (alike.similar, practice_form(programme.clock)),
    )
    desk = desk_as("admin")
    for read, wanted in reads:
        with pytest.raises(Refusal, match=r"role\.not_allowed"):
            desk.ask(read, wanted)
    assert desk_as("clerk").ask(queries.lines, [household])
