"""Acts of monitoring: an attempt and what it brought, a family given up, a return counted from, a task finished.

A family is called only with its consent, on numbers it called safe, in an open round. Every call that reached somebody
raises the task to send it to the centre, and red answers raise tasks of their own; what was told about threat, a
missing member or a wish for protection is sealed at once, and nothing on a list tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Final

import msgspec
from msgspec import Struct

from helpdesk.core.clock import instant_text
from helpdesk.core.errors import Refusal
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import FAMILIES
from helpdesk.households import sealing
from helpdesk.households.commands import consenting
from helpdesk.households.documents import Household, SealedAnswers
from helpdesk.households.kinds import CONSENT
from helpdesk.journey.cases import steps
from helpdesk.journey.monitoring import rules
from helpdesk.journey.monitoring.codes import BY_CODE, CLOSED, ROUND, SEALED
from helpdesk.journey.monitoring.documents import Attempt, Call, Returned, Task
from helpdesk.journey.monitoring.kinds import ATTEMPT, CALL, RETURNED, TASK
from helpdesk.journey.monitoring.starts import Start, start_of
from helpdesk.vault.records import document_of, documents_of

IRAQ: Final = timezone(timedelta(hours=3))
"""Iraq's time, all year."""
_REACHED: Final = ("DONE", "PARTIAL", "PROXY")
_STATE_AFTER: Final = {"DONE": "DONE", "PARTIAL": "PARTIAL", "PROXY": "PROXY", "REFUSED": "REFUSED"}
TASK_HOURS: Final = 24
LONGEST_RETURN: Final = 366
"""Days a return may lie back when calls begin to be counted from it."""


class CallForm(Struct, frozen=True, forbid_unknown_fields=True):
    """One attempt as the caller hands it in. ``safe_to_talk`` is the first question; without it nothing else is asked.

    ``still`` are lasting questions whose earlier answer was read out and confirmed; ``sealed`` codes of
    ``sealed_call``.
    """

    household: str
    round: str
    number: str
    whom: str
    result: str
    safe_to_talk: bool = False
    answers: dict[str, str] = {}
    still: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    callback_on: date | None = None


class Recorded(Struct, frozen=True):
    """What an attempt led to: the round's record and state, and the tasks it raised, by reason."""

    call: str
    state: str
    tasks: tuple[str, ...]


def calls_consented(view: View, household: str) -> bool:
    """Whether the family agreed to be called, and has not taken it back."""
    said = [
        one.answer
        for _, one in documents_of(view.connection, CONSENT, household)
        if one.purpose == "CALL" and one.person is None
    ]
    return bool(said) and said[-1] == "GIVEN"


def safe_numbers(household: Household) -> tuple[str, ...]:
    """The numbers of which the family said that calling them is safe; not asked is not safe."""
    return tuple(phone.number for phone in household.phones if phone.safe_to_call)


@command("call.record", roles=FAMILIES)
def record(act: Act, form: CallForm) -> Recorded:
    """Record one attempt and what was answered.

    Raises Refusal("call.*" | "form.code" | "household.unknown" | "consent.data" | "sealed.too_long").
    """
    household, start = _called(act, form.household, form.round)
    attempts = attempts_of(act, form.household, start.record, form.round)
    _check_number(household, form, attempts)
    attempt = Attempt(
        household=form.household,
        round=form.round,
        start=start.record,
        on=act.day,
        hour=act.now.astimezone(IRAQ).hour,
        whom=form.whom,
        number=form.number,
        result=form.result,
        callback_on=form.callback_on,
    )
    rules.check_attempt(attempt)
    _check_told(act, form)
    act.records.create(ATTEMPT, act.new_id(), attempt)
    call_id, call = _write_call(act, form, start)
    raised: tuple[str, ...] = ()
    if form.result in _REACHED:
        raised = rules.red(form.answers)
        told = f"call {form.round}: {', '.join(form.sealed)}" if form.sealed else ""
        sealing.write_next(act, form.household, SealedAnswers(note=told))
        _raise_tasks(act, form.household, call_id, raised)
        _step(act, form.household, start, "ARRIVED", "MONITORED")
    act.concerns(call_id, form.household)
    return Recorded(call_id, call.state, raised)


def _called(act: Act, household_id: str, code: str) -> tuple[Household, Start]:
    # whether this family may be called in this round today
    household = consenting(act, household_id)
    if not calls_consented(act, household_id):
        raise Refusal("call.no_consent")
    start = start_of(act.connection, household_id)
    if start is None:
        raise Refusal("call.no_start")
    opens = rules.round_of(start.from_on, code).opens
    standing = rules.standing(start.from_on, code, act.day)
    if standing == "AHEAD":
        raise Refusal("call.early", opens=opens)
    if standing == "MISSED":
        raise Refusal("call.missed")
    known = call_of(act, household_id, start.record, code)
    if known is not None and known[1].state in CLOSED:
        raise Refusal("call.closed")
    return household, start


def _check_number(household: Household, form: CallForm, attempts: Iterable[Attempt]) -> None:
    if form.whom == "OTHER":
        if household.contact is None or not household.contact.phone or form.number != household.contact.phone:
            raise Refusal("call.no_relative")
    elif form.number not in rules.callable_numbers(safe_numbers(household), attempts):
        raise Refusal("call.unsafe_number")


def _check_told(act: Act, form: CallForm) -> None:
    # safe to talk comes first: without it there are no answers, and with answers somebody was reached
    for code in form.sealed:
        if code not in SEALED:
            raise Refusal("form.code", field="sealed")
    told = bool(form.answers or form.sealed)
    if form.result not in _REACHED:
        if told:
            raise Refusal("call.nobody_reached")
        return
    if not form.safe_to_talk:
        raise Refusal("call.safe_first")
    if (form.result == "PROXY") != (form.whom == "OTHER"):
        raise Refusal("call.whom")
    if not form.answers:
        raise Refusal("call.no_answers")
    rules.check_answers(form.answers, of_relative=form.whom == "OTHER")
    known = earlier(act, form.household, form.round)
    for code in form.still:
        if code not in known or form.answers.get(code) != known[code].answer:
            raise Refusal("call.still")


def _write_call(act: Act, form: CallForm, start: Start) -> tuple[str, Call]:
    known = call_of(act, form.household, start.record, form.round)
    call_id, before = known if known is not None else (act.new_id(), None)
    reached = form.result in _STATE_AFTER
    call = Call(
        household=form.household,
        round=form.round,
        start=start.record,
        from_on=start.from_on,
        state=_STATE_AFTER.get(form.result, before.state if before else "OPEN"),
        on=act.day if reached else (before.on if before else None),
        whom=form.whom if reached else (before.whom if before else None),
        answers={**(before.answers if before else {}), **form.answers},
        still=tuple(dict.fromkeys((*(before.still if before else ()), *form.still))),
        caller=act.user.id,
    )
    if before is None:
        act.records.create(CALL, call_id, call)
    elif reached:
        act.records.revise(CALL, call_id, call)
    return call_id, call


def _step(act: Act, household: str, start: Start, before: str, after: str) -> None:
    # the case goes on with its calls; a recent returnee's return is no case and stays as it is
    case = steps.case_of(act, household)
    if case is not None and case[0] == start.record and case[1].state == before:
        steps.move(act, household, after)


def _raise_tasks(act: Act, household: str, call_id: str, reasons: Iterable[str]) -> None:
    open_now = {task.reason for _, task in documents_of(act.connection, TASK, household) if task.done_at is None}
    for reason in reasons:
        if reason not in open_now:
            task = Task(household, reason, act.at, _later(act.now), act.user.id, call_id)
            act.records.create(TASK, act.new_id(), task)


def _later(now: datetime) -> str:
    return instant_text(now + timedelta(hours=TASK_HOURS))


@command("call.lose", roles=FAMILIES)
def lose(act: Act, household: str, round_: str) -> None:
    """Give a family up for this round, once everything was tried; after the last round its case is lost.

    Raises Refusal("call.try_on", lacks=...) before, and what :func:`record` raises of a round.
    """
    found, start = _called(act, household, round_)
    attempts = attempts_of(act, household, start.record, round_)
    lacks = lacking(found, attempts)
    if lacks is not None:
        raise Refusal("call.try_on", lacks=lacks)
    known = call_of(act, household, start.record, round_)
    lost = Call(household, round_, start.record, start.from_on, "LOST", on=act.day, caller=act.user.id)
    if known is None:
        call_id = act.new_id()
        act.records.create(CALL, call_id, lost)
    else:
        call_id = known[0]
        act.records.revise(CALL, call_id, msgspec.structs.replace(known[1], state="LOST", on=act.day))
    if round_ == ROUND.entries[-1]:
        _step(act, household, start, "ARRIVED", "LOST")
        _step(act, household, start, "MONITORED", "LOST")
    act.concerns(call_id, household)


def lacking(household: Household, attempts: Iterable[Attempt]) -> str | None:
    """What is still to be tried before this family may be given up (rules.lacks_for_lost)."""
    has_other = household.contact is not None and bool(household.contact.phone)
    return rules.lacks_for_lost(tuple(attempts), numbers=len(safe_numbers(household)), has_other=has_other)


@command("call.returned", roles=FAMILIES)
def returned(act: Act, household: str, from_on: date, place: str | None = None) -> str:
    """Count a recent returnee's calls from its own return; returns the record's id. Said again, it is corrected.

    Raises Refusal("call.not_returnee"), Refusal("call.return_day", most=...).
    """
    found = consenting(act, household)
    if found.population != "RET":
        raise Refusal("call.not_returnee")
    if not act.day - timedelta(LONGEST_RETURN) <= from_on <= act.day:
        raise Refusal("call.return_day", most=LONGEST_RETURN)
    fresh = Returned(household, from_on, act.day, place)
    known = documents_of(act.connection, RETURNED, household)
    record_id = known[-1][0] if known else act.new_id()
    if known:
        act.records.revise(RETURNED, record_id, fresh)
    else:
        act.records.create(RETURNED, record_id, fresh)
    act.concerns(record_id, household)
    return record_id


@command("task.finish", roles=FAMILIES)
def finish(act: Act, task_id: str, done: str) -> None:
    """Say what was done about a task. Raises Refusal("task.unknown" | "task.done" | "task.what")."""
    known = document_of(act.connection, TASK, task_id)
    if known is None:
        raise Refusal("task.unknown")
    if known.done_at is not None:
        raise Refusal("task.done")
    if not done.strip():
        raise Refusal("task.what")
    finished = msgspec.structs.replace(known, done_at=act.at, done_by=act.user.id, done=done.strip())
    act.records.revise(TASK, task_id, finished, signed=True)
    act.concerns(task_id, known.household)


class Earlier(Struct, frozen=True):
    """An answer of an earlier round, which is read out and confirmed instead of asked again."""

    answer: str
    round: str
    on: date


def earlier(view: View, household: str, round_: str) -> dict[str, Earlier]:
    """What a family said in earlier calls to lasting questions, the last word of each."""
    found: dict[str, Earlier] = {}
    calls = [one for _, one in documents_of(view.connection, CALL, household) if one.on is not None]
    for call in sorted(calls, key=lambda one: one.on or one.from_on):
        if call.round == round_ or call.on is None:
            continue
        for code, answer in call.answers.items():
            if BY_CODE[code].lasting if code in BY_CODE else False:
                found[code] = Earlier(answer, call.round, call.on)
    return found


def call_of(view: View, household: str, start: str, round_: str) -> tuple[str, Call] | None:
    """The round's record; where two desks each wrote one, the one that went further."""
    found = [
        (one, call)
        for one, call in documents_of(view.connection, CALL, household)
        if (call.start, call.round) == (start, round_)
    ]
    return max(found, key=lambda one: (one[1].state in CLOSED, one[0]), default=None)


def attempts_of(view: View, household: str, start: str, round_: str) -> tuple[Attempt, ...]:
    """Every attempt of a round, the first first."""
    return tuple(
        attempt
        for _, attempt in documents_of(view.connection, ATTEMPT, household)
        if (attempt.start, attempt.round) == (start, round_)
    )
