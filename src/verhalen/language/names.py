"""What would identify somebody: e-mail, telephone, bank account and national register numbers, by rule and checksum.

Names of people and places follow with the review screen; until then the count is a warning, and a person must read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span


def find_names(
    text: str, *, known: Mapping[str, NameKind] | None = None, speakers: Sequence[str] = ()
) -> list[Finding]:
    """Every place that would identify somebody, in reading order, none overlapping; the names in `known` are the strongest."""
    return sorted(find_identifying(text), key=lambda each: each.span)


def find_identifying(text: str) -> Iterator[Finding]:
    """Every place that a rule recognises, in order of the rules."""
    for kind, pattern, holds in _RULES:
        for match in pattern.finditer(text):
            if holds(match.group()):
                yield Finding(kind, Span(match.start(), match.end()))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_register_number(text: str) -> bool:
    """A Belgian national register number: the last two digits are 97 minus the rest modulo 97 (from 2000 on with a 2 before)."""
    digits = _digits(text)
    if len(digits) != 11:
        return False
    number, check = int(digits[:9]), int(digits[9:])
    return check in (97 - number % 97, 97 - (2_000_000_000 + number) % 97)


def is_iban(text: str) -> bool:
    """An IBAN whose rearranged digits are 1 modulo 97 (ISO 13616)."""
    plain = re.sub(r"\s", "", text).upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def _any(_: str) -> bool:
    return True


def _is_phone(text: str) -> bool:
    return 9 <= len(_digits(text)) <= 12


_RULES: tuple[tuple[NameKind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (NameKind.MAIL, re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b"), _any),
    (
        NameKind.REGISTER,
        re.compile(r"\b\d{2}[.\s]?\d{2}[.\s]?\d{2}[-\s.]?\d{3}[.\s]?\d{2}\b"),
        is_register_number,
    ),
    (NameKind.ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"), is_iban),
    (
        NameKind.PHONE,
        re.compile(r"(?<![\d.])(?:\+32|0032|0)[ .]?\d{1,3}(?:[ ./-]?\d{2,3}){2,4}(?!\d)"),
        _is_phone,
    ),
)
