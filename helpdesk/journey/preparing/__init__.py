"""What is done with one family before she leaves: information, each adult's own word, the briefing."""
