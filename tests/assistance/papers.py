"""Printed vouchers of displaced families, for tests of what is done with a paper."""

from __future__ import annotations

from tests.people import practice_form
from tests.programme import Programme


def printed_papers(programme: Programme, count: int) -> list[str]:
    """The numbers of so many vouchers of desk one, each of another family, printed and not handed out."""
    found: list[str] = []
    for index in range(40):
        form = practice_form(programme.clock, index)
        if len(found) < count and form.population in ("CAMP", "OOC"):
            found.append(programme.printed("one", programme.register("one", form)).number)
    return found
