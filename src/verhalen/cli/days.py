"""Days on the command line: 2025-03-12 or 12/03/2025, and periods of two of them."""

from __future__ import annotations

import datetime as dt

import click

from verhalen.i18n import t


class DayType(click.ParamType[dt.date]):
    """A day, in the ways in which tables write it; an empty one where that means that there is none."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read it, or say how it is written."""
        from verhalen.exchange.columns import parse_day

        if isinstance(value, dt.date):
            return value
        day = parse_day(str(value).strip())
        if day is None:
            self.fail(t('"{written}" is no date; write it as 2025-03-12 or 12/03/2025', written=str(value)), param, ctx)
        return day


class PeriodType(click.ParamType[tuple[dt.date, dt.date]]):
    """Two days with two dots between: 2025-01-01..2025-12-31."""

    name = "period"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[dt.date, dt.date]:
        """Read both; the first may not lie after the last."""
        from verhalen.exchange.columns import parse_day

        first, dots, last = str(value).partition("..")
        days = parse_day(first.strip()), parse_day(last.strip())
        if not dots or days[0] is None or days[1] is None or days[0] > days[1]:
            self.fail(t("write a period as 2025-01-01..2025-12-31, the first day first"), param, ctx)
        return days[0], days[1]


def today() -> dt.date:
    """The day it is where the user sits."""
    return dt.datetime.now().astimezone().date()
