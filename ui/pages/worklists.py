"""Worklists: what a supervisor lives in, one list at a time, with what may be done for one family or for all of it.

A list holds ids and fetches a page of rows as it is looked at. Bulk acts do what they can and tell apart who could
not be served and why; nothing is done to a family that was not asked about at the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries, worklists
from helpdesk.journey.cases.codes import SAFEGUARD, STATE
from helpdesk.journey.cases.gate import NotNow
from helpdesk.journey.cases.queries import WORKLIST, CaseLine
from ui.forms import case_asks
from ui.forms.case_lists import worklist_paper
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.file_beside import Asking
from ui.forms.file_typing import TypingPlace
from ui.forms.in_list import InList
from ui.forms.movement_chosen import Chosen
from ui.forms.places import Places
from ui.forms.site_pick import SitePick
from ui.forms.worklist import OtherList, Worded, counts_of, ids_of, lines_of
from ui.pages.base import Action, Page
from ui.surroundings import Surroundings
from ui.widgets.paged_table import PagedTable
from ui.widgets.pick import PickBox
from ui.widgets.words import button, clear, label

MOST: Final = 500
"""Families for whom one bulk act is done at once."""
MOST_PRINTED: Final = 1000
SIDE: Final = 264
"""Width of the list of lists in pixels at 100 %."""
REFUSED: Final = "refused"
_MISSING: Final = "MISSING"
_BEFORE: Final = ("PREPARING", "READY", "SCHEDULED", "DECLARE", "INTENTION", "CLEARANCE", "CENTRE", _MISSING)


class Worklists(Page):
    """Opened with a code of ``worklist``, a state, ``"MISSING:H2"``, a name of another room's list, or (that, site)."""

    name: ClassVar[str] = "worklists"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset(
        {"household", "person", "case", "waiver", "waiver_confirmed", "departure", "settlement", "information",
         "reconfirmation", "briefing", "clearance", "attendance", "seat", "voucher", "payment", "bundle",
         "follow_up_proposal"}
    )  # fmt: skip

    def __init__(self, around: Surroundings, others: Sequence[OtherList] = ()) -> None:
        self._others = [other for other in others if other.allowed(around)]
        super().__init__(around)

    def build(self) -> None:
        """The lists beside, the table with what may be done below it."""
        words = self.words
        self._worded = Worded(words)
        self._ids: Sequence[str] = ()
        self._code = "DECLARE"
        self._now: DeskNow | None = None
        self.places = Places(self.look, load_gazetteer)
        self.site = SitePick(self.look, self.places)
        self.site.picked.connect(self._ask)
        self.lists = QListWidget()
        self.lists.setObjectName("worklistNames")
        self.lists.setAccessibleName(words("Worklists"))
        self.lists.setFixedWidth(self.look.size(SIDE))
        self.lists.setWordWrap(True)
        self.lists.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lists.currentItemChanged.connect(lambda item, _: self._choose(item))
        entries = [(code, words.label(SAFEGUARD.name, code)) for code in SAFEGUARD]
        self.safeguard = PickBox(self.look, "safeguardPick", words("What is missing"), entries, numbered=False)
        self.safeguard.setMinimumContentsLength(24)
        self.safeguard.picked.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="worklistTold")
        self.table = PagedTable(
            self.look, "worklistTable", words("Families"), self._worded.columns(), self._fetch, sort=self._sort
        )
        self.table.opened.connect(self._open_file)
        self.typing = TypingPlace(self.look)
        self.typing.moved.connect(self._typing_moved)
        self.typing.left.connect(self.focus_first)
        self.acts = QHBoxLayout()
        right = QVBoxLayout()
        top = QHBoxLayout()
        top.addWidget(self.site, 1)
        top.addWidget(self.safeguard, 1)
        right.addLayout(top)
        right.addWidget(self.told)
        right.addWidget(self.typing)
        right.addWidget(self.table, 1)
        right.addLayout(self.acts)
        whole = QHBoxLayout()
        whole.setSpacing(self.look.size(12))
        whole.addWidget(self.lists)
        whole.addLayout(right, 1)
        self.body.addLayout(whole, 1)
        self._order, self._descending = "number", False

    def title(self) -> str:
        """The page's title."""
        return self.words("Worklists")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Choose a list on the side with the arrows; it opens on the right. Enter opens a family's file, Ctrl and "
            "an arrow lead to the next one there. What may be done for all of a list stands below it and on "
            "Ctrl+Enter. F6 prints the numbers of the list."
        )

    def first_field(self) -> QWidget | None:
        """The lists."""
        return self.lists

    def main_action(self) -> Action | None:
        """Save what is open; else what this list asks for."""
        if not hasattr(self, "_order"):
            return None
        words = self.words
        if self.typing.asking is not None:
            return Action(words("Save"), self._save, "save", self.typing.lacking())
        if self._code == "DECLARE" and self._ids and self.around.may(cases.bulk_declare_ready):
            count = min(len(self._ids), MOST)
            said = words.plural("Declare {n} family ready", "Declare {n} families ready", count)
            return Action(said, self._confirm_ready, "check")
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list, perhaps of one site."""
        self.subject = subject
        code, site = subject if isinstance(subject, tuple) else (subject, None)
        if site is not None:
            self.site.show_site(site)
        self.typing.close_piece()
        if isinstance(code, str) and code:
            name, _, safeguard = code.partition(":")
            self._stand_on(name)
            self.safeguard.choose(safeguard or None)
        self.read(desk_now, then=self._know_desk, newest="now")
        self.refresh()

    def refresh(self) -> None:
        """Count the lists and ask for the one that is open."""
        self.read(worklists.sites, then=self.site.offer, newest="sites")
        self._ask()

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def _ask(self) -> None:
        self.safeguard.setVisible(self._code == _MISSING)
        self.read(counts_of, self.site.chosen, tuple(self._others), then=self._show_counts, newest="counts")
        if self._code == REFUSED:
            self._show(list(self._worded.refused))
            return
        other = self._other(self._code)
        if other is not None and other.ids is not None:
            self.read(other.ids, self.site.chosen, then=self._show, newest="ids")
        elif other is None:
            self.read(ids_of, self._code, self.site.chosen, self.safeguard.chosen, self._order, self._descending,
                      then=self._show, newest="ids")  # fmt: skip

    def _show_counts(self, counts: dict[str, int]) -> None:
        words = self.words
        titles = {code: words.label(WORKLIST.name, code) for code in WORKLIST}
        titles |= {other.name: words(other.title) for other in self._others}
        if self._code not in titles and self._code != REFUSED:
            titles[self._code] = words.label(STATE.name, self._code)
        self.lists.blockSignals(True)
        self.lists.clear()
        for code, title in titles.items():
            told = words("{thing}: {count}", thing=title, count=counts[code]) if code in counts else title
            item = QListWidgetItem(told)
            item.setData(Qt.ItemDataRole.UserRole, code)
            self.lists.addItem(item)
            if code == self._code:
                self.lists.setCurrentItem(item)
        self.lists.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        code = str(item.data(Qt.ItemDataRole.UserRole))
        other = self._other(code)
        if other is not None and other.page:
            self.around.go(other.page, other.subject)
            return
        self._stand_on(code)
        self.typing.close_piece()
        self._ask()

    def _stand_on(self, code: str) -> None:
        self._code = self._worded.code = code
        self._worded.refused = {}

    def _other(self, code: str) -> OtherList | None:
        return next((other for other in self._others if other.name == code), None)

    def _show(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self.table.show_ids(ids)
        words = self.words
        said = words.plural("{n} family", "{n} families", len(ids)) if ids else words("Nothing waits here.")
        self.told.setText(said)
        self._show_acts()
        self.show_head()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        def take(found: dict[str, CaseLine]) -> None:
            then([found[one] for one in ids if one in found])

        self.read(queries.lines, tuple(ids), then=take)

    def _sort(self, order: str, descending: bool) -> None:
        self._order, self._descending = order, descending
        self._ask()

    # acts

    def _show_acts(self) -> None:
        clear(self.acts)
        for name, text, act in self._offered():
            self.acts.addWidget(button(text, self.look, act, name=name))
        self.acts.addStretch(1)

    def _offered(self) -> list[tuple[str, str, Callable[[], None]]]:
        words, may = self.words, self.around.may
        if not self._ids or self.typing.asking is not None:
            return []
        offered: list[tuple[str, str, Callable[[], None]]] = []
        code, safeguard = self._code, self.safeguard.chosen
        if code == "READY":
            chosen = tuple(self._ids[:MOST])
            said = words.plural("Plan a movement for {n} family", "Plan a movement for {n} families", len(chosen))
            offered.append(("planOne", said, partial(self.around.go, "convoys", Chosen(chosen))))
        if code == _MISSING and safeguard in case_asks.TOPIC_OF and may(case_asks.INFORM):
            topics = (case_asks.TOPIC_OF[safeguard],)
            offered.append(("informAll", words("Information given to all of these"), partial(self._inform, topics)))
        if code == _MISSING and safeguard == "H8" and may(case_asks.BRIEF):
            offered.append(("briefAll", words("Briefing given to all of these"), self._brief))
        if code in (_MISSING, "CLEARANCE") and (safeguard == "H6" or code == "CLEARANCE"):
            go = partial(self.around.go, "clearances", tuple(self._ids[:MOST]))
            offered.append(("clearAll", words("Record an answer for these"), go))
        if code in _BEFORE and may(cases.hold):
            offered.append(("holdAll", words("All of these wait for now"), self._hold))
        return offered

    def _ask_for(self, asking: Asking) -> None:
        self.typing.open(asking)

    def _inform(self, topics: tuple[str, ...]) -> None:
        self._ask_for(case_asks.information_many(self.look, tuple(self._ids[:MOST]), topics, self._said_many))

    def _brief(self) -> None:
        self._ask_for(case_asks.briefing_many(self.look, tuple(self._ids[:MOST]), self._said_many))

    def _hold(self) -> None:
        self._ask_for(case_asks.hold_many(self.look, tuple(self._ids[:MOST]), self._after_bulk))

    def _typing_moved(self) -> None:
        if hasattr(self, "_order"):
            self.table.setVisible(self.typing.asking is None)
            self._show_acts()
            self.show_head()

    def _save(self) -> None:
        self.typing.save(self.write, self.show_failure)

    def _said_many(self, _: Any) -> None:
        self.say("good", self.words("Saved."))

    def _confirm_ready(self) -> None:
        ids = tuple(self._ids[:MOST])
        said = self.words.plural("Declare {n} family ready", "Declare {n} families ready", len(ids))
        self.quiet()
        self.say(
            "careful", self.words("Each family is looked at once more at the gate. Who lacks something is told apart."),
            (said, partial(self._declare, ids)),
        )  # fmt: skip

    def _declare(self, ids: tuple[str, ...]) -> None:
        self.quiet()
        self.write(cases.bulk_declare_ready, ids, then=partial(self._declared, len(ids)))

    def _declared(self, asked: int, refused: Sequence[NotNow]) -> None:
        count = asked - len(refused)
        self.say("good", self.words.plural("{n} family is ready.", "{n} families are ready.", count))
        self._tell_refused(refused)

    def _after_bulk(self, refused: Sequence[NotNow]) -> None:
        self.say("good", self.words("Saved."))
        self._tell_refused(refused)

    def _tell_refused(self, refused: Sequence[NotNow]) -> None:
        if not refused:
            return
        self._worded.refused = {one.household: one for one in refused}
        words = self.words
        said = words.plural("For {n} family it could not be done.", "For {n} families it could not be done.",
                            len(refused))  # fmt: skip
        self.say("careful", said, (words("Show them, each with its reason"), self._show_refused))

    def _show_refused(self) -> None:
        self._code = REFUSED
        self._ask()

    def _open_file(self, household: str) -> None:
        self.around.go("family", InList(household, self._ids))

    def print_pressed(self) -> None:
        """F6: the numbers of the list."""
        if self._ids:
            self.read(lines_of, tuple(self._ids[:MOST_PRINTED]), then=self._print, newest="print")

    def _print(self, lines: Sequence[CaseLine]) -> None:
        if self._now is not None:
            title, practice = self._title_of(self._code), self.around.seat.practice
            paper = worklist_paper(self.words, title, lines, len(self._ids), self._now, practice=practice)
            self.around.go("paper", paper)

    def _title_of(self, code: str) -> str:
        other = self._other(code)
        if other is not None:
            return self.words(other.title)
        if code == REFUSED:
            return self.title()
        return self.words.label((WORKLIST if code in WORKLIST else STATE).name, code)
