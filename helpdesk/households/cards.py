"""Household cards: issuing, replacing, revoking, and the verdict on a code held up at any desk (DESIGN.md section 5).

A card's code says number, serial, issue, day and size, signed by the desk's card key; it carries no name, place or
key id. Whether a genuine card is still the one in force is answered from what this desk knows.
"""

from __future__ import annotations

import secrets
from datetime import date
from functools import reduce
from itertools import islice

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from helpdesk.core.clock import day_number, day_of
from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import VOUCHER_DIGITS, household_number_shown, read_number
from helpdesk.desk import local
from helpdesk.desk.bundle import Bundle, KnownKey
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import EVERYBODY, FAMILIES, NAMES, Role
from helpdesk.desk.told import REVOKED_CARDS
from helpdesk.households import codes, rules
from helpdesk.households.commands import consenting, data_consent_stands
from helpdesk.households.documents import Card, Household, Person
from helpdesk.households.kinds import CARD, HOUSEHOLD, PERSON, safer_card
from helpdesk.households.tables import CardRow, HouseholdRow
from helpdesk.vault import cose
from helpdesk.vault.codes import from_digits, to_digits
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import document_of, documents_of

EXTERNAL = b"fvm/card/1"
VALID_DAYS = 730
"""A card outlives the ninth month's call by a year; then its holder is asked in and gets a fresh one."""

NUMBER, SERIAL, ISSUE, DAY, PERSONS = 1, 2, 3, 4, 5

VERDICT = CodeList(
    "card_verdict", "LIVE", "REPLACED", "REVOKED", "EXPIRED", "NOT_GENUINE", "UNKNOWN_ISSUER", "TYPED", "TYPED_UNKNOWN"
)


class CardCode(Struct, frozen=True):
    """What a card's code says, once it is known to be signed by an issuer of the bundle."""

    number: str
    serial: str
    issue: int
    issued_on: date
    persons: int
    issuer: KnownKey


class Verdict(Struct, frozen=True):
    """The answer to a code: ``code`` of the list ``card_verdict``; ``lists_of`` the day of the lists it rests on.

    ``household`` is set where this desk knows the family; ``replaced_on`` tells since when another card is in force.
    """

    code: str
    lists_of: date | None
    number: str | None = None
    household: str | None = None
    issued_on: date | None = None
    persons: int | None = None
    replaced_on: date | None = None

    @property
    def good(self) -> bool:
        """Genuine and live: the only verdict a desk may act on without looking further."""
        return self.code == "LIVE"

    @property
    def number_shown(self) -> str:
        """The number as printed, empty if none could be read."""
        return household_number_shown(self.number) if self.number else ""


class IssuedCard(Struct, frozen=True):
    """All that a card's face shows, and its code; ``reason`` of ``card_reason`` says why it was issued."""

    household: str
    number: str
    principal: str
    alternate: str | None
    persons: int
    issued_on: date
    issue: int
    digits: str
    reason: str = "FIRST"

    @property
    def replaces(self) -> bool:
        """Whether an earlier card of the family became void by it."""
        return self.issue > 1


def issuing_key(connection: Connection) -> SigningKey:
    """This desk's card key."""
    return SigningKey.from_seed(local.read(connection, "card_seed"))


def card_digits(key: SigningKey, number: str, card: Card) -> str:
    """The code of a card: the same digits however often it is printed (Ed25519 is deterministic)."""
    claims: dict[int, cose.Claim] = {
        NUMBER: int(number),
        SERIAL: bytes.fromhex(card.serial),
        ISSUE: card.issue,
        DAY: day_number(card.issued_on),
        PERSONS: card.persons,
    }
    return to_digits("card", cose.sign1(key, claims, EXTERNAL))


def card_name(person: Person) -> str:
    """Given and father's name: what a card shows of a name (DOMAIN.md section 3)."""
    return f"{person.given_name} {person.father_name}"


@command("card.issue", roles=FAMILIES)
def issue(act: Act, households: tuple[str, ...], reason: str) -> tuple[IssuedCard, ...]:
    """Issue a card to each household; its card in force before becomes void.

    Raises Refusal("household.unknown" | "consent.data" | "card.not_registered" | "form.code").
    """
    rules.among(reason, codes.CARD_REASON, "card_reason")
    key = issuing_key(act.connection)
    issued = []
    for household in dict.fromkeys(households):
        found = consenting(act, household)
        if found.status != "REGISTERED":
            raise Refusal("card.not_registered")
        earlier = documents_of(act.connection, CARD, household)
        for record_id, card in earlier:
            if card.status == "LIVE":
                act.records.revise(CARD, record_id, msgspec.structs.replace(card, status="REPLACED"))
        fresh = Card(
            household=household,
            serial=secrets.token_hex(10),
            issue=1 + max((card.issue for _, card in earlier), default=0),
            issued_on=act.day,
            persons=len(found.members),
            status="LIVE",
            issuer=key.key_id,
            reason=reason if earlier else "FIRST",
        )
        act.records.create(CARD, act.new_id(), fresh)
        issued.append(_face(act.connection, key, household, found, fresh))
    act.concerns(*households)
    return tuple(issued)


def without_card(view: View, most: int) -> tuple[str, ...]:
    """Ids of up to ``most`` registered families that never had a card and whose data consent stands, oldest first."""
    view.only(NAMES)
    had = select(CardRow.id).where(CardRow.household == HouseholdRow.id).exists()
    rows = view.connection.scalars(
        select(HouseholdRow.id)
        .where(HouseholdRow.status == "REGISTERED", ~had)
        .order_by(HouseholdRow.registered_on, HouseholdRow.id)
    ).all()
    agreed = (one for one in rows if data_consent_stands(view, one))
    return tuple(islice(agreed, most))


@command("card.reprint", roles=FAMILIES)
def reprint(act: Act, households: tuple[str, ...]) -> tuple[IssuedCard, ...]:
    """The faces of the cards in force, to print again what never left the desk (a jam, an empty toner).

    Raises Refusal("card.none") where a household has no live card, Refusal("card.other_desk") where another desk
    issued it: only that desk's key makes its code.
    """
    key = issuing_key(act.connection)
    faces = []
    for household in households:
        found = consenting(act, household)
        live = [card for _, card in documents_of(act.connection, CARD, household) if card.status == "LIVE"]
        if not live:
            raise Refusal("card.none")
        if live[-1].issuer != key.key_id:
            raise Refusal("card.other_desk")
        faces.append(_face(act.connection, key, household, found, live[-1]))
    act.concerns(*households)
    return tuple(faces)


@command("card.revoke", roles=(Role.SUPERVISOR,))
def revoke(act: Act, household: str) -> None:
    """Declare the card in force void without a new one. Raises Refusal("card.none")."""
    live = [
        (record_id, card) for record_id, card in documents_of(act.connection, CARD, household) if card.status == "LIVE"
    ]
    if not live:
        raise Refusal("card.none")
    for record_id, card in live:
        act.records.revise(CARD, record_id, msgspec.structs.replace(card, status="REVOKED"), signed=True)
    act.concerns(household)


def _face(connection: Connection, key: SigningKey, household: str, found: Household, card: Card) -> IssuedCard:
    people = dict(documents_of(connection, PERSON, household))
    alternate = people.get(found.alternate) if found.alternate else None
    return IssuedCard(
        household=household,
        number=found.number,
        principal=card_name(people[found.principal]),
        alternate=card_name(alternate) if alternate else None,
        persons=card.persons,
        issued_on=card.issued_on,
        issue=card.issue,
        digits=card_digits(key, found.number, card),
        reason=card.reason,
    )


def read_code(bundle: Bundle, digits: str) -> CardCode | None:
    """What a card's code says, None where no issuer of the bundle signed it.

    Raises Fault("code.not_ours" | "code.damaged" | "code.other_kind").
    """
    kind, data = from_digits(digits)
    if kind != "card":
        raise Fault("code.other_kind")
    signed = cose.read(data)
    for issuer in bundle.issuers:
        if signed.is_signed_by(bytes.fromhex(issuer.pub), EXTERNAL):
            return _card_code(signed.claims, issuer)
    return None


def _card_code(claims: dict[int, cose.Claim], issuer: KnownKey) -> CardCode:
    number, serial, issue_number, day, persons = (claims.get(n) for n in (NUMBER, SERIAL, ISSUE, DAY, PERSONS))
    if (
        len(claims) != PERSONS
        or not isinstance(number, int)
        or not isinstance(serial, bytes)
        or not isinstance(issue_number, int)
        or not isinstance(day, int)
        or not isinstance(persons, int)
        or not 0 <= day < day_number(date.max)
    ):
        raise Fault("code.damaged")
    return CardCode(f"{number:010d}", serial.hex(), issue_number, day_of(day), persons, issuer)


@command("card.check", roles=EVERYBODY)
def check(act: Act, text: str) -> Verdict:
    """The verdict on a scanned code or a typed number. Never raises for a bad code: that is a verdict too."""
    return verdict(act, text)


def verdict(view: View, text: str) -> Verdict:
    """The verdict without an audit entry, for pages that already have one."""
    bundle = view.in_force()
    lists_of = day_of(bundle.issued)
    try:
        typed = read_number(text)
    except Refusal:
        typed = None
    if typed is not None and typed.kind == "household":
        return _typed(view, typed.digits, lists_of)
    if is_typed(text):
        return Verdict("TYPED_UNKNOWN", lists_of)
    try:
        code = read_code(bundle, text)
    except Fault:
        return Verdict("NOT_GENUINE", lists_of)
    if code is None:
        return Verdict("UNKNOWN_ISSUER", lists_of)
    return _scanned(view, bundle, code, lists_of)


def is_typed(text: str) -> bool:
    """Whether this is too short for a code: somebody typed it, and a slip of the finger is no forgery."""
    return sum(sign.isalnum() for sign in text) <= VOUCHER_DIGITS


def _typed(view: View, number: str, lists_of: date) -> Verdict:
    household = view.connection.scalar(select(HouseholdRow.id).where(HouseholdRow.number == number))
    return Verdict("TYPED" if household else "TYPED_UNKNOWN", lists_of, number=number, household=household)


def _scanned(view: View, bundle: Bundle, code: CardCode, lists_of: date) -> Verdict:
    household, status = _known_as(view.connection, code)
    if household is None:
        household = view.connection.scalar(select(HouseholdRow.id).where(HouseholdRow.number == code.number))
    newer = None
    if household is not None:
        newer = view.connection.scalar(
            select(CardRow.issued_on)
            .where(CardRow.household == household, CardRow.issue > code.issue)
            .order_by(CardRow.issue)
            .limit(1)
        )
    return Verdict(
        _standing(view, code, status, newer is not None),
        lists_of,
        number=code.number,
        household=household,
        issued_on=code.issued_on,
        persons=code.persons,
        replaced_on=newer,
    )


def _known_as(connection: Connection, code: CardCode) -> tuple[str | None, str | None]:
    # (household, status) of a serial; under another household's number it is not this card, whoever says so
    named = select(CardRow.household, CardRow.status, HouseholdRow.number).where(CardRow.serial == code.serial)
    rows = connection.execute(named.outerjoin(HouseholdRow, HouseholdRow.id == CardRow.household)).all()
    mine = [row for row in rows if row.number in (code.number, None)]
    if not mine:
        return None, None
    best = min(mine, key=lambda row: (row.number is None, row.household))
    return best.household, reduce(safer_card, [row.status for row in mine if row.household == best.household])


def _standing(view: View, code: CardCode, status: str | None, newer: bool) -> str:
    issued = day_number(code.issued_on)
    issuer = code.issuer
    told = REVOKED_CARDS.holds(view.connection, code.serial)
    if told or status == "REVOKED" or issuer.status == "revoked":
        return "REVOKED"
    if status == "REPLACED" or newer:
        return "REPLACED"
    if issued < issuer.from_day or (issuer.to_day is not None and issued > issuer.to_day):
        return "REVOKED"
    if (view.day - code.issued_on).days > VALID_DAYS:
        return "EXPIRED"
    return "LIVE"


def household_of(view: View, number: str) -> str:
    """The id of a household by its number. Raises Refusal("household.unknown")."""
    household = view.connection.scalar(select(HouseholdRow.id).where(HouseholdRow.number == number))
    if household is None or document_of(view.connection, HOUSEHOLD, household) is None:
        raise Refusal("household.unknown")
    return household
