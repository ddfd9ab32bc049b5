"""The texts that are read aloud before a consent, in the person's own language.

The texts are files of their own because they are law, not wording: each consent keeps the version that was read.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec
from msgspec import Struct

from helpdesk.core.language import LANGUAGES
from helpdesk.core.resources import resource
from helpdesk.households.codes import PURPOSE


class ConsentText(Struct, frozen=True):
    """One text: what is read aloud for ``purpose``. ``language`` is the one it is written in."""

    version: str
    language: str
    purpose: str
    title: str
    paragraphs: tuple[str, ...]


class _Written(Struct, frozen=True):
    title: str
    paragraphs: tuple[str, ...]


def consent_text(purpose: str, language: str) -> ConsentText:
    """The text for a purpose. Languages without one of their own (Turkmen, Syriac) are read the Arabic text."""
    if purpose not in PURPOSE:
        raise KeyError(purpose)
    written_in = language if language in LANGUAGES else "ar"
    version, texts = _texts(written_in)
    return ConsentText(version, written_in, purpose, texts[purpose].title, texts[purpose].paragraphs)


@lru_cache(maxsize=len(LANGUAGES))
def _texts(language: str) -> tuple[str, dict[str, _Written]]:
    raw = msgspec.json.decode(resource("consent", f"{language}.json").read_bytes(), type=dict[str, msgspec.Raw])
    version = msgspec.json.decode(raw.pop("version"), type=str)
    return version, {purpose: msgspec.json.decode(text, type=_Written) for purpose, text in raw.items()}
