"""Most Significant Change: telling and selecting."""
