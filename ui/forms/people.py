"""Who the family is: what brings them here, their languages, everybody in it, and in whose name the card is.

Warnings stand beside the line they are about and stop nothing.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from helpdesk.core.codes import CodeList
from helpdesk.households.codes import POPULATION, READING, SPOKEN
from helpdesk.households.forms import MemberEntry, Registration
from helpdesk.households.rules import ADULT, LARGEST_FAMILY, warnings
from ui.forms.barriers import Child
from ui.forms.part import Kept, Missing, Part
from ui.forms.roster import Roster
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import DigitEdit
from ui.widgets.pick import PickBox

WARNING = CodeList("warning", "warn.age", "warn.child_head")
"""What may be looked at again (``rules.warnings``)."""


class GroupPart(Part):
    """The population group and the two languages."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("The family"), "group")
        words = self.words
        self.population = ChoiceRow(look, "population", words("Who they are"), entries_of(look, POPULATION), columns=2)
        self.spoken = ChoiceRow(look, "spoken", words("Language they speak"), entries_of(look, SPOKEN))
        self.reading = ChoiceRow(look, "reading", words("Language they read"), entries_of(look, READING))
        for name, title, row, required in (
            ("population", words("Who they are"), self.population, True),
            ("spoken", words("Language they speak"), self.spoken, True),
            ("reading", words("Language they read"), self.reading, False),
        ):
            self.add(self.field(name, title, row, required=required))
            row.changed.connect(lambda code, kept=name: self.keep(kept, code))

    def show_kept(self, kept: Kept) -> None:
        """Show earlier answers."""
        for name, row in (("population", self.population), ("spoken", self.spoken), ("reading", self.reading)):
            row.choose(kept(name) or None)

    def missing(self) -> list[Missing]:
        """Group and spoken language are needed."""
        words = self.words
        found = []
        if self.population.chosen is None:
            found.append(Missing(words("who they are"), self.population))
        if self.spoken.chosen is None:
            found.append(Missing(words("the language they speak"), self.spoken))
        return found


class PeoplePart(Part):
    """The roster, how many they say they are, the card's holder and who may come instead."""

    def __init__(self, look: Look, today: date) -> None:
        super().__init__(look, look.words("Everybody in the family"), "people")
        words = self.words
        self.told_size = DigitEdit(look, "size", longest=2)
        self.roster = Roster(look, today, self.told_size)
        self.principal = PickBox(look, "principal", words("The card is in the name of"), (), numbered=False)
        self.alternate = PickBox(look, "alternate", words("Who else may come with it"), (), numbered=False)
        self._principal_by_hand = False
        size = self.field("size", words("How many are they?"), self.told_size)
        size.setFixedWidth(look.size(280))
        row = QHBoxLayout()
        row.addWidget(size)
        row.addStretch(1)
        self.inside.addLayout(row)
        self.add(self.roster)
        self.add(self._holders())
        self.roster.order_tabs()
        self.told_size.typed.connect(self._tell_size)
        self.roster.changed.connect(self._roster_changed)
        self.roster.left.connect(self.principal.setFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keys_moved)
        self.principal.picked.connect(self._pick_principal)
        self.alternate.picked.connect(lambda code: self.keep("alternate", code))
        self._offer_holders()

    def _holders(self) -> QWidget:
        words = self.words
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field("principal", words("The card is in the name of"), self.principal, required=True), 1)
        row.addWidget(self.field("alternate", words("Who else may come with it"), self.alternate), 1)
        return both

    def know_today(self, today: date) -> None:
        """The programme's day, before anything is typed."""
        if self.roster.today != today:
            self.roster.today = today
            with self.showing():
                self.roster.clear()

    def _keys_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._in_roster(before) and not self._in_roster(now):
            self._warn()

    def _in_roster(self, control: QWidget | None) -> bool:
        return control is not None and self.roster.isAncestorOf(control)

    def _tell_size(self, text: str) -> None:
        self.keep("size", text)
        self._warn()

    # answers

    def members(self) -> tuple[MemberEntry, ...]:
        """Everybody whose line is complete."""
        return tuple(entry for entry in self.roster.entries() if entry is not None)

    def head_place(self) -> int:
        """The head's place among the filled lines, -1 while there is none."""
        return next((n for n, line in enumerate(self.roster.filled()) if line.relation.chosen == "HEAD"), -1)

    def principal_place(self) -> int:
        """The card holder's place among the filled lines, -1 while there is none."""
        return self._place_of(self.principal)

    def alternate_place(self) -> int | None:
        """Who else may come, None where nobody was named."""
        place = self._place_of(self.alternate)
        return None if place < 0 else place

    def _place_of(self, box: PickBox) -> int:
        chosen = box.chosen
        if chosen is None or int(chosen) >= len(self.roster.lines):
            return -1
        line = self.roster.lines[int(chosen)]
        filled = self.roster.filled()
        return filled.index(line) if line in filled else -1

    def size_declared(self) -> int | None:
        """How many they say they are."""
        told = self.told_size.value()
        return int(told) if told and 1 <= int(told) <= LARGEST_FAMILY else None

    def away(self) -> list[tuple[int, str]]:
        """Place and name of everybody who is not here."""
        return [(n, line.shown_name()) for n, line in enumerate(self.roster.filled()) if line.away.isChecked()]

    def under_age(self) -> list[Child]:
        """Everybody under eighteen, as far as an age was told."""
        return [
            Child(place, line.shown_name(), line)
            for place, line in enumerate(self.roster.filled())
            if (age := line.age()) is not None and age < ADULT
        ]

    def missing(self) -> list[Missing]:
        """Names, sex, age and relation of everybody, one head, and the card's holder."""
        words = self.words
        filled = self.roster.filled()
        if not filled:
            return [Missing(words("everybody in the family"), self.roster.lines[0].names["given"])]
        found = []
        for line in filled:
            lacking = line.lacks()
            if lacking is not None:
                found.append(Missing(lacking.accessibleName(), lacking))
        if sum(1 for line in filled if line.relation.chosen == "HEAD") != 1:
            found.append(Missing(words("exactly one head of the family"), filled[0].relation))
        if not found and self.principal_place() < 0:
            found.append(Missing(words("in whose name the card is"), self.principal))
        return found

    def say_in_line(self, line: int, sentence: str) -> None:
        """Say something at a line of the roster, counted from 1 among the filled ones."""
        filled = self.roster.filled()
        if 1 <= line <= len(filled):
            filled[line - 1].say(sentence, "stop")
            (filled[line - 1].lacks() or filled[line - 1].names["given"]).setFocus()

    # drafts

    def show_kept(self, kept: Kept) -> None:
        """Show earlier lines."""
        count = int(kept("members") or 0)
        lines = [kept(f"member.{place}") for place in range(count)]
        with self.showing():
            self.told_size.setText(kept("size"))
            self.roster.show_lines([line for line in lines if line])
            self._principal_by_hand = bool(kept("principal"))
            self._offer_holders()
            if self._principal_by_hand:
                self.principal.choose(kept("principal"))
            self.alternate.choose(kept("alternate") or None)
        self._warn()

    def show_people(self, people: list[tuple[MemberEntry, str]]) -> None:
        """Fill the roster from a list of people."""
        self.roster.show_people(people)
        self._roster_changed(-1)

    def _roster_changed(self, place: int) -> None:
        if place < 0:
            for name, value in self.roster.kept().items():
                self.keep(name, value)
        else:
            self.keep("members", str(len(self.roster.lines)))  # the first line was there before anybody typed
            self.keep(f"member.{place}", self.roster.lines[place].kept())
        self._offer_holders()
        self._warn()

    def _pick_principal(self, code: str) -> None:
        self._principal_by_hand = bool(code)
        self.keep("principal", code)

    def _offer_holders(self) -> None:
        lines = [(n, line) for n, line in enumerate(self.roster.lines) if line.shown_name()]
        everybody = [(str(n), line.shown_name()) for n, line in lines]
        self.principal.offer(everybody)
        self.alternate.offer([(str(n), line.shown_name()) for n, line in lines if (line.age() or 0) >= ADULT])
        if not self._principal_by_hand:
            here = [n for n, line in lines if not line.away.isChecked() and (line.age() or ADULT) >= ADULT]
            head = [n for n in here if self.roster.lines[n].relation.chosen == "HEAD"]
            offered = (head or here)[:1]
            self.principal.choose(str(offered[0]) if offered else None)

    def _warn(self) -> None:
        filled = self.roster.filled()
        complete = [(line, entry) for line in filled if (entry := line.entry()) is not None]
        head = next((n for n, (_, entry) in enumerate(complete) if entry.relation == "HEAD"), -1)
        form = Registration(
            household_id="", consents=(), population="", spoken="", reading=None,
            members=tuple(entry for _, entry in complete), head=head, principal=head,
        )  # fmt: skip
        said = {place: code for code, place in warnings(form, self.roster.today)}
        for place, (line, _) in enumerate(complete, start=1):
            if place in said:
                line.say(self.words.label(WARNING.name, said[place]), "careful")
            elif line.note.property("tone") == "careful":
                line.say("")
        told = self.size_declared()
        # while the roster is being typed it lacks somebody on every line but the last
        typing = self._in_roster(QApplication.focusWidget())
        differs = told is not None and bool(filled) and told != len(filled) and bool(complete) and not typing
        sentence = self.words("They said {told}; the list has {listed}.", told=told or 0, listed=len(filled))
        self.fields["size"].say(sentence if differs else "", "careful" if differs else "quiet")
