"""Acts that touch journey and assistance in one transaction: withdraw, split, merge, change of members, close.

Its own records say what happened and when; the rooms below hold everything that follows from it.
"""
