"""Arrivals: who came, what differed, what was given, and the profile of the family at her new place."""
