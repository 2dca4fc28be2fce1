"""The typology table as a picture: per question or life domain the groups of families, n, medians and a bar of who moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verhalen.analysis.typology import TypologyRow, TypologyTable
from verhalen.exchange.drawing import FAINT, LINE, Box, Drawing, Words, cut, folded, width_of
from verhalen.exchange.matrix_picture import INTERN, Caption
from verhalen.i18n import mark, t
from verhalen.scores.change import Change
from verhalen.statistics.quartiles import Spread

PARTS = (mark("forward"), mark("same"), mark("not looked at again"), mark("backward"))
"""Parts of a bar, in order."""
_GROUNDS = ("#1F5F7A", "#BAD3DE", "#EEEAE2", "#F0A868")
SIGNS = ("+", "o", ".", "-")
"""Before the number of each part, so that nothing hangs on colour."""
_INKS = ("#FFFFFF", "#22252A", "#22252A", "#22252A")
_MARGIN, _ROW, _SIZE = 24.0, 24.0, 12.0
_NAME, _N, _SPREAD, _BAR = 250.0, 50.0, 90.0, 260.0
_WIDTH = 2 * _MARGIN + _NAME + _N + 2 * _SPREAD + _BAR + 16


def parts_of(change: Change) -> tuple[int, int, int, int]:
    """Forward, same and looked at again, not looked at again, backward."""
    return (change.up, change.same - change.same_carried, change.same_carried, change.down)


def spread_text(spread: Spread) -> str:
    """Median, with the quartiles around it: `3 (2-4)`; a dash where there is none."""
    if spread.median.value is None or spread.low.value is None or spread.high.value is None:
        return "–"
    return f"{spread.median.value:g} ({spread.low.value:g}-{spread.high.value:g})"


def typology_drawing(table: TypologyTable, caption: Caption) -> Drawing:
    """The picture."""
    parts: list[Box | Words] = [Words(_MARGIN, _MARGIN + 16, cut(caption.title, _WIDTH - 48, 17), 17, bold=True)]
    lines = [part for each in caption.lines for part in folded(each, _WIDTH - 48, _SIZE, 3)]
    parts += [Words(_MARGIN, _MARGIN + 40 + 17 * at, line, _SIZE, FAINT) for at, line in enumerate(lines)]
    y = _MARGIN + 60 + 17 * len(lines)
    parts += _heads(y)
    y += 14
    before = None
    for row in table.rows:
        if row.target != before:
            before = row.target
            y += _ROW
            parts.append(Words(_MARGIN, y, cut(_title(row), _WIDTH - 48, _SIZE), _SIZE, bold=True))
        y += _ROW
        parts += _line(row, y)
    parts += _legend(y + 26)
    notes = [line for each in (*caption.notes, t(INTERN)) for line in folded(each, _WIDTH - 48, 11, 4)]
    parts += [Words(_MARGIN, y + 62 + 16 * at, line, 11, FAINT) for at, line in enumerate(notes)]
    return Drawing(_WIDTH, y + 70 + 16 * len(notes), parts, caption.title, _in_words(table, caption))


def _title(row: TypologyRow) -> str:
    return f"{row.target.name[:1].upper()}{row.target.name[1:]}"


def _heads(y: float) -> Iterator[Box | Words]:
    places = (_NAME + _N, _NAME + _N + _SPREAD, _NAME + _N + 2 * _SPREAD)
    for x, word in zip(places, ("n", t("score before"), t("score after")), strict=True):
        yield Words(_MARGIN + x, y, word, _SIZE, bold=True, anchor="end")
    yield Box(_MARGIN, y + 8, _WIDTH - 2 * _MARGIN, 1.5, FAINT)


def _line(row: TypologyRow, y: float) -> Iterator[Box | Words]:
    yield Words(_MARGIN + 14, y, cut(t(row.group.label), _NAME, _SIZE), _SIZE)
    cells = (str(row.n), spread_text(row.before), spread_text(row.after))
    for x, cell in zip((_N, _N + _SPREAD, _N + 2 * _SPREAD), cells, strict=True):
        yield Words(_MARGIN + _NAME + x, y, cell, _SIZE, anchor="end")
    x = _MARGIN + _NAME + _N + 2 * _SPREAD + 16
    for at, count in enumerate(parts_of(row.change)):
        if count:
            width = _BAR * count / row.n
            yield Box(x, y - 14, width, 18, _GROUNDS[at])
            yield Words(x + 4, y, f"{SIGNS[at]}{count}", 11, _INKS[at])
            x += width
    yield Box(_MARGIN, y + 8, _WIDTH - 2 * _MARGIN, 0.5, LINE)


def _legend(y: float) -> Iterator[Box | Words]:
    x = _MARGIN
    for ground, sign, word in zip(_GROUNDS, SIGNS, PARTS, strict=True):
        yield Box(x, y - 10, 16, 12, ground)
        yield Words(x + 22, y, f"{sign} {t(word)}", 11, FAINT)
        x += 22 + width_of(t(word), 11) + 30


def _in_words(table: TypologyTable, caption: Caption) -> str:
    return "\n".join([*caption.lines, *map(_said, table.rows), *caption.notes, t(INTERN)])


def _said(row: TypologyRow) -> str:
    moved: Sequence[str] = [f"{n} {t(word)}" for n, word in zip(parts_of(row.change), PARTS, strict=True) if n]
    return t(
        "{row}, {group}: n={n}; before {before}, after {after}; {moved}",
        row=_title(row),
        group=t(row.group.label),
        n=row.n,
        before=spread_text(row.before),
        after=spread_text(row.after),
        moved=", ".join(moved) or "–",
    )
