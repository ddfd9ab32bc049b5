"""A language nobody speaks: every sentence of the program in Arabic letters, four tenths longer, right to left.

What stays in Latin letters on a page was never given to the translators; what does not fit will not fit in German
either.
"""

from __future__ import annotations

import gettext
import re
from typing import Final

from helpdesk.core.language import Words

_LETTERS: Final = {
    **{chr(ord("a") + n): chr(0x0628 + n % 18) for n in range(26)},
    **{chr(ord("A") + n): chr(0x0628 + n % 18) for n in range(26)},
}
_FIELD: Final = re.compile(r"(\{[^}]*\})")
LATIN: Final = re.compile(r"[A-Za-z]{2,}")
_ISOLATED: Final = re.compile("[\u2066\u2068][^\u2069]*\u2069")


def pseudo(sentence: str) -> str:
    """A sentence of the language nobody speaks; its fields stay."""
    parts = _FIELD.split(sentence)
    shown = "".join(part if _FIELD.fullmatch(part) else part.translate(str.maketrans(_LETTERS)) for part in parts)
    return shown + " " + "\u0640" * (len(sentence) * 4 // 10)


class _Catalogue(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)


class PseudoWords(Words):
    """Reads right to left, in the digits of Arabic."""

    def __init__(self) -> None:
        super().__init__("ar")
        self._catalogue = _Catalogue()


def untranslated(text: str) -> list[str]:
    """Latin words of a text that stand in no isolate: sentences the translators never saw."""
    return LATIN.findall(_ISOLATED.sub("", text))
