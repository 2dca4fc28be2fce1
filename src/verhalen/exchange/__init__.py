"""What crosses the border of a project as data."""
