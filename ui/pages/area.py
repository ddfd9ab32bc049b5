"""One place of return: how it stands, what was found there, plan, obstacles and waivers, and recording more of it.

What may be recorded depends on the desk's side and the role; the commands refuse, and the page offers no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.assistance.services.codes import SECTOR
from helpdesk.assistance.services.directory import OfferShown, directory
from helpdesk.core.language import isolate
from helpdesk.desk.commands import View
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.areas import commands, queries
from helpdesk.journey.areas.codes import AREA_SAFEGUARD, AREA_SECTION
from helpdesk.journey.areas.queries import PlaceFile
from helpdesk.journey.areas.standing import gazetteer_of
from helpdesk.printing.areas import place_pdf, plan_pdf
from ui.forms.area_record import COMMANDS, KINDS, RecordPart
from ui.forms.part import Missing
from ui.pages.base import Action, Page
from ui.printing import Paper
from ui.widgets.fields import NameEdit
from ui.widgets.reading import Rows
from ui.widgets.words import Card, button, clear, label

_NEXT: Final = {"OPEN": "STARTED", "STARTED": "DONE"}
_WIDER: Final = {"AREA": "GOVERNORATE", "GOVERNORATE": "NATIONAL"}


@dataclass(frozen=True)
class _Found:
    file: PlaceFile
    places: Gazetteer
    services: tuple[OfferShown, ...]


class Area(Page):
    """Opened with the id of a place."""

    name: ClassVar[str] = "area"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"area_standing", "area_waiver", "area_action", "area_obstacle", "area_obstacle_step", "area_note", "bundle"}
    )

    def build(self) -> None:
        """The standing first, then recording, then what is known."""
        words, look = self.words, self.look
        self._found: _Found | None = None
        self.verdict = label("", role="head", name="areaVerdict")
        self.standing = Rows(look, name="areaStanding")
        self.part = RecordPart(look, [code for code in KINDS if self.around.may(COMMANDS[code])])
        self.part.moved.connect(self.show_head)
        self.reason = NameEdit(look, "areaReason", longest=400)
        self.reason.setAccessibleName(words("Why, or what was done"))
        self.reason.setPlaceholderText(words("why, or what was done"))
        stands = Card(look, words("How the place stands"), "areaStands")
        stands.add(self.verdict)
        stands.add(self.standing)
        papers = QHBoxLayout()
        papers.addWidget(button(words("Print the summary"), look, self.print_pressed, icon_name="print",
                                name="areaPrint"))  # fmt: skip
        papers.addWidget(button(words("Print the action plan"), look, self._print_plan, icon_name="print",
                                name="areaPrintPlan"))  # fmt: skip
        papers.addStretch(1)
        stands.inside.addLayout(papers)
        self._acts = Card(look, words("What waits"), "areaActs")
        self._act_rows = QVBoxLayout()
        self._acts.inside.addLayout(self._act_rows)
        self._acts.add(self.reason)
        self.known = Card(look, words("What was found"), "areaKnown")
        self.known_rows = Rows(look, name="areaFound")
        self.known.add(self.known_rows)
        self.services = Card(look, words("Who does what here"), "areaServices")
        self.service_rows = Rows(look, name="areaServiceRows")
        self.services.add(self.service_rows)
        for card in (stands, self._acts, self.part, self.known, self.services):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def title(self) -> str:
        """The name of the place."""
        found = getattr(self, "_found", None)
        if found is None:
            return self.words("Place of return")
        return isolate(found.places.shown(found.file.place, self.words.language))

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "What is said here holds for everybody who is to move to this place, and comes from the places it lies in "
            "where nothing nearer is recorded. Choose what to record, fill it in and press Ctrl+Enter. A waiver holds "
            "once a second person confirmed it; that a place is not acceptable nobody can waive."
        )

    def main_action(self) -> Action | None:
        """Record what was typed."""
        if not hasattr(self, "part"):
            return None
        missing = self._missing_parts()
        lacking = self.words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        return Action(self.words("Record"), self._save, "check", lacking)

    def _missing_parts(self) -> list[Missing]:
        return self.part.missing()

    def first_field(self) -> QWidget | None:
        """Choosing what to record."""
        return self.part.kinds

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a place."""
        if subject != self.subject:
            self._found = None
            self.part.forget()
        self.subject = subject
        self.refresh()

    def refresh(self) -> None:
        """Read the place again; what is being typed stays."""
        if isinstance(self.subject, str):
            self.read(_read, self.subject, then=self._show, newest="place")

    def _show(self, found: _Found) -> None:
        self._found = found
        file = found.file
        plan = next((one.id for one in file.plans if one.plan.state != "ENDED"), None)
        self.part.begin(file.place, file.day, plan)
        self._show_standing(file)
        self._show_acts(file)
        self.known_rows.show_rows(self._known(file))
        self.known.setVisible(bool(self._known(file)))
        self.service_rows.show_rows(self._offers(found))
        self.services.setVisible(bool(found.services))
        self.show_head()

    def _show_standing(self, file: PlaceFile) -> None:
        words, standing = self.words, file.standing
        if standing.missing:
            said = words("People may not be helped to move there yet.")
        elif standing.until is None:
            said = words("People may be helped to move there.")
        else:
            said = words("People may be helped to move there until {day}.", day=words.date(standing.until))
        self.verdict.setText(said)
        self.verdict.setProperty("tone", "careful" if standing.missing else "good")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        whys: dict[str, list[str]] = {}
        for code, why in standing.missing:
            whys.setdefault(code, []).append(words.label("area_why", why))
        rows = []
        for code in AREA_SAFEGUARD:
            good = words("waived by two people") if code in standing.waived else words("holds")
            rows.append((words.label("area_safeguard", code), "; ".join(whys.get(code, [good]))))
        if file.profile is not None and file.profile.severity:
            rows.append((words("Severity of conditions"), words.label("area_severity", file.profile.severity)))
        if file.profile is not None:
            rows.append((words("Coordination group"), file.profile.group))
        self.standing.show_rows(rows)

    def _known(self, file: PlaceFile) -> list[tuple[str, str]]:
        words = self.words
        rows: list[tuple[str, str]] = []
        for _, assessment in file.assessments[:1]:
            result = words.label("area_result", assessment.result)
            rows.append((words("Assessed on {day}", day=words.date(assessment.on)), result))
            rows += [(words.label(AREA_SECTION.name, code), assessment.sections.get(code, "")) for code in AREA_SECTION]
            rows += [
                (words("Condition, due {day}", day=words.date(one.due)), one.text) for one in assessment.conditions
            ]
        for _, safeguard in file.safeguards:
            state = words.label("area_state", safeguard.state)
            rows.append((words.label("area_safeguard", safeguard.safeguard), f"{state}, {words.date(safeguard.on)}"))
            rows += [(words("Concern of the host community"), concern) for concern in safeguard.concerns]
        for one in file.obstacles:
            level = words.label("obstacle_level", one.obstacle.level)
            rows.append((words("Obstacle, {level}", level=level), one.obstacle.text))
            rows += [(words("Done on {day}", day=words.date(step.on)), step.text) for step in one.steps]
        rows += [(words.label("area_note", note.kind), note.text) for note in file.notes]
        return rows

    def _offers(self, found: _Found) -> list[tuple[str, str]]:
        told = ((one.offer.sector, one.offer.provider, one.offer.what) for one in found.services)
        return [(self.words.label(SECTOR.name, sector), f"{provider}: {what}") for sector, provider, what in told]

    def _show_acts(self, file: PlaceFile) -> None:
        words, may = self.words, self.around.may
        clear(self._act_rows)
        for alert_id, alert in file.alerts:
            if alert.lifted_on is None:
                said = words("Alert since {day}: {why}", day=words.date(alert.on), why=isolate(alert.reason))
                self._act(said, words("Lift the alert"), partial(self._lift, alert_id), may(commands.lift_alert))
        for one in file.waivers:
            if one.waiver.state != "PROPOSED" or one.waiver.until < file.day:
                continue
            codes = words.listed(words.label("area_safeguard", code) for code in one.waiver.safeguards)
            said = words("Waiver: {what}. Why: {why}", what=codes, why=isolate(one.waiver.reason))
            if one.confirmed:
                self._act(said, words("Withdraw it"), partial(self._unwaive, one.id), may(commands.withdraw_waiver))
            else:
                allowed = may(commands.confirm_waivers) and not one.own
                self._act(said, words("Confirm the waiver"), partial(self._confirm, one.id), allowed)
        self._show_conditions(file)
        self._show_plans(file)
        self._show_obstacles(file)
        self._acts.setVisible(self._act_rows.count() > 0)

    def _show_conditions(self, file: PlaceFile) -> None:
        words = self.words
        for record, assessment in file.assessments:
            for one in assessment.conditions:
                if one.met_on is None and not assessment.void:
                    said = words("Condition, due {day}: {text}", day=words.date(one.due), text=isolate(one.text))
                    met = partial(self._meet, record, one.text)
                    self._act(said, words("It is met"), met, self.around.may(commands.meet_condition))

    def _show_plans(self, file: PlaceFile) -> None:
        words, may = self.words, self.around.may
        for plan in file.plans:
            if plan.plan.state == "DRAFT":
                said = words("Draft of a plan: {title}", title=isolate(plan.plan.title))
                self._act(said, words("It is agreed"), partial(self._agree, plan.id), may(commands.move_plan))
            for action_id, action in plan.actions:
                if action.state in _NEXT and plan.plan.state != "ENDED":
                    said = words("{text} ({who}, due {day})", text=isolate(action.text), who=isolate(action.owner),
                                 day=words.date(action.due))  # fmt: skip
                    after = _NEXT[action.state]
                    self._act(said, words.label("action_state", after), partial(self._move, action_id, after), True)

    def _show_obstacles(self, file: PlaceFile) -> None:
        words, allowed = self.words, self.around.may(commands.step_obstacle)
        for one in file.obstacles:
            obstacle = one.obstacle
            if obstacle.state == "CLOSED":
                continue
            level = words.label("obstacle_level", obstacle.level)
            said = words("Obstacle ({level}): {text}", level=level, text=isolate(obstacle.text))
            self._act(said, words("Write in its log"), partial(self._step, one.id, obstacle.org), allowed)
            if obstacle.level in _WIDER:
                up = words("Hand it up: {level}", level=words.label("obstacle_level", _WIDER[obstacle.level]))
                self._act("", up, partial(self._step, one.id, obstacle.org, _WIDER[obstacle.level]), allowed)
            self._act("", words("It is solved"), partial(self._step, one.id, obstacle.org, None, "CLOSED"), allowed)

    def _act(self, said: str, what: str, act: Any, allowed: bool) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(said), 1)
        if allowed:
            made = button(what, self.look, act, name=f"areaAct{self._act_rows.count()}")
            made.setAccessibleDescription(said)
            line.addWidget(made)
        self._act_rows.addWidget(row)

    # writing

    def _save(self) -> None:
        entry = self.part.entry()
        self.write(entry.command, *entry.arguments, then=partial(self._saved, entry.command))

    def _saved(self, command: Any, record: Any) -> None:
        self.part.forget()
        may_void = command in (commands.assess, commands.answer) and self.around.may(commands.void)
        back = (self.words("Take it back"), partial(self._void, record)) if may_void else None
        self.say("good", self.words("Recorded."), back)
        self.refresh()

    def _void(self, record: str) -> None:
        self.quiet()
        self.write(commands.void, record, self.words("Taken back right after it was recorded."), then=self._done)

    def _done(self, _: Any = None) -> None:
        self.reason.clear()
        self.say("good", self.words("Recorded."))
        self.refresh()

    def _lift(self, alert: str) -> None:
        self.write(commands.lift_alert, alert, self.reason.value(), then=self._done)

    def _confirm(self, waiver: str) -> None:
        self.write(commands.confirm_waivers, (waiver,), then=self._done)

    def _unwaive(self, waiver: str) -> None:
        self.write(commands.withdraw_waiver, waiver, then=self._done)

    def _agree(self, plan: str) -> None:
        self.write(commands.move_plan, plan, "AGREED", then=self._done)

    def _move(self, action: str, state: str) -> None:
        self.write(commands.move_action, action, state, self.reason.value(), then=self._done)

    def _meet(self, assessment: str, text: str) -> None:
        self.write(commands.meet_condition, assessment, text, then=self._done)

    def _step(self, obstacle: str, org: str, level: str | None = None, state: str | None = None) -> None:
        # the organisation that wrote the obstacle goes on writing its log, unless the command line says another
        self.write(commands.step_obstacle, obstacle, self.reason.value(), org, level, state, then=self._done)

    # papers

    def print_pressed(self) -> None:
        """F6: the summary."""
        if self._found is not None:
            pdf = place_pdf(self.words, self._found.file, self._found.places, practice=self.around.seat.practice)
            self.around.go("paper", Paper(self.words("Place of return: summary"), pdf))

    def _print_plan(self) -> None:
        if self._found is not None:
            pdf = plan_pdf(self.words, self._found.file, self._found.places, practice=self.around.seat.practice)
            self.around.go("paper", Paper(self.words("Joint action plan"), pdf))


def _read(view: View, place: str) -> _Found:
    return _Found(queries.place_of(view, place), gazetteer_of(view.connection), directory(view, place))
