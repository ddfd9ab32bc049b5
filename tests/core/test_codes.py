"""Code lists with the centre's word on them: what is accepted, offered and said, in which language."""

from __future__ import annotations

import pytest

from helpdesk.core.codes import BUILT_IN, CodeList, Lists
from helpdesk.core.language import LANGUAGES, Words
from helpdesk.desk.bundle import ListedCode

REASON = CodeList("reason", "HOME", "FAMILY", grows=True, kept=("HOME",))
TOLD = Lists(
    [
        ListedCode("reason", "BEES", {"en": "Bees", "ckb": "Hang"}),
        ListedCode("reason", "FAMILY", {"en": "Kin"}, retired=True),
        ListedCode("reason", "GONE", {"en": "Gone"}, retired=True),
    ]
)


def test_ours_then_what_was_added() -> None:
    assert tuple(TOLD.accepted(REASON)) == ("HOME", "FAMILY", "BEES", "GONE")
    assert TOLD.offered(REASON) == ("HOME", "BEES")
    assert BUILT_IN.accepted(REASON) is REASON
    assert BUILT_IN.offered(REASON) == ("HOME", "FAMILY")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_centres_words_then_ours_then_its_english(language: str) -> None:
    ours, words = Words(language), Words(language, TOLD)
    assert words.label("reason", "BEES") == ("Hang" if language == "ckb" else "Bees")
    assert words.label("reason", "FAMILY") == ("Kin" if language == "en" else ours.label("reason", "FAMILY"))
    assert words.label("reason", "HOME") == ours.label("reason", "HOME")
    assert words.label("other_reason", "BEES") == "BEES"
    assert ours.label("reason", "BEES") == "BEES"


def test_words_take_their_lists_along() -> None:
    assert Words("en", TOLD).in_language("ckb").label("reason", "BEES") == "Hang"
    assert Words("ar").with_lists(TOLD).label("reason", "BEES") == "Bees"
