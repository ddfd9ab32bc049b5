"""Kits: household arrival packages as stock, from the lorry to the family, counted like money."""
