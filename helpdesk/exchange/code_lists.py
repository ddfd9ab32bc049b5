"""Which code lists the centre may edit, and what it may say of their entries: one judgement for centre and desk.

A bundle is judged by the same rules as what somebody types at the centre; nothing that breaks one is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from helpdesk.assistance.services.codes import ITEM
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.language import LANGUAGES
from helpdesk.core.plain_text import clean
from helpdesk.desk.bundle import ListedCode
from helpdesk.households import codes as households
from helpdesk.journey.areas.codes import OBSTACLE_TOPIC
from helpdesk.journey.arrivals import codes as arrivals
from helpdesk.journey.departures.codes import VEHICLE
from helpdesk.journey.visits import codes as visits

OPEN: Final[dict[str, CodeList]] = {
    one.name: one
    for one in (
        households.SPOKEN,
        households.SOCIAL,
        households.DOCUMENT,
        households.REASON,
        households.INFORMATION,
        households.OTHER_REASON,
        visits.SEEN_SERVICE,
        visits.HAZARD,
        VEHICLE,
        arrivals.INCIDENT,
        arrivals.TENURE,
        arrivals.DWELLING,
        arrivals.INCOME,
        arrivals.ASSET,
        arrivals.WISH,
        ITEM,
        OBSTACLE_TOPIC,
    )
}
"""By name. What is not here is closed: states, safeguards, tracks, relations, sexes, consents and all that rules and
reports count by."""
LONGEST_LABEL: Final = 80
MOST_ADDED: Final = 40
"""Entries that may be added to one list: a form is still to be read."""
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,11}")


def open_list(name: str) -> CodeList:
    """The list of that name. Raises Refusal("codes.closed", list=...) for one that nobody may edit, or that is none."""
    found = OPEN.get(name)
    if found is None:
        raise Refusal("codes.closed", list=name)
    return found


def check_listed(one: ListedCode) -> None:
    """What the centre may say of one entry.

    Raises Refusal("codes.closed" | "codes.form" | "codes.starts" | "codes.label" | "codes.unnamed" | "codes.kept").
    """
    codes = open_list(one.list)
    if not _CODE.fullmatch(one.code):
        raise Refusal("codes.form")
    for language, label in one.labels.items():
        if language not in LANGUAGES or not label or len(label) > LONGEST_LABEL or clean(label) != label:
            raise Refusal("codes.label", most=LONGEST_LABEL)
    if one.code in codes.kept:
        raise Refusal("codes.kept", entry=one.code)
    if one.code not in codes:
        if not one.code.startswith(codes.starts):
            raise Refusal("codes.starts", starts=codes.starts)
        if not one.labels.get("en"):
            raise Refusal("codes.unnamed")


def check_all(listed: Iterable[ListedCode]) -> None:
    """The centre's whole word. Raises what check_listed refuses, Refusal("codes.taken" | "codes.full")."""
    seen: dict[str, set[str]] = {}
    for one in listed:
        check_listed(one)
        of_list = seen.setdefault(one.list, set())
        # two entries that differ by their case alone are one to whoever reads them aloud
        if one.code.casefold() in of_list:
            raise Refusal("codes.taken", entry=one.code)
        of_list.add(one.code.casefold())
        ours = OPEN[one.list]
        if one.code not in ours and one.code.casefold() in {code.casefold() for code in ours}:
            raise Refusal("codes.taken", entry=one.code)
        if sum(code not in {entry.casefold() for entry in ours} for code in of_list) > MOST_ADDED:
            raise Refusal("codes.full", most=MOST_ADDED)
