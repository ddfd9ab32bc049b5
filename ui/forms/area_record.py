"""What is recorded of a place in the window: one kind of entry at a time, chosen first, with the fields it needs.

It saves nothing and asks nothing of the store; the page writes what :meth:`RecordPart.entry` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from helpdesk.core.language import N_
from helpdesk.journey.areas import commands
from helpdesk.journey.areas.codes import (
    AREA_NOTE,
    AREA_RESULT,
    AREA_SAFEGUARD,
    AREA_SECTION,
    AREA_SEVERITY,
    AREA_STATE,
    OBSTACLE_LEVEL,
    OBSTACLE_TOPIC,
)
from helpdesk.journey.areas.forms import (
    ActionForm,
    AssessmentForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    SafeguardForm,
    WaiverForm,
)
from ui.forms.area_conditions import ConditionLines
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.day import DayEdit
from ui.widgets.fields import DigitEdit, NameEdit

KINDS: Final = {
    "ASSESS": N_("Assessment"),
    "ANSWER": N_("Safeguard"),
    "PLAN": N_("Action plan"),
    "ACTION": N_("Action of the plan"),
    "ALERT": N_("Tension alert"),
    "WAIVE": N_("Waiver"),
    "OBSTACLE": N_("Obstacle"),
    "NOTE": N_("Evidence or lesson"),
    "PROFILE": N_("Severity"),
}
COMMANDS: Final[dict[str, Any]] = {
    "ASSESS": commands.assess,
    "ANSWER": commands.answer,
    "PLAN": commands.make_plan,
    "ACTION": commands.add_action,
    "ALERT": commands.raise_alert,
    "WAIVE": commands.propose_waiver,
    "OBSTACLE": commands.raise_obstacle,
    "NOTE": commands.note,
    "PROFILE": commands.set_profile,
}
_TEXT: Final = 1000
_LONG: Final = 4000


@dataclass(frozen=True)
class Entry:
    """What is to be written: the command and its arguments."""

    command: Any
    arguments: tuple[Any, ...]


class RecordPart(Part):
    """Choose a kind, fill its fields. ``moved`` tells that the main action changed."""

    moved = Signal()

    def __init__(self, look: Look, kinds: Sequence[str]) -> None:
        super().__init__(look, look.words("Record something of this place"), "areaRecord")
        words = self.words
        self.place = ""
        self._offered = tuple(kinds)
        self.plan: str | None = None
        self.day: date | None = None
        self._edits: dict[str, QWidget] = {}
        self._of: dict[str, list[str]] = {}
        self.kinds = ChoiceRow(
            look, "areaKind", words("What"), [(code, words(KINDS[code])) for code in kinds], columns=5
        )
        self.kinds.changed.connect(lambda _: self._show_fields())
        self.add(self.kinds)
        self._make()
        self._show_fields()

    def _make(self) -> None:
        words, look = self.words, self.look
        self._row("result", words("Result"), AREA_RESULT, ("ASSESS",))
        self._row("safeguard", words("Which safeguard"), AREA_SAFEGUARD, ("ANSWER",), AREA_SAFEGUARD.entries[1:])
        self._row("state", words("How it stands"), AREA_STATE, ("ANSWER",))
        ticks = TickGroup(look, "areaWaived", words("Which safeguards"), entries_of(look, AREA_SAFEGUARD), columns=3)
        ticks.changed.connect(lambda _: self.moved.emit())
        self._put("waived", words("Which safeguards"), ticks, ("WAIVE",))
        self._row("kind", words("What kind"), AREA_NOTE, ("NOTE",))
        self._row("level", words("Where it is to be solved"), OBSTACLE_LEVEL, ("OBSTACLE",))
        self._row("topic", words("Topic"), OBSTACLE_TOPIC, ("OBSTACLE", "NOTE"))
        self._row("severity", words("Severity of conditions"), AREA_SEVERITY, ("PROFILE",))
        yes_no = [("Y", words.label("yes_no", "Y")), ("N", words.label("yes_no", "N"))]
        self._choice("hotspot", words("Hotspot"), yes_no, ("PROFILE",))
        self._choice("agreed", words("Agreed with everybody"), yes_no, ("PLAN",))
        for code in AREA_SECTION:
            self._line(f"section.{code}", words.label(AREA_SECTION.name, code), ("ASSESS",), _LONG)
        self.conditions = ConditionLines(look, _TEXT)
        self.conditions.moved.connect(self.moved)
        self._put("conditions", words("Conditions that must come true"), self.conditions, ("ASSESS",))
        self._date("due", words("Due"), ("ACTION",))
        self._line("title", words("Title of the plan"), ("PLAN",), _TEXT)
        self._line("text", words("In words"), ("OBSTACLE", "NOTE", "ACTION"), _LONG)
        self._line("reason", words("Why"), ("ANSWER", "ALERT", "WAIVE"), _TEXT)
        self._line("concern", words("What the host community is concerned about"), ("ANSWER",), _TEXT)
        self._line("owner", words("Who does it"), ("ACTION",), _TEXT)
        self._line("group", words("Coordination group"), ("PLAN", "PROFILE"), _TEXT)
        self._line("org", words("Organisation"), _WITH_ORG, _TEXT)
        families = DigitEdit(look, "areaFamilies", longest=5)
        families.typed.connect(lambda _: self.moved.emit())
        self._put("families", words("How many families it concerns"), families, ("NOTE",))
        self._date("on", words("Day it was done"), ("ASSESS", "ANSWER", "PLAN"))
        self._date("until", words("Last day it holds"), ("ASSESS", "ANSWER", "PLAN", "WAIVE"))

    def _put(self, name: str, title: str, edit: QWidget, kinds: Sequence[str]) -> None:
        self._edits[name] = edit
        self.add(self.field(name, title, edit))
        for kind in kinds:
            self._of.setdefault(kind, []).append(name)

    def _row(self, name: str, title: str, codes: Any, kinds: Sequence[str], only: Sequence[str] | None = None) -> None:
        self._choice(name, title, entries_of(self.look, codes, only), kinds)

    def _choice(self, name: str, title: str, entries: Sequence[tuple[str, str]], kinds: Sequence[str]) -> None:
        row = ChoiceRow(self.look, f"area.{name}", title, entries, columns=5)
        row.changed.connect(lambda _: self._moved())
        self._put(name, title, row, kinds)

    def _line(self, name: str, title: str, kinds: Sequence[str], longest: int) -> None:
        edit = NameEdit(self.look, f"area.{name}", longest=longest)
        edit.typed.connect(lambda _: self.moved.emit())
        self._put(name, title, edit, kinds)

    def _date(self, name: str, title: str, kinds: Sequence[str]) -> None:
        edit = DayEdit(self.look, f"area.{name}")
        edit.typed.connect(lambda _: self.moved.emit())
        self._put(name, title, edit, kinds)
        edit.told.connect(self.fields[name].say)

    def _moved(self) -> None:
        self._show_fields()

    def _shown(self) -> list[str]:
        kind = self.kinds.chosen or ""
        names = list(self._of.get(kind, ()))
        if kind == "ASSESS" and self._chosen("result") != "CONDITIONS":
            names.remove("conditions")
        if kind == "ANSWER" and self._chosen("safeguard") != "L_HOSTENG":
            names = [name for name in names if name != "concern"]
        return names

    def _show_fields(self) -> None:
        shown = set(self._shown())
        for name, field in self.fields.items():
            field.setVisible(name in shown)
        self.moved.emit()

    # what was typed

    def begin(self, place: str, day: date, plan: str | None) -> None:
        """Record of this place from now on; ``plan`` is the one that actions are added to."""
        self.place, self.day, self.plan = place, day, plan
        if "ACTION" in self._offered:
            self.kinds.button("ACTION").setVisible(plan is not None)

    def forget(self) -> None:
        """Nothing is being recorded."""
        self.kinds.choose(None)
        for edit in self._edits.values():
            if isinstance(edit, ChoiceRow):
                edit.choose(None)
            elif isinstance(edit, TickGroup):
                edit.tick(())
            elif isinstance(edit, (NameEdit, DayEdit, DigitEdit, ConditionLines)):
                edit.clear()
        self._show_fields()

    def _chosen(self, name: str) -> str | None:
        edit = self._edits[name]
        return edit.chosen if isinstance(edit, ChoiceRow) else None

    def _text(self, name: str) -> str:
        edit = self._edits[name]
        return edit.value() if isinstance(edit, (NameEdit, DigitEdit)) else ""

    def _typed_day(self, name: str) -> date | None:
        edit = self._edits[name]
        return edit.day() if isinstance(edit, DayEdit) else None

    def missing(self) -> list[Missing]:
        """What the entry still lacks."""
        kind, words = self.kinds.chosen, self.words
        if kind is None:
            return [Missing(words("what is to be recorded"), self.kinds)]
        needed = [name for name in self._shown() if name in _NEEDED[kind]]
        if kind == "ANSWER" and self._chosen("state") == "NA":
            needed.append("reason")
        found = [name for name in needed if not self._has(name)]
        found += [name for name in self._shown() if self._is_wrong(name)]
        return [Missing(self.fields[name].title.text(), self._where(name)) for name in dict.fromkeys(found)]

    def _where(self, name: str) -> QWidget:
        edit = self._edits[name]
        return (edit.lacks() or edit) if isinstance(edit, ConditionLines) else edit

    def _has(self, name: str) -> bool:
        edit = self._edits[name]
        if isinstance(edit, TickGroup):
            return bool(edit.ticked)
        if isinstance(edit, ConditionLines):
            return edit.lacks() is None
        return bool(self._chosen(name) or self._text(name) or self._typed_day(name))

    def _is_wrong(self, name: str) -> bool:
        edit = self._edits[name]
        return isinstance(edit, DayEdit) and edit.is_wrong()

    def entry(self) -> Entry:
        """The command and its arguments. Ask :meth:`missing` first."""
        kind = self.kinds.chosen or ""
        make: dict[str, Callable[[], tuple[Any, ...]]] = {
            "ASSESS": self._assessment,
            "ANSWER": self._answer,
            "PLAN": self._plan_form,
            "ACTION": self._action,
            "ALERT": lambda: ((self.place,), self._text("reason")),
            "WAIVE": self._waiver,
            "OBSTACLE": self._obstacle,
            "NOTE": self._note,
            "PROFILE": self._profile,
        }
        return Entry(COMMANDS[kind], make[kind]())

    def _on(self) -> date:
        return self._typed_day("on") or self.day or date.min

    def _until(self) -> date:
        return self._typed_day("until") or date.min

    def _assessment(self) -> tuple[Any, ...]:
        conditions = self.conditions.conditions() if "conditions" in self._shown() else ()
        sections = {code: self._text(f"section.{code}") for code in AREA_SECTION}
        result = self._chosen("result") or ""
        return (AssessmentForm(self.place, self._on(), self._until(), result, self._text("org"), sections, conditions),)

    def _answer(self) -> tuple[Any, ...]:
        concern = self._text("concern") if "concern" in self._shown() else ""
        return (
            SafeguardForm(
                place=self.place,
                safeguard=self._chosen("safeguard") or "",
                state=self._chosen("state") or "",
                on=self._on(),
                org=self._text("org"),
                until=self._typed_day("until"),
                reason=self._text("reason"),
                concerns=(concern,) if concern else (),
            ),
        )

    def _plan_form(self) -> tuple[Any, ...]:
        return (
            PlanForm(
                place=self.place,
                title=self._text("title"),
                group=self._text("group"),
                on=self._on(),
                org=self._text("org"),
                until=self._typed_day("until"),
                agreed=self._chosen("agreed") == "Y",
            ),
        )

    def _action(self) -> tuple[Any, ...]:
        due = self._typed_day("due") or date.min
        return self.plan or "", ActionForm(self._text("text"), self._text("owner"), due)

    def _waiver(self) -> tuple[Any, ...]:
        ticks = self._edits["waived"]
        ticked = ticks.ticked if isinstance(ticks, TickGroup) else ()
        return (WaiverForm((self.place,), ticked, self._text("reason"), self._until()),)

    def _obstacle(self) -> tuple[Any, ...]:
        topic, level = self._chosen("topic") or "", self._chosen("level") or ""
        return (ObstacleForm(self.place, topic, level, self._text("text"), self._text("org")),)

    def _note(self) -> tuple[Any, ...]:
        kind, topic = self._chosen("kind") or "", self._chosen("topic") or ""
        families = int(self._text("families") or 0)
        return (NoteForm(self.place, kind, topic, self._text("text"), self._text("org"), families),)

    def _profile(self) -> tuple[Any, ...]:
        return self.place, self._chosen("severity"), self._chosen("hotspot") == "Y", self._text("group")


_WITH_ORG: Final = ("ASSESS", "ANSWER", "PLAN", "OBSTACLE", "NOTE")
_SECTIONS: Final = frozenset(f"section.{code}" for code in AREA_SECTION if code != "OTHER")
_NEEDED: Final[dict[str, frozenset[str]]] = {
    "ASSESS": frozenset({"result", "org", "until", "conditions"}) | _SECTIONS,
    "ANSWER": frozenset({"safeguard", "state", "org"}),
    "PLAN": frozenset({"title", "agreed", "org"}),
    "ACTION": frozenset({"text", "owner", "due"}),
    "ALERT": frozenset({"reason"}),
    "WAIVE": frozenset({"waived", "reason", "until"}),
    "OBSTACLE": frozenset({"topic", "level", "text", "org"}),
    "NOTE": frozenset({"kind", "topic", "text", "org"}),
    "PROFILE": frozenset({"severity", "hotspot"}),
}
