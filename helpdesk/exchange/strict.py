"""Strict JSON for lines of foreign files, fast: the same judgement as ``core.canonical.read_strict``.

A compiled reader goes first and is believed only where it writes the very same bytes again; every other line is
judged by ``read_strict`` itself. So the two can never differ in what they accept.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from types import GenericAlias
from typing import Annotated, Any, Final

import msgspec

from helpdesk.core.canonical import LARGEST, read_strict
from helpdesk.core.errors import Fault

_Whole = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]


def _nested(depth: int) -> Any:
    # JSON without floats, integers within bounds, at most ``depth`` containers deep
    plain = (None | bool, _Whole, str)
    shape: Any = reduce(or_, plain)
    for _ in range(depth):
        shape = reduce(or_, (*plain, GenericAlias(list, (shape,)), GenericAlias(dict, (str, shape))))
    return shape


_USUAL_DEPTH: Final = 8
"""Our own records never nest deeper; each level doubles the compiled shape, and sixteen would take seconds to build."""

_decoder: Final = msgspec.json.Decoder(GenericAlias(dict, (str, _nested(_USUAL_DEPTH - 1))))
_encoder: Final = msgspec.json.Encoder()


def read_object(data: bytes, code: str) -> dict[str, Any]:
    """One JSON object. Raises ``Fault(code, reason=...)`` exactly where ``read_strict`` does, or for no object."""
    try:
        value: dict[str, Any] = _decoder.decode(data)
        # equal bytes mean no key twice, no second spelling; an escaped U+0000 would still be the same
        if b"\\u0000" not in data and _encoder.encode(value) == data:
            return value
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    judged = read_strict(data, code)
    if not isinstance(judged, dict):
        raise Fault(code, reason="not an object")
    return judged


def read_line(raw: bytes, number: int) -> dict[str, Any]:
    """One line of a payload. Raises ``Fault("fvb.json", line=number)`` and, without a text ``t``, ``fvb.line``."""
    try:
        value = read_object(raw, "fvb.json")
    except Fault as fault:
        raise Fault("fvb.json", line=number, reason=fault.values["reason"]) from None
    if not isinstance(value.get("t"), str):
        raise Fault("fvb.line", line=number)
    return value
