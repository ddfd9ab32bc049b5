"""Distributions: a day of paying at a pay point, its numbered list, and what became of every line."""
