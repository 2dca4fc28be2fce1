"""Codes of families with a check letter: a digit that is mistyped, or two that change places, is noticed.

`G012` is a code without one and stays what it is. `G012H` carries one: nobody learns a code by heart, and a score on
the wrong family is seen by nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from verhalen import errors

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""23 letters, a prime: no I, O or Q, which look like 1 and 0."""
_CHECKED = re.compile(r"([A-Z]{1,3})([0-9]{2,9})([A-Z])")
_PLAIN = re.compile(r"([A-Z]{1,3})([0-9]{2,9})[A-Z]?")


def check_letter(digits: str) -> str:
    """The letter that belongs to some digits: each weighs by its place from the right, 2, 3, 4 and so on.

    Weights and differences of digits stay below the prime, and neighbours weigh differently: one digit changed, or two
    neighbours changed over, always gives another letter.
    """
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), start=2))
    return _LETTERS[total % len(_LETTERS)]


def has_wrong_letter(code: str) -> bool:
    """Whether a code ends in a letter that does not belong to its digits; codes of another form have none."""
    found = _CHECKED.fullmatch(code)
    return found is not None and check_letter(found[2]) != found[3]


def is_mistyped(code: str, known: Collection[str]) -> bool:
    """Whether a code that is typed or imported must be refused: a wrong letter, and no family that has this very code."""
    return code not in known and has_wrong_letter(code)


def no_family(code: str) -> errors.VerhalenError:
    """What to raise for the code of a family that is not there: perhaps its letter says why."""
    return errors.WrongCheckLetter() if has_wrong_letter(code) else errors.UnknownFamily(key=code)


def no_person(key: str) -> errors.VerhalenError:
    """What to raise for a person who is not there."""
    family = key.partition(".")[0]
    return errors.WrongCheckLetter() if has_wrong_letter(family) else errors.UnknownPerson(key=key)


def next_code(known: Iterable[str]) -> str:
    """The next free code with its letter: it goes on where the codes that are there stop, in their own form."""
    found = [match for code in known if (match := _PLAIN.fullmatch(code))]
    prefix = Counter(match[1] for match in found).most_common(1)[0][0] if found else "G"
    numbers = [match[2] for match in found if match[1] == prefix]
    width = max(map(len, numbers), default=3)
    digits = str(max(map(int, numbers), default=0) + 1).zfill(width)
    return f"{prefix}{digits}{check_letter(digits)}"
