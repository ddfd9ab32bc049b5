"""Grants: which types there are, what the signed table gives, and who is entitled to what. It knows no voucher."""
