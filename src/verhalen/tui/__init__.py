"""The app. Textual lives here only."""
