"""Acts on feedback: take it down, pass it on, answer, close, appeal.

Sensitive content is sealed in the act that takes it down: no desk, the implicated one least of all, reads it back.
Nothing here needs a name; a household is noted only when the person wants an answer and said who she is.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from sqlalchemy import select

from helpdesk.assistance.feedback import boxes, messages, numbers
from helpdesk.assistance.feedback.codes import (
    AGE,
    ASK_AFTER_DAYS,
    CHANNEL,
    CLOSED_TYPE,
    DUE_DAYS,
    FINISHED,
    SEALED_TYPE,
    SECTOR,
    SIDE,
    TYPE,
)
from helpdesk.assistance.feedback.documents import Feedback, FeedbackEntry, SealedFeedback
from helpdesk.assistance.feedback.kinds import FEEDBACK
from helpdesk.assistance.feedback.sealing import NOTHING, cut
from helpdesk.assistance.feedback.tables import FeedbackRow
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_phone
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.desk.tables import UserRow
from helpdesk.households.codes import SEX, SPOKEN, YES_NO
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.vault.records import document_of

LONGEST_TEXT = 4000
"""Letters of one feedback's text or answer."""
LONGEST_NOTE = 200
"""Letters of the body outside that was asked."""


class Taken(msgspec.Struct, frozen=True):
    """What the receipt says: the number to ask by, the day it was received, and from which day to ask."""

    id: str
    number: str
    received_on: date
    ask_from: date
    sealed: bool


@command("feedback.record", roles=FAMILIES)
def record(act: Act, entry: FeedbackEntry) -> Taken:
    """Take down one piece of feedback; sensitive types are sealed at once.

    Raises Refusal("form.code" | "feedback.text" | "feedback.future" | "feedback.number" | "feedback.number_used"
    | "feedback.seal_only" | "feedback.no_detail" | "feedback.box_first" | "feedback.box_full" | "feedback.message_gone"
    | "phone.form" | "household.unknown" | "text.too_long" | "sealed.too_long").
    """
    _check(entry, act)
    number = numbers.read(entry.number) if entry.number else _unused(act)
    if _is_used(act, number):
        raise Refusal("feedback.number_used", number=numbers.shown(number))
    if entry.opening is not None:
        boxes.check_room(act, entry.opening, entry.channel)
    if entry.source:
        messages.take(act, entry.source)
    document = _sealed_outside(act, entry, number) if entry.sealed else _open_document(act, entry, number)
    record_id = act.new_id()
    first, *others = cut(entry.sealed) if entry.sealed else (NOTHING,)
    act.records.create(FEEDBACK, record_id, document, seal=act.sealer(record_id, first))
    for piece in others:
        act.records.revise(FEEDBACK, record_id, document, seal=act.sealer(record_id, piece))
    act.concerns(record_id)
    return Taken(record_id, number, document.received_on, ask_from(document), entry.sealed is not None)


def ask_from(document: Feedback) -> date:
    """The day a receipt tells people to ask from."""
    return document.received_on + timedelta(days=ASK_AFTER_DAYS[document.type])


def _revise(act: Act, record_id: str, document: Feedback) -> None:
    # a sealed record never comes here, so what was sealed first is never followed by anything
    act.records.revise(FEEDBACK, record_id, document, seal=act.sealer(record_id, NOTHING))
    act.concerns(record_id)


def _open_document(act: Act, entry: FeedbackEntry, number: str) -> Feedback:
    return Feedback(
        number=number,
        channel=entry.channel,
        side=entry.side,
        type=entry.type,
        received_on=entry.received_on,
        due=entry.received_on + timedelta(days=DUE_DAYS[entry.type]),
        status="NEW",
        taken_by=act.user.id,
        language=entry.language,
        anonymous=entry.household is None and not entry.phone,
        household=entry.household,
        phone=read_phone(entry.phone) if entry.phone else "",
        sex=entry.sex,
        age=entry.age,
        disability=entry.disability,
        sector=entry.sector,
        text=clean(entry.text),
        source=entry.source,
        opening=entry.opening,
    )


def _sealed_outside(act: Act, entry: FeedbackEntry, number: str) -> Feedback:
    # no source: whoever still has the file would find by it which message was sealed
    return Feedback(
        number=number,
        channel=entry.channel,
        side=entry.side,
        type=CLOSED_TYPE,
        received_on=entry.received_on,
        due=act.day + timedelta(days=DUE_DAYS[CLOSED_TYPE]),
        status="NEW",
        taken_by=act.user.id,
        opening=entry.opening,
    )


def _check(entry: FeedbackEntry, act: Act) -> None:
    _code("channel", CHANNEL, entry.channel)
    _code("side", SIDE, entry.side)
    if entry.received_on > act.day:
        raise Refusal("feedback.future")
    if entry.sealed is not None:
        _check_sealed(entry, entry.sealed)
        return
    if entry.type in SEALED_TYPE:
        raise Refusal("feedback.seal_only")
    _code("type", TYPE, entry.type)
    for name, codes, answer in (
        ("sector", SECTOR, entry.sector),
        ("sex", SEX, entry.sex),
        ("age", AGE, entry.age),
        ("disability", YES_NO, entry.disability),
        ("language", act.lists.accepted(SPOKEN), entry.language or None),
    ):
        if answer is not None:
            _code(name, codes, answer)
    if not clean(entry.text):
        raise Refusal("feedback.text")
    if len(entry.text) > LONGEST_TEXT:
        raise Refusal("text.too_long", most=LONGEST_TEXT)
    if entry.household is not None and document_of(act.connection, HOUSEHOLD, entry.household) is None:
        raise Refusal("household.unknown")


def _check_sealed(entry: FeedbackEntry, sealed: SealedFeedback) -> None:
    _code("type", SEALED_TYPE, sealed.type)
    if sealed.type == "X2" and (sealed.text or sealed.household_number or sealed.contact):
        # nobody at a desk asks or writes what happened, or to whom; the number on her receipt is all there is
        raise Refusal("feedback.no_detail")
    if sealed.type != "X2" and not clean(sealed.text):
        raise Refusal("feedback.text")
    outside = (entry.text, entry.household, entry.phone, entry.sex, entry.age, entry.disability, entry.sector)
    if entry.type or any(outside) or entry.language:
        raise Refusal("feedback.seal_only")


def _code(field: str, codes: CodeList, answer: str) -> None:
    if answer not in codes:
        raise Refusal("form.code", field=field)


def _unused(act: Act) -> str:
    number = numbers.draw()
    while _is_used(act, number):
        number = numbers.draw()
    return number


def _is_used(act: Act, number: str) -> bool:
    return act.connection.scalar(select(FeedbackRow.id).where(FeedbackRow.number == number)) is not None


@command("feedback.assign", roles=FAMILIES)
def assign(act: Act, feedback: str, user: str | None, referred_to: str = "") -> None:
    """Give it to somebody here, or note who outside was asked. An appeal stays one until it is answered.

    Raises Refusal("feedback.*" | "feedback.user" | "text.too_long").
    """
    found = _answerable(act, feedback)
    if user is not None and act.connection.scalar(select(UserRow.id).where(UserRow.id == user, UserRow.live)) is None:
        raise Refusal("feedback.user")
    asked = clean(referred_to)
    if len(asked) > LONGEST_NOTE:
        raise Refusal("text.too_long", most=LONGEST_NOTE)
    status = "REFERRED" if asked else "OPEN"
    if found.status == "APPEALED":
        status = found.status
    _revise(act, feedback, msgspec.structs.replace(found, status=status, assigned=user, referred_to=asked))


@command("feedback.answer", roles=FAMILIES)
def answer(act: Act, feedback: str, text: str, told: bool) -> None:
    """What was answered, and whether the person was told. Raises Refusal("feedback.*" | "text.too_long")."""
    found = _answerable(act, feedback)
    if not clean(text):
        raise Refusal("feedback.answer_text")
    if len(text) > LONGEST_TEXT:
        raise Refusal("text.too_long", most=LONGEST_TEXT)
    if found.type == "C2" and act.user.role is not Role.SUPERVISOR:
        raise Refusal("feedback.supervisor")
    _revise(
        act,
        feedback,
        msgspec.structs.replace(found, status="ANSWERED", answer=clean(text), answered_on=act.day, told=told),
    )


@command("feedback.tell", roles=FAMILIES)
def tell(act: Act, feedback: str) -> None:
    """The person was told the answer. Raises Refusal("feedback.unknown" | "feedback.not_answered")."""
    found = _known(act, feedback)
    if found.status != "ANSWERED":
        raise Refusal("feedback.not_answered")
    _revise(act, feedback, msgspec.structs.replace(found, told=True))


@command("feedback.close", roles=FAMILIES)
def close(act: Act, feedback: str) -> None:
    """Close what was answered. Raises Refusal("feedback.unknown" | "feedback.not_answered")."""
    found = _known(act, feedback)
    if found.status != "ANSWERED":
        raise Refusal("feedback.not_answered")
    _revise(act, feedback, msgspec.structs.replace(found, status="CLOSED"))


@command("feedback.appeal", roles=FAMILIES)
def appeal(act: Act, feedback: str, why: str) -> None:
    """The person does not accept the answer: it is due anew, and a supervisor answers.

    Raises Refusal("feedback.*" | "text.too_long").
    """
    found = _known(act, feedback)
    if found.status not in FINISHED:
        raise Refusal("feedback.not_answered")
    if len(why) > LONGEST_TEXT:
        raise Refusal("text.too_long", most=LONGEST_TEXT)
    due = act.day + timedelta(days=DUE_DAYS[found.type])
    _revise(
        act,
        feedback,
        msgspec.structs.replace(found, status="APPEALED", appeal=clean(why), appealed_on=act.day, due=due),
    )


def _known(act: Act, feedback: str) -> Feedback:
    found = document_of(act.connection, FEEDBACK, feedback)
    if found is None:
        raise Refusal("feedback.unknown")
    if found.type == CLOSED_TYPE:
        raise Refusal("feedback.sealed")
    return found


def _answerable(act: Act, feedback: str) -> Feedback:
    found = _known(act, feedback)
    if found.status in FINISHED:
        raise Refusal("feedback.finished")
    if found.status == "APPEALED" and act.user.role is not Role.SUPERVISOR:
        raise Refusal("feedback.supervisor")
    return found
