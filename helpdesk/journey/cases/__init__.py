"""The case of a household: its state, the gate with its safeguards, waivers, and what is still missing."""
