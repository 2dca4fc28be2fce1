"""Measures, never tests: each figure beside its raw counterpart in the same run, since machines differ and are shared."""
