"""Days on the command line: 2025-03-12 or 12/03/2025, and periods of two of them. For `type=` of an option."""

from __future__ import annotations

import datetime as dt

import click

from verhalen.i18n import t


def one_day(written: str) -> dt.date:
    """A day, in the ways in which tables write it."""
    from verhalen.exchange.columns import parse_day

    day = parse_day(written.strip())
    if day is None:
        raise click.BadParameter(t('"{written}" is no date; write it as 2025-03-12 or 12/03/2025', written=written))
    return day


def period(written: str) -> tuple[dt.date, dt.date]:
    """Two days with two dots between: 2025-01-01..2025-12-31."""
    from verhalen.exchange.columns import parse_day

    first, dots, last = written.partition("..")
    days = parse_day(first.strip()), parse_day(last.strip())
    if not dots or days[0] is None or days[1] is None or days[0] > days[1]:
        raise click.BadParameter(t("write a period as 2025-01-01..2025-12-31, the first day first"))
    return days[0], days[1]


def today() -> dt.date:
    """The day it is where the user sits."""
    return dt.datetime.now().astimezone().date()
