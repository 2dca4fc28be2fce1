"""What the method section says of protection: thresholds of the project's own, what was left out, how to ask for context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.privacy.clearance import USUAL, Cleared, own_words
from verhalen.report import fill_method
from verhalen.report.blocks import Block, Paragraph
from verhalen.report.data import ReportData
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

_QUOTES = frozenset({"citaat", "citaten", "verhaal"})


def method(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """How was counted, by whose words, and how families are protected."""
    said = [*own_thresholds(data), *context(data)]
    return [*fill_method.method(data, placeholder, log), *(Paragraph(sentence) for sentence in said)]


def own_thresholds(data: ReportData) -> list[Cleared[str]]:
    """What the project decided for this audience itself, with its reason; nothing where it did not."""
    own = data.own
    if own is None:
        return []
    plain, strict = USUAL[data.audience]
    message = (
        mark(
            "We show numbers from {plain} families on, and from {strict} on in sensitive life domains. Usual: {usual}."
        )
        if (own.plain, own.strict) != (plain, strict)
        else mark("We show numbers from {plain} families on, and from {strict} on in sensitive life domains.")
    )
    said = t(message, plain=data.limits.plain, strict=data.limits.strict, usual=t("{a} and {b}", a=plain, b=strict))
    day = dt.date.fromisoformat(own.day)
    why = t("Decided on {day}: {reason}", day=f"{day:%d/%m/%Y}", reason=own.reason) if own.reason else ""
    return [own_words(f"{said} {why}".strip())]


def context(data: ReportData) -> list[Cleared[str]]:
    """How a reader asks for what stands around a quote, where the report has any."""
    if not data.asked & _QUOTES:
        return []
    said = mark(
        "We know where each quote stands. Whoever wants more context asks us for it; we then ask the family first whether "
        "more of it may be told."
    )
    return [own_words(t(said))]
