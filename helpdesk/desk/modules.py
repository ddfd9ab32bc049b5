"""Modules of the toolkit that a programme may switch off for a desk (S72), by its bundle. What keeps people safe stays.

Where a module is off nothing new is begun: its act is refused in words, and pages that begin with it are not shown.
What is recorded already stays, can be finished and corrected, is read by reports and travels on. Safeguards are no
modules, so no bundle can take a condition of a departure away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.core.codes import CodeList
from helpdesk.core.errors import Refusal

MODULE = CodeList("module", "VOUCHERS", "SERVICES", "LESSONS")
"""What may be switched off. Sessions and visits are conditions of a departure; clearances, places, withdrawal, calls,
referrals and feedback protect people: none of them is here."""
BEGINS: Final = {
    "voucher.plan": "VOUCHERS",
    "grant.plan": "VOUCHERS",
    "service.deliver": "SERVICES",
    "lesson.note": "LESSONS",
}
"""The acts that begin something of each module."""


def unknown(modules: Mapping[str, bool]) -> tuple[str, ...]:
    """Names that are no modules: neither a centre writes them nor a desk takes them."""
    return tuple(sorted(name for name in modules if name not in MODULE))


def is_on(modules: Mapping[str, bool], act: str) -> bool:
    """Whether an act may be done as far as modules go: all are on that no bundle switches off."""
    module = BEGINS.get(act)
    return module is None or modules.get(module, True)


def allow(modules: Mapping[str, bool], act: str) -> None:
    """Refuse what would begin something of a module that is off. Raises Refusal("module.off")."""
    if not is_on(modules, act):
        raise Refusal("module.off")
