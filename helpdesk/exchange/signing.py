"""Whose signature must stand beside which record: one rule for the centre and for a desk that takes a sibling's batch.

A fact with a false signature is kept, as all facts are; what follows from it is the caller's decision. Nothing is
written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.assistance.attendance.kinds import WORK_SHEET
from helpdesk.assistance.cash.kinds import DAY_CORRECTION
from helpdesk.assistance.cash.kinds import KINDS as CASH
from helpdesk.assistance.distributions.kinds import DISTRIBUTION
from helpdesk.assistance.feedback.kinds import BOX_OPENING
from helpdesk.assistance.grants.kinds import CASH_NEED, SAMPLE_CHECK
from helpdesk.assistance.kits.kinds import KIT_MOVE
from helpdesk.assistance.vouchers.codes import REPRINTED
from helpdesk.assistance.vouchers.divisions import DIVISION
from helpdesk.assistance.vouchers.documents import Voucher
from helpdesk.assistance.vouchers.kinds import LEDGER, REROUTING, WITNESS
from helpdesk.assistance.vouchers.settled import DOUBLE_SETTLED, PAID_QUESTION
from helpdesk.casework.codes import OF_SUPERVISORS
from helpdesk.casework.kinds import FAMILY_EVENT, WITHDRAWAL
from helpdesk.core.errors import code
from helpdesk.desk.roles import Role
from helpdesk.exchange.arrived import Arrived, is_signed_truly
from helpdesk.journey.arrivals.kinds import HANDOVER
from helpdesk.journey.cases.kinds import CASE, DEPARTURE, SETTLEMENT, WAIVER, WAIVER_CONFIRMED
from helpdesk.journey.cases.steps import SIGNED
from helpdesk.journey.preparing.kinds import GUARDIAN_CHECK
from helpdesk.vault.bulk import among
from helpdesk.vault.tables import RecordRow

UNSIGNED: Final = code("record.unsigned")
FALSE: Final = code("record.signature")
NOT_A_SUPERVISOR: Final = code("record.signer_role")
OTHER_PERSON: Final = code("record.other_person")
_OPENING: Final = ("area_assessment", "area_safeguard", "area_plan", "area_waiver")
"""What opens a place for many families: a supervisor's, or the centre's own."""
_PLACES: Final = (*_OPENING, "area_waiver_confirmed")

_OF_CASES: Final = frozenset(
    kind.name for kind in (WAIVER, WAIVER_CONFIRMED, DEPARTURE, SETTLEMENT, GUARDIAN_CHECK, HANDOVER)
)
"""Two people's waivers, departures and what was decided about them, and whose case it is: always signed."""

_OF_VOUCHERS: Final = ("payment", LEDGER.name, REROUTING.name, WITNESS.name)
"""Who paid, who took a paper in and who stood for it, and every line of the ledger: always signed."""

_BY: Final = (REROUTING.name, WITNESS.name)

_OF_FAMILIES: Final = (WITHDRAWAL.name, FAMILY_EVENT.name, DIVISION.name)
"""Who stopped, who belongs to whom, and whose grants count for whom: always signed."""


_OF_MONEY: Final = (DOUBLE_SETTLED.name, PAID_QUESTION.name, SAMPLE_CHECK.name)
"""What a supervisor said of payments made twice, of hits on the paid list, of a drawn voucher: always signed."""

_SHEETS: Final = ("SIGNED", "VOID")
"""Days of work that somebody stands for, or that count for nothing."""
_OF_CASH: Final = (*(kind.name for kind in CASH), KIT_MOVE.name)
"""What came into a box or a store, what was counted in it, and what was corrected: always signed."""


class RecordSigner(Struct, frozen=True):
    """An account whose key may stand beside a record. ``live`` stays true where only its desk was revoked.

    How far such a desk is believed is its device's matter.
    """

    id: str
    desk: int
    role: str
    public: bytes
    live: bool


class Judged(Struct, frozen=True):
    """Who truly signed a record, if anybody, and the codes of what is wrong with its signature."""

    signer: RecordSigner | None
    codes: tuple[str, ...] = ()


Proofs = frozenset[tuple[bytes, bytes | None, bytes]]
"""True signatures: hash of the record, signature, the public key it was checked with."""


def prove(arrived: Iterable[Arrived], signers: Mapping[str, RecordSigner]) -> Proofs:
    """Check the signatures of known keys ahead of their judgement, which asks no more of them than their truth."""
    signed = ((item, signers.get(item.sig_key)) for item in arrived if item.sig_key is not None)
    return frozenset(
        (item.hash, item.sig, signer.public)
        for item, signer in signed
        if signer is not None and is_signed_truly(item, signer.public)
    )


def judge(
    arrived: Arrived,
    signers: Mapping[str, RecordSigner],
    desk: int,
    *,
    is_first: bool,
    proofs: Proofs = frozenset(),
) -> Judged:
    """Judge one record of a desk's batch by the accounts of that desk, which ``signers`` holds by the id of their key.

    ``is_first``: nothing was known of its record before. ``proofs``: what is proved already.
    """
    other = (OTHER_PERSON,) if _names_another(arrived, is_first=is_first) else ()
    if arrived.sig is None:
        return Judged(None, (UNSIGNED,) if _answers_to_a_person(arrived, is_first=is_first) else other)
    signer = signers.get(arrived.sig_key or "")
    if (
        signer is None
        or not signer.live
        or signer.desk != desk
        or signer.id != arrived.revision.user
        or not ((arrived.hash, arrived.sig, signer.public) in proofs or is_signed_truly(arrived, signer.public))
    ):
        return Judged(None, (FALSE,))
    if _is_a_supervisors(arrived) and signer.role not in _deciding(arrived):
        return Judged(signer, (NOT_A_SUPERVISOR, *other))
    return Judged(signer, other)


def firsts(connection: Connection, arrived: Sequence[Arrived]) -> frozenset[bytes]:
    """The hashes of the revisions that begin a household here, whatever parents they claim.

    A registration is signed; invented parents must not make it look like a later change that is not.
    """
    households = [item for item in arrived if item.revision.kind == "household"]
    claiming = [item.revision.id for item in households if item.revision.parents]
    known: set[str] = set()
    if claiming:
        known.update(connection.scalars(select(RecordRow.id).where(among(connection, RecordRow.id, claiming))))
    found = set()
    for item in households:
        if item.revision.id not in known or not item.revision.parents:
            known.add(item.revision.id)
            found.add(item.hash)
    return frozenset(found)


def _answers_to_a_person(arrived: Arrived, *, is_first: bool) -> bool:
    # FORMATS.md section 2: register, approve, pay, withdraw, void and revoke carry the acting person's signature
    kind, document = arrived.revision.kind, arrived.document
    if kind == "household":
        return is_first or document.status != "REGISTERED"
    if kind == "consent":
        return bool(document.answer == "WITHDRAWN")
    if kind == "card":
        return bool(document.status == "REVOKED")
    if kind == "voucher":
        return _is_decided(document) or document.state == "VOID"
    if kind == CASE.name:
        return document.state in SIGNED
    if kind == WORK_SHEET.name:
        return document.state in _SHEETS
    if kind == DISTRIBUTION.name:
        return bool(document.state == "CLOSED")
    always = ("user", *_OF_VOUCHERS, BOX_OPENING.name, *_PLACES, *_OF_CASES, *_OF_FAMILIES, *_OF_MONEY, *_OF_CASH)
    return kind in always or _lifts(arrived) or _is_a_reason(arrived)


def _is_a_reason(arrived: Arrived) -> bool:
    # whoever plans by a supervisor's reason for other cash only names her voucher in it
    return arrived.revision.kind == CASH_NEED.name and arrived.document.voucher is None


def _lifts(arrived: Arrived) -> bool:
    # anybody warns of a place; that it is safe again is a supervisor's word
    return arrived.revision.kind == "area_alert" and arrived.document.lifted_on is not None


def _is_decided(voucher: Voucher) -> bool:
    # while its family has withdrawn, a voucher is nobody's approval; what a clerk prints again ends by her own hand
    if voucher.state == "VOID":
        return voucher.void_reason != REPRINTED
    return voucher.state == "REPLACED" or (voucher.state == "APPROVED" and voucher.suspended_until is None)


def _is_a_supervisors(arrived: Arrived) -> bool:
    kind, document = arrived.revision.kind, arrived.document
    if kind == "card":
        return bool(document.status == "REVOKED")
    if kind == "voucher":
        return _is_decided(document)
    if kind == "household":
        return bool(document.status != "REGISTERED")
    if kind == FAMILY_EVENT.name:
        return document.what in OF_SUPERVISORS
    if kind == WORK_SHEET.name:
        return document.state in _SHEETS
    return _lifts(arrived) or _is_a_reason(arrived) or kind in (
        *_OPENING, DIVISION.name, WAIVER.name, DEPARTURE.name, SETTLEMENT.name, GUARDIAN_CHECK.name, HANDOVER.name,
        DAY_CORRECTION.name, REROUTING.name, *_OF_MONEY,
    )  # fmt: skip


def _deciding(arrived: Arrived) -> tuple[str, ...]:
    # the centre enters places itself, and decides nothing about a family in a desk's name
    of_place = arrived.revision.kind.startswith("area_")
    return (Role.SUPERVISOR, Role.CENTRE) if of_place else (Role.SUPERVISOR,)


def _names_another(arrived: Arrived, *, is_first: bool) -> bool:
    # who planned, approved, paid or registered stands in the document too, and four eyes are counted by it
    kind, document, user = arrived.revision.kind, arrived.document, arrived.revision.user
    if kind == "voucher":
        return _decided_for_another(document, user)
    if kind in ("payment", LEDGER.name):
        elsewhere = kind == LEDGER.name and document.device != arrived.revision.device
        return bool(document.user != user) or elsewhere
    if kind == BOX_OPENING.name:
        last = document.confirmed_by or document.opened_by
        return bool(last != user or document.opened_by == document.confirmed_by)
    if kind in (WORK_SHEET.name, DISTRIBUTION.name):
        return _ends_for_another(kind, document, user)
    if kind in (WAIVER_CONFIRMED.name, SETTLEMENT.name, HANDOVER.name, *_BY, *_OF_FAMILIES, *_OF_MONEY, *_OF_CASH):
        return bool(document.by != user)
    return kind == "household" and is_first and document.registered_by != user


def _decided_for_another(voucher: Voucher, user: str) -> bool:
    if voucher.suspended_until is not None or voucher.state not in ("PLANNED", "APPROVED"):
        return False
    return user != (voucher.planned_by if voucher.state == "PLANNED" else voucher.approved_by)


def _ends_for_another(kind: str, document: Any, user: str) -> bool:
    if kind == DISTRIBUTION.name:
        return bool(document.state == "CLOSED" and document.closed_by != user)
    return bool(document.state == "SIGNED" and (document.signed_by != user or document.entered_by == user))
