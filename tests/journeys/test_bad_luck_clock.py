"""A clock that jumps, a second window on the same desk, and a clerk at the command line with a supervisor's act."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk.assistance.vouchers import checks
from helpdesk.centre import answers, intake
from helpdesk.cli.app import DONE, REFUSED, main
from helpdesk.core.errors import Refusal
from helpdesk.desk import audit
from helpdesk.exchange import batches, installing
from helpdesk.households import queries
from tests import programme as programmes
from tests.people import practice_form
from tests.programme import START, Programme, passphrase

MONTH = timedelta(days=31)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return programmes.build(tmp_path_factory.mktemp("clock"))


@pytest.fixture
def programme(built: Programme, tmp_path: Path) -> Programme:
    return built.copied(tmp_path / "programme")


def test_a_clock_turned_back_and_forward_breaks_no_chain(programme: Programme) -> None:
    families, batch_files = [], []
    for jump in (timedelta(0), -MONTH, MONTH, MONTH, -2 * MONTH, MONTH):
        programme.clock.move(days=jump.days)
        for index in range(2):
            form = practice_form(programme.clock, len(families) + index)
            families.append(programme.register("one", form))
        batch_files.append(programme.export().path)
    with programme.office() as office:
        receipts = intake.receive(office, batch_files)
        assert [receipt.state for receipt in receipts] == ["accepted"] * len(batch_files)
        written = answers.acknowledge(office, programme.stick)
    with programme.open("one") as desk:
        for ack in written:
            installing.install(desk, ack.path)
        assert desk.ask(batches.unacknowledged).batches == 0
        assert set(desk.ask(queries.household_ids)) == set(families)
        with desk.store.read() as connection:
            audit.verify(connection)


def test_turning_the_clock_back_revives_no_voucher(programme: Programme) -> None:
    household = programme.register()
    face = programme.printed("one", household)
    programme.clock.move(days=60)
    programme.register("one", practice_form(programme.clock, 1))  # the desk has seen that day
    late = programme.at("one", "clerk", lambda desk: desk.do(checks.check, face.digits))
    programme.clock.move(days=-60)
    again = programme.at("one", "clerk", lambda desk: desk.do(checks.check, face.digits))
    assert late.code == again.code == "EXPIRED"


def test_a_family_is_registered_on_the_latest_day_seen(programme: Programme) -> None:
    programme.clock.move(days=31)
    programme.register()
    seen = programme.clock.now().date()
    programme.clock.move(days=-31)
    household = programme.register("one", practice_form(programme.clock, 1))
    file = programme.at("one", "clerk", lambda desk: desk.ask(queries.family_file, household))
    assert file.household.registered_on == seen > START.date()


def test_a_second_window_is_refused_and_the_first_goes_on(
    programme: Programme, capsys: pytest.CaptureFixture[str]
) -> None:
    with programme.open("one", "clerk") as desk:
        with pytest.raises(Refusal, match=r"folder\.in_use"), programme.open("one", "supervisor"):
            pass
        assert command_line(programme, "clerk", "household", "search", "Nour") == REFUSED
        assert "folder.in_use" in capsys.readouterr().err
        assert desk.ask(queries.household_ids) == []
    assert command_line(programme, "clerk", "household", "search", "Nour") == DONE


def test_a_clerk_cannot_export_and_it_is_written_down(programme: Programme, capsys: pytest.CaptureFixture[str]) -> None:
    programme.register()
    stick = str(programme.stick)
    before = sorted(programme.stick.iterdir())
    assert command_line(programme, "clerk", "batch", "export", "--to", stick) == REFUSED
    assert "role.not_allowed" in capsys.readouterr().err
    assert sorted(programme.stick.iterdir()) == before
    with programme.open("one", "clerk") as desk, desk.store.read() as connection:
        entries = [entry for _, entry in audit.entries(connection)]
    assert any('"act":"batch.plan"' in entry and "role.not_allowed" in entry for entry in entries)
    assert command_line(programme, "supervisor", "batch", "export", "--to", stick) == DONE


def command_line(programme: Programme, user: str, *words: str) -> int:
    """One call of ``main.py`` on desk one."""
    secret = programme.home / "passphrase.txt"
    secret.write_text(passphrase(user) + "\n", encoding="utf-8")
    options = ["--folder", str(programme.home / "one"), "--user", user, "--passphrase-file", str(secret)]
    return main([*options, *words])
