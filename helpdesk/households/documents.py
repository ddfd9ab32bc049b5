"""The documents of a household's records: what revisions hold, pages show and batches carry.

Frozen, typed, without floats. Days are ``datetime.date``. What nobody asked yet is None, never a default:
``None`` shows as "not asked yet", ``dk`` and ``pnta`` are answers. Nothing sealed stands in any of them;
sealed answers go in as :class:`SealedAnswers` and are never read back at a desk.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Phone(Struct, frozen=True, forbid_unknown_fields=True):
    """A number in E.164 (``+9647#########``), whose it is and whether calling it is safe."""

    number: str
    owner: str = ""
    safe_to_call: bool | None = None
    voicemail: bool | None = None
    hours: str = ""


class OtherContact(Struct, frozen=True, forbid_unknown_fields=True):
    """A relative who is likely to know where the family went (DOMAIN.md 2.2 ``contact_other``)."""

    name: str
    phone: str = ""
    relation: str = ""
    place: str = ""


class PlaceAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """A place as answered: an id of the gazetteer, or "not listed" in words; village in words beside either."""

    place_id: str | None = None
    unlisted: str = ""
    village: str = ""


class Household(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.2. ``members`` are person ids in the order of the roster; ``number`` ten digits."""

    number: str
    population: str
    spoken: str
    reading: str | None
    head: str
    principal: str
    alternate: str | None
    members: tuple[str, ...]
    registered_on: date
    registered_by: str
    size_declared: int | None = None
    phones: tuple[Phone, ...] = ()
    no_phone: bool = False
    contact: OtherContact | None = None
    site: PlaceAnswer | None = None
    shelter: str = ""
    social: tuple[str, ...] | None = None
    kin_group: str | None = None
    notes: str = ""
    status: str = "REGISTERED"
    expected: str | None = None
    paper_form: str | None = None
    split_from: str | None = None
    merged_into: str | None = None


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.3. ``birth_date`` with ``birth_precision``: a year alone is stored as 1 July of it.

    ``gone`` is a code of ``person_gone`` for whoever is no member any more, ``same_as`` the person of another household
    who turned out to be the same.
    """

    household: str
    given_name: str
    father_name: str
    grandfather_name: str | None
    sex: str
    birth_date: date
    birth_precision: str
    relation: str
    family_name: str = ""
    mother_name: str | None = None
    name_as_document: str = ""
    name_latin: str = ""
    birth_as_told: str = ""
    marital: str | None = None
    presence: str = "HERE"
    difficulties: dict[str, str] | None = None
    pregnant: str | None = None
    chronic: str | None = None
    serious_medical: str | None = None
    school: str | None = None
    work: str | None = None
    travels: str | None = None
    travels_reason: str = ""
    gone: str = ""
    gone_on: date | None = None
    same_as: str = ""

    @property
    def full_name(self) -> str:
        """Given, father, grandfather and family name as far as they are known."""
        parts = (self.given_name, self.father_name, self.grandfather_name or "", self.family_name)
        return " ".join(part for part in parts if part)


class PaperDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.4. The number itself is never stored: keyed hashes of whole, first and last six, and four digits."""

    household: str
    person: str | None
    type: str
    status: str
    match: tuple[str, ...] = ()
    last_four: str = ""
    issue_place: str = ""
    expiry: date | None = None
    seen: bool | None = None


class Displacement(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.5, the way here. Dates with precision ``day``, ``month`` or ``year``."""

    household: str
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


class Intention(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.5, one dated answer of a series that is never overwritten."""

    household: str
    on: date
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


class BarrierItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One category 1 barrier or other reason; ``severity`` 1 to 3; ``details`` damage band or services."""

    code: str
    status: str = "ACTIVE"
    severity: int | None = None
    details: tuple[str, ...] = ()
    solution: str = ""
    resolved_on: date | None = None
    evidence: str = ""


class Barriers(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.6 for one destination. Categories 2 and 3 are not here: they are sealed."""

    household: str
    on: date
    destination: PlaceAnswer | None
    items: tuple[BarrierItem, ...]


class Protection(Struct, frozen=True, forbid_unknown_fields=True):
    """The carrier of sealed answers: written at every save of a household, whatever was answered."""

    household: str


class Vulnerability(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.7: flags that somebody answered (True, False), and the Cash Working Group's imported result."""

    household: str
    answered: dict[str, bool]
    cwg: str | None = None


class Consent(Struct, frozen=True, forbid_unknown_fields=True):
    """DOMAIN.md 2.9: one row per purpose. ``person`` is the adult who answered, if not the whole household's."""

    household: str
    purpose: str
    answer: str
    form: str | None
    language: str
    read_aloud: bool
    text_version: str
    interviewer: str
    at: str
    witness: str = ""
    person: str | None = None
    withdrawn_at: str | None = None


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """One printed household card. ``serial`` is ten random bytes in hex, ``issuer`` the id of the signing card key."""

    household: str
    serial: str
    issue: int
    issued_on: date
    persons: int
    status: str
    issuer: str
    reason: str = "FIRST"


class Tally(Struct, frozen=True, forbid_unknown_fields=True):
    """A visit without a name: data consent refused, or information only."""

    on: date
    kind: str
    women: int = 0
    men: int = 0


class Likeness(Struct, frozen=True, forbid_unknown_fields=True):
    """What the clerk answered to "may this be the same family?": kept as a label."""

    household: str
    other: str
    answer: str
    probability: int


class SealedPerson(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Sealed facts of one person, by place in the roster."""

    n: int
    absence: str | None = None
    marital: str | None = None
    unaccompanied: bool | None = None
    papers: tuple[tuple[str, str], ...] = ()


class SealedAnswers(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the desk must not be able to read back: goes into one padded HPKE message (FORMATS.md section 2)."""

    barriers: tuple[str, ...] = ()
    persons: tuple[SealedPerson, ...] = ()
    note: str = ""
