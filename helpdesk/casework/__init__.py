"""Acts that touch journey and assistance in one transaction: withdraw, depart, arrive, split, merge, close.

It holds no tables of its own.
"""
