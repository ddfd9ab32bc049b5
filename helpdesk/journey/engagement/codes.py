"""The code lists of sessions and events (DOMAIN.md 2.10). Labels stand in the catalogues under the list's name."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

EVENT = CodeList("event", "SESSION", "MOBILE", "LEADER", "SITEWIDE", "GOV-DIALOGUE")
INFORMS: Final = ("SESSION", "MOBILE", "LEADER")
"""Where a family hears the messages and may ask. A leaflet handed out or a dialogue listened to proves neither."""
EVENT_STATE = CodeList("event_state", "PLANNED", "HELD", "CANCELLED")
LEVEL = CodeList("level", "DIST", "SUBD", "COMM", "SITE")
TOPIC = CodeList(
    "topic", "REG", "VOLUNT", "DEPSUP", "GRANT", "ASSET", "GAS", "HLPCOMP", "DOC", "ERW", "FEEDBACK", "SERV"
)  # fmt: skip
BODY = CodeList(
    "body", "MOMD", "GOVERNORATE", "DISTRICT", "SUBDISTRICT", "CAMP", "MUKHTAR", "POLICE", "SERVICES", "OTH"
)  # fmt: skip
"""Government bodies that took part."""
MATERIAL = CodeList("material", "SHEET", "LEAFLET", "POSTER", "BANNER", "SMS", "LOUDSPEAKER", "RADIO", "OTH")
"""Channels and materials of dissemination (S3)."""
ATTENDANCE = CodeList("attendance_state", "PRESENT", "VOID")
LESSON = CodeList("lesson", "LESSON", "PROBLEM")
LESSON_STATE = CodeList("lesson_state", "WRITTEN", "SHAREABLE", "VOID")
"""A lesson is shared once a supervisor has read that it names nobody."""
DOUBT = CodeList("doubt", "PHONE", "NUMBER", "NAME")
"""Why a text may point at somebody: a telephone, another long number, words that together are a registered name."""
