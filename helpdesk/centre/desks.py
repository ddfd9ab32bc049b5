"""The register of desks: enrolling them, allotting numbers, and writing the bundle that tells each whom to believe."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select

from helpdesk.assistance.grants.policy import check_terms
from helpdesk.assistance.services.directory import known_offers
from helpdesk.centre.areas import centre_users
from helpdesk.centre.code_lists import in_force
from helpdesk.centre.deciding import decisions_in_force, merged
from helpdesk.centre.issued import bring_up, note_written
from helpdesk.centre.office import Office
from helpdesk.centre.paid import list_for, revoked_numbers
from helpdesk.centre.sealed_feedback import words_for
from helpdesk.centre.tables import CentreBlockRow, CentreBundleRow, CentreDeskRow, CentreUserRow
from helpdesk.centre.transfers import believed
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import local, modules
from helpdesk.desk.bundle import (
    Block,
    ClearanceRule,
    Decision,
    DeskFacts,
    GrantPolicy,
    Helpline,
    KnownDesk,
    KnownKey,
    KnownUser,
    MoneyTerms,
    PayPoint,
    ProgrammeKeys,
    Sibling,
    WholeBundle,
    without_lists,
)
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import EVERYBODY, Role
from helpdesk.exchange.area_lines import area_lines
from helpdesk.exchange.bundle_lines import bundle_lines
from helpdesk.exchange.enrolment import Enrolment, check_enrolment
from helpdesk.exchange.outgoing import Heading, Outgoing, Written
from helpdesk.exchange.payload import Record
from helpdesk.exchange.reading import Received, read_file
from helpdesk.exchange.statement import Statement
from helpdesk.journey.cases.issued import issued_tables
from helpdesk.vault.keys import key_id

BLOCK = 1000
SPACES = {"household": 10**8, "voucher": 10**9}
EXPIRES_AFTER = 30
HARD_EXPIRES_AFTER = 60
FIRST_DESK = 101


class Nobody:
    """Whom a reader of enrolments believes: nobody; the file is proved by the key it brings."""

    def signer(self, key_id: str) -> None:
        """No key is known yet."""

    def is_revoked(self, key_id: str, statement: Statement) -> bool:
        """Nothing is revoked that is not known."""
        return False


class NewDesk(Struct, frozen=True):
    """An enrolled desk: its number, and whether it was enrolled before."""

    number: int
    name: str
    device: str
    known: bool


class BundleTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """What the centre decides for a desk's next bundle, beside what follows from the register."""

    sites: tuple[str, ...] = ()
    pay_points: tuple[PayPoint, ...] = ()
    grants: tuple[GrantPolicy, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    decisions: tuple[Decision, ...] = ()
    blocks: int = 1
    siblings: tuple[int, ...] = ()
    clearances: tuple[ClearanceRule, ...] = ()
    modules: dict[str, bool] = {}
    money: MoneyTerms = MoneyTerms()


def enrol(office: Office, path: Path, site: str | None = None) -> NewDesk:
    """Take a desk's ``enrol`` file in. Repeating it gives the same desk.

    Raises Fault("fvb.*" | "enrol.*" | "key.*"), Refusal("enrol.other_programme" | "enrol.practice").
    """
    keys, programme = office.keys(), office.programme()
    with read_file(path, Nobody()) as received:
        if received.statement.kind != "enrol":
            raise Refusal("file.not_enrol")
        enrolment = _read(received, [line.value for line in received.open(keys.intake)])
        check_enrolment(enrolment)
        _check_programme(enrolment, programme)
        return office.gate.do(_enrol, office, received, enrolment, site)


def _read(received: Received, values: Sequence[dict[str, object]]) -> Enrolment:
    records = [value for value in values if value["t"] != "manifest"]
    try:
        (record,) = records
        enrolment = msgspec.convert(record, Enrolment)
        device = bytes.fromhex(enrolment.device)
    except (ValueError, msgspec.ValidationError):
        raise Fault("enrol.form") from None
    received.prove(device)
    return enrolment


def _check_programme(enrolment: Enrolment, programme: ProgrammeKeys) -> None:
    # practice first: a practice desk must hear that it is one, whatever its programme is called
    if enrolment.practice and not programme.practice:
        raise Refusal("enrol.practice")
    if enrolment.practice != programme.practice or enrolment.programme != programme.programme:
        raise Refusal("enrol.other_programme")


@command("centre.enrol", roles=(Role.CENTRE,))
def _enrol(act: Act, office: Office, received: Received, enrolment: Enrolment, site: str | None) -> NewDesk:
    with office.writing(act) as register:
        device = key_id(bytes.fromhex(enrolment.device))
        known = register.execute(select(CentreDeskRow).where(CentreDeskRow.device == device)).first()
        if known is not None:
            if known.enrolment != received.identity:
                raise Fault("enrol.twice")
            return NewDesk(known.number, known.name, device, known=True)
        _check_users(register, enrolment)
        highest = register.scalar(select(func.max(CentreDeskRow.number)))
        number = FIRST_DESK if highest is None else highest + 1
        register.execute(
            insert(CentreDeskRow).values(
                number=number,
                name=enrolment.name,
                side=enrolment.side,
                site=site,
                device=device,
                device_public=enrolment.device,
                card_public=enrolment.card,
                receive=enrolment.receive,
                enrolment=received.identity,
                enrolled_on=day_number(act.day),
                revoked_after=None,
                revoked_on=None,
            )
        )
        for user in enrolment.users:
            register.execute(
                insert(CentreUserRow).values(id=user.id, desk=number, role=user.role, public=user.public, status="live")
            )
    act.concerns(received.identity)
    return NewDesk(number, enrolment.name, device, known=False)


def _check_users(register: Connection, enrolment: Enrolment) -> None:
    # accounts of a desk's own, with keys that nobody else has
    ids, publics = ({user.id for user in enrolment.users}, {user.public for user in enrolment.users})
    taken = select(func.count()).select_from(CentreUserRow)
    machines = select(func.count()).select_from(CentreDeskRow)
    if (
        len(ids) != len(enrolment.users)
        or len(publics) != len(enrolment.users)
        or any(user.role not in EVERYBODY for user in enrolment.users)
        or register.scalar(taken.where(CentreUserRow.id.in_(ids) | CentreUserRow.public.in_(publics)))
        or register.scalar(machines.where(CentreDeskRow.device_public.in_(publics | {enrolment.card})))
        or register.scalar(machines.where(CentreDeskRow.card_public.in_(publics | {enrolment.card})))
    ):
        raise Fault("enrol.form")


def write_bundle(office: Office, number: int, terms: BundleTerms, folder: Path) -> Written:
    """Make and write the next bundle of a desk.

    Raises Refusal("centre.desk_unknown" | "module.unknown" | "grant.table" | "grant.money"), OSError.
    """
    wrong = modules.unknown(terms.modules)
    if wrong:
        raise Refusal("module.unknown", module=wrong[0], known=", ".join(modules.MODULE))
    check_terms(terms.grants, terms.money)
    bundle, receive, pages = office.gate.do(_next_bundle, office, number, terms)
    keys, programme = office.keys(), office.programme()
    heading = Heading(
        kind="bundle",
        sender=keys.config.key_id,
        epoch=programme_epoch(programme),
        seq=bundle.version,
        desk=str(number),
        counts={"bundle": 1},
        made_at=office.gate.clock.now(),
    )
    with office.register.read() as register:
        lines: Iterable[Record] = chain[Record](bundle_lines(bundle, pages), area_lines(register))
        written = Outgoing(folder).write(heading, lines, [keys.config], [receive])
    office.gate.do(_note_bundle, office, number, bundle, written.identity)
    return written


def programme_epoch(programme: ProgrammeKeys) -> str:
    """The epoch of the centre's own files: it never restarts, so the first root's id serves."""
    return key_id(bytes.fromhex(programme.roots[0]))


@command("centre.bundle", roles=(Role.CENTRE,))
def _next_bundle(
    act: Act, office: Office, number: int, terms: BundleTerms
) -> tuple[WholeBundle, str, tuple[bytes, ...]]:
    with office.writing(act) as register:
        desks = register.execute(select(CentreDeskRow).order_by(CentreDeskRow.number)).all()
        mine = next((desk for desk in desks if desk.number == number), None)
        if mine is None:
            raise Refusal("centre.desk_unknown", number=number)
        for kind in SPACES:
            for _ in range(terms.blocks):
                _allot(register, kind, number)
        version = register.scalar(select(func.max(CentreBundleRow.version)).where(CentreBundleRow.desk == number)) or 0
        today = day_number(act.day)
        bring_up(register)
        tables, told = issued_tables(register, today)
        paid, pages = list_for(register, mine.device, act.day)
        programme = office.programme() if office.register is not office.gate.store else _programme(act.connection)
        bundle = WholeBundle(
            v=1,
            programme=programme.programme,
            practice=programme.practice,
            version=version + 1,
            issued=today,
            expires=today + EXPIRES_AFTER,
            hard_expires=today + HARD_EXPIRES_AFTER,
            desk=DeskFacts(number, mine.name, mine.device_public, mine.side, terms.sites, terms.pay_points),
            intake=programme.intake,
            recovery=programme.recovery,
            protection=programme.protection,
            match_key=local.read(act.connection, "match_key").hex(),
            siblings=tuple(
                Sibling(desk.number, desk.device, desk.receive, desk.enrolment)
                for desk in desks
                if desk.number in terms.siblings and desk.number != number
            ),
            devices=tuple(_device(desk) for desk in desks),
            issuers=tuple(_issuer(desk) for desk in desks),
            users=_users(register),
            blocks=_blocks(register, number),
            grants=terms.grants,
            money=terms.money,
            decisions=merged(decisions_in_force(register, today), terms.decisions),
            clearances=terms.clearances,
            modules=terms.modules,
            helplines=terms.helplines,
            code_lists=in_force(register),
            transfers=believed(register),
            centre_users=centre_users(act.connection),
            services=known_offers(register, act.day),
            feedback=words_for(register, mine.device),
            desks=_others(desks, number),
            paid=paid,
            revoked_vouchers=revoked_numbers(register, act.day),
            tables=tables,
            tables_issued=told,
        )
    return bundle, mine.receive, pages


def _others(desks: Sequence[Any], number: int) -> tuple[KnownDesk, ...]:
    others = (desk for desk in desks if desk.number != number and desk.revoked_after is None)
    return tuple(KnownDesk(desk.number, desk.name, desk.side, desk.receive) for desk in others)


def _programme(connection: Connection) -> ProgrammeKeys:
    return msgspec.json.decode(local.read(connection, "programme"), type=ProgrammeKeys)


def _users(register: Connection) -> tuple[KnownUser, ...]:
    rows = register.execute(select(CentreUserRow).order_by(CentreUserRow.id))
    return tuple(KnownUser(user.id, user.role, user.public, user.desk, user.status, user.closed_on) for user in rows)


def _blocks(register: Connection, number: int) -> tuple[Block, ...]:
    mine = select(CentreBlockRow).where(CentreBlockRow.desk == number)
    rows = register.execute(mine.order_by(CentreBlockRow.kind, CentreBlockRow.first))
    return tuple(Block(block.kind, block.first, block.size) for block in rows)


def _device(desk: Any) -> KnownKey:
    status = "live" if desk.revoked_after is None else "revoked"
    return KnownKey(
        desk.device, desk.device_public, desk.number, desk.enrolled_on, status=status, after_seq=desk.revoked_after
    )


def _issuer(desk: Any) -> KnownKey:
    public = desk.card_public
    return KnownKey(key_id(bytes.fromhex(public)), public, desk.number, desk.enrolled_on, to_day=desk.revoked_on)


def _allot(register: Connection, kind: str, number: int) -> None:
    # scattered: the place of a block in the number space tells nothing about when or to whom it went
    blocks = SPACES[kind] // BLOCK
    while True:
        first = secrets.randbelow(blocks) * BLOCK
        taken = register.scalar(
            select(func.count())
            .select_from(CentreBlockRow)
            .where(CentreBlockRow.kind == kind, CentreBlockRow.first == first)
        )
        if not taken and first:
            register.execute(insert(CentreBlockRow).values(kind=kind, first=first, size=BLOCK, desk=number))
            return


@command("centre.bundle_written", roles=(Role.CENTRE,))
def _note_bundle(act: Act, office: Office, number: int, bundle: WholeBundle, identity: str) -> None:
    with office.writing(act) as register:
        register.execute(
            delete(CentreBundleRow).where(CentreBundleRow.desk == number, CentreBundleRow.version == bundle.version)
        )
        register.execute(
            insert(CentreBundleRow).values(
                desk=number,
                version=bundle.version,
                identity=identity,
                body=msgspec.json.encode(without_lists(bundle)),
            )
        )
        note_written(register, bundle)
    act.concerns(identity)
