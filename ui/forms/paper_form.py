"""The number of the paper form a family was written on while there was no power, for forms that are typed in later."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from helpdesk.core.errors import Refusal
from helpdesk.households import paper_forms
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.fields import NameEdit
from ui.widgets.words import button

_LONGEST = paper_forms.LENGTH + 4
"""Digits, the hyphen, and a few blanks of whoever types them."""


class PaperFormPart(Part):
    """A link; pressed, it becomes the field."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "paperForm")
        words = self.words
        self.setAccessibleName(words("Number of the paper form"))
        self.link = button(words("Typed in from paper"), look, self._open, kind="link", name="fromPaper")
        self.edit = NameEdit(look, "paper_form", longest=_LONGEST)
        self._field = self.field(
            "paper_form", words("Number of the paper form"), self.edit,
            hint=words("eight digits, at the top of both pages"),
        )  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(self.link)
        row.addWidget(self._field)
        row.addStretch(1)
        self.inside.addLayout(row)
        self._field.setFixedWidth(look.size(320))
        self._field.hide()
        self.edit.typed.connect(self._type)
        self.edit.editingFinished.connect(self._tell)

    def _open(self) -> None:
        self._show(True)
        self.edit.setFocus()

    def _show(self, shown: bool) -> None:
        self._field.setVisible(shown)
        self.link.setVisible(not shown)

    def _type(self, text: str) -> None:
        self._field.say("")
        self.keep("paper_form", text)

    def _tell(self) -> None:
        text = self.edit.value()
        if text and not self._reads(text):
            self._field.say(self.words.sentence(Refusal("form.number")), "careful")

    @staticmethod
    def _reads(text: str) -> bool:
        try:
            paper_forms.read(text)
        except Refusal:
            return False
        return True

    def number(self) -> str | None:
        """The number as typed, None for a family that was not written on paper."""
        return self.edit.value() or None

    def missing(self) -> list[Missing]:
        """A number that fits, once one was begun."""
        text = self.edit.value()
        if not text or self._reads(text):
            return []
        return [Missing(self.words("the number of the paper form"), self.edit)]

    def show_kept(self, kept: Kept) -> None:
        """Show the number that was typed."""
        with self.showing():
            self.edit.setText(kept("paper_form"))
        self._field.say("")
        self._show(bool(kept("paper_form")))
