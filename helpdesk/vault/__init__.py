"""Keys, the encrypted store and the records in it. It knows no household: kinds are handed in by the slices."""
