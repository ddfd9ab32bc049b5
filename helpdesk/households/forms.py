"""What a clerk's form hands to a command: answers as typed and picked, already read into types by the page.

The commands check every rule again; a form is never trusted because a page made it.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from helpdesk.households.documents import (
    BarrierItem,
    OtherContact,
    Phone,
    PlaceAnswer,
    SealedAnswers,
)


class ConsentAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to one purpose; ``language`` is the language the text was read in."""

    purpose: str
    answer: str
    form: str | None
    language: str
    read_aloud: bool
    text_version: str
    witness: str = ""


class MemberEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the roster: the five-minute core."""

    given_name: str
    father_name: str
    grandfather_name: str | None
    family_name: str
    sex: str
    birth_date: date
    birth_precision: str
    relation: str
    presence: str = "HERE"
    mother_name: str | None = None
    birth_as_told: str = ""


class DisplacementAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """Where from and when, as far as told."""

    origin: PlaceAnswer
    left_on: date | None = None
    left_precision: str | None = None
    arrived_on: date | None = None
    arrived_precision: str | None = None
    times_displaced: int | None = None
    cause: str | None = None
    tried_return: str | None = None
    tried_year: int | None = None
    tried_why_failed: str = ""
    relatives_returned: str | None = None


class IntentionAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether, where and when; the core asks choice, destination, horizon and freedom."""

    choice: str
    horizon: str | None = None
    destination: PlaceAnswer | None = None
    dwelling: str | None = None
    decider: str | None = None
    women_consulted: str | None = None
    reasons: tuple[str, ...] = ()
    free_to_choose: str | None = None
    information_enough: str | None = None
    information_needs: tuple[str, ...] = ()


class LikenessAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The clerk's word on a family that looked alike."""

    other: str
    answer: str
    probability: int


class Registration(Struct, frozen=True, forbid_unknown_fields=True):
    """A new family. ``household_id`` is drawn when the form opens, so that saving twice registers once.

    ``head``, ``principal`` and ``alternate`` are places in ``members``, counted from 0. ``paper_form`` is the number of
    the paper form that is typed in afterwards: each is typed in once.
    """

    household_id: str
    consents: tuple[ConsentAnswer, ...]
    population: str
    spoken: str
    reading: str | None
    members: tuple[MemberEntry, ...]
    head: int
    principal: int
    alternate: int | None = None
    size_declared: int | None = None
    phones: tuple[Phone, ...] = ()
    no_phone: bool = False
    contact: OtherContact | None = None
    site: PlaceAnswer | None = None
    shelter: str = ""
    displacement: DisplacementAnswer | None = None
    intention: IntentionAnswer | None = None
    barriers: tuple[BarrierItem, ...] | None = None
    sealed: SealedAnswers = SealedAnswers()
    notes: str = ""
    likeness: tuple[LikenessAnswer, ...] = ()
    expected: str | None = None
    paper_form: str | None = None


class PersonProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """What profiling asks of one person, the second step of DOMAIN.md 2.3. None leaves a field as it is."""

    person: str
    mother_name: str | None = None
    name_as_document: str | None = None
    name_latin: str | None = None
    marital: str | None = None
    difficulties: dict[str, str] | None = None
    pregnant: str | None = None
    chronic: str | None = None
    serious_medical: str | None = None
    school: str | None = None
    work: str | None = None
    travels: str | None = None
    travels_reason: str | None = None


class PaperEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One identity paper; ``number`` is hashed at once and never stored."""

    type: str
    status: str
    person: str | None = None
    number: str = ""
    issue_place: str = ""
    expiry: date | None = None
    seen: bool | None = None


class Profiling(Struct, frozen=True, forbid_unknown_fields=True):
    """The second step for a registered family. None leaves things as they are ("not asked yet")."""

    household_id: str
    persons: tuple[PersonProfile, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
    social: tuple[str, ...] | None = None
    reading: str | None = None
    displacement: DisplacementAnswer | None = None
    vulnerabilities: dict[str, bool] | None = None
    cwg: str | None = None
    sealed: SealedAnswers = SealedAnswers()
