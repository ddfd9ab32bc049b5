"""Every paper of the journey in one language, filled with fictional families: for looking at what is printed.

Nothing here is read from a store; what a paper says is its own module's matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from helpdesk.core.language import Words
from helpdesk.core.numbers import with_check
from helpdesk.journey.cases.documents import Held, Missing, Standing
from helpdesk.journey.engagement.codes import TOPIC
from helpdesk.practice.journey import after_arrival, arrivals, feedback, leaving
from helpdesk.practice.people import PRACTICE_DAY
from helpdesk.printing.attendance import AttendanceSheet, attendance_sheet_pdf
from helpdesk.printing.casework import card_notice, closing_slip, stopped_slip
from helpdesk.printing.messages import key_message_sheet
from helpdesk.printing.readiness import checklist_pdf, not_yet_slip
from helpdesk.printing.slips import slip_pdf
from helpdesk.printing.visit_papers import DriverList, InterviewSheet, driver_list_pdf, interview_sheets_pdf

_LINES = leaving.HELPLINES


def journey_papers(words: Words) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of each, from the session to the end of the calls."""
    yield "key-messages", key_message_sheet(words, TOPIC, _LINES, practice=True)
    about = AttendanceSheet(words.label("event", "SESSION"), PRACTICE_DAY, ("REG", "VOLUNT"), 24, practice=True)
    yield "attendance", attendance_sheet_pdf(about, words)
    bus = DriverList(PRACTICE_DAY, "08:30", "Gate", "Fallujah", "Road 12", "00 P 1001", "07000000010", 31, 9,
                     practice=True)  # fmt: skip
    yield "visit-driver", driver_list_pdf(bus, words)
    number = with_check("47588309")
    asked = (InterviewSheet(number, 1), InterviewSheet(None, None))
    yield "visit-interview", interview_sheets_pdf(PRACTICE_DAY, PRACTICE_DAY + timedelta(1), asked, words,
                                                  practice=True)  # fmt: skip
    lacks = tuple(Missing(code, "NOT_DONE") for code in ("H1", "H4", "H8", "CENTRE"))
    standing = Standing(
        household="", number=number, population="CAMP", case="", attempt=1, track="RETURN", state="PREPARING",
        declared="PREPARING", missing=lacks, held=(Held("H3", PRACTICE_DAY), Held("H5", PRACTICE_DAY)), good_until=None,
        next_step="", decision="FOLLOW_UP", destination=None, movement_day=None, departed_on=None, arrived_on=None,
        review_on=None, reason="", caseworker=None, previous_case=None, travellers=(), facilitated=None, incident="",
        unproven=(), proposed=(), day=PRACTICE_DAY, since=PRACTICE_DAY,
    )  # fmt: skip
    yield "checklist", checklist_pdf(words, standing, _LINES, practice=True)
    yield "not-yet", slip_pdf(not_yet_slip(words, standing, _LINES, practice=True), words)
    yield from leaving.papers(words)
    stopped = stopped_slip(
        words, number, PRACTICE_DAY, PRACTICE_DAY + timedelta(7), vouchers=True, helplines=_LINES, practice=True
    )
    yield "stopped", slip_pdf(stopped, words)
    yield "card-notice", slip_pdf(card_notice(words, number, PRACTICE_DAY, 6, _LINES, practice=True), words)
    yield from arrivals.papers(words)
    yield from after_arrival.papers(words, PRACTICE_DAY, _LINES)
    yield from feedback.feedback_specimens(words, PRACTICE_DAY)
    yield "case-closed", slip_pdf(closing_slip(words, number, PRACTICE_DAY, _LINES, practice=True), words)
