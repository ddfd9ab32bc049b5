"""The fast reader of records says the same as the strict ones together, or nothing."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.errors import Fault
from helpdesk.exchange.arrived import Arrived, read_revision, revision_line
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.strict import read_line
from helpdesk.exchange.typed import read_typed
from helpdesk.vault.records import Revision, encode_document, encode_revision
from tests.exchange.fvb import BAD_LINES
from tests.exchange.histories import FIRST


def _revision(record: str, sealed: str | None = None) -> bytes:
    kind, document = FIRST[record]
    return encode_revision(
        Revision(
            kind=kind,
            id=record,
            parents=("0" * 64,) if kind == "household" else (),
            ctr=7,
            device="a" * 16,
            user="u",
            at="2026-11-21T09:00:00.000Z",
            doc=msgspec.Raw(encode_document(document)),
            sealed=sealed,
        )
    )


def _line(record: str) -> bytes:
    signed = record == next(iter(FIRST))
    return revision_line(
        _revision(record),
        event=KINDS[FIRST[record][0]].event,
        sig_key="0f" * 8 if signed else None,
        sig=bytes(64) if signed else None,
    )


LINES = [_line(record) for record in FIRST]


def _slow(raw: bytes) -> Arrived | None:
    try:
        value = read_line(raw, 2)
        return read_revision(value, raw, 2) if value["t"] in ("revision", "event") else None
    except Fault:
        return None


def _same(one: Arrived | None, other: Arrived | None) -> bool:
    if one is None or other is None:
        return one is other
    names = ("id", "kind", "parents", "ctr", "device", "user", "at", "sealed")
    stamps = [[getattr(item.revision, name) for name in names] + [bytes(item.revision.doc)] for item in (one, other)]
    rest = [[item.body, item.hash, item.document, item.sig_key, item.sig] for item in (one, other)]
    return stamps[0] == stamps[1] and rest[0] == rest[1]


def test_what_desks_write_is_read_fast() -> None:
    for raw in LINES:
        fast = read_typed(raw)
        assert fast is not None
        assert _same(fast, _slow(raw))


_PIECES = [
    *(
        b'"',
        b"\\",
        b"\\u0000",
        b"\\ud800",
        b"\\u0061",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b" ",
        b"\n",
        b",",
        b"}",
        b"{",
    ),
    *(b"1.0", b"1e2", b"-0", b"-1", b"null", b"true", b"[]", b"{}", b"9007199254740993", b"99999999999999999999"),
    *(
        b'"a":1,',
        b'"t":"event",',
        b'"sealed":null,',
        b'"sig":null,',
        b'"notes":"",',
        b'"kind":"card",',
        b"A",
        b"\xc3\xa9",
    ),
]


@given(st.sampled_from(LINES), st.data())
def test_a_changed_line_is_judged_alike_or_not_at_all(line: bytes, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 2))):
        begin = data.draw(st.integers(0, len(line)))
        end = data.draw(st.integers(begin, min(len(line), begin + 8)))
        line = line[:begin] + data.draw(st.sampled_from([b"", *_PIECES])) + line[end:]
    fast = read_typed(line)
    assert fast is None or _same(fast, _slow(line))


@given(st.sampled_from(LINES), st.sampled_from(_PIECES), st.data())
def test_a_changed_value_is_judged_alike_or_not_at_all(line: bytes, piece: bytes, data: st.DataObject) -> None:
    # a whole value replaced, so that most of what comes out is still JSON
    at = data.draw(st.sampled_from([n for n, byte in enumerate(line) if byte == 0x3A and line[n - 1] == 0x22])) + 1
    end = at + 1
    while line[end] not in b",}]":
        end += 1
    changed = line[:at] + piece + line[end:]
    fast = read_typed(changed)
    assert fast is None or _same(fast, _slow(changed))


@pytest.mark.parametrize("line", [line for line, _code in BAD_LINES], ids=range(len(BAD_LINES)))
def test_nothing_is_said_of_bad_lines(line: bytes) -> None:
    assert read_typed(line) is None


def test_no_document_holds_what_strict_json_does_not() -> None:
    # equal bytes prove nothing of a float, and nothing of a part that no type reads
    loose = (msgspec.inspect.FloatType, msgspec.inspect.AnyType, msgspec.inspect.RawType, msgspec.inspect.DecimalType)

    def walk(found: object, seen: set[int]) -> None:
        assert not isinstance(found, loose), found
        if isinstance(found, (list, tuple)):
            for part in found:
                walk(part, seen)
        elif isinstance(found, msgspec.Struct) and id(found) not in seen:
            seen.add(id(found))
            for name in found.__struct_fields__:
                if name not in ("cls", "default", "default_factory"):
                    walk(getattr(found, name), seen)

    for kind in KINDS.values():
        walk(msgspec.inspect.type_info(kind.document), set())


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (b'"shelter":""', b'"shelter":"\\u0000"'),
        (b'"shelter":""', b'"shelter":"","shelter":""'),
        (b'"shelter":""', b'"shelter": ""'),
        (b'"size_declared":null', b'"size_declared":9007199254740992'),
        (b'"size_declared":null', b'"size_declared":-9007199254740992'),
        (b'"size_declared":null', b'"size_declared":99999999999999999999'),
        (b'"size_declared":null', b'"size_declared":1.0'),
        (b'"ctr":7', b'"ctr":9007199254740993'),
        (b'"ctr":7', b'"ctr":0'),
        (b'"t":"revision"', b'"t":"event"'),
        (b'"a"', b'"\\u0061"'),
    ],
)
def test_what_types_alone_would_take_is_left_to_the_strict_readers(meant: bytes, written: bytes) -> None:
    line = LINES[0].replace(b'"status":"REGISTERED"', b'"status":"a"') if meant == b'"a"' else LINES[0]
    assert meant in line
    assert read_typed(line.replace(meant, written)) is None
