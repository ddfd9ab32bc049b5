"""Words of a language that does not exist: every sentence is Arabic filler half as long again as the English one.

Real translations come and go; what must hold is that pages survive long right-to-left words.
"""

from __future__ import annotations

import gettext
import re

from helpdesk.core.language import Words

_ALIF_TO_YA = (
    "\u0645\u0646 \u0623\u062c\u0644 \u0627\u0644\u0639\u0627\u0626\u0644\u0629 \u0648\u0627\u0644\u0639"
    "\u0648\u062f\u0629 \u0625\u0644\u0649 \u0627\u0644\u062f\u064a\u0627\u0631 "
)
_PLACE = re.compile(r"\{\w+\}")


class _Filler(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        length = max(3, round(len(_PLACE.sub("", message)) * 1.5))
        words = (_ALIF_TO_YA * (length // len(_ALIF_TO_YA) + 1))[:length].strip()
        return " ".join([words, *_PLACE.findall(message)])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext("a month" if context == "month" else f"{context} {message}")


class FillerWords(Words):
    """Arabic by direction and digits, filler by words."""

    def __init__(self, language: str = "ar") -> None:
        super().__init__(language)
        self._catalogue = _Filler()
