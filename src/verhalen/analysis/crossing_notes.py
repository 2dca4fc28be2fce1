"""What a reader of a crosstab must know: what was counted, what n is, who or what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.model.crosstable import Rows, Unit, Whose
from verhalen.model.text import Notice
from verhalen.scores.splitting import ONLY_INTERNAL

_COUNTED = {
    Unit.CODINGS: mark(
        "Counted: fragments, {whose}. Codings of one line that overlap in one text are one, however many coders marked them; "
        "a percentage of a column is of all its fragments."
    ),
    Unit.FAMILIES: mark(
        "Counted: families, {whose}. Each counts once in a cell; n is the number of families in the column, told or not."
    ),
    Unit.SOURCES: mark(
        "Counted: texts, {whose}. Each counts once in a cell; n is the number of texts with words that belong to the column."
    ),
}
_LINES = {
    Rows.CODE: mark("A line counts its code and all codes below it. Totals count each only once."),
    Rows.GROUP: mark("A group is a code at the top of the codebook with all below it. Totals count each only once."),
    Rows.DOMAIN: mark("Only codes that are evidence for a life domain count there. Totals count each only once."),
    Rows.VALENCE: mark(
        "A fragment that coders judged differently stands in each of these lines, and once in the total."
    ),
}


def notes_of(
    rows: Rows,
    unit: Unit,
    whose: Whose,
    *,
    query: str,
    by_coach: bool,
    not_asked: int,
    in_no_line: int,
    further: Sequence[Notice],
) -> tuple[Notice, ...]:
    """In the order in which they are read. `not_asked` and `in_no_line` are numbers of codings that stand nowhere."""
    found = [Notice(None, _COUNTED[unit], {"whose": t(whose.label)}), Notice(None, _LINES[rows])]
    if query:
        found.append(Notice(None, mark("Only what this asks for: {query}"), {"query": query}))
    found += further
    if not_asked:
        found.append(Notice(None, _NOT_ASKED[whose], {"n": not_asked}))
    if in_no_line:
        found.append(Notice(None, mark("Codings in no line of the table: {n}."), {"n": in_no_line}))
    if by_coach:
        found.append(Notice(None, ONLY_INTERNAL))
    return tuple(found)


_NOT_ASKED = {
    Whose.OWN: mark("Codings left out, since they are no family's own words or nobody said who speaks: {n}."),
    Whose.ABOUT: mark("Codings left out, since they are a family's own words or about no family: {n}."),
    Whose.ALL: mark("Codings left out: {n}."),
}
