"""What holds for families however they come in: by hand, on the command line, from a table."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable

from verhalen.i18n import mark
from verhalen.model.family import Trajectory

NO_BLANK = mark("a code of a family has no blanks, as in G012")
NO_DOT = mark("a code of a family has no dot, as in G012")
NO_NAME = mark("that looks like somebody's name; give families a code, as in G012")
ODD_SIGN = mark("a code of a family has only letters, digits and - _ /, as in G012")
TOO_LONG = mark("a code of a family is short, as in G012")
NO_MEMBER = mark("write a role without blanks or dots, as in moeder or kind1")
_LONGEST = 32
_SIGNS = frozenset("-_/")
_BLANK = re.compile(r"\s")
_SEPARATES = re.compile(r"[.;|]")
_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+")
_PERSONAL = re.compile(r"[A-Z]{1,3}-?\d{2,9}[A-Z]?")


def key_problem(key: str) -> str:
    """Why a text cannot be the code of a family, as a marked sentence; empty where it can."""
    if _BLANK.search(key):
        return NO_BLANK
    if _SEPARATES.search(key):
        return NO_DOT
    if not all(sign.isalnum() or sign in _SIGNS for sign in key):
        return ODD_SIGN
    if len(key) > _LONGEST:
        return TOO_LONG
    return NO_NAME if is_one_name(key) else ""


def member_problem(member: str) -> str:
    """Why a text cannot name somebody within a family, as a marked sentence; empty where it can."""
    odd = not member or len(member) > _LONGEST or _SEPARATES.search(member) or _BLANK.search(member)
    return NO_MEMBER if odd or not member.isprintable() else ""


def written_otherwise(key: str, known: Collection[str]) -> str:
    """The code that is the same but for capitals, where `key` itself is not there; empty where there is none."""
    if key in known:
        return ""
    return next((each for each in known if each.casefold() == key.casefold()), "")


def is_one_name(key: str) -> bool:
    """Whether a key is written as a name is: one word with a capital, and no digit."""
    return _NAME.fullmatch(key) is not None


def is_personal_code(member: str) -> bool:
    """Whether a member is named by a code of its own (`P0171`) and not by a role (`kind1`): such a code is one person."""
    return _PERSONAL.fullmatch(member) is not None


def overlapping(trajectories: Iterable[Trajectory]) -> tuple[Trajectory, Trajectory] | None:
    """The first two periods of support that overlap, the earlier one first. One may begin on the day another ends."""
    ordered = sorted(trajectories, key=lambda each: (each.start, each.ordinal))
    for before, after in itertools.pairwise(ordered):
        if before.end is None or before.end > after.start:
            return before, after
    return None
