"""The papers of sessions and visits, put together in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.language import LANGUAGES, OWN_NAMES, Words
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.engagement.lessons import LessonLine
from helpdesk.journey.engagement.queries import EventShown
from helpdesk.journey.visits.papers import driver_facts, interviewed
from helpdesk.journey.visits.queries import VisitShown
from helpdesk.printing.attendance import AttendanceSheet, attendance_sheet_pdf
from helpdesk.printing.messages import key_message_sheet
from helpdesk.printing.visit_papers import DriverList, InterviewSheet, driver_list_pdf, interview_sheets_pdf
from helpdesk.reports.lessons import lessons_table
from helpdesk.reports.writing import table_pdf
from ui.forms.desk_now import DeskNow
from ui.printing import Paper

LINES = 40


def messages_paper(words: Words, topics: Sequence[str], now: DeskNow, *, practice: bool) -> Paper:
    """The key messages of these topics; the family's language is chosen where the paper is looked at."""
    languages = sorted(LANGUAGES, key=lambda language: language != words.language)

    def draw(place: int) -> bytes:
        return key_message_sheet(words.in_language(languages[place]), topics, now.helplines, practice=practice)

    return Paper(words("Key messages"), draw(0), layouts=tuple(OWN_NAMES[one] for one in languages), draw=draw)


def attendance_paper(words: Words, shown: EventShown, *, practice: bool) -> Paper:
    """The attendance sheet: blank lines, or the names of those scanned, where that is chosen."""
    event = shown.event

    def draw(place: int) -> bytes:
        names = tuple(there.principal for there in reversed(shown.families)) if place else ()
        about = AttendanceSheet(
            words.label("event", event.kind), event.on, event.topics, LINES, practice, names, event.women_only
        )
        return attendance_sheet_pdf(about, words)

    layouts = (words("Blank lines, no names"), words("With the names of those written down"))
    return Paper(words("Attendance sheet"), draw(0), layouts=layouts, draw=draw)


def driver_paper(words: Words, shown: VisitShown, places: Gazetteer, *, practice: bool) -> Paper:
    """The driver's list."""
    about = DriverList(*driver_facts(shown, places, words.language), practice)
    return Paper(words("List for the driver"), driver_list_pdf(about, words))


def interview_paper(words: Words, shown: VisitShown, *, practice: bool) -> Paper:
    """An interview sheet for everybody who came; a blank one before anybody has."""
    sheets = [InterviewSheet(number, place) for number, place in interviewed(shown)] or [InterviewSheet(None, None)]
    pdf = interview_sheets_pdf(shown.line.visit.on, shown.decide_from, sheets, words, practice=practice)
    return Paper(words("After the visit"), pdf)


def lessons_paper(words: Words, lessons: Sequence[LessonLine], places: Gazetteer, *, practice: bool) -> Paper:
    """What may be shared."""
    table = lessons_table(lessons, places, words)
    return Paper(table.title, table_pdf(table, words, practice=practice))
