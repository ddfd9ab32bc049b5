"""The three roles at a desk. Light enough for the sign-in page: it imports nothing of the store."""

from __future__ import annotations

from enum import StrEnum

from helpdesk.core.codes import CodeList


class Role(StrEnum):
    """Clerk: registers and serves. Supervisor: approves, exports, decides. Administrator: users and set-up."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    CENTRE = "centre"


ROLES = CodeList("role", "clerk", "supervisor", "administrator", "centre")
EVERYBODY = (Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)
FAMILIES = (Role.CLERK, Role.SUPERVISOR)
NAMES = (*FAMILIES, Role.CENTRE)
"""Who may read of families by name. Whoever only makes accounts may not."""
