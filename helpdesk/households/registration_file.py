"""A registration as a JSON document from outside: how it is read, and the schema that other programs write it by.

The document is ``forms.Registration``; its id may be left out. It holds no rule: the command checks every one.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from helpdesk.core.codes import CodeList
from helpdesk.households import codes
from helpdesk.households.forms import Registration

SCHEMA_FILE: Final = "registration.schema.json"

_LISTS: Final[dict[tuple[str, str], CodeList]] = {
    ("Registration", "population"): codes.POPULATION,
    ("Registration", "spoken"): codes.SPOKEN,
    ("Registration", "reading"): codes.READING,
    ("ConsentAnswer", "purpose"): codes.PURPOSE,
    ("ConsentAnswer", "answer"): codes.CONSENT_ANSWER,
    ("ConsentAnswer", "form"): codes.CONSENT_FORM,
    ("ConsentAnswer", "language"): codes.SPOKEN,
    ("MemberEntry", "sex"): codes.SEX,
    ("MemberEntry", "birth_precision"): codes.PRECISION,
    ("MemberEntry", "relation"): codes.RELATION,
    ("MemberEntry", "presence"): codes.PRESENCE,
    ("DisplacementAnswer", "cause"): codes.CAUSE,
    ("DisplacementAnswer", "tried_return"): codes.YES_NO,
    ("DisplacementAnswer", "relatives_returned"): codes.YES_NO,
    ("IntentionAnswer", "choice"): codes.CHOICE,
    ("IntentionAnswer", "horizon"): codes.HORIZON,
    ("IntentionAnswer", "dwelling"): codes.DWELLING,
    ("IntentionAnswer", "decider"): codes.DECIDER,
    ("IntentionAnswer", "reasons"): codes.REASON,
    ("IntentionAnswer", "information_needs"): codes.INFORMATION,
    ("LikenessAnswer", "answer"): codes.LIKENESS,
    ("SealedAnswers", "barriers"): codes.SEALED_BARRIER,
    ("SealedPerson", "absence"): codes.ABSENCE,
    ("SealedPerson", "marital"): codes.MARITAL,
}
"""Which answers are codes of which list: (struct, field)."""


def with_id(document: Any, household_id: str) -> Any:
    """The document with an id where it has none. Without one a document that is sent twice registers twice."""
    if isinstance(document, dict):
        return {"household_id": household_id, **document}
    return document


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a registration: its types from the form, its codes from the lists."""
    (_, components) = msgspec.json.schema_components([Registration], ref_template="#/$defs/{name}")
    for (struct, field), listed in _LISTS.items():
        _allow(components[struct]["properties"][field], listed)
    form = components["Registration"]
    form["required"] = [name for name in form["required"] if name != "household_id"]
    form["properties"]["household_id"]["format"] = "uuid"
    components["Phone"]["properties"]["number"]["pattern"] = r"^\+[0-9]{6,15}$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Help Desk: a registration",
        "$ref": "#/$defs/Registration",
        "$defs": components,
    }


def _allow(place: dict[str, Any], listed: CodeList) -> None:
    # the string itself, the string of "string or null", or the items of an array
    for candidate in (place, place.get("items", {}), *place.get("anyOf", ())):
        if candidate.get("type") == "string":
            if listed.grows:  # the centre may have added to it: the command knows what holds at its desk
                candidate["examples"] = list(listed)
            else:
                candidate["enum"] = list(listed)


def schema_text() -> bytes:
    """The schema as it is published in ``resources/schemas``."""
    return msgspec.json.format(msgspec.json.encode(schema(), order="sorted"), indent=2) + b"\n"
