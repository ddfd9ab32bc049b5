"""The documents of feedback: the record a desk keeps, the sealed content it cannot read back, and opened boxes.

A sealed record names no household, person, type, sector or text: it is a number, a channel and a day.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Feedback(Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of feedback. ``number`` twelve digits.

    ``source`` is the fingerprint of the message it was sorted from, ``opening`` the box its paper lay in. A sealed one
    says its number, channel, side, box and days, and nothing else.
    """

    number: str
    channel: str
    side: str
    type: str
    received_on: date
    due: date
    status: str
    taken_by: str
    language: str = ""
    anonymous: bool = True
    household: str | None = None
    phone: str = ""
    sex: str | None = None
    age: str | None = None
    disability: str | None = None
    sector: str | None = None
    text: str = ""
    source: str = ""
    opening: str | None = None
    assigned: str | None = None
    referred_to: str = ""
    answer: str = ""
    answered_on: date | None = None
    told: bool | None = None
    appeal: str = ""
    appealed_on: date | None = None


class SealedFeedback(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What only the centre's protection unit reads. ``about_desk`` is the desk the complaint is about, if one is.

    Of X2 nothing but ``about_desk``: no word about what happened or to whom is ever written (DOMAIN.md 2.16).
    """

    type: str = ""
    text: str = ""
    household_number: str = ""
    contact: str = ""
    about_desk: str = ""


class BoxOpening(Struct, frozen=True, forbid_unknown_fields=True):
    """A complaint box emptied by two people, each with an own account: nothing of it is typed before both said so."""

    place: str
    on: date
    papers: int
    opened_by: str
    confirmed_by: str | None = None


class FeedbackEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What is typed, or loaded from a file. ``sealed`` is given for the types of SEALED_TYPE and for no other.

    ``number`` of a pre-numbered paper; "" draws a new one. ``source`` of a loaded message that is sorted by it.
    """

    channel: str
    side: str
    type: str
    received_on: date
    language: str = ""
    household: str | None = None
    phone: str = ""
    sex: str | None = None
    age: str | None = None
    disability: str | None = None
    sector: str | None = None
    text: str = ""
    number: str = ""
    source: str = ""
    opening: str | None = None
    sealed: SealedFeedback | None = None


class Message(Struct, frozen=True):
    """A message of a helpline's or text message service's file, before somebody read it and said what it is.

    ``source`` is its fingerprint: the same message of the same day, loaded twice, is one.
    """

    source: str
    received_on: date
    channel: str
    text: str
    phone: str = ""
    language: str = ""
