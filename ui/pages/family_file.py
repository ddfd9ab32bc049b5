"""A family's file: who they are, what they agreed to, what they want, their card and vouchers, and what happened.

The next right step is one key away; sensitive lines stay closed until a key opens them. Opening a file leaves an
audit entry. What is sealed is not here, and nothing here tells whether anything was.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from helpdesk.assistance import vouchers
from helpdesk.core.errors import Refusal
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import cards, codes, commands, queries
from helpdesk.households.queries import HouseholdFile
from ui.drafts import Draft
from ui.forms import askings, file_rows
from ui.forms.file_beside import Asking, Beside, beside
from ui.forms.file_cards import Act, HeadCard, LinesCard, NotAskedCard, PaperCard, ReachCard
from ui.forms.in_list import InList
from ui.forms.papers import card_and_slip, consent_receipt, record_paper, withdrawal_paper
from ui.forms.places import Places
from ui.forms.questions import question
from ui.forms.registering import FIELD_OF
from ui.pages.base import Action, Page
from ui.widgets.words import Card, button, clear

FORMS: Final = ("profiling", "intention", "barriers")
QUESTION: Final = "question"
"""The field of a draft that says which question was open."""


class FamilyFile(Page):
    """Opened with a household's id."""

    name: ClassVar[str] = "family"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"household", "person", "consent", "displacement", "intention", "barriers", "paper", "vulnerability", "card",
         "voucher", "payment", "bundle"}
    )  # fmt: skip

    def build(self) -> None:
        """Head, the question that is open, and a card for each part of the file."""
        words, look = self.words, self.look
        self.file: HouseholdFile | None = None
        self._beside: Beside | None = None
        self._asking: Asking | None = None
        self._saving = False
        self._in_list: InList | None = None
        self._code = ""
        self.places = Places(look, load_gazetteer)
        self.head = HeadCard(look)
        self.asked = QVBoxLayout()
        self.not_asked = NotAskedCard(look, self.ask)
        self.people = LinesCard(look, words("People"), "people")
        self.reach = ReachCard(look, self._mend_reach)
        self.consents = LinesCard(look, words("Agreements"), "consents")
        self.wishes = LinesCard(look, words("What they want, over time"), "wishes")
        self.barriers = LinesCard(look, words("What stands in the way"), "barriersCard")
        self.papers = PaperCard(look, lambda: self.ask("PAPERS"))
        self.cards = LinesCard(look, words("Card"), "cards")
        self.vouchers = LinesCard(look, words("Vouchers"), "voucherCard")
        self.history = LinesCard(look, words("What happened"), "history")
        self.body.addWidget(self.head)
        self.body.addLayout(self.asked)
        self.body.addWidget(self.not_asked)
        for card in (self.people, self.reach, self.wishes, self.barriers, self.consents, self.papers,
                     self.cards, self.vouchers, self.history):  # fmt: skip
            self.body.addWidget(card)
        self.body.addStretch(1)

    def title(self) -> str:
        """The page's title."""
        return self.words("Family's file")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Everything about one family. What is not asked yet stands at the top; each opens its question, and "
            "Ctrl+Enter saves the answer. Phones, notes and papers stay closed until you open them. F6 prints the "
            "card. Ctrl and an arrow lead to the next family of the list."
        )

    def main_action(self) -> Action | None:
        """Save the open question; else the next right step."""
        if getattr(self, "file", None) is None or self.file is None:
            return None
        words = self.words
        if self._asking is not None:
            missing = self._asking.part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Save"), self._save, "save", lacking)
        open_questions = self.file.not_asked()
        if self.file.card is None:
            return Action(words("Issue the card"), self.print_pressed, "card")
        if open_questions:
            return Action(words("Ask what is missing"), lambda: self.ask(open_questions[0]), "forward")
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Open a family's file; the audit log keeps that it was opened."""
        self._in_list = subject if isinstance(subject, InList) else None
        self.subject = subject = subject.household if isinstance(subject, InList) else subject
        self._leave()
        self.file = None
        self._show_parts(False)
        if isinstance(subject, str) and subject:
            self.write(queries.open_file, subject, then=self._show)
            self.read(beside, subject, then=self._show_beside, newest="beside")

    def step(self, by: int) -> None:
        """The next or the previous family of the list this one was opened from."""
        neighbour = self._in_list.neighbour(by) if self._in_list is not None else None
        if neighbour is not None:
            self.around.go("family", neighbour)

    def refresh(self) -> None:
        """Read again what has changed; no second entry in the audit log."""
        if isinstance(self.subject, str) and self.subject:
            self.read(queries.family_file, self.subject, then=self._show, newest="file")
            self.read(beside, self.subject, then=self._show_beside, newest="beside")

    def _show_parts(self, shown: bool) -> None:
        for card in self._content.findChildren(Card):
            if card.parentWidget() is self._content:
                card.setVisible(shown)

    def _show(self, file: HouseholdFile) -> None:
        if file.id != self.subject:
            return
        first = self.file is None
        self.file = file
        words = self.words
        self._show_parts(True)
        self.head.tell(file, {"profile": self._ask_next, "card": self.cards.setFocus})
        self.not_asked.tell(file.not_asked())
        self.people.tell(
            [
                (file_rows.person_line(words, person, file.day), (words("Correct"), partial(self._correct, one)))
                for one, person in file.persons.items()
            ],
            (
                (words("Add a person who was forgotten"), self._add_forgotten),
                (words("Change who holds the card"), self._mend_holder),
                (words("Print the family's own record"), self._print_record),
            ),
        )
        self.reach.closed.tell(file_rows.contact_rows(words, file, self.places))
        self.reach.way.show_rows(file_rows.way_rows(words, file, self.places))
        self._show_wishes(file)
        self._show_consents(file)
        self.papers.closed.tell([(str(n), file_rows.paper_line(words, p)) for n, p in enumerate(file.papers, start=1)])
        self._show_cards(file)
        self.show_head()
        if first:
            for form in FORMS:
                self.around.drafts.load(form, file.id, self._resume, self)
            QTimer.singleShot(0, self.focus_first)

    def _show_wishes(self, file: HouseholdFile) -> None:
        words = self.words
        self.wishes.tell(
            [(f"{words.date(wish.on)}:  {file_rows.intention_line(words, wish, self.places)}", None)
             for wish in reversed(file.intentions)],
            ((words("Ask again what they want"), lambda: self.ask("INTENTION")),),
            words("Nobody asked yet what they want."),
        )  # fmt: skip
        self.barriers.tell(
            [(f"{words.date(one.on)}:  {file_rows.barrier_line(words, one)}", None) for one in file.barriers],
            ((words("Ask again what stands in the way"), lambda: self.ask("BARRIERS")),),
            words("Nobody asked yet what stands in the way."),
        )

    def _show_consents(self, file: HouseholdFile) -> None:
        words = self.words
        known = file_rows.asked_consents(file)
        lines: list[tuple[str, Act | None]] = []
        for purpose in codes.PURPOSE:
            said = words.label(codes.PURPOSE.name, purpose)
            consent = known.get(purpose)
            told = words("not asked yet") if consent is None else file_rows.consent_line(words, consent)
            act: Act = (words("Ask"), partial(self._ask_consent, purpose))
            if consent is not None and consent.answer == "GIVEN":
                act = (words("Withdraw"), partial(self._withdraw, purpose))
            lines.append((f"{said}:  {told}", act))
        self.consents.tell(lines, ((words("Print what they agreed to"), self._print_consents),))

    def _show_cards(self, file: HouseholdFile) -> None:
        words = self.words
        acts: list[Act] = []
        if file.card is None:
            acts.append((words("Issue and print (F6)"), self.print_pressed))
            line = words("No card holds.")
        else:
            line = words("Card {n}, issued on {day}, holds.", n=file.card.issue, day=file.card.issued_on)
            acts.append((words("Print it again (F6)"), self.print_pressed))
            acts.append((words("Issue a new one"), self._ask_new_card))
            if self.around.may(cards.revoke):
                acts.append((words("Declare it void"), self._revoke))
        self.cards.tell([(line, None)], acts)

    def _show_beside(self, found: Beside) -> None:
        words = self.words
        self._beside = found
        if found.now.places:
            self.places.use(load_gazetteer().with_added(found.now.places))
        acts: list[Act] = [(words("Plan a voucher"), self._plan)] if self.around.may(vouchers.plan) else []
        lines = [(file_rows.voucher_line(words, one), None) for one in found.vouchers]
        self.vouchers.tell(lines, acts, words("No voucher yet."))
        history = file_rows.history_lines(words, found.history, found.names, found.device)
        self.history.tell([(line, None) for line in history])

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
        self._open_part(Asking(made.part, made.acts, self._answered, draft))
        if draft.get(QUESTION) == code:
            made.part.show_kept(draft.get)
        self._code = code

    def _resume(self, draft: Draft) -> None:
        # a question that was being answered when the power went, or when somebody left the file, goes on
        if self.file is not None and self.file.id == draft.key and self._asking is None and draft.get(QUESTION):
            self.ask(draft.get(QUESTION))

    def _ask_consent(self, purpose: str) -> None:
        self._open_part(askings.agreement(self.look, self.subject, purpose, self.show_head, self._answered))

    def _withdraw(self, purpose: str) -> None:
        after = partial(self._withdrawn, self.words.label(codes.PURPOSE.name, purpose))
        self._open_part(askings.withdrawal(self.look, self.subject, purpose, self.show_head, after))

    def _correct(self, person_id: str) -> None:
        if self.file is not None:
            self._open_part(askings.person(self.look, self.file, person_id, self.show_head, self._answered))

    def _mend_reach(self) -> None:
        if self.file is not None:
            self._open_part(askings.reach(self.look, self.places, self.file, self._answered))

    def _mend_holder(self) -> None:
        if self.file is not None:
            self._open_part(askings.holder(self.look, self.file, self.show_head, self._told_of_card))

    def _add_forgotten(self) -> None:
        if self.file is not None:
            has_card = self.file.card is not None
            self._open_part(
                askings.forgotten(self.look, self.file, self.show_head, lambda _: self._told_of_card(has_card))
            )

    def _told_of_card(self, is_old: bool) -> None:
        if not is_old:
            self._answered(None)
            return
        self.say(
            "careful", self.words("Saved. The card in the family's hands shows what was written before."),
            (self.words("Issue a new one"), self._ask_new_card),
        )  # fmt: skip

    def _plan(self) -> None:
        if self._beside is not None:
            points = self._beside.now.pay_points
            self._open_part(askings.voucher(self.look, self.subject, points, self.show_head, self._planned))

    def _planned(self, _: Any) -> None:
        self.say("good", self.words("The voucher is planned. Another person must approve it."))

    def _ask_new_card(self) -> None:
        self._open_part(askings.new_card(self.look, self.subject, self.show_head, self._print_card))

    def _open_part(self, asking: Asking) -> None:
        self._leave()
        self._asking = asking
        self.asked.addWidget(asking.part)
        row = button(self.words("Leave without saving"), self.look, self._give_up, kind="link", name="leaveQuestion")
        asking.part.add(row)
        asking.part.changed.connect(self._keep)
        self.show_head()
        asking.part.show()
        stops = (one for one in asking.part.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        next((one for one in stops if one.isVisibleTo(self)), row).setFocus()
        self.keep_in_view(asking.part)

    def _keep(self, name: str, value: str) -> None:
        if self._asking is not None and self._asking.draft is not None:
            self._asking.draft.set(QUESTION, self._code)
            self._asking.draft.set(name, value)
        self.show_head()

    def _give_up(self) -> None:
        if self._asking is not None and self._asking.draft is not None:
            self._asking.draft.drop()
        self._leave()

    def _leave(self) -> None:
        self._asking = None
        clear(self.asked)
        self.show_head()

    def _save(self) -> None:
        if self._asking is None or self._saving:
            return
        self._saving = True
        command, *answers = self._asking.acts()
        self.write(command, *answers, then=self._saved, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        part = self._asking.part if self._asking is not None else None
        if part is None or not isinstance(error, Refusal):
            self.show_failure(error)
            return
        field = FIELD_OF.get(error.code) or str(error.values.get("field", ""))
        if not ((field or "line" in error.values) and part.say_at(field, self.words.sentence(error))):
            self.show_failure(error)

    def _saved(self, result: Any) -> None:
        self._saving = False
        asking = self._asking
        if asking is not None and asking.draft is not None:
            asking.draft.drop()
        self._leave()
        if asking is not None and asking.then is not None:
            asking.then(result)

    def _answered(self, _: Any) -> None:
        self.say("good", self.words("Saved."))

    # papers

    def _withdrawn(self, said: str, _: Any) -> None:
        self.say(
            "good", self.words("Withdrawn. Give them the receipt."),
            (self.words("Print the receipt"), partial(self._print_withdrawal, said)),
        )  # fmt: skip

    def _paper(self, paper: Any) -> None:
        self.around.go("paper", paper)

    def _print_withdrawal(self, said: str) -> None:
        if self.file is not None and self._beside is not None:
            practice = self.around.seat.practice
            number, now = self.file.household.number, self._beside.now
            self._paper(withdrawal_paper(self.words, number, (said,), now, practice=practice))

    def _print_consents(self) -> None:
        if self.file is None or self._beside is None:
            return
        known = file_rows.asked_consents(self.file)
        given = tuple(self.words.label(codes.PURPOSE.name, p) for p, c in known.items() if c.answer == "GIVEN")
        number, practice = self.head.number_shown(), self.around.seat.practice
        self._paper(consent_receipt(self.words, number, given, self.file.day, self._beside.now, practice=practice))

    def _print_record(self) -> None:
        if self.file is None or self._beside is None:
            return
        facts = file_rows.record_facts(self.words, self.file, self.places)
        number, now, practice = self.file.household.number, self._beside.now, self.around.seat.practice
        paper = record_paper(self.words, number, facts, now, practice=practice)
        self.write(commands.note_printed, self.file.id, "own_record", then=lambda _: self._paper(paper))

    def print_pressed(self) -> None:
        """F6: the card in force again, or the first one."""
        if self.file is not None and self.file.card is None:
            self.write(cards.issue, (self.file.id,), "FIRST", then=self._print_card)
        elif self.file is not None:
            self.write(cards.reprint, (self.file.id,), then=self._print_card, failed=self._not_reprinted)

    def _not_reprinted(self, error: Exception) -> None:
        others = isinstance(error, Refusal) and error.code == "card.other_desk"
        self.show_failure(error, (self.words("Issue a new card"), self._ask_new_card) if others else None)

    def _print_card(self, issued: tuple[cards.IssuedCard, ...]) -> None:
        if self._beside is not None:
            practice = self.around.seat.practice
            self._paper(card_and_slip(self.words, issued[0], self._beside.now, practice=practice))

    def _revoke(self) -> None:
        self.say(
            "careful", self.words("The card becomes void at every desk, and no new one is issued. Sure?"),
            (self.words("Declare it void"), lambda: self.write(cards.revoke, self.subject, then=self._answered)),
        )  # fmt: skip
