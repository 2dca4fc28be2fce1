"""Ids: 63-bit integers inside, 13 Crockford base32 characters outside (JSON readers and Excel spoil long integers)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 13
# I, L and O are what people type for 1, 1 and 0 (Crockford).
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"I": 1, "L": 1, "O": 0}


def encode_id(number: int) -> str:
    """13 characters, sorted like the numbers."""
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def decode_id(text: str) -> int | None:
    """The number behind an outside id; None where it is no id."""
    wanted = text.strip().upper()
    if len(wanted) != LENGTH or any(letter not in _VALUES for letter in wanted):
        return None
    number = 0
    for letter in wanted:
        number = number * 32 + _VALUES[letter]
    return number if number < 1 << 63 else None
