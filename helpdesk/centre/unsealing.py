"""Opening the sealed answers of one household: the protection unit's act at the centre, with its own key.

No desk can do this and the centre cannot do it alone: the key comes from an officer's file and is kept nowhere.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, LargeBinary, func, literal, select

from helpdesk.centre.office import Office
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import trust
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import Role
from helpdesk.households.documents import SealedAnswers
from helpdesk.households.kinds import PROTECTION
from helpdesk.households.sealing import read_sealed
from helpdesk.households.tables import HouseholdRow
from helpdesk.vault.keys import ProtectionKey
from helpdesk.vault.records import Revision, decode_revision
from helpdesk.vault.tables import RevisionRow


class OpenedAnswers(Struct, frozen=True):
    """What one save sealed: when, by which user's id, and the answers, empty where nothing was answered.

    ``damaged``: the message is none of the protection key's, or not of this household and revision.
    """

    at: str
    user: str
    answers: SealedAnswers
    damaged: bool = False


@command("centre.unseal", roles=(Role.CENTRE,))
def unseal(act: Act, office: Office, number: str, key: ProtectionKey) -> tuple[OpenedAnswers, ...]:
    """The sealed answers of a household, the oldest first; a damaged one hides none of the others.

    Raises Refusal("officer.other_programme" | "household.unknown").
    """
    if key.public.hex() != trust.programme(act.connection).protection:
        raise Refusal("officer.other_programme")
    with office.writing(act) as register:
        household = register.scalar(select(HouseholdRow.id).where(HouseholdRow.number == number))
        if household is None:
            raise Refusal("household.unknown")
        saved = tuple(_saved(register, household))
    act.concerns(household)
    return tuple(opened for revision in saved if (opened := _opened(key, household, revision)) is not None)


def _saved(register: Connection, household: str) -> Iterator[Revision]:
    # every revision that names the household: one that gave the record to another household later hides none of them
    named = body_holds(register, b'"household":"%s"' % household.encode())
    bodies = register.scalars(
        select(RevisionRow.body)
        .where(RevisionRow.kind == PROTECTION.name, named)
        .order_by(RevisionRow.ctr, RevisionRow.n)
    ).all()
    for body in bodies:
        revision = decode_revision(bytes(body))
        if PROTECTION.decode(bytes(revision.doc)).household == household:
            yield revision


def body_holds(register: Connection, needle: bytes) -> ColumnElement[bool]:
    """That the bytes of a revision hold ``needle``, said to either kind of register."""
    within = func.instr if register.dialect.name == "sqlite" else func.pg_catalog.position
    return within(RevisionRow.body, literal(needle, LargeBinary)) > 0


def _opened(key: ProtectionKey, household: str, revision: Revision) -> OpenedAnswers | None:
    if revision.sealed is None:
        return None
    try:
        message = base64.b64decode(revision.sealed, validate=True)
        answers = read_sealed(key.open(household, revision.ctr, message))
    except (Fault, binascii.Error, msgspec.DecodeError):
        return OpenedAnswers(revision.at, revision.user, SealedAnswers(), damaged=True)
    return OpenedAnswers(revision.at, revision.user, answers)
