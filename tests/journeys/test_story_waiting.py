"""A family with barriers of the third category waits for the centre's word, and no desk can tell it from any other.

Two families come on one day with the same answers; one tells something that is sealed. What the desk says of them is
compared whole, before the centre's word and after it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from helpdesk.households.documents import SealedAnswers
from tests.journeys.told import CLERK, SUPERVISOR, Story, as_text

FAMILIES = {"Karim": SealedAnswers(), "Basim": SealedAnswers(barriers=("C3AFF", "C3BLK"), note="told in confidence")}
_IDS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}")
_OWN: Final = frozenset({"number", "household", "case", "id", "principal", "record", "revision", "evidence"})


def told_of(story: Story, number: str) -> str:
    """All that a desk's case and file say of a family, without what is its own by name or number."""
    shown = story.do(CLERK, "case", "show", number)
    return _IDS.sub("id", as_text(_common(shown)))


def _common(document: Any) -> Any:
    if isinstance(document, dict):
        return {key: _common(value) for key, value in document.items() if key not in _OWN}
    return [_common(one) for one in document] if isinstance(document, list) else document


def test_who_waits_cannot_be_told_from_others(story: Story) -> None:
    plain, sealed = (story.leaving_family(father=father, sealed=answers) for father, answers in FAMILIES.items())
    story.open_fallujah()
    story.bundles()
    for number in (plain, sealed):
        story.all_but_the_word(number)

    # no word yet: both wait alike, for the same thing, in the same words, and on paper too
    assert story.missing(plain) == story.missing(sealed) == {"CENTRE"}
    assert told_of(story, plain) == told_of(story, sealed)
    assert story.do(SUPERVISOR, "case", "ready", plain, sealed)["done"] == 0
    whole = story.programme(SUPERVISOR, "household", "show", sealed, document=False).out
    whole += story.programme(SUPERVISOR, "case", "show", sealed, document=False).out
    whole += as_text(story.do(SUPERVISOR, "household", "show", sealed))
    assert all(secret not in whole for secret in ("C3AFF", "C3BLK", "confidence"))
    # and a waiver opens nothing
    assert story.refused(
        SUPERVISOR, "case", "waive", sealed, "--safeguard", "CENTRE", "--reason", "They ask every day"
    ) in ("waiver.never", "form.code")

    # the centre looks: one may proceed, the other needs a person; the desk still reads of nobody why
    before = told_of(story, sealed)
    story.to_the_centre()
    done = story.word_of_the_centre()
    assert done["to_look_at"] >= 1
    assert story.missing(plain) == set()
    assert told_of(story, sealed) == before
    assert story.do(SUPERVISOR, "case", "ready", plain, sealed)["refused"].keys() == {sealed}

    # advocacy took its time; the centre says proceed, and with the next bundle the family is like any other
    story.do("centre", "centre", "decide", sealed, "proceed")
    assert story.missing(sealed) == {"CENTRE"}
    story.bundles()
    assert story.missing(sealed) == set()
    assert story.do(SUPERVISOR, "case", "ready", sealed)["done"] == 1
    assert told_of(story, plain) == told_of(story, sealed)
