"""The only spaCy, loaded late."""
