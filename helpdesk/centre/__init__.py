"""The centre: takes batches in, answers them, tells desks whom to believe. On the encrypted store or PostgreSQL."""
