"""What stands between the `---` lines at the top of a report source: title, period, audience."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
    municipalities: tuple[str, ...] = ()
    """Only families of these; empty: of all."""
    style: str = ""
    """Name of the Word file with the house style, found beside the source."""
    language: str = ""
    """Of the words and numbers that the project fills in, `nl` or `en`; empty: Dutch."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """Line of each field that was given."""

    def line(self, name: str) -> int:
        """Where a field was given; 1 where it was not."""
        return self.lines.get(name, 1)


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
    "gemeenten": "municipalities",
    "huisstijl": "style",
    "taal": "language",
    "municipalities": "municipalities",
    "style": "style",
    "language": "language",
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
    name = _FIELDS.get(key.casefold())
    if name is None:
        return front, _unknown_key(key, number)
    value = _unquoted(value)
    if not value:
        return front, None
    if name in front.lines:
        first = front.lines[name]
        return front, Notice(number, mark('"{key}" stands on line {first} already'), {"key": key, "first": first})
    read, wrong = _READERS.get(name, (str, ""))
    try:
        return replace(front, **{name: read(value)}, lines={**front.lines, name: number}), None
    except (ValueError, KeyError):
        return front, _wrong_value(name, wrong, value, number)


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _unknown_key(key: str, number: int) -> Notice:
    near = difflib.get_close_matches(key.casefold(), _FIELDS, n=1)
    if not near:
        return Notice(number, mark('I do not know "{key}" at the top of a report'), {"key": key})
    values: dict[str, object] = {"key": key, "nearest": near[0]}
    return Notice(number, mark('I do not know "{key}" at the top of a report; did you mean "{nearest}"?'), values)


def _wrong_value(name: str, message: str, value: str, number: int) -> Notice:
    """What is wrong with a value, with the nearest one that is known where there is such a list."""
    near = difflib.get_close_matches(value.casefold(), _CHOICES.get(name, ()), n=1, cutoff=0.5)
    if near:
        message = mark('"{value}" is not known here; did you mean "{nearest}"?')
    return Notice(number, message, {"value": value, "nearest": near[0] if near else ""})


def read_period(value: str) -> tuple[datetime.date, datetime.date]:
    """`2025-01-01..2025-12-31`. Raises ValueError where it is none, or ends before it begins."""
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


def _read_municipalities(value: str) -> tuple[str, ...]:
    names = (_unquoted(each.strip()) for each in value.strip("[]").split(","))
    found = tuple(dict.fromkeys(name for name in names if name))
    return () if [each.casefold() for each in found] == ["alle"] else found


def _read_style(value: str) -> str:
    if not value.casefold().endswith((".docx", ".dotx")):
        raise ValueError
    return value


def _read_language(value: str) -> str:
    return {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}[
        value.casefold()
    ]


_CHOICES: dict[str, tuple[str, ...]] = {
    "audience": tuple(_AUDIENCES),
    "rule": tuple(Rule),
    "language": ("nl", "en", "nederlands", "engels"),
}
_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "period": (read_period, mark('"{value}" is not a period; write it as 2025-01-01..2025-12-31')),
    "audience": (_read_audience, mark('"{value}" is not an audience; choose intern, raad or publiek')),
    "days": (_read_days, mark('"{value}" is not a number of days; give a whole number from 1')),
    "window": (_read_days, mark('"{value}" is not a number of days; give a whole number from 1')),
    "rule": (
        _read_rule,
        mark('"{value}" is not a rule; choose laagste, mediaan, beste, referentiepersoon or per_persoon'),
    ),
    "municipalities": (_read_municipalities, ""),
    "style": (_read_style, mark('"{value}" is not a Word file; write the name of a .docx beside this text')),
    "language": (_read_language, mark('"{value}" is not a language of reports; choose nl or en')),
    "k": (_read_k, mark('"{value}" is not a number for k; give a whole number from 1')),
}
