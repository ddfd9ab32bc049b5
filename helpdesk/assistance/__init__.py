"""What families receive: grants and their vouchers. The journey's gates are not here, printing is not here."""
