"""Papers about places: a summary with its safeguards, a joint action plan, and the advocacy brief.

All are lists on A4. They hold no family and no name but those of organisations and of who is to do something.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Final

from helpdesk.core.language import Words, isolate
from helpdesk.desk.places import Gazetteer
from helpdesk.journey.areas.advocacy import FEWEST, Brief
from helpdesk.journey.areas.codes import AREA_SAFEGUARD, AREA_SECTION
from helpdesk.journey.areas.documents import Assessment, Safeguard
from helpdesk.journey.areas.queries import PlaceFile, PlanShown
from helpdesk.journey.areas.rules import as_safeguard
from helpdesk.printing.blocks import day_shown
from helpdesk.printing.lists import Column, ListPaper, list_pdf, lists_pdf

_PARAGRAPH: Final = 700
"""Characters of one paragraph, so that a long text is broken over pages and not shrunk."""


def place_pdf(words: Words, file: PlaceFile, places: Gazetteer, *, practice: bool) -> bytes:
    """The summary of one place: what was found, which safeguards hold until when, obstacles and what is open."""
    return list_pdf(place_paper(words, file, places, practice=practice), words)


def place_paper(words: Words, file: PlaceFile, places: Gazetteer, *, practice: bool) -> ListPaper:
    """The same as a list."""
    verdict = words("People may be helped to move there.") if not file.standing.missing else words(
        "People may not be helped to move there yet."
    )  # fmt: skip
    facts = [(words("Place"), places.shown(file.place, words.language)), (words("Printed on"), _day(words, file.day))]
    if file.standing.until is not None:
        facts.append((words("As recorded, until"), _day(words, file.standing.until)))
    if file.profile is not None and file.profile.severity is not None:
        facts.append((words("Severity of conditions"), words.label("area_severity", file.profile.severity)))
    if file.profile is not None and file.profile.group:
        facts.append((words("Coordination group"), file.profile.group))
    return ListPaper(
        title=words("Place of return: summary"),
        columns=(
            Column(words("Safeguard"), 3),
            Column(words("How the place stands"), 3),
            Column(words("Recorded on"), 2),
            Column(words("Valid until"), 2),
            Column(words("Organisation"), 2),
        ),
        rows=[_safeguard_row(words, file, code) for code in AREA_SAFEGUARD],
        practice=practice,
        facts=tuple(facts),
        notes=(verdict, *_found(words, file), *_obstacles(words, file)),
        sign_here=(words("Prepared by"), words("Seen by the coordination group")),
    )


def _safeguard_row(words: Words, file: PlaceFile, code: str) -> tuple[str, ...]:
    missing = [words.label("area_why", why) for one, why in file.standing.missing if one == code]
    told: Assessment | Safeguard | None
    if code == "L_RISK":
        told = _nearest(file, [one for _, one in file.assessments])
        state = words.label("area_result", told.result) if isinstance(told, Assessment) else ""
    else:
        plans = [as_safeguard(one.plan) for one in file.plans if one.plan.state != "ENDED"]
        answers = [*[one for _, one in file.safeguards], *plans]
        told = _nearest(file, [one for one in answers if one.safeguard == code])
        state = words.label("area_state", told.state) if isinstance(told, Safeguard) else ""
    if missing:
        state = "; ".join(missing)
    elif code in file.standing.waived:
        state = words("Waived by two people")
    on = _day(words, told.on) if told else ""
    until = _day(words, told.until) if told and told.until else ""
    return words.label("area_safeguard", code), state, on, until, told.org if told else ""


def _nearest(file: PlaceFile, found: list[Assessment] | list[Safeguard]) -> Assessment | Safeguard | None:
    for place in file.within:
        here = next((one for one in found if one.place == place and not one.void), None)
        if here is not None:
            return here
    return None


def _found(words: Words, file: PlaceFile) -> Iterator[str]:
    assessment = _nearest(file, [one for _, one in file.assessments])
    if not isinstance(assessment, Assessment):
        return
    for section in AREA_SECTION:
        text = assessment.sections.get(section, "")
        yield from _labelled(words, words.label("area_section", section), text)
    for condition in assessment.conditions:
        done = words("met on {day}", day=_day(words, condition.met_on)) if condition.met_on else words(
            "due {day}", day=_day(words, condition.due)
        )  # fmt: skip
        yield from _labelled(words, words("Condition, {when}", when=done), condition.text)
    for _, safeguard in file.safeguards:
        for concern in safeguard.concerns:
            yield from _labelled(words, words("Concern of the host community"), concern)


def _obstacles(words: Words, file: PlaceFile) -> Iterator[str]:
    for one in file.obstacles:
        if one.obstacle.state != "CLOSED":
            level = words.label("obstacle_level", one.obstacle.level)
            topic = words.label("obstacle_topic", one.obstacle.topic)
            yield from _labelled(
                words, words("Obstacle ({topic}, {level})", topic=topic, level=level), one.obstacle.text
            )


def _labelled(words: Words, label: str, text: str) -> Iterator[str]:
    for place, paragraph in enumerate(textwrap.wrap(text, _PARAGRAPH)):
        yield words("{thing}: {count}", thing=label, count=isolate(paragraph)) if place == 0 else isolate(paragraph)


def plan_pdf(words: Words, file: PlaceFile, places: Gazetteer, *, practice: bool) -> bytes:
    """Every plan of a place that is not ended, each on its own page; an empty one to write on where there is none."""
    plans = [one for one in file.plans if one.plan.state != "ENDED"]
    papers = [_plan_paper(words, file, places, one, practice=practice) for one in plans]
    return lists_pdf(papers or [_plan_paper(words, file, places, None, practice=practice)], words, wide=True)


def _plan_paper(
    words: Words, file: PlaceFile, places: Gazetteer, shown: PlanShown | None, *, practice: bool
) -> ListPaper:
    facts = [(words("Place"), places.shown(shown.plan.place if shown else file.place, words.language))]
    rows: list[tuple[str, ...]] = []
    if shown is not None:
        plan = shown.plan
        state = words.label("plan_state", plan.state)
        facts += [(words("Plan"), plan.title), (words("State"), f"{state}, {_day(words, plan.on)}")]
        facts += [(words("Coordination group"), plan.group)] if plan.group else []
        rows = [
            (one.text, one.owner, _day(words, one.due), words.label("action_state", one.state), one.note)
            for _, one in shown.actions
        ]
    return ListPaper(
        title=words("Joint action plan"),
        columns=(
            Column(words("Action"), 5),
            Column(words("Who"), 3),
            Column(words("Due"), 2),
            Column(words("How far"), 2),
            Column(words("Remark"), 3, write_here=True),
        ),
        rows=rows or [("",) * 5] * 10,
        practice=practice,
        facts=tuple(facts),
        sign_here=(words("Local authority"), words("Community"), words("Organisation")),
    )


def brief_pdf(words: Words, brief: Brief, places: Gazetteer, *, practice: bool) -> bytes:
    """The advocacy brief: evidence that return is not viable, and the obstacles that are open, by place."""
    name = words.language
    few = words("fewer than {n}", n=FEWEST)
    evidence = ListPaper(
        title=words("Why return is not viable: evidence by place"),
        columns=(
            Column(words("Place"), 3),
            Column(words("Topic"), 2),
            Column(words("Families"), 1, align="end"),
            Column(words("What is known"), 6),
        ),
        rows=[
            (
                places.shown(one.place, name),
                words.label("obstacle_topic", one.topic),
                few if one.families is None else words.digits(one.families),
                " ".join(one.texts)[:_PARAGRAPH],
            )
            for one in brief.evidence
        ],
        practice=practice,
        facts=((words("Day"), _day(words, brief.day)),),
        notes=(
            words("No family can be recognised in this paper: what concerns fewer than {n} is not shown.", n=FEWEST),
        ),
    )
    obstacles = ListPaper(
        title=words("Open obstacles by place and level"),
        columns=(
            Column(words("Place"), 3),
            Column(words("Level"), 2),
            Column(words("Topic"), 2),
            Column(words("Since"), 2),
            Column(words("Obstacle"), 6),
        ),
        rows=[
            (
                places.shown(one.place, name),
                words.label("obstacle_level", one.level),
                words.label("obstacle_topic", one.topic),
                _day(words, one.since),
                one.text[:_PARAGRAPH],
            )
            for one in brief.obstacles
        ],
        practice=practice,
        facts=((words("Day"), _day(words, brief.day)),),
    )
    return lists_pdf((evidence, obstacles), words, wide=True)


def _day(words: Words, day: date) -> str:
    return day_shown(words, day)
