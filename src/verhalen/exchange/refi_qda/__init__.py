"""REFI-QDA: codebooks (.qdc) and projects (.qdpx) as other programs write and read them."""
