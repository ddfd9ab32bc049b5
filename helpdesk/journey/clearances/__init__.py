"""Permissions to move: per traveller and authority, with their expiry, and which ones a route asks for."""
