"""What the desk says to whoever holds up a voucher: one sentence for each verdict of the list ``voucher_verdict``.

Sentences only; the verdict itself is made in checks.py.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.language import N_

VOUCHER_SENTENCES: Final = {
    "LIVE": N_("The voucher is genuine, unpaid and payable here today."),
    "PAID": N_("The voucher was paid already. Do not pay it again."),
    "VOID": N_("The voucher was declared void. Do not pay it; call the supervisor."),
    "SUSPENDED": N_("The family withdrew, and may take that back for seven days. Do not pay the voucher before."),
    "LOST": N_("The family reported this paper lost. Do not pay it; keep the paper and call the supervisor."),
    "REPLACED": N_("Another paper stands for this one, which was lost. Do not pay it; keep it for the supervisor."),
    "DISPUTED": N_("Somebody said that this voucher is not right. Do not pay it before a supervisor has settled it."),
    "UNCLAIMED": N_("Nobody came for this voucher on its day. A supervisor returns it to stock before it is paid."),
    "EXPIRED": N_("The voucher's last day has passed. Do not pay it; the family asks for a new one."),
    "NOT_YET": N_("The voucher's first day has not come. Ask the family to come back on that day."),
    "ELSEWHERE": N_("The voucher is genuine but payable at another pay point."),
    "NOT_GENUINE": N_("This is no voucher of the programme, or the scan is damaged. Scan it again; do not pay it."),
    "UNKNOWN_ISSUER": N_("This desk does not know who issued the voucher. Install the newest lists from the centre; "
                         "do not pay it before."),
    "TYPED": N_("A typed number is not verified. Scan the voucher's code before anything is paid."),
    "TYPED_UNKNOWN": N_("A typed number is not verified, and this desk knows no voucher with it. Scan its code."),
}  # fmt: skip
