"""Households and the persons in them: register, consents, documents, intentions, barriers, cards, lists.

Nothing here prints, exports or draws; nothing personal is written before the data consent is (rules.py).
"""
