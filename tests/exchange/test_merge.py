"""The law: any histories of three desks, in any order, repeated and cut into pieces anyhow, come to one result."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, delete, func, select

from helpdesk.exchange.arrived import Arrived
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.merge import Folded, fold, heads
from helpdesk.exchange.taking_in import Merged, make_ready, take_in
from helpdesk.vault import migrate
from helpdesk.vault.records import Revision, decode_revision, encode_revision, revision_hash
from helpdesk.vault.store import Store, open_store
from helpdesk.vault.tables import ConflictRow, OtherHeadRow, RecordRow, RevisionRow, table_of
from tests.exchange.histories import DEVICES, FIRST, IDS, History, arrived, histories
from tests.people import practice_form
from tests.programme import Programme

TABLES: tuple[Table, ...] = (
    *map(table_of, (RevisionRow, RecordRow, OtherHeadRow, ConflictRow)),
    *dict.fromkeys(projection.table for kind in KINDS.values() for projection in kind.projections),
)
NOT_THE_SAME = {"n", "origin"}  # the order and the file of arrival


def tables(connection: Connection) -> dict[str, list[Any]]:
    """Whole tables, without what may differ."""
    found = {}
    for table in TABLES:
        columns = [column for column in table.columns if column.name not in NOT_THE_SAME]
        found[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return found


def _take(connection: Connection, items: Sequence[Arrived]) -> Merged:
    return take_in(connection, make_ready(connection.dialect, items, "f" * 64))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    home = tmp_path_factory.mktemp("merge")
    made = []
    for name in ("one.db", "two.db"):
        made.append(open_store(home / name, secrets.token_bytes(32), must_exist=False, migrating=True))
        migrate.upgrade(made[-1])
    yield made[0], made[1]
    for store in made:
        store.close()


def rebuilt(store: Store, revisions: list[Revision], pieces: list[int]) -> dict[str, list[Any]]:
    """The tables of an emptied store after these revisions came in, in pieces of these sizes."""
    with store.write() as connection:
        for row in TABLES:
            connection.execute(delete(row))
        left = [arrived(revision) for revision in revisions]
        while left:
            size = pieces.pop() if pieces else len(left)
            _take(connection, left[:size])
            left = left[size:]
        return tables(connection)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(history=histories(), data=st.data())
def test_order_repetition_and_pieces_change_nothing(
    stores: tuple[Store, Store], history: History, data: st.DataObject
) -> None:
    everything = list(history.revisions.values())
    again = data.draw(st.lists(st.sampled_from(everything), max_size=4)) if everything else []
    shuffled = data.draw(st.permutations([*everything, *again]))
    pieces = data.draw(st.lists(st.integers(1, 4), max_size=10))
    assert rebuilt(stores[0], everything, []) == rebuilt(stores[1], shuffled, pieces)


def folded(history: History, record: str) -> Folded:
    mine = {name: revision for name, revision in history.revisions.items() if revision.id == record}
    return fold(KINDS[FIRST[record][0]], mine)


def fields(document: bytes) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(document)
    return found


@given(histories(records=[IDS[1], IDS[2], IDS[3], IDS[4]]))
def test_safety_fields_take_the_safest_head(history: History) -> None:
    orders: dict[str, tuple[str, list[Any]]] = {
        IDS[1]: ("state", ["PLANNED", "APPROVED", "PRINTED", "PAID", "VOID"]),
        IDS[2]: ("status", ["LIVE", "REPLACED", "REVOKED", "?"]),
        IDS[3]: ("answer", ["GIVEN", "REFUSED", "WITHDRAWN"]),
        IDS[4]: ("live", [True, False]),
    }
    for record in {revision.id for revision in history.revisions.values()}:
        name, order = orders[record]
        result = folded(history, record)
        said = [fields(bytes(history.revisions[head].doc))[name] for head in result.heads]
        assert fields(result.document)[name] == max(said, key=order.index)


@given(histories(records=[IDS[1]]))
def test_what_is_never_merged_is_agreed_or_raised(history: History) -> None:
    if not history.revisions:
        return
    result = folded(history, IDS[1])
    for name in ("amount", "payee", "number"):
        said = {fields(bytes(history.revisions[head].doc))[name] for head in result.heads}
        assert fields(result.document)[name] in {
            fields(bytes(revision.doc))[name] for revision in history.revisions.values()
        }
        if len(said) == 1:
            assert name not in result.conflicts
            assert {fields(result.document)[name]} == said
        if len(said) > 2:  # three desks want three things: somebody must say
            assert name in result.conflicts or len(result.heads) < 3


@given(histories(), st.randoms())
def test_folding_looks_at_the_set_alone(history: History, chance: Any) -> None:
    for record in {revision.id for revision in history.revisions.values()}:
        names = [name for name, revision in history.revisions.items() if revision.id == record]
        chance.shuffle(names)
        again = fold(KINDS[FIRST[record][0]], {name: history.revisions[name] for name in names})
        assert again == folded(history, record)
        assert again.heads == heads({name: history.revisions[name] for name in names})
        assert again.first == again.heads[-1]


# --- by hand: one voucher, changed at several desks at once ---


def meeting(*changes: dict[str, Any], record: str = IDS[1]) -> tuple[Folded, dict[str, Any]]:
    history = History()
    history.write(DEVICES[0], record, {})
    for device in DEVICES[1:]:
        history.carry(DEVICES[0], device)
    for device, change in zip(DEVICES, changes, strict=False):
        history.write(device, record, change)
    result = folded(history, record)
    return result, fields(result.document)


def test_one_sided_changes_meet_without_a_word() -> None:
    result, document = meeting({"pay_point": 2}, {"amount": 500})
    assert (document["pay_point"], document["amount"]) == (2, 500)
    assert (result.conflicts, result.flagged) == (frozenset(), frozenset())
    assert len(result.heads) == 2


def test_the_base_is_the_nearest_ancestor_of_both() -> None:
    history = History()
    history.write(DEVICES[0], IDS[1], {})
    history.write(DEVICES[0], IDS[1], {"amount": 500})
    history.carry(DEVICES[0], DEVICES[1])
    history.write(DEVICES[0], IDS[1], {"pay_point": 2})
    history.write(DEVICES[1], IDS[1], {"amount": 600})
    result = folded(history, IDS[1])
    assert (fields(result.document)["amount"], result.conflicts) == (600, frozenset())


def test_equal_changes_are_one_change() -> None:
    result, document = meeting({"amount": 500}, {"amount": 500, "pay_point": 2})
    assert (document["amount"], result.conflicts) == (500, frozenset())


def test_amounts_and_payees_keep_the_base_until_somebody_says() -> None:
    result, document = meeting({"amount": 500, "payee": "q"}, {"amount": 600})
    assert (document["amount"], document["payee"]) == (400, "q")
    assert result.conflicts == {"amount"}


@pytest.mark.parametrize("third", [700, 500, 400])
def test_a_third_desk_does_not_settle_what_two_disagree_on(third: int) -> None:
    for _ in range(8):  # whatever order the hashes give
        note = secrets.token_hex(4)
        result, document = meeting(
            {"amount": 500, "void_reason": note}, {"amount": 600, "void_reason": note}, {"amount": third}
        )
        assert document["amount"] == 400
        assert "amount" in result.conflicts


def test_other_fields_take_the_later_writer_and_are_flagged() -> None:
    result, document = meeting({"pay_point": 2}, {"pay_point": 3})
    assert document["pay_point"] == 3  # the same counter: the device decides, the same way everywhere
    assert result.flagged == {"pay_point"}
    assert result.conflicts == frozenset()


def test_void_beats_what_is_not_paid_a_payment_is_a_fact_and_a_revoked_card_stays_revoked() -> None:
    result, document = meeting({"state": "PRINTED"}, {"state": "VOID"})
    assert (document["state"], result.flagged) == ("VOID", {"state"})
    result, document = meeting({"state": "PAID"}, {"state": "VOID"})
    assert (document["state"], result.flagged) == ("PAID", {"state"})
    result, document = meeting({"status": "REVOKED"}, {"serial": "cd" * 10}, record=IDS[2])
    assert (document["status"], result.flagged) == ("REVOKED", frozenset())


def test_records_begun_apart_under_one_id_keep_the_earlier_value() -> None:
    history = History()
    history.write(DEVICES[0], IDS[1], {"amount": 500})
    history.ctr[DEVICES[1]] = 5
    history.write(DEVICES[1], IDS[1], {"amount": 600})
    result = folded(history, IDS[1])
    assert fields(result.document)["amount"] == 500
    assert result.conflicts == {"amount"}


def test_a_field_that_one_side_lacks() -> None:
    """A revision of an older release may lack a field; whoever has it keeps it."""
    history = History()
    history.write(DEVICES[0], IDS[1], {})
    history.carry(DEVICES[0], DEVICES[1])
    history.write(DEVICES[0], IDS[1], {"pay_point": 2})
    history.write(DEVICES[1], IDS[1], {"amount": 500})
    older = {}
    for name, revision in history.revisions.items():
        document = fields(bytes(revision.doc))
        del document["void_reason"]
        if revision.device == DEVICES[1]:
            del document["state"]
        older[name] = msgspec.structs.replace(revision, doc=msgspec.Raw(msgspec.json.encode(document, order="sorted")))
    result = fields(fold(KINDS["voucher"], older).document)
    assert "void_reason" not in result
    assert "state" not in result  # taken away on one side, untouched on the other
    assert (result["pay_point"], result["amount"]) == (2, 500)


def test_nothing_folds_to_nothing() -> None:
    with pytest.raises(ValueError, match="head"):
        fold(KINDS["voucher"], {})


def test_a_record_never_becomes_one_of_another_kind(stores: tuple[Store, Store]) -> None:
    history, other = History(), History()
    history.write(DEVICES[0], IDS[1], {})
    other.write(DEVICES[1], IDS[2], {})
    (voucher,), (card,) = history.revisions.values(), other.revisions.values()
    thief = msgspec.structs.replace(card, id=voucher.id)
    for before, file in (([], [voucher, thief]), ([voucher], [thief])):
        with stores[0].write() as connection:
            for row in TABLES:
                connection.execute(delete(row))
            _take(connection, [arrived(revision) for revision in before])
            merged = _take(connection, [arrived(revision) for revision in file])
            assert merged.rejected == ((voucher.id, "record.other_kind"),)
            assert connection.scalars(select(RecordRow.kind)).all() == ["voucher"]
            assert connection.scalar(select(func.count()).select_from(RevisionRow)) == 2


# --- a whole desk ---


def test_a_desk_rebuilt_from_its_revisions_is_the_desk(programme: Programme, stores: tuple[Store, Store]) -> None:
    from helpdesk.households import cards, commands

    for index in range(4):
        household = programme.register("one", practice_form(programme.clock, index))
        with programme.open("one", "clerk") as desk:
            desk.do(cards.issue, (household,), "FIRST")
            desk.do(cards.issue, (household,), "LOST")
    programme.printed("one", household)
    with programme.open("one", "supervisor") as desk:
        desk.do(commands.withdraw_consent, household, "DATA", "witness")
        desk.do(cards.revoke, household)
        with desk.store.read() as connection:
            rows = connection.execute(select(RevisionRow)).all()
            expected = tables(connection)
    with stores[0].write() as connection:
        for table in TABLES:
            connection.execute(delete(table))
        _take(connection, [arrived(decode_revision(row.body), row.sig_key, row.sig) for row in reversed(rows)])
        assert tables(connection) == expected
    assert all(revision_hash(encode_revision(decode_revision(row.body))) == row.hash for row in rows)
