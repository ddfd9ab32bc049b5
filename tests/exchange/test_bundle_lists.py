"""Lists that grow travel behind a bundle: any length, whole or nothing, and the desk asks a table for them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from helpdesk.assistance.vouchers.tables import VoucherRow
from helpdesk.centre import desks
from helpdesk.centre.tables import CentreBundleRow, CentreDeskRow
from helpdesk.core.clock import day_number
from helpdesk.core.errors import Fault
from helpdesk.core.numbers import with_check
from helpdesk.desk import paid_list
from helpdesk.desk.bundle import (
    HELD,
    AddedPlace,
    ClearanceRule,
    Decision,
    FeedbackWord,
    Helpline,
    IssuedTable,
    KnownDesk,
    KnownKey,
    KnownOffer,
    KnownUser,
    ListedCode,
    WholeBundle,
    without_lists,
)
from helpdesk.desk.places import KINDS
from helpdesk.desk.tables import PaidPageRow, ToldRow
from helpdesk.desk.told import DECISIONS, REVOKED_VOUCHERS, TOLD
from helpdesk.exchange import installing
from helpdesk.exchange.bundle_lines import LISTED, PaidLine, bundle_lines, list_lines, lists_in, take_lists
from helpdesk.exchange.inbox import Installed
from helpdesk.exchange.outgoing import Heading, Outgoing
from helpdesk.exchange.payload import LONGEST_LINE, Line
from helpdesk.households.queries import family_file
from helpdesk.journey.cases.issued import rules_by
from helpdesk.journey.cases.tables import DecisionRow
from helpdesk.opening import Desk
from helpdesk.vault.bulk import insert_rows
from helpdesk.vault.keys import SigningKey
from helpdesk.vault.tables import table_of
from tests.programme import Programme

MANY = 20_000


def household(n: int) -> str:
    return f"01900000-0000-7000-8000-{n:012d}"


def voided(programme: Programme, count: int) -> None:
    """So many void vouchers in the centre's register, as batches would have left them."""
    day = programme.clock.now().date()
    rows = [
        {
            "id": household(n), "household": household(n), "number": with_check(f"{n:09d}"), "grant": "DEP",
            "amount": 1, "state": "VOID", "pay_point": 1, "last_day": day, "currency": "IQD", "instalment": 1,
        }
        for n in range(count)
    ]  # fmt: skip
    with programme.office() as office, office.register.write() as register:
        insert_rows(register, table_of(VoucherRow), rows)


def whole(programme: Programme, folder: str, **changes: Any) -> WholeBundle:
    """The bundle that a desk got last with more in it, under the next version."""
    with programme.office() as office, office.register.read() as register:
        body = register.scalar(
            select(CentreBundleRow.body)
            .where(CentreBundleRow.desk == programme.numbers[folder])
            .order_by(CentreBundleRow.version.desc())
            .limit(1)
        )
    last = msgspec.json.decode(bytes(body or b""), type=WholeBundle)
    return msgspec.structs.replace(last, **{"version": last.version + 1, "paid": None, **changes})


def signed(programme: Programme, bundle: WholeBundle, records: Sequence[Any]) -> Path:
    """A genuine file of the centre with these lines."""
    with programme.office() as office, office.register.read() as register:
        keys, founded = office.keys(), office.programme()
        receive = register.scalar(select(CentreDeskRow.receive).where(CentreDeskRow.number == bundle.desk.number))
        heading = Heading(
            kind="bundle", sender=keys.config.key_id, epoch=desks.programme_epoch(founded), seq=bundle.version,
            desk=str(bundle.desk.number), counts={"bundle": 1}, made_at=programme.clock.now(),
        )  # fmt: skip
        return Outgoing(programme.stick).write(heading, records, [keys.config], [receive or ""]).path


def state(desk: Desk) -> tuple[Any, ...]:
    """Everything that a bundle changes."""
    with desk.store.read() as connection:
        told = connection.execute(select(table_of(ToldRow)).order_by(ToldRow.list, ToldRow.n)).all()
        pages = connection.execute(select(table_of(PaidPageRow)).order_by(PaidPageRow.n)).all()
        words = connection.execute(select(table_of(DecisionRow)).order_by(DecisionRow.household)).all()
    return desk.bundle, told, pages, words


def installed(programme: Programme, path: Path, folder: str = "one") -> Installed:
    return programme.at(folder, "clerk", lambda desk: installing.install(desk, path))


def test_lists_of_any_length_reach_a_desk_and_work(programme: Programme) -> None:
    family = programme.register("one")
    today = day_number(programme.clock.now().date())
    voided(programme, MANY)
    words = (Decision(family, "proceed", today), *(Decision(household(n), "proceed", today) for n in range(MANY)))
    path = programme.bundle("one", decisions=words)
    assert installed(programme, path).result == "installed"

    def asked(desk: Desk) -> tuple[str, int]:
        with desk.store.read() as connection:
            rows = connection.scalar(select(func.count()).select_from(DecisionRow)) or 0
            assert DECISIONS.find(connection, household(MANY - 1)) == words[-1]
            assert DECISIONS.find(connection, "nobody") is None
            assert sum(1 for _ in REVOKED_VOUCHERS.every(connection)) == MANY
            assert REVOKED_VOUCHERS.holds(connection, with_check(f"{MANY - 1:09d}"))
            assert not REVOKED_VOUCHERS.holds(connection, with_check(f"{MANY:09d}"))
        assert len(msgspec.json.encode(desk.bundle)) < 10_000
        return desk.ask(family_file, family).decision, rows

    assert programme.at("one", "clerk", asked) == ("PROCEED", MANY + 1)
    assert installed(programme, path).result == "known"
    assert programme.at("one", "clerk", asked) == ("PROCEED", MANY + 1)


def test_every_list_that_may_grow_travels_behind_and_comes_back_whole(programme: Programme) -> None:
    more = full(programme)
    lines = list(bundle_lines(more, ()))
    assert set(msgspec.convert(first_of(lines), WholeBundle).behind) == {*HELD, *TOLD}
    assert installed(programme, signed(programme, more, lines)).result == "installed"
    assert_holds(programme, more)


def test_a_file_of_version_1_has_everything_in_one_line_and_is_read_for_ever(programme: Programme) -> None:
    told, pages = paid_list.build([(f"{n:010d}", "DEP") for n in range(2_000)], date(2026, 11, 21))
    old = msgspec.structs.replace(full(programme), v=1, paid=told)
    line = PaidLine(0, tuple(base64.b64encode(page).decode() for page in pages))
    path = signed(programme, old, [{"t": "bundle", **msgspec.to_builtins(old)}, msgspec.json.encode(line)])
    assert installed(programme, path).result == "installed"
    assert_holds(programme, old)
    with programme.open("one") as desk, desk.store.read() as connection:
        held = connection.scalars(select(PaidPageRow.body).order_by(PaidPageRow.n))
        assert tuple(map(bytes, held)) == pages


def test_what_a_bundle_says_no_more_is_gone(programme: Programme) -> None:
    more = full(programme)
    installed(programme, signed(programme, more, list(bundle_lines(more, ()))))
    empty = whole(programme, "one", version=more.version + 1)
    installed(programme, signed(programme, empty, list(bundle_lines(empty, ()))))
    with programme.open("one") as desk, desk.store.read() as connection:
        assert not connection.execute(select(table_of(ToldRow))).all()
        assert desk.bundle is not None
        assert not desk.bundle.code_lists


def full(programme: Programme) -> WholeBundle:
    """A bundle with something in every list."""
    base = whole(programme, "one")
    key = SigningKey.generate()
    rule = ClearanceRule("", "", ("Council",))
    return msgspec.structs.replace(
        base,
        issuers=(*base.issuers, KnownKey(key.key_id, key.public.hex(), 999, 1)),
        places=(AddedPlace("x-1", KINDS[0], "", "New country", "\u0645\u062e\u064a\u0645"),),
        helplines=(Helpline("Line", "800"),),
        clearances=(rule,),
        desks=(*base.desks, KnownDesk(300, "Far", "RET", base.intake)),
        centre_users=(*base.centre_users, KnownUser(household(9), "centre", key.public.hex(), 0)),
        code_lists=(ListedCode("reason", "BEES", {"en": "Bees"}),),
        revoked_cards=("ab" * 8,),
        revoked_vouchers=(with_check("000000007"),),
        decisions=(Decision(household(1), "proceed", base.issued),),
        services=(KnownOffer(household(2), "IQ-AN", "Clinic", "HEALTH", "Everything"),),
        feedback=(FeedbackWord("12345", "RECEIVED", base.issued),),
        transfers=("cd" * 32,),
        tables=((rule,),),
        tables_issued=(IssuedTable(300, 4, base.issued, 0),),
    )


def assert_holds(programme: Programme, whole: WholeBundle) -> None:
    """A desk holds exactly this bundle."""
    with programme.open("one") as desk, desk.store.read() as connection:
        held = msgspec.structs.replace(without_lists(whole), v=desk.bundle.v if desk.bundle else 0)
        assert desk.bundle == held
        for name, told in TOLD.items():
            assert tuple(told.every(connection)) == getattr(whole, name), name
        assert rules_by(connection, 300, 4) == whole.tables[0]


def first_of(lines: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in lines[0].items() if name != "t"}


Spoil = Callable[[list[Any]], list[Any]]


def changed(place: int, **fields: Any) -> Spoil:
    def spoil(lines: list[Any]) -> list[Any]:
        line = {**msgspec.json.decode(lines[place]), **fields}
        return [*lines[:place], line, *lines[place + 1 :]]

    return spoil


def behind(**counts: int) -> Spoil:
    def spoil(lines: list[Any]) -> list[Any]:
        return [{**lines[0], "behind": {**lines[0]["behind"], **counts}}, *lines[1:]]

    return spoil


def inside(name: str) -> Spoil:
    """A list that is inside and behind at once."""

    def spoil(lines: list[Any]) -> list[Any]:
        return [{**lines[0], name: [with_check("000000008")]}, *lines[1:]]

    return spoil


DAMAGES: list[tuple[Spoil, str]] = [
    (lambda lines: lines[1:], "bundle.form"),
    (lambda lines: [lines[0], *lines[2:]], "bundle.form"),
    (lambda lines: [lines[1], lines[0], *lines[2:]], "bundle.form"),
    (lambda lines: [lines[0], lines[1], *lines[1:]], "bundle.form"),
    (lambda lines: [*lines, lines[1]], "bundle.form"),
    (lambda lines: [lines[0], *lines], "bundle.form"),
    (changed(1, first=1), "bundle.form"),
    (changed(1, first="0"), "bundle.form"),
    (changed(1, list="unheard"), "bundle.form"),
    (changed(1, list="desk"), "bundle.form"),
    (changed(1, rows=[1]), "bundle.form"),
    (changed(1, rows=[]), "bundle.form"),
    (changed(1, more=1), "bundle.form"),
    (behind(decisions=2), "bundle.form"),
    (behind(decisions=0), "bundle.form"),
    (behind(version=1), "bundle.form"),
    (behind(unheard=1), "bundle.form"),
    (inside("revoked_vouchers"), "bundle.form"),
    (lambda lines: [{**lines[0], "v": 3}, *lines[1:]], "bundle.form"),
    (lambda lines: lines[:-1], "paid.damaged"),
    (changed(-1, first=1), "paid.damaged"),
    (changed(-1, rows=["AAB="]), "paid.damaged"),
    (changed(-1, rows=["A"]), "paid.damaged"),
    (changed(-1, rows=["\u00e9\u00e9"]), "paid.damaged"),
    (changed(-1, rows=[1]), "paid.damaged"),
    (changed(-1, rows=["AAA="]), "paid.damaged"),
    (lambda lines: [*lines, {"t": "photo"}], "bundle.form"),
    (lambda lines: [*lines, {"t": "paid", "first": 0, "pages": []}], "paid.damaged"),
]


def as_lines(records: Sequence[Any]) -> list[Line]:
    written = [record if isinstance(record, bytes) else msgspec.json.encode(record) for record in records]
    return [Line(n, msgspec.json.decode(line), line) for n, line in enumerate(written, start=2)]


def test_no_damage_goes_unseen(programme: Programme) -> None:
    told, pages = paid_list.build([(f"{n:010d}", "DEP") for n in range(2_000)], date(2026, 11, 21))
    records = list(bundle_lines(msgspec.structs.replace(full(programme), paid=told), pages))

    def judged(desk: Desk, spoil: Spoil) -> str:
        try:
            with desk.store.write() as connection:
                lines = installing.Stretches(iter(as_lines(spoil(records))))
                bundle = installing.read_bundle(lines.one("bundle").value)
                installing.checked(take_lists(connection, bundle, lines.of(LISTED)))
                lines.end()
        except Fault as fault:
            return fault.code
        return ""

    with programme.open("one") as desk:
        before = state(desk)
        for place, (spoil, code) in enumerate(DAMAGES):
            assert (place, judged(desk, spoil)) == (place, code)
            assert state(desk) == before
        assert judged(desk, lambda lines: lines) == ""


@pytest.mark.parametrize("place", [1, -2, -1], ids=["a list of keys", "a list of numbers", "the paid list"])
def test_a_damaged_file_is_refused_whole(programme: Programme, place: int) -> None:
    told, pages = paid_list.build([(f"{n:010d}", "DEP") for n in range(2_000)], date(2026, 11, 21))
    more = msgspec.structs.replace(full(programme), paid=told)
    records = list(bundle_lines(more, pages))
    before = programme.at("one", "clerk", state)
    path = signed(programme, more, changed(place, first=1)(records))
    with pytest.raises(Fault, match=r"paid\.damaged" if place == -1 else r"bundle\.form"):
        installed(programme, path)
    assert programme.at("one", "clerk", state) == before


def test_rows_fill_lines_and_no_line_is_too_long() -> None:
    rows = [Decision(household(n), "proceed", n) for n in range(MANY)]
    lines = list(list_lines("decisions", rows))
    assert LONGEST_LINE * 0.9 < max(map(len, lines)) < LONGEST_LINE
    assert len(lines) == -(-sum(map(len, lines)) // LONGEST_LINE)
    told = as_lines(lines)
    ((name, read),) = ((name, list(rows)) for name, rows in lists_in(told, {"decisions": MANY}))
    assert (name, read) == ("decisions", rows)
    with pytest.raises(Fault, match=r"bundle\.form"):
        [list(rows) for _, rows in lists_in(told[::-1], {"decisions": MANY})]
    with pytest.raises(Fault, match=r"bundle\.form"):
        [name for name, _ in lists_in(told, {"decisions": MANY})]  # nobody read the rows
