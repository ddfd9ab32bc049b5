"""Vouchers from the plan to the payment, and the ledger of every act on them (DOMAIN.md 2.14).

Who is entitled to what is ``grants``' matter, cash in the box is ``cash``'s; no page, paper or file is made here.
"""
