"""Relations to another head: what follows by itself when the head of a family changes, and what has to be asked.

Pure rules. Where it does not follow, the relation becomes "other relative": a minor with it is looked at by protection
staff before it travels, so that a guess never makes somebody a parent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_UNCERTAIN: Final = "OREL"
_STAYS: Final = ("FOSTER", "NONREL")
_OF_SPOUSE: Final = {
    "HEAD": "SPOUSE", "CHILD": "CHILD", "CHILDLAW": "CHILDLAW", "GRANDCH": "GRANDCH", "PARENT": "PARLAW",
    "PARLAW": "PARENT",
}  # fmt: skip
_OF_CHILD: Final = {"HEAD": "PARENT", "SPOUSE": "PARENT", "CHILD": "SIB"}


def relations_after(before: Mapping[str, str], head: str, told: Mapping[str, str]) -> dict[str, str]:
    """The relation of each person of ``before`` (person to relation to the old head) once ``head`` is the head.

    ``told`` is what somebody answered, and wins. With a second wife on the roster nobody's mother is guessed.
    """
    if before.get(head) == "HEAD":
        return {**before, **{person: told[person] for person in before if person in told and person != head}}
    guessed = "COWIFE" in before.values()
    by: Mapping[str, str] = {} if guessed else {"SPOUSE": _OF_SPOUSE, "CHILD": _OF_CHILD}.get(before[head], {})
    found = {}
    for person, relation in before.items():
        follows = relation if relation in _STAYS else by.get(relation, _UNCERTAIN)
        found[person] = told.get(person, follows)
    return {**found, head: "HEAD"}
