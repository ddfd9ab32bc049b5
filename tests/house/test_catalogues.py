"""The four catalogues say everything the program says, with the same values in every language, and nothing stale."""

from __future__ import annotations

import gettext
import io
import re
from functools import lru_cache
from string import Formatter
from typing import IO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from helpdesk.core.catalogues import PLURALS, load, missing, po_path, template
from helpdesk.core.language import LANGUAGES
from tests.house.house import ROOT

Key = tuple[str | None, str]


@lru_cache(maxsize=8)
def catalogue(language: str) -> Catalog:
    return load(language)


@lru_cache(maxsize=1)
def program() -> Catalog:
    return template(ROOT)


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else (message.id,)


def texts(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, (list, tuple)) else (said,)


def keys(found: Catalog) -> set[Key]:
    return {(message.context, ids(message)[0]) for message in found if message.id}


def places(text: str) -> set[str]:
    """The ``{name}`` places of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def listed(found: set[Key]) -> str:
    return "\n".join(f"  {context or '-'}: {msgid}" for context, msgid in sorted(found, key=str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_the_program_says_is_absent(language: str) -> None:
    absent = keys(program()) - keys(catalogue(language))
    assert not absent, f"not in the {language} catalogue (catalogues update adds them):\n{listed(absent)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stale_is_left(language: str) -> None:
    stale = keys(catalogue(language)) - keys(program())
    assert not stale, f"in the {language} catalogue, but nowhere in the program:\n{listed(stale)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    gaps = set(missing(language))
    assert not gaps, f"without words in {language}:\n{listed(gaps)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_the_same_places(language: str) -> None:
    english = {(m.context, ids(m)[0]): m for m in catalogue("en") if m.id}
    wrong = []
    for message in catalogue(language):
        if not message.id or not all(texts(message)):
            continue
        key = (message.context, ids(message)[0])
        # a code's places are those of its English sentence; a sentence's are its own
        source = texts(english[key]) if message.context and key in english else ids(message)
        wanted = set().union(*(places(text) for text in source))
        for text in texts(message):
            few = places(text) - {"n"} != wanted - {"n"}  # one and two may be said without the numeral
            if few or not places(text) <= wanted:
                wrong.append(f"{key[0] or '-'}: {key[1]}: {sorted(places(text))}, not {sorted(wanted)}")
    assert not wrong, f"places of {language} differ from English:\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_sentences_have_every_form(language: str) -> None:
    found = re.match(r"nplurals=(\d+)", PLURALS[language])
    assert found is not None
    forms = int(found[1])
    wrong = [ids(m)[0] for m in catalogue(language) if m.id and len(ids(m)) > 1 and len(texts(m)) not in (0, forms)]
    assert catalogue(language).num_plurals == forms
    assert not wrong, f"{language} has {forms} forms:\n" + "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_entries_say_one_message(language: str) -> None:
    found = re.findall(
        r'^(?:msgctxt (".*")\n)?msgid (".+")$', po_path(language).read_text(encoding="utf-8"), re.MULTILINE
    )
    twice = {entry for entry in found if found.count(entry) > 1}
    assert not twice, f"written twice in {language}: {sorted(twice)}"


def compiled(file: IO[bytes]) -> dict[object, str]:
    """What a compiled catalogue says, without its header (which names the minute)."""
    said: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {msgid: text for msgid, text in said.items() if msgid}


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_fresh(language: str) -> None:
    buffer = io.BytesIO()
    write_mo(buffer, load(language))
    buffer.seek(0)
    with po_path(language).with_suffix(".mo").open("rb") as file:
        assert compiled(file) == compiled(buffer), f"{language}.mo is older than its .po"
