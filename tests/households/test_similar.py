"""Likeness of families: what meets, what speaks against, symmetry, and recall and precision on a known population."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from helpdesk.households.similar import REASON, ComparedFamily, ComparedPerson, Similarity, block_keys, score
from tests.households.likeness_population import again, brother, compared, population

SHARED = Path(os.environ.get("HELPDESK_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")

HEAD = ComparedPerson(
    given_name="Dilshad", father_name="Khidir", grandfather_name="Murad", family_name="Shingali", sex="M",
    birth_date=date(1980, 5, 1), birth_precision="day",
)  # fmt: skip
WIFE = ComparedPerson(given_name="Berivan", father_name="Elias", sex="F", birth_date=date(1984, 7, 1))
SON = ComparedPerson(given_name="Saman", father_name="Dilshad", grandfather_name="Khidir", birth_date=date(2010, 7, 1))
FAMILY = ComparedFamily(members=(HEAD, WIFE, SON), phones=("+9647000123456",), origin="IQG15Q07", site="DTM8656")


def test_a_family_is_like_itself() -> None:
    assert score(FAMILY, FAMILY).probability >= 99
    assert set(score(FAMILY, FAMILY).reasons) == {"HEAD", "MEMBERS", "PHONE", "ORIGIN"}


def test_a_family_in_another_script_with_the_wife_at_its_head_is_found() -> None:
    berivan, elias = "\u0628\u06ce\u0631\u06cc\u06a4\u0627\u0646", "\u0626\u06d5\u0644\u06cc\u0627\u0633"
    dilshad, khidir = "\u062f\u06b5\u0634\u0627\u062f", "\u062e\u062f\u0631"
    wife = ComparedPerson(given_name=berivan, father_name=elias)
    husband = ComparedPerson(given_name=dilshad, father_name=khidir, grandfather_name="\u0645\u0648\u0631\u0627\u062f")
    written = ComparedFamily(members=(wife, husband))
    assert block_keys(written) & block_keys(FAMILY)
    found = score(written, FAMILY)
    assert found.probability >= 50
    assert found.reasons == ("OTHERHEAD", "MEMBERS")


def test_a_brother_s_family_is_another_family() -> None:
    his = replace(HEAD, given_name="Azad", birth_date=date(1983, 7, 1))
    wife = ComparedPerson(given_name="Shler", father_name="Barakat", sex="F", birth_date=date(1986, 7, 1))
    son = replace(SON, given_name="Rebwar", father_name="Azad")
    found = score(FAMILY, replace(FAMILY, members=(his, wife, son)))
    assert found.probability < 20
    assert "BROTHERS" in found.reasons


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"phones": ("+9647000123457",)}, "PHONENEAR"), ({"phones": ("+9647000123456",)}, "PHONE")],
)
def test_a_phone_speaks_for_a_family_but_is_not_enough(change: dict[str, tuple[str, ...]], reason: str) -> None:
    stranger = ComparedFamily(members=(ComparedPerson(given_name="Qahtan", father_name="Fadhil", sex="M"),))
    found = score(FAMILY, replace(stranger, **change))
    assert reason in found.reasons
    assert found.probability < 20
    assert block_keys(replace(stranger, **change)) & block_keys(FAMILY)


def test_papers_meet_by_their_hashes() -> None:
    card = ("00aa11bb22cc33dd44ee",)
    one, other = replace(FAMILY, papers=card), ComparedFamily(members=(), papers=card)
    assert block_keys(one) & block_keys(other) == {f"d:{card[0]}"}
    assert "RATION" in score(one, other).reasons


def test_nothing_known_is_like_nothing() -> None:
    assert score(ComparedFamily(members=()), ComparedFamily(members=())) == Similarity(0, ())


def test_keys_are_short_and_reasons_have_their_words() -> None:
    for family in population(60, 5):
        assert all(len(key) <= 48 for key in block_keys(compared(family)))
        assert block_keys(compared(family))
    assert set(score(FAMILY, FAMILY).reasons) <= set(REASON)


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the names files are not here")
@pytest.mark.parametrize(("papers", "recall"), [(True, 0.97), (False, 0.94)])
def test_likenesses_are_found_and_others_left_in_peace(papers: bool, recall: float) -> None:
    chance, known = Random(41), population(800, 41)
    register = [compared(family) for family in known]
    index: dict[str, set[int]] = defaultdict(set)
    for place, family in enumerate(register):
        for key in block_keys(family):
            index[key].add(place)

    def best(family: ComparedFamily) -> tuple[int, int]:
        near = set[int]().union(*(index.get(key, set()) for key in block_keys(family)))
        return max(((score(family, register[place]).probability, place) for place in near), default=(0, -1))

    asked = [(again(register[place], chance, SHARED / "data", papers=papers), place) for place in range(0, 800, 8)]
    found = [best(family) for family, _place in asked]
    hits = [probability >= 50 and place == true for (probability, place), (_f, true) in zip(found, asked, strict=True)]
    assert sum(hits) / len(hits) >= recall
    strangers = population(200, 977)
    assert sum(best(compared(family))[0] >= 50 for family in strangers) <= 2
    brothers = [brother(known[place], strangers[place // 8], chance) for place in range(0, 800, 8)]
    assert sum(best(family)[0] >= 50 for family in brothers) <= 5
    for family, place in asked[:30]:
        assert score(family, register[place]) == score(register[place], family)
