"""One movement: its families and what they lack, who was told, the day with its counter, no-shows, and the closing.

Before the day a scan puts a family on the list; on the day it counts it as present. What a command refuses is said
here with the family's number, and nothing is closed over anybody's head.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.places import load_gazetteer
from helpdesk.households import paper_forms
from helpdesk.households.queries import lines
from helpdesk.journey.departures import codes, day, planning, queries
from helpdesk.journey.departures.queries import FamilyLine, MovementShown
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.file_typing import TypingPlace
from ui.forms.in_list import InList
from ui.forms.journey_words import unmarked
from ui.forms.movement_acts import PAPERS, MovementActs
from ui.forms.movement_bulk import MovementBulk
from ui.forms.movement_chosen import Planned
from ui.forms.movement_day import Counter, NotifyPart, PaperDayPart
from ui.forms.movement_facts import RefusedFamilies, calls_of, doubts_of, facts_of, family_columns
from ui.forms.movement_papers import MovementPrinting
from ui.forms.movement_pieces import road_asking, travel_asking
from ui.forms.movement_plan import MovementPart
from ui.forms.places import Places
from ui.forms.scanned import family_of
from ui.pages.base import Action, Page, WayOn
from ui.widgets.paged_table import PagedTable
from ui.widgets.reading import Rows
from ui.widgets.scan import ScanTarget
from ui.widgets.words import label

KEPT = 200
"""Rows kept for the one that is picked."""


class Convoy(Page):
    """Opened with a movement's id, or right after it was planned with :class:`Planned`."""

    name: ClassVar[str] = "convoy"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"movement", "movement_line", "movement_notification", "movement_closing", "road_call", "case", "clearance"}
    )

    def build(self) -> None:
        """Facts and counter above, pieces that are being typed, the families, and what may be done."""
        words, look = self.words, self.look
        self.places = Places(look, load_gazetteer)
        self._now: DeskNow | None = None
        self._shown: MovementShown | None = None
        self._lines: dict[str, FamilyLine] = {}
        self._printing = MovementPrinting(
            words, lambda: self.places.all, self.write, self.around.go, practice=self.around.seat.practice
        )
        self.counter = Counter(look)
        self.target = ScanTarget(look)
        self.target.scanned.connect(self._scanned)
        self.facts = Rows(look, name="movementFacts")
        self.doubt = label("", tone="stop", name="movementDoubt")
        self.notify_part, self.paper, self.plan = NotifyPart(look), PaperDayPart(look), MovementPart(look, self.places)
        for part in (self.notify_part, self.paper, self.plan):
            part.moved.connect(self._moved)
        self.typing = TypingPlace(look)
        self.typing.moved.connect(self._moved)
        self.typing.left.connect(self.focus_first)
        self.calls = Rows(look, name="roadCalls")
        self.refusals = RefusedFamilies(look, self.read)
        self.bulk = MovementBulk(words, self.long, self.say, self.refusals.tell)
        self.acts = MovementActs(look)
        self.acts.pressed.connect(self._do)
        self.acts.hide()
        self.table = PagedTable(
            look, "convoyTable", words("Families of this movement"), family_columns(words), self._fetch
        )
        self.table.setMinimumHeight(look.size(230))
        self.table.opened.connect(self._open_file)
        self.table.picked.connect(lambda _: self._pick())
        for widget in (
            self.counter, self.target, self.facts, self.calls, self.doubt, self.notify_part, self.paper, self.plan,
            self.typing, self.refusals,
        ):  # fmt: skip
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.acts)
        self.body.addStretch(0)
        for hidden in (self.counter, self.doubt, self.calls):
            hidden.hide()

    def title(self) -> str:
        """The movement's number."""
        shown = getattr(self, "_shown", None)  # the base asks before the page is built
        if shown is None:
            return self.words("A movement")
        number = isolate_ltr(paper_forms.shown(shown.movement.number))
        return self.words("Movement {number}", number=number)

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Before the day, scan a card to put a family on the list; then record that authorities were told and give "
            "the families their day. On the day each scan counts a family as here. Closing lets everybody leave who "
            "is here and may, and gives those who did not come their place back: nobody loses anything by it."
        )

    def first_field(self) -> QWidget | None:
        """Scans go to the target."""
        return self.target

    # what may be done now

    def main_action(self) -> Action | None:
        """The next step: save what is typed, tell, give the day, close."""
        if not hasattr(self, "table"):
            return None
        words = self.words
        if self.typing.asking is not None:
            save = partial(self.typing.save, self.write, self.show_failure)
            return Action(words("Save"), save, "save", self.typing.lacking())
        for part, text, act in (
            (self.notify_part, words("Record who was told"), self._notify),
            (self.paper, words("Save the form"), self._save_form),
            (self.plan, words("Save the plan"), self._save_plan),
        ):
            if not part.isHidden():
                missing = part.missing()
                return Action(
                    text, act, "check", words("Still to ask: {what}.", what=missing[0].what) if missing else ""
                )
        return self._next_step()

    def _next_step(self) -> Action | None:
        words, shown = self.words, self._shown
        if shown is None or shown.movement.state != "PLANNED" or not self.around.may(planning.schedule):
            return None
        listed, waiting = shown.counts.get("LISTED", 0), shown.counted.of_families
        if listed and shown.day <= shown.movement.day:
            lacking = "" if shown.notifications else words("First an authority must be told.")
            said = words.plural("Give {n} family the day", "Give {n} families the day", listed)
            return Action(said, partial(self.bulk.schedule, self.subject), "check", lacking)
        if waiting and shown.day >= shown.movement.day:
            return Action(words("Close the manifest"), self._warn_of_closing, "check")
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a movement; of one just planned, who of the chosen families is not on its list."""
        planned = subject if isinstance(subject, Planned) else Planned(subject)
        self.subject = planned.movement
        self._shown = None
        self.typing.close_piece()
        for part in (self.notify_part, self.paper, self.plan):
            part.forget()
        self.refusals.tell(planned.refused)
        if planned.elsewhere:
            self.say("careful", self.words.plural(
                "{n} chosen family goes elsewhere, or stands on another list.",
                "{n} chosen families go elsewhere, or stand on another list.", planned.elsewhere,
            ))  # fmt: skip
        self.read(desk_now, then=self._know_desk, newest="now")
        self._ask()

    def refresh(self) -> None:
        """Read again what is shown; what is typed stays."""
        self._ask()

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def _ask(self) -> None:
        if isinstance(self.subject, str):
            self.read(queries.movement_of, self.subject, then=self._show, newest="movement")
            self.read(queries.family_ids, self.subject, then=self._show_families, newest="rows")
        else:
            self._moved()

    def _show(self, shown: MovementShown) -> None:
        self._shown = shown
        self.facts.show_rows(facts_of(self.words, self.places, shown))
        self.calls.show_rows(calls_of(self.words, shown))
        self.counter.show_count(shown.counted)
        doubts = doubts_of(self.words, shown)
        self.doubt.setText(doubts)
        self.doubt.setVisible(bool(doubts))
        self.setAccessibleName(self.title())
        self._moved()

    def _show_families(self, ids: Sequence[str]) -> None:
        self._lines = {}
        self.table.show_ids(ids)
        self._pick()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: dict[str, FamilyLine]) -> None:
            # what is picked stands on a page that was looked at: a few pages are enough
            self._lines = {**(self._lines if len(self._lines) < KEPT else {}), **found}
            then([found[one] for one in ids if one in found])
            self._pick()

        self.read(queries.family_lines, self.subject, tuple(ids), then=take)

    def _moved(self) -> None:
        shown = self._shown
        planned = shown is not None and shown.movement.state == "PLANNED"
        typing = any(not part.isHidden() for part in (self.notify_part, self.paper, self.plan, self.typing))
        self.counter.setVisible(shown is not None and shown.has_come and not typing)
        self.target.setVisible(planned and (not typing or not self.paper.isHidden()))
        self.facts.setVisible(shown is not None and not shown.has_come and not typing)
        self.calls.setVisible(shown is not None and bool(shown.calls) and not typing)
        self.table.setVisible(not typing)
        self.acts.setVisible(shown is not None and not typing)
        self._pick()

    def _picked(self) -> FamilyLine | None:
        picked = self.table.picked_id()
        return self._lines.get(picked) if picked is not None else None

    def _pick(self) -> None:
        if self._shown is not None:
            self.acts.arrange(self._shown, self._picked(), self.around.may)
        self.show_head()

    def _do(self, act: str) -> None:
        if act in PAPERS:
            self._print(act)
            return
        acts: dict[str, Callable[[], None]] = {
            "travel": self._travel, "road": self._road, "not_present": self._not_present, "take_off": self._take_off,
            "turned_back": partial(self._came_back, "TURNED_BACK"), "refused": partial(self._came_back, "REFUSED"),
            "add_ready": self._list_ready, "declare": partial(self.bulk.declare, self.subject),
            "all_fit": self._all_fit, "tell": self.notify_part.begin, "type_in": self.paper.begin,
            "change": self._change, "cancel": self._cancel,
        }  # fmt: skip
        acts[act]()

    def _open_file(self, household: str) -> None:
        self.around.go("family", InList(household, [household]))

    # scanning

    def take_scan(self, digits: str) -> bool:
        """A scan on this page is a family of this movement."""
        self.target.take(digits)
        return True

    def _scanned(self, digits: str) -> None:
        self.quiet()
        self.read(family_of, digits, then=self._take_family, newest="scan")

    def _take_family(self, household: str) -> None:
        shown = self._shown
        if shown is None:
            return
        if not self.paper.isHidden():
            self.read(lines, (household,), then=partial(self._take_for_form, household))
        elif shown.day == shown.movement.day and shown.counted.of_families:
            self.write(
                day.present,
                self.subject,
                household,
                then=self.counter.show_count,
                failed=partial(self._not_counted, household),
            )
        else:
            self.write(planning.list_families, self.subject, (household,), then=self.refusals.tell)

    def _take_for_form(self, household: str, found: Any) -> None:
        if household in found:
            self.paper.take(household, household_number_shown(found[household].number))

    def _not_counted(self, household: str, error: Exception) -> None:
        self.show_failure(error, (self.words("Open the file"), partial(self._open_file, household)))

    def show_failure(self, error: Exception, way_on: WayOn | None = None) -> None:
        """A refusal of the gate gives nothing away of what somebody answered alone."""
        super().show_failure(unmarked(error), way_on)

    # acts on one family

    def _travel(self) -> None:
        line = self._picked()
        if line is not None:
            self.read(queries.travel_of, self.subject, line.household, then=self._ask_travel, newest="travel")

    def _ask_travel(self, travel: queries.TravelShown) -> None:
        self.typing.open(travel_asking(self.look, self.subject, travel, self._travels))

    def _travels(self, defers: bool) -> None:
        if defers:
            self.say("careful", self.words("Saved. Somebody of this family should wait: it gets no day before she may "
                                           "travel, or is said to stay and the family is listed anew."))  # fmt: skip
        else:
            self.say("good", self.words("Saved."))

    def _not_present(self) -> None:
        self._write_line(day.not_present, then=self.counter.show_count)

    def _came_back(self, how: str) -> None:
        self._write_line(day.came_back, how, self.acts.reason.value(), then=self._reason_used)

    def _take_off(self) -> None:
        self._write_line(planning.take_off, self.acts.reason.value(), then=self._reason_used)

    def _write_line(self, act: Callable[..., Any], *arguments: Any, then: Callable[[Any], None]) -> None:
        line = self._picked()
        if line is not None:
            self.write(act, self.subject, line.household, *arguments, then=then)

    def _reason_used(self, _done: Any) -> None:
        self.acts.reason.clear()

    # acts on the movement

    def _road(self) -> None:
        self.typing.open(road_asking(self.look, self.subject, self._called))

    def _called(self, well: bool) -> None:
        if well:
            self.say("good", self.words("Saved."))
        else:
            self.say("stop", self.words("Written down. Tell your supervisor now, and call them again soon."))

    def _list_ready(self) -> None:
        self.read(queries.ready_families, self.subject, then=self._list_these)

    def _list_these(self, households: Sequence[str]) -> None:
        if households:
            self.write(planning.list_families, self.subject, tuple(households), then=self.refusals.tell)
        else:
            self.say("careful", self.words("No family that goes there is ready and without a list."))

    def _all_fit(self) -> None:
        def fit(households: Sequence[str]) -> None:
            self.write(planning.all_fit, self.subject, tuple(households))

        self.read(queries.of_states, self.subject, codes.LIVE, then=fit)

    def _notify(self) -> None:
        part = self.notify_part
        self.write(planning.notify, self.subject, part.authority.chosen, part.reference.value(), then=self._notified)

    def _notified(self, told: Any) -> None:
        self.notify_part.forget()
        said = self.words.plural(
            "Recorded. The names of {n} family may be given.", "Recorded. The names of {n} families may be given.",
            len(told.named),
        )  # fmt: skip
        self.say("good", said)

    def _warn_of_closing(self) -> None:
        if self._shown is None:
            return
        here, of = self._shown.counted.families, self._shown.counted.of_families
        said = self.words("{here} families leave now, {absent} did not come and keep their place for another day.",
                          here=here, absent=of - here)  # fmt: skip
        self.quiet()
        self.say("careful", said, (self.words("Close the manifest"), self._close))

    def _close(self) -> None:
        self.quiet()
        self.bulk.close(self.subject)

    def _save_form(self) -> None:
        self.write(day.type_in, self.subject, self.paper.number.value(), self.paper.marks(), then=self._form_saved)

    def _form_saved(self, counted: day.Counted) -> None:
        self.paper.forget()
        self.counter.show_count(counted)

    def _change(self) -> None:
        if self._shown is not None:
            self.plan.show_movement(self._shown.id, self._shown.movement)

    def _save_plan(self) -> None:
        self.write(planning.change, self.subject, self.plan.plan(), then=lambda _: self.plan.forget())

    def _cancel(self) -> None:
        self.write(planning.cancel, self.subject, self.acts.reason.value(), then=self._reason_used)

    # papers

    def print_pressed(self) -> None:
        """F6: the team's manifest."""
        self._print("manifest")

    def _print(self, act: str) -> None:
        line = self._picked()
        if self._shown is not None:
            self._printing.press(act, self._shown, line.household if line is not None else None, self._now)
