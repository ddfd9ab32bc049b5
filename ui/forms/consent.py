"""The consent that comes before everything else: the text in the person's language, and her answer.

Refusing ends in a tally without a name. Nothing personal can be typed here but the witness of an oral answer.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from helpdesk.core.language import LANGUAGES, OWN_NAMES
from helpdesk.households.codes import CONSENT_FORM
from helpdesk.households.forms import ConsentAnswer
from ui.forms.part import Kept, Missing, Part
from ui.theme import Look
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.consent_text import ReadAloud, TextOf
from ui.widgets.fields import DigitEdit, NameEdit
from ui.widgets.words import button, label

WITNESSED = ("ORAL", "PROXY")


class ConsentPart(Part):
    """Text, how it was read, and the answer to one purpose. :attr:`agreed` follows every change of the answer."""

    agreed = Signal(bool)
    counted = Signal(int, int)
    """The family said no: women and men to count without a name."""

    def __init__(self, look: Look, text_of: TextOf, purpose: str = "DATA", *, tally: bool = True) -> None:
        super().__init__(look, look.words("Agreement"), f"consent.{purpose}")
        words = self.words
        self.purpose = purpose
        self._text_of = text_of
        self._tally = tally
        self.language = ChoiceRow(
            look, "consent.language", words("Language to read in"), [(code, OWN_NAMES[code]) for code in LANGUAGES]
        )
        self.text = ReadAloud(look)
        self.aloud = QCheckBox(words("I read it aloud, and they understood"))
        self.aloud.setObjectName("consent.aloud")
        self.aloud.setAccessibleName(self.aloud.text())
        self.answer = ChoiceRow(
            look, "consent.answer", words("Answer"), [("GIVEN", words("They agree")), ("REFUSED", words("They refuse"))]
        )
        self.form = ChoiceRow(look, "consent.form", words("How they agreed"), entries_of(look, CONSENT_FORM), columns=4)
        self.witness = NameEdit(look, "consent.witness")
        again = words("Show the text again")
        self._again = button(again, look, self._show_text_again, kind="link", name="consent.show")
        self._again.setProperty("besideEnter", True)
        self.add(self.field("language", words("Language to read in"), self.language))
        self.add(self.text)
        self.add(self._again)
        self.add(self.aloud)
        self.add(self.field("answer", words("Their answer"), self.answer, required=True))
        self._form_field = self.field("form", words("How they agreed"), self.form, required=True)
        self._witness_field = self.field(
            "witness", words("Witness"), self.witness, required=True,
            hint=words("An oral agreement, or one given for somebody else, needs a witness."),
        )  # fmt: skip
        self.add(self._form_field)
        self.add(self._witness_field)
        self.add(self._out())
        self.language.changed.connect(self._change_language)
        self.aloud.toggled.connect(lambda on: self.keep("consent.aloud", "1" if on else ""))
        self.answer.changed.connect(self._change_answer)
        self.form.changed.connect(self._change_form)
        self.witness.typed.connect(self._change_witness)
        self.language.choose(look.words.language)
        self._arrange()

    def _out(self) -> QWidget:
        look, words = self.look, self.words
        self._refused = QWidget()
        row = QHBoxLayout(self._refused)
        row.setContentsMargins(0, 0, 0, 0)
        self.women = DigitEdit(look, "tally.women", longest=2)
        self.men = DigitEdit(look, "tally.men", longest=2)
        row.addWidget(label(words("Nothing is written down. Who came?")))
        for edit, title in ((self.women, words("Women")), (self.men, words("Men"))):
            edit.setAccessibleName(title)
            edit.setFixedWidth(look.size(72))
            row.addWidget(label(title, wrap=False))
            row.addWidget(edit)
        self._count = button(words("Count the visit and end"), look, self._tell_tally, name="tally.count")
        row.addWidget(self._count)
        row.addStretch(1)
        return self._refused

    def _tell_tally(self) -> None:
        self.counted.emit(int(self.women.value() or 0), int(self.men.value() or 0))

    @property
    def is_given(self) -> bool:
        """Whether the rest may be asked: agreed, how is known, and witnessed where it must be."""
        if self.answer.chosen != "GIVEN" or self.form.chosen is None:
            return False
        return self.form.chosen not in WITNESSED or bool(self.witness.value())

    def consent(self) -> ConsentAnswer | None:
        """The answer, None until there is one."""
        chosen, language = self.answer.chosen, self.language.chosen
        if chosen is None or language is None:
            return None
        text = self._text_of(self.purpose, language)
        return ConsentAnswer(
            purpose=self.purpose,
            answer=chosen,
            form=self.form.chosen if chosen == "GIVEN" else None,
            language=language,
            read_aloud=self.aloud.isChecked(),
            text_version=text.version,
            witness=self.witness.value() if self.form.chosen in WITNESSED else "",
        )

    def show_kept(self, kept: Kept) -> None:
        """Show an earlier answer."""
        with self.showing():
            self.language.choose(kept("consent.language") or self.words.language)
            self.aloud.setChecked(kept("consent.aloud") == "1")
            self.answer.choose(kept("consent.answer") or None)
            self.form.choose(kept("consent.form") or None)
            self.witness.setText(kept("consent.witness"))
            self.women.clear()
            self.men.clear()
        self._arrange()

    def missing(self) -> list[Missing]:
        """What the consent still lacks."""
        words = self.words
        if self.answer.chosen is None:
            return [Missing(words("their agreement"), self.answer)]
        if self.answer.chosen == "GIVEN" and self.form.chosen is None:
            return [Missing(words("how they agreed"), self.form)]
        if self.answer.chosen == "GIVEN" and not self.is_given:
            return [Missing(words("the witness"), self.witness)]
        return []

    def _change_language(self, code: str) -> None:
        self.keep("consent.language", code)
        self.text.show_text(self._text_of(self.purpose, code))

    def _change_answer(self, code: str) -> None:
        self.keep("consent.answer", code)
        self._arrange()

    def _change_form(self, code: str) -> None:
        self.keep("consent.form", code)
        self._arrange()

    def _change_witness(self, name: str) -> None:
        self.keep("consent.witness", name)
        self.agreed.emit(self.is_given)

    def _show_text_again(self) -> None:
        self.text.show()
        self._again.hide()
        self.language.setFocus()

    def _arrange(self) -> None:
        given = self.answer.chosen == "GIVEN"
        self.text.show_text(self._text_of(self.purpose, self.language.chosen or self.words.language))
        # once they agreed the text makes room for what is asked next
        self.text.setVisible(not self.is_given)
        self._again.setVisible(self.is_given)
        self._form_field.setVisible(given)
        self._witness_field.setVisible(given and self.form.chosen in WITNESSED)
        self._refused.setVisible(self._tally and self.answer.chosen == "REFUSED")
        self.agreed.emit(self.is_given)
