"""The centre's neutral word on families, ``proceed`` or ``wait``, which travels to desks in their bundles.

It is given for every family alike, so that having none yet says nothing. In bulk it is worked out of the sealed
answers with the protection officer's key, in memory; why a family waits is written nowhere.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, select

from helpdesk.centre import areas
from helpdesk.centre.office import Office
from helpdesk.core.clock import day_number, read_instant
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import trust
from helpdesk.desk.bundle import Decision
from helpdesk.desk.commands import Act, command
from helpdesk.desk.lapsing import word_holds
from helpdesk.desk.roles import Role
from helpdesk.households.documents import SealedAnswers
from helpdesk.households.kinds import PROTECTION
from helpdesk.households.sealing import read_sealed
from helpdesk.households.tables import HouseholdRow
from helpdesk.journey.cases.issued import note_words
from helpdesk.journey.cases.standing import recompute
from helpdesk.journey.cases.tables import DecisionRow
from helpdesk.vault.bulk import among, insert_rows
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import Revision, decode_revision
from helpdesk.vault.tables import RevisionRow, table_of

PROCEED: Final = "proceed"
WAIT: Final = "wait"
WORDS: Final = (PROCEED, WAIT)
_PIECE: Final = 500


class DecidedMany(Struct, frozen=True):
    """What a round over all families came to: how many may proceed, and how many need a person's look."""

    proceed: int
    to_look_at: int


@command("centre.decide", roles=(Role.CENTRE,))
def decide(act: Act, office: Office, number: str, decision: str) -> None:
    """Say of one household that it may proceed, or that it waits. Raises Refusal("household.unknown" | "form.code")."""
    if decision not in WORDS:
        raise Refusal("form.code", field="decision")
    with office.writing(act) as register:
        household = register.scalar(select(HouseholdRow.id).where(HouseholdRow.number == number))
        if household is None:
            raise Refusal("household.unknown")
        _write(act, register, {household: decision})
    act.concerns(household)


@command("centre.decide_many", roles=(Role.CENTRE,))
def decide_in_bulk(act: Act, office: Office, key: ProtectionKey) -> DecidedMany:
    """Let every family proceed whose sealed answers ask for nobody's look, and no other one that a person did not.

    A family for which something was sealed on or after the day of its word waits for a person again, and one whose
    word ran out is asked about anew; a word is never given again before it ran out (desk/lapsing.py). Raises
    Refusal("officer.other_programme").
    """
    if key.public.hex() != trust.programme(act.connection).protection:
        raise Refusal("officer.other_programme")
    with office.writing(act) as register:
        clean, serious = _sorted(register, key)
        known = {row.household: row for row in register.execute(select(table_of(DecisionRow)))}
        today = day_number(act.day)
        words = {one: PROCEED for one in clean if one not in known or _has_lapsed(known[one], today)}
        for household, last in serious.items():
            before = known.get(household)
            if before is not None and before.decision == PROCEED and before.on <= last:
                words[household] = WAIT
        _write(act, register, words)
        allowed = {one.household for one in decisions_in_force(register, today)}
    return DecidedMany(proceed=len(allowed), to_look_at=len(serious.keys() - allowed))


def decisions_in_force(register: Connection, today: int) -> tuple[Decision, ...]:
    """What bundles carry on the day of number ``today``: who may proceed.

    Waiting is not told apart from having no word yet, nor from a word that ran out: none of them is there.
    """
    rows = register.execute(
        select(table_of(DecisionRow)).where(DecisionRow.decision == PROCEED).order_by(DecisionRow.household)
    ).all()
    holding = (row for row in rows if word_holds(row.household, row.on, today))
    return tuple(Decision(row.household, row.decision, row.on) for row in holding)


def _has_lapsed(row: Any, today: int) -> bool:
    # only a word that may be given again without a person
    return row.decision == PROCEED and not word_holds(row.household, row.on, today)


def _write(act: Act, register: Connection, words: dict[str, str]) -> None:
    households = sorted(words)
    for start in range(0, len(households), _PIECE):
        piece = households[start : start + _PIECE]
        register.execute(delete(DecisionRow).where(among(register, DecisionRow.household, piece)))
        rows = [{"household": one, "decision": words[one], "on": day_number(act.day)} for one in piece]
        insert_rows(register, table_of(DecisionRow), rows)
    note_words(register, words, day_number(act.day))
    recompute(register, act.day, households, areas.publics_of(act.connection, register))


def _sorted(register: Connection, key: ProtectionKey) -> tuple[set[str], dict[str, int]]:
    # families whose every save asks for nobody's look, and the others with the day of the last save that does
    clean: set[str] = set()
    serious: dict[str, int] = {}
    bodies = register.execute(
        select(RevisionRow.body).where(RevisionRow.kind == PROTECTION.name).order_by(RevisionRow.n)
    ).scalars()
    for revision in (decode_revision(bytes(body)) for body in bodies):
        household = PROTECTION.decode(bytes(revision.doc)).household
        if _is_serious(key, household, revision):
            serious[household] = max(serious.get(household, 0), _day(revision))
        else:
            clean.add(household)
    known = set(register.scalars(select(HouseholdRow.id)))
    return (clean - serious.keys()) & known, {one: day for one, day in serious.items() if one in known}


def _is_serious(key: ProtectionKey, household: str, revision: Revision) -> bool:
    # what cannot be opened is for a person too: it must not pass as nothing
    if revision.sealed is None:
        return False
    try:
        answers = read_sealed(key.open(household, revision.ctr, base64.b64decode(revision.sealed, validate=True)))
    except (Fault, binascii.Error, msgspec.DecodeError):
        return True
    return asks_for_a_look(answers)


def asks_for_a_look(answers: SealedAnswers) -> bool:
    """Whether sealed answers hold a barrier of category 2 or 3, a child without guardian, or a protection note."""
    alone = any(person.unaccompanied for person in answers.persons)
    return bool(answers.barriers or alone or answers.note.strip())


def _day(revision: Revision) -> int:
    return day_number(read_instant(revision.at).date())


def merged(ours: Iterable[Decision], given: Sequence[Decision]) -> tuple[Decision, ...]:
    """The register's words with those of a bundle's terms, which win."""
    words = {one.household: one for one in ours}
    words.update({one.household: one for one in given})
    return tuple(words[household] for household in sorted(words))
