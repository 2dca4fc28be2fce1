"""A table of families as it is looked at before it is read in: what stands in the way, what would change, every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verhalen import errors
from verhalen.exchange.family_plan import FamilyImport
from verhalen.exchange.family_preview import KINDS, FamilyPreview
from verhalen.i18n import t, tn
from verhalen.tui.page import BAD, HEADING, MUTED, Line, heading

MOST = 50
"""Problems and warnings that are shown."""


def preview_lines(found: FamilyPreview) -> Iterator[Line]:
    """What stands in the way first, then what would change, then every column."""
    if found.errors:
        yield from heading(t("It cannot be imported like this:"))
        for each in found.errors[:MOST]:
            problem = errors.row_words(each.row, each.column, each.message)
            yield Line(problem, BAD, 2)
    yield from heading(t("Nothing was stored. An import would do this:"))
    yield from count_lines(found.would)
    for notice in found.would.warnings[:MOST]:
        yield Line(str(notice), MUTED, 2)
    for sheet in found.sheets:
        yield Line("")
        name = f"{sheet.sheet}: " if sheet.sheet else ""
        yield Line(f"{name}{t(KINDS[sheet.kind])}, {tn('{n} row', '{n} rows', sheet.rows)}", HEADING)
        for each_column in sheet.columns:
            meaning = f" → {each_column.meaning}" if each_column.meaning else ""
            filled = t("filled in {n}, different {m}", n=each_column.filled, m=each_column.different)
            yield Line(f"{each_column.column}{meaning}: {t(each_column.use)} ({filled})", indent=2)
    yield from left_out(found.skipped)


def left_out(columns: Sequence[str]) -> Iterator[Line]:
    """The columns that a mapping leaves out."""
    if columns:
        yield Line(t("Left out, as the mapping says: {columns}.", columns=", ".join(columns)), MUTED, indent=2)


def count_lines(would: FamilyImport) -> Iterator[Line]:
    """What an import did, or would do."""
    kinds = zip(KINDS.values(), (would.families, would.persons, would.trajectories, would.contacts), strict=False)
    for name, each in kinds:
        if each.new or each.changed or each.unchanged:
            said = t(
                "{what}: {new} new, {changed} changed, {unchanged} unchanged.",
                what=t(name),
                new=each.new,
                changed=each.changed,
                unchanged=each.unchanged,
            )
            yield Line(said, indent=2)
