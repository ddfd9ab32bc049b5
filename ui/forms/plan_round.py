"""Planning for many: who is asked about, the answer for each of them, the plan itself, and the list on paper.

It reads and plans in pieces, so that a stop loses no more than a piece; the rules are those of a single family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.assistance.grants.codes import BY_DAYS, GRANT, IN_KIND
from helpdesk.assistance.vouchers import planning
from helpdesk.assistance.vouchers.entitlements import (
    Entitled,
    answers_among,
    families_arrived,
    families_of_movement,
    families_of_site,
)
from helpdesk.assistance.vouchers.unpaid import departed_unpaid
from helpdesk.core.errors import Refusal, Stopped
from helpdesk.core.language import N_, Words
from helpdesk.core.numbers import household_number_shown
from helpdesk.core.progress import Progress
from helpdesk.desk.commands import View
from helpdesk.households.queries import lines as household_lines
from helpdesk.journey.cases.gate import NotNow
from helpdesk.printing.blocks import day_shown, unbroken
from helpdesk.printing.grants import answer_shown
from helpdesk.printing.lists import Column as PaperColumn
from helpdesk.printing.lists import ListPaper, list_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper
from ui.work import AnyDesk

PLANNED: Final = tuple(code for code in GRANT if code not in (BY_DAYS, IN_KIND))
"""The grants that are planned for many: days of work come from their sheets, packages from stock."""
MOVEMENT, SITE, UNPAID, ARRIVED = "MOVEMENT", "SITE", "UNPAID", "ARRIVED"
WHOM: Final = {
    MOVEMENT: N_("a movement"), SITE: N_("a camp or site"), UNPAID: N_("departed, not paid yet"),
    ARRIVED: N_("arrived"),
}  # fmt: skip
PIECE: Final = 50


@dataclass(frozen=True)
class Asked:
    """What is asked: which grant for whom; ``which`` names the movement or site, "" where there is none to name."""

    grant: str
    whom: str
    which: str = ""


@dataclass(frozen=True)
class Answer:
    """One family and its answer; ``why`` instead where planning said no."""

    household: str
    number: str
    entitled: Entitled
    refused: NotNow | None = None

    @property
    def is_due(self) -> bool:
        """Whether a voucher would be planned."""
        return self.entitled.answer.due and self.refused is None


@dataclass(frozen=True)
class Planned:
    """What planning came to: the vouchers, the families that were refused all the same, and whether it was stopped."""

    vouchers: int
    refused: tuple[NotNow, ...]
    stopped: bool


def households_of(view: View, asked: Asked) -> tuple[str, ...]:
    """The families who are asked about."""
    if asked.whom == MOVEMENT:
        return families_of_movement(view, asked.which)
    if asked.whom == SITE:
        return families_of_site(view, asked.which)
    return tuple(departed_unpaid(view)) if asked.whom == UNPAID else families_arrived(view)


def look(desk: AnyDesk, progress: Progress, asked: Asked) -> tuple[Answer, ...]:
    """The answer for each family. Raises Stopped."""
    households = desk.ask(households_of, asked)
    found: list[Answer] = []
    for first in range(0, len(households), PIECE):
        progress(first, len(households), N_("Looking at each family"))
        piece = households[first : first + PIECE]
        answers, lines = desk.ask(answers_among, piece, asked.grant), desk.ask(household_lines, list(piece))
        found += [Answer(one, lines[one].number if one in lines else "", answers[one]) for one in piece]
    return tuple(sorted(found, key=lambda one: (not one.is_due, one.number)))


def plan(desk: AnyDesk, progress: Progress, households: Sequence[str], grant: str, point: int) -> Planned:
    """Plan for these; after a stop what was planned by then."""
    vouchers, refused = 0, list[NotNow]()
    for first in range(0, len(households), PIECE):
        try:
            progress(first, len(households), N_("Planning the vouchers"))
        except Stopped:
            return Planned(vouchers, tuple(refused), stopped=True)
        done = desk.do(planning.plan_many, tuple(households[first : first + PIECE]), grant, point)
        vouchers += len(done.vouchers)
        refused += done.refused
    return Planned(vouchers, tuple(refused), stopped=False)


def said(words: Words, one: Answer) -> str:
    """Yes or no with how much and why, as the family's slip says it."""
    if one.refused is not None:
        return words.sentence(Refusal(one.refused.code, **one.refused.values))
    return answer_shown(words, one.entitled)


def plan_paper(words: Words, grant: str, answers: Sequence[Answer], now: DeskNow, *, practice: bool) -> Paper:
    """Everybody who was asked about, with the answer and its reason; no name stands on it."""
    due = sum(one.is_due for one in answers)
    paper = ListPaper(
        title=words("Who is due a grant, and why"),
        columns=(PaperColumn(words("Family"), 2), PaperColumn(words("Answer"), 7)),
        rows=[(unbroken(household_number_shown(one.number)), said(words, one)) for one in answers],
        practice=practice,
        facts=(
            (words("Desk"), words.digits(f"{now.number:03d}")),
            (words("Day"), day_shown(words, now.day)),
            (words("Grant"), words.label(GRANT.name, grant)),
            (words("Entitled"), words.digits(due)),
            (words("Not now"), words.digits(len(answers) - due)),
        ),
    )
    return Paper(paper.title, list_pdf(paper, words))
