"""The practice programme's cases: some begin, none is ready by magic."""

from __future__ import annotations

from random import Random

from helpdesk.journey.cases import queries
from helpdesk.practice.journey.cases import make_cases
from tests.people import practice_form
from tests.programme import Programme


def test_families_are_part_of_the_way(programme: Programme) -> None:
    families = [programme.register(form=practice_form(programme.clock, place)) for place in range(12)]
    with programme.open("one", "clerk") as desk:
        begun = make_cases(desk, families, Random(3))
        counts = {column.state: column.families for column in desk.ask(queries.board)}
        assert begun == counts["PREPARING"] > 0
        assert counts["READY"] == counts["SCHEDULED"] == 0
        assert desk.ask(queries.missing_counts)["L_RISK"] == begun
