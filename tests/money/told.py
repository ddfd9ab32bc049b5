"""What really happened to papers, cash and files at three desks, in plain dicts, and what each desk can know of it.

Nothing here asks the program: it is what its answers are compared with. A desk whose folder was put back from a copy
forgets what it knew; the papers and the cash do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

ENROLMENT: Final = "enrolment"
READY: Final = ("PRINTED", "ISSUED")
STOCK: Final = ("PRINTED", "UNCLAIMED")
STEPS: Final = {
    "issue": (("PRINTED",), "ISSUED"),
    "lose": (("PRINTED", "ISSUED", "UNCLAIMED"), "LOST"),
    "unclaim": (READY, "UNCLAIMED"),
    "put back": (("UNCLAIMED",), "PRINTED"),
    "dispute": (("PRINTED", "ISSUED", "UNCLAIMED", "LOST", "PAID", "RECONCILED"), "DISPUTED"),
    "settle": (("DISPUTED",), ""),
    "void": (("PRINTED", "ISSUED", "UNCLAIMED", "LOST", "DISPUTED"), "VOID"),
    "replace": (("LOST",), "REPLACED"),
    "reprint": (READY, "VOID"),
}
"""What DOMAIN.md lets somebody do with a voucher, told a second time."""
_EXPIRING: Final = ("PRINTED", "ISSUED", "UNCLAIMED")


@dataclass(frozen=True)
class Paper:
    """A paper as it was printed; anybody may have copied it. ``family`` is whom it was made for."""

    voucher: str
    family: str
    number: str
    digits: str
    amount: int
    point: int
    home: str
    first: date
    last: date


class Fact(NamedTuple):
    """A paper that was printed, or a payment that a desk wrote down: what a file carries to others."""

    what: str
    serial: int
    voucher: str
    number: str
    family: str
    amount: int
    point: int
    on: date
    named: bool = True


@dataclass(frozen=True)
class File:
    """A batch that left a desk. ``name`` tells it from another under the same number."""

    name: str
    sender: str
    seq: int
    before: str
    facts: frozenset[Fact]


@dataclass
class Inbox:
    """The files that a reader has taken in, by sender, each after the one before it."""

    taken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def answer(self, file: File) -> str:
        """What must become of a file: "new", "known", "gap" or "fork"."""
        mine = self.taken[file.sender]
        if file.seq <= len(mine):
            return "known" if mine[file.seq - 1] == file.name else "fork"
        if file.seq > len(mine) + 1:
            return "gap"
        return "new" if file.before == (mine[-1] if mine else ENROLMENT) else "fork"


@dataclass
class Knowledge:
    """All that one desk can know. It is copied with the desk's folder and put back with it.

    ``seen`` is the last day on which anything was done, ``day`` the one that holds now.
    """

    seen: date
    day: date
    state: dict[str, str] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    facts: set[Fact] = field(default_factory=set)
    fresh: list[Fact] = field(default_factory=list)
    inbox: Inbox = field(default_factory=Inbox)
    seq: int = 0
    last_file: str = ENROLMENT
    taken_in: set[str] = field(default_factory=set)
    stood_for: set[tuple[str, date]] = field(default_factory=set)
    counted: int = 0
    closed_on: date | None = None
    since: int = 0
    late: int = 0

    def note(self, fact: Fact) -> None:
        """What this desk wrote itself."""
        self.facts.add(fact)
        self.fresh.append(fact)

    def payments(self) -> set[Fact]:
        """Every payment that is known here."""
        return {fact for fact in self.facts if fact.what == "paid"}

    def is_paid(self, paper: Paper) -> bool:
        """Whether any payment of the paper, or of one of its family's that this desk has heard of, is known here."""
        numbers = {fact.number for fact in self.facts if fact.what == "printed" and fact.family == paper.family}
        return any(fact.number == paper.number or fact.number in numbers for fact in self.payments())

    def on_its_day(self, paper: Paper) -> str:
        """The state of a voucher of this desk's own today."""
        state = self.state[paper.voucher]
        return "EXPIRED" if state in _EXPIRING and self.day > paper.last else state

    def in_drawer(self, papers: dict[str, Paper]) -> int:
        """The unpaid papers that lie at this desk."""
        return sum(state in STOCK and not self.is_paid(papers[one]) for one, state in self.state.items())


def cases(facts: set[Fact]) -> Counter[frozenset[tuple[str, date, int]]]:
    """The payments made twice as a store with these facts must tell them: (number, day, pay point) of each payment.

    Payments of one number belong together, and those of one family where the store knows whose voucher it was.
    """
    family_of = {fact.voucher: fact.family for fact in facts if fact.what == "printed"}
    bearer: dict[str, str] = {}
    for fact in facts:
        if fact.what == "printed":
            bearer[fact.number] = min(bearer.get(fact.number, fact.voucher), fact.voucher)
    groups: list[tuple[set[str], list[Fact]]] = []
    for paid in sorted(fact for fact in facts if fact.what == "paid"):
        voucher = paid.voucher if paid.named else bearer.get(paid.number, "")
        names = {f"number {paid.number}"} | ({f"family {family_of[voucher]}"} if voucher in family_of else set())
        together = [paid]
        for group in [one for one in groups if one[0] & names]:
            groups.remove(group)
            names |= group[0]
            together += group[1]
        groups.append((names, together))
    return Counter(
        frozenset((fact.number, fact.on, fact.point) for fact in together)
        for _, together in groups
        if len(together) > 1
    )


def sums(facts: set[Fact]) -> dict[tuple[int, date], int]:
    """What was paid at each pay point on each day."""
    found: dict[tuple[int, date], int] = defaultdict(int)
    for fact in facts:
        if fact.what == "paid":
            found[fact.point, fact.on] += fact.amount
    return dict(found)
