"""The kinds of record of preparing: events all, so two desks' answers never meet in one record."""

from __future__ import annotations

from helpdesk.journey.preparing.documents import Briefing, GuardianCheck, Information, Reconfirmation, RelocationCheck
from helpdesk.vault.records import Kind

INFORMATION = Kind("information", Information, event=True)
RECONFIRMATION = Kind("reconfirmation", Reconfirmation, event=True)
BRIEFING = Kind("briefing", Briefing, event=True)
RELOCATION_CHECK = Kind("relocation_check", RelocationCheck, event=True)
GUARDIAN_CHECK = Kind("guardian_check", GuardianCheck, event=True)

KINDS = (INFORMATION, RECONFIRMATION, BRIEFING, RELOCATION_CHECK, GUARDIAN_CHECK)
