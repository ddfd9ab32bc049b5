"""Everything the rules of the gate look at, gathered for one household: plain values, no store behind them.

A :class:`Said` is a document with the revision that says it. Nothing here decides; nothing sealed is in it.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from helpdesk.core.clock import read_instant
from helpdesk.households.documents import Barriers, Consent, Household, Intention, Person, PlaceAnswer, Vulnerability
from helpdesk.journey.areas.facts import AreaStanding
from helpdesk.journey.cases.documents import Case, Departure, Settlement, Waiver, WaiverConfirmed
from helpdesk.journey.clearances.rules import Cleared
from helpdesk.journey.facts import Fact
from helpdesk.journey.preparing.documents import Briefing, GuardianCheck, Information, Reconfirmation, RelocationCheck

Doc = TypeVar("Doc", covariant=True)


class Said(Struct, Generic[Doc], frozen=True):
    """A document, its record, the hash of its head in hex, and who wrote it where and when."""

    record: str
    revision: str
    ctr: int
    device: str
    user: str
    at: str
    document: Doc

    @property
    def on(self) -> date:
        """The day it was written."""
        return read_instant(self.at).date()


class Papers(Struct, frozen=True):
    """What one household's own records say, each list in the order of writing."""

    id: str
    household: Said[Household]
    persons: dict[str, Said[Person]]
    intentions: tuple[Said[Intention], ...] = ()
    barriers: tuple[Said[Barriers], ...] = ()
    consents: tuple[Said[Consent], ...] = ()
    vulnerability: Said[Vulnerability] | None = None
    information: tuple[Said[Information], ...] = ()
    reconfirmations: tuple[Said[Reconfirmation], ...] = ()
    briefings: tuple[Said[Briefing], ...] = ()
    relocations: tuple[Said[RelocationCheck], ...] = ()
    guardians: tuple[Said[GuardianCheck], ...] = ()
    waivers: tuple[Said[Waiver], ...] = ()
    confirmations: tuple[Said[WaiverConfirmed], ...] = ()
    cases: tuple[Said[Case], ...] = ()
    departures: tuple[Said[Departure], ...] = ()
    settlements: tuple[Said[Settlement], ...] = ()

    @property
    def case(self) -> Said[Case] | None:
        """The case of the latest attempt."""
        return max(self.cases, key=lambda said: said.document.attempt, default=None)


class Decided(Struct, frozen=True):
    """The centre's word: ``proceed`` or ``wait``, and the number of its day."""

    decision: str
    on: int


class Facts(Struct, frozen=True):
    """A household's papers, what the lower rooms say, confirmed waivers by safeguard, and the centre's word."""

    papers: Papers
    track: str
    destination: PlaceAnswer | None
    travellers: tuple[str, ...]
    attended: Fact | None
    offered: Fact | None
    clearance: Cleared
    area: AreaStanding | None
    waived: dict[str, tuple[str, ...]]
    decided: Decided | None
