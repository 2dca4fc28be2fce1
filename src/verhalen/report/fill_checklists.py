"""COREQ, SRQR and GRAMMS: what the project knows is filled in, the rest is marked for a person, and counted."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Cleared, own_words, phrase
from verhalen.report.blocks import Block, Table
from verhalen.report.checklists import Checklist, ChecklistItem, checklist, checklists
from verhalen.report.data import ReportData
from verhalen.report.facts import FACTS
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder

OPEN_PLACE = mark("[to be filled in]")


def whole_list(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """A checklist as a table; how much of it is open goes into the log."""
    wanted = _wanted(placeholder)
    open_ = sum(_is_open(data, each) for each in wanted.items)
    if open_:
        message = mark("{list}: {open} of {all} points still to be filled in")
        values: dict[str, object] = {"list": wanted.name, "open": open_, "all": len(wanted.items)}
        log.warnings.append(Notice(placeholder.line, message, values))
    rows = tuple((own_words(each.number), own_words(each.name), _answer(data, each)) for each in wanted.items)
    return [
        Table(
            header=tuple(own_words(t(word)) for word in (mark("No."), mark("Point"), mark("In this report"))),
            rows=rows,
            caption=own_words(t("{name} ({source})", name=wanted.name, source=wanted.source)),
        )
    ]


def one_point(data: ReportData, placeholder: Placeholder, log: Log) -> Cleared[str]:
    """What the project knows of one point, within a sentence or cell; what a person adds is written beside it."""
    wanted = _wanted(placeholder)
    item = wanted.find(placeholder.arguments.get("punt", ""))
    if item is None:
        numbers = f"{wanted.items[0].number}–{wanted.items[-1].number}"
        problem = t("{name} has the points {numbers}; write punt=NUMBER", name=wanted.name, numbers=numbers)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    said = _fact(data, item)
    if said is None:
        values: dict[str, object] = {"list": wanted.name, "number": item.number}
        log.warnings.append(Notice(placeholder.line, mark("{list} {number} is still to be filled in"), values))
    return said or own_words(t(OPEN_PLACE))


def _wanted(placeholder: Placeholder) -> Checklist:
    found = checklist(placeholder.arguments.get("lijst", ""))
    if found is None:
        known = ", ".join(each.key for each in checklists())
        problem = t("choose a checklist: lijst={known}", known=known)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    return found


def _is_open(data: ReportData, item: ChecklistItem) -> bool:
    return bool(item.missing) or _fact(data, item) is None


def _fact(data: ReportData, item: ChecklistItem) -> Cleared[str] | None:
    return FACTS[item.fact](data) if item.fact else None


def _answer(data: ReportData, item: ChecklistItem) -> Cleared[str]:
    said = _fact(data, item)
    if said is None:
        return own_words(t(OPEN_PLACE))
    if not item.missing:
        return said
    return phrase(mark("{said} [To be filled in: {what}]"), said=said, what=own_words(item.missing))
