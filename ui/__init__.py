"""The window: it shows what the core says and carries what is typed. It knows no rule and no store."""
