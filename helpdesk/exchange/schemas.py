"""The published shapes of everything that leaves a desk: JSON Schemas made from the documents themselves.

``python -m helpdesk.exchange.schemas`` writes them to ``resources/schemas``; a test keeps them fresh.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from helpdesk.core.resources import resource
from helpdesk.desk.audit import AuditEntry
from helpdesk.desk.bundle import ProgrammeKeys, WholeBundle
from helpdesk.exchange.acks import Ack
from helpdesk.exchange.bundle_lines import ListLine, PaidLine
from helpdesk.exchange.enrolment import Enrolment
from helpdesk.exchange.kinds import KINDS
from helpdesk.exchange.payload import Manifest
from helpdesk.exchange.statement import Statement
from helpdesk.households.documents import SealedAnswers

FILES: dict[str, Any] = {
    "programme": ProgrammeKeys,
    "statement": Statement,
    "manifest": Manifest,
    "enrolment": Enrolment,
    "bundle": WholeBundle,
    "list": ListLine,
    "paid": PaidLine,
    "ack": Ack,
    "audit": AuditEntry,
    "sealed": SealedAnswers,
}
"""Schemas beside those of the record kinds, which are named ``record-<kind>``."""


def schemas() -> dict[str, bytes]:
    """Every schema by its file name."""
    shapes = {**FILES, **{f"record-{name}": kind.document for name, kind in KINDS.items()}}
    return {f"{name}.schema.json": _written(shape) for name, shape in sorted(shapes.items())}


def _written(shape: Any) -> bytes:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shape)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=1) + b"\n"


def write(folder: Path) -> None:
    """Write every schema into a folder."""
    for name, text in schemas().items():
        (folder / name).write_bytes(text)


if __name__ == "__main__":
    write(resource("schemas"))
    sys.exit(0)
