"""Services and referrals: who offers what where, what was given, which referrals wait and who answers late.

Lists show numbers and no names. The list of services is printed for whoever asks, and nothing is written of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from helpdesk.assistance.referrals import counts
from helpdesk.assistance.referrals import queries as referrals
from helpdesk.assistance.referrals.codes import STATUS
from helpdesk.assistance.services import commands, directory, queries
from helpdesk.assistance.services.codes import ITEM, SECTOR
from helpdesk.assistance.services.codes import STATUS as SERVICE_STATUS
from helpdesk.assistance.services.directory import OfferShown
from helpdesk.core.language import isolate
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.households.documents import PlaceAnswer
from ui.forms.call_papers import services_paper
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.file_beside import Asking
from ui.forms.part import Part
from ui.forms.places import Places
from ui.forms.service_pieces import DeliveryPart, OfferPart, PathwayPart
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.paged_table import PagedTable
from ui.widgets.place_picker import PlacePicked
from ui.widgets.row_drawing import Column
from ui.widgets.words import button, clear, label

DIRECTORY, GIVEN, REFERRED, PROVIDERS = "DIRECTORY", "GIVEN", "REFERRED", "PROVIDERS"
SHOWN: Final = (DIRECTORY, GIVEN, REFERRED, PROVIDERS)


class Services(Page):
    """Opened with nothing, one of the four lists, or a worklist of referrals."""

    name: ClassVar[str] = "services"
    shows: ClassVar[frozenset[str]] = frozenset({"offer", "delivery", "referral", "pathway", "bundle"})

    def build(self) -> None:
        """What is typed, the choice of a list, a place to look at, and a table for each list."""
        words = self.words
        self._now: DeskNow | None = None
        self._asking: Asking | None = None
        self._offers: dict[str, OfferShown] = {}
        self._providers: dict[str, counts.ProviderCount] = {}
        self.places = Places(self.look, load_gazetteer)
        self.asked = QVBoxLayout()
        titles = {
            DIRECTORY: words("Who offers what"), GIVEN: words("What was given"), REFERRED: words("Referrals"),
            PROVIDERS: words("Providers"),
        }  # fmt: skip
        self.lists = ChoiceRow(self.look, "serviceLists", words("What to show"), list(titles.items()))
        self.lists.choose(DIRECTORY)
        self.lists.changed.connect(lambda _: self._ask())
        self.where = self.places.picker("directory.place", words("Services for a place"))
        self.where.picked.connect(lambda _: self._ask())
        self.which = ChoiceRow(
            self.look, "referralLists", words("Which referrals"), entries_of(self.look, referrals.WORKLIST)
        )
        self.which.choose("WAITING")
        self.which.changed.connect(lambda _: self._ask())
        self.told = label("", role="quiet", name="serviceCount")
        columns = {
            DIRECTORY: self._directory_columns(), GIVEN: self._given_columns(), REFERRED: self._referral_columns(),
            PROVIDERS: self._provider_columns(),
        }  # fmt: skip
        fetches = {
            DIRECTORY: self._fetch_offers, GIVEN: self._fetch_given, REFERRED: self._fetch_referrals,
            PROVIDERS: self._fetch_providers,
        }  # fmt: skip
        self.tables = {
            one: PagedTable(self.look, f"{one.lower()}Table", titles[one], columns[one], fetches[one]) for one in SHOWN
        }
        self.body.addLayout(self.asked)
        for widget in (self.lists, self.where, self.which, self.told):
            self.body.addWidget(widget)
        for one, table in self.tables.items():
            table.setMinimumHeight(self.look.size(320))
            table.opened.connect(partial(self._opened, one))
            self.body.addWidget(table, 1)
        self.body.addWidget(self._acts())
        self.body.addStretch(0)
        self._arrange()

    def _acts(self) -> QWidget:
        look, words = self.look, self.words
        self.acts = QWidget()
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        self.slip = button(
            words("Print the list of services (F6)"), look, self.print_pressed, icon_name="print", name="printServices"
        )
        self.add_offer = button(words("Add a line"), look, self._ask_offer, icon_name="add", name="addOffer")
        self.given = button(
            words("Record what a community was given"), look, self._ask_delivery, icon_name="add", name="addDelivery"
        )
        self.strokes = button(words("Count the week's strokes"), look, self._ask_strokes, name="countStrokes")
        for widget in (self.slip, self.add_offer, self.given, self.strokes):
            row.addWidget(widget)
        row.addStretch(1)
        return self.acts

    def _directory_columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("For what"), 190, lambda o: words.label(SECTOR.name, o.offer.sector)),
            Column(words("Who offers it"), 220, lambda o: isolate(o.offer.provider)),
            Column(words("What"), 0, lambda o: isolate(o.offer.what)),
            Column(words("Where"), 230, lambda o: self.places.name(PlaceAnswer(o.offer.place))),
            Column(words("Where to ask"), 150, lambda o: o.offer.contact, ltr=True),
            Column(words("Looked at"), 150, lambda o: words.date(o.offer.checked_on) if o.offer.checked_on else ""),
        ]

    def _given_columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("What"), 260, lambda d: words.label(ITEM.name, d.item)),
            Column(words("State"), 130, lambda d: words.label(SERVICE_STATUS.name, d.status)),
            Column(words("Family"), 150, lambda d: household_number_shown(d.number) if d.number else "", ltr=True),
            Column(words("Where"), 0, lambda d: self.places.name(PlaceAnswer(d.place)) if d.place else ""),
            Column(words("Who gives it"), 200, lambda d: isolate(d.provider)),
            Column(words("Completed on"), 160, lambda d: words.date(d.completed_on) if d.completed_on else ""),
        ]

    def _referral_columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Family"), 150, lambda r: household_number_shown(r.number), ltr=True),
            Column(words("For what"), 190, lambda r: words.label(SECTOR.name, r.sector)),
            Column(words("Provider"), 0, lambda r: isolate(r.provider) if r.provider else ""),
            Column(words("State"), 160, lambda r: words.label(STATUS.name, r.status)),
            Column(words("Opened"), 160, lambda r: words.date(r.opened_on)),
            Column(words("Answer due by"), 170, lambda r: words.date(r.due), tone=self._tone),
        ]

    def _provider_columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Provider"), 0, lambda p: isolate(p.provider)),
            Column(words("For what"), 190, lambda p: words.label(SECTOR.name, p.sector)),
            Column(words("Open"), 80, lambda p: words.digits(p.open)),
            Column(words("Overdue"), 90, lambda p: words.digits(p.overdue), tone=lambda p: _late(p.overdue)),
            Column(words("Oldest, days"), 110, lambda p: "" if p.oldest is None else words.digits(p.oldest)),
            Column(words("Helped"), 80, lambda p: words.digits(p.served)),
            Column(words("No capacity"), 110, lambda p: words.digits(p.no_capacity)),
            Column(words("Declined"), 90, lambda p: words.digits(p.declined)),
        ]

    def _tone(self, line: referrals.ReferralLine) -> str:
        late = self._now is not None and line.due < self._now.day and line.status in ("DRAFT", "SENT")
        return "stop" if late else "ink"

    def title(self) -> str:
        """The page's title."""
        return self.words("Services and referrals")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Choose a place to see who offers what there; F6 prints that list for whoever asks, and nothing is written "
            "of it. After violence or abuse give the list, ask nothing, and make a stroke on paper: the strokes are "
            "counted when the week is over. Enter on a family's line opens its file, where a referral goes on."
        )

    def first_field(self) -> QWidget | None:
        """The choice of a list."""
        return self.lists

    def main_action(self) -> Action | None:
        """Save what is typed; in the directory, print the list."""
        if not hasattr(self, "acts"):
            return None
        words = self.words
        if self._asking is not None:
            missing = self._asking.part.missing()
            lacking = words("Still to ask: {what}.", what=missing[0].what) if missing else ""
            return Action(words("Save"), self._save, "save", lacking)
        if self.lists.chosen == DIRECTORY:
            lacking = "" if self._offers else words("Nothing is offered here yet.")
            return Action(words("Print the list of services"), self.print_pressed, "print", lacking)
        return None

    # reading

    def open(self, subject: Any = None) -> None:
        """Show a list."""
        self.subject = subject
        self._leave()
        if subject in SHOWN:
            self.lists.choose(subject)
        elif subject in referrals.WORKLIST:
            self.lists.choose(REFERRED)
            self.which.choose(subject)
        self.read(desk_now, then=self._know_desk, newest="now")
        self._ask()

    def _know_desk(self, now: DeskNow) -> None:
        self._now = now
        if now.places:
            self.places.use(load_gazetteer().with_added(now.places))

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        self._ask()

    def _ask(self) -> None:
        self._arrange()
        shown = self.lists.chosen
        if shown == DIRECTORY:
            self.read(directory.directory, self.where.value().place_id, then=self._show_offers, newest="rows")
        elif shown == GIVEN:
            none = self.words("Nothing was recorded yet. A family's services are recorded in its file.")
            self.read(queries.delivery_ids, then=partial(self._show_ids, GIVEN, none), newest="rows")
        elif shown == REFERRED:
            none = self.words("No referral here. Refer a family from its file, or after a call.")
            self.read(
                referrals.referral_ids, self.which.chosen or "ALL", then=partial(self._show_ids, REFERRED, none),
                newest="rows",
            )  # fmt: skip
        else:
            self.read(_providers, then=self._show_providers, newest="rows")

    def _arrange(self) -> None:
        shown = self.lists.chosen
        self.where.setVisible(shown == DIRECTORY)
        self.which.setVisible(shown == REFERRED)
        for one, table in self.tables.items():
            table.setVisible(one == shown)
        if hasattr(self, "acts"):
            may = self.around.may
            self.slip.setVisible(shown == DIRECTORY)
            self.add_offer.setVisible(shown == DIRECTORY and may(commands.keep_offer))
            self.given.setVisible(shown == GIVEN and may(commands.deliver))
            self.strokes.setVisible(shown == GIVEN and may(commands.count_pathways))
            self.show_head()

    def _show_offers(self, found: Sequence[OfferShown]) -> None:
        words = self.words
        self._offers = {one.id: one for one in found}
        none = words("Nobody is known to offer anything here. A supervisor adds lines; others come with the bundle.")
        self.told.setText(words.plural("{n} line", "{n} lines", len(found)) if found else none)
        self.tables[DIRECTORY].show_ids(list(self._offers))
        self.show_head()

    def _show_ids(self, shown: str, none: str, ids: Sequence[str]) -> None:
        self.told.setText(self.words.plural("{n} line", "{n} lines", len(ids)) if ids else none)
        self.tables[shown].show_ids(ids)
        self.show_head()

    def _show_providers(self, found: Sequence[counts.ProviderCount]) -> None:
        words = self.words
        self._providers = {f"{one.sector}:{one.provider}": one for one in found}
        none = words("No referral was sent to anybody yet.")
        self.told.setText(words.plural("{n} line", "{n} lines", len(found)) if found else none)
        self.tables[PROVIDERS].show_ids(list(self._providers))

    def _fetch_offers(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._offers[one] for one in ids if one in self._offers])

    def _fetch_providers(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        then([self._providers[one] for one in ids if one in self._providers])

    def _fetch_given(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        self._fetch(queries.delivery_lines, ids, then)

    def _fetch_referrals(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        self._fetch(referrals.referral_lines, ids, then)

    def _fetch(self, query: Callable[..., Any], ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        self.read(query, tuple(ids), then=lambda lines: then([lines[one] for one in ids if one in lines]))

    # one line

    def _opened(self, shown: str, one: str) -> None:
        if shown == DIRECTORY and one in self._offers:
            if self.around.may(commands.keep_offer):
                self._ask_offer(one)
        elif shown == GIVEN:
            self.read(queries.delivery_lines, (one,), then=self._open_family, newest="line")
        elif shown == REFERRED:
            self.read(referrals.referral_lines, (one,), then=self._open_family, newest="line")

    def _open_family(self, lines: dict[str, Any]) -> None:
        for line in lines.values():
            if line.household is not None:
                self.around.go("family", line.household)

    def print_pressed(self) -> None:
        """F6: what is offered, on paper; nothing is written of it."""
        if self._now is not None and self._offers and self.lists.chosen == DIRECTORY:
            offers = [one.offer for one in self._offers.values()]
            practice = self.around.seat.practice
            self.around.go("paper", services_paper(self.words, offers, self._now, practice=practice))

    # typing

    def _ask_offer(self, offer_id: str | None = None) -> None:
        known = self._offers[offer_id].offer if offer_id is not None else None
        part = OfferPart(self.look, self.places, known)
        if known is None:
            part.place.show_value(self.where.value() if self.where.value().place_id else PlacePicked(),
                                  self.where.line.value())  # fmt: skip
        self._open_part(Asking(part, lambda: (commands.keep_offer, part.offer(), offer_id)))

    def _ask_delivery(self) -> None:
        part = DeliveryPart(self.look, None, self.places)
        self._open_part(Asking(part, lambda: (commands.deliver, part.delivery())))

    def _ask_strokes(self) -> None:
        if self._now is not None:
            part = PathwayPart(self.look, self._now.day)
            self._open_part(Asking(part, lambda: (commands.count_pathways, part.week_of, *part.counts())))

    def _open_part(self, asking: Asking) -> None:
        self._leave()
        self._asking = asking
        part: Part = asking.part
        part.add(button(self.words("Leave without saving"), self.look, self._leave, kind="link", name="leaveService"))
        part.changed.connect(lambda *_: self.show_head())
        self.asked.addWidget(part)
        self.show_head()
        part.show()
        self.keep_in_view(part)
        first = next(iter(part.fields.values()), None)
        if first is not None:
            first.edit.setFocus()

    def _leave(self) -> None:
        self._asking = None
        clear(self.asked)
        self.show_head()

    def _save(self) -> None:
        if self._asking is not None:
            command, *answers = self._asking.acts()
            self.write(command, *answers, then=lambda _: self._saved())

    def _saved(self) -> None:
        self._leave()
        self.say("good", self.words("Saved."))


def _providers(view: View) -> tuple[counts.ProviderCount, ...]:
    return counts.by_provider(view.connection, view.day)


def _late(overdue: int) -> str:
    return "stop" if overdue else "ink"
