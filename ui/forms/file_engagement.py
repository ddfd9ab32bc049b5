"""A family's sessions and visits, as two parts of its file.

They lead to the pages of events and visits; a family that has no visit to choose from says here whether it wants one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from helpdesk.core.language import isolate
from helpdesk.journey.engagement import codes as event_codes
from helpdesk.journey.engagement.queries import SessionLine, sessions_of
from helpdesk.journey.visits import codes, offers
from helpdesk.journey.visits.queries import OfferLine, offers_of
from ui.forms.file_cards import Act
from ui.forms.file_part import LinesPart

DOT = "  \u00b7  "


class SessionsPart(LinesPart):
    """Sessions somebody of the family came to."""

    name: ClassVar[str] = "sessions"
    shows: ClassVar[frozenset[str]] = frozenset({"attendance", "event"})

    def title(self) -> str:
        """The heading."""
        return self.words("Sessions they came to")

    def refresh(self) -> None:
        """Read the sessions."""
        self.read(sessions_of, self.household, then=self._show, newest="sessions")

    def _show(self, found: Sequence[SessionLine]) -> None:
        words = self.words
        lines: list[tuple[str, Act | None]] = [
            (self._said(line), (words("Open"), partial(self.around.go, "events", line.event))) for line in found
        ]
        empty = words("No session yet. Invite the family to the next one; its card is scanned there.")
        self.lines.tell(lines, [(words("Sessions and events"), partial(self.around.go, "events"))], empty)

    def _said(self, line: SessionLine) -> str:
        words = self.words
        kind = words.label(event_codes.EVENT.name, line.kind) if line.kind else words("at another desk")
        topics = words.listed(words.label(event_codes.TOPIC.name, topic) for topic in line.topics)
        place = self.family.places.name(line.place) if self.family is not None else ""
        return DOT.join(isolate(part) for part in (words.date(line.on), kind, place, topics) if part)


class VisitsPart(LinesPart):
    """Visits the family was offered, its answers, and what its people decided afterwards."""

    name: ClassVar[str] = "visits"
    shows: ClassVar[frozenset[str]] = frozenset({"seat", "participant", "visit"})

    def title(self) -> str:
        """The heading."""
        return self.words("Visits they were offered")

    def refresh(self) -> None:
        """Read the offers."""
        self.read(offers_of, self.household, then=self._show, newest="visits")

    def _show(self, found: Sequence[OfferLine]) -> None:
        words = self.words
        lines: list[tuple[str, Act | None]] = [(self._said(line), self._open(line)) for line in found]
        acts: list[Act] = [(words("Visits"), partial(self.around.go, "visits"))]
        if self.around.may(offers.wish) and not any(line.state in offers.ACTIVE for line in found):
            acts.append((words("Wants to go and see"), partial(self._wish, True)))
            acts.append((words("Wants no visit"), partial(self._wish, False)))
        empty = words("No visit was offered yet. Every family is offered one; nobody has to go.")
        self.lines.tell(lines, acts, empty)

    def _open(self, line: OfferLine) -> Act | None:
        return (self.words("Open"), partial(self.around.go, "visits", line.visit)) if line.visit else None

    def _wish(self, wants: bool) -> None:
        self.write(offers.wish, self.household, "GAS", wants, then=self.say_saved)

    def _said(self, line: OfferLine) -> str:
        words = self.words
        state = words("the visit was cancelled") if line.cancelled else words.label(codes.SEAT.name, line.state)
        parts = [words.date(line.on or line.offered_on), words.label(codes.VISIT.name, line.kind), state]
        if line.woman == "NOT_OFFERED" and line.visit:
            parts.append(words.label(codes.WOMAN.name, line.woman))
        went = sum(bool(one.came) for one in line.participants)
        if went:
            parts.append(words.plural("{n} person came.", "{n} persons came.", went))
        decided = [words.label(codes.DECISION.name, one.decision) for one in line.participants if one.decision]
        parts.extend(dict.fromkeys(decided))
        return DOT.join(isolate(part) for part in parts)
