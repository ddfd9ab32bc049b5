"""The calls of one family in its file: when they are due, what was tried, how they ended, and what must be done.

Answers stay closed until a key opens them; a call itself is made on the page of calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from helpdesk.desk.commands import View
from helpdesk.journey.monitoring import commands, queries
from helpdesk.journey.monitoring.codes import BY_CODE, OUTCOME, QUESTION, ROUND, STANDING, STATE, TASK
from helpdesk.journey.monitoring.documents import Call, Task
from helpdesk.journey.monitoring.queries import SEPARATOR
from helpdesk.journey.monitoring.rules import Round, durability
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act, Lines
from ui.forms.file_part import FilePart
from ui.forms.part import Missing, Part
from ui.theme import Look
from ui.widgets.closed import ClosedRows
from ui.widgets.day import DayEdit
from ui.widgets.fields import NameEdit

DOT = "  \u00b7  "
RETURNEE = "RET"


@dataclass(frozen=True)
class CallsShown:
    """What is read for the part."""

    schedule: tuple[tuple[Round, str], ...]
    calls: tuple[tuple[str, Call], ...]
    tasks: tuple[tuple[str, Task], ...]
    open_round: str | None


def calls_shown(view: View, household: str) -> CallsShown:
    """The calls of one family."""
    return CallsShown(
        queries.schedule(view, household),
        queries.calls_of(view, household),
        queries.tasks_of(view, household),
        queries.open_round(view, household),
    )


class ReturnPart(Part):
    """When a recent returnee came back: its calls are counted from this day."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("When they came back"), "returned")
        self.on = DayEdit(look, "returned.on")
        field = self.field("from_on", self.words("Day"), self.on, required=True)
        self.on.told.connect(field.say)
        self.add(field)
        self.on.typed.connect(lambda _: self.changed.emit("on", ""))

    def missing(self) -> list[Missing]:
        """The day."""
        return [] if self.on.day() is not None else [Missing(self.words("the day"), self.on)]

    def day(self) -> date:
        """The day they came back."""
        found = self.on.day()
        if found is None:
            raise RuntimeError("no day")
        return found


class DonePart(Part):
    """What was done about a task of 24 hours."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("What was done"), "taskDone")
        self.done = NameEdit(look, "task.done", longest=200)
        self.add(self.field("done", self.words("What was done"), self.done, required=True))
        self.done.typed.connect(lambda _: self.changed.emit("done", ""))

    def missing(self) -> list[Missing]:
        """What was done."""
        return [] if self.done.value() else [Missing(self.words("what was done"), self.done)]


class CallsPart(FilePart):
    """The three rounds, the answers behind a key, and open tasks."""

    name: ClassVar[str] = "callsPart"
    shows: ClassVar[frozenset[str]] = frozenset({"call", "call_attempt", "task", "returned", "case"})

    def title(self) -> str:
        """The heading."""
        return self.words("Calls after arrival")

    def build(self) -> None:
        """Rounds, answers, tasks."""
        self._shown: CallsShown | None = None
        self.rounds = Lines(self.look, "callRounds")
        self.answers = ClosedRows(self.look, "callAnswers", self.words("what was answered"))
        self.tasks = Lines(self.look, "callTasks")
        for widget in (self.rounds, self.answers, self.tasks):
            self.add(widget)

    def refresh(self) -> None:
        """Read again."""
        self.read(calls_shown, self.household, then=self._show, newest="calls")

    def _show(self, shown: CallsShown) -> None:
        self._shown = shown
        words = self.words
        by_round = {call.round: call for _, call in shown.calls}
        lines: list[tuple[str, Act | None]] = []
        for one, state in shown.schedule:
            call = by_round.get(one.code)
            act: Act | None = None
            if one.code == shown.open_round:
                act = (words("Call"), partial(self.around.go, "calls", f"{self.household}{SEPARATOR}{one.code}"))
            lines.append((self._line(one, state, call), act))
        acts: list[Act] = []
        population = self.family.file.household.population if self.family is not None else ""
        if population == RETURNEE and self.around.may(commands.returned):
            acts.append((words("Say when they came back"), self._ask_return))
        self.rounds.tell(lines, acts, words("No call is due: no arrival is recorded."))
        told = [row for call in by_round.values() for row in self._answers(call)]
        self.answers.tell(told)
        self.answers.setVisible(bool(told))
        self._show_tasks(shown)

    def _line(self, one: Round, state: str, call: Call | None) -> str:
        words = self.words
        listed = STATE.name if state in STATE else STANDING.name
        parts = [words.label(ROUND.name, one.code), words.date(one.due), words.label(listed, state)]
        if call is not None and call.on is not None:
            parts.append(words.label(OUTCOME.name, durability(call.state, call.answers)))
        return DOT.join(parts)

    def _answers(self, call: Call) -> list[tuple[str, str | None]]:
        words = self.words
        head = [(words.label(ROUND.name, call.round), words.date(call.on))] if call.on is not None else []
        return [*head, *(
            (words.label(QUESTION.name, code), words.label(BY_CODE[code].answers.name, answer))
            for code, answer in call.answers.items()
            if code in BY_CODE
        )]  # fmt: skip

    def _show_tasks(self, shown: CallsShown) -> None:
        words = self.words
        lines: list[tuple[str, Act | None]] = []
        for task_id, task in shown.tasks:
            if task.done_at is None:
                finish: Act = (words("Finish"), partial(self._ask_done, task_id))
                lines.append((words("Within 24 hours: {what}", what=words.label(TASK.name, task.reason)), finish))
        self.tasks.tell(lines)

    def _ask_return(self) -> None:
        part = ReturnPart(self.look)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (commands.returned, self.household, part.day()), self.say_saved))

    def _ask_done(self, task_id: str) -> None:
        part = DonePart(self.look)
        part.changed.connect(lambda *_: self.typed.emit())
        self.ask(Asking(part, lambda: (commands.finish, task_id, part.done.value()), self.say_saved))
