"""A family's arrival, its profiles, and which desk has its case, as one part of its file.

Host families and those who came back by themselves have the profile alone. What was sealed is not shown again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from helpdesk.core.language import isolate
from helpdesk.journey.arrivals import codes, commands, handing, profiling, queries
from helpdesk.journey.arrivals.documents import Profile
from helpdesk.journey.arrivals.queries import ArrivalShown
from ui.forms.arrival_papers import slip_paper
from ui.forms.arrival_profile import ProfilePart
from ui.forms.arrival_record import ON_THE_WAY, ArrivalPart, TakeBackPart
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act
from ui.forms.file_part import LinesPart

DOT = "  \u00b7  "
_BESIDE = ("RET", "HOST")


class ArrivalsPart(LinesPart):
    """The arrival with its differences, profiles, and the handing over."""

    name: ClassVar[str] = "arrivals"
    shows: ClassVar[frozenset[str]] = frozenset({"arrival", "arrival_profile", "handover", "departure", "case"})

    def title(self) -> str:
        """The heading."""
        return self.words("Arrival and profile")

    def build(self) -> None:
        """The lines."""
        self._shown: ArrivalShown | None = None
        self._profiles: Sequence[Profile] = ()
        super().build()

    def refresh(self) -> None:
        """Read arrival and profiles."""
        self.read(profiling.profiles_of, self.household, then=self._know_profiles, newest="profiles")
        self.read(queries.arrival_of, self.household, then=self._show, newest="arrival")

    def _know_profiles(self, found: Sequence[Profile]) -> None:
        self._profiles = found
        if self._shown is not None:
            self._show(self._shown)

    def _show(self, shown: ArrivalShown) -> None:
        self._shown = shown
        lines: list[tuple[str, Act | None]] = [(line, None) for line in self._lines(shown)]
        empty = self.words("Not arrived yet. At the arrival desk its card is scanned.")
        self.lines.tell(lines, self._acts(shown), empty)

    def _lines(self, shown: ArrivalShown) -> list[str]:
        words, arrival = self.words, shown.arrival
        told = []
        if arrival is not None:
            place = self.family.places.name(arrival.place) if self.family is not None else ""
            parts = [
                words("Arrived on {day}", day=arrival.on),
                words.plural("{n} person", "{n} persons", len(arrival.arrived)),
                place,
                words.label(codes.SHELTER.name, arrival.shelter) if arrival.shelter else "",
                words("packages: {n}", n=arrival.kits) if arrival.kits else "",
                words("registered with the ministry") if arrival.momd else "",
            ]
            told.append(DOT.join(isolate(part) for part in parts if part))
            told += [words.label(codes.DIFFERENCE.name, code) for code in shown.differences]
        if shown.in_conflict:
            told.append(words.label("arrival_doubt", "TWO_DESKS"))
        elif shown.handover is not None and shown.handover.desk != self._desk():
            told.append(words("Handed over to desk {desk} on {day}", desk=shown.handover.desk, day=shown.handover.on))
        told += [self._profile(one) for one in self._profiles]
        return told

    def _profile(self, one: Profile) -> str:
        words = self.words
        parts = [words("Profile of {day}", day=one.on)]
        if one.shelter.tenure:
            parts.append(words.label(codes.TENURE.name, one.shelter.tenure))
        if one.livelihood.wish:
            parts.append(words.label(codes.WISH.name, one.livelihood.wish))
        return DOT.join(parts)

    def _desk(self) -> int:
        return self.family.beside.now.number if self.family is not None else 0

    def _acts(self, shown: ArrivalShown) -> list[Act]:
        words, may = self.words, self.around.may
        beside = self.family is not None and self.family.file.household.population in _BESIDE
        acts: list[Act] = []
        if may(commands.record) and (
            shown.arrival is not None or (not beside and shown.state in (*ON_THE_WAY, "READY", "PREPARING"))
        ):
            said = words("Correct the arrival") if shown.arrival is not None else words("Record the arrival")
            acts.append((said, self._ask_arrival))
        if may(profiling.profile):
            acts.append((words("Record a profile"), self._ask_profile))
        if shown.arrival is not None:
            acts.append((words("Arrival slip"), self._print))
        handed = shown.handover is not None and (shown.in_conflict or shown.handover.desk != self._desk())
        if handed and may(handing.take_back):
            acts.append((words("Take the family back"), self._ask_back))
        return acts

    def _ask_arrival(self) -> None:
        if self._shown is None or self.family is None:
            return
        part = ArrivalPart(self.look, self.family.places, self._shown)
        part.moved.connect(self.typed.emit)

        def acts() -> tuple[Any, ...]:
            if part.record is None:
                return commands.record, part.form()
            return commands.correct, part.record, part.form()

        self.ask(Asking(part, acts, self.say_saved))

    def _ask_profile(self) -> None:
        before = self._profiles[0] if self._profiles else None
        part = ProfilePart(self.look, self.household, before)
        self.ask(Asking(part, lambda: (profiling.profile, part.form()), self.say_saved))

    def _ask_back(self) -> None:
        part = TakeBackPart(self.look)
        self.ask(Asking(part, lambda: (handing.take_back, self.household, part.reason.value()), self.say_saved))

    def _print(self) -> None:
        if self._shown is not None and self.family is not None:
            now = self.family.beside.now
            practice = self.around.seat.practice
            self.paper(slip_paper(self.words, self._shown, self.family.places.all, now, practice=practice))

    def printable(self) -> Sequence[Act]:
        """The slip."""
        if self._shown is None or self._shown.arrival is None:
            return ()
        return ((self.words("Arrival slip"), partial(self._print)),)
