"""Exact tests and intervals, standard library only."""
