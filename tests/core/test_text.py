"""Cleaning, folding and skeletons: tables of real spellings, laws by Hypothesis, shares on the names files."""

from __future__ import annotations

import csv
import os
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.text import clean, fold, fold_digits, skeleton, sounds_of, words_of

SHARED = Path(os.environ.get("HELPDESK_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")

AHMAD = "\u0623\u062d\u0645\u062f"
ABD_ALRAHMAN = "\u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u0639\u064e\u0628\u0652\u062f \u0627\u0644\u0631\u062d\u0645\u0670\u0646", ABD_ALRAHMAN),  # vowel signs
        ("\u0639\u0628\u062f\u0627\u0644\u0631\u062d\u0645\u0646", ABD_ALRAHMAN),  # no space after abd
        ("\u0645\u062d\u0640\u0640\u0645\u062f", "\u0645\u062d\u0645\u062f"),  # tatweel
        ("\u0627\u062d\u0645\u062f", AHMAD),  # alef without hamza
        ("\u0671\u062d\u0645\u062f", AHMAD),
        ("\u0647\u062f\u0649", "\u0647\u062f\u064a"),  # alef maqsura
        ("\u0641\u0627\u0637\u0645\u0629", "\u0641\u0627\u0637\u0645\u0647"),  # ta marbuta
        ("\u06a9\u0631\u06cc\u0645", "\u0643\u0631\u064a\u0645"),  # Persian keyboard
        ("\u0622\u0644\u0627\u0621", "\u0627\u0644\u0627"),  # lone hamza left out
        ("\u0645\u0624\u064a\u062f", "\u0645\u0648\u064a\u062f"),  # hamza on waw
        ("\u0626\u0627\u0632\u0627\u062f", "\u0627\u0632\u0627\u062f"),  # Kurdish Azad
        ("\u0627\u0628\u0648 \u0628\u0643\u0631", "\u0627\u0628\u0648\u0628\u0643\u0631"),
        ("\ufee3\ufea4\ufee4\ufeaa", "\u0645\u062d\u0645\u062f"),  # presentation forms out of an old PDF
        ("Al-Jubouri", "al jubouri"),
        ("Abd al-Rahman", "abdalrahman"),
        ("ABDUL RAHMAN", "Abdulrahman"),
        ("Sa'dun", "Sa\u2019d\u016bn"),
        ("\u015e\u00fckr\u00fc", "sukru"),
        ("\u0130brahim", "ibrahim"),
        ("\u0661\u0662 \u06f3", "12 3"),
    ],
)
def test_spellings_meet_when_folded(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored)


def test_names_of_different_letters_stay_apart() -> None:
    assert fold("\u062d\u0633\u0646") != fold("\u062d\u0633\u064a\u0646")


def test_words_join_the_servant_and_the_article() -> None:
    assert words_of("Umar abd al-Rahman al-Jubouri") == ("umar", "abdalrahman", "aljubouri")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c)[0] == "C" for c in cleaned if c not in "\u200c\u200d")
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  a \t b\r\n", "a b"),
        ("\u202eevil\u202c\u2066x\u2069", "evilx"),
        ("a\x00b\x1b\x9bc\x85", "abc"),
        ("\u0646\u06d5\u200c\u0648\u0631\u06c6\u0632", "\u0646\u06d5\u200c\u0648\u0631\u06c6\u0632"),
        ("\ufeffx\u00a0y\u200b", "x y"),
        ("\ud800x", "x"),
        ("e\u0301", "\u00e9"),
        ("\u200c", ""),
    ],
)
def test_clean_keeps_what_may_be_stored(given_text: str, kept: str) -> None:
    assert clean(given_text) == kept


def test_digits_of_both_scripts_become_ascii() -> None:
    assert fold_digits("\u0660\u0669\u06f0\u06f9x") == "0909x"


@pytest.mark.parametrize(
    "spellings",
    [
        ("\u0645\u062d\u0645\u062f", "Mohammed", "Muhammad", "Mehemed", "\u0645\u062d\u06d5\u0645\u06d5\u062f"),
        ("\u0639\u0628\u062f \u0627\u0644\u0644\u0647", "Abdullah", "Abdulla", "Abd Allah", "Abdallah"),
        (ABD_ALRAHMAN, "Abdulrahman", "Abd al-Rahman", "Abdul Rahman", "Abdurrahman", "Abd-al-Rahman"),
        ("\u0627\u0644\u062c\u0628\u0648\u0631\u064a", "Al-Jubouri", "al Juburi", "Jabouri", "AlJubouri"),
        ("\u0631\u0645\u0636\u0627\u0646", "Ramadan", "Ramadhan", "\u0695\u06d5\u0645\u06d5\u0632\u0627\u0646"),
        ("\u0643\u0627\u0638\u0645", "Kadhim", "Kazim", "Qadhim"),
        ("\u062f\u064a\u0644\u0634\u0627\u062f", "Dilshad", "\u062f\u06b5\u0634\u0627\u062f", "Dil\u015fad"),
        ("\u0627\u0644\u064a\u0627\u0633", "Ilyas", "Elias", "\u0626\u06d5\u0644\u06cc\u0627\u0633"),
        ("\u0635\u0644\u0627\u062d \u0627\u0644\u062f\u064a\u0646", "Salah al-Din", "Salahaddin", "Salahuldeen"),
        ("\u0647\u064a\u0641\u064a", "Hevi", "\u0647\u06cc\u06a4\u06cc", "\u0647\u06ce\u06a4\u06cc"),
        ("\u0646\u0648\u0631\u0648\u0632", "Newroz", "\u0646\u0647\u200c\u0648\u0631\u06c6\u0632"),
    ],
)
def test_scripts_meet_in_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1, [skeleton(s) for s in spellings]


def test_sounds_go_with_their_words_and_meet_across_scripts() -> None:
    latin = sounds_of("Dilshad Abd al-Rahman Al-Issawi")
    assert [word for word, _bones in latin] == ["dilshad", "abdalrahman", "alissawi"]
    arabic = sounds_of(
        f"\u062f\u06b5\u0634\u0627\u062f {ABD_ALRAHMAN}  \u0627\u0644\u0639\u064a\u0633\u0627\u0648\u064a"
    )
    assert [bones for _word, bones in arabic] == [bones for _word, bones in latin]
    kurdish, arabic = sounds_of("\u062d\u06d5\u0633\u06d5\u0646"), sounds_of("\u062d\u0633\u0646")
    assert kurdish[0][1] == arabic[0][1]


PARTS = (AHMAD, "Abd", "al", "Al-Jubouri", "Abu-Bakr,", ABD_ALRAHMAN, "O'Neil", "-", "Umar-Said", "Umar-al", "...")


@given(st.lists(st.sampled_from(PARTS)))
def test_sounds_are_of_the_same_words(parts: list[str]) -> None:
    text = " ".join(parts)
    assert tuple(word for word, _bones in sounds_of(text)) == words_of(text)


@given(st.text())
def test_a_skeleton_is_lower_case_ascii(text: str) -> None:
    key = skeleton(text)
    assert key == key.lower()
    assert key.isascii()
    assert key == "" or key.isalnum()


def _names() -> list[tuple[str, str, dict[str, float], float]]:
    """(Arabic, Kurdish or "", share of each Latin spelling, weight of the name)."""
    found = []
    for name in ("names_given.csv", "names_family.csv"):
        with (SHARED / "data" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                latin = dict(part.rsplit(":", 1) for part in row["latin"].split("|"))
                shares = {spelling: float(share) for spelling, share in latin.items()}
                found.append((row["arabic"], row["kurdish"], shares, float(row["weight"])))
    return found


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the names files are not here")
def test_names_files_meet_in_skeletons_and_seldom_falsely() -> None:
    names = _names()
    kurdish = [skeleton(arabic) == skeleton(kurdish) for arabic, kurdish, _latin, _w in names if kurdish]
    weights = [
        (weight * share, skeleton(arabic) == skeleton(spelling))
        for arabic, _kurdish, latin, weight in names
        for spelling, share in latin.items()
    ]
    met = sum(weight for weight, hit in weights if hit) / sum(weight for weight, _hit in weights)
    first = [skeleton(arabic) == skeleton(max(latin, key=lambda s: latin[s])) for arabic, _k, latin, _w in names]
    different = {fold(arabic) for arabic, *_rest in names}
    groups = Counter(skeleton(name) for name in different)
    pairs = len(different) * (len(different) - 1) // 2
    falsely = sum(n * (n - 1) // 2 for n in groups.values()) / pairs
    # measured when written: 0.987, 0.951, 0.970 and 0.00174; the lists hold French, Turkish and Persian spellings too
    assert sum(kurdish) / len(kurdish) >= 0.98
    assert met >= 0.94
    assert sum(first) / len(first) >= 0.96
    assert falsely <= 0.002
