"""One line of the roster: a person's names, sex, age and relation, typed from left to right like a sheet.

It knows which of its names were offered and not typed; what is offered, and to whom, is the roster's affair.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from helpdesk.core.dates import age_on
from helpdesk.core.errors import Refusal
from helpdesk.households.codes import RELATION, SEX
from helpdesk.households.forms import MemberEntry
from helpdesk.households.rules import is_name
from ui.theme import Look
from ui.widgets.choices import entries_of
from ui.widgets.fields import DateAgeEdit, NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import button, label

NAMES = ("given", "father", "grandfather", "family")
WIDTHS = {"n": 24, "given": 128, "father": 128, "grandfather": 128, "family": 136, "sex": 112, "birth": 92,
          "relation": 184, "away": 100, "remove": 36}  # fmt: skip
"""Widths of the sheet's columns in pixels at 100 %; the names share what is left."""


@dataclass(frozen=True)
class Offered:
    """The names a child gets offered from the head of the family."""

    father: str = ""
    grandfather: str = ""
    family: str = ""

    def of(self, name: str) -> str:
        """What is offered for a field."""
        return str(getattr(self, name))


class MemberLine(QWidget):
    """One person. :attr:`changed` follows every change."""

    changed = Signal()
    related = Signal()
    """The relation to the head was chosen."""
    removed = Signal()

    def __init__(self, look: Look, today: date) -> None:
        super().__init__()
        self._look = look
        self._today = today
        words = look.words
        self.offered: set[str] = set()
        self._place = 0
        self._misnamed = False
        self._titles = {
            "given": words("Given name"), "father": words("Father"), "grandfather": words("Grandfather"),
            "family": words("Family name"), "sex": words("Sex"), "birth": words("Age, year or date"),
            "relation": words("Relation to the head"), "away": words("Not here"),
        }  # fmt: skip
        self.names = {name: NameEdit(look, name) for name in NAMES}
        self.sex = PickBox(look, "sex", self._titles["sex"], entries_of(look, SEX))
        self.birth = DateAgeEdit(look, "birth", today)
        self.birth.setPlaceholderText("")
        self.relation = PickBox(look, "relation", self._titles["relation"], entries_of(look, RELATION))
        self.away = QCheckBox(self._titles["away"])
        self.remove = button("\u2715", look, self.removed.emit, kind="link")
        self.number = label("", role="quiet", wrap=False)
        self.note = label("", role="small")
        self.note.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        look = self._look
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(look.size(4))
        self.number.setFixedWidth(look.size(WIDTHS["n"]))
        row.addWidget(self.number)
        for name, edit in self.names.items():
            edit.setMinimumWidth(look.size(80))
            row.addWidget(edit, WIDTHS[name])
        for name, widget in (("sex", self.sex), ("birth", self.birth), ("relation", self.relation),
                             ("away", self.away), ("remove", self.remove)):  # fmt: skip
            widget.setFixedWidth(look.size(WIDTHS[name]))
            row.addWidget(widget)
        whole.addLayout(row)
        whole.addWidget(self.note)

    def _connect(self) -> None:
        for name, edit in self.names.items():
            edit.textEdited.connect(lambda _, typed=name: self._type(typed))
            edit.typed.connect(lambda _: self._look_at_names())
            edit.typed.connect(lambda _: self.changed.emit())
        self.sex.picked.connect(lambda _: self.changed.emit())
        self.birth.typed.connect(lambda _: self.changed.emit())
        self.birth.told.connect(self.say)
        self.relation.picked.connect(lambda _: self.related.emit())
        self.relation.picked.connect(lambda _: self.changed.emit())
        self.away.toggled.connect(lambda _: self.changed.emit())
        for typed in (*self.names.values(), self.birth):
            typed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Ctrl+Backspace removes the person; a line edit by itself would take a word away."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Backspace and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.removed.emit()
            return True
        return False

    def set_place(self, place: int) -> None:
        """Number the line, from 0, and name its controls for tests and screen readers."""
        words, shown = self._look.words, place + 1
        self._place = place
        self.number.setText(words.digits(shown))
        controls: dict[str, QWidget] = {
            **self.names, "sex": self.sex, "birth": self.birth, "relation": self.relation, "away": self.away,
        }  # fmt: skip
        for name, control in controls.items():
            control.setObjectName(f"member.{place}.{name}")
            control.setAccessibleName(words("{field}, person {n}", field=self._titles[name], n=shown))
        self.remove.setObjectName(f"member.{place}.remove")
        self.remove.setAccessibleName(words("Remove person {n}", n=shown))
        self.remove.setToolTip(words("Remove person {n} (Ctrl+Backspace)", n=shown))

    def order(self) -> list[QWidget]:
        """The fields in the order of Enter, without what is offered."""
        return [
            *(edit for name, edit in self.names.items() if name not in self.offered),
            self.sex, self.birth, self.relation,
        ]  # fmt: skip

    def tab_order(self) -> list[QWidget]:
        """Everything that Tab stops at."""
        return [*self.names.values(), self.sex, self.birth, self.relation, self.away, self.remove]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed here."""
        typed = any(edit.value() for name, edit in self.names.items() if name not in self.offered)
        return not (typed or self.birth.value() or self.sex.chosen)

    def name(self, part: str) -> str:
        """One part of the name."""
        return self.names[part].value()

    def shown_name(self) -> str:
        """Given and father's name, for boxes that choose a person."""
        return " ".join(part for part in (self.name("given"), self.name("father")) if part)

    def age(self) -> int | None:
        """Whole years today, None while unknown."""
        birth = self.birth.birth()
        return None if birth is None else age_on(birth.day, self._today)

    def offer(self, names: Offered) -> None:
        """Fill the empty names with what is offered, and follow it while it was not typed over."""
        for name in NAMES[1:]:
            edit, offer = self.names[name], names.of(name)
            if name in self.offered or not edit.value():
                self._mark(name, bool(offer))
                edit.setText(offer)

    def take_back(self) -> bool:
        """Empty what was only offered; whether there was anything."""
        had = bool(self.offered)
        for name in list(self.offered):
            self._mark(name, False)
            self.names[name].clear()
        return had

    def _type(self, name: str) -> None:
        self._mark(name, False)

    def _look_at_names(self) -> None:
        misnamed = not all(is_name(edit.value()) for edit in self.names.values())
        if misnamed:
            self.say(self._look.words.sentence(Refusal("roster.name_letters", line=self._place + 1)), "stop")
        elif self._misnamed:
            self.say("")
        self._misnamed = misnamed

    def _mark(self, name: str, offered: bool) -> None:
        (self.offered.add if offered else self.offered.discard)(name)
        edit = self.names[name]
        edit.setProperty("offered", "true" if offered else "false")
        edit.style().unpolish(edit)
        edit.style().polish(edit)

    def say(self, sentence: str, tone: str = "quiet") -> None:
        """Say something below the line."""
        self.note.setText(sentence)
        self.note.setProperty("tone", "" if tone == "quiet" else tone)
        self.note.setVisible(bool(sentence))
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def lacks(self) -> QWidget | None:
        """The first field that must still be filled."""
        needed: tuple[tuple[QWidget, bool], ...] = (
            (self.names["given"], bool(self.name("given"))),
            (self.names["father"], bool(self.name("father"))),
            *((edit, is_name(edit.value())) for edit in self.names.values()),
            (self.sex, self.sex.chosen is not None),
            (self.birth, self.birth.birth() is not None),
            (self.relation, self.relation.chosen is not None),
        )
        return next((field for field, filled in needed if not filled), None)

    def entry(self) -> MemberEntry | None:
        """The person, None while something needed is missing."""
        birth, sex, relation = self.birth.birth(), self.sex.chosen, self.relation.chosen
        if self.lacks() is not None or birth is None or sex is None or relation is None:
            return None
        return MemberEntry(
            given_name=self.name("given"),
            father_name=self.name("father"),
            grandfather_name=self.name("grandfather") or None,
            family_name=self.name("family"),
            sex=sex,
            birth_date=birth.day,
            birth_precision=birth.precision,
            relation=relation,
            presence="AWAY" if self.away.isChecked() else "HERE",
            birth_as_told=self.birth.value(),
        )

    def kept(self) -> str:
        """The line as a draft keeps it."""
        typed = {name: edit.text() for name, edit in self.names.items()}
        rest = {"sex": self.sex.chosen, "birth": self.birth.text(), "relation": self.relation.chosen,
                "away": self.away.isChecked(), "offered": sorted(self.offered)}  # fmt: skip
        return json.dumps(typed | rest, ensure_ascii=False)

    def show_kept(self, kept: str) -> None:
        """Show a line that a draft kept."""
        told = json.loads(kept)
        for name, edit in self.names.items():
            edit.setText(told[name])
            self._mark(name, name in told["offered"])
        self.sex.choose(told["sex"])
        self.birth.setText(told["birth"])
        self.relation.choose(told["relation"])
        self.away.setChecked(told["away"])
        self.say("")

    def show_person(self, entry: MemberEntry, told: str) -> None:
        """Show a person who is already known; ``told`` is her age or date as it shall stand in the field."""
        for name, text in (("given", entry.given_name), ("father", entry.father_name),
                           ("grandfather", entry.grandfather_name or ""), ("family", entry.family_name)):  # fmt: skip
            self.names[name].setText(text)
        self.sex.choose(entry.sex)
        self.birth.setText(told)
        self.relation.choose(entry.relation)
        self.away.setChecked(entry.presence == "AWAY")
        self.say("")

    def focused(self) -> QWidget | None:
        """Which of the fields has the keys."""
        fields: list[QWidget] = [*self.names.values(), self.sex, self.birth, self.relation]
        return next((field for field in fields if field.hasFocus()), None)

    def select(self, field: QWidget) -> None:
        """Give a field the keys; what stands in it is selected, so that typing replaces it."""
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(field, QLineEdit):
            field.selectAll()
