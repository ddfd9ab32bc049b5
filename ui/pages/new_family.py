"""A new family, from consent to number, on one page that is typed from top to bottom without the mouse.

Every answer goes into an encrypted draft as it is typed; sealed answers never do. Nothing is registered before the
family has agreed, and saving twice registers once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from helpdesk.casework.displacing import Reopening, reopening
from helpdesk.core.clock import SystemClock
from helpdesk.core.errors import Refusal
from helpdesk.core.ids import new_id
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import alike, cards, commands, expected
from helpdesk.households.consent import consent_text
from helpdesk.households.documents import Household
from helpdesk.households.lists import ExpectedFamily
from ui.drafts import Draft
from ui.forms.alike import SHOWN, AlikeCard
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.papers import card_and_slip
from ui.forms.places import Places
from ui.forms.registering import RegistrationForm
from ui.pages.base import Action, Page
from ui.widgets.saved_number import SavedNumber
from ui.widgets.still_to_ask import StillToAsk
from ui.widgets.words import button, label

FORM: Final = "registration"
EXPECTED: Final = "expected:"
"""``go("new_family", "expected:<key>")`` begins with a family of a camp's list; any other subject is a draft's key."""
OF_LIST: Final = frozenset({"expected", "filled"})
"""Fields of a draft that tell of the list; nobody typed them."""
ALIKE_MS: Final = 600
"""Typing rests this long before the register is asked for families that may be the same."""


class NewFamily(Page):
    """See the module."""

    name: ClassVar[str] = "new_family"

    def build(self) -> None:
        """The form, the families that may be the same, and what stands after saving."""
        here = QDate.currentDate()
        self._now = DeskNow(date(here.year(), here.month(), here.day()), 0)
        self._key = ""
        self._opened_with: Any = None
        self._has_card = False
        self._draft: Draft | None = None
        self._expected: ExpectedFamily | None = None
        self._registered: tuple[str, Household] | None = None
        self._saving = False
        self.places = Places(self.look, load_gazetteer)
        self.saved = SavedNumber(self.look)
        self.from_list = label("", role="quiet", name="fromList")
        self.from_list.hide()
        self.form = RegistrationForm(self.look, consent_text, self.places, self._now.day)
        self.alike = AlikeCard(self.look)
        self.still = StillToAsk(self.look)
        self.kept: QLabel = label("", role="small", name="draftKept")
        aside = self.words("Put this family aside and begin another")
        self.aside = button(aside, self.look, self._put_aside, kind="link", name="putAside")
        self.body.addWidget(self.saved)
        self.body.addWidget(self.from_list)
        self.body.addWidget(self.form)
        below = QHBoxLayout()
        below.addWidget(self.kept)
        below.addStretch(1)
        below.addWidget(self.aside)
        self.body.addLayout(below)
        self.body.addStretch(1)
        self.foot.addWidget(self.alike)
        self.foot.addWidget(self.still)
        self.form.changed.connect(self._keep)
        self.form.moved.connect(self._moved)
        self.form.counted.connect(self._count)
        self.form.consent.agreed.connect(self._agreed)
        self.alike.went_on.connect(self._go_on_with)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(ALIKE_MS)
        self._rest.timeout.connect(self._look_for_alike)

    def title(self) -> str:
        """The page's title."""
        return self.words("New family")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Read the text in the family's language. When they agree, the rest opens. Enter moves on everywhere, "
            "Shift+Enter goes back; digits choose. In the list of people, Enter on the last field begins the next "
            "person, Enter on an empty line ends the list, Ins adds a line, Ctrl+Backspace removes one. "
            "Ctrl+Enter saves; F6 then prints the card and the slip; F4 begins the next family."
        )

    def first_field(self) -> QWidget | None:
        """Where the keys were in this form, else the first thing missing; a form not begun begins at its top."""
        draft = self._draft
        if self._registered is not None or draft is None or draft.is_dropped:
            return None
        at: QWidget | None = self.form.findChild(QWidget, draft.at) if draft.at else None
        if at is not None and at.isVisibleTo(self):
            return at
        missing = self.form.missing() if draft.fields.keys() - OF_LIST else []
        return missing[0].where if missing else None

    def main_action(self) -> Action | None:
        """Save, or say what is still to ask; after saving, the next family."""
        if self._registered is not None:
            return Action(self.words("Next family (F4)"), lambda: self.around.go("new_family"), "new-family")
        missing = self.form.missing()
        lacking = self.words("Still to ask: {what}.", what=missing[0].what) if missing else ""
        return Action(self.words("Register the family"), self._save, "save", lacking)

    def act(self) -> None:
        """Ctrl+Enter: save, or lead to the first thing that is missing."""
        missing = [] if self._registered is not None else self.form.missing()
        if missing:
            missing[0].where.setFocus()
            self.keep_in_view(missing[0].where)
        super().act()

    # opening

    def open(self, subject: Any = None) -> None:
        """The form that is being typed, else a new one; the one under ``subject``; or one for an expected family."""
        self.subject = subject
        typing = self._draft is not None and not self._draft.is_dropped
        if typing and subject in (None, self._key, self._opened_with):
            self.focus_first()  # back from another page: everything stands as it was, sealed answers too
            return
        self._opened_with = subject
        self._registered = None
        self._has_card = False
        self._saving = False
        self.saved.hide()
        self.form.show()
        self.still.show()
        self.aside.show()
        self.alike.forget()
        self._expected = None
        self.from_list.hide()
        key = self._key_for(subject)
        self.read(desk_now, then=self._know_desk, newest="now")
        self.around.drafts.load(FORM, key, partial(self._show_draft, key), self)
        if isinstance(subject, str) and subject.startswith(EXPECTED):
            self.read(expected.expected_family, subject.removeprefix(EXPECTED), then=self._expect, newest="expected")

    def _key_for(self, subject: Any) -> str:
        standing = self.around.drafts.standing
        if isinstance(subject, str) and subject and not subject.startswith(EXPECTED):
            key = subject
        elif subject is None and FORM in standing:
            key = standing[FORM]  # unfinished: it goes on, also when the window was built anew in another language
        else:
            key = new_id(SystemClock().now())
        self._key = standing[FORM] = key
        return key

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        self.form.know_today(now.day)
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def _show_draft(self, key: str, draft: Draft) -> None:
        if key != self._key:
            return
        self._draft = draft
        draft.saved.connect(self._tell_kept)
        self.kept.setText("")
        at = draft.at
        self.form.show_kept(draft.get)
        draft.at = at  # showing what was kept may have moved the keys
        self.form.barriers.sealed.again.setVisible(bool(draft.fields))
        if draft.get("expected"):
            self.read(expected.expected_family, draft.get("expected"), then=self._expect, newest="expected")
        self._moved()
        self.focus_first()

    def _expect(self, family: ExpectedFamily) -> None:
        self._expected = family
        self._keep("expected", family.key)
        self.from_list.setText(
            self.words(
                "This family stands on a list (number {reference}). A list is nobody's agreement: ask first, then the "
                "form is filled in from it.", reference=family.reference,
            )
        )  # fmt: skip
        self.from_list.show()
        self._agreed(self.form.consent.is_given)

    def _agreed(self, agreed: bool) -> None:
        draft, family = self._draft, self._expected
        if agreed and family is not None and draft is not None and not draft.get("filled"):
            self._keep("filled", "1")
            self.form.fill_in(family)
            self.from_list.setText(self.words("Filled in from the list. Ask whether every line is right."))

    # typing

    def _follow_keys(self, before: QWidget | None, now: QWidget | None) -> None:
        # keys that come from nowhere came with the window, which gives them to its first field: nobody moved there
        moved = before is not None or (self._draft is not None and not self._draft.at)
        if moved and self._draft is not None and now is not None and now.objectName() and self.form.isAncestorOf(now):
            self._draft.at = now.objectName()
        super()._follow_keys(before, now)

    def _keep(self, name: str, value: str) -> None:
        if self._draft is not None:
            self._draft.set(name, value)

    def _tell_kept(self) -> None:
        self.kept.setText(self.words("Everything typed is kept. Leaving this page loses nothing."))

    def _moved(self) -> None:
        missing = [(one.what, one.where) for one in self.form.missing()]
        later = [(one.what, one.where) for one in self.form.unasked()]
        self.still.tell(missing, later, self.words("Ready to save."))
        self.show_head()
        if self.form.consent.is_given:
            self._rest.start()

    def _look_for_alike(self) -> None:
        if self._registered is None and self.form.people.members():
            form = self.form.registration(self._key, None)
            self.read(alike.similar, form, then=self._show_alike, newest="alike")

    def _show_alike(self, found: Sequence[alike.Alike]) -> None:
        if self.alike.show_families(found) and found:
            households = tuple(one.household for one in found[:SHOWN])
            self.read(_reopenings, households, then=self.alike.offer_ways, newest="ways")

    def _go_on_with(self, household: str) -> None:
        # what was typed stays a draft, to be discarded on the first page once it is sure that it is this family
        if self._draft is not None:
            self._draft.save()
        self.around.go("family", household)

    def _put_aside(self) -> None:
        if self._draft is not None:
            self._draft.save()
        self._draft = None
        self.around.drafts.standing.pop(FORM, None)
        self.open(None)

    # the end

    def _save(self) -> None:
        if self._saving:
            return
        self._saving = True
        key = self._expected.key if self._expected is not None else None
        form = self.form.registration(self._key, key, self.alike.answers())
        self.write(commands.register, form, then=partial(self._saved, form.household_id), failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if not (isinstance(error, Refusal) and self.form.say_refusal(error)):
            self.show_failure(error)

    def _saved(self, household_id: str, household: Household) -> None:
        self._saving = False
        self._registered = (household_id, household)
        self._rest.stop()
        self._forget_form()
        words = self.words
        self.saved.say(
            words("The family is registered. Its number:"),
            household_number_shown(household.number),
            words.plural("{n} person. Read the number out; print the card and the slip.",
                         "{n} people. Read the number out; print the card and the slip.", len(household.members)),
            (
                (words("Print card and slip (F6)"), self.print_pressed),
                (words("Next family (F4)"), lambda: self.around.go("new_family")),
                (words("Open the file"), lambda: self.around.go("family", household_id)),
            ),
        )  # fmt: skip
        self.show_head()
        self.focus_first()

    def _forget_form(self) -> None:
        if self._draft is not None:
            self._draft.drop()
            self._draft = None
        self.aside.hide()
        self.around.drafts.standing.pop(FORM, None)
        self.form.hide()
        self.still.hide()
        self.alike.forget()
        self.from_list.hide()
        self.kept.setText("")
        self.form.show_kept(lambda _: "")

    def _count(self, women: int, men: int) -> None:
        self.write(commands.tally, "REFUSED", women, men, then=lambda _: self._counted())

    def _counted(self) -> None:
        self._forget_form()
        self.around.go("today")

    def print_pressed(self) -> None:
        """F6: issue the first card and show it with the slip."""
        if self._registered is None:
            self.say("careful", self.words("Save the family first: a card needs her number."))
            return
        household_id, _ = self._registered
        if self._has_card:
            self.write(cards.reprint, (household_id,), then=self._card)
        else:
            self.write(cards.issue, (household_id,), "FIRST", then=self._card)

    def _card(self, issued: tuple[cards.IssuedCard, ...]) -> None:
        self._has_card = True
        paper = card_and_slip(self.words, issued[0], self._now, practice=self.around.seat.practice)
        self.around.go("paper", paper)


def _reopenings(view: View, households: Sequence[str]) -> dict[str, Reopening]:
    return {household: reopening(view, household) for household in households}
