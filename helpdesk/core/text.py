"""How text is cleaned for keeping and folded for finding, in Arabic, Kurdish and Latin script.

``clean`` decides what may be stored; ``fold`` and ``skeleton`` make search keys beside the written form (DOMAIN.md
section 2.3, DESIGN.md section 6) and must never replace it: a name is printed as its owner writes it.
Changing any of them makes what the store found by the old one useless: a migration must write its search keys anew.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from helpdesk.core.plain_text import JOINERS, clean, fold_digits

__all__ = ["clean", "fold", "fold_digits", "skeleton", "sounds_of", "words_of"]

_SAME_LETTER = {
    "\u0671": "\u0627",  # alef wasla -> alef
    "\u0649": "\u064a",  # alef maqsura -> ya
    "\u06cc": "\u064a",  # Farsi and Kurdish ya -> ya
    "\u06ce": "\u064a",  # Kurdish open e -> ya
    "\u06d0": "\u064a",
    "\u0629": "\u0647",  # ta marbuta -> heh
    "\u06be": "\u0647",  # heh doachashmee -> heh
    "\u06c1": "\u0647",
    "\u06d5": "\u0647",  # Kurdish short e -> heh
    "\u06a9": "\u0643",  # keheh -> kaf
    "\u06aa": "\u0643",
    "\u06c6": "\u0648",  # Kurdish o -> waw
    "\u06c7": "\u0648",
    "\u0695": "\u0631",  # Kurdish trilled r -> reh
    "\u06b5": "\u0644",  # Kurdish dark l -> lam
    "\u0621": None,  # lone hamza: typed or left out at will
    "\u0131": "i",  # Turkish dotless i has no decomposition
    "\u0640": None,  # tatweel
    "'": None,
    "`": None,
}
_FOLDING = str.maketrans(_SAME_LETTER) | dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02be\u02bf" + JOINERS))

# Kurdish writes a hamza seat before every initial vowel; Arabic spellings of the same name begin with the vowel.
_INITIAL_SEAT = re.compile(r"(?<!\w)\u0626(?=[\u0627\u06d5\u06c6\u06ce\u0648\u06cc\u06d0])")
_APART = re.compile(r"[\W_]+")
_JOINED = (
    "\u0639\u0628\u062f", "\u0627\u0628\u0648", "\u0627\u0644", "abd", "abdul", "abdel", "abdal",
    "abu", "albu", "al", "el",
)  # fmt: skip
_JOIN = re.compile(rf"(?<!\w)({'|'.join(_JOINED)}) (?=\w)")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The search form of ``text``: what a person types and what was stored meet in it (DOMAIN.md section 2.3).

    Folded are vowel signs, tatweel, the forms of alef, ya, kaf, heh, ta marbuta and hamza, digits, Latin case and
    diacritics; other marks become spaces; abd, abu and the article are joined to the word after them.
    Folding twice changes nothing.
    """
    return _joined(" ".join(filter(None, map(_folded, text.split(" ")))))


@lru_cache(maxsize=8192)
def _folded(piece: str) -> str:
    # between two spaces alone: nothing composes, reorders or looks across one, and the same words come again and again
    seats = _INITIAL_SEAT.sub("", fold_digits(unicodedata.normalize("NFC", piece)))
    # twice, since some compatibility forms open into capitals and some capitals fold into marked letters
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", seats).casefold())
    bare = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return _APART.sub(" ", fold_digits(bare.translate(_FOLDING))).strip()


def _joined(spaced: str) -> str:
    before = ""
    while before != spaced:
        before, spaced = spaced, _JOIN.sub(r"\1", spaced)
    return spaced


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of ``text`` in their order; abd, abu and the article are no words of their own."""
    return tuple(fold(text).split())


# One ASCII letter for each group of sounds the three scripts do not keep apart. d is also z, dh and zh: Arabic
# writes Ramadan with dad, Kurdish with zeh, Latin with d, dh or z. k is also q and g; c is sh; g is gh; x is kh.
# Vowels and the half-vowels w and y count only at the beginning, all vowels as a.
_ARABIC_SOUNDS = {
    "b": "\u0628\u067e",
    "t": "\u062a\u0637",
    "s": "\u062b\u0633\u0635",
    "j": "\u062c\u0686",
    "h": "\u062d\u0647",
    "x": "\u062e",
    "d": "\u062f\u0630\u0632\u0636\u0638\u0698",
    "r": "\u0631",
    "c": "\u0634",
    "g": "\u063a",
    "f": "\u0641\u06a4",
    "k": "\u0642\u0643\u06af",
    "l": "\u0644",
    "m": "\u0645",
    "n": "\u0646",
}
_ARABIC = {ord(letter): sound for sound, letters in _ARABIC_SOUNDS.items() for letter in letters}
_ARABIC_FIRST = {"\u0627": "a", "\u0639": "a", "\u0648": "w", "\u064a": "y"}
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")

_ALEF, _HEH, _SHORT_E = "\u0627", "\u0647", "\u06d5"
_SEAT_FIRST = re.compile(r"(?<!\w)\u0626")
_T_MARBUTA = re.compile(r"\u0627\u0629(?!\w)")
_OF_FAITH = re.compile(r"\u0627\u0644(?=\u062f\u064a\u0646\b)")
_ARTICLE = re.compile(r"(?<!\w)\u0627\u0644(?!\u064a\u0627\u0633|\u0647\u0627\u0645|\u0645\u0627\u0633)(?=\w{3})")
_SERVANT = re.compile(r"\u0639\u0628\u062f(?:\u0627\u0644)?(?=\w{2})")
_BREATH_LAST = re.compile(r"(?<=\u0627)\u062d$|(?<=\w)\u0647$")

_LATIN_MARKED = str.maketrans({"\u015f": "sh", "\u0161": "sh", "\u00e7": "ch", "\u011f": "gh", "\u0121": "gh"})
_LATIN_ARTICLE = re.compile(r"(?<!\w)(?<!abd )(?<!abd-)(?:al|el|a(?P<sun>n|r|sh|s|th|t|dh|d|z)(?=-(?P=sun)))[- ](?=\w)")
_LATIN_JOINED_ARTICLE = re.compile(r"^al(?=[bcdfghjklmnpqrstwxz]\w{4}|[aeo][^\Waeiou]\w{3})")
_LATIN_SERVANT = re.compile(r"abd(?:[aeou]{0,2}l(?:al|ul)?|[aeou])?(?=\w{2})")
_LATIN_OF_FAITH = re.compile(r"(?<=\w\w)(?:al|el|ul)(?=d(?:i|ee)ne?$)")
_DIGRAPHS = {
    "sch": "C", "sh": "C", "kh": "X", "gh": "G", "zh": "D", "dh": "D", "th": "S", "ph": "F", "ch": "J", "ck": "K",
}  # fmt: skip
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_LATIN = str.maketrans({"p": "b", "v": "f", "q": "k", "g": "k", "c": "j", "z": "d"} | dict.fromkeys("aeiouwy", ""))
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """The skeleton of one part of a name (it may have several words, as Abd al-Rahman): lower-case ASCII, maybe "".

    The form in which Arabic, Kurdish and Latin spellings of one name meet. Different names meet in it too: it must
    never decide alone that two persons are the same. Article, inner vowels and doubled Latin letters do not count.
    """
    if _ARABIC_LETTER.search(name):
        return _arabic_skeleton(unicodedata.normalize("NFC", name))
    return _latin_skeleton(unicodedata.normalize("NFC", name).casefold())


def _arabic_skeleton(name: str) -> str:
    # short e must go before folding makes it a heh; older Kurdish files write it as heh and a zero-width non-joiner
    spelled = name.replace(_HEH + "\u200c", _SHORT_E).replace("\u06c0", _SHORT_E)
    spelled = _SEAT_FIRST.sub(_ALEF, spelled).replace(_SHORT_E, "")
    spelled = _T_MARBUTA.sub(_ALEF + "\u062a", spelled)
    folded = _OF_FAITH.sub("", fold(spelled))
    servant = _SERVANT.match(folded)
    if servant:
        rest, head = folded[servant.end() :], "abd"
    else:
        rest, head = _ARTICLE.sub("", folded), ""
    rest = rest.replace(" ", "")
    if head or len(rest) > 2:
        rest = _BREATH_LAST.sub("", rest)
    sounds = "".join(_ARABIC.get(ord(letter), "") for letter in rest)
    return head + _ARABIC_FIRST.get(rest[:1], "") + sounds


def _latin_skeleton(name: str) -> str:
    folded = fold(_LATIN_ARTICLE.sub("", name.translate(_LATIN_MARKED))).replace(" ", "")
    folded = _LATIN_OF_FAITH.sub("", folded)
    servant = _LATIN_SERVANT.match(folded)
    if servant:
        rest, head = folded[servant.end() :], "abd"
    else:
        rest, head = _LATIN_JOINED_ARTICLE.sub("", folded), ""
    if head or len(rest) > 2:
        rest = rest.removesuffix("h") if rest.endswith("ah") else rest
    first = {"w": "w", "y": "y"}.get(rest[:1], "a" if rest[:1] in tuple("aeiou") else "")
    sounds = _TWICE.sub(r"\1", _DIGRAPH.sub(lambda pair: _DIGRAPHS[pair[0]], rest))
    return head + first + "".join(c for c in sounds.translate(_LATIN).lower() if c.isascii() and c.isalnum())


def sounds_of(text: str) -> tuple[tuple[str, str], ...]:
    """Each folded word of ``text`` with its skeleton, in their order: what an index keeps and a query asks for.

    The skeleton is taken from the word as written, which folding would rob of its short e and its article.
    """
    found: list[tuple[str, str]] = []
    held = ""
    for piece in clean(text).split():
        held = f"{held} {piece}" if held else piece
        last = fold(piece).rpartition(" ")[2]
        if last and last not in _JOINED:
            found.extend(_sounds(held))
            held = ""
    return (*found, *_sounds(held))


@lru_cache(maxsize=8192)
def _sounds(written: str) -> tuple[tuple[str, str], ...]:
    folded = words_of(written)
    return ((folded[0], skeleton(written)),) if len(folded) == 1 else tuple((word, skeleton(word)) for word in folded)
