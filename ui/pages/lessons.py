"""Lessons and problems to share with partners: written here, read by a supervisor, then printed or saved without names.

Nothing leaves that a supervisor has not read, and no place below a district.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.core.errors import Refusal
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.codes import PHASE, SIDE
from helpdesk.journey.engagement import codes, lessons
from helpdesk.journey.engagement.forms import LessonForm
from helpdesk.journey.engagement.lessons import LessonLine
from helpdesk.reports.exporting import Form, form_of, written
from helpdesk.reports.lessons import lessons_table
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.engagement_papers import lessons_paper
from ui.forms.places import Places
from ui.forms.save_as import ask_where, put
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import Field, NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import Card, button, label

LONGEST = 1_000


class Lessons(Page):
    """Opened with nothing."""

    name: ClassVar[str] = "lessons"
    shows: ClassVar[frozenset[str]] = frozenset({"lesson"})

    def build(self) -> None:
        """What is written above, what was written below."""
        look, words = self.look, self.words
        self._lines: dict[str, LessonLine] = {}
        self.places = Places(look, load_gazetteer)
        self.kind = ChoiceRow(look, "lessonKind", words("Kind"), entries_of(look, codes.LESSON))
        self.side = ChoiceRow(look, "lessonSide", words("Where"), entries_of(look, SIDE))
        self.phase = ChoiceRow(look, "lessonPhase", words("Phase of the work"), entries_of(look, PHASE), columns=2)
        self.place = self.places.picker("lessonPlace", words("District"), ("district",))
        self.text = NameEdit(look, "lessonText", longest=LONGEST)
        card = Card(look, words("Write one down"), "lessonCard")
        card.add(Field(look, words("The lesson or problem, without names"), self.text, required=True))
        card.add(Field(look, words("Kind"), self.kind, required=True))
        card.add(Field(look, words("Where"), self.side, required=True))
        card.add(Field(look, words("Phase of the work"), self.phase, required=True))
        card.add(Field(look, words("District"), self.place))
        self.states = ChoiceRow(
            look, "lessonStates", words("Which lessons"), entries_of(look, codes.LESSON_STATE, ("WRITTEN", "SHAREABLE"))
        )
        self.states.choose("WRITTEN")
        self.told = label("", role="quiet", name="lessonsTold")
        self.table = PagedTable(look, "lessonsTable", words("Lessons and problems"), self._columns(), self._fetch)
        self.table.setMinimumHeight(look.size(200))
        self.whole = label("", name="lessonWhole")
        for widget in (card, self.states, self.told):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.whole)
        self.body.addWidget(self._acts())
        self.table.picked.connect(lambda _: self._pick())
        self.states.changed.connect(lambda _: self._ask())
        self.text.typed.connect(lambda _: self.show_head())
        for choice in (self.kind, self.side, self.phase):
            choice.changed.connect(lambda _: self.show_head())
        self._pick()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.share = button(words("Read: it names nobody"), look, self._share, icon_name="check", name="lessonShare")
        self.drop = button(words("Drop it"), look, self._drop, kind="stop", name="lessonDrop")
        self.paper = button(
            words("Print what can be shared"), look, self.print_pressed, icon_name="print", name="lessonsPaper"
        )
        self.keep = button(words("Save what can be shared as a file"), look, self._save, name="lessonsSave")
        row.addWidget(self.share)
        row.addWidget(self.paper)
        row.addWidget(self.keep)
        row.addStretch(1)
        row.addWidget(self.drop)
        return acts

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Day"), 170, lambda line: words.date(line.on)),
            Column(words("Kind"), 100, lambda line: words.label(codes.LESSON.name, line.kind)),
            Column(words("Words"), 0, lambda line: line.text),
            Column(words("Look again"), 260, self._doubts, tone=lambda _: "careful"),
        ]

    def _doubts(self, line: LessonLine) -> str:
        return self.words.listed(self.words.label(codes.DOUBT.name, doubt) for doubt in line.doubts)

    def title(self) -> str:
        """The page's title."""
        return self.words("Lessons and problems")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Write what others should know, without names, numbers or camps. A supervisor reads each one; only what "
            "was read can be printed and shared. Words that look like a telephone or a registered name are pointed out."
        )

    def first_field(self) -> QWidget | None:
        """Writing comes first."""
        return self.text

    def main_action(self) -> Action | None:
        """Save what was written."""
        if not hasattr(self, "share"):
            return None
        words = self.words
        asked = (
            (not self.text.value(), words("the words")),
            (self.kind.chosen is None, words("the kind")),
            (self.side.chosen is None, words("where")),
            (self.phase.chosen is None, words("the phase")),
        )
        missing = next((what for lacks, what in asked if lacks), "")
        lacking = words("Still to ask: {what}.", what=missing) if missing else ""
        return Action(words("Write it down"), self._note, "save", lacking)

    def open(self, subject: Any = None) -> None:
        """Show what nobody has read yet."""
        self.subject = subject
        self.read(desk_now, then=self._know, newest="now")
        self._ask()

    def _know(self, now: DeskNow) -> None:
        self.places.use(load_gazetteer().with_added(now.places))

    def refresh(self) -> None:
        """Read the list again."""
        self._ask()

    def _ask(self) -> None:
        self.read(lessons.lesson_ids, self.states.chosen, then=self._show, newest="rows")

    def _show(self, ids: Sequence[str]) -> None:
        words = self.words
        self.table.show_ids(ids)
        none = words("Nothing waits to be read.") if self.states.chosen == "WRITTEN" else words("Nothing to share yet.")
        self.told.setText(words.plural("{n} text", "{n} texts", len(ids)) if ids else none)
        self._pick()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: dict[str, LessonLine]) -> None:
            self._lines.update(found)
            then([found[one] for one in ids if one in found])
            self._pick()

        self.read(lessons.lesson_lines, tuple(ids), then=take)

    def _picked(self) -> LessonLine | None:
        picked = self.table.picked_id()
        return self._lines.get(picked) if picked is not None else None

    def _pick(self) -> None:
        line = self._picked()
        self.whole.setText(line.text if line else "")
        self.whole.setVisible(line is not None)
        self.share.setVisible(line is not None and line.state == "WRITTEN" and self.around.may(lessons.share))
        self.drop.setVisible(line is not None and self.around.may(lessons.drop))

    def _note(self) -> None:
        form = LessonForm(
            kind=self.kind.chosen or "",
            side=self.side.chosen or "",
            phase=self.phase.chosen or "",
            text=self.text.value(),
            place=self.place.value().place_id,
        )
        self.write(lessons.note, form, then=self._noted)

    def _noted(self, line: LessonLine) -> None:
        self.text.clear()
        if line.doubts:
            said = self.words("Look again before it is shared: {doubts}", doubts=self._doubts(line))
            self.say("careful", said)
        else:
            self.say("good", self.words("Saved. A supervisor reads it before it is shared."))

    def _share(self) -> None:
        line = self._picked()
        if line is not None:
            self.write(lessons.share, line.id)

    def _drop(self) -> None:
        line = self._picked()
        if line is not None:
            self.write(lessons.drop, line.id)

    def print_pressed(self) -> None:
        """F6: what can be shared."""
        self.read(lessons.shareable, then=self._paper)

    def _paper(self, found: Sequence[LessonLine]) -> None:
        practice = self.around.seat.practice
        self.around.go("paper", lessons_paper(self.words, found, self.places.all, practice=practice))

    def _save(self) -> None:
        path = ask_where(self, self.words("Save what can be shared, not encrypted"), "lessons")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Let what was read leave as a file; its ending says in which form."""
        try:
            form = form_of(path.suffix)
        except Refusal as refusal:
            self.show_failure(refusal)
            return
        self.read(lessons.shareable, then=partial(self._write, path, form))

    def _write(self, path: Path, form: Form, found: Sequence[LessonLine]) -> None:
        self.quiet()
        if not found:
            self.say("careful", self.words("Nothing to share yet: a supervisor reads each text before."))
            return
        practice = self.around.seat.practice
        data = written(lessons_table(found, self.places.all, self.words), form, self.words, practice=practice)
        self.around.work.apart(self, partial(put, path, data), then=partial(self._saved, len(found)))

    def _saved(self, count: int, path: Path) -> None:
        self.say("good", self.words.plural("{n} text is saved as {file}.", "{n} texts are saved as {file}.", count,
                                           file=path.name))  # fmt: skip
