"""A practice programme from nothing: a centre, two desks, fictional families, and the whole chain once through.

Everything is real but the trust: the same commands, files and papers. Only here secrets are written to a file, so
that people can learn and other programs can check what comes out (``practice.json``).
"""

from __future__ import annotations

import shutil
from math import ceil
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from helpdesk.assistance.vouchers.tables import PaymentRow, VoucherRow
from helpdesk.centre import answers, desks, intake
from helpdesk.centre.founding import found
from helpdesk.core.clock import Clock, SystemClock
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.files import replace_file
from helpdesk.core.folders import private_folder
from helpdesk.core.ids import new_id
from helpdesk.core.language import N_
from helpdesk.core.progress import Progress, silent
from helpdesk.desk import folder as desk_folder
from helpdesk.desk import local
from helpdesk.desk.commands import View
from helpdesk.desk.folder import PracticeUser
from helpdesk.desk.roles import Role
from helpdesk.exchange import batches, enrolment, installing
from helpdesk.exchange.programme import FILE_NAME, read_programme, write_programme
from helpdesk.households import cards, commands
from helpdesk.households import profiling as profiles
from helpdesk.households.tables import CardRow, HouseholdRow, PersonRow
from helpdesk.opening import Desk, NewAccount, make_desk
from helpdesk.practice.building import DESKS, SPAN, Building, Say, Step
from helpdesk.practice.filled import profiling, reading_language, registration
from helpdesk.practice.journey.months import live
from helpdesk.practice.money import count_day, list_pay_days, open_box
from helpdesk.practice.papers import print_cards
from helpdesk.practice.people import FictionalFamily, families
from helpdesk.practice.terms import plan_cash, print_and_pay, terms_of
from helpdesk.vault.keys import DEFAULT, KdfCost, SigningKey, random_passphrase

FACTS = "practice.json"
PER_BLOCK = 800
CARDS_AT_ONCE = 100
VOUCHERS_EACH = 12
PAID_EACH = 5
PROFILED_EVERY = 3
REFUSED_EACH = (3, 2)
WITNESS = "Practice witness"
_REGISTERING = N_("Registering families")

COUNTS = CodeList(
    "practice", "users", "number", "version", "families", "persons", "refused", "CAMP", "OOC", "RET", "HOST", "cards",
    "vouchers", "paid", "amount", "records", "bytes", "desk", "answers", "not_acknowledged", "households",
    "places", "may_proceed", "attended", "prepared", "ready", "departed", "absent", "turned_back", "arrived", "calls",
    "reached", "services", "referrals", "withdrawn", "listed",
)  # fmt: skip
"""What steps count; the labels are for whoever reads the chain."""


class Account(Struct, frozen=True):
    """One account as ``practice.json`` tells it: an object, whatever the sign-in page reads."""

    name: str
    role: str
    passphrase: str


class PracticeDesk(Struct, frozen=True):
    """One desk of the practice programme, as ``practice.json`` tells."""

    number: int
    folder: str
    device: str
    users: tuple[Account, ...]


class PracticeFacts(Struct, frozen=True):
    """``practice.json``: everything an outsider needs to open and check what the practice programme made."""

    v: int
    folder: str
    centre: PracticeDesk
    desks: tuple[PracticeDesk, ...]
    intake_identity: str
    recovery_identity: str
    protection_seed: str
    devices: dict[str, str]
    supervisors: dict[str, str]
    issuers: dict[str, str]
    files: tuple[Step, ...]


def is_ready(home: Path) -> bool:
    """Whether a complete practice programme stands in a folder."""
    return (home / FACTS).exists()


def build(
    home: Path,
    households: int,
    seed: int,
    *,
    say: Say,
    progress: Progress = silent,
    clock: Clock | None = None,
    cost: KdfCost = DEFAULT,
    journey: bool = True,
) -> PracticeFacts:
    """Make the programme in ``home`` and run the chain. Raises Refusal("practice.folder_taken" | "practice.few").

    With ``journey`` it begins some months ago, and families leave, arrive and are called until today; without, all is
    of today and nobody has left. An interrupted building is begun anew: its folder is recognised by the mark that a
    finished one removes.
    """
    mark = home / "building"
    if households < len(DESKS):
        raise Refusal("practice.few", least=len(DESKS))
    if home.exists() and any(home.iterdir()) and not mark.exists():
        raise Refusal("practice.folder_taken")
    if home.exists():
        shutil.rmtree(home)
    private_folder(home)
    mark.touch()
    now = (clock or SystemClock()).now()
    building = Building(home, now, cost, found("Practice", practice=True), say, SPAN if journey else 0)
    try:
        _make_folders(building)
        _enrol(building, households)
        _serve(building, households, seed, progress)
        if not journey:
            list_pay_days(building)  # before the batches leave, so that the centre hears of every paper
        _exchange(building)
        if journey:
            live(building, seed)
        facts = _facts(building)
    finally:
        building.close()
    replace_file(home / FACTS, msgspec.json.format(msgspec.json.encode(facts), indent=1))
    mark.unlink()
    return facts


def _make_folders(building: Building) -> None:
    founding, home = building.founding, building.home
    building.programme_file = home / FILE_NAME
    write_programme(building.programme_file, founding.programme, founding.roots[: founding.programme.threshold])
    programme = read_programme(building.programme_file)
    _users(building, "centre", (("centre", Role.CENTRE),))
    make_desk(home / "centre", programme, _accounts(building, "centre"), cost=building.cost, founding=founding,
              clock=building.clock)  # fmt: skip
    building.step(N_("Founded a practice centre"), building.programme_file, home / "centre")
    for desk in DESKS:
        people = (("admin", Role.ADMINISTRATOR), ("supervisor", Role.SUPERVISOR), ("clerk", Role.CLERK))
        _users(building, desk, people)
        make_desk(home / desk, programme, _accounts(building, desk), cost=building.cost, clock=building.clock)
        building.step(N_("Made a desk"), home / desk, users=len(people))


def _users(building: Building, desk: str, people: tuple[tuple[str, Role], ...]) -> None:
    users = tuple(PracticeUser(name, role.value, random_passphrase()) for name, role in people)
    building.users[desk] = users


def _accounts(building: Building, desk: str) -> list[NewAccount]:
    users = building.users[desk]
    private_folder(building.home / desk)
    named = [user._asdict() for user in users]
    replace_file(building.home / desk / desk_folder.PRACTICE_USERS_FILE, msgspec.json.encode(named))
    return [NewAccount(user.name, Role(user.role), user.passphrase) for user in users]


def _enrol(building: Building, households: int) -> None:
    for desk in DESKS:
        opened = building.signed_in(desk, Role.ADMINISTRATOR)
        written = enrolment.enrol(opened, f"Practice {desk.replace('-', ' ')}", "DIS", building.stick)
        office = building.centre()
        enrolled = desks.enrol(office, written.path)
        building.numbers[desk] = enrolled.number
        building.step(N_("Enrolled a desk"), written.path, number=enrolled.number)
    for desk, number in building.numbers.items():
        office = building.centre()
        terms = terms_of(building, number, max(1, ceil(households / PER_BLOCK)))
        bundle = desks.write_bundle(office, number, terms, building.stick)
        opened = building.signed_in(desk, Role.ADMINISTRATOR)
        installing.install(opened, bundle.path)
        building.step(N_("Gave a desk its bundle"), bundle.path, number=number, version=bundle.statement.seq)


def _serve(building: Building, households: int, seed: int, progress: Progress) -> None:
    people = list(families(households, seed, building.clock.now().date()))
    for place, desk in enumerate(DESKS):
        _serve_desk(building, desk, people[place :: len(DESKS)], REFUSED_EACH[place], progress)


def _serve_desk(building: Building, desk: str, mine: list[FictionalFamily], refused: int, progress: Progress) -> None:
    papers = building.papers(desk)
    opened = building.signed_in(desk, Role.CLERK)
    registered = building.registered[desk] = _register(building, opened, mine, progress)
    for n in range(refused):
        opened.do(commands.tally, "REFUSED", n % 2, 1)
    ids = tuple(registered)
    issued = [
        card
        for first in range(0, len(ids), CARDS_AT_ONCE)
        for card in opened.do(cards.issue, ids[first : first + CARDS_AT_ONCE], "FIRST")
    ]
    bundle = opened.ask(View.in_force)
    languages = {household: reading_language(family) for household, family in registered.items()}
    files = print_cards(papers, issued, languages, bundle)
    point = bundle.desk.pay_points[0].number
    leaving = [household for household, family in registered.items() if family.intention == "RET"]
    groups = {group: sum(f.population == group for f in mine) for group in ("CAMP", "OOC", "RET", "HOST")}
    persons = sum(family.size for family in mine)
    building.step(N_("Registered families"), families=len(mine), persons=persons, refused=refused, **groups)
    building.step(N_("Printed household cards"), *files, cards=len(issued))
    open_box(building, desk, point)
    if leaving:
        print_and_pay(building, desk, plan_cash(building, desk, tuple(leaving[:VOUCHERS_EACH]), point))
    count_day(building, desk, point)


def _register(
    building: Building, opened: Desk, mine: list[FictionalFamily], progress: Progress
) -> dict[str, FictionalFamily]:
    registered = {}
    for done, family in enumerate(mine):
        progress(done, len(mine), _REGISTERING)
        building.registering(done / len(mine))
        household_id = new_id(building.clock.now())
        household = opened.do(commands.register, registration(family, household_id))
        if family.index % PROFILED_EVERY == 0:
            opened.do(profiles.profile, profiling(family, household_id, household))
        registered[household_id] = family
    return registered


def _exchange(building: Building) -> None:
    exported = {}
    for desk in building.numbers:
        opened = building.signed_in(desk, Role.SUPERVISOR)
        exported[desk] = batches.export(opened, opened.folder, building.stick)
        done = exported[desk]
        building.step(N_("Exported a batch"), done.path, number=done.seq, records=done.records, bytes=done.size)
    office = building.centre()
    receipts = intake.receive(office, [batch.path for batch in exported.values()])
    for receipt in receipts:
        if receipt.state != "accepted":
            raise Refusal("practice.not_accepted", reason=receipt.code or "")
        building.step(
            N_("The centre took a batch in"), desk=receipt.desk or 0, number=receipt.seq or 0,
            records=receipt.records,
        )  # fmt: skip
    written = answers.acknowledge(office, building.stick)
    building.step(N_("The centre wrote its answers"), *(ack.path for ack in written), answers=len(written))
    desk_of = {number: desk for desk, number in building.numbers.items()}
    for ack in written:
        opened = building.anybody(desk_of[ack.desk])
        installing.install(opened, ack.path)
        left = opened.ask(batches.unacknowledged)
        building.step(N_("A desk installed its answer"), ack.path, desk=ack.desk, not_acknowledged=left.records)
    for desk in building.numbers:
        for other, batch in exported.items():
            if other != desk:
                _in_step(building, desk, batch.path)


def _in_step(building: Building, desk: str, batch: Path) -> None:
    opened = building.signed_in(desk, Role.SUPERVISOR)
    taken = installing.install(opened, batch)
    building.step(N_("A desk took its sibling's batch in"), batch, desk=building.numbers[desk], records=taken.records)


class Standing(Struct, frozen=True):
    """The status table at the end of the chain: what one store holds."""

    households: int
    persons: int
    cards: int
    vouchers: int
    paid: int
    amount: int


def standing(view: View) -> Standing:
    """What a store holds."""

    def count(column: object) -> int:
        return view.connection.scalar(select(func.count()).select_from(column)) or 0  # type: ignore[arg-type]

    return Standing(
        households=count(HouseholdRow),
        persons=count(PersonRow),
        cards=count(CardRow),
        vouchers=count(VoucherRow),
        paid=count(PaymentRow),
        amount=int(view.connection.scalar(select(func.coalesce(func.sum(PaymentRow.amount), 0))) or 0),
    )


def _facts(building: Building) -> PracticeFacts:
    devices, supervisors, issuers = {}, {}, {}
    told = []
    for desk, number in (("centre", 0), *building.numbers.items()):
        role = Role.CENTRE if desk == "centre" else Role.SUPERVISOR
        opened = building.signed_in(desk, role)
        with opened.store.read() as connection:
            device = SigningKey.from_seed(local.read(connection, "device_seed"))
            card = SigningKey.from_seed(local.read(connection, "card_seed"))
        accounts = tuple(Account(*user) for user in building.users[desk])
        told.append(PracticeDesk(number, str(building.home / desk), device.key_id, accounts))
        table = opened.ask(standing)
        building.step(N_("What a store holds"), opened.folder, desk=number, **msgspec.structs.asdict(table))
        if desk != "centre":
            devices[device.key_id] = device.public.hex()
            issuers[card.key_id] = card.public.hex()
            supervisors[opened.user.key.key_id] = opened.user.key.public.hex()
    founding = building.founding
    return PracticeFacts(
        v=1,
        folder=str(building.home),
        centre=told[0],
        desks=tuple(told[1:]),
        intake_identity=founding.intake.text,
        recovery_identity=founding.recovery.text,
        protection_seed=founding.protection.seed.hex(),
        devices=devices,
        supervisors=supervisors,
        issuers=issuers,
        files=tuple(building.steps),
    )
