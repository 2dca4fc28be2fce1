"""Crosstabs and quote matrices as files: CSV, workbooks with a sheet that explains every row, column and measure, Markdown.

For inside: nothing is masked, and families go by their codes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from verhalen import errors
from verhalen.analysis.crossing_tests import RowTest
from verhalen.analysis.quote_matrix import QuoteMatrix
from verhalen.exchange.finding_tables import Written
from verhalen.exchange.tables import LONGEST_CELL, write_csv, write_xlsx
from verhalen.i18n import mark, t
from verhalen.model.coding import Fragment
from verhalen.model.crosstable import CrossTable, Line, Measure
from verhalen.model.ids import encode_id
from verhalen.store.whole_file import write_whole

Cells = list[object]
Sheet = tuple[Sequence[str], list[Cells]]

MEASURES = (Measure.COUNT, Measure.ROW_PERCENT, Measure.COLUMN_PERCENT, Measure.PER_1000_WORDS)
ROW = ("sleutel", "naam", "niveau")
TEST = ("p", "p_holm", "toets", "seed", "trekkingen", "niet_bepaald_omdat")
COLUMN = ("sleutel", "naam", "n", "totaal", "gezinnen", "bronnen", "woorden")
CODEBOOK = ("soort", "sleutel", "naam", "uitleg")
QUOTE = (
    *(
        "code",
        "code_naam",
        "kolom",
        "kolom_naam",
        "kolom_fragmenten",
        "kolom_gezinnen",
        "bron",
        "titel",
        "spreker",
        "rol",
    ),
    *("gezin", "over", "kleur", "begin", "einde", "codeur", "codering", "citaat"),
)
_MEANT = {
    Measure.COUNT: mark("how many different units stand there"),
    Measure.ROW_PERCENT: mark(
        "of the total of the row; rows may add up to more than 100, since a unit may stand in several columns"
    ),
    Measure.COLUMN_PERCENT: mark("of the n of the column"),
    Measure.PER_1000_WORDS: mark("per 1,000 words of the text that belongs to the column"),
}
_TESTED = mark(
    "whether the columns tell of the row equally often, by families; columns without a value take no part; p_holm is corrected "
    "over all rows"
)
_SHEETS = {
    Measure.COUNT: "aantallen",
    Measure.ROW_PERCENT: "rijprocenten",
    Measure.COLUMN_PERCENT: "kolomprocenten",
    Measure.PER_1000_WORDS: "per_1000_woorden",
}


def write_crossing(
    path: Path,
    table: CrossTable,
    *,
    measure: Measure,
    explained: Mapping[str, str],
    tests: Sequence[RowTest] = (),
) -> Written:
    """The table by one measure; in a workbook by all of them. `explained` says what each row is. Raises BadInput, CannotWrite."""
    header, rows = _measured(table, measure, tests)
    match path.suffix.lower():
        case ".csv":
            write_csv(path, header, rows)
        case ".xlsx":
            others = [each for each in MEASURES if each is not measure]
            sheets = {_SHEETS.get(measure, measure.value): (header, rows)}
            sheets |= {_SHEETS[each]: _measured(table, each) for each in others if _has(table, each)}
            sheets["kolommen"] = (COLUMN, [_column(table, index) for index in range(len(table.columns))])
            sheets["codeboek"] = (CODEBOOK, list(_codebook(table, explained, tests)))
            write_xlsx(path, sheets)
        case _:
            raise errors.BadInput(reason=t("this table is written as .csv or .xlsx; give the file such a name"))
    return Written(path, len(table.rows))


def _has(table: CrossTable, measure: Measure) -> bool:
    return measure is not Measure.PER_1000_WORDS or any(column.words for column in table.columns)


def column_names(columns: Sequence[Line]) -> list[str]:
    """What stands above each column: its name, with its key where two have the same name."""
    times = Counter(column.name for column in columns)
    return [f"{each.name} ({each.key})" if times[each.name] > 1 else each.name for each in columns]


def _measured(table: CrossTable, measure: Measure, tests: Sequence[RowTest] = ()) -> Sheet:
    """Rows, then the totals; the n of each column last."""
    header = (*ROW, *column_names(table.columns), "totaal", *(TEST if tests else ()))
    rows: list[Cells] = []
    for index, row in enumerate(table.rows):
        cells = [_rounded(table.shown(index, column, measure)) for column in range(len(table.columns))]
        rows.append([row.key, row.name, row.depth, *cells, table.row_totals[index]])
        if tests:
            rows[-1] += _test(tests[index])
    rest: Cells = [None] * len(TEST) if tests else []
    rows.append(["", "totaal", None, *table.column_totals, table.total, *rest])
    rows.append(["", "n", None, *(column.n for column in table.columns), None, *rest])
    return header, rows


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, 4)


def _test(each: RowTest) -> Cells:
    test = each.test
    method = t(test.method) if test.method else None
    why = t(test.p.reason) if test.p.value is None else None
    return [test.p.value, each.holm_p, method, test.seed, test.draws or None, why]


def _column(table: CrossTable, index: int) -> Cells:
    column = table.columns[index]
    total = table.column_totals[index]
    return [column.key, column.name, column.n, total, column.families, column.sources, column.words]


# -- what everything is ------------------------------------------------------------------------------------------------


def _codebook(table: CrossTable, explained: Mapping[str, str], tests: Sequence[RowTest] = ()) -> Iterator[Cells]:
    yield from _settings(table)
    for row in table.rows:
        yield ["rij", row.key, row.name, explained.get(row.key, "")]
    yield ["rij", "", "totaal", t("all rows together; each unit counts once, so it may be less than their sum")]
    yield ["rij", "", "n", t("what a percentage of the column is of: all that could stand in it, told or not")]
    for column in table.columns:
        said = t(
            "n {n}; families {families}, texts {sources}, words {words}",
            n=column.n,
            families=column.families,
            sources=column.sources,
            words=column.words,
        )
        yield ["kolom", column.key, column.name, said]
    for measure in MEASURES:
        yield ["maat", measure.value, t(measure.label), t(_MEANT[measure])]
    if tests:
        yield ["maat", "p", t("exact test"), t(_TESTED)]


def _settings(table: CrossTable) -> Iterator[Cells]:
    yield ["instelling", "langs", table.by, t("what the columns are")]
    yield ["instelling", "rijen", table.lines, t("what the rows are")]
    yield ["instelling", "eenheid", table.unit.value, t(table.unit.label)]
    yield ["instelling", "geschreven", dt.datetime.now().astimezone().date().isoformat(), ""]
    for note in table.notes:
        yield ["instelling", "opmerking", "", str(note)]


# -- words -------------------------------------------------------------------------------------------------------------


def write_quotes(path: Path, matrix: QuoteMatrix, *, explained: Mapping[str, str]) -> Written:
    """One line per quote (.csv), with the matrix beside it (.xlsx), or to be read (.md). Raises BadInput, CannotWrite."""
    rows = list(_quote_rows(matrix))
    match path.suffix.lower():
        case ".csv":
            write_csv(path, QUOTE, rows)
        case ".xlsx":
            table = matrix.table
            sheets: dict[str, Sheet] = {
                "citaten": (QUOTE, rows),
                "matrix": (("code", "naam", *column_names(matrix.columns)), list(_matrix(matrix))),
                "aantallen": _measured(table, Measure.COUNT),
                "kolommen": (COLUMN, [_column(table, index) for index in range(len(table.columns))]),
                "codeboek": (CODEBOOK, list(_codebook(table, explained))),
            }
            write_xlsx(path, sheets)
        case ".md":
            write_whole(path, "\n".join(_markdown(matrix)).encode("utf-8"))
        case _:
            raise errors.BadInput(reason=t("quotes are written as .csv, .xlsx or .md; give the file such a name"))
    return Written(path, len(rows))


def _quote_rows(matrix: QuoteMatrix) -> Iterator[Cells]:
    rows = {row.key: row for row in matrix.rows}
    columns = {column.key: column for column in matrix.columns}
    for cell in matrix.cells:
        row, column = rows[cell.code], columns[cell.column]
        for each in cell.fragments:
            coding = each.coding
            yield [
                *(row.key, row.name, column.key, column.name, column.n, column.families),
                *(each.source_number, each.source_title, each.speaker or "", each.speaker_role, each.family or ""),
                *(" ".join(each.about), coding.valence.value, coding.start, coding.stop, coding.coder),
                *(encode_id(coding.id), each.text[:LONGEST_CELL]),
            ]


def _matrix(matrix: QuoteMatrix) -> Iterator[Cells]:
    for row in matrix.rows:
        cells = ["\n\n".join(map(_short, said_once(matrix.cell(row.key, column.key)))) for column in matrix.columns]
        yield [row.key, row.name, *(_fitted(cell) for cell in cells)]


def _short(each: Fragment) -> str:
    return f"“{' '.join(each.text.split())}” ({attribution(each)})"


def _fitted(cell: str) -> str:
    """A cell of a workbook holds so much; what is longer stands whole in the first sheet."""
    return cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - 1] + "…"


def said_once(fragments: Sequence[Fragment]) -> list[Fragment]:
    """For reading: the same words stand there once, whoever coded them."""
    return list({(each.coding.source_id, each.coding.start, each.coding.stop): each for each in fragments}.values())


def attribution(each: Fragment) -> str:
    """Who says it and where, for inside: family or role, number of the text, place, valence."""
    who = each.family or each.speaker_role or each.speaker or t("somebody")
    role = f", {each.speaker_role}" if each.speaker_role and each.family else ""
    sign = each.coding.valence.sign.strip()
    return f"{who}{role}; {each.source_number}@{each.coding.start}{f'; {sign}' if sign else ''}"


def _markdown(matrix: QuoteMatrix) -> Iterator[str]:
    for row in matrix.rows:
        yield f"# {row.name} ({row.key})\n"
        for column in matrix.columns:
            told = matrix.cell(row.key, column.key)
            said = t("{n} codings; families in this column: {families}", n=len(told), families=column.families)
            yield f"## {column.name or column.key}\n\n{said}\n"
            for each in said_once(told):
                yield f"> {' '.join(each.text.split())}\n>\n> {attribution(each)}\n"
    for note in matrix.notes:
        yield f"*{note}*\n"
