"""What another laptop of the same camp may send: it is judged in the published order and never breaks the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from helpdesk.assistance.vouchers import checks, paying
from helpdesk.assistance.vouchers.documents import Payment, Voucher
from helpdesk.core.errors import Fault
from helpdesk.core.ids import new_id
from helpdesk.desk import audit, local
from helpdesk.desk.roles import Role
from helpdesk.desk.users import UserRecord
from helpdesk.exchange import installing
from helpdesk.exchange.exceptions import exceptions
from helpdesk.households import cards, commands, queries
from helpdesk.households.documents import Card
from helpdesk.opening import Desk
from helpdesk.vault.keys import ReceiveKey, SigningKey
from helpdesk.vault.tables import RevisionRow
from tests import handmade
from tests.people import practice_form
from tests.programme import Programme, passphrase


def recipient(desk: Desk) -> str:
    with desk.store.read() as connection:
        return ReceiveKey.from_text(local.read(connection, "receive_key").decode()).recipient


def refused(programme: Programme, path: Path) -> str:
    """The code at desk one, where nothing was taken in and the refusal is in the log."""
    with programme.open("one", "supervisor") as desk:
        with pytest.raises(Fault) as fault:
            installing.install(desk, path)
        with desk.store.read() as connection:
            assert not connection.scalar(select(func.count()).where(RevisionRow.origin.is_not(None)))
            assert fault.value.code in [entry for _, entry in audit.entries(connection)][-1]
    return fault.value.code


def test_a_second_card_under_a_known_serial_changes_nothing_for_the_first(programme: Programme) -> None:
    household = programme.register("one")
    (face,) = programme.at("one", "clerk", lambda desk: desk.do(cards.issue, (household,), "FIRST"))
    with programme.open("one", "clerk") as desk:
        card, to = desk.ask(queries.family_file, household).card, recipient(desk)
    assert card is not None
    other = programme.register("one", practice_form(programme.clock, 1))
    twin = msgspec.structs.replace(card, household=other, status="REPLACED")
    path = handmade.batch(programme, "two", "supervisor", lambda desk: [handmade.line(desk, "card", twin)], to=[to])
    with programme.open("one", "supervisor") as desk:
        assert installing.install(desk, path).result == "installed"
        told = desk.do(cards.check, face.digits)
    assert (told.code, told.household) == ("LIVE", household)


def test_the_chain_is_judged_before_the_payload(programme: Programme) -> None:
    to = programme.at("one", "clerk", recipient)
    path = handmade.batch(programme, "two", "supervisor", to=[to], seq=5)
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(data)
    assert refused(programme, path) == "fvb.gap"


# --- signatures that are none ---


def doubts(desk: Desk) -> dict[str, int]:
    return {found.code: found.count for found in desk.ask(exceptions) if found.code == "doubtful"}


def installed(programme: Programme, records: Callable[[Desk], Sequence[bytes]]) -> tuple[dict[str, int], str]:
    """What desk one's supervisor is told to look at after a sibling's batch, and the last entry of the log."""
    to = programme.at("one", "clerk", recipient)
    path = handmade.batch(programme, "two", "supervisor", records, to=[to])
    with programme.open("one", "supervisor") as desk:
        assert installing.install(desk, path).result == "installed"
        with desk.store.read() as connection:
            return doubts(desk), [entry for _, entry in audit.entries(connection)][-1]


def payment(voucher: str, number: str, household: str, user: str) -> Payment:
    day = handmade.DAY
    return Payment(voucher, household, number, 400_000, "IQD", day, 1, user, "a neighbour", "SEEN")


@pytest.mark.parametrize(
    ("sign", "code"), [(False, "record.unsigned"), (SigningKey.generate(), "record.signature"), (True, None)]
)
def test_a_payment_without_a_true_signature_is_told(
    programme: Programme, sign: bool | SigningKey, code: str | None
) -> None:
    household = programme.register("one")
    face = programme.printed("one", household)
    exceptional, entry = installed(
        programme,
        lambda desk: [
            handmade.line(desk, "payment", payment(face.id, face.number, household, desk.user.id), sign=sign)
        ],
    )
    assert exceptional == ({} if code is None else {"doubtful": 1})
    assert code is None or code in entry
    with programme.open("one", "clerk") as desk:
        assert desk.do(checks.check, face.digits).code == "PAID"  # a fact that may have happened: nobody pays it again


def test_an_honest_sibling_raises_no_doubt(programme: Programme) -> None:
    """A new clerk registers, a card is revoked and a voucher paid before the next bundle tells of the clerk."""
    programme.at("two", "admin", lambda desk: desk.add_user("new one", Role.CLERK, passphrase("new one")))
    form = practice_form(programme.clock)
    programme.clock.move(seconds=1)
    programme.at("two", "new one", lambda desk: desk.do(commands.register, form))
    programme.at("two", "clerk", lambda desk: desk.do(cards.issue, (form.household_id,), "FIRST"))
    programme.at("two", "supervisor", lambda desk: desk.do(cards.revoke, form.household_id))
    face = programme.printed("two", form.household_id)
    first = programme.export("two").path
    programme.at("two", "new one", lambda desk: desk.do(paying.pay, face.number, "a neighbour", "SEEN"))
    with programme.open("one", "supervisor") as desk:
        for path in (first, programme.export("two").path):
            assert installing.install(desk, path).result == "installed"
        assert doubts(desk) == {}


def test_an_account_that_no_administrator_signed_signs_nothing(programme: Programme) -> None:
    key, user = SigningKey.generate(), new_id(programme.clock.now())
    account = UserRecord("supervisor", key.public.hex(), live=True)
    card = Card("h", "ab" * 10, 1, handmade.DAY, 1, "REVOKED", "k")
    exceptional, entry = installed(
        programme,
        lambda desk: [
            handmade.line(desk, "user", account, id=user, sign=True),
            handmade.line(desk, "card", card, sign=key, user=user),
        ],
    )
    assert exceptional == {"doubtful": 2}
    assert "user.unproved" in entry
    assert "record.signature" in entry


def test_a_second_voucher_under_a_known_number_is_not_the_one_that_is_paid(programme: Programme) -> None:
    household = programme.register("one")
    face = programme.printed("one", household)
    day = handmade.DAY
    twin = Voucher(
        "h", "DEP", 9_000_000, "IQD", 1, programme.numbers["one"], "p", day, day, "PRINTED", "u", number=face.number
    )
    early = "00000000-0000-7000-8000-000000000000"
    installed(programme, lambda desk: [handmade.line(desk, "voucher", twin, id=early)])
    with programme.open("one", "other") as desk:
        assert desk.do(checks.check, face.digits).voucher == face.id
        assert desk.do(paying.pay, face.number, "a neighbour", "SEEN").amount == face.amount
