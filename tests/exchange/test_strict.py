"""Strict JSON, fast and slow, must judge alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.core.canonical import read_strict
from helpdesk.core.errors import Fault
from helpdesk.exchange import strict
from tests.exchange.fvb import BAD_LINES

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


def _judged(read: Callable[[bytes, str], Any], data: bytes) -> Any:
    try:
        value = read(data, "x")
    except Fault:
        return "refused"
    return value if isinstance(value, dict) else "refused"


@given(st.dictionaries(st.text(max_size=3), _values, max_size=4), st.booleans(), st.sampled_from([None, 1]))
def test_fast_and_strict_readers_judge_alike(value: dict[str, Any], ascii_only: bool, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "surrogatepass")
    assert _judged(strict.read_object, data) == _judged(read_strict, data)
    tight = json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":")).encode("utf-8", "surrogatepass")
    assert _judged(strict.read_object, tight) == _judged(read_strict, tight)


_TOKENS = [
    *("{", "}", "[", "]", ":", ",", '"a"', '"t"', "1", "-0", "1.0", "1e5", "null", "true", " ", "\n"),
    *('"\\u0000"', '"\\ud800"', '"\\\\u0000"', '"\\"', '"\x1f"', '"\\u001f"', '"\\u001F"', '"\\/"', '"\x7f"'),
    *("9007199254740991", "9007199254740992", '{"a":1}', '{"a":1,"a":1}', "[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]"),
]


@given(st.lists(st.sampled_from(_TOKENS), max_size=12), st.booleans())
def test_fast_and_strict_readers_judge_alike_any_tokens(tokens: list[str], wrapped: bool) -> None:
    text = "".join(tokens)
    data = ('{"t":' + text + "}" if wrapped else text).encode()
    assert _judged(strict.read_object, data) == _judged(read_strict, data)


@pytest.mark.parametrize("depth", [14, 15, 16, 17])
@pytest.mark.parametrize("brackets", [(b"[", b"]"), (b'{"a":', b"}")])
def test_fast_and_strict_readers_count_depth_alike(depth: int, brackets: tuple[bytes, bytes]) -> None:
    inner = b"1" if brackets[0] != b"[" else b""
    data = b'{"t":' + brackets[0] * depth + inner + brackets[1] * depth + b"}"
    assert _judged(strict.read_object, data) == _judged(read_strict, data)
    assert (_judged(strict.read_object, data) == "refused") == (depth > 15)


@pytest.mark.parametrize("line", [line for line, _code in BAD_LINES], ids=range(len(BAD_LINES)))
def test_fast_and_strict_readers_refuse_alike(line: bytes) -> None:
    assert _judged(strict.read_object, line) == _judged(read_strict, line)


@pytest.mark.parametrize(
    "line", [b'{"s":"\\u0000"}', b'{"a":1,"a":1}', b'{"a":1.0}', b'{"a":1e999}', b'{"s":"\\ud800"}', b'{"\\u0000":1}']
)
def test_what_a_compiled_reader_alone_would_take_is_refused(line: bytes) -> None:
    assert _judged(strict.read_object, line) == "refused"
