"""Paper: text in four languages, pages, QR codes, cards, vouchers, slips and forms as PDF."""
