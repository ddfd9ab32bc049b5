"""The column that search reads is filled where there is a search, and left empty on a server, which has none."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.centre import intake
from helpdesk.households.tables import PersonRow
from tests.programme import Programme


def test_words_stand_where_they_are_searched(programme: Programme) -> None:
    programme.register()
    exported = programme.export()
    with programme.office() as office:
        (receipt,) = intake.receive(office, [exported.path])
        assert receipt.state == "accepted"
        with office.register.read() as register:
            server = register.dialect.name == "postgresql"
            persons = register.execute(select(PersonRow.name, PersonRow.words)).all()
    assert persons
    assert all(person.name for person in persons)
    assert all((person.words == "") == server for person in persons)
