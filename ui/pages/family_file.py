"""A family's file: the head, the question that is open, and below them the parts that a table names.

The next right step is one key away; sensitive lines stay closed until a key opens them. Opening a file leaves an
audit entry. What is sealed is not here, and nothing here tells whether anything was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget

from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import queries
from helpdesk.households.queries import HouseholdFile
from ui.drafts import Draft
from ui.forms.file_beside import Asking, Beside, beside
from ui.forms.file_cards import HeadCard, NotAskedCard
from ui.forms.file_column import FileColumn
from ui.forms.file_household import BarriersPart, ConsentsPart, PapersPart, PeoplePart, ReachPart, WishesPart
from ui.forms.file_money import GrantsPart, VouchersPart
from ui.forms.file_paper import CardPart, HistoryPart
from ui.forms.file_part import Family, FilePart, PartPlace
from ui.forms.file_typing import QUESTION, TypingPlace
from ui.forms.in_list import InList
from ui.forms.places import Places
from ui.forms.questions import question
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.widgets.words import button

FORMS: Final = ("profiling", "intention", "barriers")
FIRST_PARTS: Final = tuple(map(PartPlace, (PeoplePart, ReachPart, WishesPart, BarriersPart)))
"""Who they are and what they want: the parts every file begins with."""
LAST_PARTS: Final = tuple(map(PartPlace, (ConsentsPart, PapersPart, CardPart, GrantsPart, VouchersPart, HistoryPart)))
"""What they agreed to, hold and got, and what happened: the parts every file ends with."""


class FamilyFile(Page):
    """Opened with a household's id, or with an :class:`InList`."""

    name: ClassVar[str] = "family"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"household", "person", "consent", "displacement", "intention", "barriers", "paper", "vulnerability", "card",
         "voucher", "payment", "bundle"}
    )  # fmt: skip

    def __init__(
        self,
        around: Surroundings,
        parts: Sequence[PartPlace] = (*FIRST_PARTS, *LAST_PARTS),
        lead: Sequence[PartPlace] = (),
    ) -> None:
        self._table, self._lead = parts, lead
        super().__init__(around)

    def build(self) -> None:
        """Head, the place for the question that is open, and the column of parts."""
        words, look = self.words, self.look
        self.file: HouseholdFile | None = None
        self._beside: Beside | None = None
        self._fresh = False
        self._in_list: InList | None = None
        self.places = Places(look, load_gazetteer)
        self.head = HeadCard(look)
        self.typing = TypingPlace(look)
        self.typing.moved.connect(self.show_head)
        self.typing.opened.connect(self.keep_in_view)
        self.typing.left.connect(self._keys_back)
        self.not_asked = NotAskedCard(look, self.ask)
        self.lead = FileColumn(self.around, self._lead, at_once=True)
        self.column = FileColumn(self.around, self._table)
        self._columns = (self.lead, self.column)
        for column in self._columns:
            column.made.connect(self._listen)
            column.scrolled_in(self._scroll)
        self.sections = button(words("Parts of the file (F3)"), look, name="sections")
        self.sections.setMenu(QMenu(self.sections))
        self.papers = QMenu(self)
        self.papers.setObjectName("papers")
        self.beside_title.addWidget(self.sections)
        for widget in (self.head, self.lead, self.typing, self.not_asked, self.column):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _listen(self, part: FilePart) -> None:
        part.asked.connect(self.typing.open)
        part.typed.connect(self._part_moved)
        part.jumped.connect(self.jump)
        part.questioned.connect(self.ask)
        part.spoken.connect(self.say)
        part.failed.connect(self.show_failure)
        part.began.connect(self.show_running)

    def _part_moved(self) -> None:
        self.show_head()
        if self._fresh:
            self._fresh = False
            QTimer.singleShot(0, self, self._begin_at_top)

    def _begin_at_top(self) -> None:
        # the way stands above everything and comes a moment later: the file begins with it
        if self.typing.asking is None and self._scroll is not None:
            self.focus_first()
            self._scroll.verticalScrollBar().setValue(0)

    def title(self) -> str:
        """The page's title."""
        return self.words("Family's file")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Everything about one family. What is not asked yet stands at the top; each opens its question, and "
            "Ctrl+Enter saves the answer. Phones, notes and papers stay closed until you open them. F3 lists the parts "
            "of the file and leads to each. F6 prints the card. Ctrl and an arrow lead to the next family of the list."
        )

    def main_action(self) -> Action | None:
        """Save the open question; else the next right step."""
        file = getattr(self, "file", None)
        if file is None:
            return None
        words = self.words
        if self.typing.asking is not None:
            return Action(words("Save"), self._save, "save", self.typing.lacking())
        open_questions = file.not_asked()
        if file.card is None:
            return Action(words("Issue the card"), self._issue_card, "card")
        step = self.lead.next_step() or self.column.next_step()
        if step is not None:
            return Action(step.text, partial(_call, step.act), "forward", step.missing)
        if open_questions:
            return Action(words("Ask what is missing"), self._ask_next, "forward")
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Open a family's file; the audit log keeps that it was opened."""
        self._in_list = subject if isinstance(subject, InList) else None
        self.subject = subject = subject.household if isinstance(subject, InList) else subject
        self.typing.close_piece()
        self.file = None
        self._fresh = True
        self._show_all(False)
        for column in self._columns:
            column.forget()
        if isinstance(subject, str) and subject:
            for column in self._columns:
                column.open(subject)
            self._list_sections()
            self.write(queries.open_file, subject, then=self._opened)
            self.read(beside, subject, then=self._know_beside, newest="beside")

    def step(self, by: int) -> None:
        """The next or the previous family of the list this one was opened from."""
        neighbour = self._in_list.neighbour(by) if self._in_list is not None else None
        if neighbour is not None:
            self.around.go("family", neighbour)

    def concerns(self, kinds: frozenset[str]) -> bool:
        """Whether the head or a part shows one of these kinds."""
        return super().concerns(kinds) or any(column.concerns(kinds) for column in self._columns)

    def heed(self, kinds: frozenset[str]) -> None:
        """Kinds of records have changed: only what shows them is read again."""
        if super().concerns(kinds):
            self.refresh()
        for column in self._columns:
            column.heed(kinds)

    def refresh(self) -> None:
        """Read the file again; no second entry in the audit log."""
        if isinstance(self.subject, str) and self.subject:
            self.read(_again, self.subject, then=self._know_again, newest="file")

    def _show_all(self, shown: bool) -> None:
        for widget in (self.head, self.not_asked, self.sections):
            widget.setVisible(shown)
        if not shown:
            for column in self._columns:
                column.hide()

    def _opened(self, file: HouseholdFile) -> None:
        if file.id == self.subject:
            self.file = file

    def _know_beside(self, found: Beside) -> None:
        if self.file is None:
            return
        self._know(self.file, found)
        for form in FORMS:
            self.around.drafts.load(form, self.file.id, self._resume, self)
        QTimer.singleShot(0, self, self.focus_first)

    def _know_again(self, found: tuple[HouseholdFile, Beside]) -> None:
        if found[0].id == self.subject:
            self._know(*found)
            if self.typing.asking is None and not self._has_keys():
                self._keys_back()

    def _know(self, file: HouseholdFile, found: Beside) -> None:
        self.file, self._beside = file, found
        if found.now.places:
            self.places.use(load_gazetteer().with_added(found.now.places))
        self._show_all(True)
        self.head.tell(file)
        self.not_asked.tell(file.not_asked())
        family = Family(file, found, self.places)
        for column in self._columns:
            column.know(family)
        self.show_head()

    # the parts

    def _list_sections(self) -> None:
        menu = self.sections.menu()
        menu.clear()
        for number, (name, title) in enumerate(self.column.titles(), start=1):
            mark = f"&{number}  " if number < 10 else ""
            act = menu.addAction(f"{mark}{title}")
            act.setObjectName(f"section.{name}")
            act.triggered.connect(partial(self.jump, name))

    def sections_pressed(self) -> None:
        """F3: the list of parts; a digit or an arrow and Enter leads to one."""
        if self.sections.isVisible():
            menu = self.sections.menu()
            menu.popup(self.sections.mapToGlobal(self.sections.rect().bottomLeft()))
            menu.setActiveAction(menu.actions()[0])

    def jump(self, name: str, *_: object) -> None:
        """Go to a part of the file."""
        self.column.jump(name)

    # asking

    def _ask_next(self) -> None:
        if self.file is not None and self.file.not_asked():
            self.ask(self.file.not_asked()[0])

    def ask(self, code: str) -> None:
        """Open the question for what is not asked yet, or to ask it again."""
        if self.file is None:
            return
        made = question(self.look, self.places, self.file, code)
        draft = self.draft(made.form, self.file.id)
        self.typing.open(Asking(made.part, made.acts, self._say_saved, draft), code)
        if draft.get(QUESTION) == code:
            made.part.show_kept(draft.get)

    def _resume(self, draft: Draft) -> None:
        # a question that was being answered when the power went, or when somebody left the file, goes on
        if self.file is not None and self.file.id == draft.key and not self.typing.asking and draft.get(QUESTION):
            self.ask(draft.get(QUESTION))

    def _save(self) -> None:
        self.typing.save(self.write, self.show_failure)

    def _say_saved(self, _: Any) -> None:
        self.say("good", self.words("Saved."))

    def _has_keys(self) -> bool:
        focused: QWidget | None = self.focusWidget()
        return focused is not None and focused.isVisibleTo(self)

    def _keys_back(self) -> None:
        back = self.findChild(QWidget, self.typing.came_from) if self.typing.came_from else None
        if back is not None and back.isVisibleTo(self):
            back.setFocus()
        else:
            self.focus_first()

    # papers

    def _issue_card(self) -> None:
        card = self.column.part(CardPart.name)
        if isinstance(card, CardPart):
            card.print_card()

    def print_pressed(self) -> None:
        """F6: the family's card; once its way has begun, the list of papers with the card as the first."""
        of_the_way = self.lead.printable()
        if not of_the_way:
            self._issue_card()
            return
        card = self.column.part(CardPart.name)
        first = list(card.printable()) if card is not None else []
        others = [act for act in self.column.printable() if act[0] not in {name for name, _ in first}]
        self.papers.clear()
        for number, (name, act) in enumerate((*first, *of_the_way, *others), start=1):
            line = self.papers.addAction(f"&{number}  {name}" if number < 10 else name)
            line.triggered.connect(partial(_call, act))
        self.papers.popup(self.mapToGlobal(self.sections.geometry().bottomLeft()))
        self.papers.setActiveAction(self.papers.actions()[0])


def _call(act: Callable[[], object], *_: object) -> None:
    act()


def _again(view: View, household: str) -> tuple[HouseholdFile, Beside]:
    return queries.family_file(view, household), beside(view, household)
