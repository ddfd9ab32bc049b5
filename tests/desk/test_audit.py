"""The audit chain: whatever is done to the log behind the program's back is found."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from helpdesk.core.errors import Fault, Refusal
from helpdesk.desk import audit
from helpdesk.vault import migrate
from helpdesk.vault.store import open_store
from helpdesk.vault.tables import AuditRow

AT = "2026-11-21T09:00:00.000Z"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Connection]:
    store = open_store(tmp_path / "desk.db", secrets.token_bytes(32), must_exist=False, migrating=True)
    migrate.upgrade(store)
    with store.write() as connection:
        yield connection
    store.close()


def fill(log: Connection, count: int = 6) -> audit.Checkpoint:
    for n in range(count):
        audit.append(log, at=AT, user="u", act="test.act", result="done", objects=(str(n),))
    return audit.last(log)


def row(log: Connection, n: int) -> tuple[str, bytes]:
    found = log.execute(select(AuditRow.entry, AuditRow.head).where(AuditRow.n == n)).one()
    return found.entry, bytes(found.head)


def edit(log: Connection) -> None:
    entry, _ = row(log, 3)
    log.execute(update(AuditRow).where(AuditRow.n == 3).values(entry=entry.replace('"2"', '"7"')))


def edit_with_its_head(log: Connection) -> None:
    entry, _ = row(log, 3)
    changed = entry.replace('"2"', '"7"')
    head = audit.next_head(row(log, 2)[1], changed.encode())
    log.execute(update(AuditRow).where(AuditRow.n == 3).values(entry=changed, head=head))


def remove(log: Connection) -> None:
    log.execute(delete(AuditRow).where(AuditRow.n == 3))


def remove_and_close_up(log: Connection) -> None:
    remove(log)
    log.execute(update(AuditRow).where(AuditRow.n > 3).values(n=AuditRow.n - 1))


def add(log: Connection) -> None:
    log.execute(update(AuditRow).where(AuditRow.n > 3).values(n=AuditRow.n + 100))
    entry, head = row(log, 3)
    log.execute(insert(AuditRow).values(n=4, entry=entry, head=head))


def swap(log: Connection) -> None:
    (one, _), (other, _) = row(log, 3), row(log, 4)
    log.execute(update(AuditRow).where(AuditRow.n == 3).values(entry=other))
    log.execute(update(AuditRow).where(AuditRow.n == 4).values(entry=one))


def respell(log: Connection) -> None:
    entry, _ = row(log, 3)
    log.execute(update(AuditRow).where(AuditRow.n == 3).values(entry=entry + " "))


def garble(log: Connection) -> None:
    log.execute(update(AuditRow).where(AuditRow.n == 3).values(entry="{"))


def cut_off_the_beginning(log: Connection) -> None:
    log.execute(delete(AuditRow).where(AuditRow.n < 3))


@pytest.mark.parametrize(
    "harm",
    [edit, edit_with_its_head, remove, remove_and_close_up, add, swap, respell, garble, cut_off_the_beginning],
)
def test_harm_is_found(log: Connection, harm: Callable[[Connection], None]) -> None:
    end = fill(log)
    assert audit.verify(log) == end
    harm(log)
    with pytest.raises(Fault) as fault:
        audit.verify(log)
    assert fault.value.code == "audit.broken"


def test_a_log_cut_off_at_its_end_is_found_by_an_end_seen_before(log: Connection) -> None:
    end = fill(log)
    log.execute(delete(AuditRow).where(AuditRow.n == 6))
    audit.verify(log)  # alone the chain cannot know
    with pytest.raises(Fault, match=r"audit\.broken"):
        audit.verify(log, end)
    audit.append(log, at=AT, user="u", act="test.act", result="done", objects=("another",))
    with pytest.raises(Fault, match=r"audit\.broken"):
        audit.verify(log, end)


def test_an_earlier_end_stands_in_a_longer_log(log: Connection) -> None:
    earlier = fill(log, 3)
    end = fill(log, 2)
    assert audit.verify(log, earlier) == end
    assert end.size == 5


def test_an_empty_log(log: Connection) -> None:
    assert audit.verify(log) == audit.last(log) == audit.Checkpoint(0, bytes(32).hex())


def test_a_reader_extends_what_it_knows(log: Connection) -> None:
    earlier = fill(log, 2)
    end = fill(log, 3)
    lines = [entry for _, entry in audit.entries(log, after=2)]
    assert audit.extend(earlier, lines) == end
    with pytest.raises(Fault, match=r"audit\.broken"):
        audit.extend(earlier, lines[1:])
    with pytest.raises(Fault, match=r"audit\.broken"):  # a second spelling is another entry
        audit.extend(earlier, [lines[0] + " "])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("voucher.own", "voucher.own"),
        ("sealed.too_long", "audit.refused"),
        ("person.marital_sealed", "audit.refused"),
        ("draft.sealed", "audit.refused"),
    ],
)
def test_what_an_entry_says_of_a_refusal(code: str, said: str) -> None:
    assert audit.result_of(Refusal(code)) == said
