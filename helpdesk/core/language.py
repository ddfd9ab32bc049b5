"""The four languages of the program and the words in them, for window, paper and command line alike.

English sentences in the code are the message ids; error codes and code-list entries are message ids with a
context (``code`` or the name of the list), so that every sentence stands in a catalogue, in English too.
Catalogues live in ``resources/locale`` and are compiled by :mod:`helpdesk.core.catalogues`.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from helpdesk.core.codes import BUILT_IN, Lists
from helpdesk.core.errors import HelpDeskError
from helpdesk.core.resources import resource

LANGUAGES: Final = ("en", "ar", "ckb", "kmr")
"""English, Arabic, Sorani, Badini (Kurmanji in Arabic script; Babel's ``kmr`` is Latin, so direction is ours)."""

REVIEWED: Final = frozenset({"en"})
"""Languages that a native speaker has read through; of the others window and ``doctor`` say that nobody has yet."""

OWN_NAMES: Final = {
    "en": "English",
    "ar": "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "ckb": "\u06a9\u0648\u0631\u062f\u06cc (\u0633\u06c6\u0631\u0627\u0646\u06cc)",
    "kmr": "\u06a9\u0648\u0631\u062f\u06cc (\u0628\u0627\u062f\u06cc\u0646\u06cc)",
}

_ARABIC_INDIC: Final = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "to be translated, not yet"
    """Mark an English sentence of a table for extraction; it is translated where it is shown."""
    return msgid


def isolate(text: str) -> str:
    """Text that keeps its own direction inside any line (first-strong isolate)."""
    return f"\u2068{text}\u2069"


def isolate_ltr(text: str) -> str:
    """A phone, number, date or Latin name that must run left to right inside any line."""
    return f"\u2066{text}\u2069"


class Words:
    """The words of one language. Call it with an English sentence; named values fill ``{name}`` places.

    Convention, so that extraction finds the sentences: the variable is called ``words``. ``lists`` are the code lists
    where these words are read: whoever has words has the centre's labels, on every page, paper and line.
    """

    def __init__(self, language: str, lists: Lists = BUILT_IN) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self.lists = lists
        self._catalogue = _catalogue(language)

    def in_language(self, language: str) -> Words:
        """The words of another language, with the same code lists."""
        return Words(language, self.lists)

    def with_lists(self, lists: Lists) -> Words:
        """The same language where other code lists hold."""
        return Words(self.language, lists)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of the language's lines."""
        return "ltr" if self.language == "en" else "rtl"

    def __call__(self, msgid: str, **values: object) -> str:
        """The sentence for an English one."""
        return _filled(self._catalogue.gettext(msgid), self._shown(values))

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is the number in the language's digits."""
        return _filled(self._catalogue.ngettext(one, many, n), self._shown({"n": n, **values}))

    def label(self, code_list: str, code: str) -> str:
        """The words for an entry of a code list, for example ``label("barrier", "C1HOU")``: the centre's, else ours.

        An entry that nobody here has heard of, from another desk, is shown as its code.
        """
        named = self.lists.label(code_list, code, self.language)
        if named is not None:
            return named
        ours = self._catalogue.pgettext(code_list, code)
        return ours if ours != code else self.lists.label(code_list, code, "en") or code

    def listed(self, parts: Iterable[str]) -> str:
        """Several things in one line, with the comma of the language between them."""
        return ("\u060c " if self.direction == "rtl" else ", ").join(parts)

    def sentence(self, error: HelpDeskError) -> str:
        """What an error says to the person at the screen."""
        values = {name: isolate(value) if isinstance(value, str) else value for name, value in error.values.items()}
        return _filled(self._catalogue.pgettext("code", error.code), self._shown(values))

    def digits(self, text: object) -> str:
        """Digits of ``text`` in the digit set people of the language read."""
        return str(text) if self.language == "en" else str(text).translate(_ARABIC_INDIC)

    def date(self, day: date) -> str:
        """A day written out with the month's Iraqi name."""
        return self.digits(f"{day.day} {self.label('month', str(day.month))} {day.year}")

    def _shown(self, values: dict[str, object]) -> dict[str, object]:
        shown: dict[str, object] = {}
        for name, value in values.items():
            if isinstance(value, bool) or not isinstance(value, (int, date)):
                shown[name] = value
            else:
                shown[name] = self.date(value) if isinstance(value, date) else self.digits(value)
        return shown


def _filled(sentence: str, values: dict[str, object]) -> str:
    return sentence.format_map(values) if values else sentence


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    path = resource("locale", language, "LC_MESSAGES", "helpdesk.mo")
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    if language != "en":  # what is not translated yet is said in English, never as a bare code
        catalogue.add_fallback(_catalogue("en"))
    return catalogue
