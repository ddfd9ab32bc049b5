"""Places of the practice programme: real districts with fictional findings, entered at the practice centre.

Most are open, some with a condition, one is not acceptable, one nobody assessed: a readiness board shows every case.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.centre import areas
from helpdesk.centre.office import Office
from helpdesk.desk.days import programme_day
from helpdesk.journey.areas.codes import AREA_SAFEGUARD
from helpdesk.journey.areas.documents import Condition
from helpdesk.journey.areas.forms import (
    ActionForm,
    AssessmentForm,
    NoteForm,
    ObstacleForm,
    PlanForm,
    SafeguardForm,
)

FALLUJAH: Final = "IQG01Q01"
HEET: Final = "IQG01Q07"
MOSUL: Final = "IQG15Q05"
SINJAR: Final = "IQG15Q07"
TELAFAR: Final = "IQG15Q08"
SHIRQAT: Final = "IQG16Q02"
BAIJI: Final = "IQG16Q03"
HAMDANIYA: Final = "IQG15Q03"
TIKRIT: Final = "IQG16Q06"

_RESULTS: Final = {
    FALLUJAH: ("ACCEPTABLE", "M", False),
    HEET: ("ACCEPTABLE", "L", False),
    MOSUL: ("ACCEPTABLE", "M", False),
    HAMDANIYA: ("ACCEPTABLE", "M", False),
    TIKRIT: ("ACCEPTABLE", "L", False),
    TELAFAR: ("CONDITIONS", "H", False),
    BAIJI: ("CONDITIONS", "H", True),
    SINJAR: ("NOT_ACCEPTABLE", "VH", True),
}
"""Shirqat is left without an assessment."""
OPEN: Final = frozenset(place for place, (result, _, _) in _RESULTS.items() if result != "NOT_ACCEPTABLE")
_FOUND: Final = {
    "NEEDS": "Water runs three hours a day in two quarters; the clinic has no midwife.",
    "HAZARDS": "Marked fields north of the road; houses in use were searched.",
    "TENSIONS": "Two families dispute a well. No incident was told of in three months.",
    "POWER": "The council, two sheikhs and the police meet each month; women have a seat since spring.",
    "CONFLICT": "Old disputes over land were settled by a written agreement of last year.",
}
ORG: Final = "Practice organisation"


def make_areas(office: Office, rng: Random) -> int:
    """Enter the places at the centre; returns how many were assessed. Bundles written afterwards carry them."""
    look_again(office, rng)
    day, do = _today(office), office.gate.do
    do(areas.set_profile, office, SHIRQAT, "H", True, "")
    obstacle = ObstacleForm(SINJAR, "HAZARDS", "GOVERNORATE", "No clearance team is assigned to the villages.", ORG)
    number = do(areas.raise_obstacle, office, obstacle)
    do(areas.step_obstacle, office, number, "Asked the governor's office for a team.", ORG, "NATIONAL")
    blocked = "Houses of one quarter are used by others; owners get no answer."
    do(areas.note, office, NoteForm(SINJAR, "NONVIABLE", "HLP", blocked, ORG, 5 + rng.randrange(20)))
    do(areas.note, office, NoteForm(MOSUL, "LESSON", "SERVICES", "Tell of school places before families leave.", ORG))
    for place, (_, severity, hotspot) in _RESULTS.items():
        do(areas.set_profile, office, place, severity, hotspot, "Area coordination group")
        actions = (
            ActionForm("Repair the pump of the eastern quarter", "Water department", day + timedelta(days=30)),
            ActionForm("Dialogue evening of hosts and families", "Community committee", day - timedelta(days=2)),
        )
        on = day - timedelta(days=rng.randint(3, 20))
        plan = PlanForm(place, "Plan of the year", "Area coordination group", on, ORG, agreed=True, actions=actions)
        do(areas.make_plan, office, plan)
        for code in AREA_SAFEGUARD:
            if code not in ("L_RISK", "L_PLAN"):
                concerns = ("Work for our own young people too",) if code == "L_HOSTENG" else ()
                do(areas.answer, office, SafeguardForm(place, code, "DONE", on, ORG, concerns=concerns))
    return len(_RESULTS)


def look_again(office: Office, rng: Random) -> None:
    """Assess the places anew: findings hold for a season."""
    day, do = _today(office), office.gate.do
    for place, (result, _, _) in _RESULTS.items():
        on = day - timedelta(days=rng.randint(3, 20))
        condition = Condition("The road to the school is cleared of debris", day + timedelta(days=45))
        conditions = (condition,) if result == "CONDITIONS" else ()
        until = on + timedelta(days=rng.randint(90, 180))
        do(areas.assess, office, AssessmentForm(place, on, until, result, ORG, _FOUND, conditions))


def _today(office: Office) -> date:
    with office.gate.store.read() as connection:
        return programme_day(connection, office.gate.clock.now().date())
