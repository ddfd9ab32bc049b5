"""A family's file in words: each part of it as names and values, ready to be shown or printed.

Nothing sealed stands in a file; what the desk cannot read is not even counted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from helpdesk.assistance.grants.codes import GRANT
from helpdesk.assistance.vouchers.codes import STATE as VOUCHER_STATE
from helpdesk.assistance.vouchers.lines import VoucherShown
from helpdesk.core.clock import read_instant
from helpdesk.core.codes import CodeList
from helpdesk.core.dates import age_on
from helpdesk.core.language import Words, isolate, isolate_ltr
from helpdesk.core.numbers import phone_shown, voucher_number_shown
from helpdesk.households import codes
from helpdesk.households.documents import Barriers, Consent, Intention, PaperDocument, Person
from helpdesk.households.queries import Change, HouseholdFile
from helpdesk.printing.blocks import amount_shown
from ui.forms.places import Places

Row = tuple[str, str | None]

HISTORY = CodeList(
    "history", "household", "person", "consent", "displacement", "intention", "barriers", "paper", "vulnerability",
    "protection", "card", "likeness", "voucher", "payment", "attendance", "seat", "participant", "call",
    "call_attempt", "returned", "delivery",
    "clearance", "movement_line", "feedback", "withdrawal", "family_event", "displaced_again", "division",
)  # fmt: skip
"""What was written, as the history says it. Referrals are not told: one that a clerk may not read would show."""
DOT = "  \u00b7  "


def person_line(words: Words, person: Person, day: date) -> str:
    """Name, sex, age, relation, and whether she is here."""
    age = words.plural("{n} year", "{n} years", age_on(person.birth_date, day))
    about = words("about {age}", age=age) if person.birth_precision in ("year", "est") else age
    parts = [
        isolate(person.full_name),
        words.label(codes.SEX.name, person.sex),
        about,
        words.label(codes.RELATION.name, person.relation),
    ]
    if person.presence != "HERE":
        parts.append(words.label(codes.PRESENCE.name, person.presence))
    return DOT.join(parts)


def contact_rows(words: Words, file: HouseholdFile, places: Places) -> list[Row]:
    """How to reach them and where they live: sensitive."""
    household = file.household
    contact = household.contact
    phones = DOT.join(isolate_ltr(phone_shown(phone.number)) for phone in household.phones)
    known = [contact.name, phone_shown(contact.phone) if contact.phone else "", contact.relation, contact.place] if (
        contact
    ) else []  # fmt: skip
    return [
        (words("Phone"), phones or words("none")),
        (words("Somebody who will know where they are"), DOT.join(isolate(part) for part in known if part)),
        (words("Camp or site"), places.name(household.site)),
        (words("Shelter"), household.shelter),
        (words("Notes"), household.notes),
    ]


def way_rows(words: Words, file: HouseholdFile, places: Places) -> list[Row]:
    """Where they come from."""
    way = file.displacement
    if way is None:
        return [(words("Where they come from"), None)]
    left = "" if way.left_on is None else told_day(words, way.left_on, way.left_precision)
    return [(words("Where they come from"), places.name(way.origin)), (words("When they left"), left)]


def told_day(words: Words, day: date, precision: str | None) -> str:
    """A day as exactly as it is known."""
    if precision == "day":
        return words.date(day)
    year = words.digits(day.year)
    if precision == "month":
        return words("{month} {year}", month=words.label("month", str(day.month)), year=year)
    return words("in {year}", year=year)


def intention_line(words: Words, wish: Intention, places: Places) -> str:
    """One dated answer."""
    parts = [words.label(codes.CHOICE.name, wish.choice)]
    if wish.destination is not None:
        parts.append(isolate(places.name(wish.destination)))
    if wish.horizon is not None:
        parts.append(words.label(codes.HORIZON.name, wish.horizon))
    if wish.free_to_choose is not None:
        free = words.label(codes.YES_NO.name, wish.free_to_choose)
        parts.append(words("free choice: {answer}", answer=free))
    return DOT.join(parts)


def barrier_line(words: Words, barriers: Barriers) -> str:
    """The readable answers of one record."""
    if not barriers.items:
        return words("nothing of house, work and services")
    said = []
    for item in barriers.items:
        from_list = codes.BARRIER if item.code in codes.BARRIER else codes.OTHER_REASON
        said.append(words.label(from_list.name, item.code))
    return DOT.join(said)


def consent_line(words: Words, consent: Consent) -> str:
    """The answer to one purpose."""
    told = words.label(codes.CONSENT_ANSWER.name, consent.answer)
    at = consent.withdrawn_at or consent.at
    return DOT.join((told, words.date(read_instant(at).date())))


def paper_line(words: Words, paper: PaperDocument) -> str:
    """Which paper and how it stands; of its number the last four characters."""
    parts = [
        words.label(codes.DOCUMENT.name, paper.type), words.label(codes.DOCUMENT_STATUS.name, paper.status)
    ]  # fmt: skip
    if paper.last_four:
        parts.append(words("ends in {digits}", digits=isolate_ltr(paper.last_four)))
    return DOT.join(parts)


def voucher_line(words: Words, one: VoucherShown) -> str:
    """Which grant, how much, how it stands, and its number once it has one."""
    parts = [
        words.label(GRANT.name, one.grant),
        words("instalment {n} of {of}", n=one.instalment, of=one.of) if one.of > 1 else "",
        amount_shown(words, one.amount, one.currency),
        words.label(VOUCHER_STATE.name, one.state),
        isolate_ltr(voucher_number_shown(one.number)) if one.number else "",
    ]
    return DOT.join(part for part in parts if part)


def history_lines(words: Words, changes: Sequence[Change], names: Mapping[str, str], device: str) -> list[str]:
    """Who wrote what, and when: one line for each save, however many records it wrote; untold kinds are left out."""
    told = (change for change in changes if change.kind in HISTORY)
    saves = groupby(told, key=lambda change: (change.at, change.user, change.device))
    return [
        _history_line(words, at, [change.kind for change in written], names.get(user, ""), here=made == device)
        for (at, user, made), written in saves
    ]


def _history_line(words: Words, instant: str, kinds: Sequence[str], name: str, *, here: bool) -> str:
    at = read_instant(instant).astimezone()
    who = name or words("somebody at another desk")
    said = [words.label(HISTORY.name, kind) for kind in HISTORY if kind in kinds]
    what = words.listed(said)
    clock = isolate_ltr(words.digits(f"{at:%H:%M}"))
    told = DOT.join((words.date(at.date()), clock, isolate(who), what))
    return told if here or not name else DOT.join((told, words("at another desk")))


def asked_consents(file: HouseholdFile) -> dict[str, Consent]:
    """The household's answer to each purpose that was asked."""
    return {consent.purpose: consent for consent in file.consents if consent.person is None}


def record_facts(words: Words, file: HouseholdFile, places: Places) -> tuple[tuple[str, str], ...]:
    """What a family may take home of its own record."""
    rows: list[tuple[str, str]] = [
        (words("Person {n}", n=place), person_line(words, person, file.day))
        for place, person in enumerate(file.persons.values(), start=1)
    ]
    rows += [(name, value) for name, value in contact_rows(words, file, places) if value]
    rows += [(name, value) for name, value in way_rows(words, file, places) if value]
    rows += [(words.date(wish.on), intention_line(words, wish, places)) for wish in file.intentions]
    rows += [(words("What stands in the way"), barrier_line(words, one)) for one in file.barriers]
    rows += [
        (words.label(codes.PURPOSE.name, purpose), consent_line(words, consent))
        for purpose, consent in asked_consents(file).items()
    ]
    return tuple(rows)


def decision_of(file: HouseholdFile) -> str:
    """The centre's word as a code of the list ``centre_decision``: no answer yet and "wait" read alike."""
    return file.decision
