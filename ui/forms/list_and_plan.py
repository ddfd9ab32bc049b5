"""What sessions and visits have in common: their list, the form of one with its draft, and the one that is open.

One of the three is seen. The page hands over queries, commands and words (:class:`Planning`), puts its own controls
beside the common ones, and does what belongs to its own kind of thing; reading and writing run through the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.core.codes import CodeList
from ui.drafts import Draft
from ui.forms.kept_part import KeptPart
from ui.surroundings import Surroundings
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.paged_table import PagedTable
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, label

NEW: Final = "new"
"""Subject of the page, and key of the draft, of one that is not planned yet."""
ALL: Final = "ALL"


class Host(Protocol):
    """What of a page is needed."""

    around: Surroundings
    look: Look

    def read(self, query: Callable[..., Any], *args: Any, then: Any, newest: str = "", failed: Any = None) -> None:
        """Run a query."""

    def write(self, command: Callable[..., Any], *args: Any, then: Any = None, failed: Any = None) -> None:
        """Run a command."""

    def show_head(self) -> None:
        """The main action may have changed."""

    def focus_first(self) -> None:
        """Put the keys where the page begins."""

    def show_failure(self, error: Exception) -> None:
        """Say what went wrong."""

    def show_running(self, running: Any) -> None:
        """Show long work."""


@dataclass(frozen=True)
class Said:
    """The words of one kind of thing that is planned, in the language of the window."""

    which: str
    list: str
    back: str
    why: str
    why_hint: str
    cancel: str
    nothing: str
    count: Callable[[int], str]


@dataclass(frozen=True)
class One:
    """What is open: its id, its state, and what its form says of it, by the names of the form's controls."""

    id: str
    state: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Planning:
    """One kind of thing that is planned; ``name`` begins the object names and is the form of its drafts.

    ``ids(view, state or None)``, ``lines(view, ids)`` and ``one(view, id)`` are queries, the others commands.
    ``facts`` of what ``one`` gives; ``fresh`` the answers that a new one begins with.
    """

    name: str
    states: CodeList
    ids: Callable[..., Any]
    lines: Callable[..., Any]
    one: Callable[..., Any]
    plan: Callable[..., Any]
    change: Callable[..., Any]
    cancel: Callable[..., Any]
    facts: Callable[[Any], One]
    fresh: Callable[[date], Mapping[str, str]]
    open_states: Sequence[str]
    """States in which it may be changed and cancelled."""
    said: Said


class ListAndPlan(QWidget):
    """See the module. ``opened`` hands over what the query ``one`` gave, at first and each time it is read again."""

    opened = Signal(object)
    closed = Signal()
    """The one that was open is closed, or another is opened: what was typed about it is to be forgotten."""
    arranged = Signal()
    """Another of the three is seen, or its state changed: the page shows and hides its own controls."""

    def __init__(
        self, host: Host, planning: Planning, columns: Sequence[Column], part: KeptPart, room: QWidget,
        acts: Sequence[QWidget], beside: Sequence[QWidget] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self._host, self._planning = host, planning
        self._draft: Draft | None = None
        self._changing = ""
        self._worth_keeping = False
        self._today: date | None = None
        self.one: One | None = None
        look, said, name = host.look, planning.said, planning.name
        words = look.words
        self.states = ChoiceRow(
            look, f"{name}States", said.which, [(ALL, words("All")), *entries_of(look, planning.states)]
        )
        self.states.choose(ALL)
        self.states.changed.connect(lambda _: self.ask())
        self.told = label("", role="quiet", name=f"{name}sTold")
        self.table = PagedTable(look, f"{name}sTable", said.list, columns, self._fetch)
        self.table.setMinimumHeight(look.size(360))
        self.table.opened.connect(self.open_one)
        self.part, self.room = part, room
        part.moved.connect(host.show_head)
        part.changed.connect(self._keep)
        part.left.connect(self._give_up)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.size(12))
        for widget in (self.states, self.told, part, room):
            whole.addWidget(widget)
        whole.addWidget(self.table, 1)
        whole.addLayout(self._acts(acts, beside))
        whole.addStretch(0)

    def _acts(self, acts: Sequence[QWidget], beside: Sequence[QWidget]) -> QHBoxLayout:
        look, said, name = self._host.look, self._planning.said, self._planning.name
        self.back = button(said.back, look, self.close_one, kind="link", name=f"{name}sBack")
        self.change = button(look.words("Change"), look, self._change, name=f"{name}Change")
        self.reason = NameEdit(look, f"{name}Reason", longest=200)
        self.reason.setAccessibleName(said.why)
        self.reason.setPlaceholderText(said.why_hint)
        self.cancel = button(said.cancel, look, self._cancel, kind="stop", name=f"{name}Cancel")
        row = QHBoxLayout()
        for widget in (self.back, *acts, self.change):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in beside:
            row.addWidget(widget)
        row.addWidget(self.reason, 1)
        row.addWidget(self.cancel)
        return row

    # which of the three is seen

    @property
    def is_typing(self) -> bool:
        """Whether the form is seen."""
        return not self.part.isHidden()

    @property
    def is_inside(self) -> bool:
        """Whether the one that is open is seen."""
        return self.one is not None and not self.is_typing

    @property
    def is_list(self) -> bool:
        """Whether the list is seen."""
        return self.one is None and not self.is_typing

    def arrange(self) -> None:
        """Show what belongs to the one of the three that is seen."""
        inside, may, planning = self.is_inside, self._host.around.may, self._planning
        is_open = inside and self.one is not None and self.one.state in planning.open_states
        _show((self.states, self.told, self.table), self.is_list)
        _show((self.room, self.back), inside)
        _show((self.change,), is_open and may(planning.change))
        _show((self.reason, self.cancel), is_open and may(planning.cancel))
        self.arranged.emit()
        self._host.show_head()

    def first_field(self, target: QWidget) -> QWidget:
        """The form's first control, the room's ``target``, or the list."""
        if self.is_typing:
            return self.part.first_field()
        return target if self.one is not None else self.table

    def lacking(self) -> str:
        """What the form still lacks, in words; "" for nothing."""
        missing = self.part.missing()
        return self._host.look.words("Still to ask: {what}.", what=missing[0].what) if missing else ""

    def lead_to_missing(self) -> None:
        """Put the keys where the form lacks something."""
        missing = self.part.missing() if self.is_typing else []
        if missing:
            missing[0].where.setFocus()

    # reading

    def show_subject(self, subject: Any) -> None:
        """Show the list, an empty form (:data:`NEW`), or the one of an id."""
        self._hide_form()
        self.one = None
        self.closed.emit()
        if isinstance(subject, str) and subject and subject != NEW:
            self.open_one(subject)
        self.ask()
        self.arrange()

    def know_today(self, today: date, *, begin: bool) -> None:
        """The programme's day; ``begin`` opens the form of a new one."""
        self._today = today
        if begin:
            self.begin()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self.one is not None:
            self.open_one(self.one.id)
        self.ask()

    def ask(self) -> None:
        """Ask for the list."""
        state = self.states.chosen
        self._host.read(self._planning.ids, None if state == ALL else state, then=self._show, newest="rows")

    def _show(self, ids: Sequence[str]) -> None:
        self.table.show_ids(ids)
        said = self._planning.said
        self.told.setText(said.count(len(ids)) if ids else said.nothing)

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: Mapping[str, Any]) -> None:
            then([found[one] for one in ids if one in found])

        self._host.read(self._planning.lines, tuple(ids), then=take)

    def open_one(self, one_id: str) -> None:
        """Open one."""
        self._host.read(self._planning.one, one_id, then=self._opened, newest="one")

    def _opened(self, shown: Any) -> None:
        one = self._planning.facts(shown)
        fresh = self.one is None or self.one.id != one.id
        self.one = one
        self.opened.emit(shown)
        self.arrange()
        if fresh:
            self._host.focus_first()
            # a change that somebody was typing when the power went, or when she left, goes on
            self._load(one.id, lambda draft: self._type(draft, one) if draft.fields else None)

    def close_one(self) -> None:
        """Back to the list."""
        self.one = None
        self.closed.emit()
        self.arrange()
        self._host.focus_first()

    # planning

    def begin(self) -> None:
        """The form of a new one, or of the one that was not finished."""
        self._load(NEW, lambda draft: self._type(draft, None))

    def _change(self) -> None:
        one = self.one
        if one is not None:
            self._load(one.id, lambda draft: self._type(draft, one))

    def _load(self, key: str, then: Callable[[Draft], None]) -> None:
        self._host.around.drafts.load(self._planning.name, key, then, self._host)

    def _type(self, draft: Draft, one: One | None) -> None:
        if one is not None and (self.one is None or self.one.id != one.id):
            return  # another was opened meanwhile
        if one is None and self._today is None:
            return
        self._worth_keeping = bool(draft.fields)
        answers = one.answers if one is not None else self._planning.fresh(self._today or date.min)
        # what stands in the form from the beginning counts too: a field that is emptied differs from it
        draft.fields = {**answers, **draft.fields}
        self._draft, self._changing = draft, one.id if one is not None else ""
        self.part.begin(draft.fields)
        self.arrange()
        self._host.focus_first()

    def _keep(self, name: str, value: str) -> None:
        if self._draft is not None:
            self._worth_keeping = True
            self._draft.set(name, value)

    def _hide_form(self) -> None:
        draft, self._draft = self._draft, None
        if draft is not None and self._worth_keeping:
            draft.save()
        elif draft is not None:
            draft.fields = {}  # opened and left as it was
        self.part.hide()

    def _drop(self) -> None:
        if self._draft is not None:
            self._draft.drop()
        self._draft = None
        self.part.hide()

    def _give_up(self) -> None:
        self._drop()
        self.arrange()
        self._host.focus_first()

    def save(self, form: Any) -> None:
        """Save the form: a new one, or the change of the one that is open."""
        if self._changing:
            self._host.write(self._planning.change, self._changing, form, then=lambda _: self._give_up())
        else:
            self._host.write(self._planning.plan, form, then=self._planned)

    def _planned(self, one_id: str) -> None:
        self._drop()
        self.open_one(one_id)

    def _cancel(self) -> None:
        if self.one is not None:
            self._host.write(self._planning.cancel, self.one.id, self.reason.value(), then=self._cancelled)

    def _cancelled(self, _: object) -> None:
        self.reason.clear()


def _show(widgets: Sequence[QWidget], shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)
