"""Markdown + project -> document."""
