"""Record ids: what they are made of, and their order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from helpdesk.core.ids import id_bytes, new_id

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_seven() -> None:
    found = new_id(NOW)
    assert (UUID(found).version, UUID(found).variant) == (7, RFC_4122)
    assert UUID(found).int >> 80 == int(NOW.timestamp() * 1000)
    assert id_bytes(found) == UUID(found).bytes


def test_ids_of_one_millisecond_follow_each_other() -> None:
    found = [new_id(NOW) for _ in range(5_000)]
    assert found == sorted(set(found))


def test_ids_of_a_later_millisecond_come_after_and_begin_anew() -> None:
    early, late, again = new_id(NOW), new_id(NOW + timedelta(milliseconds=1)), new_id(NOW)
    assert early < late
    assert again < late
    assert len({UUID(one).int & (1 << 62) - 1 for one in (early, late, again)}) == 3
