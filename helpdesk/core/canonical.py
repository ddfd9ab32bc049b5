"""RFC 8785 canonical JSON and its strict reader: the only JSON that is hashed, signed or compared.

Our documents hold no floats and no integer beyond 2**53 (FORMATS.md), so the number rules of RFC 8785
reduce to plain integers; keys sort by UTF-16 code units.
"""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core.errors import Fault

LARGEST = 2**53 - 1
DEEPEST = 16


def canonical(value: Any) -> bytes:
    """``value`` (None, bool, int, str, list or tuple, dict with text keys) as RFC 8785 bytes.

    Raises TypeError for floats and other types and ValueError for integers beyond 2**53 and lone surrogates:
    both are our own bugs.
    """
    return _encoder.encode(_checked(value)).encode("utf-8")


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False)


def _checked(value: Any) -> Any:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("integer beyond 2**53")
        return value
    if isinstance(value, (list, tuple)):
        return [_checked(item) for item in value]
    if isinstance(value, dict):
        keys = sorted(value) if all(key.isascii() for key in value) else sorted(value, key=_utf16)
        return {key: _checked(value[key]) for key in keys}
    raise TypeError(f"{type(value).__name__} has no canonical JSON form")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def read_strict(data: bytes, code: str = "json.invalid") -> Any:
    """Parse one JSON document as a reader of foreign files must. Raises ``Fault(code, reason=...)``.

    Refused: bytes that are not UTF-8, duplicate keys, NaN and infinities, every float, integers beyond 2**53,
    U+0000, lone surrogates, depth over 16.
    """
    _check_depth(data, code)
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_constant=_no_number,
            parse_float=_no_number,
            parse_int=_whole,
        )
        _check_text(value)
    except (ValueError, RecursionError) as error:
        raise Fault(code, reason=str(error)[:80]) from None
    return value


def _check_depth(data: bytes, code: str) -> None:
    # counted on the bytes, before the parser may recurse: 100,000 brackets cost nothing
    depth = deepest = 0
    in_text = escaped = False
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return
    for byte in data:
        if in_text:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_text = False
        elif byte == 0x22:
            in_text = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > DEEPEST:
                raise Fault(code, reason="nested too deep")
        elif byte in b"]}":
            depth -= 1


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_number(text: str) -> Any:
    raise ValueError("not a whole number")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise ValueError("integer too large")
    return int(text)


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("U+0000")
        value.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
