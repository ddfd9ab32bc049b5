"""The published schema of a registration is the form's own, with its codes, and does not ask for an id."""

from __future__ import annotations

from typing import Any

from helpdesk.core.resources import resource
from helpdesk.households import codes
from helpdesk.households.registration_file import SCHEMA_FILE, schema, schema_text, with_id


def test_the_published_schema_is_fresh() -> None:
    published = resource("schemas", SCHEMA_FILE)
    assert published.read_bytes() == schema_text(), f"write schema_text() to {published.name}"


def test_codes_are_named_and_the_id_may_be_left_out() -> None:
    form: dict[str, Any] = schema()["$defs"]["Registration"]
    assert "household_id" not in form["required"]
    assert form["properties"]["population"]["enum"] == list(codes.POPULATION)
    reading = form["properties"]["reading"]["anyOf"]
    assert {"type": "string", "enum": list(codes.READING)} in reading
    assert {"type": "null"} in reading
    sealed = schema()["$defs"]["SealedAnswers"]["properties"]["barriers"]
    assert sealed["items"]["enum"] == list(codes.SEALED_BARRIER)


def test_an_id_that_is_there_stays() -> None:
    assert with_id({"household_id": "a"}, "b") == {"household_id": "a"}
    assert with_id({}, "b") == {"household_id": "b"}
    assert with_id([1], "b") == [1]
