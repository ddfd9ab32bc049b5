"""Three desks and their centre with everybody's hands at them, each desk with a clock and a folder of its own.

Every act goes through the program's own commands; beside it stands what told.py expects of it.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from helpdesk.assistance.cash import commands as cash
from helpdesk.assistance.cash import queries as boxes
from helpdesk.assistance.cash.counting import NOTES
from helpdesk.assistance.vouchers import approving, checks, mishaps, numbering, paying, rerouting
from helpdesk.assistance.vouchers.faces import PrintedVoucher
from helpdesk.centre import intake
from helpdesk.centre.office import Office
from helpdesk.core.clock import SetClock
from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk.commands import Act, Gate, User, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.exchange import batches, installing
from helpdesk.exchange.batches import Exported
from helpdesk.households import commands as families
from helpdesk.households.forms import Registration
from helpdesk.opening import Desk, open_desk
from tests.entitled import plan_due
from tests.money.told import READY, STEPS, Fact, File, Inbox, Knowledge, Paper
from tests.people import head, member, small_form
from tests.programme import Programme, passphrase

FOLDERS: Final = ("one", "two", "three")
SAID: Final = "Counted again, it stays so."
FLOAT: Final = 2_000_000
PEOPLE: Final = ("clerk", "other", "supervisor")
Staff = dict[str, dict[str, User]]
"""Who works at each desk, with their keys: nobody is signed in twice for them."""


@command("tests.plan_families", roles=FAMILIES)
def plan_families(act: Act, forms: tuple[Registration, ...], point: int) -> tuple[str, ...]:
    """Register families and plan a grant for each."""
    planned = []
    for form in forms:
        families.register(act, form)
        act.records.flush()
        planned.append(plan_due(act, form.household_id, "DEP", point))
        act.records.flush()
    return tuple(planned)


def pieces(amount: int) -> dict[str, int]:
    """An amount in the largest notes."""
    found = {}
    for note in NOTES:
        found[str(note)], amount = divmod(amount, note)
    assert not amount
    return {note: number for note, number in found.items() if number}


def staff_of(programme: Programme) -> Staff:
    """Sign everybody in once."""
    return {folder: {name: programme.at(folder, name, _user) for name in PEOPLE} for folder in FOLDERS}


def _user(desk: Desk) -> User:
    return desk.user


@dataclass
class Copy:
    """A folder as it was once, with what its desk knew then."""

    folder: Path
    known: Knowledge


@dataclass
class World:
    """The desks, the centre, and all that really happened."""

    programme: Programme
    staff: Staff
    chance: random.Random
    office: Office
    desks: dict[str, Desk] = field(default_factory=dict)
    gates: dict[str, Gate] = field(default_factory=dict)
    clocks: dict[str, SetClock] = field(default_factory=dict)
    known: dict[str, Knowledge] = field(default_factory=dict)
    boxes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FOLDERS, 0))
    papers: list[Paper] = field(default_factory=list)
    own: dict[str, Paper] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    copies: dict[str, Copy] = field(default_factory=dict)
    put_back: set[str] = field(default_factory=set)
    handed: list[Fact] = field(default_factory=list)
    files: list[tuple[File, Path]] = field(default_factory=list)
    centre: Inbox = field(default_factory=Inbox)
    centre_waits: list[File] = field(default_factory=list)
    forks: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)

    # --- opening and closing ---

    def open(self, folder: str) -> None:
        clock = self.clocks[folder]
        desk = open_desk(self.programme.home / folder, "clerk", passphrase("clerk"), clock=clock)
        self.desks[folder] = desk
        # the same store behind a gate that leaves out how places stand every day: no money hangs on it here
        self.gates[folder] = Gate(desk.store, clock, desk.user, desk.device)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()

    def at(self, folder: str, name: str) -> Gate:
        """Somebody at a desk; a moment goes by."""
        clock = self.clocks[folder]
        clock.move(seconds=11)
        known = self.known[folder]
        known.day = max(known.seen, clock.now().date())
        gate = self.gates[folder]
        gate.user = self.staff[folder][name]
        return gate

    def do(self, folder: str, name: str, act: Any, *given: Any) -> Any:
        """Somebody does something; the day of what was done stays seen, that of a refusal does not."""
        found = self.at(folder, name).do(act, *given)
        self.known[folder].seen = self.known[folder].day
        return found

    def count(self, what: str) -> None:
        self.seen[what] = self.seen.get(what, 0) + 1

    # --- papers ---

    def print_some(self, folder: str, many: int) -> None:
        """Families are registered and planned for, approved by another, and printed."""
        point = self.programme.numbers[folder]
        forms = []
        for _ in range(many):
            self.clocks[folder].move(seconds=1)
            members = (head(), *(member() for _ in range(self.chance.choice((0, 1, 3, 4)))))
            forms.append(small_form(self.clocks[folder], members=members))
        planned = self.do(folder, "clerk", plan_families, tuple(forms), point)
        for voucher in self.at(folder, "supervisor").ask(approving.sample_of, planned):
            opened = self.do(folder, "supervisor", approving.open_sample, voucher)
            self.do(folder, "supervisor", approving.confirm_sample, planned, voucher, opened.seen, True)
        self.do(folder, "supervisor", approving.approve, planned)
        for face in self.do(folder, "clerk", numbering.print_, planned):
            self.learn(folder, face, "")

    def learn(self, folder: str, face: PrintedVoucher, family: str) -> Paper:
        """A paper that came out of a printer; ``family`` "" for one that never had one."""
        paper = Paper(
            face.id, family or face.household_number, face.number, face.digits, face.amount, face.pay_point, folder,
            face.first_day, face.last_day,
        )  # fmt: skip
        self.papers.append(paper)
        self.own[face.id] = paper
        known = self.known[folder]
        known.state[face.id] = "PRINTED"
        known.note(Fact("printed", 0, face.id, face.number, paper.family, face.amount, face.pay_point, face.first_day))
        return paper

    def is_plain(self, folder: str, paper: Paper) -> bool:
        """Whether this desk printed the paper itself, remembers it, and no other desk has written of its voucher."""
        return paper.voucher in self.known[folder].state and paper.voucher not in self.touched

    # --- paying ---

    def may_be_paid(self, folder: str, paper: Paper) -> bool:
        """Whether the paper is good at this desk today, by all that this desk can know."""
        known = self.known[folder]
        if known.is_paid(paper) or not paper.first <= known.day <= paper.last:
            return False
        if paper.home == folder and paper.voucher in known.state:
            return known.state[paper.voucher] in READY
        return paper.number in known.taken_in

    def pay(self, folder: str, paper: Paper, name: str, *, stood_for: bool) -> None:
        """Somebody holds a paper up, and somebody tries to pay it."""
        known = self.known[folder]
        self.at(folder, name)
        if self.boxes[folder] < paper.amount:
            self.receive(folder, FLOAT)
        if stood_for and paper.voucher in known.state and known.on_its_day(paper) in (*READY, "UNCLAIMED"):
            try:
                self.do(folder, "other", paying.witness, (paper.number,))
                known.stood_for.add((paper.voucher, known.day))
            except Refusal:
                assert not self.is_plain(folder, paper)
        verdict = self.at(folder, name).ask(checks.verdict, paper.digits)
        right = self.may_be_paid(folder, paper)
        if self.is_plain(folder, paper):
            assert verdict.good == right, (verdict, known.state[paper.voucher], known.day)
            right = (
                right and name != "supervisor" and (name != "clerk" or (paper.voucher, known.day) in known.stood_for)
            )
        elif not verdict.good:
            return  # nobody types the number of a paper that was scanned and is not good
        code = ""
        try:
            payment = self.do(folder, name, paying.pay, paper.number, "a neighbour", "SEEN")
        except Refusal as refusal:
            self.count(refusal.code)
            payment, code = None, refusal.code
        if payment is None:
            assert not (right and self.is_plain(folder, paper)), code
            return
        assert right, (payment, paper)
        assert (payment.amount, payment.pay_point, payment.paid_on) == (
            paper.amount, self.programme.numbers[folder], known.day,
        )  # fmt: skip
        assert payment.voucher in ("", paper.voucher)
        self.hand_over(folder, paper, named=payment.voucher != "")

    def hand_over(self, folder: str, paper: Paper, *, named: bool) -> None:
        known = self.known[folder]
        self.count("paid")
        self.boxes[folder] -= paper.amount
        paid = Fact(
            "paid", len(self.handed) + 1, paper.voucher, paper.number, paper.family, paper.amount,
            self.programme.numbers[folder], known.day, named,
        )  # fmt: skip
        self.handed.append(paid)
        known.note(paid)
        known.since -= paper.amount
        known.late += known.closed_on is not None and known.day <= known.closed_on
        if paper.voucher in known.state:
            known.state[paper.voucher] = "PAID"

    def reroute(self, folder: str, paper: Paper) -> None:
        """Another desk takes a paper in, by two."""
        known = self.known[folder]
        point = self.programme.numbers[folder]
        try:
            taken = self.do(folder, "supervisor", rerouting.take_in, paper.digits, point)
        except Refusal as refusal:
            self.count(refusal.code)
            return
        assert paper.home != folder
        assert not known.is_paid(paper)
        assert self.do(folder, "other", rerouting.confirm, taken) == paper.number
        self.count("rerouted")
        known.taken_in.add(paper.number)
        if any(fact.voucher == paper.voucher for fact in known.facts):
            self.touched.add(paper.voucher)

    # --- what goes wrong with a paper ---

    def mishap(self, folder: str, paper: Paper, what: str) -> None:
        """Something is done about a paper at its own desk."""
        known = self.known[folder]
        if paper.voucher not in known.state:
            return
        self.at(folder, "clerk")
        before, then = STEPS[what]
        state = known.state[paper.voucher]
        shown = known.on_its_day(paper)
        right = shown in before or (what == "void" and shown == "EXPIRED")
        if what in ("replace", "reprint", "void"):
            right = right and not known.is_paid(paper)
        if what == "replace":
            right = right and known.day <= paper.last
        of_supervisors = what in ("put back", "settle", "void", "replace")
        name = "supervisor" if of_supervisors else self.chance.choice(("clerk", "other"))
        try:
            face = self._done(folder, name, paper, what)
        except Refusal as refusal:
            face, code = None, refusal.code
        else:
            code = ""
        self.count(code or what)
        if code:
            assert not (right and self.is_plain(folder, paper)), (what, state, code)
            return
        assert right or not self.is_plain(folder, paper), (what, state)
        if what == "dispute":
            known.was[paper.voucher] = state
        known.state[paper.voucher] = then or self._settled(known, paper)
        if face is not None:
            fresh = self.learn(folder, face, paper.family)
            if paper.voucher in self.touched:
                self.touched.add(fresh.voucher)

    def _settled(self, known: Knowledge, paper: Paper) -> str:
        was = known.was[paper.voucher]
        return "PAID" if known.is_paid(paper) and was != "RECONCILED" else was

    def _done(self, folder: str, name: str, paper: Paper, what: str) -> PrintedVoucher | None:
        acts: dict[str, tuple[Any, ...]] = {
            "issue": (paying.issue, paper.number, "SIGNATURE"),
            "lose": (mishaps.lose, paper.voucher),
            "unclaim": (mishaps.unclaim, paper.voucher),
            "put back": (mishaps.put_back, paper.voucher),
            "dispute": (mishaps.dispute, paper.voucher, "somebody says so"),
            "settle": (mishaps.settle, paper.voucher, "STANDS"),
            "void": (mishaps.void, paper.voucher, "a mistake"),
            "replace": (mishaps.replace, paper.voucher),
            "reprint": (numbering.reprint, paper.number),
        }
        act, *given = acts[what]
        found = self.do(folder, name, act, *given)
        return found if isinstance(found, PrintedVoucher) else None

    # --- cash ---

    def receive(self, folder: str, amount: int) -> None:
        point = self.programme.numbers[folder]
        self.do(folder, "clerk", cash.receive, point, pieces(amount), "The finance officer")
        self.boxes[folder] += amount
        self.known[folder].since += amount

    def give_back(self, folder: str, amount: int) -> None:
        known, point = self.known[folder], self.programme.numbers[folder]
        amount = min(amount, self.boxes[folder], known.counted + known.since)
        if amount <= 0:
            return
        self.do(folder, "clerk", cash.give_back, point, pieces(amount), "The finance officer")
        self.boxes[folder] -= amount
        known.since -= amount

    def end_of_day(self, folder: str, wrong_by: int) -> None:
        """Somebody counts what really lies in the box, perhaps wrongly, and another signs."""
        known, point = self.known[folder], self.programme.numbers[folder]
        self.at(folder, "clerk")
        counted = max(0, self.boxes[folder] + wrong_by)
        if known.closed_on is not None and known.day <= known.closed_on:
            return
        box = self.at(folder, "clerk").ask(boxes.box, point)
        plain = not self.touched & known.state.keys()
        drawer = known.in_drawer(self.own) if plain else box.papers.in_stock
        counted_papers = (point, pieces(counted), drawer)
        expected = set()
        if counted != known.counted + known.since:
            expected.add("CASH")
        if known.late:
            expected.add("LATE")
        if expected:
            try:
                self.do(folder, "clerk", cash.count, *counted_papers)
            except Refusal as refusal:
                said = refusal.code
            else:
                said = "nothing"
            assert said == "cash.explain"
        record = self.do(folder, "clerk", cash.count, *counted_papers, SAID)
        self.do(folder, "other", cash.sign, record)
        shown = self.at(folder, "clerk").ask(boxes.day_end, record)
        assert shown is not None
        assert shown.closed
        assert set(shown.differences) == expected, (shown, known.counted, known.since)
        assert shown.end.variance == counted - known.counted - known.since
        if plain:
            assert shown.end.papers.printed == len(known.state)
        self.count("balanced" if not expected else "explained")
        for voucher, state in known.state.items():
            paid = [fact for fact in known.payments() if fact.named and fact.voucher == voucher]
            if state == "PAID" and len(paid) == 1 and paid[0].point == point and paid[0].on <= known.day:
                known.state[voucher] = "RECONCILED"
        known.counted, known.since, known.late, known.closed_on = counted, 0, 0, known.day

    # --- files ---

    def export(self, folder: str) -> None:
        known = self.known[folder]
        supervisor = self.at(folder, "supervisor")
        written: Exported | None = None
        nothing_left = False
        try:
            written = batches.export(supervisor, self.programme.home / folder, self.programme.stick)
        except Refusal as refusal:
            self.count(refusal.code)
            nothing_left = refusal.code == "batch.nothing" and not known.fresh
        if written is None:
            assert nothing_left
            return
        file = File(written.identity, folder, known.seq + 1, known.last_file, frozenset(known.fresh))
        assert written.seq == file.seq
        known.seen = known.day
        known.seq, known.last_file, known.fresh = file.seq, file.name, []
        self.files.append((file, written.path))

    def bring(self, folder: str, file: File, path: Path) -> str:
        """A file comes to a desk; returns what became of it."""
        known = self.known[folder]
        wanted = known.inbox.answer(file)
        try:
            done = installing.install(self.at(folder, "supervisor"), path)
            found = "known" if done.result == "known" else "new"
        except Fault as fault:
            found = fault.code.removeprefix("fvb.")
        assert found == wanted, (folder, file.sender, file.seq)
        known.seen = known.day
        self.count(found)
        if found == "new":
            known.inbox.taken[file.sender].append(file.name)
            known.facts |= file.facts
        elif found == "fork":
            self.forks.add((folder, file.sender))
        return found

    def bring_to_centre(self, file: File, path: Path) -> None:
        """A file comes to the centre, which takes in whatever waited for it."""
        wanted = self.centre.answer(file)
        receipt, *_ = intake.receive(self.office, [path])
        states = {"new": "accepted", "known": "known", "gap": "waiting", "fork": "quarantined"}
        assert receipt.state == states[wanted], receipt
        if wanted == "gap":
            self.centre_waits.append(file)
        elif wanted == "fork":
            self.forks.add(("centre", file.sender))
        elif wanted == "new":
            self.centre.taken[file.sender].append(file.name)
            self._centre_goes_on()

    def _centre_goes_on(self) -> None:
        moved = True
        while moved:
            moved = False
            for file in list(self.centre_waits):
                answer = self.centre.answer(file)
                if answer == "gap":
                    continue
                self.centre_waits.remove(file)
                if answer == "new":
                    self.centre.taken[file.sender].append(file.name)
                    moved = True
                elif answer == "fork":
                    self.forks.add(("centre", file.sender))

    def centre_facts(self) -> set[Fact]:
        """What the centre can know."""
        taken = {name for names in self.centre.taken.values() for name in names}
        return {fact for file, _ in self.files if file.name in taken for fact in file.facts}

    # --- folders and clocks ---

    def copy_aside(self, folder: str) -> None:
        """Somebody copies a desk's folder."""
        self.desks[folder].close()
        aside = self.programme.home / f"copy of {folder}"
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.programme.home / folder, aside)
        self.copies[folder] = Copy(aside, deepcopy(self.known[folder]))
        self.open(folder)

    def restore(self, folder: str) -> None:
        """Somebody puts the copy of a folder back: the desk forgets, the papers and the cash do not."""
        copy = self.copies[folder]
        self.desks[folder].close()
        shutil.rmtree(self.programme.home / folder)
        shutil.copytree(copy.folder, self.programme.home / folder)
        self.known[folder] = deepcopy(copy.known)
        self.put_back.add(folder)
        self.open(folder)
        self.count("restored")

    def next_day(self) -> None:
        for clock in (*self.clocks.values(), self.programme.clock):
            clock.move(days=1)

    def set_clock(self, folder: str, day: date) -> None:
        """A desk's clock shows another day than it is."""
        clock = self.clocks[folder]
        clock.move(days=(day - clock.now().date()).days)
        self.count("clock")

    def right_day(self) -> date:
        return self.programme.clock.now().date()


@contextmanager
def worlds(programme: Programme, staff: Staff, seed: int) -> Iterator[World]:
    """A world of this programme, opened."""
    with programme.office() as office:
        world = World(programme, staff, random.Random(seed), office)
        for folder in FOLDERS:
            world.clocks[folder] = SetClock(programme.clock.instant)
            world.known[folder] = Knowledge(programme.clock.now().date(), programme.clock.now().date())
            world.open(folder)
        try:
            yield world
        finally:
            world.close()


def days_off(chance: random.Random) -> timedelta:
    """By how much a clock goes wrong: forward a little, or back a good deal."""
    return timedelta(days=chance.choice((-40, -9, -2, -1, 1, 2, 5)))
