"""Co-occurrence and typology as tables with a codebook. For inside: nothing is masked."""

from __future__ import annotations

from collections.abc import Iterator

from verhalen.analysis.typology import Group, TypologyRow, TypologyTable
from verhalen.exchange.data_tables import Cell, Column, DataTable, unique_names
from verhalen.i18n import mark, t
from verhalen.model.crosstable import CrossTable, Unit
from verhalen.scores.pairs import NotPaired
from verhalen.statistics.quartiles import Spread

LEVELS = {"kwartiel_1": mark("first quartile"), "mediaan": mark("median"), "kwartiel_3": mark("third quartile")}
NUMBERS = {Group.TELLING: 1, Group.OTHER: 2, Group.NO_WORDS: 3}


def cooccurrence_tables(found: CrossTable) -> tuple[DataTable, ...]:
    """Pairs of codes that stand together; then the whole matrix, of numbers and of coefficients."""
    names = unique_names([f"c_{line.key}" for line in found.columns])
    code = Column("code", t("code of the row"), "text", "nominal")
    columns = tuple(Column(name, line.name, source=line.key) for name, line in zip(names, found.columns, strict=True))
    lines = range(len(found.rows))
    return (
        DataTable(
            "samen", t("Codes that stand together, two by two."), _pair_columns(found.unit), tuple(_pairs(found))
        ),
        DataTable(
            "matrix",
            t("How often; on the diagonal each code's own."),
            (code, *columns),
            tuple((found.rows[row].key, *found.counts[row]) for row in lines),
        ),
        DataTable(
            "coefficient",
            t("How strongly, from 0 to 1; empty where neither code occurs."),
            (code, *columns),
            tuple((found.rows[row].key, *found.coefficients[row]) for row in lines),
        ),
    )


def _pair_columns(unit: Unit) -> tuple[Column, ...]:
    counted = t(unit.label)
    return (
        Column("code_1", t("first code"), "text", "nominal"),
        Column("naam_1", t("its name"), "text", "nominal"),
        Column("n_1", t("of the first code: {unit}", unit=counted)),
        Column("code_2", t("second code"), "text", "nominal"),
        Column("naam_2", t("its name"), "text", "nominal"),
        Column("n_2", t("of the second code: {unit}", unit=counted)),
        Column("samen", t("both together: {unit}", unit=t("pairs of fragments") if unit is Unit.CODINGS else counted)),
        Column("coefficient", t("n12 / (n1 + n2 - n12), from 0 to 1; a fragment counts once in it")),
    )


def _pairs(found: CrossTable) -> Iterator[tuple[Cell, ...]]:
    for row, one in enumerate(found.rows):
        for column in range(row + 1, len(found.columns)):
            other, n, strength = found.columns[column], found.counts[row][column], found.coefficients[row][column]
            if n or strength is None:
                yield one.key, one.name, one.n, other.key, other.name, other.n, n, strength


def typology_tables(found: TypologyTable) -> tuple[DataTable, ...]:
    """The rows, and which family stands in which group."""
    reasons = [each for each in NotPaired if any(each in row.change.not_paired for row in found.rows)]
    labels = {NUMBERS[group]: t(group.label) for group in found.groups}
    group = Column("groep", t("group, by what is told: {name}", name=found.name), "number", "nominal", labels)
    return (
        DataTable(
            "typologie",
            t("Scores of families that tell of {name}, beside those that do not.", name=found.name),
            (*_typology_columns(group), *(Column(f"zonder_{each.value}", t(each.label)) for each in reasons)),
            tuple(
                (*_cells(row, NUMBERS[row.group]), *(len(row.change.not_paired.get(each, ())) for each in reasons))
                for row in found.rows
            ),
        ),
        DataTable(
            "gezinnen",
            t("Which family stands in which group."),
            (Column("gezin", t("code of the family"), "text", "nominal"), group),
            tuple((family, NUMBERS[each]) for each, families in found.groups.items() for family in families),
        ),
    )


def _typology_columns(group: Column) -> tuple[Column, ...]:
    levels = tuple(
        Column(f"{moment}_{part}", t("{what}, {moment}", what=t(what), moment=when), measure="ordinal")
        for moment, when in (("voor", t("at the baseline")), ("na", t("at the follow-up")))
        for part, what in LEVELS.items()
    )
    return (
        Column("sleutel", t("item or life domain"), "text", "nominal"),
        Column("naam", t("its name"), "text", "nominal"),
        group,
        Column("n", t("pairs behind all numbers of the row")),
        Column("gezinnen", t("families behind them")),
        *levels,
        Column("beter", t("better")),
        Column("gelijk", t("same")),
        Column("slechter", t("worse")),
        Column("beter_aandeel", t("better, as a share from 0 to 1")),
        Column("gelijk_aandeel", t("same, as a share from 0 to 1")),
        Column("slechter_aandeel", t("worse, as a share from 0 to 1")),
        Column("zonder_waarde_omdat", t("why there is no value"), "text", "nominal"),
    )


def _cells(row: TypologyRow, group: int) -> tuple[Cell, ...]:
    change = row.change
    counts = (change.up, change.same, change.down)
    return (
        *(row.target.key, row.target.name, group, row.n, change.n_families),
        *_levels(row.before),
        *_levels(row.after),
        *counts,
        *map(row.share, counts),
        t(row.before.median.reason) if row.before.median.reason else "",
    )


def _levels(found: Spread) -> tuple[Cell, ...]:
    return found.low.value, found.median.value, found.high.value
