"""Journey: the readiness board of a camp or of all sites; columns are steps, and families move by what is recorded.

A card says the least: a number, how many people, since when. Nothing here can be dragged, and nothing of why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from helpdesk.core.language import isolate_ltr
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.cases import commands as cases
from helpdesk.journey.cases import queries, worklists
from helpdesk.journey.cases.codes import SAFEGUARD, STATE
from helpdesk.journey.cases.queries import WORKLIST
from helpdesk.journey.cases.worklists import CARDS, Board, BoardCard, BoardColumn, SiteCount
from ui.forms.case_lists import board_paper
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.places import Places
from ui.forms.site_pick import EVERYWHERE, SitePick
from ui.pages.base import Action, Page
from ui.widgets.board import BoardGrid, CardShown, ColumnShown
from ui.widgets.words import Card, button, clear, label

KINDS: Final = frozenset(
    {"household", "person", "consent", "intention", "barriers", "vulnerability", "bundle", "case", "waiver",
     "waiver_confirmed", "departure", "settlement", "information", "reconfirmation", "briefing", "relocation_check",
     "guardian_check", "attendance", "seat", "clearance", "area_assessment", "card"}
)  # fmt: skip
LINKS_IN_ROW: Final = 4
_AT_HAND: Final = ("DECLARE", "WAIVERS", "INCIDENTS", "AWAITING", "INTENTION", "CLEARANCE", "CENTRE")
"""Worklists that the board itself counts, because they ask for somebody today."""


class Journey(Page):
    """Opened with nothing, or with a site's id."""

    name: ClassVar[str] = "journey"
    shows: ClassVar[frozenset[str]] = KINDS

    def build(self) -> None:
        """Site, board, those beside the way, and what is missing most."""
        words = self.words
        self._board: Board | None = None
        self._counts: dict[str, int] = {}
        self._now: DeskNow | None = None
        self._starts: dict[str, int] = {}
        self.places = Places(self.look, load_gazetteer)
        self.site = SitePick(self.look, self.places)
        self.site.picked.connect(self._pick_site)
        self.total = label("", role="quiet", name="boardTotal")
        top = QHBoxLayout()
        top.addWidget(self.site, 1)
        top.addWidget(self.total, 2)
        self.grid = BoardGrid(self.look, words("Readiness board"))
        self.grid.opened.connect(lambda household: self.around.go("family", household))
        self.grid.listed.connect(self._list)
        self.grid.turned.connect(self._turn)
        self.links = Card(self.look, words("What asks for somebody"), "boardLinks")
        self._links = QGridLayout()
        self._links.setColumnStretch(LINKS_IN_ROW, 1)
        self.links.inside.addLayout(self._links)
        self.lacking = Card(self.look, words("What families in preparation still lack"), "boardLacking")
        self._lacking = QGridLayout()
        self._lacking.setColumnStretch(LINKS_IN_ROW, 1)
        self.lacking.inside.addLayout(self._lacking)
        self.body.addLayout(top)
        self.body.addWidget(self.grid)
        self.body.addWidget(self.links)
        self.body.addWidget(self.lacking)
        self.body.addStretch(1)

    def title(self) -> str:
        """The page's title."""
        return self.words("Journey")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Each column is a step, each card a family: its number, its size, and since when it stands there. Arrows "
            "move from card to card, Page Down turns a column, Enter opens the family's file. A heading opens the "
            "column as a list. Families move by what is recorded, never by hand. F6 prints the counts."
        )

    def first_field(self) -> QWidget | None:
        """The first card."""
        return self.grid.stop()

    def main_action(self) -> Action | None:
        """The list of families that only wait to be declared ready, for who may."""
        waiting = getattr(self, "_counts", {}).get("DECLARE", 0)
        if not waiting or not self.around.may(cases.bulk_declare_ready):
            return None
        said = self.words.plural("{n} family to declare ready", "{n} families to declare ready", waiting)
        return Action(said, partial(self._list, "DECLARE"), "forward")

    # reading

    def open(self, subject: str | None = None) -> None:
        """Show a site, or everywhere."""
        self.subject = subject
        self._starts.clear()
        if subject is not None:
            self.site.show_site(subject)
        self.read(desk_now, then=self._know_desk, newest="now")
        self.refresh()

    def refresh(self) -> None:
        """Ask for sites, board and counts."""
        self.read(worklists.sites, then=self._show_sites, newest="sites")
        self._ask()

    def _ask(self) -> None:
        self.read(_board, self.site.chosen, dict(self._starts), then=self._show, newest="board")

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def _show_sites(self, sites: Sequence[SiteCount]) -> None:
        self.site.offer(sites)

    def _pick_site(self) -> None:
        self._starts.clear()
        self._ask()

    def _show(self, found: tuple[Board, dict[str, int], dict[str, int]]) -> None:
        board, self._counts, lacking = found
        self._board = board
        words = self.words
        nobody = words("No family yet. The first registration begins the board.")
        self.total.setText(self._families(board.families) if board.families else nobody)
        self._starts = {column.state: column.start for column in board.columns}
        self.grid.show_columns([self._column(column) for column in board.columns])
        self._show_links(board)
        self._show_lacking(lacking)
        self.show_head()

    def _families(self, count: int) -> str:
        return self.words.plural("{n} family", "{n} families", count)

    def _column(self, column: BoardColumn) -> ColumnShown:
        words = self.words
        heading = words.label(STATE.name, column.state)
        return ColumnShown(
            code=column.state,
            heading=heading,
            count=words.digits(column.families),
            counts=self._families(column.families),
            cards=[self._card(card, heading) for card in column.cards],
            before=column.start > 0,
            after=column.start + CARDS < column.families,
        )

    def _card(self, card: BoardCard, state: str) -> CardShown:
        words = self.words
        day = self._board.day if self._board is not None else card.since
        number = household_number_shown(card.number)
        size = words.plural("{n} person", "{n} persons", card.persons)
        age = words.plural("{n} day", "{n} days", max(0, (day - card.since).days))
        lines = (isolate_ltr(number), size, age)
        said = words("{number}, {size}, in {state} for {age}", number=number, size=size, state=state, age=age)
        return CardShown(card.household, lines, said)

    def _show_links(self, board: Board) -> None:
        words = self.words
        clear(self._links)
        entries = [(code, words.label(WORKLIST.name, code), self._counts.get(code, 0)) for code in _AT_HAND]
        entries += [(one.state, words.label(STATE.name, one.state), one.families) for one in board.beside]
        self._fill(self._links, [(f"at.{code}", said, n, partial(self._list, code)) for code, said, n in entries if n])
        self.links.setVisible(any(n for _, _, n in entries))

    def _show_lacking(self, lacking: Mapping[str, int]) -> None:
        words = self.words
        clear(self._lacking)
        entries = [
            (f"lacking.{code}", words.label(SAFEGUARD.name, code), n, partial(self._list, f"MISSING:{code}"))
            for code, n in sorted(lacking.items(), key=lambda pair: -pair[1])
            if n
        ]
        self._fill(self._lacking, entries)
        self.lacking.setVisible(bool(entries))

    def _fill(self, grid: QGridLayout, entries: Sequence[tuple[str, str, int, partial[None]]]) -> None:
        for place, (name, said, count, opens) in enumerate(entries):
            told = self.words("{thing}: {count}", thing=said, count=count)
            made = button(told, self.look, opens, kind="link", name=name)
            grid.addWidget(made, place // LINKS_IN_ROW, place % LINKS_IN_ROW)

    # acts

    def _turn(self, state: str, step: int) -> None:
        self._starts[state] = max(0, self._starts.get(state, 0) + step * CARDS)
        self._ask()

    def _list(self, code: str) -> None:
        self.around.go("worklists", (code, self.site.chosen or EVERYWHERE))

    def print_pressed(self) -> None:
        """F6: the counts of the board."""
        self.read(queries.board, self.site.chosen, then=self._print, newest="print")

    def _print(self, columns: Sequence[queries.Column]) -> None:
        if self._now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", board_paper(self.words, columns, self._now, practice=practice))


def _board(view: View, site: str | None, starts: Mapping[str, int]) -> tuple[Board, dict[str, int], dict[str, int]]:
    return worklists.board(view, site, starts), queries.worklist_counts(view, site), queries.missing_counts(view, site)
