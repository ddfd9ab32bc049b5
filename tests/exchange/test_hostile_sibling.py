"""What another laptop of the same camp may send: it is judged in the published order and never breaks the program."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from helpdesk.core.errors import Fault
from helpdesk.desk import audit, local
from helpdesk.exchange import installing
from helpdesk.households import cards, queries
from helpdesk.opening import Desk
from helpdesk.vault.keys import ReceiveKey
from helpdesk.vault.tables import RevisionRow
from tests import handmade
from tests.people import practice_form
from tests.programme import Programme


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
