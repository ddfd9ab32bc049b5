"""Movements: those to come, past ones, and the plan of a new one. One movement opens on its own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.core.language import N_
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import paper_forms
from helpdesk.households.documents import PlaceAnswer
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.departures import queries
from helpdesk.journey.departures.codes import MODE, MOVEMENT_STATE
from helpdesk.journey.departures.planning import list_families, plan
from helpdesk.journey.departures.queries import MovementLine
from ui.forms.movement_chosen import Chosen, Planned
from ui.forms.movement_plan import MovementPart
from ui.forms.places import Places
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, label

_WHICH: Final = {"TO_COME": N_("To come"), "PAST": N_("Past"), "ALL": N_("All")}


class Convoys(Page):
    """Opened with nothing, with "new" to plan one, or with the families that one is planned for (:class:`Chosen`)."""

    name: ClassVar[str] = "convoys"
    shows: ClassVar[frozenset[str]] = frozenset({"movement", "movement_line", "movement_closing"})

    def build(self) -> None:
        """The plan, the choice of the list, the list."""
        words = self.words
        self.places = Places(self.look, load_gazetteer)
        self._chosen: tuple[str, ...] = ()
        self.part = MovementPart(self.look, self.places)
        self.part.moved.connect(self._moved)
        self.for_whom = QWidget()
        self.chosen = label("", name="plannedFor")
        row = QHBoxLayout(self.for_whom)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.chosen, 1)
        row.addWidget(button(words("Plan without them"), self.look, self._forget_chosen, kind="link", name="planAlone"))
        self.for_whom.hide()
        self.which = ChoiceRow(
            self.look,
            "whichMovements",
            words("Which movements"),
            [(code, words(said)) for code, said in _WHICH.items()],
        )
        self.which.choose("TO_COME")
        self.which.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="movementCount")
        self.incident = label("", tone="stop", name="movementIncident")
        self.incident.hide()
        self.table = PagedTable(self.look, "movementsTable", words("Movements"), self._columns(), self._fetch)
        self.table.setMinimumHeight(self.look.size(320))
        self.table.opened.connect(lambda movement: self.around.go("convoy", movement))
        for widget in (self.for_whom, self.part, self.which, self.incident, self.told):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Day"), 190, lambda line: words.date(line.day)),
            Column(words("Movement"), 110, lambda line: paper_forms.shown(line.number), ltr=True),
            Column(words("How they travel"), 230, lambda line: words.label(MODE.name, line.mode)),
            Column(words("Where to"), 0, self._destination),
            Column(words("Families"), 90, lambda line: words.digits(line.families)),
            Column(words("People"), 80, lambda line: words.digits(line.people)),
            Column(words("Have left"), 90, lambda line: words.digits(line.departed) if line.departed else ""),
            Column(words("State"), 120, self._state, tone=lambda line: "stop" if line.twice else "ink"),
        ]

    def _destination(self, line: MovementLine) -> str:
        return self.places.name(PlaceAnswer(place_id=line.destination)) if line.destination else ""

    def _state(self, line: MovementLine) -> str:
        return self.words("Closed twice") if line.twice else self.words.label(MOVEMENT_STATE.name, line.state)

    def title(self) -> str:
        """The page's title."""
        return self.words("Movements")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Plan a movement, then open it to list families, tell authorities, give families the day and scan them in. "
            "Enter opens a movement."
        )

    def first_field(self) -> QWidget | None:
        """The plan's day, else the list."""
        return self.part.day if self.part.is_open else self.table

    def main_action(self) -> Action | None:
        """Plan a movement; save the plan."""
        if not hasattr(self, "table") or not self.around.may(plan):
            return None
        words = self.words
        if not self.part.is_open:
            return Action(words("Plan a movement"), self.part.begin, "add")
        missing = self.part.missing()
        lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        return Action(words("Save the plan"), self._save, "check", lacking)

    def open(self, subject: Any = None) -> None:
        """Show the list, or begin a plan."""
        self.subject = subject
        self._chosen = subject.households if isinstance(subject, Chosen) else ()
        if (subject == "new" or self._chosen) and self.around.may(plan):
            self.part.begin()
        else:
            self.part.forget()
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown."""
        self._ask()

    def _moved(self) -> None:
        planning = self.part.is_open
        for widget in (self.which, self.told, self.table):
            widget.setVisible(not planning)
        self.for_whom.setVisible(planning and bool(self._chosen))
        if self._chosen:
            self.chosen.setText(self.words.plural(
                "{n} family of the worklist goes on its list, if it goes there.",
                "{n} families of the worklist go on its list, if they go there.", len(self._chosen),
            ))  # fmt: skip
        self.show_head()

    def _forget_chosen(self) -> None:
        self._chosen = ()
        self._moved()
        self.part.day.setFocus()

    def _ask(self) -> None:
        self.read(queries.movements, self.which.chosen or "TO_COME", then=self._show, newest="rows")
        self.read(queries.incidents, then=self._tell_incidents, newest="incidents")

    def _show(self, ids: Sequence[str]) -> None:
        words = self.words
        self.table.show_ids(ids)
        self.told.setText(
            words.plural("{n} movement", "{n} movements", len(ids))
            if ids
            else words("No movement is here. Plan one: families that are ready can be listed on it.")
        )

    def _tell_incidents(self, found: Sequence[queries.Incident]) -> None:
        words = self.words
        said = [
            words(
                "{thing}: {count}",
                thing=words.label("movement_incident", one.code),
                count=paper_forms.shown(one.number),
            )
            for one in found
        ]
        self.incident.setText("\n".join(dict.fromkeys(said)))
        self.incident.setVisible(bool(said))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(lines: dict[str, MovementLine]) -> None:
            then([lines[one] for one in ids if one in lines])

        self.read(queries.movement_lines, tuple(ids), then=take)

    def _save(self) -> None:
        self.write(plan, self.part.plan(), then=self._planned)

    def _planned(self, movement: str) -> None:
        chosen, self._chosen = self._chosen, ()
        self.part.forget()
        if chosen:
            self.read(queries.ready_families, movement, then=partial(self._list, movement, chosen))
        else:
            self.around.go("convoy", movement)

    def _list(self, movement: str, chosen: Sequence[str], ready: Sequence[str]) -> None:
        # whoever goes to another place, or was listed since, is not taken along unasked
        going = tuple(one for one in chosen if one in set(ready))
        elsewhere = len(chosen) - len(going)

        def listed(refused: Sequence[NotNow]) -> None:
            self.around.go("convoy", Planned(movement, elsewhere, tuple(refused)))

        if going:
            self.write(list_families, movement, going, then=listed)
        else:
            listed(())
