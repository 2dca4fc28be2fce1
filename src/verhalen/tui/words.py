"""Days, ages and amounts as people say them."""

from __future__ import annotations

import datetime as dt

from verhalen.i18n import mark, t, tn

_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
_BARS = "▁▂▃▄▅▆▇█"


def today() -> dt.date:
    """The day on the clock of this machine."""
    return dt.datetime.now().astimezone().date()


def day_text(day: dt.date, *, year: bool = True) -> str:
    """12 March 2026."""
    month = t(_MONTHS[day.month - 1])
    if year:
        return t("{day} {month} {year}", day=day.day, month=month, year=day.year)
    return t("{day} {month}", day=day.day, month=month)


def age_text(day: dt.date, now: dt.date) -> str:
    """How long ago: days up to two weeks, weeks up to three months, then months, then years."""
    days = (now - day).days
    if days <= 0:
        return t("today")
    if days == 1:
        return t("yesterday")
    if days < 14:
        return tn("{n} day ago", "{n} days ago", days)
    if days < 92:
        return tn("{n} week ago", "{n} weeks ago", days // 7)
    if days < 730:
        return tn("{n} month ago", "{n} months ago", int(days / 30.44))
    return tn("{n} year ago", "{n} years ago", days // 365)


def time_text(moment: str) -> str:
    """An ISO time in UTC as day and hour on this machine: 12 March 2026, 14:05."""
    local = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC).astimezone()
    return t("{day}, {time}", day=day_text(local.date()), time=f"{local:%H:%M}")


def sparkline(values: list[int], low: int, high: int) -> str:
    """Values as bars, the lowest of the scale lowest. Always beside the words of `course_text`."""
    steps = max(1, high - low)
    return "".join(_BARS[round((value - low) / steps * (len(_BARS) - 1))] for value in values)


def course_text(values: list[int]) -> str:
    """The same in words: where it began, where it stands."""
    if len(values) < 2:
        return t("seen once")
    if values[-1] == values[0]:
        return t("{value} as at the start", value=values[-1])
    return t("from {first} to {last}", first=values[0], last=values[-1])


def capital(sentence: str) -> str:
    """The same with a capital."""
    return sentence[:1].upper() + sentence[1:]
