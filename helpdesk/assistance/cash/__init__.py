"""Cash: what came into a pay point's box, what went out, and the day's end that proves both by counting."""
