"""Places of return: the list by priority with what each lacks, and the way to one place.

A place may be found that nothing is recorded of yet; everything else of it stands in its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout

from helpdesk.core.language import N_
from helpdesk.desk.commands import View
from helpdesk.desk.places import Gazetteer, load_gazetteer
from helpdesk.journey.areas import queries
from helpdesk.journey.areas.queries import PlaceLine
from helpdesk.journey.areas.standing import gazetteer_of
from ui.forms.places import Places
from ui.pages.base import Page
from ui.widgets.choices import ChoiceRow
from ui.widgets.fields import Field
from ui.widgets.paged_table import PagedTable
from ui.widgets.place_picker import PlacePicked
from ui.widgets.row_drawing import Column
from ui.widgets.words import label

_LISTS: Final = {
    "RECORDED": N_("Something is recorded"),
    "BLOCKED": N_("Not open"),
    "OPEN": N_("Open"),
    "EVERY": N_("Every place"),
}
KINDS: Final = ("district", "subdistrict", "camp", "site")


@dataclass(frozen=True)
class _Found:
    lines: tuple[PlaceLine, ...]
    places: Gazetteer
    waiting: int
    overdue: int


class Areas(Page):
    """Opened with nothing, or with one of the lists."""

    name: ClassVar[str] = "areas"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"area_standing", "area_waiver", "area_action", "bundle"})

    def build(self) -> None:
        """A picker, the lists, and the table."""
        words = self.words
        self._lines: dict[str, PlaceLine] = {}
        self._places = Places(self.look, load_gazetteer)
        self.picker = self._places.picker("areaPicker", words("Find a place"), KINDS)
        self.picker.picked.connect(self._picked)
        self.lists = ChoiceRow(
            self.look, "areaLists", words("Which places"), [(code, words(said)) for code, said in _LISTS.items()]
        )
        self.lists.choose("RECORDED")
        self.lists.changed.connect(lambda _: self.refresh())
        self.told = label("", role="quiet", name="areaCount")
        self.table = PagedTable(self.look, "areasTable", words("Places"), self._columns(), self._fetch)
        self.table.opened.connect(lambda place: self.around.go("area", place))
        row = QHBoxLayout()
        row.addWidget(Field(self.look, words("Find a place"), self.picker), 1)
        row.addWidget(self.lists, 2)
        self.body.addLayout(row)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Place"), 0, lambda line: self._places.all.shown(line.place, words.language)),
            Column(words("Severity"), 180, self._severity),
            Column(words("How the place stands"), 170, self._stands, tone=_tone),
            Column(words("Lacking"), 90, lambda line: words.digits(len(line.missing)) if line.missing else ""),
            Column(words("Open until"), 190, lambda line: words.date(line.until) if line.until else ""),
        ]

    def _severity(self, line: PlaceLine) -> str:
        words = self.words
        said = words.label("area_severity", line.severity) if line.severity else ""
        return " \u00b7 ".join(part for part in (said, words("hotspot") if line.hotspot else "") if part)

    def _stands(self, line: PlaceLine) -> str:
        words = self.words
        if line.hold:
            return words.label("area_why", "ALERT")
        if line.result == "NOT_ACCEPTABLE":
            return words.label("area_result", line.result)
        return words("not open") if line.missing else words("open")

    def title(self) -> str:
        """The page's title."""
        return self.words("Places of return")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Families are helped to move only to places that were assessed and whose safeguards hold. The places where "
            "conditions are worst stand first. Enter opens a place: what was found, what is missing, the action plan."
        )

    def open(self, subject: Any = None) -> None:
        """Show a list."""
        self.subject = subject
        if isinstance(subject, str) and subject in _LISTS:
            self.lists.choose(subject)
        self.refresh()

    def refresh(self) -> None:
        """Read the places again."""
        self.read(_read, self.lists.chosen == "EVERY", then=self._show, newest="places")

    def _show(self, found: _Found) -> None:
        words, chosen = self.words, self.lists.chosen
        self._places.use(found.places)
        lines = [
            line for line in found.lines
            if chosen in ("RECORDED", "EVERY") or (chosen == "BLOCKED") == bool(line.missing)
        ]  # fmt: skip
        self._lines = {line.place: line for line in lines}
        self.table.show_ids(list(self._lines))
        said = [words.plural("{n} place", "{n} places", len(lines))]
        if found.waiting:
            said.append(words.plural("{n} waiver to confirm", "{n} waivers to confirm", found.waiting))
        if found.overdue:
            said.append(words.plural("{n} action overdue", "{n} actions overdue", found.overdue))
        if not found.lines:
            said = [words("Nothing is recorded of any place yet. Find one above to record its assessment.")]
        self.told.setText("   \u00b7   ".join(said))

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._lines[one] for one in ids if one in self._lines])

    def _picked(self, picked: PlacePicked) -> None:
        if picked.place_id:
            self.around.go("area", picked.place_id)


def _tone(line: PlaceLine) -> str:
    if line.hold or line.result == "NOT_ACCEPTABLE":
        return "stop"
    return "careful" if line.missing else "good"


def _read(view: View, everything: bool) -> _Found:
    return _Found(
        queries.lines(view, everything=everything),
        gazetteer_of(view.connection),
        len([one for one in queries.waiting_waivers(view) if not one.own]),
        len(queries.overdue_actions(view)),
    )
