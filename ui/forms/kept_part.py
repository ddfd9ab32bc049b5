"""The form of something that is planned: every control by its name, kept as it is typed, and shown again.

It saves nothing; the draft behind it is kept by :class:`ui.forms.list_and_plan.ListAndPlan`.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ui.forms.part import Kept, Part
from ui.forms.places import Places, kept_of
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, TickGroup
from ui.widgets.fields import TextEdit
from ui.widgets.place_picker import PlacePicker
from ui.widgets.words import button

TICKED = "1"


class KeptPart(Part):
    """``moved`` tells that what is missing changed, ``left`` that nothing shall be saved."""

    moved = Signal()
    left = Signal()

    def __init__(self, look: Look, heading: str, name: str, places: Places) -> None:
        super().__init__(look, heading, name)
        self._places = places
        self._controls: dict[str, QWidget] = {}
        self.changed.connect(lambda *_: self.moved.emit())
        self.hide()

    def keeps(self, **controls: QWidget) -> None:
        """Keep these controls under these names."""
        for name, control in controls.items():
            self.keeps_as(name, control)

    def keeps_as(self, name: str, control: QWidget) -> None:
        """Keep one control under a name: its code, its codes, its text, a tick, a place."""
        self._controls[name] = control
        if isinstance(control, ChoiceRow):
            control.changed.connect(lambda code: self.keep(name, code))
        elif isinstance(control, TickGroup):
            control.changed.connect(lambda codes: self.keep(name, " ".join(codes)))
        elif isinstance(control, TextEdit):
            control.typed.connect(lambda text: self.keep(name, text))
        elif isinstance(control, QCheckBox):
            control.toggled.connect(lambda ticked: self.keep(name, TICKED if ticked else ""))
        elif isinstance(control, PlacePicker):
            control.picked.connect(lambda picked: self.keep(name, kept_of(picked)))
        else:
            raise TypeError(type(control).__name__)

    def show_kept(self, kept: Kept) -> None:
        """Show what was answered before; everything else becomes empty."""
        with self.showing():
            for name, control in self._controls.items():
                self._show_one(control, kept(name))

    def _show_one(self, control: QWidget, text: str) -> None:
        if isinstance(control, ChoiceRow):
            control.choose(text or None)
        elif isinstance(control, TickGroup):
            control.tick(text.split())
        elif isinstance(control, TextEdit):
            control.setText(text)
        elif isinstance(control, QCheckBox):
            control.setChecked(text == TICKED)
        elif isinstance(control, PlacePicker):
            self._places.show(control, text)

    def begin(self, answers: Mapping[str, str]) -> None:
        """Open the form with these answers."""
        self.show_kept(lambda name: answers.get(name, ""))
        self.show()
        self.moved.emit()

    def add_leave(self, name: str) -> None:
        """The way out, at the foot."""
        row = QHBoxLayout()
        said = self.words("Leave without saving")
        row.addWidget(button(said, self.look, self.left.emit, kind="link", name=name))
        row.addStretch(1)
        self.inside.addLayout(row)

    def first_field(self) -> QWidget:
        """Where the keys go when it opens."""
        return next(iter(self._controls.values()))
