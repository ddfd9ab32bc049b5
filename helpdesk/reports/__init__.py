"""Indicators, tables and charts over the register, and the spreadsheets they leave in.

It reads; it never writes a record.
"""
