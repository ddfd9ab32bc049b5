"""What is asked of a family, in pieces that pages put together: they read answers into documents and ask no store."""
