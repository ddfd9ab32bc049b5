"""The papers of a movement for the window: each made from what the act gave, in the language of whoever takes it.

:class:`MovementPrinting` asks for them through the gate, because every manifest leaves an audit entry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from helpdesk.core.language import Words
from helpdesk.desk.places import Gazetteer
from helpdesk.households import paper_forms
from helpdesk.journey.departures.documents import Movement
from helpdesk.journey.departures.manifests import MANIFEST, Manifest, manifest, papers_of_family
from helpdesk.journey.departures.queries import MovementShown
from helpdesk.printing import movements
from helpdesk.printing.page import A4, A6
from helpdesk.printing.raster import joined
from helpdesk.printing.slips import slip_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper

FORMS: Final = 3
"""Paper forms printed at once: room for fifty families."""
NOBODY_TOLD: Final = "QAIM"
"""To whom the letter goes while nobody was told yet: the district's head."""
_MANIFESTS: Final = {"manifest": "OPERATIONAL", "driver": "DRIVER", "authorities": "AUTHORITIES"}


def manifest_paper(words: Words, made: Manifest, places: Gazetteer, *, practice: bool) -> Paper:
    """One of the three manifests."""
    pdf = movements.manifest_pdf(words, made, places, practice=practice)
    return Paper(words.label(MANIFEST.name, made.kind), pdf, may_save=False)


def letter_paper(words: Words, made: Manifest, places: Gazetteer, authority: str, *, practice: bool) -> Paper:
    """The letter to one authority, and the list of those who agreed to be named where there is one."""
    letter = movements.notification_letter(words, made, places, authority, practice=practice)
    if not made.families:
        return Paper(words("Notice of a voluntary movement"), letter)
    named = movements.manifest_pdf(words, made, places, practice=practice)
    return Paper(words("Notice of a voluntary movement"), joined((letter, named)), may_save=False)


def family_papers(words: Words, made: Manifest, places: Gazetteer, now: DeskNow, *, practice: bool) -> Paper:
    """For each family its declaration and the slip it takes along, in the language that it reads."""
    parts = []
    for family in made.families:
        own = movements.reading_words(family, words)
        declaration = movements.declaration_slip(own, made.movement, family, places, practice=practice)
        slip = movements.route_slip(own, made.movement, family.number, places, now.helplines, practice=practice)
        parts += [slip_pdf(declaration, own, size=A4), slip_pdf(slip, own, size=A6)]
    return Paper(words("Declarations and route slips"), joined(parts), may_save=False)


def departure_forms(words: Words, movement: Movement, count: int, places: Gazetteer, *, practice: bool) -> Paper:
    """Forms for a day without power, each with a number of its own."""
    pdf = movements.departure_forms_pdf(words, paper_forms.draw(count), movement, places, practice=practice)
    return Paper(words("Departure forms"), pdf)


class MovementPrinting:
    """Asks for the papers of one movement and leads to the paper page. ``write`` and ``go`` are the page's."""

    def __init__(
        self, words: Words, places: Callable[[], Gazetteer], write: Callable[..., None], go: Callable[..., None], *,
        practice: bool,
    ) -> None:  # fmt: skip
        self._words = words
        self._places = places
        self._write = write
        self._go = go
        self._practice = practice

    def press(self, act: str, shown: MovementShown, household: str | None, now: DeskNow | None) -> None:
        """One of the buttons of papers, by its name."""
        if act in _MANIFESTS:
            self.manifest(shown.id, _MANIFESTS[act])
        elif act == "letter":
            self.letter(shown.id, shown.notifications[-1].authority if shown.notifications else NOBODY_TOLD)
        elif act == "forms":
            self.forms(shown.movement, FORMS)
        elif household is not None and now is not None:
            self.family(shown.id, household, now)

    def manifest(self, movement: str, kind: str) -> None:
        """One of the three manifests."""

        def show(made: Any) -> None:
            self._go("paper", manifest_paper(self._words, made, self._places(), practice=self._practice))

        self._write(manifest, movement, kind, then=show)

    def letter(self, movement: str, authority: str) -> None:
        """The letter to an authority with the list of those who agreed."""

        def show(made: Any) -> None:
            self._go("paper", letter_paper(self._words, made, self._places(), authority, practice=self._practice))

        self._write(manifest, movement, "AUTHORITIES", then=show)

    def family(self, movement: str, household: str, now: DeskNow) -> None:
        """One family's declaration and slip."""

        def show(made: Any) -> None:
            self._go("paper", family_papers(self._words, made, self._places(), now, practice=self._practice))

        self._write(papers_of_family, movement, household, then=show)

    def forms(self, movement: Movement, count: int) -> None:
        """Forms for a day without power."""
        self._go("paper", departure_forms(self._words, movement, count, self._places(), practice=self._practice))
