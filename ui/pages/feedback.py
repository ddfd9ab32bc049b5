"""Feedback: what waits for an answer, taking down what somebody says, messages of files, boxes opened by two.

Nothing that is typed here goes into a draft. Of a sealed record the page knows its number and the centre's word.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from helpdesk.assistance.feedback import boxes, commands, messages, queries
from helpdesk.assistance.feedback.codes import CLOSED_TYPE, FINISHED
from helpdesk.assistance.feedback.message_file import FileRead, read_messages
from helpdesk.assistance.feedback.numbers import as_number, shown
from helpdesk.core.language import isolate_ltr
from helpdesk.core.progress import Progress
from helpdesk.desk.commands import View
from helpdesk.households.cards import household_of
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.feedback_papers import answer_paper, forms_paper, poster_paper, receipt_paper
from ui.forms.feedback_pieces import (
    AnswerPart,
    AppealPart,
    FeedbackCard,
    FeedbackShown,
    FormsPart,
    OpenBoxPart,
    PassOnPart,
    feedback_shown,
)
from ui.forms.feedback_tables import BOXES, LISTS, MESSAGES, RECORDS, FeedbackTables
from ui.forms.feedback_take import NOTHING_WRITTEN, Start, TakePart
from ui.forms.file_beside import Asking
from ui.forms.file_typing import TypingPlace
from ui.pages.base import Action, Page
from ui.widgets.fields import DigitEdit, Field
from ui.widgets.words import button
from ui.work import AnyDesk


class FeedbackPage(Page):
    """Opened with nothing, a list, an id, or ``("family", household id, number)`` to take something down."""

    name: ClassVar[str] = "feedback"
    shows: ClassVar[frozenset[str]] = frozenset({"feedback", "box_opening", "bundle"})

    def build(self) -> None:
        """What is typed or read above; the lists below."""
        words, look = self.words, self.look
        self._now: DeskNow | None = None
        self._side = ""
        self.typing = TypingPlace(look)
        self.typing.moved.connect(self._arrange)
        self.typing.opened.connect(self.keep_in_view)
        self.card = FeedbackCard(look)
        self.number = DigitEdit(look, "findFeedback", longest=12)
        self.number.typed.connect(self._look_up)
        self.number_field = Field(look, words("Look up a number"), self.number, hint=words("Twelve digits."))
        self.lists = FeedbackTables(look, self.read)
        self.lists.chosen.connect(self._ask)
        self.lists.opened.connect(self._opened)
        for widget in (self.typing, self.card, self.lists, self._acts(), self.number_field):
            self.body.addWidget(widget)
        self.body.addStretch(0)
        self._arrange()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.load_file = button(words("Load messages"), look, self._pick_file, icon_name="receive", name="loadMessages")
        self.discard = button(words("Nothing to take down"), look, self._discard, name="discardMessage")
        self.new_box = button(words("A box was opened"), look, self._note_box, icon_name="add", name="newBox")
        self.forms = button(words("Print forms"), look, self._ask_forms, icon_name="print", name="printForms")
        self.poster = button(words("Print the poster"), look, self._print_poster, icon_name="print", name="printPoster")
        self.services = button(
            words("List of services"), look, self._services, kind="link", icon_name="forward", name="services"
        )
        for widget in (self.load_file, self.discard, self.new_box, self.forms, self.poster):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.services)
        return self.acts

    def title(self) -> str:
        """The page's title."""
        return self.words("Feedback")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Ctrl+Enter takes down what somebody says; Enter on a line opens it to be answered. A sensitive complaint "
            "is sealed for the centre at saving: afterwards this desk knows its number and nothing else, and the "
            "centre's word on it stands under that number. After violence or abuse write nothing: give the list of "
            "services. Messages of files and papers of boxes wait here until somebody has read them."
        )

    def first_field(self) -> QWidget | None:
        """The choice of a list."""
        return self.lists.choice

    def main_action(self) -> Action | None:
        """Save what is typed; else take something down."""
        if not hasattr(self, "number_field") or not self.around.may(commands.record):
            return None
        words, asking = self.words, self.typing.asking
        if asking is None:
            return Action(words("Take down feedback"), self._take_new, "add")
        if isinstance(asking.part, FormsPart):
            return Action(words("Print forms"), self._print_forms, "print", self.typing.lacking())
        closed = isinstance(asking.part, TakePart) and asking.part.is_sealed
        return Action(words("Seal and save") if closed else words("Save"), self._save, "save", self.typing.lacking())

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list, one record, or begin with a family."""
        self.subject = subject
        self._leave()
        self.card.show_one(None, [])
        if isinstance(subject, str) and subject in LISTS:
            self.lists.choice.choose(subject)
        elif isinstance(subject, str):
            self._open_one(subject)
        self.read(_known, then=self._know, newest="now")
        self._ask()

    def _know(self, known: tuple[DeskNow, str]) -> None:
        self._now, self._side = known
        if isinstance(self.subject, tuple) and self.subject[0] == "family":
            _, household, number = self.subject
            self.subject = None
            self._take(Start(self._side, self._now.day, household, number))

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        self._ask()
        if self.card.shown is not None:
            self._open_one(self.card.shown.id)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """What was to be sealed does not wait on a page that nobody looks at."""
        part = self.typing.asking.part if self.typing.asking is not None else None
        if not event.spontaneous() and isinstance(part, TakePart) and part.is_sealed:
            self._leave()
        super().hideEvent(event)

    def _arrange(self) -> None:
        typing, which = self.typing.asking is not None, self.lists.which
        for widget in (self.lists, self.number_field, self.acts):
            widget.setVisible(not typing)
        self.card.setVisible(self.card.shown is not None and not typing)
        may = self.around.may(commands.record)
        for act, lists in (
            (self.load_file, (MESSAGES,)),
            (self.discard, (MESSAGES,)),
            (self.new_box, (BOXES,)),
            (self.forms, RECORDS),
            (self.poster, RECORDS),
        ):
            act.setVisible(may and which in lists)
        self.show_head()

    def _ask(self) -> None:
        self._arrange()
        self.lists.ask()

    def _opened(self, which: str, one: str) -> None:
        if which == MESSAGES:
            self._take_message(one)
        elif which == BOXES:
            self._open_box(one)
        else:
            self._open_one(one)

    def _look_up(self, typed: str) -> None:
        number = as_number(typed)
        if number is not None:
            self.quiet()
            self.read(queries.by_number, number, then=self._open_one, newest="find")

    # one record

    def _open_one(self, feedback: str) -> None:
        self.read(feedback_shown, feedback, then=self._show_one, newest="one")

    def _show_one(self, one: FeedbackShown) -> None:
        words, found = self.words, one.feedback
        acts: list[tuple[str, str, Callable[[], object]]] = []
        if found.type != CLOSED_TYPE and self.around.may(commands.answer):
            if found.status not in FINISHED:
                acts.append(("answerOne", words("Answer"), partial(self._answer, one)))
                acts.append(("passOn", words("Pass on"), partial(self._pass_on, one)))
            if found.status == "ANSWERED":
                if not found.told:
                    acts.append(("toldOne", words("The person was told"), partial(self._do, commands.tell, one.id)))
                acts.append(("closeOne", words("Close"), partial(self._do, commands.close, one.id)))
            if found.status in FINISHED:
                acts.append(("appealOne", words("The answer is not accepted"), partial(self._appeal, one)))
                acts.append(("printAnswer", words("Print the answer"), partial(self._print_answer, one)))
        acts.append(("printReceipt", words("Print the receipt"), partial(self._print_receipt, one)))
        if found.household is not None:
            acts.append(
                ("openFamily", words("Open the family's file"), partial(self.around.go, "family", found.household))
            )
        self.card.show_one(one, acts)
        self._arrange()
        self.keep_in_view(self.card)

    def _answer(self, one: FeedbackShown) -> None:
        part = AnswerPart(self.look, one.feedback)
        self._open_part(
            Asking(
                part, lambda: (commands.answer, one.id, part.text.value(), part.told.chosen == "Y"), self._said_saved
            )
        )

    def _pass_on(self, one: FeedbackShown) -> None:
        part = PassOnPart(self.look)
        self._open_part(Asking(part, lambda: (commands.assign, one.id, None, part.to.value()), self._said_saved))

    def _appeal(self, one: FeedbackShown) -> None:
        part = AppealPart(self.look)
        self._open_part(Asking(part, lambda: (commands.appeal, one.id, part.why.value()), self._said_saved))

    def _do(self, command: Callable[..., Any], *arguments: Any) -> None:
        self.write(command, *arguments, then=self._said_saved)

    def _said_saved(self, _: Any = None) -> None:
        self.say("good", self.words("Saved."))

    # taking down

    def _take_new(self) -> None:
        if self._now is not None:
            self._take(Start(self._side, self._now.day))

    def _take(self, start: Start) -> None:
        part = TakePart(self.look, start)
        part.services.connect(self._services)
        self.card.show_one(None, [])
        self._open_part(Asking(part, lambda: (commands.record, part.entry()), partial(self._taken, part)))

    def _open_part(self, asking: Asking) -> None:
        self.quiet()
        self.typing.open(asking)

    def _leave(self) -> None:
        part = self.typing.asking.part if self.typing.asking is not None else None
        if isinstance(part, TakePart):
            part.forget()
        self.typing.close_piece()

    def _save(self) -> None:
        asking = self.typing.asking
        if asking is None:
            return
        part = asking.part
        if isinstance(part, TakePart) and part.family_number():
            self.read(
                household_of, part.family_number(), then=lambda found: self._write(commands.record, part.entry(found))
            )
        else:
            self._write(*asking.acts())

    def _write(self, command: Callable[..., Any], *arguments: Any) -> None:
        self.write(command, *arguments, then=self._written, failed=self._failed)

    def _written(self, result: Any) -> None:
        part = self.typing.asking.part if self.typing.asking is not None else None
        if isinstance(part, TakePart):
            part.forget()
        asking = self.typing.saved()
        if asking is not None and asking.then is not None:
            asking.then(result)
        self._ask()

    def _failed(self, error: Exception) -> None:
        if not self.typing.refused(error):
            self.show_failure(error)

    def _taken(self, part: TakePart, taken: commands.Taken) -> None:
        words = self.words
        if part.kind.chosen == NOTHING_WRITTEN:
            self.say("info", words("Give the list of services now."), (words("List of services"), self._services))
        number = isolate_ltr(shown(taken.number))
        said = (
            words("Sealed under the number {number}. Nobody at this desk can read it again.", number=number)
            if taken.sealed
            else words("Taken down under the number {number}.", number=number)
        )
        self.say("good", said, (words("Print the receipt"), partial(self._receipt, taken)))

    # papers

    def _receipt(self, taken: commands.Taken) -> None:
        self._paper(receipt_paper, taken.number, taken.received_on, taken.ask_from)

    def _print_receipt(self, one: FeedbackShown) -> None:
        found = one.feedback
        self._paper(receipt_paper, found.number, found.received_on, commands.ask_from(found))

    def _print_answer(self, one: FeedbackShown) -> None:
        self._paper(answer_paper, one.feedback)

    def _print_poster(self) -> None:
        self._paper(poster_paper)

    def _ask_forms(self) -> None:
        self._open_part(Asking(FormsPart(self.look), tuple))

    def _print_forms(self) -> None:
        part = self.typing.asking.part if self.typing.asking is not None else None
        if isinstance(part, FormsPart):
            count = int(part.count.value())
            self.typing.close_piece()
            self._paper(forms_paper, count)

    def _paper(self, made: Callable[..., Any], *about: Any) -> None:
        if self._now is not None:
            self.around.go("paper", made(self.words, *about, self._now, practice=self.around.seat.practice))

    def _services(self) -> None:
        self.around.go("services", "DIRECTORY")

    # messages and boxes

    def _pick_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.words("Load messages"), filter="*.csv *.xlsx *.txt",
            options=QFileDialog.Option.DontUseNativeDialog,
        )  # fmt: skip
        if chosen:
            self.load_messages(Path(chosen))

    def load_messages(self, path: Path) -> None:
        """Load a file of messages into the tray and say what was wrong in it."""
        self.long(partial(_load, path), then=self._loaded, title=self.words("Load messages"))

    def _loaded(self, result: tuple[messages.Loaded, FileRead]) -> None:
        words, (loaded, read) = self.words, result
        new = words.plural("{n} message waits to be read.", "{n} messages wait to be read.", loaded.new)
        self.say("good" if not read.problems else "careful", f"{new}  {words('Loaded before: {n}', n=loaded.known)}")
        self.lists.tell_problems(read.problems)
        self._ask()

    def _take_message(self, source: str) -> None:
        if self._now is not None:
            start = Start(self._side, self._now.day)
            self.read(
                messages.message, source, then=lambda found: self._take(Start(start.side, start.day, message=found))
            )

    def _discard(self) -> None:
        picked = self.lists.picked()
        if picked is not None:
            self._do(messages.discard, picked)

    def _note_box(self) -> None:
        part = OpenBoxPart(self.look)
        self._open_part(
            Asking(part, lambda: (boxes.open_box, part.place.value(), int(part.papers.value())), self._box_noted)
        )

    def _box_noted(self, _: str) -> None:
        self.say("good", self.words("Noted. The second person signs in and confirms the count with Enter on its line."))

    def _open_box(self, opening: str) -> None:
        box = self.lists.boxes.get(opening)
        if box is None or self._now is None:
            return
        if box.opening.confirmed_by is not None:
            self._take(Start(self._side, self._now.day, opening=opening))
            return
        part = OpenBoxPart(self.look, box)
        self._open_part(Asking(part, lambda: (boxes.confirm_box, opening, int(part.papers.value())), self._said_saved))


def _known(view: View) -> tuple[DeskNow, str]:
    return desk_now(view), view.bundle.desk.side if view.bundle is not None else ""


def _load(path: Path, desk: AnyDesk, progress: Progress) -> tuple[messages.Loaded, FileRead]:
    read = read_messages(path, desk.ask(_day), "SMS")
    return desk.do(messages.load, read.messages), read


def _day(view: View) -> Any:
    return view.day
