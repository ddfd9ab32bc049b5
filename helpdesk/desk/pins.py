"""How long a PIN is. Light enough for the blank page, which is there before the store: it imports nothing.

The same where it is set and where it is typed: what the field cuts off would never open again.
"""

from __future__ import annotations

SHORTEST_PIN = 4
LONGEST_PIN = 12
