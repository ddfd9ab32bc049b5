"""What is there already, and what was decided: preparing step by step, waivers, the log, and the acts on a case.

Acts stand here that are not the next right step but may be right today: to wait, to stay, to leave without us. Of an
adult's own word it says the day, never the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import ClassVar, Final

from helpdesk.core.errors import Refusal
from helpdesk.core.language import isolate
from helpdesk.desk import users
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import proposing, queries, waiving
from helpdesk.journey.cases.codes import AWAITING, FOLLOW_UP_ACTION, INCIDENT, SAFEGUARD, SETTLED, STATE, TRACK
from helpdesk.journey.cases.documents import Case, Held, Standing, Waiver
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.queries import CaseFile
from ui.forms import case_asks
from ui.forms.file_beside import Asking
from ui.forms.file_cards import Act, Lines
from ui.forms.file_journey import KINDS
from ui.forms.file_part import Family, FilePart
from ui.forms.journey_words import unmarked
from ui.forms.preparing_pieces import adults_of
from ui.widgets.words import label

DOT: Final = "  \u00b7  "
BEFORE: Final = ("PREPARING", "READY", "SCHEDULED")
_OPEN: Final = ("REGISTERED", "SCREENED", *BEFORE, "HOLD")


class PreparingPart(FilePart):
    """What holds already, since when and until when; and what may be told or asked again."""

    name: ClassVar[str] = "preparing"
    shows: ClassVar[frozenset[str]] = KINDS

    def title(self) -> str:
        """The heading."""
        return self.words("Preparing")

    def build(self) -> None:
        """Lines, acts, and an act for each adult."""
        self._standing: Standing | None = None
        self.lines = Lines(self.look, self.name)
        self.adults = Lines(self.look, "adults")
        self.add(self.lines)
        self.add(self.adults)

    def refresh(self) -> None:
        """Ask where the family stands."""
        self.read(queries.standing_of, self.household, then=self._show, newest="standing")

    def tell(self, family: Family) -> None:
        """Names may have changed."""
        if self._standing is not None:
            self._show(self._standing)

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        words, family = self.words, self.family
        is_open = standing.state in (*BEFORE, "HOLD")
        acts: list[Act] = []
        if is_open and family is not None:
            acts = [
                (words("Information given"), self._asks(case_asks.information, self.household, ())),
                (words("Briefing given"), self._asks(case_asks.briefing, self.household)),
                (words("Who travels"), self._asks(case_asks.travellers, family.file)),
            ]
        held = list(dict.fromkeys(self._held(one) for one in standing.held)) if is_open else []
        empty = words("Nothing yet. Preparing begins once the family wants to move.")
        self.lines.tell([(line, None) for line in held], acts, empty)
        self.adults.tell(self._adult_lines(standing) if is_open else [])

    def _held(self, one: Held) -> str:
        words = self.words
        told = [words.label(SAFEGUARD.name, one.safeguard)]
        if one.waived:
            told.append(words("waived by two persons"))
        elif one.on is not None:
            told.append(words.date(one.on))
        if one.until is not None:
            told.append(words("holds until {day}", day=one.until))
        return DOT.join(told)

    def _adult_lines(self, standing: Standing) -> list[tuple[str, Act | None]]:
        family, words = self.family, self.words
        if family is None:
            return []
        lines: list[tuple[str, Act | None]] = []
        for person in adults_of(family.file, standing.travellers):
            name = isolate(family.file.persons[person].full_name)
            text = words("Own word of {name}, asked alone", name=name)
            lines.append((text, (words("Ask"), partial(self._own_word, person))))
        return lines

    def _own_word(self, person: str) -> None:
        if self.family is not None and self._standing is not None:
            self.ask(case_asks.own_word(self.look, self.family, self._standing, person, self._say_written))

    def _say_written(self, _: object) -> None:
        self.say("good", self.words("Written down. Thank this person, and ask the next one alone."))

    def _asks(self, make: Callable[..., Asking], *args: object) -> Callable[[], None]:
        return lambda: self.ask(make(self.look, *args, self.say_saved))


class CasePart(FilePart):
    """Attempts, who accompanies, waivers, the log, an incident; and the ways beside the way."""

    name: ClassVar[str] = "case"
    shows: ClassVar[frozenset[str]] = KINDS | {"follow_up_proposal"}

    def title(self) -> str:
        """The heading."""
        return self.words("Case and its log")

    def build(self) -> None:
        """Facts, waivers, log, acts."""
        self._file: CaseFile | None = None
        self.facts = Lines(self.look, "caseFacts")
        self.waivers = Lines(self.look, "waivers")
        self.log = Lines(self.look, "caseLog")
        self.proposal = Lines(self.look, "followUpProposal")
        self.incident = label("", role="head", tone="stop", name="incident")
        self.awaiting = label("", tone="careful", name="awaiting")
        for widget in (self.incident, self.awaiting, self.proposal, self.facts, self.waivers, self.log):
            self.add(widget)

    def refresh(self) -> None:
        """Ask for cases, waivers and log."""
        self.read(queries.case_file, self.household, then=self._show, newest="case")

    def tell(self, family: Family) -> None:
        """Names of users may be known now."""
        if self._file is not None:
            self._show(self._file)

    def _show(self, file: CaseFile) -> None:
        self._file = file
        words, standing = self.words, file.standing
        self.awaiting.setText(words(AWAITING))
        self.awaiting.setVisible(standing.awaiting)
        self.incident.setVisible(bool(standing.incident))
        if standing.incident:
            what = words.label(INCIDENT.name, standing.incident)
            self.incident.setText(words("Incident: {what}", what=what))
        self._show_proposed(file)
        self.facts.tell([(line, None) for line in self._facts(file)], self._acts(standing), words("No case yet."))
        self.waivers.tell([self._waiver(record, waiver, standing) for record, waiver in file.waivers])
        self.waivers.setVisible(bool(file.waivers))
        self.log.tell([(line, None) for line in self._log(file)])

    def _facts(self, file: CaseFile) -> list[str]:
        words = self.words
        lines = [self._case_line(case) for case in file.cases]
        if file.standing.caseworker:
            name = self._names().get(file.standing.caseworker, words("somebody at another desk"))
            lines.append(words("Accompanied by {name}", name=isolate(name)))
        if file.standing.review_on is not None:
            lines.append(words("To be looked at again on {day}", day=file.standing.review_on))
        return lines

    def _case_line(self, case: Case) -> str:
        words = self.words
        told = [
            words("Attempt {n}", n=case.attempt),
            words.label(TRACK.name, case.track) if case.track else "",
            words.label(STATE.name, case.state) if case.state else "",
            words("since {day}", day=case.changed_on) if case.changed_on else "",
        ]
        return DOT.join(part for part in told if part)

    def _waiver(self, record: str, waiver: Waiver, standing: Standing) -> tuple[str, Act | None]:
        words, names = self.words, self._names()
        told = [
            words("Waiver: {what}", what=words.label(SAFEGUARD.name, waiver.safeguard)),
            isolate(waiver.reason),
            words.date(waiver.on),
            isolate(names.get(waiver.by, words("somebody at another desk"))),
        ]
        act: Act | None = None
        if waiver.state != "PROPOSED":
            told.append(words("withdrawn"))
        elif record in standing.proposed:
            told.append(words("waits for a second person"))
            if self.around.may(waiving.confirm_waiver):
                act = (words("Confirm"), partial(self._confirm, record))
        elif self.around.may(waiving.withdraw_waiver):
            act = (words("End this waiver"), partial(self._end_waiver, record))
        return DOT.join(told), act

    def _log(self, file: CaseFile) -> list[str]:
        words = self.words
        lines = [
            DOT.join((words.date(entry.on), words.label(FOLLOW_UP_ACTION.name, entry.action)))
            for entry in reversed(file.log)
        ]
        lines += [
            DOT.join((words.date(one.on), words.label(SETTLED.name, one.result), isolate(one.reason)))
            for one in file.settlements
        ]
        return lines

    # acts

    def _acts(self, standing: Standing) -> list[Act]:
        words, state, may, saved = self.words, standing.state, self.around.may, self.say_saved
        look, one, day = self.look, self.household, standing.day
        offered: Sequence[tuple[bool, Act]] = (
            (state in BEFORE and may(cases.hold),
             (words("Wait for now"), lambda: self.ask(case_asks.hold(look, one, self._held)))),
            (state in ("HOLD", "FOLLOW_UP", "STAYING") and may(cases.resume),
             (words("Take it up again"), lambda: self.write(cases.resume, one, then=saved))),
            (state in (*_OPEN, "STAYING", "WITHDRAWN") and may(cases.follow_up),
             (words("Follow-up at the centre"), self._follow_up)),
            (state in (*_OPEN, "STAYING", "WITHDRAWN") and self._may_propose,
             (words("Propose follow-up at the centre"),
              lambda: self.ask(case_asks.propose_follow_up(look, one, day, self._proposed)))),
            (state in (*_OPEN, "FOLLOW_UP", "WITHDRAWN") and may(cases.stay),
             (words("They stay"), lambda: self.ask(case_asks.stay(look, one, day, saved)))),
            (state in ("FOLLOW_UP", "STAYING") and may(cases.note_follow_up),
             (words("Write down what was done"), lambda: self.ask(case_asks.log(look, one, saved)))),
            (state in (*_OPEN, "FOLLOW_UP", "STAYING", "WITHDRAWN") and may(cases.leave_unfacilitated),
             (words("Left on their own"), lambda: self.ask(case_asks.left_alone(look, one, day, saved)))),
            (bool(standing.incident) and may(waiving.settle_incident),
             (words("Settle the incident"), lambda: self.ask(case_asks.settlement(look, one, saved)))),
            (may(cases.assign_caseworker), (words("Who accompanies them"), self._assign)),
        )  # fmt: skip
        return [act for is_offered, act in offered if is_offered]

    @property
    def _may_propose(self) -> bool:
        # who may hand over does not propose, and nobody proposes twice
        may, proposed = self.around.may, self._file.proposed if self._file is not None else None
        return may(proposing.propose) and not may(cases.follow_up) and proposed is None

    def _follow_up(self) -> None:
        if self._file is not None:
            proposed = self._file.proposed
            later = self._file.standing.day + timedelta(days=case_asks.REVIEW_DAYS)
            on = proposed.review_on if proposed is not None and proposed.review_on > self._file.standing.day else later
            self.ask(case_asks.follow_up(self.look, self.household, on, self.say_saved))

    def _proposed(self, _: object) -> None:
        back = (self.words("Take it back"), self._decline)
        self.say("good", self.words("Proposed. A supervisor decides; until then everything goes on."), back)

    def _decline(self) -> None:
        self.write(proposing.decline, self.household, then=self.say_saved)

    def _show_proposed(self, file: CaseFile) -> None:
        words, proposed = self.words, file.proposed
        self.proposal.setVisible(proposed is not None)
        if proposed is None:
            self.proposal.tell(())
            return
        name = self._names().get(proposed.by, words("somebody at another desk"))
        told = DOT.join((words("Follow-up at the centre is proposed"), words.date(proposed.on), isolate(name)))
        if self.around.may(cases.follow_up):
            acts: list[Act] = [(words("Confirm: follow-up at the centre"), self._follow_up),
                               (words("Decline"), self._decline)]  # fmt: skip
        else:
            acts = [(words("Take it back"), self._decline)]
        self.proposal.tell([(told, None)], acts)

    def _held(self, refused: Sequence[NotNow]) -> None:
        if refused:
            self.show_failure(unmarked(Refusal(refused[0].code, **refused[0].values)))
        else:
            self.say_saved()

    def _confirm(self, record: str) -> None:
        self.write(waiving.confirm_waiver, record, then=self.say_saved)

    def _end_waiver(self, record: str) -> None:
        self.write(waiving.withdraw_waiver, record, then=self.say_saved)

    def _assign(self) -> None:
        self.read(users.accounts, then=self._ask_who, newest="accounts")

    def _ask_who(self, accounts: Sequence[users.Account]) -> None:
        people = [(account.id, account.name) for account in accounts if account.live]
        chosen = self._file.standing.caseworker if self._file is not None else None
        self.ask(case_asks.caseworker(self.look, self.household, people, chosen, self.say_saved))

    def _names(self) -> dict[str, str]:
        return self.family.beside.names if self.family is not None else {}
