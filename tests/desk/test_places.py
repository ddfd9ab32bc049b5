"""The gazetteer: what ships is sound, hierarchy, finding by any spelling, a bundle's own places."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.desk.bundle import AddedPlace
from helpdesk.desk.places import KINDS, Gazetteer, Place, load_gazetteer

SINJAR, NINEWA, KHANKE = "IQG15Q07", "IQG15", "DTM8656"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return load_gazetteer()


def test_the_whole_country_ships(places: Gazetteer) -> None:
    counts = {kind: sum(place.kind == kind for place in places) for kind in KINDS}
    assert counts == {"governorate": 18, "district": 101, "subdistrict": 294, "camp": 64, "site": 185}


def test_every_place_hangs_below_a_wider_one(places: Gazetteer) -> None:
    for place in places:
        assert place.kind in KINDS
        assert place.name_en
        assert place.name_ar
        path = places.path(place.place_id)
        assert path[-1] is place
        ranks = [KINDS.index(one.kind) for one in path]
        assert ranks == sorted(set(ranks))
        if place.kind in ("district", "subdistrict"):
            assert path[0].kind == "governorate"


def test_a_place_knows_where_it_lies(places: Gazetteer) -> None:
    assert [place.kind for place in places.path(KHANKE)] == ["governorate", "district", "subdistrict", "camp"]
    governorate = places.ancestor(SINJAR, "governorate")
    assert governorate is not None
    assert governorate.place_id == NINEWA
    assert places.is_within(SINJAR, NINEWA)
    assert not places.is_within(NINEWA, SINJAR)
    assert SINJAR in {place.place_id for place in places.children(NINEWA)}
    assert places.path("IQG99") == ()
    assert places.get(None) is None


def test_a_place_is_shown_in_the_reader_s_language(places: Gazetteer) -> None:
    assert places.shown(SINJAR, "en") == "Sinjar, Ninewa"
    assert places.shown(SINJAR, "ar") == "\u0633\u0646\u062c\u0627\u0631\u060c \u0646\u064a\u0646\u0648\u0649"
    assert places.shown("IQG99", "en") == "IQG99"
    camp = places.get(KHANKE)
    assert camp is not None
    assert camp.name("kmr") == camp.name_ar  # there is no Kurdish name: Arabic, never nothing


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sinjar", SINJAR),
        ("\u0633\u0646\u062c\u0627\u0631", SINJAR),
        ("\u0634\u0646\u06af\u0627\u0644", SINJAR),
        ("Shingal", SINJAR),
        ("Tel Afar", "IQG15Q08"),
        ("\u062a\u0644 \u0639\u0641\u0631", "IQG15Q08"),
        ("mosul", "IQG15Q05"),
        ("Hawija", "IQG13Q01"),
        ("Baaj", "IQG15Q02"),
        ("Nineveh", NINEWA),
        ("ninawa", NINEWA),
        ("Sulaimani", "IQG06"),
        ("\u0647\u06d5\u0648\u0644\u06ce\u0631", "IQG11"),
        ("camp khanke", KHANKE),
        ("\u0645\u062e\u064a\u0645 \u062e\u0627\u0646\u0643\u064a", KHANKE),
        ("Jadah 5", "DTM31737"),
        ("\u0627\u0644\u062c\u062f\u0639\u0629 \u0665", "DTM31737"),
        ("AAF", "DTM27246"),
        ("anb", "IQG01"),
    ],
)
def test_a_place_is_found_by_any_spelling(places: Gazetteer, typed: str, first: str) -> None:
    assert places.find(typed)[0].place_id == first


def test_every_place_is_found_by_each_of_its_names(places: Gazetteer) -> None:
    for place in places:
        for name in (place.name_en, place.name_ar, place.name_ku):
            if name:
                found = places.find(name, kinds=(place.kind,))
                assert any(name in (one.name_en, one.name_ar, one.name_ku) for one in found), name


def test_finding_keeps_to_kinds_region_day_and_limit(places: Gazetteer) -> None:
    assert {place.kind for place in places.find("sinjar", kinds=("site",))} == {"site"}
    assert all(places.is_within(place.place_id, NINEWA) for place in places.find("a", within=NINEWA))
    assert len(places.find("", limit=5)) == 5
    assert places.find("zzzzqqq") == ()
    ended = Place("X1", "camp", "", "Ended", "", valid_to=date(2020, 12, 31))
    short = Gazetteer([ended])
    assert short.find("ended", day=date(2020, 12, 31)) == (ended,)
    assert short.find("ended", day=date(2021, 1, 1)) == ()


@given(st.text(max_size=30))
def test_any_text_may_be_typed(text: str) -> None:
    assert len(load_gazetteer().find(text, limit=3)) <= 3


def test_a_list_s_words_name_one_place_or_none(places: Gazetteer) -> None:
    def named(text: str, *kinds: str) -> str | None:
        place = places.recognise(text, kinds or None)
        return place.place_id if place else None

    assert named("Tel Afar") == "IQG15Q08"  # the district, in which its centre lies
    assert named("\u0645\u0631\u0643\u0632 \u0627\u0644\u0634\u064a\u062e\u0627\u0646") == "IQG15Q06N01"
    assert named("Karamah", "camp") == "CAMP-karamah"
    assert named("") is None
    assert named("Atlantis") is None
    assert named("sin") is None  # a beginning is no name
    assert named("\u0627\u0644\u0639\u0627\u0645\u0631\u064a\u0629") is None  # several places have it


def test_a_bundle_adds_places_of_its_own(places: Gazetteer) -> None:
    wider = places.with_added(
        [
            AddedPlace("LOC-1", "site", SINJAR, "New Site", ""),
            AddedPlace("LOC-2", "camp", "", "", "\u062c\u062f\u064a\u062f"),
        ]
    )
    assert len(wider) == len(places) + 2
    assert wider.find("new site")[0].place_id == "LOC-1"
    assert wider.is_within("LOC-1", NINEWA)
    assert "LOC-1" not in places


@pytest.mark.parametrize(
    "added",
    [
        AddedPlace("LOC-1", "planet", "", "X", ""),
        AddedPlace("LOC-1", "site", "IQG99", "X", ""),
        AddedPlace("LOC-1", "district", KHANKE, "X", ""),
        AddedPlace("LOC-1", "site", SINJAR, " ", "\u202e"),
        AddedPlace(SINJAR, "district", NINEWA, "Another", ""),
        AddedPlace("", "site", SINJAR, "X", ""),
    ],
)
def test_an_impossible_addition_is_refused(places: Gazetteer, added: AddedPlace) -> None:
    with pytest.raises(Fault) as fault:
        places.with_added([added])
    assert fault.value.code == "place.added"
