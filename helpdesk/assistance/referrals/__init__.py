"""Referrals of families to whoever can help them, from the draft to the honest end (DOMAIN.md 2.16)."""
