"""The way of a family: intention, barriers, visits, clearances, safeguards, departure, arrival, monitoring.

It knows no money and no paper.
"""
