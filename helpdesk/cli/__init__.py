"""The command line: one module per noun, and the root that finds them."""
