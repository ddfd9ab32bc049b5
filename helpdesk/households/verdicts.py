"""What the desk says to whoever holds up a card: one sentence for each verdict of the list ``card_verdict``.

Sentences only; the verdict itself is made in cards.py.
"""

from __future__ import annotations

from typing import Final

from helpdesk.core.language import N_

CARD_SENTENCES: Final = {
    "LIVE": N_("The card is genuine and in force. Compare the number of persons and the holder's own ID."),
    "REPLACED": N_("The card is genuine, but a newer one was issued. Keep it and ask for the newer one."),
    "REVOKED": N_("The card was declared void. Do not act on it; call the supervisor."),
    "EXPIRED": N_("The card is genuine but too old. Print a fresh one for the family."),
    "NOT_GENUINE": N_("This is no card of the programme, or the scan is damaged. Scan it again, then find the family "
                      "by number or name."),
    "UNKNOWN_ISSUER": N_("This desk does not know who issued the card. Install the newest lists from the centre and "
                         "scan it again."),
    "TYPED": N_("A typed number is not verified: it only finds the family. Scan the card's code, or compare the "
                "holder's own ID."),
    "TYPED_UNKNOWN": N_("A typed number is not verified, and this desk knows no family with it. Scan the card's code."),
}  # fmt: skip
