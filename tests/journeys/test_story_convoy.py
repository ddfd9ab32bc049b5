"""A convoy of forty families: two do not come, one is turned back, and another laptop receives the rest by file.

The families are made ready in one go by the program's own acts; everything of the day is typed on command lines.
"""

from __future__ import annotations

from helpdesk.households.queries import lines
from helpdesk.journey.cases.commands import bulk_declare_ready
from helpdesk.opening import open_desk
from tests.journey.leaving import prepared_at
from tests.journeys.told import ARRIVALS, CLERK, FAR, SUPERVISOR, Story

COUNT = 40


def forty_ready_families(story: Story) -> list[str]:
    """Their numbers."""
    folder, programme = story.programme.home / "desk-one", story.programme
    supervisor = open_desk(folder, "supervisor", programme.passphrase("desk-one", "supervisor"))
    households = prepared_at(supervisor, COUNT, shared=5)
    shown = supervisor.ask(lines, households)
    assert supervisor.do(bulk_declare_ready, households) == ()
    supervisor.close()
    return [shown[one].number for one in households]


def test_a_convoy_of_forty(story: Story) -> None:
    numbers = forty_ready_families(story)
    movement = story.movement(story.today, *numbers)
    forms = story.do(
        CLERK, "movement", "paper", "forms", "--count", 2, "--movement", movement, "--out", story.folder / "forms.pdf"
    )["forms"]

    # the power is cut: the paper forms are typed in afterwards, each once; two families never came
    for form, some in zip(forms, (numbers[:20], numbers[20:38]), strict=True):
        marks = [part for number in some for part in ("--present", number)]
        counted = story.do(CLERK, "movement", "type-in", movement, "--form", form, *marks)
    assert (counted["families"], counted["of_families"]) == (38, COUNT)
    assert story.refused(CLERK, "movement", "type-in", movement, "--form", forms[0], "--present", numbers[0]) == (
        "movement.form_typed"
    )
    closed = story.do(SUPERVISOR, "movement", "close", movement)
    assert (closed["closing"]["departed"], closed["closing"]["absent"]) == (38, 2)
    # closed again by somebody in a hurry: the same answer, nobody leaves twice
    assert story.do(SUPERVISOR, "movement", "close", movement)["closing"] == closed["closing"]
    story.do(
        SUPERVISOR, "movement", "came-back", movement, numbers[0], "--how", "TURNED_BACK", "--reason", "a closed bridge"
    )
    states = [story.state(CLERK, numbers[place]) for place in (0, 1, 39)]
    assert (states[0], states[1]) == ("PREPARING", "DEPARTED")
    assert states[2] in ("READY", "PREPARING")

    # the file is for one desk alone; opened twice it is known
    far = story.programme.facts.desks[1].number
    handed = story.do(SUPERVISOR, "batch", "transfer", "--desk", far, "--movement", movement, "--to", story.stick)
    assert handed["families"] == COUNT - 3
    assert story.do(FAR, "batch", "install", handed["path"])["result"] != "known"
    assert story.do(FAR, "batch", "install", handed["path"])["result"] == "known"
    story.clock.move(days=1)
    (form,) = story.do(ARRIVALS, "arrival", "paper", "forms", "--out", story.folder / "arrivals.pdf")["forms"]
    typed = story.do(ARRIVALS, "arrival", "type-in", "--form", form, *numbers[1:38])
    assert typed["refused"] == []
    assert (typed["counted"]["families"], typed["counted"]["expected_families"]) == (COUNT - 3, 0)
    board = {one["state"]: one["families"] for one in story.do(ARRIVALS, "case", "board")}
    assert board["ARRIVED"] == COUNT - 3
