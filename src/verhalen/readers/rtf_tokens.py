"""The grammar of RTF: braces, control words, bytes in hexadecimal, and text. Never recursive, linear in the size."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"([^\\{}\r\n]+)"
    r"|\\([A-Za-z]+)(-?\d{1,10})? ?"
    r"|((?:\\'[0-9A-Fa-f]{2})++)"
    r"|([{}])"
    r"|\\([^A-Za-z])"
    r"|[\r\n]+"
)
TEXT, WORD, ARGUMENT, BYTES, BRACE, SIGN = range(1, 7)
"""Groups of TOKEN; the last one that took part tells what it is. Line ends in the file mean nothing and have none."""

_INSIDE = re.compile(r"\\(?:bin(\d{1,9}) ?|.)|[{}]", re.DOTALL)


def end_of_group(raw: str, place: int) -> int:
    """Where the brace stands that closes the group in which `place` lies; the end of the file where there is none."""
    depth = 1
    while True:
        for match in _INSIDE.finditer(raw, place):
            sign = match.group()
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if not depth:
                    return match.start()
            elif match[1]:
                # So many bytes are no RTF, whatever they look like.
                place = match.end() + int(match[1])
                break
        else:
            return len(raw)
