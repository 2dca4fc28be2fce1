"""The Python door: `open_project()` and one short typed method per operation, one module per noun."""
