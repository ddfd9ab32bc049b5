"""The three ways an act can end other than well; whatever else is raised is our own bug.

An error carries a code and values, never a sentence: the sentence stands in the catalogues
(``helpdesk.core.language.Words.sentence``), so that window, paper and command line say the same thing
in every language. Values never hold personal data that the person at the screen may not see.
"""

from __future__ import annotations


class HelpDeskError(Exception):
    """Base of all expected failures: ``code`` names a sentence of the catalogue, ``values`` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return self.code


class Refusal(HelpDeskError):
    """A rule of the programme says no. Nothing was changed; the person can do something about it."""


class Fault(HelpDeskError):
    """Disk, key or file fail: nobody's decision. Nothing was changed; the code names what broke."""


class Stopped(Exception):
    """Somebody pressed stop. Silent at every door; nothing half-done stays behind."""


def code(text: str) -> str:
    """Mark an error code that travels as a value (a list's problems): it gets its sentence like every other code."""
    return text
