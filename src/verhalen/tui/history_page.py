"""What one change touched, as a page: how many of what, the words of fragments, fields before and after."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.api.history import WHAT
from verhalen.api.project import Project
from verhalen.api.touched import Details, TouchedRow
from verhalen.i18n import mark, t, tn
from verhalen.model.act import Change
from verhalen.store.details import KindCount
from verhalen.tui.page import BLANK, HEADING, MUTED, TITLE, Line
from verhalen.tui.words import capital, time_text


def history_page(project: Project, change: Change) -> list[Line]:
    """The lines of a change."""
    found = project.history.details(change)
    when = t("{time} by {coder}", time=time_text(change.time), coder=change.coder)
    head = [Line(capital(project.history.label(change)), TITLE), Line(when, MUTED)]
    if change.undone:
        head.append(Line(t("This was taken back later."), MUTED))
    return [*head, *_counts(found), *(line for row in found.rows for line in _row(row)), *_left_out(found)]


def _counts(found: Details) -> Iterator[Line]:
    yield BLANK
    if found.cleared:
        yield Line(t("How it was before was cleaned up; it can no longer be undone."), MUTED)
    elif not found.counts:
        yield Line(t("Nothing of it can be shown any more."), MUTED)
    for each in found.counts:
        yield Line(f"{capital(t(WHAT.get(each.table, mark('parts'))))}: {_told(each)}")


def _told(each: KindCount) -> str:
    parts = (
        (each.made, t("{n} new", n=each.made)),
        (each.changed, t("{n} changed", n=each.changed)),
        (each.removed, t("{n} removed", n=each.removed)),
    )
    return ", ".join(sentence for count, sentence in parts if count) or t("made and removed")


def _row(row: TouchedRow) -> Iterator[Line]:
    yield BLANK
    yield Line(capital(row.what), HEADING)
    if row.before != row.after or row.after:
        yield Line(_arrow(_quoted(row.before), _quoted(row.after)), indent=2)
    for field in row.fields:
        yield Line(f"{field.name}: {_arrow(field.before, field.after)}", indent=2)


def _quoted(words: str) -> str:
    return f"“{words}”" if words else ""


def _arrow(before: str, after: str) -> str:
    """Before → after; only what there is."""
    if before == after or not before:
        return after
    return f"{before} → {after or t('(nothing)')}"


def _left_out(found: Details) -> Iterator[Line]:
    if found.left_out:
        yield BLANK
        yield Line(tn("… and {n} more row.", "… and {n} more rows.", found.left_out), MUTED)
