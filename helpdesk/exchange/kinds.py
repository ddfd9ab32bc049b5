"""Every kind of record that crosses, by name: the merge and the centre know documents only through this table."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.assistance.attendance import kinds as attendance
from helpdesk.assistance.cash import kinds as cash
from helpdesk.assistance.distributions import kinds as distributions
from helpdesk.assistance.feedback import kinds as feedback
from helpdesk.assistance.grants import kinds as grants
from helpdesk.assistance.kits import kinds as kits
from helpdesk.assistance.referrals import kinds as referrals
from helpdesk.assistance.services import kinds as services
from helpdesk.assistance.vouchers import divisions, settled
from helpdesk.assistance.vouchers import kinds as vouchers
from helpdesk.casework import kinds as casework
from helpdesk.desk.users import USER
from helpdesk.households import kinds
from helpdesk.journey.areas import kinds as areas
from helpdesk.journey.arrivals import kinds as arrivals
from helpdesk.journey.cases import kinds as cases
from helpdesk.journey.clearances import kinds as clearances
from helpdesk.journey.departures import kinds as departures
from helpdesk.journey.engagement import kinds as engagement
from helpdesk.journey.monitoring import kinds as monitoring
from helpdesk.journey.preparing import kinds as preparing
from helpdesk.journey.visits import kinds as visits
from helpdesk.vault.records import Kind

_ALL: Final[tuple[Kind[Any], ...]] = (
    USER,
    *kinds.KINDS,
    *grants.KINDS,
    *vouchers.KINDS,
    *divisions.KINDS,
    *settled.KINDS,
    *cash.KINDS,
    *distributions.KINDS,
    *attendance.KINDS,
    *kits.KINDS,
    *services.KINDS,
    *referrals.KINDS,
    *monitoring.KINDS,
    *areas.KINDS,
    *preparing.KINDS,
    *cases.KINDS,
    *clearances.KINDS,
    *departures.KINDS,
    *arrivals.KINDS,
    *engagement.KINDS,
    *visits.KINDS,
    *feedback.KINDS,
    *casework.KINDS,
)
KINDS: Final[dict[str, Kind[Any]]] = {kind.name: kind for kind in _ALL}
