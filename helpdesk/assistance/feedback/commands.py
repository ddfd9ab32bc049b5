"""Acts on feedback: take it down, load messages, open boxes by two, answer, refer, close, appeal.

Sensitive content is sealed in the act that takes it down: no desk, the implicated one least of all, reads it back.
Nothing here needs a name; a household is noted only when the person wants an answer and said who she is.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec
from sqlalchemy import func, select

from helpdesk.assistance.feedback import numbers
from helpdesk.assistance.feedback.codes import (
    AGE,
    CHANNEL,
    CLOSED_TYPE,
    DUE_DAYS,
    FINISHED,
    SEALED_TYPE,
    SECTOR,
    SIDE,
    TYPE,
)
from helpdesk.assistance.feedback.documents import BoxOpening, Feedback, FeedbackEntry, SealedFeedback
from helpdesk.assistance.feedback.kinds import BOX_OPENING, FEEDBACK
from helpdesk.assistance.feedback.tables import FeedbackRow
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal
from helpdesk.core.numbers import read_phone
from helpdesk.core.text import clean
from helpdesk.desk.commands import Act, command
from helpdesk.desk.roles import FAMILIES, Role
from helpdesk.households.codes import SEX
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.vault.records import document_of

LONGEST_TEXT = 4000
"""Letters of one feedback's text or answer."""
MOST_PAPERS = 500
_encode = msgspec.json.Encoder(order="sorted").encode


class Taken(msgspec.Struct, frozen=True):
    """What the receipt says: the number to ask by, and by when there is an answer."""

    id: str
    number: str
    due_days: int
    sealed: bool


@command("feedback.record", roles=FAMILIES)
def record(act: Act, entry: FeedbackEntry) -> Taken:
    """Take down one piece of feedback; sensitive types are sealed at once.

    Raises Refusal("form.code" | "feedback.text" | "feedback.future" | "feedback.number" | "feedback.number_used"
    | "feedback.seal_only" | "feedback.no_detail" | "feedback.box_first" | "feedback.box_full" | "phone.form"
    | "household.unknown" | "text.too_long" | "sealed.too_long").
    """
    _check(act, entry)
    number = numbers.read(entry.number) if entry.number else numbers.draw()
    if _is_used(act, number):
        raise Refusal("feedback.number_used", number=numbers.shown(number))
    opening = _opening_of(act, entry)
    document = _sealed_outside(act, entry, number) if entry.sealed else _open_document(act, entry, number)
    record_id = act.new_id()
    _write(act, record_id, msgspec.structs.replace(document, opening=opening), entry.sealed)
    # a sealed one names nothing: not even the audit log may lead from a person to it
    act.concerns(record_id)
    return Taken(record_id, number, DUE_DAYS[document.type], entry.sealed is not None)


def _write(act: Act, record_id: str, document: Feedback, sealed: SealedFeedback | None) -> None:
    # every revision carries a sealed part of one length, so that its presence tells nothing
    plaintext = _encode(sealed or SealedFeedback())
    act.records.create(FEEDBACK, record_id, document, seal=act.sealer(record_id, plaintext))


def _revise(act: Act, record_id: str, document: Feedback) -> None:
    act.records.revise(FEEDBACK, record_id, document, seal=act.sealer(record_id, _encode(SealedFeedback())))
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
    )


def _sealed_outside(act: Act, entry: FeedbackEntry, number: str) -> Feedback:
    return Feedback(
        number=number,
        channel=entry.channel,
        side=entry.side,
        type=CLOSED_TYPE,
        received_on=entry.received_on,
        due=act.day + timedelta(days=DUE_DAYS[CLOSED_TYPE]),
        status="NEW",
        taken_by=act.user.id,
        source=entry.source,
    )


def _check(act: Act, entry: FeedbackEntry) -> None:
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
    for name, codes, answer in (("sector", SECTOR, entry.sector), ("sex", SEX, entry.sex), ("age", AGE, entry.age)):
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
    if sealed.type == "X2" and sealed.text:
        # nobody at a desk asks or writes what happened (IASC): only that the person wants to be called, and how
        raise Refusal("feedback.no_detail")
    if sealed.type != "X2" and not clean(sealed.text):
        raise Refusal("feedback.text")
    outside = (entry.text, entry.household, entry.phone, entry.sex, entry.age, entry.disability, entry.sector)
    if entry.type or any(outside) or entry.language:
        raise Refusal("feedback.seal_only")


def _code(field: str, codes: CodeList, answer: str) -> None:
    if answer not in codes:
        raise Refusal("form.code", field=field)


def _is_used(act: Act, number: str) -> bool:
    return act.connection.scalar(select(FeedbackRow.id).where(FeedbackRow.number == number)) is not None


def _opening_of(act: Act, entry: FeedbackEntry) -> str | None:
    if entry.opening is None:
        return None
    opening = document_of(act.connection, BOX_OPENING, entry.opening)
    if opening is None or opening.confirmed_by is None or entry.channel != "BOX":
        raise Refusal("feedback.box_first")
    typed = act.connection.scalar(
        select(func.count()).select_from(FeedbackRow).where(FeedbackRow.source.startswith(f"box:{entry.opening}:"))
    )
    if (typed or 0) >= opening.papers:
        raise Refusal("feedback.box_full", papers=opening.papers)
    return entry.opening


class Loaded(msgspec.Struct, frozen=True):
    """What loading a file of messages came to: how many were new, and how many had been loaded before."""

    new: int
    known: int


@command("feedback.load", roles=FAMILIES)
def load(act: Act, entries: tuple[FeedbackEntry, ...]) -> Loaded:
    """Messages of a helpline's file, all of them or none; one whose ``source`` is known is not taken twice.

    Raises what :func:`record` raises.
    """
    new = known = 0
    for entry in entries:
        if not entry.source:
            raise Refusal("feedback.no_source")
        found = act.connection.scalar(select(FeedbackRow.id).where(FeedbackRow.source == entry.source))
        if found is not None:
            known += 1
            continue
        _check(act, entry)
        _write(act, act.new_id(), _open_document(act, entry, _unused(act)), None)
        act.records.flush()  # the next message may be the same one again
        new += 1
    return Loaded(new, known)


def _unused(act: Act) -> str:
    number = numbers.draw()
    while _is_used(act, number):
        number = numbers.draw()
    return number


@command("feedback.open_box", roles=FAMILIES)
def open_box(act: Act, place: str, papers: int) -> str:
    """Note that a box was opened and how many papers were in it; a second account must confirm. Returns its id.

    Raises Refusal("feedback.box_place" | "feedback.box_papers").
    """
    if not clean(place):
        raise Refusal("feedback.box_place")
    if not 0 <= papers <= MOST_PAPERS:
        raise Refusal("feedback.box_papers", most=MOST_PAPERS)
    opening = act.new_id()
    act.records.create(BOX_OPENING, opening, BoxOpening(clean(place), act.day, papers, act.user.id), signed=True)
    act.concerns(opening)
    return opening


@command("feedback.confirm_box", roles=FAMILIES)
def confirm_box(act: Act, opening: str, papers: int) -> None:
    """The second person says how many papers she counted. Raises Refusal("feedback.box_*")."""
    found = document_of(act.connection, BOX_OPENING, opening)
    if found is None or found.confirmed_by is not None:
        raise Refusal("feedback.box_unknown")
    if found.opened_by == act.user.id:
        raise Refusal("feedback.box_second")
    if papers != found.papers:
        raise Refusal("feedback.box_count", first=found.papers, second=papers)
    confirmed = msgspec.structs.replace(found, confirmed_by=act.user.id)
    act.records.revise(BOX_OPENING, opening, confirmed, signed=True)
    act.concerns(opening)


@command("feedback.assign", roles=FAMILIES)
def assign(act: Act, feedback: str, user: str | None, referred_to: str = "") -> None:
    """Give it to somebody here, or note who outside was asked. Raises Refusal("feedback.*")."""
    found = _answerable(act, feedback)
    status = "REFERRED" if referred_to else "OPEN"
    _revise(act, feedback, msgspec.structs.replace(found, status=status, assigned=user, referred_to=clean(referred_to)))


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

    Raises Refusal("feedback.*").
    """
    found = _known(act, feedback)
    if found.status not in FINISHED:
        raise Refusal("feedback.not_answered")
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
