"""Two desks that recorded of one place at once: whatever order their files come in, the safer of both holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.clock import instant_text
from helpdesk.core.ids import new_id
from helpdesk.exchange.merge import fold
from helpdesk.journey.areas.codes import AREA_RESULT, AREA_SAFEGUARD, AREA_STATE
from helpdesk.journey.areas.documents import Alert, AreaWaiver, Assessment, Condition, Safeguard
from helpdesk.journey.areas.kinds import ALERT, ASSESSMENT, SAFEGUARD, WAIVER
from helpdesk.journey.areas.rules import Level, judge
from helpdesk.vault.records import Kind, Revision, encode_document, encode_revision, revision_hash
from tests.places import FALLUJAH
from tests.programme import START

DAY = START.date()
RECORD = new_id(START)
days = st.dates(DAY - timedelta(days=90), DAY + timedelta(days=90))
texts = st.sampled_from(["road", "well", "school"])
conditions = st.lists(st.builds(Condition, texts, days, st.none() | days), max_size=3).map(tuple)
assessments = st.builds(
    Assessment,
    place=st.just(FALLUJAH),
    on=days,
    until=days,
    result=st.sampled_from(AREA_RESULT.entries),
    org=st.just("IOM"),
    by=st.just("u"),
    sections=st.just({"NEEDS": "x"}),
    conditions=conditions,
    void=st.sampled_from(["", "", "", "mistake"]),
)
safeguards = st.builds(
    Safeguard,
    place=st.just(FALLUJAH),
    safeguard=st.sampled_from(AREA_SAFEGUARD.entries[1:]),
    state=st.sampled_from(AREA_STATE.entries),
    on=days,
    org=st.just("IOM"),
    by=st.just("u"),
    until=st.none() | days,
    reason=st.sampled_from(["", "why"]),
)


def met(kind: Kind[Any], base: msgspec.Struct, one: msgspec.Struct, other: msgspec.Struct) -> Any:
    """The document that two changes of one come to."""
    revisions: dict[str, Revision] = {}

    def add(document: msgspec.Struct, parents: tuple[str, ...], device: str, ctr: int) -> str:
        doc, at = msgspec.Raw(encode_document(document)), instant_text(START)
        revision = Revision(
            kind=kind.name, id=RECORD, parents=parents, ctr=ctr, device=device, user="u", at=at, doc=doc
        )  # fmt: skip
        found = revision_hash(encode_revision(revision)).hex()
        revisions[found] = revision
        return found

    first = add(base, (), "a" * 16, 1)
    add(one, (first,), "a" * 16, 2)
    add(other, (first,), "b" * 16, 3)
    return kind.decode(fold(kind, revisions).document)


@given(assessments, assessments, assessments)
def test_assessments_meet_on_the_worse_result_and_the_shorter_end(
    base: Assessment, one: Assessment, other: Assessment
) -> None:
    found = met(ASSESSMENT, base, one, other)
    assert found.until == min(one.until, other.until)
    order = AREA_RESULT.entries
    assert found.result == max(one.result, other.result, key=order.index)
    if one.conditions != other.conditions:
        assert {c.text for c in found.conditions} == {c.text for c in (*one.conditions, *other.conditions)}


def test_an_alert_lifted_at_one_desk_while_another_wrote_stays() -> None:
    base = Alert(FALLUJAH, DAY, "Shooting", "u")
    lifted = msgspec.structs.replace(base, lifted_on=DAY, lifted_by="v", lifted_why="Calm")
    louder = msgspec.structs.replace(base, reason="Shooting again")
    assert met(ALERT, base, lifted, louder).lifted_on is None


def test_a_waiver_withdrawn_anywhere_is_withdrawn_and_never_longer() -> None:
    base = AreaWaiver(FALLUJAH, ("L_PLAN",), "why", DAY, DAY + timedelta(days=30), "u")
    gone = msgspec.structs.replace(base, state="WITHDRAWN")
    longer = msgspec.structs.replace(base, until=DAY + timedelta(days=90), safeguards=AREA_SAFEGUARD.entries)
    found = met(WAIVER, base, gone, longer)
    assert (found.state, found.until) == ("WITHDRAWN", base.until)


def test_a_safeguard_that_one_desk_denies_is_not_done() -> None:
    base = Safeguard(FALLUJAH, "L_FDBK", "DONE", DAY, "IOM", "u")
    denied = msgspec.structs.replace(base, state="PLANNED")
    noted = msgspec.structs.replace(base, note="SMS line")
    assert met(SAFEGUARD, base, denied, noted).state == "PLANNED"


levels = st.lists(
    st.tuples(st.lists(assessments, max_size=3), st.lists(safeguards, max_size=5)), min_size=1, max_size=3
)


def gathered(found: list[tuple[list[Assessment], list[Safeguard]]]) -> list[Level]:
    return [
        Level([(one, f"a{n}") for n, one in enumerate(here)], [(one, f"s{n}") for n, one in enumerate(there)])
        for here, there in found
    ]


@given(levels, st.randoms(use_true_random=False), days)
def test_the_order_in_which_records_are_read_changes_nothing(found: Any, chance: Any, day: date) -> None:
    one = gathered(found)
    other = gathered(found)
    for level in other:
        chance.shuffle(level.assessments)
        chance.shuffle(level.safeguards)
    assert judge(one, day) == judge(other, day)


@given(levels, days)
def test_an_open_place_stays_open_up_to_its_end_and_what_it_says_is_proven(found: Any, day: date) -> None:
    one = judge(gathered(found), day)
    if one.missing:
        assert one.until is None
        return
    assert one.result in ("ACCEPTABLE", "CONDITIONS")
    assert one.evidence
    assert one.until is None or one.until >= day


@given(levels, days)
def test_adding_that_a_place_is_not_acceptable_always_blocks(found: Any, day: date) -> None:
    told = gathered(found)
    bad = Assessment(FALLUJAH, day, day + timedelta(days=1), "NOT_ACCEPTABLE", "IOM", "u", {})
    told[-1].assessments.append((bad, "bad"))
    newest = max((a.on for level in told for a, _ in level.assessments if a.on <= day and not a.void), default=day)
    assert newest == day
    assert ("L_RISK", "NOT_ACCEPTABLE") in judge(told, day).missing


@given(levels)
def test_an_alert_anywhere_on_the_way_up_holds(found: Any) -> None:
    told = gathered(found)
    told[-1].alerts.append((Alert(FALLUJAH, DAY, "Shooting", "u"), "alert"))
    one = judge(told, DAY)
    assert one.hold
    assert ("L_RISK", "ALERT") in one.missing
