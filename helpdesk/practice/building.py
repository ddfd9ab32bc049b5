"""What the practice programme is built with: its folders, its clock, who signs in where, and the steps it prints.

The clock stands in the past and is moved up to the present, so that months lie behind a practice desk. It holds no
step of the chain itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from helpdesk.centre.founding import Founding
from helpdesk.centre.office import Office
from helpdesk.core.clock import SetClock
from helpdesk.core.folders import private_folder
from helpdesk.desk.folder import PracticeUser
from helpdesk.desk.roles import Role
from helpdesk.opening import Desk, office_of, open_desk
from helpdesk.practice.people import FictionalFamily
from helpdesk.vault.keys import KdfCost

DESKS = ("desk-one", "desk-two")
SPAN = 310
"""Days before the present on which a programme with a journey begins: nine months of calls, and what comes before."""
REGISTERING = 14
"""Days over which its families are registered."""


class Step(Struct, frozen=True):
    """One step of the chain as it is printed: what happened, its counts, and the files it made."""

    title: str
    counts: dict[str, int] = {}
    files: tuple[str, ...] = ()


Say = Callable[[Step], None]


@dataclass
class Building:
    """A practice programme while it is built. ``end`` is the instant at which its clock stops, ``span`` days away."""

    home: Path
    end: datetime
    cost: KdfCost
    founding: Founding
    say: Say
    span: int
    clock: SetClock = field(init=False)
    steps: list[Step] = field(default_factory=list)
    users: dict[str, tuple[PracticeUser, ...]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    registered: dict[str, dict[str, FictionalFamily]] = field(default_factory=dict)
    programme_file: Path = Path()
    _sitting: dict[str, Desk] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin so many days ago."""
        self.clock = SetClock(self.end - timedelta(days=self.span))

    @property
    def stick(self) -> Path:
        """The folder that stands for the stick between centre and desks."""
        return private_folder(self.home / "stick")

    def papers(self, desk: str) -> Path:
        """The folder of a desk's printed papers."""
        return private_folder(self.home / "papers" / desk)

    def days_ago(self, days: float) -> None:
        """Set the clock so many days before the end."""
        self.clock.instant = self.end - timedelta(days=days)

    def registering(self, share: float) -> None:
        """Set the clock to when this share of a desk's families was registered."""
        self.days_ago(max(self.span - REGISTERING * share, 0))

    def step(self, title: str, /, *files: Path, **counts: int) -> None:
        """Note a step and print it."""
        done = Step(title, counts, tuple(str(file) for file in files))
        self.steps.append(done)
        self.say(done)

    def signed_in(self, desk: str, role: Role) -> Desk:
        """Somebody of a role at a desk: whoever sits there already, else she signs in after the other signed out."""
        sitting = self._sitting.get(desk)
        if sitting is not None and sitting.user.role is role:
            return sitting
        if sitting is not None:
            self._sitting.pop(desk).close()
        user = next(user for user in self.users[desk] if user.role == role)
        opened = self._sitting[desk] = open_desk(self.home / desk, user.name, user.passphrase, clock=self.clock)
        return opened

    def anybody(self, desk: str) -> Desk:
        """Whoever sits at a desk, else its supervisor: for files that everybody may install."""
        return self._sitting.get(desk) or self.signed_in(desk, Role.SUPERVISOR)

    def centre(self) -> Office:
        """The centre's office."""
        return office_of(self.signed_in("centre", Role.CENTRE))

    def close(self) -> None:
        """Sign everybody out."""
        while self._sitting:
            self._sitting.popitem()[1].close()
