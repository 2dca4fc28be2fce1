"""Values of attributes by what a project says of them: one of a list, a number, a day, yes or no."""

from __future__ import annotations

import re

from verhalen import errors
from verhalen.exchange.columns import YES_NO, name_of, parse_day
from verhalen.exchange.family_names import IDENTIFYING, SYNONYMS
from verhalen.i18n import t
from verhalen.model.family import AttributeKind, ValueKind

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,9})?")


def fitting(declared: AttributeKind, written: str) -> str | None:
    """The value in the one form in which it is stored; None where it does not fit. Nothing filled in always fits."""
    if not written:
        return ""
    match declared.kind:
        case ValueKind.CHOICE:
            return next((each for each in declared.choices if each.casefold() == written.casefold()), None)
        case ValueKind.NUMBER:
            return written.replace(",", ".") if _NUMBER.fullmatch(written) else None
        case ValueKind.DAY:
            day = parse_day(written)
            return day.isoformat() if day else None
        case ValueKind.YES_NO:
            return YES_NO.get(written.casefold())
        case ValueKind.TEXT:
            return written


def wanted(declared: AttributeKind) -> str:
    """What would fit, in the reader's language."""
    match declared.kind:
        case ValueKind.CHOICE:
            return t("one of: {words}", words=", ".join(declared.choices))
        case ValueKind.DAY:
            return t("a day, as in 2025-03-12 or 12/03/2025")
        case _:
            return t(declared.kind.label)


def attribute_name(written: str) -> str:
    """The name of an attribute as a table has it. Raises BadInput for one that is taken or says who somebody is."""
    name = SYNONYMS.get(name_of(written), name_of(written))
    if not name or name in IDENTIFYING or name in _TAKEN:
        raise errors.BadInput(reason=t("{name} cannot be the name of an attribute", name=written or "?"))
    return name


_TAKEN = frozenset(
    {"gezin", "gemeente", "lid", "rol", "traject", "start", "datum", "soort", "item", "waarde", "verhaal"}
)
"""Columns by which a table is known to be of another kind."""
