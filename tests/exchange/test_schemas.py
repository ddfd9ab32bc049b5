"""What is published of our files' shapes is what the program reads and writes."""

from __future__ import annotations

from helpdesk.core.resources import resource
from helpdesk.exchange.schemas import schemas


def test_published_schemas_are_fresh() -> None:
    folder = resource("schemas")
    stale = [name for name, text in schemas().items() if (folder / name).read_bytes() != text]
    assert not stale, "run python -m helpdesk.exchange.schemas"
