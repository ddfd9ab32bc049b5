"""Pictures of a table's counts: drawn plainly, labelled directly, and never without their table beside them."""
