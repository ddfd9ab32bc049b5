"""The part "Changes in the family": stopping and coming back, who came, went or goes over, dividing, closing.

Stopping stands first and is never hidden behind a menu: it is the family's right at every moment. What each act leads
to (a receipt, a card) is shown to be printed at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from helpdesk.casework import closing, displacing, family, merging, queries, settling, splitting, withdrawing
from helpdesk.casework.codes import CLOSE_LACKS, EVENT
from helpdesk.casework.documents import FamilyEvent
from helpdesk.casework.queries import Changes
from helpdesk.casework.roster import Changed
from helpdesk.core.language import isolate, isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.households.queries import HouseholdFile
from helpdesk.journey.preparing.commands import record_guardian_check
from helpdesk.printing.casework import closing_slip, stopped_slip
from helpdesk.printing.slips import slip_pdf
from ui.forms.casework_homes import HomesPart, OverPart
from ui.forms.casework_pairs import ChildrenPart, OtherNumberPart, PairsPart
from ui.forms.casework_pieces import AgainPart, CamePart, GonePart, SplitPart, StopPart
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act, Lines
from ui.forms.file_part import Family, FilePart
from ui.forms.papers import card_and_slip, many_cards
from ui.printing import Paper
from ui.widgets.words import label

DOT = "  \u00b7  "


class ChangesPart(FilePart):
    """What changed in the family, and what may be done about it."""

    name: ClassVar[str] = "changes"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"household", "person", "withdrawal", "family_event", "displaced_again", "case", "voucher", "task", "call"}
    )

    def title(self) -> str:
        """The heading."""
        return self.words("Changes in the family")

    def build(self) -> None:
        """What holds them, the acts about moving, then the changes and their acts."""
        self._changes: Changes | None = None
        self.state = label("", role="head", name="changesState")
        self.way = Lines(self.look, "stopping")
        self.events = Lines(self.look, "familyEvents")
        for widget in (self.state, self.way, self.events):
            self.add(widget)

    def refresh(self) -> None:
        """Ask what changed."""
        self.read(queries.changes_of, self.household, then=self._show, newest="changes")

    def tell(self, family: Family) -> None:
        """Names may have changed."""
        if self._changes is not None:
            self._show(self._changes)

    def _show(self, changes: Changes) -> None:
        self._changes = changes
        told = self._state(changes)
        self.state.setText(told)
        self.state.setVisible(bool(told))
        is_open = changes.status == "REGISTERED"
        self.way.tell([(line, None) for line in self._way_lines(changes)], self._way_acts(changes) if is_open else [])
        lines = [self._event(changes, event) for event in reversed(changes.events)]
        lines += [self._link(link.what, link.number) for link in changes.links]
        acts = self._family_acts() if is_open and not changes.disputed else []
        self.events.tell(
            [(line, None) for line in lines], acts, self.words("Nothing has changed since the registration.")
        )

    def _state(self, changes: Changes) -> str:
        words = self.words
        if changes.status != "REGISTERED":
            return words("This number is closed. The family goes on under the number below.")
        if changes.disputed:
            return words("Two desks wrote different things about who belongs here. A supervisor settles it.")
        if changes.state == "WITHDRAWN":
            return words("They have withdrawn.")
        return ""

    def _way_lines(self, changes: Changes) -> list[str]:
        words = self.words
        lines = []
        if changes.until is not None and changes.until >= changes.day:
            lines.append(words("Vouchers of the journey come back until {day}.", day=changes.until))
        if changes.payees_gone:
            lines.append(words("A voucher waits for another payee: a supervisor chooses an adult of the family."))
        if changes.may_close:
            lines += [words.label(CLOSE_LACKS.name, code) for code in changes.lacks]
        return lines

    def _event(self, changes: Changes, event: FamilyEvent) -> str:
        names = [isolate(changes.names[person]) for person in event.persons if person in changes.names]
        return DOT.join((self.words.date(event.on), self.words.label(EVENT.name, event.what), self.words.listed(names)))

    def _link(self, what: str, number: str) -> str:
        return DOT.join((self.words.label(EVENT.name, what), isolate_ltr(household_number_shown(number))))

    # acts

    def _way_acts(self, changes: Changes) -> list[Act]:
        words, may = self.words, self.around.may
        offered: Sequence[tuple[bool, Act]] = (
            (changes.can_withdraw and may(withdrawing.withdraw),
             (words("They do not want to move now"), self._stop)),
            (changes.state == "WITHDRAWN" and may(withdrawing.take_back),
             (words("Take the withdrawal back"), self._take_back)),
            (changes.reopen.what in ("DISPLACED_AGAIN", "NEXT_ATTEMPT") and may(displacing.displaced_again),
             (words("Displaced again"), self._again)),
            (changes.disputed and may(settling.settle),
             (words("Say who belongs where"), self._doubtful)),
            (changes.may_close and not changes.lacks and may(closing.close),
             (words("Close the case"), self._close)),
        )  # fmt: skip
        return [act for is_offered, act in offered if is_offered]

    def _family_acts(self) -> list[Act]:
        words, may = self.words, self.around.may
        acts: list[Act] = []
        if may(family.came):
            acts.append((words("Somebody came"), self._came))
            acts.append((words("Somebody is gone"), self._gone))
        if may(splitting.split) and self.family is not None and len(self.family.file.persons) > 1:
            acts.append((words("Divide the family"), self._split))
            acts.append((words("Children were checked"), self._checked))
        if may(family.moved) and self.family is not None and len(self.family.file.persons) > 1:
            acts.append((words("Somebody goes over into another family"), self._over))
        if may(merging.merge):
            acts.append((words("Registered twice"), self._twice))
        return acts

    def _stop(self) -> None:
        if self.family is None:
            return
        part = StopPart(self.look, self.family.file.household)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (withdrawing.withdraw, self.household, part.form()), self._stopped))

    def _stopped(self, done: withdrawing.Withdrawn) -> None:
        receipt = (self.words("Print the receipt"), lambda: self._print_stopped(done))
        self.say("good", self.words("Written down. Give them the receipt."), receipt)
        self._print_stopped(done)

    def _print_stopped(self, done: withdrawing.Withdrawn) -> None:
        if self.family is not None:
            lines, practice = self.family.beside.now.helplines, self.around.seat.practice
            slip = stopped_slip(
                self.words, done.number, done.on, done.until, vouchers=done.vouchers > 0, helplines=lines,
                practice=practice,
            )  # fmt: skip
            self.paper(Paper(slip.title, slip_pdf(slip, self.words)))

    def _take_back(self) -> None:
        self.write(withdrawing.take_back, self.household, then=self.say_saved)

    def _again(self) -> None:
        if self._changes is None:
            return
        today = self._changes.day
        part = AgainPart(self.look, today)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (displacing.displaced_again, self.household, part.form(today)), self.say_saved))

    def _close(self) -> None:
        self.write(closing.close, self.household, then=self._closed)

    def _closed(self, done: closing.Closed) -> None:
        self.say_saved()
        if self.family is not None:
            lines, practice = self.family.beside.now.helplines, self.around.seat.practice
            slip = closing_slip(self.words, done.number, done.on, lines, practice=practice)
            self.paper(Paper(slip.title, slip_pdf(slip, self.words)))

    def _came(self) -> None:
        if self.family is None:
            return
        day = self.family.file.day
        part = CamePart(self.look, day)
        part.changed.connect(lambda *_: self.typed.emit())
        part.line.changed.connect(self.typed.emit)

        def acts() -> tuple[Any, ...]:
            return family.came, self.household, part.what.chosen, part.line.entry(), part.day.day() or day

        self.ask(Asking(part, acts, self._changed))

    def _gone(self) -> None:
        if self.family is None:
            return
        day = self.family.file.day
        part = GonePart(self.look, self.family.file)
        part.changed.connect(lambda *_: self.typed.emit())

        def acts() -> tuple[Any, ...]:
            who = part.who.chosen, part.what.chosen
            return family.gone, self.household, *who, part.day.day() or day, part.holders()

        self.ask(Asking(part, acts, self._changed))

    def _changed(self, done: Changed) -> None:
        words = self.words
        if done.off_list:
            self.say("careful", words("The family was taken off the list of its movement; put it on again."))
        else:
            self.say_saved()
        if done.card is not None and self.family is not None:
            practice = self.around.seat.practice
            self.paper(card_and_slip(words, done.card, self.family.beside.now, practice=practice))

    def _split(self) -> None:
        if self.family is None:
            return
        part = SplitPart(self.look, self.family.file)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (splitting.split, self.household, part.form()), self._divided))

    def _checked(self) -> None:
        if self.family is None:
            return
        part = ChildrenPart(self.look, self.family.file)
        part.changed.connect(lambda *_: self.typed.emit())

        def acts() -> tuple[Any, ...]:
            people = part.minors.ticked, part.adults.ticked
            return record_guardian_check, self.household, *people, part.organisation.value()

        self.ask(Asking(part, acts, self.say_saved))

    def _twice(self) -> None:
        words = self.words
        heading = words("The same family, registered twice")
        self._ask_number(heading, words("Number of the other registration"), self._ask_pairs)

    def _ask_number(self, heading: str, asked: str, then: Callable[[HouseholdFile], None]) -> None:
        part = OtherNumberPart(self.look, heading, asked)
        acts = merging.find_other, self.household
        self.ask(Asking(part, lambda: (*acts, part.number.value()), then))

    def _over(self) -> None:
        words = self.words
        heading = words("Somebody goes over into another family")
        self._ask_number(heading, words("Number of the family that she joins"), self._ask_over)

    def _ask_over(self, there: HouseholdFile) -> None:
        if self.family is None:
            return
        day = self.family.file.day
        part = OverPart(self.look, self.family.file, there)

        def acts() -> tuple[Any, ...]:
            how = part.what.chosen, part.relation.chosen, part.day.day() or day
            return family.moved, part.who.chosen, there.id, *how, part.holders()

        self.ask(Asking(part, acts, self._went_over))

    def _went_over(self, done: tuple[Changed, Changed]) -> None:
        words = self.words
        if any(one.off_list for one in done):
            self.say("careful", words("A family was taken off the list of its movement; put it on again."))
        elif done[0].vouchers:
            self.say("careful", words("A voucher waits for another payee: choose an adult of the family."))
        else:
            self.say_saved()
        self._print_cards(done)

    def _doubtful(self) -> None:
        self.read(settling.doubtful, then=self._ask_homes, newest="doubts")

    def _ask_homes(self, found: settling.Doubtful) -> None:
        if not found.doubts:
            self.say("careful", self.words("Nobody stands in two families any more. What else two desks wrote is "
                                           "settled by correcting it in the file."))  # fmt: skip
            return
        part = HomesPart(self.look, found)
        self.ask(Asking(part, lambda: (settling.settle, part.homes(), part.holders()), self._settled))

    def _settled(self, households: Sequence[str]) -> None:
        said = self.words.plural("Settled: {n} family was changed.", "Settled: {n} families were changed.",
                                 len(households))  # fmt: skip
        self.say("good", said)

    def _ask_pairs(self, there: HouseholdFile) -> None:
        if self.family is None:
            return
        part = PairsPart(self.look, self.family.file, there)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (merging.merge, self.household, there.id, part.same()), self._merged))

    def _merged(self, done: merging.Merged) -> None:
        number = isolate_ltr(household_number_shown(done.closed_number))
        self.say("good", self.words("The number {number} is closed; its cards and vouchers are void.", number=number))
        if done.kept.card is not None and self.family is not None:
            practice = self.around.seat.practice
            self.paper(card_and_slip(self.words, done.kept.card, self.family.beside.now, practice=practice))

    def _divided(self, done: splitting.Split) -> None:
        number = isolate_ltr(household_number_shown(done.number))
        self.say("good", self.words("The new household has the number {number}.", number=number))
        self._print_cards((done.moving, done.staying))

    def _print_cards(self, changed: Sequence[Changed]) -> None:
        cards = [one.card for one in changed if one.card is not None]
        if cards and self.family is not None:
            practice = self.around.seat.practice
            self.paper(many_cards(self.words, cards, self.family.beside.now, practice=practice))
