"""Agreement as tables: figures, the places where coders differ, and how was counted. For inside: coders stand by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.analysis.agreeing import AgreementTable
from verhalen.analysis.agreement_rows import AgreementRow
from verhalen.exchange.tables import write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.statistics.outcome import Outcome

_FIGURES = (
    *("code", "codeurs", "eenheid", "n", "gegeven", "voorkomen", "procent", "kappa", "fleiss", "alfa", "alfa_niveau"),
    *(
        "alfa_n",
        "alfa_laag",
        "alfa_hoog",
        "u_alfa",
        "binaire_alfa",
        "cu_alfa",
        "teksten",
        "versie",
        "seed",
        "trekkingen",
    ),
    *("verschillen", "niet_bepaald_omdat"),
)
PLACES = ".verschillen.csv"
"""Behind the name of a CSV file: the places where coders differ, which stand beside the figures always."""
Cells = list[object]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    path: Path
    rows: int
    """Of the first table."""
    places: Path
    """Where the places stand where coders differ: the same workbook, or a CSV file of their own."""


def write_agreement(path: Path, found: AgreementTable, numbers: Mapping[int, int]) -> Written:
    """XLSX holds the figures and the places, CSV two files. `numbers`: id of a source -> its number. Raises BadInput, CannotWrite."""
    rows = [_figures(row, found) for row in found.rows]
    places: list[Cells] = [
        [each.code, numbers.get(each.source_id), each.start, each.stop, *(_said(said) for said in each.said)]
        for row in found.rows
        for each in row.disagreements
    ]
    head = ("code", "bron", "begin", "einde", *found.names)
    match path.suffix.lower():
        case ".csv":
            write_csv(path, _FIGURES, rows)
            write_csv(beside := path.with_name(path.stem + PLACES), head, places)
            return Written(path, len(rows), beside)
        case ".xlsx":
            write_xlsx(path, {"overeenstemming": (_FIGURES, rows), "verschillen": (head, places)})
        case suffix:
            raise errors.BadInput(
                reason=t("I write tables as .csv or .xlsx, not as {suffix}", suffix=suffix or path.name)
            )
    return Written(path, len(rows), path)


def _said(said: str | None) -> str:
    return "" if said is None else said or "-"


def _figures(row: AgreementRow, found: AgreementTable) -> Cells:
    between = row.alpha_interval
    prevalence = " / ".join("" if share is None else f"{share:.4f}" for share in row.prevalence)
    return [
        row.code,
        " / ".join(found.names),
        found.unit.value,
        row.n,
        " / ".join(f"{count} van {of}" for count, of in zip(row.given, row.judged, strict=True)),
        prevalence,
        *(_value(each) for each in (row.percent, row.kappa, row.fleiss, row.alpha)),
        found.level.value,
        row.alpha_n,
        between.low if between else None,
        between.high if between else None,
        *(_value(each) for each in (row.u_alpha, row.binary_alpha, row.cu_alpha)),
        row.texts,
        found.version,
        between.seed if between else None,
        between.draws if between and between.seed else None,
        len(row.disagreements),
        "; ".join(f"{name}: {t(reason)}" for name, reason in row.undefined.items()),
    ]


def _value(outcome: Outcome) -> float | None:
    return outcome.value
