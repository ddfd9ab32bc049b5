"""How text is cleaned before it is kept, and digits of any script read: what a single field needs.

Apart from the folding of names (``helpdesk.core.text``, which hands these on), because the sign-in page needs no more
and would wait for its tables. It must never drop a letter somebody wrote.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {0x0660 + n: str(n) for n in range(10)} | {0x06F0 + n: str(n) for n in range(10)}

# Joiners carry meaning in Kurdish spelling; every other invisible format character is dropped before storing.
JOINERS = "\u200c\u200d"

_PLAIN = re.compile(r"\w+(?: \w+)*")


def clean(text: str) -> str:
    """``text`` as it may be stored: NFC, one plain space between words, nothing invisible but the two joiners.

    Control characters (C0, C1), direction marks and overrides (U+200E, U+200F, U+202A..U+202E, U+2066..U+2069),
    soft hyphens, lone surrogates and unassigned code points are dropped; line breaks and tabs become spaces.
    """
    if _PLAIN.fullmatch(text):  # letters and digits with single spaces, as most names are: nothing can be dropped
        return unicodedata.normalize("NFC", text)
    kept = "".join(map(_kept, text))
    return unicodedata.normalize("NFC", " ".join(kept.split()).strip(JOINERS + " "))


def _kept(character: str) -> str:
    if character in JOINERS:
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character


def fold_digits(text: str) -> str:
    """``text`` with Arabic-Indic and Persian digits written in ASCII."""
    return text.translate(_DIGITS)
