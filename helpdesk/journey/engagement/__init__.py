"""Sessions and events that inform people, and who came: by card, or only counted."""
