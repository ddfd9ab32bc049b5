"""The checklist and the reason on paper: every condition named, and nothing that would harm who carries them."""

from __future__ import annotations

import re

import msgspec
import pytest

from helpdesk.core.language import LANGUAGES, Words, isolate
from helpdesk.journey.cases import queries
from helpdesk.journey.cases.codes import SAFEGUARD, STATE, WHY
from helpdesk.journey.cases.documents import Missing, Standing
from helpdesk.journey.cases.reasons import paper_reason
from helpdesk.printing.readiness import checklist, checklist_pdf, next_slip, not_yet_slip
from tests.journey import ready
from tests.journey.conftest import hands_at
from tests.printing.reading import text_of
from tests.programme import Programme

LINES = (("Help", "80069999"),)
TO_STAFF = re.compile(r"\b[Tt]he family\b|\b[Rr]ecord|\b[Ss]ee the\b|\b[Aa]sk (her|him|the|each)\b|coordination|scan")


def _standing(programme: Programme, **answer: object) -> Standing:
    hands = hands_at(programme, "one")
    family = ready.preparing_family(hands.desk, without=("H6", "H7"))
    if answer:
        ready.reconfirm(hands.desk, family, **answer)
    found = hands.desk.ask(queries.standing_of, family)
    hands.desk.close()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_pdf_in_every_language(programme: Programme, language: str) -> None:
    assert checklist_pdf(Words(language), _standing(programme), LINES, practice=True).startswith(b"%PDF")


def test_it_names_what_is_done_and_what_is_missing(programme: Programme) -> None:
    words, standing = Words("en"), _standing(programme)
    shown = dict(checklist(words, standing, LINES, practice=True).facts)
    assert shown["Permissions complete"] == "Not yet"
    assert shown["Information session"].startswith("Done on")
    text = text_of(checklist_pdf(words, standing, LINES, practice=True))
    assert "80069999" in text


@pytest.mark.parametrize("answer", [{"forced": True}, {"free_to_choose": "N"}, {"alone": False}])
def test_paper_never_tells_who_is_not_free(programme: Programme, answer: dict[str, object]) -> None:
    words, standing = Words("en"), _standing(programme, **answer)
    before = not_yet_slip(words, _unanswered(standing), LINES, practice=True)
    assert not_yet_slip(words, standing, LINES, practice=True) == before
    said = checklist(words, standing, LINES, practice=True)
    assert not any(word in " ".join(said.sentences) for word in ("forced", "made to", "is free", "police"))


@pytest.mark.parametrize("safeguard", SAFEGUARD)
def test_paper_speaks_to_the_family_whatever_is_missing(safeguard: str) -> None:
    for why in WHY:
        reason = paper_reason(Missing(safeguard, why))
        said = Words("en").sentence(reason)
        assert reason.code.startswith("family.")
        assert said != reason.code
        assert not TO_STAFF.search(said), said


def test_what_comes_next_is_said_to_the_family_at_every_step(programme: Programme) -> None:
    words, standing = Words("en"), _standing(programme)
    for state in STATE:
        there = msgspec.structs.replace(standing, state=state, missing=(), movement_day=standing.day)
        (said,) = next_slip(words, there, LINES, practice=True).sentences
        assert not TO_STAFF.search(said), said
        assert not re.search(r"\b(they|them|case)\b", said)
        assert said == f"1. {isolate(not_yet_slip(words, there, LINES, practice=True).sentences[0])}"


def test_each_reason_is_a_line_of_its_own(programme: Programme) -> None:
    words, standing = Words("en"), _standing(programme)
    reasons = {words.sentence(paper_reason(one)) for one in standing.blocking}
    assert len(reasons) > 1
    assert reasons < set(not_yet_slip(words, standing, LINES, practice=True).sentences)


def _unanswered(standing: Standing) -> Standing:
    # the same family before anybody was asked
    plain = tuple(
        msgspec.structs.replace(one, why="NOT_DONE") if one.safeguard == "H7" else one for one in standing.missing
    )
    return msgspec.structs.replace(standing, missing=plain)
