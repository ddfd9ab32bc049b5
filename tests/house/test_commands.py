"""Every act of the program: one name each, somebody who may do it, and words for the audit page."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from functools import lru_cache
from typing import Any

import pytest

import helpdesk
from helpdesk.core.catalogues import load
from helpdesk.desk.commands import Act, Command, may
from helpdesk.desk.roles import Role

DESK_ROLES = {Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR}

# what only one hand may do, whoever edits the decorators
ONLY = {
    "voucher.approve": {Role.SUPERVISOR},
    "voucher.void": {Role.SUPERVISOR},
    "card.revoke": {Role.SUPERVISOR},
    "batch.plan": {Role.SUPERVISOR},
    "batch.written": {Role.SUPERVISOR},
    "batch.install": {Role.SUPERVISOR},
    "users.add": {Role.ADMINISTRATOR},
    "users.remove": {Role.ADMINISTRATOR},
    "desk.enrol": {Role.ADMINISTRATOR},
    "household.register": {Role.CLERK, Role.SUPERVISOR},
    "household.open": {Role.CLERK, Role.SUPERVISOR},
    "voucher.pay": {Role.CLERK, Role.SUPERVISOR},
}


@lru_cache(maxsize=1)
def commands() -> dict[str, Command[..., Any]]:
    """Every declared command by its name, found by walking the modules of the program."""
    found: dict[str, Command[..., Any]] = {}
    for module in pkgutil.walk_packages(helpdesk.__path__, "helpdesk."):
        if ".versions" in module.name or module.name.endswith((".env", "__main__")):
            continue
        for _, thing in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if isinstance(getattr(thing, "roles", None), frozenset) and hasattr(thing, "name"):
                assert found.setdefault(thing.name, thing) is thing, f"two commands are called {thing.name}"
    return found


def test_the_walk_finds_the_acts() -> None:
    assert set(ONLY) <= set(commands())
    assert len(commands()) > 30


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_has_a_name_and_somebody_who_may(name: str) -> None:
    command = commands()[name]
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", name)
    assert len(name) <= 40
    assert command.roles
    assert command.roles <= set(Role)


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_takes_an_act_first(name: str) -> None:
    first = next(iter(inspect.signature(commands()[name]).parameters.values()))
    assert first.name == "act"
    assert first.annotation in ("Act", Act)


@pytest.mark.parametrize("name", sorted(ONLY))
def test_what_needs_a_certain_hand_stays_in_it(name: str) -> None:
    assert {role for role in Role if may(role, commands()[name])} == ONLY[name]


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_centre_is_no_desk_and_a_desk_no_centre(name: str) -> None:
    command = commands()[name]
    at_the_centre = command.__module__.startswith("helpdesk.centre.")  # type: ignore[attr-defined]
    assert at_the_centre == (command.roles == {Role.CENTRE})
    assert at_the_centre or command.roles <= DESK_ROLES


def test_every_act_has_words_for_the_audit_page() -> None:
    said = {str(message.id): message.string for message in load("en") if message.context == "act"}
    assert not [name for name in sorted(commands()) if not said.get(name)]
