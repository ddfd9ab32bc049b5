"""The window's own controls: they know words, colours and keys, but no page, no query and no store."""
