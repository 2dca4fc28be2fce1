"""The only SQL. Nouns in and out; typed columns for analysis; never a row or a cursor."""
