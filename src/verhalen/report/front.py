"""What stands between the `---` lines at the top of a report source: title, period, audience."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Audience
from verhalen.scores.pairs import Rule

FENCE = "---"


@dataclass(frozen=True, slots=True)
class Front:
    """What the report is about and for whom. An empty field was not given."""

    title: str = ""
    subtitle: str = ""
    period: tuple[datetime.date, datetime.date] | None = None
    """First and last day, both included."""
    audience: Audience | None = None
    """For whom; decides what is masked."""
    instrument: str = ""
    coder: str = ""
    k: int | None = None
    """Smallest number of families that may be shown; the gate decides whether this is enough."""
    days: int | None = None
    """Days between the two moments that are compared."""
    window: int | None = None
    """How many days earlier or later the second may be."""
    rule: Rule | None = None
    """How several persons make one family."""


_FIELDS = {
    "titel": "title",
    "ondertitel": "subtitle",
    "periode": "period",
    "publiek": "audience",
    "instrument": "instrument",
    "codeur": "coder",
    "k": "k",
    "dagen": "days",
    "venster": "window",
    "regel": "rule",
    "days": "days",
    "window": "window",
    "rule": "rule",
    "title": "title",
    "subtitle": "subtitle",
    "period": "period",
    "audience": "audience",
    "coder": "coder",
}
_AUDIENCES = {
    "intern": Audience.INTERNAL,
    "internal": Audience.INTERNAL,
    "raad": Audience.COUNCIL,
    "council": Audience.COUNCIL,
    "publiek": Audience.PUBLIC,
    "public": Audience.PUBLIC,
}


def split_front(lines: list[str]) -> tuple[Front, int, tuple[Notice, ...]]:
    """Read the front matter: its values, how many lines it takes, and what is wrong with it. Without it: 0 lines."""
    if not lines or lines[0].strip() != FENCE:
        return Front(), 0, ()
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        return Front(), len(lines), (Notice(1, mark("the block at the top has no closing line ---")),)
    front, problems = Front(), []
    for number, line in enumerate(lines[1:end], 2):
        if line.strip() and not line.lstrip().startswith("#"):
            front, problem = _with_line(front, line, number)
            problems += [problem] if problem else []
    return front, end + 1, tuple(problems)


def _with_line(front: Front, line: str, number: int) -> tuple[Front, Notice | None]:
    key, colon, value = (part.strip() for part in line.partition(":"))
    if not colon:
        return front, Notice(number, mark("write this line as key: value"))
    field = _FIELDS.get(key.casefold())
    if field is None:
        return front, _unknown_key(key, number)
    value = _unquoted(value)
    if not value:
        return front, None
    read, wrong = _READERS.get(field, (str, ""))
    try:
        return replace(front, **{field: read(value)}), None
    except (ValueError, KeyError):
        return front, Notice(number, wrong, {"value": value})


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _unknown_key(key: str, number: int) -> Notice:
    near = difflib.get_close_matches(key.casefold(), _FIELDS, n=1)
    if not near:
        return Notice(number, mark('I do not know "{key}" at the top of a report'), {"key": key})
    values: dict[str, object] = {"key": key, "nearest": near[0]}
    return Notice(number, mark('I do not know "{key}" at the top of a report; did you mean "{nearest}"?'), values)


def _read_period(value: str) -> tuple[datetime.date, datetime.date]:
    first, _, last = value.partition("..")
    start, stop = datetime.date.fromisoformat(first.strip()), datetime.date.fromisoformat(last.strip())
    if stop < start:
        raise ValueError
    return start, stop


def _read_audience(value: str) -> Audience:
    return _AUDIENCES[value.casefold()]


def _read_k(value: str) -> int:
    k = int(value)
    if k < 1:
        raise ValueError
    return k


def _read_days(value: str) -> int:
    days = int(value)
    if days < 1:
        raise ValueError
    return days


def _read_rule(value: str) -> Rule:
    return Rule(value.casefold().replace(" ", "_"))


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "period": (_read_period, mark('"{value}" is not a period; write it as 2025-01-01..2025-12-31')),
    "audience": (_read_audience, mark('"{value}" is not an audience; choose intern, raad or publiek')),
    "days": (_read_days, mark('"{value}" is not a number of days; give a whole number from 1')),
    "window": (_read_days, mark('"{value}" is not a number of days; give a whole number from 1')),
    "rule": (
        _read_rule,
        mark('"{value}" is not a rule; choose laagste, mediaan, beste, referentiepersoon or per_persoon'),
    ),
    "k": (_read_k, mark('"{value}" is not a number for k; give a whole number from 1')),
}
