"""Places on both registers of a centre: entered there, changed there, heard of from desks, sent to all."""

from __future__ import annotations

from datetime import timedelta

from helpdesk.centre import areas, intake
from helpdesk.exchange import installing
from helpdesk.journey.areas import commands
from helpdesk.journey.areas.facts import standing_of
from helpdesk.journey.areas.forms import ActionForm, NoteForm, ObstacleForm, PlanForm
from tests.places import FALLUJAH, assessment, safeguard
from tests.programme import START, Programme

DAY = START.date()


def test_a_place_on_either_register(programme: Programme) -> None:
    with programme.office() as office:
        do = office.gate.do
        do(areas.assess, office, assessment(FALLUJAH, DAY))
        for code in ("L_HOSTENG", "L_FDBK", "L_COHES"):
            do(areas.answer, office, safeguard(FALLUJAH, code, DAY))
        action = ActionForm("Repair the pump", "Water department", DAY + timedelta(days=9))
        plan = do(areas.make_plan, office, PlanForm(FALLUJAH, "Joint plan", "ABC", DAY, "IOM", actions=(action,)))
        do(areas.move_plan, office, plan, "AGREED")
        do(areas.set_profile, office, FALLUJAH, "VH", True, "ABC Fallujah")
        obstacle = do(areas.raise_obstacle, office, ObstacleForm(FALLUJAH, "JOBS", "AREA", "No work", "IOM"))
        do(areas.step_obstacle, office, obstacle, "Asked the governor", "IOM", level="GOVERNORATE")
        do(areas.note, office, NoteForm(FALLUJAH, "NONVIABLE", "HAZARDS", "Mined", "IOM", 12))
        (line,) = areas.lines(office)
        assert (line.missing, line.severity, line.hotspot) == ((), "VH", True)
        assert len(areas.lines(office, everything=True)) > 400
        assert areas.brief(office, "IQG01").evidence[0].families == 12
        found = areas.place_of(office, FALLUJAH)
        assert len(found.plans[0].actions) == len(found.obstacles[0].steps) == 1
    path = programme.bundle("one")
    programme.at("one", "clerk", lambda desk: installing.install(desk, path))
    programme.at("one", "clerk", lambda desk: desk.do(commands.raise_alert, (FALLUJAH,), "Shooting"))
    (alert,) = programme.at(
        "one", "clerk", lambda desk: desk.ask(lambda view: standing_of(view.connection, FALLUJAH, view.day)).missing
    )
    assert alert == ("L_RISK", "ALERT")
    exported = programme.export("one")
    with programme.office() as office:
        (receipt,) = intake.receive(office, [exported.path])
        assert receipt.state == "accepted"
        found = areas.place_of(office, FALLUJAH)
        assert found.standing.hold
        office.gate.do(areas.lift_alert, office, found.alerts[0][0], "Calm")
        assert not areas.place_of(office, FALLUJAH).standing.hold
