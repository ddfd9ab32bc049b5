"""The way of a family at the top of its file: a line of steps, what is missing before the next with a link to each.

It shows a standing that was computed anew; it never remembers that somebody was ready. Pieces to type in come from
``case_asks``, and what belongs to another page is reached by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QGridLayout

from helpdesk.core.errors import Refusal
from helpdesk.core.language import N_
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries, waiving
from helpdesk.journey.cases.codes import SAFEGUARD
from helpdesk.journey.cases.documents import Standing
from ui.forms import case_asks
from ui.forms.case_papers import checklist_paper, next_paper, reason_paper
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act
from ui.forms.file_part import Family, FilePart, NextStep
from ui.forms.journey_words import Lack, beside_the_way, lack_told, lacks, sentence_of, unmarked, way_of
from ui.icons import icon
from ui.printing import Paper
from ui.widgets.journey_line import JourneyLine
from ui.widgets.words import button, clear, label

KINDS: Final[frozenset[str]] = frozenset(
    {"household", "person", "consent", "intention", "barriers", "vulnerability", "bundle", "case", "follow_up",
     "waiver", "waiver_confirmed", "departure", "settlement", "information", "reconfirmation", "briefing",
     "relocation_check", "guardian_check", "attendance", "seat", "clearance", "area_assessment"}
)  # fmt: skip
"""Whatever a standing is computed of."""
_QUESTIONS: Final = {"INTENTION": "INTENTION", "H3": "VULNERABILITY"}
_PARTS: Final = {"CONSENT": "consents", "H9": "contactCard", "H1": "sessions", "H2": "visits"}
_PAGE_OF: Final = {
    "SCHEDULE": ("convoys", N_("Plan a day and a seat")),
    "DEPART": ("convoys", N_("Open the day of departure")),
    "ARRIVE": ("arrivals", N_("Confirm the arrival")),
    "CALL": ("calls", N_("Open the calls")),
}


class JourneyPart(FilePart):
    """The line, the sentence, and a row for each thing that is missing."""

    name: ClassVar[str] = "journeyCard"
    shows: ClassVar[frozenset[str]] = KINDS
    standing: Standing | None = None

    def title(self) -> str:
        """The heading."""
        return self.words("The way of this family")

    def build(self) -> None:
        """Line, word beside the way, sentence, rows."""
        self.line = JourneyLine(self.look)
        self.beside = label("", role="head", tone="careful", name="besideTheWay")
        self.sentence = label("", name="waySentence")
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(self.look.size(2))
        self._rows.setHorizontalSpacing(self.look.size(8))
        self._rows.setColumnStretch(1, 1)
        self.add(self.line)
        self.add(self.beside)
        self.add(self.sentence)
        self.inside.addLayout(self._rows)

    def refresh(self) -> None:
        """Ask where the family stands."""
        self.read(queries.standing_of, self.household, then=self._show, newest="standing")

    def tell(self, family: Family) -> None:
        """Names may have changed."""
        if self.standing is not None:
            self._show(self.standing)

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        words = self.words
        self.line.show_steps(way_of(words, standing))
        beside = beside_the_way(words, standing)
        self.beside.setText(beside)
        self.beside.setVisible(bool(beside))
        self.sentence.setText(sentence_of(words, standing))
        clear(self._rows)
        if standing.state in ("PREPARING", "READY", "SCHEDULED"):
            for place, lack in enumerate(lacks(standing.missing)):
                self._show_lack(place, lack)
        self.typed.emit()

    def _show_lack(self, place: int, lack: Lack) -> None:
        look, words = self.look, self.words
        opens = self._opener(lack)
        what, told = words.label(SAFEGUARD.name, lack.safeguard), lack_told(words, lack, self._names())
        made = button(what, look, opens, kind="link", name=f"lack.{lack.safeguard}")
        made.setIcon(icon("step-missing", look, "careful"))
        made.setAccessibleDescription(told)
        made.setEnabled(opens is not None)
        self._rows.addWidget(made, place, 0)
        self._rows.addWidget(label(told, role="quiet", name=f"told.{lack.safeguard}"), place, 1)
        if lack.waivable and self.around.may(waiving.propose_waiver):
            waive = partial(self._waive, lack.safeguard)
            waiver = button(words("Propose a waiver"), look, waive, kind="link", name=f"waive.{lack.safeguard}")
            waiver.setAccessibleDescription(what)
            self._rows.addWidget(waiver, place, 2)

    def _names(self) -> dict[str, str]:
        persons = self.family.file.persons if self.family is not None else {}
        return {one: person.given_name for one, person in persons.items()}

    # where each missing thing is done

    def _opener(self, lack: Lack) -> Callable[[], None] | None:
        """What pressing a missing thing does; None where nobody at a desk can do anything about it."""
        code = lack.safeguard
        if code in _QUESTIONS:
            return partial(self.questioned.emit, _QUESTIONS[code])
        if code in _PARTS:
            return partial(self.jumped.emit, _PARTS[code])
        if code in ("H4", "H5", "H7", "H8", "TRAVELLERS", "GUARDIANS", "HOUSING", "RESIDENCY", "MOVE"):
            return partial(self._ask_for, lack)
        if code == "H6":
            return partial(self.around.go, "clearances", self.household)
        if code.startswith("L_") and self.standing is not None and self.standing.destination is not None:
            return partial(self.around.go, "area", self.standing.destination.place_id)
        return None

    def _ask_for(self, lack: Lack) -> None:
        asking = self._asking_for(lack)
        if asking is not None:
            self.ask(asking)

    def _asking_for(self, lack: Lack) -> Asking | None:
        look, family, standing, saved = self.look, self.family, self.standing, self.say_saved
        if family is None or standing is None:
            return None
        lacking = {one.safeguard for one in standing.missing}
        topics = [topic for code, topic in case_asks.TOPIC_OF.items() if code in lacking]
        of_all: dict[str, Callable[[], Asking | None]] = {
            "H4": lambda: case_asks.information(look, self.household, topics, saved),
            "H5": lambda: case_asks.information(look, self.household, topics, saved),
            "H8": lambda: case_asks.briefing(look, self.household, saved),
            "TRAVELLERS": lambda: case_asks.travellers(look, family.file, saved),
            "GUARDIANS": lambda: case_asks.guardians(look, family, standing, lack.people, saved),
            "HOUSING": lambda: case_asks.there_ready(look, standing, saved),
            "RESIDENCY": lambda: case_asks.there_ready(look, standing, saved),
        }
        if lack.safeguard in of_all:
            return of_all[lack.safeguard]()
        person = next((one for one in lack.people if one in family.file.persons), None)
        if person is None:
            self.questioned.emit("INTENTION")
            return None
        if lack.safeguard == "MOVE":
            return case_asks.declaration(look, family, person, self.typed.emit, saved)
        return case_asks.own_word(look, family, standing, person, self._say_written)

    def _say_written(self, _: object) -> None:
        # the same words and the same way on whatever was answered: nobody who looks on learns it
        words = self.words
        offer = (words("Offer a referral"), partial(self.jumped.emit, "referralsPart"))
        self.say("good", words("Written down. Thank this person, and ask the next one alone."), offer)

    def _waive(self, safeguard: str) -> None:
        self.ask(case_asks.waiver(self.look, self.household, safeguard, self._say_proposed))

    def _say_proposed(self, _: object) -> None:
        self.say("good", self.words("Proposed. It holds once another person confirms it."))

    # the next right step

    def next_step(self) -> NextStep | None:
        """What the family's way asks for now."""
        standing, words, may = self.standing, self.words, self.around.may
        if standing is None:
            return None
        step = standing.next_step
        if step == "PREPARE" and standing.population in ("CAMP", "OOC"):
            return NextStep(words("Begin to prepare"), self._prepare)
        if step == "COMPLETE":
            return self._complete(standing)
        if step == "DECLARE":
            lacking = "" if may(cases.declare_ready) else words("A supervisor declares a family ready.")
            return NextStep(words("Declare ready"), self._declare, lacking)
        if step == "RESUME" and standing.state == "HOLD":
            return NextStep(words("Take it up again"), self._resume)
        if step == "REVIEW":
            return NextStep(words("Write down what was done"), self._log)
        page = _PAGE_OF.get(step)
        if page is not None:
            name, text = page
            return NextStep(words(text), partial(self.around.go, name, self.household if name == "calls" else None))
        return None

    def _complete(self, standing: Standing) -> NextStep | None:
        words = self.words
        for lack in lacks(standing.blocking):
            opens = self._opener(lack)
            if opens is not None:
                what = words.label(SAFEGUARD.name, lack.safeguard)
                return NextStep(words("Next: {what}", what=what), opens)
        return NextStep(words("Declare ready"), self._declare, words("The rest is for others: the file waits for it."))

    def _prepare(self) -> None:
        self.write(cases.prepare, self.household, then=self._say_prepared)

    def _say_prepared(self, _: object) -> None:
        self.say("good", self.words("Preparing has begun. What is missing stands above, each with its way."))

    def _resume(self) -> None:
        self.write(cases.resume, self.household, then=self._say_prepared)

    def _declare(self) -> None:
        self.write(cases.declare_ready, self.household, then=self._say_ready, failed=self._not_ready)

    def _say_ready(self, _: object) -> None:
        self.say("good", self.words("The family is ready. Next: a day and a seat."))

    def _not_ready(self, error: Exception) -> None:
        self.failed.emit(unmarked(error), None)
        if isinstance(error, Refusal):
            self.refresh()

    def _log(self) -> None:
        self.ask(case_asks.log(self.look, self.household, self.say_saved))

    # papers

    def printable(self) -> Sequence[Act]:
        """Checklist, what happens next, and why not yet, once there is a case."""
        standing, family = self.standing, self.family
        if standing is None or family is None or standing.case is None:
            return ()
        words, now, practice = self.words, family.beside.now, self.around.seat.practice
        papers = (
            (words("Readiness checklist"), checklist_paper),
            (words("What happens next"), next_paper),
            (words("Why not yet"), reason_paper),
        )

        def show(make: Callable[..., Paper]) -> None:
            self.paper(make(words, standing, now, practice=practice))

        return [(name, partial(show, make)) for name, make in papers]
