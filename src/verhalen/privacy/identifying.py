"""Values that would say who somebody is: a name, a date of birth, a street with a number, a number, an address for mail."""

from __future__ import annotations

import functools
import re

from verhalen.model.family_rules import is_one_name
from verhalen.model.masking import NameKind

_CODE_END = re.compile(r"\d+[A-Z]?$")
_TELLING = frozenset({
    NameKind.PERSON, NameKind.ADDRESS, NameKind.PHONE, NameKind.MAIL, NameKind.BIRTH, NameKind.REGISTER, NameKind.ACCOUNT,
})  # fmt: skip

_ROLES = frozenset({
    "moeder", "vader", "ouder", "partner", "kind", "oma", "opa", "grootmoeder", "grootvader", "grootouder", "plusmoeder",
    "plusvader", "stiefmoeder", "stiefvader", "zus", "broer", "tante", "nonkel", "oom", "volwassene", "dochter", "zoon",
    "baby", "andere", "gezin",
})  # fmt: skip
"""Words for people in a family, perhaps with a number behind: looking them up in the lists of names would be slow."""


@functools.lru_cache(maxsize=10_000)
def telling_kind(value: str) -> NameKind | None:
    """What in a value would identify somebody; None where nothing was found. The lists of names are loaded at first use."""
    if not value or value.isdecimal():
        return None
    from verhalen.language.names import find_names

    return next((found.kind for found in find_names(value) if found.kind in _TELLING), None)


def is_telling_key(key: str) -> bool:
    """Whether the key of a family or of a person is or looks like a name: with a blank, with a capital, or in our lists."""
    bare = _CODE_END.sub("", key)
    if bare in _ROLES or (bare.isupper() and len(bare) <= _LONGEST_PREFIX):
        return False
    return " " in key or is_one_name(key) or telling_kind(bare) is not None


_LONGEST_PREFIX = 3
"""Letters before the number of a code, as in G012; a check letter may stand behind it."""
