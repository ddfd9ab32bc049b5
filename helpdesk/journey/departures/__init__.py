"""Movements on a day: who travels, manifests, the scan at the bus, and the departure itself."""
