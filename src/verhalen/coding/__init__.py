"""What a coder does: rules first, then one change."""
