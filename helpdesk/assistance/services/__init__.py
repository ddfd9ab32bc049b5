"""What is offered where, and what was given: the service directory and services delivered (DOMAIN.md 2.17)."""
