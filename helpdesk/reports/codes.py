"""The code lists of reports: the six indicators of the status table, and what stands below them (DOMAIN.md 4.1)."""

from __future__ import annotations

from typing import Final

from helpdesk.core.codes import CodeList

INDICATOR = CodeList("indicator", "I1", "I2", "I3", "I4", "I5", "I6")
"""In the order of the table; the labels are the programme's own words."""
BESIDE: Final = ("I4", "I6")
"""Indicators whose balance may say a second number, for the footnote: departed earlier, and works still going on."""
IDP: Final = ("CAMP", "OOC")
"""The displaced among the population groups: the only ones that I1 counts."""
