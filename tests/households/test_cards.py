"""Cards: one in force for a family, and a verdict on whatever is held up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault, Refusal
from helpdesk.core.numbers import with_check
from helpdesk.desk.commands import Act, View, command
from helpdesk.desk.roles import EVERYBODY
from helpdesk.desk.told import REVOKED_CARDS
from helpdesk.exchange import installing
from helpdesk.households import cards, commands
from helpdesk.households.kinds import HOUSEHOLD
from helpdesk.households.tables import CardRow
from helpdesk.opening import Desk
from helpdesk.vault import cose
from helpdesk.vault.codes import to_digits
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.records import document_of
from tests.people import practice_form
from tests.programme import Programme

Card = tuple[Desk, str, cards.IssuedCard]


@pytest.fixture
def card(desk_as: Callable[..., Desk], programme: Programme) -> Card:
    desk, form = desk_as("clerk"), practice_form(programme.clock)
    desk.do(commands.register, form)
    (issued,) = desk.do(cards.issue, (form.household_id,), "CHANGED")
    return desk, form.household_id, issued


def verdict(desk: Desk, text: str) -> str:
    found = desk.do(cards.check, text)
    assert found.good == (found.code == "LIVE")
    return found.code


def forged(claims: dict[int, Any], key: SigningKey, kind: str = "card", context: bytes = cards.EXTERNAL) -> str:
    return to_digits(kind, cose.sign1(key, claims, context))


def claims_of(issued: cards.IssuedCard, **changes: Any) -> dict[int, Any]:
    claims: dict[int, Any] = {1: int(issued.number), 2: bytes(10), 3: 1, 4: day_number(issued.issued_on), 5: 3}
    return {**claims, **{int(label[1:]): value for label, value in changes.items()}}


def desk_key(desk: Desk) -> SigningKey:
    with desk.store.read() as connection:
        return cards.issuing_key(connection)


def test_a_card_says_no_name_and_is_live(card: Card) -> None:
    desk, household, issued = card
    seen = desk.do(cards.check, issued.digits)
    assert (seen.code, seen.household, seen.number, seen.persons) == ("LIVE", household, issued.number, issued.persons)
    assert seen.number_shown.replace("-", "") == issued.number
    assert (issued.issue, seen.issued_on, seen.lists_of) == (1, date(2026, 11, 21), date(2026, 11, 21))
    (read,) = [cards.read_code(desk.ask(View.in_force), issued.digits)]
    assert read is not None
    assert read.issuer.keyid == desk_key(desk).key_id
    (again,) = desk.do(cards.reprint, (household,))
    assert again == issued


def test_a_new_card_voids_the_one_before(card: Card) -> None:
    desk, household, first = card
    (second,) = desk.do(cards.issue, (household, household), "LOST")
    (third,) = desk.do(cards.issue, (household,), "DAMAGED")
    assert [c.issue for c in (first, second, third)] == [1, 2, 3]
    assert [verdict(desk, c.digits) for c in (first, second, third)] == ["REPLACED", "REPLACED", "LIVE"]
    assert desk.do(cards.check, first.digits).replaced_on == date(2026, 11, 21)
    with desk.store.read() as connection:
        assert sorted(connection.scalars(select(CardRow.status))) == ["LIVE", "REPLACED", "REPLACED"]


def test_a_revoked_card(card: Card, desk_as: Callable[..., Desk]) -> None:
    _, household, issued = card
    desk = desk_as("supervisor")
    desk.do(cards.revoke, household)
    assert verdict(desk, issued.digits) == "REVOKED"
    for act, *arguments in ((cards.revoke, household), (cards.reprint, (household,))):
        with pytest.raises(Refusal, match=r"card\.none"):
            desk.do(act, *arguments)


def test_a_card_outlives_the_ninth_month_and_no_more(card: Card, programme: Programme) -> None:
    desk, _, issued = card
    for days in (365, cards.VALID_DAYS - 365):  # the day comes in steps: no clock moves it two years at once
        programme.clock.move(days=days)
        assert verdict(desk, issued.digits) == "LIVE"
    programme.clock.move(days=1)
    assert verdict(desk, issued.digits) == "EXPIRED"


def test_every_changed_digit_is_noticed(card: Card) -> None:
    desk, _, issued = card
    for place in range(0, len(issued.digits), 7):
        changed = issued.digits[:place] + str((int(issued.digits[place]) + 1) % 10) + issued.digits[place + 1 :]
        assert verdict(desk, changed) in ("NOT_GENUINE", "UNKNOWN_ISSUER")
    for text in (issued.digits[:-1], issued.digits + "0", "12" + issued.digits, issued.digits[::-1], "1" * 250):
        assert verdict(desk, text) in ("NOT_GENUINE", "UNKNOWN_ISSUER")


def test_digits_of_any_script_are_read(card: Card) -> None:
    desk, _, issued = card
    assert verdict(desk, "".join(chr(0x660 + int(digit)) for digit in issued.digits)) == "LIVE"


@pytest.mark.parametrize(
    "changes",
    [{"_1": "text"}, {"_2": 5}, {"_3": "x"}, {"_4": b"x"}, {"_4": -1}, {"_4": 2**40}, {"_5": "x"}, {"_6": 1}],
    ids=repr,
)
def test_a_code_with_other_claims_is_damaged(card: Card, changes: dict[str, Any]) -> None:
    desk, _, issued = card
    code = forged(claims_of(issued, **changes), desk_key(desk))
    assert verdict(desk, code) == "NOT_GENUINE"
    with pytest.raises(Fault):
        cards.read_code(desk.ask(View.in_force), code)


def test_forged_and_borrowed_codes(card: Card) -> None:
    desk, _, issued = card
    key = desk_key(desk)
    assert verdict(desk, forged(claims_of(issued), SigningKey.generate())) == "UNKNOWN_ISSUER"
    assert verdict(desk, forged(claims_of(issued), key, "voucher")) == "NOT_GENUINE"
    assert verdict(desk, forged(claims_of(issued), key, context=b"fvm/voucher/1")) == "UNKNOWN_ISSUER"
    with pytest.raises(Fault, match=r"code\.other_kind"):
        cards.read_code(desk.ask(View.in_force), forged(claims_of(issued), key, "voucher"))


def test_a_typed_number_is_looked_up_and_never_verified(card: Card) -> None:
    desk, household, issued = card
    seen = desk.do(cards.check, issued.number)
    assert (seen.code, seen.household, seen.good) == ("TYPED", household, False)
    assert verdict(desk, with_check("99999999")) == "TYPED_UNKNOWN"
    slip = issued.number[:-1] + str((int(issued.number[-1]) + 1) % 10)
    for typed in (slip, "123", "", with_check("123456789")):  # a slip of the finger is no forgery
        assert verdict(desk, typed) == "TYPED_UNKNOWN"
    assert desk.do(cards.check, "123").number_shown == ""


# --- another desk, which does not know the family ---


def other_desk(card: Card, programme: Programme, **changes: Any) -> str:
    """The verdict at desk two, whose bundle was changed in the issuer of the card."""
    _, _, issued = card
    with programme.open("two", "clerk") as desk:
        bundle = desk.ask(View.in_force)
        keyid = next(i.keyid for i in bundle.issuers if i.desk == programme.numbers["one"])
        revoked = changes.pop("revoked_cards", ())
        issuers = tuple(msgspec.structs.replace(i, **changes) if i.keyid == keyid else i for i in bundle.issuers)
        desk.bundle = msgspec.structs.replace(bundle, issuers=issuers)
        with desk.store.write() as connection:
            REVOKED_CARDS.write(connection, revoked)
        return verdict(desk, issued.digits)


def test_another_desk_reads_the_card_by_its_lists(card: Card, programme: Programme) -> None:
    desk, _, issued = card
    today = day_number(issued.issued_on)
    with desk.store.read() as connection:
        serial = connection.scalar(select(CardRow.serial))
    assert other_desk(card, programme) == "LIVE"
    assert other_desk(card, programme, status="revoked") == "REVOKED"
    assert other_desk(card, programme, revoked_cards=(serial,)) == "REVOKED"
    assert other_desk(card, programme, from_day=today + 1) == "REVOKED"
    assert other_desk(card, programme, to_day=today - 1) == "REVOKED"
    assert other_desk(card, programme, to_day=today) == "LIVE"
    assert other_desk(card, programme, pub=SigningKey.generate().public.hex()) == "UNKNOWN_ISSUER"


def test_another_desk_learns_that_a_card_was_replaced(card: Card, programme: Programme) -> None:
    desk, household, first = card
    programme.clock.move(days=3)
    desk.do(cards.issue, (household,), "LOST")
    desk.close()
    path = programme.export("one").path
    with programme.open("two", "supervisor") as two:
        installing.install(two, path)
        seen = two.do(cards.check, first.digits)
    assert (seen.code, seen.replaced_on) == ("REPLACED", first.issued_on + timedelta(days=3))


# --- who gets none ---


def test_who_gets_no_card(card: Card) -> None:
    desk, household, _ = card
    for ids, reason, code in (((household,), "X", "form.code"), (("nobody",), "FIRST", "household.unknown")):
        with pytest.raises(Refusal) as refusal:
            desk.do(cards.issue, ids, reason)
        assert refusal.value.code == code
    desk.do(merge_away, household)
    with pytest.raises(Refusal, match=r"card\.not_registered"):
        desk.do(cards.issue, (household,), "LOST")
    desk.do(commands.withdraw_consent, household, "DATA", "w")
    for act, *arguments in ((cards.issue, (household,), "LOST"), (cards.reprint, (household,))):
        with pytest.raises(Refusal, match=r"consent\.data"):
            desk.do(act, *arguments)


@command("test.merge_away", roles=EVERYBODY)
def merge_away(act: Act, household: str) -> None:
    found = document_of(act.connection, HOUSEHOLD, household)
    assert found is not None
    act.records.revise(HOUSEHOLD, household, msgspec.structs.replace(found, status="MERGED"))


def test_nothing_new_or_only_one_is_issued_where_one_of_many_is_refused(card: Card) -> None:
    desk, household, issued = card
    with pytest.raises(Refusal):
        desk.do(cards.issue, (household, "nobody"), "LOST")
    assert verdict(desk, issued.digits) == "LIVE"


def test_a_household_by_its_number(card: Card) -> None:
    desk, household, issued = card
    assert desk.ask(cards.household_of, issued.number) == household
    with pytest.raises(Refusal, match=r"household\.unknown"):
        desk.ask(cards.household_of, "0000000000")
