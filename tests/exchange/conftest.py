"""A small right file, and a maker of files by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpdesk.exchange.outgoing import Outgoing, Written
from tests.exchange.fvb import (
    DEVICE,
    INTAKE,
    RECORDS,
    RECOVERY,
    SUPERVISOR,
    cipher_of,
    file_of,
    heading,
    plain_of,
)


@pytest.fixture
def small(tmp_path: Path) -> Written:
    return Outgoing(tmp_path).write(
        heading(prev="ab" * 32), RECORDS, [DEVICE, SUPERVISOR], [INTAKE.recipient, RECOVERY.recipient]
    )


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    def make(*lines: bytes, **how: Any) -> Path:
        content = {name: how.pop(name) for name in ("manifest", "end") if name in how}
        return file_of(tmp_path / "made.fvb", cipher_of(plain_of(*lines, **content)), **how)

    return make
