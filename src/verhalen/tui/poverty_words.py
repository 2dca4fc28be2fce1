"""Where families stand on the approximation of the poverty index: what the screen says, and who stands in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verhalen.analysis.poverty import Poverty
from verhalen.i18n import mark, t, tn
from verhalen.scores.moments import At
from verhalen.scores.poverty_index import BETTER, NAME, WORSE, Placed, PovertyClass
from verhalen.scores.wording import NO_COMPARISON
from verhalen.tui.matrix_page import bar_lines, table_lines
from verhalen.tui.page import HEADING, MUTED, TITLE, Line
from verhalen.tui.words import capital

POOR, NOT_POOR = mark("poor"), mark("not poor")
UNDECIDED = mark("undecided: a missing indicator decides")
_ORDER = (
    PovertyClass.IMPROVED,
    PovertyClass.POSITIVE_STATUS_QUO,
    PovertyClass.NEGATIVE_STATUS_QUO,
    PovertyClass.WORSENED,
)


def poverty_page(found: Poverty) -> Iterator[Line]:
    """Everything in reading order: what is counted, classes, poor or not, indicator by indicator, what stays open."""
    table = found.table
    yield Line(t(NAME).capitalize(), TITLE)
    yield Line(basis_words(found), MUTED)
    if not table.followed:
        yield Line(t("No family was seen at both moments, so there is nothing to set side by side yet. That is fine."))
        return
    yield from _classes(found)
    yield from _poor(found)
    yield from _scores(found)
    yield from _besides(found)
    yield Line("")
    yield Line(t(NO_COMPARISON), MUTED)


def basis_words(found: Poverty) -> str:
    """Which two moments, whose judgement, the threshold, how many."""
    scored, settings = found.scored, found.scored.settings
    moments = (
        t("from the first registration to the last when support ended")
        if settings.at is At.END
        else t("day {days}, {window} days before and after", days=settings.days, window=settings.window)
    )
    return " ".join(
        [
            t("{moments}; judged by: {assessor}.", moments=capital(moments), assessor=t(scored.assessor.label)),
            t("Poor from {n} of the {most} indicators on.", n=found.table.threshold, most=len(found.index.indicators)),
            t(
                "{registered} families registered, {followed} followed.",
                registered=found.registered,
                followed=found.table.followed,
            ),
        ]
    )


def _classes(found: Poverty) -> Iterator[Line]:
    counts = found.table.classes()
    yield Line("")
    yield Line(t("How it went"), HEADING)
    undecided = len(found.table.undecided)
    names = [*(each.label for each in _ORDER), UNDECIDED]
    yield from bar_lines([*(counts[each] for each in _ORDER), undecided], names)
    for name, steps in ((PovertyClass.IMPROVED, BETTER), (PovertyClass.WORSENED, WORSE)):
        parts = [f"{t(step.label)}: {n}" for step, n in found.table.steps(steps).items() if n]
        if parts:
            yield Line(f"{capital(t(name.label))}: {'; '.join(parts)}.", indent=2)


def _poor(found: Poverty) -> Iterator[Line]:
    cells = found.table.poor_table()
    before, after = found.table.poor()
    yield Line("")
    yield Line(t("Poor or not poor"), HEADING)
    counts = [[cells[was, now] for now in (True, False)] for was in (True, False)]
    # A head stands above each column, so that a name of two words keeps both.
    names = [t(each).replace(" ", "\u00a0") for each in (POOR, NOT_POOR)]
    yield from table_lines(names, counts)
    yield Line(t("Poor before: {before}; after: {after}.", before=before, after=after))
    yield Line(_open_words(found.table.followed - sum(cells.values())), MUTED)


def _scores(found: Poverty) -> Iterator[Line]:
    matrix = found.table.transitions(len(found.index.indicators))
    known = sum(map(sum, matrix))
    yield Line("")
    yield Line(t("How many of the indicators are not sufficient"), HEADING)
    yield Line(t("Rows: at the start. Columns: at the second moment. Left of the line from top left: better."), MUTED)
    names = [str(n) for n in range(len(matrix))]
    yield from table_lines(names, matrix)
    moved = [
        sum(n for was, row in enumerate(matrix) for now, n in enumerate(row) if (now > was) - (now < was) == sign)
        for sign in (-1, 0, 1)
    ]
    yield from bar_lines(moved, (mark("fewer than at the start"), mark("as many"), mark("more than at the start")))
    yield Line(_open_words(found.table.followed - known), MUTED)


def _open_words(n: int) -> str:
    if not n:
        return t("All followed families are in it.")
    return tn(
        "{n} family is not in it: an indicator is not known.",
        "{n} families are not in it: an indicator is not known.",
        n,
    )


def _besides(found: Poverty) -> Iterator[Line]:
    said = []
    if found.reasons:
        given = "; ".join(t("{reason}: {n}", reason=t(each.label), n=n) for each, n in found.reasons.items())
        said.append(t("Reasons given for a worsening: {given}.", given=given))
    if found.without_reason:
        said.append(
            tn(
                "{n} family worsened and nobody said why.",
                "{n} families worsened and nobody said why.",
                len(found.without_reason),
            )
        )
    if found.revised is not None:
        counts = "; ".join(t("{reason}: {n}", reason=t(each.label), n=n) for each, n in found.revised.classes().items())
        said.append(t("With the revised baselines: {counts}.", counts=counts))
    if said:
        yield Line("")
        yield from (Line(each) for each in said)


# -- who -----------------------------------------------------------------------------------------------------------------


def poverty_groups(found: Poverty) -> list[tuple[str, tuple[str, ...]]]:
    """Words and families of each class, step and cell that is not empty."""
    families, threshold = found.table.families, found.table.threshold
    groups = [(t(each.label), _keys(one for one in families if one.poverty_class is each)) for each in _ORDER]
    groups += [(f"  {t(step.label)}", _keys(one for one in families if one.step is step)) for step in (*BETTER, *WORSE)]
    groups.append((t(UNDECIDED), found.table.undecided))
    for was, now in ((True, True), (True, False), (False, True), (False, False)):
        words = t("{before}, then {after}", before=t(POOR if was else NOT_POOR), after=t(POOR if now else NOT_POOR))
        cell = [one for one in families if (one.before.poor(threshold), one.after.poor(threshold)) == (was, now)]
        groups.append((words, _keys(cell)))
    groups += list(_cells(families, len(found.index.indicators)))
    return [(words, them) for words, them in groups if them]


def _cells(families: Sequence[Placed], most: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for was in range(most + 1):
        for now in range(most + 1):
            cell = [one for one in families if (*one.before, *one.after) == (was, was, now, now)]
            yield t("from {before} to {after} indicators", before=was, after=now), _keys(cell)


def _keys(families: Iterator[Placed] | Sequence[Placed]) -> tuple[str, ...]:
    return tuple(each.family for each in families)
