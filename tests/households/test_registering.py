"""Registering at a real desk: nothing personal before the consent, once only, and every later act on the family."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from helpdesk.core.errors import Refusal
from helpdesk.households import codes, commands, profiling, queries
from helpdesk.households.documents import BarrierItem, PlaceAnswer, SealedAnswers
from helpdesk.households.forms import IntentionAnswer, PaperEntry, PersonProfile, Profiling
from helpdesk.households.kinds import CONSENT as CONSENT_KIND
from helpdesk.households.kinds import TALLY
from helpdesk.opening import Desk
from helpdesk.vault.records import all_documents, documents_of
from helpdesk.vault.tables import Base, RecordRow, RevisionRow
from tests.households.test_rules import WRONG
from tests.people import CONSENT, head, member, practice_form, small_form
from tests.programme import Programme

SignIn = Callable[..., Desk]
MAY_CHANGE = {"audit", "local"}


def counts(desk: Desk) -> dict[str, int]:
    with desk.store.read() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(changes=st.sampled_from([changes for _, changes in WRONG]), name=st.text(max_size=20))
def test_a_refused_registration_leaves_no_row(desk_as: SignIn, programme: Programme, changes: Any, name: str) -> None:
    desk = desk_as("clerk")
    before = counts(desk)
    form = small_form(programme.clock, **{"notes": name, **changes})
    with pytest.raises(Refusal):
        desk.do(commands.register, form)
    after = counts(desk)
    assert {table for table in before if before[table] != after[table]} <= MAY_CHANGE
    with desk.store.read() as connection:
        assert form.household_id not in set(connection.scalars(select(RecordRow.id)))


def test_what_no_reader_would_take_leaves_no_row_either(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("clerk")
    before = counts(desk)
    with pytest.raises(Refusal, match=r"record\.unreadable"):
        desk.do(commands.register, small_form(programme.clock, members=(head(), member(given="A\0B"))))
    with pytest.raises(Refusal, match=r"sealed\.too_long"):
        desk.do(commands.register, small_form(programme.clock, sealed=SealedAnswers(note="x" * 600)))
    after = counts(desk)
    assert {table for table in before if before[table] != after[table]} <= MAY_CHANGE


def test_saving_twice_registers_once(desk_as: SignIn, programme: Programme) -> None:
    desk = desk_as("clerk")
    form = practice_form(programme.clock)
    first = desk.do(commands.register, form)
    before = counts(desk)
    assert desk.do(commands.register, form) == first
    after = counts(desk)
    assert {table for table in before if before[table] != after[table]} == {"audit"}
    assert len(desk.ask(queries.household_ids)) == 1


def test_a_visit_without_a_name_is_a_tally_and_nothing_else(desk_as: SignIn) -> None:
    desk = desk_as("clerk")
    desk.do(commands.tally, "REFUSED", 1, 2)
    with desk.store.read() as connection:
        ((_, told),) = list(all_documents(connection, TALLY))
        assert (told.kind, told.women, told.men) == ("REFUSED", 1, 2)
        assert connection.scalar(select(func.count()).select_from(RevisionRow)) == 1
    for kind, women, men, code in (
        ("X", 1, 0, "form.code"),
        ("REFUSED", 0, 0, "tally.nobody"),
        ("REFUSED", -1, 3, "tally.nobody"),
        ("REFUSED", 2**60, 0, "record.unreadable"),
    ):
        with pytest.raises(Refusal) as refusal:
            desk.do(commands.tally, kind, women, men)
        assert refusal.value.code == code


# --- after registration ---


@pytest.fixture
def family(desk_as: SignIn, programme: Programme) -> tuple[Desk, str]:
    desk = desk_as("clerk")
    form = small_form(programme.clock)
    desk.do(commands.register, form)
    return desk, form.household_id


def test_the_file_shows_what_was_said(family: tuple[Desk, str]) -> None:
    desk, household = family
    file = desk.do(queries.open_file, household)
    assert len(file.persons) == 2
    assert file.flags == {"FHH"}
    assert "MOTHERS" in file.not_asked()
    assert "INTENTION" not in file.not_asked()
    assert (file.card, file.decision) == (None, "FOLLOW_UP")
    assert {change.kind for change in desk.ask(queries.history, household)} >= {"household", "person", "consent"}
    with pytest.raises(Refusal, match=r"household\.unknown"):
        desk.do(queries.open_file, "nobody")
    assert (desk.ask(queries.today).families, desk.ask(queries.today).persons) == (1, 2)


def test_intentions_are_a_series(family: tuple[Desk, str]) -> None:
    desk, household = family
    desk.do(commands.record_intention, household, IntentionAnswer("RET", destination=PlaceAnswer("IQG01")))
    assert [i.choice for i in desk.do(queries.open_file, household).intentions] == ["UND", "RET"]
    with pytest.raises(Refusal, match=r"intention\.destination"):
        desk.do(commands.record_intention, household, IntentionAnswer("REL"))


def test_barriers_are_one_answer_for_each_destination(family: tuple[Desk, str]) -> None:
    desk, household = family
    there = PlaceAnswer("IQG01")
    desk.do(commands.record_barriers, household, None, (BarrierItem("C1HOU"),), SealedAnswers())
    desk.do(commands.record_barriers, household, there, (BarrierItem("C1JOB"),), SealedAnswers(("C2AFF",)))
    desk.do(commands.record_barriers, household, there, (), SealedAnswers())
    file = desk.do(queries.open_file, household)
    assert [(b.destination, [i.code for i in b.items]) for b in file.barriers] == [(None, ["C1HOU"]), (there, [])]
    with pytest.raises(Refusal, match=r"form\.code"):
        desk.do(commands.record_barriers, household, None, (BarrierItem("C3BLK"),), SealedAnswers())


def test_a_withdrawn_consent_stops_everything_but_its_own_record(family: tuple[Desk, str]) -> None:
    desk, household = family
    call = msgspec.structs.replace(CONSENT, purpose="CALL")
    desk.do(commands.record_consent, household, call)
    desk.do(commands.record_consent, household, msgspec.structs.replace(call, answer="REFUSED", form=None))
    with desk.store.read() as connection:  # taking back what was given answers to a person, whatever it is called
        latest = select(RevisionRow.sig).where(RevisionRow.kind == "consent").order_by(RevisionRow.n.desc()).limit(1)
        assert connection.scalars(latest).one() is not None
    with pytest.raises(Refusal, match=r"consent\.none"):
        desk.do(commands.withdraw_consent, household, "CALL", "a witness")
    with pytest.raises(Refusal, match=r"consent\.witness"):
        desk.do(commands.withdraw_consent, household, "DATA", " ")
    with pytest.raises(Refusal, match=r"form\.code"):  # an act of its own, never an answer
        desk.do(commands.record_consent, household, msgspec.structs.replace(CONSENT, answer="WITHDRAWN"))
    desk.do(commands.withdraw_consent, household, "DATA", "a witness")
    with desk.store.read() as connection:
        told = {c.purpose: c.answer for _, c in documents_of(connection, CONSENT_KIND, household)}
        signed = connection.scalars(select(RevisionRow.sig).order_by(RevisionRow.n.desc()).limit(1)).one()
    assert told == {"DATA": "WITHDRAWN", "CALL": "REFUSED"}
    assert signed is not None
    person = next(iter(desk.ask(queries.family_file, household).persons))
    for act, *args in (
        (commands.record_intention, household, IntentionAnswer("UND")),
        (commands.record_barriers, household, None, (), SealedAnswers()),
        (commands.record_consent, household, call),
        (commands.correct_person, person, head()),
        (profiling.profile, Profiling(household)),
    ):
        with pytest.raises(Refusal, match=r"consent\.data"):
            desk.do(act, *args)


def test_a_line_of_the_roster_is_corrected(family: tuple[Desk, str]) -> None:
    desk, household = family
    mother, child = desk.ask(queries.family_file, household).persons
    desk.do(profiling.profile, Profiling(household, (PersonProfile(child, mother_name="Zahra"),)))
    desk.do(commands.correct_person, child, member(given="Noura"))
    corrected = desk.ask(queries.family_file, household).persons[child]
    assert (corrected.given_name, corrected.mother_name) == ("Noura", "Zahra")
    with pytest.raises(Refusal, match=r"roster\.head"):
        desk.do(commands.correct_person, child, head())
    with pytest.raises(Refusal, match=r"roster\.head"):
        desk.do(commands.correct_person, mother, member(birth_date=date(1980, 1, 1)))
    with pytest.raises(Refusal, match=r"person\.unknown"):
        desk.do(commands.correct_person, "nobody", member())
    assert desk.ask(queries.find, "noura")[0].id == household


def test_profiling(family: tuple[Desk, str]) -> None:
    desk, household = family
    mother, child = desk.ask(queries.family_file, household).persons
    number = "\u0661\u0662\u0663\u0664 5678 9012"
    papers = (
        PaperEntry("NID", "VALID", mother, number),
        PaperEntry("NID", "EXP", mother, "123456789012"),
        PaperEntry("PDS", "VALID", None, ""),
    )
    profile = Profiling(
        household,
        (PersonProfile(mother, marital="WID", difficulties={"see": "3"}), PersonProfile(child, school="Y")),
        papers,
        social=("PDS",),
        vulnerabilities={"NOINC": True},
        cwg="ELIG",
    )
    desk.do(profiling.profile, profile)
    desk.do(profiling.profile, Profiling(household, vulnerabilities={"EVICT": True}))
    file = desk.ask(queries.family_file, household)
    assert file.flags == {"FHH", "DIS", "NOINC", "EVICT"}
    assert file.vulnerability is not None
    assert file.vulnerability.cwg == "ELIG"
    nid, pds = file.papers
    assert (nid.status, nid.last_four, len(nid.match)) == ("EXP", "9012", 3)
    assert pds.match == ()
    key = bytes.fromhex(desk.ask(lambda view: view.in_force()).match_key)
    assert profiling.document_keys(key, "NID", "123456789012") == nid.match
    with desk.store.read() as connection:
        bodies = b"".join(connection.scalars(select(RevisionRow.body)))
    assert b"12345678" not in bodies
    assert number.encode() not in bodies


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("person.unknown", lambda m, c: {"persons": (PersonProfile("nobody"),)}),
        ("form.code", lambda m, c: {"persons": (PersonProfile(m, marital="X"),)}),
        ("form.code", lambda m, c: {"persons": (PersonProfile(m, difficulties={"fly": "1"}),)}),
        ("form.code", lambda m, c: {"persons": (PersonProfile(m, difficulties={"see": "9"}),)}),
        ("person.marital_sealed", lambda m, c: {"persons": (PersonProfile(c, marital="SIN"),)}),
        ("form.code", lambda m, c: {"papers": (PaperEntry("X", "VALID"),)}),
        ("form.code", lambda m, c: {"papers": (PaperEntry("NID", "CONFISC"),)}),
        ("person.unknown", lambda m, c: {"papers": (PaperEntry("NID", "VALID", "nobody"),)}),
        ("form.code", lambda m, c: {"social": ("X",)}),
        ("form.code", lambda m, c: {"reading": "X"}),
        ("form.code", lambda m, c: {"vulnerabilities": {"FHH": True}}),
        ("form.code", lambda m, c: {"cwg": "X"}),
        ("form.code", lambda m, c: {"sealed": SealedAnswers(("X",))}),
    ],
)
def test_profiling_that_cannot_be(family: tuple[Desk, str], code: str, make: Callable[..., dict[str, Any]]) -> None:
    desk, household = family
    mother, child = desk.ask(queries.family_file, household).persons
    before = counts(desk)
    with pytest.raises(Refusal) as refusal:
        desk.do(profiling.profile, Profiling(household, **make(mother, child)))
    assert refusal.value.code == code
    after = counts(desk)
    assert {table for table in before if before[table] != after[table]} == {"audit"}


def test_a_printed_record_is_in_the_log(family: tuple[Desk, str]) -> None:
    desk, household = family
    desk.do(commands.note_printed, household, "slip")
    with pytest.raises(Refusal, match=r"household\.unknown"):
        desk.do(commands.note_printed, "nobody", "slip")
    assert len(codes.PURPOSE) == 7
