"""Planning one grant for a movement, a site, or everybody who waits for it, with the reason for each no.

Amounts come from the signed table, and who is due from the rules; nobody here decides either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.core.numbers import household_number_shown
from helpdesk.desk.commands import View
from helpdesk.desk.places import load_gazetteer
from helpdesk.journey.cases import worklists
from helpdesk.journey.cases.worklists import SiteCount
from helpdesk.journey.departures.codes import MODE
from helpdesk.journey.departures.queries import MovementLine, movement_lines, movements
from ui.forms.desk_now import DeskNow, desk_now
from ui.forms.places import Places
from ui.forms.plan_round import MOVEMENT, PLANNED, SITE, WHOM, Answer, Asked, Planned, look, plan, plan_paper, said
from ui.forms.site_pick import SitePick
from ui.pages.base import Action, Page
from ui.widgets.choices import ChoiceRow, entries_of
from ui.widgets.fields import Field
from ui.widgets.paged_table import PagedTable
from ui.widgets.pick import PickBox
from ui.widgets.row_drawing import Column
from ui.widgets.words import label

_MOST_MOVEMENTS = 60


class PlanVouchers(Page):
    """Opened with nothing, or with an :class:`Asked` of another page."""

    name: ClassVar[str] = "plan_vouchers"
    scrolls: ClassVar[bool] = False
    shows: ClassVar[frozenset[str]] = frozenset({"bundle"})

    def build(self) -> None:
        """What is asked above, the answers below."""
        words, view = self.words, self.look
        self._now: DeskNow | None = None
        self._answers: tuple[Answer, ...] | None = None
        self._asked: Asked | None = None
        self._busy = False
        self.places = Places(view, load_gazetteer)
        self.grant = PickBox(view, "planGrant", words("Grant"), entries_of(view, GRANT, PLANNED))
        self.whom = ChoiceRow(view, "planWhom", words("For whom"), [(code, words(text)) for code, text in WHOM.items()])
        self.movement = PickBox(view, "planMovement", words("Movement"), [])
        self.site = SitePick(view, self.places)
        self.point = PickBox(view, "planPoint", words("Where it will be paid"), [])
        for box in (self.grant, self.movement, self.point):
            box.setMinimumContentsLength(24)
        self.grant.picked.connect(lambda _: self._look())
        self.movement.picked.connect(lambda _: self._look())
        self.site.picked.connect(self._look)
        self.point.picked.connect(lambda _: self.show_head())
        self.whom.changed.connect(lambda _: self._whom_chosen())
        top = QHBoxLayout()
        top.addWidget(Field(view, words("Grant"), self.grant, True), 1)
        top.addWidget(Field(view, words("Where it will be paid"), self.point, True), 1)
        whom = QHBoxLayout()
        whom.addWidget(Field(view, words("For whom"), self.whom, True), 1)
        whom.addWidget(self.movement)
        whom.addWidget(self.site)
        self.told = label("", role="quiet", name="planTold")
        self.table = PagedTable(view, "planTable", words("Families"), self._columns(), self._fetch)
        self.table.opened.connect(lambda household: self.around.go("family", household))
        self.body.addLayout(top)
        self.body.addLayout(whom)
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self._stand()

    def _columns(self) -> list[Column]:
        words = self.words
        return [
            Column(words("Family"), 150, lambda one: household_number_shown(one.number), ltr=True),
            Column(words("Entitled"), 80, lambda one: words("Yes") if one.is_due else words("No"),
                   tone=lambda one: "good" if one.is_due else "careful"),
            Column(words("How much and why"), 0, partial(said, words)),
        ]  # fmt: skip

    def title(self) -> str:
        """The page's title."""
        return self.words("Plan vouchers for many")

    def help_text(self) -> str:
        """What F1 shows."""
        return self.words(
            "Choose a grant and for whom. Every family is looked at by the rules: who is due it stands first with the "
            "amount of the signed table, then those who are not, each with the reason. Ctrl+Enter plans it for all who "
            "are due it; another supervisor approves. F6 prints the list with its reasons."
        )

    def first_field(self) -> QWidget | None:
        """The grant first."""
        return self.grant

    def main_action(self) -> Action | None:
        """Plan for all who are due it."""
        if not hasattr(self, "table"):
            return None
        words, due = self.words, self._due()
        text = words.plural("Plan {n} voucher", "Plan {n} vouchers", len(due))
        return Action(text, self._plan, "money", self._lacking())

    def _lacking(self) -> str:
        words = self.words
        if self.grant.chosen is None:
            return words("Still to ask: {what}.", what=words("the grant"))
        if self._to_ask() is None:
            return words("Still to ask: {what}.", what=words("for whom"))
        if self._answers is None:
            return words("The families are looked at first.")
        if not self._due():
            return words("It is due to none of these families; each line says why.")
        if self.point.chosen is None:
            return words("Still to ask: {what}.", what=words("where it will be paid"))
        return ""

    # reading

    def open(self, subject: Any = None) -> None:
        """Begin with what another page asked, or with nothing chosen."""
        self.subject = subject
        self._answers, self._busy = None, False
        asked = subject if isinstance(subject, Asked) else None
        self.grant.choose(asked.grant if asked else None)
        self.whom.choose(asked.whom if asked else None)
        self.site.show_site(asked.which if asked and asked.whom == SITE else "")
        self.read(_offered, then=partial(self._offer, asked), newest="offered")

    def _offer(self, asked: Asked | None, found: tuple[DeskNow, list[MovementLine], tuple[SiteCount, ...]]) -> None:
        words, (self._now, lines, sites) = self.words, found
        self.places.use(load_gazetteer().with_added(self._now.places))
        self.movement.offer([
            (line.id, words("{day}: {how}, {count}", day=line.day, how=words.label(MODE.name, line.mode),
                            count=words.plural("{n} family", "{n} families", line.families)))
            for line in lines
        ])  # fmt: skip
        self.movement.choose(asked.which if asked and asked.whom == MOVEMENT else None)
        self.site.offer(sites)
        self.point.offer([(str(point.number), point.name) for point in self._now.pay_points])
        if len(self._now.pay_points) == 1:
            self.point.choose(str(self._now.pay_points[0].number))
        self._stand()
        self._look()

    def refresh(self) -> None:
        """Look again."""
        self._look()

    def _whom_chosen(self) -> None:
        self._stand()
        self._look()

    def _stand(self) -> None:
        self.movement.setVisible(self.whom.chosen == MOVEMENT)
        self.site.setVisible(self.whom.chosen == SITE)

    def _to_ask(self) -> Asked | None:
        grant, whom = self.grant.chosen, self.whom.chosen
        if grant is None or whom is None:
            return None
        which = {MOVEMENT: self.movement.chosen, SITE: self.site.chosen}.get(whom, "")
        return None if which is None else Asked(grant, whom, which)

    def _look(self) -> None:
        asked = self._to_ask()
        self._asked, self._answers = asked, None
        self._tell()
        if asked is not None:
            self.long(partial(_looked, asked=asked), then=partial(self._show, asked),
                      title=self.words("Looking at each family"))  # fmt: skip

    def _show(self, asked: Asked, answers: tuple[Answer, ...]) -> None:
        if asked == self._asked:  # nothing else was asked for meanwhile
            self._answers = answers
            self._tell()

    def _tell(self) -> None:
        words, answers = self.words, self._answers
        self.table.show_ids([one.household for one in answers or ()])
        if answers is None:
            self.told.setText(words("Choose a grant and for whom; then every family stands here with yes or no."))
        elif not answers:
            self.told.setText(words("No family is in this list."))
        else:
            due = len(self._due())
            yes = words.plural("{n} family is due it", "{n} families are due it", due)
            no = words.plural("{n} family is not", "{n} families are not", len(answers) - due)
            self.told.setText(words("{yes}; {no}.", yes=yes, no=no))
        self.show_head()

    def _fetch(self, ids: Sequence[Any], then: Callable[[Sequence[Any]], None]) -> None:
        found = {one.household: one for one in self._answers or ()}
        then([found[one] for one in ids if one in found])

    # acting

    def _due(self) -> list[str]:
        return [one.household for one in self._answers or () if one.is_due]

    def _plan(self) -> None:
        if self._asked is None or self._busy:
            return
        self._busy = True
        work = partial(_plan, households=tuple(self._due()), grant=self._asked.grant,
                       point=int(self.point.chosen or 0))  # fmt: skip
        running = self.long(work, then=self._planned, title=self.words("Planning the vouchers"))
        running.ended.connect(self._ended)

    def _ended(self) -> None:
        self._busy = False

    def _planned(self, done: Planned) -> None:
        words = self.words
        self.around.work.committed.emit()
        self.quiet()
        count = words.plural(
            "{n} voucher is planned. Another supervisor must approve it.",
            "{n} vouchers are planned. Another supervisor must approve them.",
            done.vouchers,
        )
        way_on = words("Show them"), lambda: self.around.go("vouchers", "APPROVE")
        self.say("good", count, way_on)
        if done.stopped:
            self.say("careful", words("Stopped. What was planned stays; press again to go on with the rest."))
        self._look()

    def print_pressed(self) -> None:
        """F6: the list with its reasons."""
        if self._answers and self._asked is not None and self._now is not None:
            practice = self.around.seat.practice
            self.around.go("paper", plan_paper(self.words, self._asked.grant, self._answers, self._now,
                                               practice=practice))  # fmt: skip
        else:
            self.say("info", self.words("Choose a grant and for whom first; then the list can be printed."))


def _looked(desk: Any, progress: Any, asked: Asked) -> tuple[Answer, ...]:
    return look(desk, progress, asked)


def _plan(desk: Any, progress: Any, households: tuple[str, ...], grant: str, point: int) -> Planned:
    return plan(desk, progress, households, grant, point)


def _offered(view: View) -> tuple[DeskNow, list[MovementLine], tuple[SiteCount, ...]]:
    ids = movements(view, "ALL")[:_MOST_MOVEMENTS]
    lines = movement_lines(view, ids)
    return desk_now(view), [lines[one] for one in ids if one in lines], worklists.sites(view)
