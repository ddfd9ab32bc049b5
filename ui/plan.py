"""What the window is made of: every page with the queries and commands it needs, put together in one table.

Imported after the first paint (see ``ui.app``), because with it come the store's libraries. No page imports another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.assistance.attendance.commands import open_ as open_sheet
from helpdesk.assistance.cash.commands import count as count_cash
from helpdesk.assistance.distributions.commands import open_ as open_payday
from helpdesk.assistance.feedback.commands import record as take_feedback
from helpdesk.assistance.feedback.queries import waiting
from helpdesk.assistance.kits.commands import receive as receive_kits
from helpdesk.assistance.services.commands import deliver as deliver_service
from helpdesk.assistance.vouchers import approving, doubles, planning
from helpdesk.assistance.vouchers.unpaid import count_unpaid, departed_unpaid
from helpdesk.casework.calling import finish_call
from helpdesk.casework.settling import count_disputed, disputed_families, settle
from helpdesk.core.clock import read_instant
from helpdesk.core.codes import Lists
from helpdesk.core.language import N_
from helpdesk.desk import drafts, users
from helpdesk.desk.commands import View
from helpdesk.exchange import batches, came_in, installing
from helpdesk.exchange.exceptions import count_conflicts, exceptions
from helpdesk.households import cards, queries
from helpdesk.households import commands as households
from helpdesk.journey.areas.commands import raise_alert
from helpdesk.journey.arrivals.commands import scan as scan_arrival
from helpdesk.journey.cases.commands import follow_up
from helpdesk.journey.cases.proposing import count_proposed, proposed_families
from helpdesk.journey.clearances.commands import record as record_clearance
from helpdesk.journey.departures import planning as movements
from helpdesk.journey.engagement import commands as engagement
from helpdesk.journey.engagement import lessons
from helpdesk.journey.monitoring.queries import call_ids
from helpdesk.journey.visits import commands as visits
from helpdesk.opening import open_desk
from ui.drafts import DraftBook, DraftCalls
from ui.foot import Status
from ui.forms.file_arrival import ArrivalsPart
from ui.forms.file_calls import CallsPart
from ui.forms.file_case import CasePart, PreparingPart
from ui.forms.file_casework import ChangesPart
from ui.forms.file_engagement import SessionsPart, VisitsPart
from ui.forms.file_feedback import FeedbackPart
from ui.forms.file_journey import JourneyPart
from ui.forms.file_part import PartPlace
from ui.forms.file_services import ReferralsPart, ServicesPart
from ui.forms.worklist import OtherList
from ui.navigation import Place
from ui.pages.approval import Approval
from ui.pages.area import Area
from ui.pages.areas import Areas
from ui.pages.arrivals import Arrivals
from ui.pages.calls import Calls
from ui.pages.cash import Cash
from ui.pages.check import Check
from ui.pages.clearances import Clearances
from ui.pages.convoy import Convoy
from ui.pages.convoys import Convoys
from ui.pages.desk import DeskCalls, DeskPage
from ui.pages.doubles import Doubles
from ui.pages.events import Events
from ui.pages.families import Families
from ui.pages.family_file import FIRST_PARTS, LAST_PARTS, FamilyFile
from ui.pages.feedback import FeedbackPage
from ui.pages.files import FilesCalls, FilesPage
from ui.pages.journey import Journey
from ui.pages.kits import Kits
from ui.pages.ledger import Ledger
from ui.pages.lessons import Lessons
from ui.pages.many import Many
from ui.pages.new_family import NewFamily
from ui.pages.paper import PaperPage
from ui.pages.payday import Payday
from ui.pages.plan_vouchers import PlanVouchers
from ui.pages.reports import Reports
from ui.pages.services import Services
from ui.pages.today import Today, TodayCalls
from ui.pages.users import UsersCalls, UsersPage
from ui.pages.visits import Visits
from ui.pages.vouchers import Vouchers
from ui.pages.work import WorkSheets
from ui.pages.worklists import Worklists
from ui.surroundings import Seat, Surroundings
from ui.window import Plan, Window

__all__ = [
    "DRAFT_CALLS", "DraftBook", "Seat", "Surroundings", "brought", "build_window", "has_pin", "open_desk", "pin_opens",
]  # fmt: skip

DRAFT_CALLS: Final = DraftCalls(drafts.save, drafts.drop, drafts.load, drafts.listed)
has_pin = users.has_pin
pin_opens = users.pin_opens


def _today(around: Surroundings) -> Today:
    decides = exceptions if around.may(approving.approve) else None
    return Today(around, TodayCalls(queries.today, households.register, decides))


def status(view: View) -> Status:
    """What the foot of the window says."""
    waiting = batches.unacknowledged(view)
    oldest = (view.day - read_instant(waiting.oldest).date()).days if waiting.oldest else 0
    return Status(waiting.records, max(oldest, 0), queries.lists_age(view))


def brought(view: View) -> tuple[Lists, Mapping[str, bool]]:
    """What the bundle says of forms and pages: the code lists and the modules."""
    return view.lists, view.bundle.modules if view.bundle is not None else {}


def _files(around: Surroundings) -> FilesPage:
    calls = FilesCalls(
        export=batches.export,
        copy_again=batches.copy_again,
        install=installing.install,
        outbox=batches.outbox_lines,
        unacknowledged=batches.unacknowledged,
        came_in=came_in.came_in,
        siblings=came_in.siblings,
        plan=batches.plan,
    )
    return FilesPage(around, calls)


def _desk(around: Surroundings) -> DeskPage:
    return DeskPage(around, DeskCalls(users.set_pin, users.has_pin, users.add))


def _users(around: Surroundings) -> UsersPage:
    return UsersPage(around, UsersCalls(users.accounts))


FILE_PARTS: Final[tuple[PartPlace, ...]] = (
    *FIRST_PARTS,
    PartPlace(SessionsPart),
    PartPlace(VisitsPart),
    PartPlace(PreparingPart),
    PartPlace(CasePart),
    PartPlace(ChangesPart),
    PartPlace(ArrivalsPart),
    PartPlace(CallsPart),
    PartPlace(ReferralsPart),
    PartPlace(ServicesPart),
    PartPlace(FeedbackPart),
    *LAST_PARTS,
)
"""The parts of a family's file from top to bottom (``ui.forms.file_part`` says how to write one)."""


FILE_LEAD: Final[tuple[PartPlace, ...]] = (PartPlace(JourneyPart),)
"""What stands between the head of a file and the question that is open: the family's way."""


def _family(around: Surroundings) -> FamilyFile:
    return FamilyFile(around, FILE_PARTS, FILE_LEAD)


WORKLISTS: Final[tuple[OtherList, ...]] = (
    OtherList("unpaid", N_("Departed, not paid yet"), count_unpaid, departed_unpaid),
    OtherList("calls", N_("Calls overdue"), lambda view: len(call_ids(view, "OVERDUE")), page="calls",
              subject="OVERDUE", allowed=lambda around: around.may(finish_call)),
    OtherList("answers", N_("Answers due to families"), lambda view: waiting(view).waiting, page="feedback"),
    OtherList("proposed", N_("Follow-up at the centre proposed"), count_proposed, proposed_families,
              allowed=lambda around: around.may(follow_up)),
    OtherList("disputed", N_("Families to settle between two desks"), count_disputed, disputed_families,
              allowed=lambda around: around.may(settle)),
    OtherList("conflicts", N_("Records that two desks changed"), count_conflicts, page="files"),
)  # fmt: skip
"""Lists of other rooms that stand among the worklists: families of their own, or the page that shows them."""


def _reads_families(around: Surroundings) -> bool:
    return around.may(queries.open_file)


def _worklists(around: Surroundings) -> Worklists:
    return Worklists(around, WORKLISTS)


PLACES: Final[tuple[Place, ...]] = (
    Place("today", _today, "today", N_("Today")),
    Place("families", Families, "families", N_("Families"), lambda around: around.may(queries.open_file)),
    Place("new_family", NewFamily, allowed=lambda around: around.may(households.register)),
    Place("family", _family, allowed=lambda around: around.may(queries.open_file)),
    Place("many", Many, allowed=lambda around: around.may(cards.issue)),
    Place("check", Check, "check", N_("Check")),
    Place("journey", Journey, "journey", N_("Journey"), _reads_families),
    Place("worklists", _worklists, "check", N_("Worklists"), _reads_families, under="journey"),
    Place("clearances", Clearances, "key", N_("Clearances"), lambda around: around.may(record_clearance),
          under="journey"),
    Place("areas", Areas, "place", N_("Places"), lambda around: around.may(raise_alert), under="journey"),
    Place("area", Area, allowed=lambda around: around.may(raise_alert)),
    Place("visits", Visits, "visits", N_("Visits"), lambda around: around.may(visits.board)),
    Place("events", Events, "families", N_("Sessions"), lambda around: around.may(engagement.attend), under="visits"),
    Place("lessons", Lessons, allowed=lambda around: around.may(lessons.note)),
    Place("convoys", Convoys, "convoy", N_("Movements"), lambda around: around.may(movements.plan)),
    Place("convoy", Convoy, allowed=lambda around: around.may(movements.plan)),
    Place("arrivals", Arrivals, "receive", N_("Arrivals"), lambda around: around.may(scan_arrival), under="convoys"),
    Place("vouchers", Vouchers, "vouchers", N_("Vouchers"), lambda around: around.may(planning.plan)),
    Place("approval", Approval, allowed=lambda around: around.may(approving.approve) and around.may(planning.plan)),
    Place("plan_vouchers", PlanVouchers, allowed=lambda around: around.may(planning.plan_many)),
    Place("ledger", Ledger, allowed=lambda around: around.may(planning.plan)),
    Place("payday", Payday, "money", N_("Pay days"), lambda around: around.may(open_payday), under="vouchers"),
    Place("cash", Cash, "check", N_("Cash"), lambda around: around.may(count_cash), under="vouchers"),
    Place("kits", Kits, "receive", N_("Packages"), lambda around: around.may(receive_kits), under="vouchers"),
    Place("work", WorkSheets, "families", N_("Work"), lambda around: around.may(open_sheet), under="vouchers"),
    Place("doubles", Doubles, "check", N_("Paid twice"), lambda around: around.may(doubles.settle), under="vouchers"),
    Place("calls", Calls, "phone", N_("Calls"), lambda around: around.may(finish_call)),
    Place("services", Services, "send", N_("Services"), lambda around: around.may(deliver_service), under="calls"),
    Place("feedback", FeedbackPage, "feedback", N_("Feedback"), lambda around: around.may(take_feedback)),
    Place("reports", Reports, "reports", N_("Reports"), _reads_families, under="today"),
    Place("files", _files, "files", N_("Files")),
    Place("desk", _desk, "desk", N_("Desk")),
    Place("users", _users, allowed=lambda around: around.may(users.add)),
    Place("paper", PaperPage),
)  # fmt: skip
"""The pages in the order of the navigation; those without a title are opened by other pages."""


def build_window(around: Surroundings) -> Window:
    """The window of whoever signed in."""
    return Window(around, Plan(PLACES, status))
