"""Calls: which are due, overdue or promised, what must be done within 24 hours, and one call as one column.

Lists show a number, a round and days. "Safe to talk?" stands before every question, and F7 ends the call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.casework.calling import FinishedCall, finish_call
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.journey.monitoring import commands, queries
from helpdesk.journey.monitoring.codes import RESULT, ROUND, STANDING, TASK
from helpdesk.journey.monitoring.queries import SEPARATOR, CallLine, TaskLine
from ui.drafts import Draft
from ui.forms.call_papers import call_list_paper
from ui.forms.call_sheet import CallPart, OneCall, due_shown, one_call
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.scanned import family_of
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.closed import ClosedRows
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.scan import ScanTarget
from ui.widgets.words import button, label

TASKS: Final = "TASKS"
FORM: Final = "call"
"""The form of a call's draft; its key is ``household:round``."""


class Calls(Page):
    """Opened with nothing, a worklist, ``TASKS``, a household's id, or ``household:round``."""

    name: ClassVar[str] = "calls"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"call", "call_attempt", "task", "returned", "case", "consent", "household"}
    )  # fmt: skip

    def build(self) -> None:
        """A scan target, the lists with their tables, and the call that is open."""
        words = self.words
        self._now: DeskNow | None = None
        self._ids: Sequence[str] = ()
        self._draft: Draft | None = None
        self.target = ScanTarget(self.look)
        self.target.scanned.connect(self._scanned)
        self.call = CallPart(self.look)
        self.call.moved.connect(self._moved)
        self.call.changed.connect(self._keep)
        self.lists = ChoiceRow(
            self.look, "callLists", words("Which calls"),
            [*entries_of(self.look, queries.WORKLIST), (TASKS, words("Within 24 hours"))],
        )  # fmt: skip
        self.lists.choose("ALL")
        self.lists.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="callCount")
        self.table = PagedTable(self.look, "callsTable", words("Calls"), self._columns(), self._fetch)
        self.table.opened.connect(self._open_line)
        self.tasks = PagedTable(self.look, "tasksTable", words("Within 24 hours"), self._task_columns(), self._tasks)
        self.tasks.picked.connect(self._pick_task)
        self.tasks.opened.connect(self._open_task)
        for widget in (self.target, self.call, self.lists, self.told):
            self.body.addWidget(widget)
        for table in (self.table, self.tasks):
            table.setMinimumHeight(self.look.size(280))
            self.body.addWidget(table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.call.end)
        self.foot.addLayout(end)
        self._moved()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.print_list = button(
            words("Print this list (F6)"), look, self.print_pressed, icon_name="print", name="printCalls"
        )
        self.lose = button(words("Give this family up for this round"), look, self._lose, kind="stop", name="loseCall")
        self.reason = NameEdit(look, "taskDone", longest=200)
        self.reason.setAccessibleName(words("What was done"))
        self.reason.setPlaceholderText(words("what was done"))
        self.finish = button(words("Finish this task"), look, self._finish, name="finishTask")
        self.why = ClosedRows(look, "taskWhy", words("why"))
        for widget in (self.print_list, self.lose, self.why, self.reason, self.finish):
            row.addWidget(widget, 1 if widget is self.reason else 0)
        row.addStretch(0)
        return self.acts

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Number"), 150, lambda c: household_number_shown(c.number), ltr=True),
            Column(words("Round"), 180, lambda c: words.label(ROUND.name, c.round)),
            Column(words("Stands"), 120, lambda c: words.label(STANDING.name, c.standing), tone=_tone),
            Column(words("Due"), 170, lambda c: words.date(c.due)),
            Column(words("Tried"), 80, lambda c: words.digits(c.attempts) if c.attempts else ""),
            Column(words("Last time"), 0, lambda c: words.label(RESULT.name, c.last_result) if c.last_result else ""),
            Column(words("Call again on"), 170, lambda c: words.date(c.callback_on) if c.callback_on else ""),
        ]

    def _task_columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Number"), 150, lambda t: household_number_shown(t.number), ltr=True),
            Column(words("To be done by"), 0, lambda t: due_shown(self.look, t.due_at)),
            Column(words("Stands"), 140, lambda t: words("overdue") if t.late else words("due"), tone=_late),
        ]

    def title(self) -> str:
        """The page's title."""
        return self.words("Calls")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Enter on a line opens the call. Open the numbers, call, and ask first whether it is safe to talk; without "
            "a yes there are no questions. F7 ends the call at any moment: everything closes, and what was answered "
            "is kept to be recorded. Questions nobody else should see open on a key and close by themselves. F6 prints "
            "the list: numbers, no names."
        )

    def first_field(self) -> QWidget | None:
        """The open call, else the list."""
        return self.call.closed.toggle if self.call.call is not None else self.table

    def main_action(self) -> Action | None:
        """Record the call that is open, else open the one that is picked."""
        if not hasattr(self, "acts"):
            return None
        words = self.words
        if self.call.call is not None:
            missing = self.call.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Record this call"), self._save, "save", lacking)
        if self._is_tasks:
            return None
        lacking = "" if self._ids else words("No call is open in this list.")
        return Action(words("Call this family"), self._open_picked, "forward", lacking)

    @property
    def _is_tasks(self) -> bool:
        return self.lists.chosen == TASKS

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list, or open a call."""
        self.subject = subject
        self.call.forget()
        self.read(desk_now, then=self._know_desk, newest="now")
        if subject in (*queries.WORKLIST, TASKS):
            self.lists.choose(subject)
        elif isinstance(subject, str) and SEPARATOR in subject:
            household, _, code = subject.partition(SEPARATOR)
            self._begin(household, code)
        elif isinstance(subject, str) and subject:
            self.read(_round_of, subject, then=self._begin_round, newest="round")
        self._ask()

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now

    def refresh(self) -> None:
        """Read the lists again; a call that is open stays."""
        self._ask()

    def _ask(self) -> None:
        if self._is_tasks:
            self.read(queries.task_ids, then=self._show_tasks, newest="rows")
        else:
            self.read(queries.call_ids, self.lists.chosen or "ALL", then=self._show, newest="rows")
        self._moved()

    def _show(self, ids: Sequence[str]) -> None:
        self._ids = ids
        words = self.words
        none = words("No call waits here. Calls come a week, three months and nine months after an arrival.")
        self.told.setText(words.plural("{n} call", "{n} calls", len(ids)) if ids else none)
        self.table.show_ids(ids)
        self._moved()

    def _show_tasks(self, ids: Sequence[str]) -> None:
        self._ids = ids
        words = self.words
        none = words("Nothing must be done within 24 hours.")
        self.told.setText(words.plural("{n} task", "{n} tasks", len(ids)) if ids else none)
        self.tasks.show_ids(ids)
        self._moved()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(lines: dict[str, CallLine]) -> None:
            then([lines[one] for one in ids if one in lines])

        self.read(queries.call_lines, tuple(ids), then=take)

    def _tasks(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(lines: dict[str, TaskLine]) -> None:
            then([lines[one] for one in ids if one in lines])

        self.read(queries.task_lines, tuple(ids), then=take)

    def _moved(self) -> None:
        if not hasattr(self, "acts"):
            return
        calling, tasks = self.call.call is not None, self._is_tasks
        for widget in (self.target, self.lists, self.told, self.acts):
            widget.setVisible(not calling)
        self.call.end.setVisible(calling)
        self.table.setVisible(not calling and not tasks)
        self.tasks.setVisible(not calling and tasks)
        self.print_list.setVisible(not tasks)
        self.lose.setVisible(not tasks and bool(self._ids) and self.around.may(commands.lose))
        for widget in (self.why, self.reason, self.finish):
            widget.setVisible(tasks and bool(self._ids))
        self.show_head()

    # one call

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a family to call."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(family_of, digits, then=self._find_round)

    def _find_round(self, household: str) -> None:
        self.read(_round_of, household, then=self._begin_round, newest="round")

    def _begin_round(self, found: tuple[str, str | None]) -> None:
        household, code = found
        if code is None:
            self.say("careful", self.words("No call is open for this family today."))
            return
        self._begin(household, code)

    def _open_picked(self) -> None:
        picked = self.table.picked_id()
        if picked is not None:
            self._open_line(picked)

    def _open_line(self, line: str) -> None:
        def begin(lines: dict[str, CallLine]) -> None:
            if line in lines:
                self._begin(lines[line].household, lines[line].round)

        self.read(queries.call_lines, (line,), then=begin, newest="line")

    def _begin(self, household: str, code: str) -> None:
        self.quiet()
        self.read(one_call, household, code, then=self._load, newest="call")

    def _load(self, call: OneCall) -> None:
        key = f"{call.sheet.household}{SEPARATOR}{call.sheet.round}"
        self.around.drafts.load(FORM, key, partial(self._begun, call), self)

    def _begun(self, call: OneCall, draft: Draft) -> None:
        self._draft = draft
        self.call.show_call(call, draft.get)
        if not call.sheet.consented:
            self.say("stop", self.words("They did not agree to be called. Do not call them."))

    def _keep(self, name: str, value: str) -> None:
        if self._draft is not None:
            self._draft.set(name, value)
        self.show_head()

    def _save(self) -> None:
        part = self.call
        self.write(
            finish_call, part.form(), part.opened(), part.told_ends(),
            then=partial(self._saved, part.leaves_referral),
        )  # fmt: skip

    def _saved(self, left_referral: bool, done: FinishedCall) -> None:
        household = self.call.call.sheet.household if self.call.call is not None else ""
        if self._draft is not None:
            self._draft.drop()
        self._draft = None
        self.call.forget()
        words = self.words
        file = (words("Open the file"), partial(self.around.go, "family", household))
        if left_referral:
            self.say("careful", words("The referral was not opened: nobody of the family itself was reached."), file)
        if done.referrals:
            said = words("The referral is opened. Ask in the file what the provider may be told, then send it.")
            self.say("good", said, file)
        if any(reason != "CENTRE" for reason in done.recorded.tasks):  # that every call is sent on says nothing
            self.say(
                "stop", words("Recorded. Something must be done within 24 hours."),
                (words("Show it"), partial(self.around.go, "calls", TASKS)),
            )  # fmt: skip
        elif not done.referrals:
            refer = (words("Refer this family"), partial(self.around.go, "family", household))
            self.say("good", words("Recorded."), refer)

    def end_pressed(self) -> None:
        """F7 ends the call."""
        if self.call.call is not None:
            self.call.end_call()

    # lists

    def print_pressed(self) -> None:
        """F6: the list on paper, numbers alone."""
        if self.call.call is None and not self._is_tasks and self._ids:
            self.write(queries.print_list, tuple(self._ids), then=self._printed)

    def _printed(self, listed: Sequence[queries.ListedCall]) -> None:
        if self._now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", call_list_paper(self.words, listed, self._now.day, practice=practice))

    def _lose(self) -> None:
        picked = self.table.picked_id()
        if picked is None:
            return

        def begin(lines: dict[str, CallLine]) -> None:
            if picked in lines:
                line = lines[picked]
                said = self.words("Given up for this round. The next one is called again.")
                self.write(commands.lose, line.household, line.round, then=lambda _: self._say_done(said))

        self.read(queries.call_lines, (picked,), then=begin, newest="line")

    def _open_task(self, task: str) -> None:
        self._with_task(task, lambda line: self.around.go("family", line.household))

    def _pick_task(self, task: str) -> None:
        self.reason.clear()
        self.why.tell(())

        def tell(line: TaskLine) -> None:
            self.why.tell([(self.words("Why"), self.words.label(TASK.name, line.reason))])

        self._with_task(task, tell)

    def _with_task(self, task: str, then: Callable[[TaskLine], object]) -> None:
        def take(lines: dict[str, TaskLine]) -> None:
            if task in lines:
                then(lines[task])

        self.read(queries.task_lines, (task,), then=take, newest="task")

    def _finish(self) -> None:
        picked = self.tasks.picked_id()
        if picked is not None:
            said = self.words("Finished.")
            self.write(commands.finish, picked, self.reason.value(), then=lambda _: self._say_done(said))

    def _say_done(self, said: str) -> None:
        self.reason.clear()
        self.say("good", said)


def _round_of(view: View, household: str) -> tuple[str, str | None]:
    return household, queries.open_round(view, household)


def _tone(line: CallLine) -> str:
    return "stop" if line.standing == "OVERDUE" else "ink"


def _late(line: TaskLine) -> str:
    return "stop" if line.late else "careful"
