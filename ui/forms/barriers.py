"""What stands in the way, as three short groups to tick, in words a family would use.

The first group is readable. The other two leave sealed for the centre: they never reach a draft, nothing here shows
them again, and nothing else on the page changes with them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.households.codes import ABSENCE, BARRIER, OTHER_REASON, SEALED_BARRIER
from helpdesk.households.documents import BarrierItem, SealedAnswers, SealedPerson
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup, entries_of
from ui.widgets.fields import NameEdit
from ui.widgets.pick import PickBox
from ui.widgets.words import clear, label, picture_label

COMMUNITY = ("C2TEN", "C2AFF", "C2OTH")
SECURITY = ("C3BLK", "C3AFF", "C3CLR", "C3OCC", "C3DIS")
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Child:
    """Somebody under eighteen: place in the roster, name, and whatever stays the same when lines move."""

    place: int
    name: str
    line: Hashable


class SealedPart(QFrame):
    """The two sealed groups, why somebody is away, and a sealed note."""

    def __init__(self, look: Look, *, barriers: bool = True) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._barriers = barriers
        self._away: dict[int, PickBox] = {}
        self._children: tuple[Child, ...] = ()
        self._alone: TickGroup | None = None
        self.setObjectName("sealed")
        self.setProperty("ground", "info")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.size(12), look.size(8), look.size(12), look.size(8))
        head = QHBoxLayout()
        head.addWidget(picture_label("lock", look, "action"))
        head.addWidget(
            label(words("Sealed for the centre. Nobody at this desk can read these answers again."), role="quiet"), 1
        )
        inside.addLayout(head)
        self.again = label(words("These answers are not kept in an unfinished form. Ask them again."), role="quiet")
        self.again.setObjectName("sealed.again")
        self.again.hide()
        inside.addWidget(self.again)
        self.community = self._group("sealed.community", words("Neighbours and community"), COMMUNITY)
        self.security = self._group("sealed.security", words("Security and authorities"), SECURITY)
        if barriers:
            for title, group in ((words("Neighbours and community"), self.community),
                                 (words("Security and authorities"), self.security)):  # fmt: skip
                inside.addWidget(label(title, role="quiet"))
                inside.addWidget(group)
        self._alone_rows = QVBoxLayout()
        inside.addLayout(self._alone_rows)
        self._absences = QVBoxLayout()
        inside.addLayout(self._absences)
        self.note = NameEdit(look, "sealed.note", longest=LONGEST_NOTE)
        self.note.setAccessibleName(words("Sealed note"))
        self.note.setPlaceholderText(words("Sealed note: only if they wish the centre to know more"))
        inside.addWidget(self.note)

    def _group(self, name: str, title: str, codes: Sequence[str]) -> TickGroup:
        return TickGroup(self._look, name, title, entries_of(self._look, SEALED_BARRIER, codes))

    def know_away(self, away: Sequence[tuple[int, str]]) -> None:
        """Ask why somebody is not here; ``away`` are places in the roster and names."""
        if [place for place, _ in away] == list(self._away):
            return
        told = {place: box.chosen for place, box in self._away.items()}
        clear(self._absences)
        self._away = {}
        before: QWidget = self.note
        words = self._look.words
        for place, name in away:
            title = words("Why is {name} not here?", name=name)
            box = PickBox(self._look, f"sealed.away.{place}", title, entries_of(self._look, ABSENCE))
            box.choose(told.get(place))
            row = QHBoxLayout()
            row.addWidget(label(title), 1)
            row.addWidget(box, 1)
            self._absences.addLayout(row)
            self._away[place] = box
            QWidget.setTabOrder(before, box)
            before = box

    def know_children(self, children: Sequence[Child]) -> None:
        """Ask whether a child is here without parent or guardian: one tick for each of ``children``."""
        if tuple(children) == self._children:
            return
        ticked = {child.line for child in self._unaccompanied()}
        clear(self._alone_rows)
        self._alone, self._children = None, tuple(children)
        if not children:
            return
        title = self._look.words("Is any child here without a parent or guardian?")
        group = TickGroup(
            self._look, "sealed.alone", title, [(str(child.place), child.name) for child in children], columns=4
        )
        group.tick(str(child.place) for child in children if child.line in ticked)
        self._alone_rows.addWidget(label(title, role="quiet"))
        self._alone_rows.addWidget(group)
        self._alone = group
        before = self.note.previousInFocusChain() or self.note
        for child in children:
            QWidget.setTabOrder(before, group.button(str(child.place)))
            before = group.button(str(child.place))
        QWidget.setTabOrder(before, self.note)

    def _unaccompanied(self) -> list[Child]:
        ticked = self._alone.ticked if self._alone is not None else ()
        return [child for child in self._children if str(child.place) in ticked]

    def answers(self, persons: Sequence[SealedPerson] = ()) -> SealedAnswers:
        """Everything sealed, ready to leave: written at each save, whatever was answered."""
        absent = {place: box.chosen for place, box in self._away.items() if box.chosen}
        alone = {child.place for child in self._unaccompanied()}
        told = tuple(
            SealedPerson(place, absence=absent.get(place), unaccompanied=True if place in alone else None)
            for place in sorted({*absent, *alone})
        )
        ticked = (*self.community.ticked, *self.security.ticked) if self._barriers else ()
        return SealedAnswers(barriers=ticked, persons=(*told, *persons), note=self.note.value())

    def forget(self) -> None:
        """Nothing of it remains in the window."""
        self.community.tick(())
        self.security.tick(())
        self.know_away(())
        self.know_children(())
        self.note.clear()


class BarriersPart(Part):
    """Group one with its way of saying "nothing", other reasons for staying, and the sealed groups."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.words("What stands in the way"), "barriers")
        words = self.words
        self.material = TickGroup(look, "barrier", words("House, work, services"), entries_of(look, BARRIER), columns=2)
        self.nothing = ChoiceRow(
            look, "barrier.none", words("Nothing of these"), [("NONE", words("Nothing of these stands in the way"))]
        )
        self.other = TickGroup(
            look, "other_reason", words("Why they would rather stay"), entries_of(look, OTHER_REASON), columns=2
        )
        self.sealed = SealedPart(look)
        self.add(self.field("barriers", words("House, work, services"), self.material))
        self.add(self.nothing)
        self.add(self.field("other", words("Why they would rather stay"), self.other))
        self.add(self.sealed)
        self.material.changed.connect(self._tick)
        self.nothing.changed.connect(self._none)
        self.other.changed.connect(lambda codes: self.keep("other_reason", " ".join(codes)))

    def _tick(self, codes: tuple[str, ...]) -> None:
        self.keep("barrier", " ".join(codes))
        if codes and self.nothing.chosen:
            self.nothing.choose(None)
            self.keep("barrier.none", "")
        self.nothing.setVisible(not codes)

    def _none(self, code: str) -> None:
        self.keep("barrier.none", code)

    def items(self) -> tuple[BarrierItem, ...] | None:
        """The readable answers; None while nobody asked."""
        codes = (*self.material.ticked, *self.other.ticked)
        if not codes and self.nothing.chosen is None:
            return None
        return tuple(BarrierItem(code) for code in codes)

    def unasked(self) -> list[Missing]:
        """Whether the first group was asked; of the sealed ones nothing is ever said."""
        if self.items() is None:
            return [Missing(self.words("what stands in the way"), self.material)]
        return []

    def show_kept(self, kept: Kept) -> None:
        """Show earlier answers; the sealed ones are asked again."""
        with self.showing():
            self.material.tick(kept("barrier").split())
            self.nothing.choose(kept("barrier.none") or None)
            self.other.tick(kept("other_reason").split())
        self.nothing.setVisible(not self.material.ticked)
        self.sealed.forget()

    def show_items(self, items: Sequence[BarrierItem]) -> None:
        """Show readable answers of an earlier record."""
        codes = [item.code for item in items if item.status == "ACTIVE"]
        with self.showing():
            self.material.tick(code for code in codes if code in BARRIER)
            self.other.tick(code for code in codes if code not in BARRIER)
            self.nothing.choose(None if codes else "NONE")
        self.nothing.setVisible(not self.material.ticked)
