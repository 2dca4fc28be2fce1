"""Words x numbers: pure functions over typed columns."""
