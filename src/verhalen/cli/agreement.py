"""Agreement between coders on the command line. No traffic light: figures, n, how often, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verhalen.cli.output import Context, pass_context, table
from verhalen.i18n import mark, t, tn

if TYPE_CHECKING:
    from verhalen.analysis.agreeing import AgreementTable
    from verhalen.analysis.agreement_rows import AgreementRow
    from verhalen.statistics.outcome import Outcome

_MOST_PLACES = 10
"""Shown without being asked for."""
_MOST_CODES = 4
_LEVELS = {"nominal": mark("nominal"), "ordinal": mark("ordinal"), "interval": mark("interval")}
_MEASURES = {
    "percent": "%", "kappa": "kappa", "fleiss": "fleiss", "alpha": "alfa", "u_alpha": "u", "binary_alpha": "b",
    "cu_alpha": "cu",
}  # fmt: skip
_UNITS = {
    "turn": mark("turn"),
    "sentence": mark("sentence"),
    "paragraph": mark("paragraph"),
    "coded": mark("turn with a code"),
}


@click.command("agreement", help=t("How far coders agree, per code: percent, kappa, alpha, and alpha of running text."))
@click.option("--code", "codes", multiple=True, metavar="KEY", help=t("Only this code; may be repeated."))
@click.option(
    "--group", default="", metavar="KEY", help=t("The codes right below this one, as answers that exclude each other.")
)
@click.option(
    "--unit",
    type=click.Choice(["turn", "sentence", "paragraph", "coded"]),
    default="turn",
    help=t("What is compared; coded: turns with at least one code."),
)
@click.option(
    "--level",
    type=click.Choice(["nominal", "ordinal", "interval"]),
    default="nominal",
    help=t("Of alpha with --group: whether its codes, in the order of the codebook, lie closer or farther apart."),
)
@click.option("--coders", default="", metavar="A,B", help=t("Who; without it all who share a text."))
@click.option("--source", "sources", multiple=True, metavar="ID", help=t("Only this text; may be repeated."))
@click.option("--intervals", is_flag=True, help=t("With a bootstrap interval of alpha; takes longer."))
@click.option("--disagreements", is_flag=True, help=t("With every place where coders differ."))
@click.option("-o", "target", type=click.Path(path_type=Path), metavar="FILE", help=t("Write a .csv or .xlsx table."))
@pass_context
def agreement(
    state: Context,
    codes: tuple[str, ...],
    group: str,
    unit: str,
    level: str,
    coders: str,
    sources: tuple[str, ...],
    *,
    intervals: bool,
    disagreements: bool,
    target: Path | None,
) -> None:
    """Compare coders."""
    with state.open() as project:
        wanted = [project.sources.get(each).id for each in sources]
        named = [each.strip() for each in coders.split(",") if each.strip()]
        found = project.agreement.table(
            codes=codes, group=group, unit=unit, level=level, coders=named, sources=wanted, intervals=intervals
        )
        numbers = project.agreement.source_numbers()
        done = project.agreement.write(target, found) if target is not None else None
    files = list(dict.fromkeys([done.path, done.places])) if done else []
    state.emit(
        [_row_json(row, found, numbers) for row in found.rows],
        lambda: [
            *_lines(found, numbers, places=disagreements),
            *(t("Written to {file}.", file=each) for each in files),
        ],
    )


def _row_json(row: AgreementRow, found: AgreementTable, numbers: Mapping[int, int]) -> dict[str, object]:
    between = row.alpha_interval
    return {
        "code": row.code,
        "coders": list(found.names),
        "unit": found.unit.value,
        "n": row.n,
        "given": list(row.given),
        "judged": list(row.judged),
        "prevalence": list(row.prevalence),
        "percent": row.percent.value,
        "kappa": row.kappa.value,
        "fleiss": row.fleiss.value,
        "alpha": row.alpha.value,
        "level": found.level.value,
        "alpha_n": row.alpha_n,
        "alpha_interval": None
        if between is None
        else {
            "low": between.low,
            "high": between.high,
            "seed": between.seed,
            "draws": between.draws,
            "reason": t(between.reason),
        },
        "u_alpha": row.u_alpha.value,
        "binary_alpha": row.binary_alpha.value,
        "cu_alpha": row.cu_alpha.value,
        "texts": row.texts,
        "version": found.version,
        "outside": found.outside,
        "undefined": {name: t(reason) for name, reason in row.undefined.items()},
        "disagreements": [
            {
                "source_id": str(numbers.get(each.source_id, "")),
                "start": each.start,
                "stop": each.stop,
                "said": list(each.said),
            }
            for each in row.disagreements
        ],
    }


def _lines(found: AgreementTable, numbers: Mapping[int, int], *, places: bool) -> Iterator[str]:
    if len(found.coders) < 2 or not found.rows:
        yield t("No text was coded by two coders yet: give a colleague a text to code too.")
        return
    yield t(
        "{coders} · unit: {unit} · {n}",
        coders=", ".join(found.names),
        unit=t(_UNITS[found.unit.value]),
        n=tn("{n} text", "{n} texts", len(found.sources)),
    )
    columns = _columns(found)
    yield from table([head for head, _ in columns], [[cell(row) for _, cell in columns] for row in found.rows])
    yield from _notes(found)
    yield from _undefined(found)
    yield from _places(found, numbers, every=places)


def _columns(found: AgreementTable) -> list[tuple[str, Callable[[AgreementRow], object]]]:
    """Head and cell of each column: those that say something of these coders and these rows."""
    columns: list[tuple[str, Callable[[AgreementRow], object]]] = [
        (t("code"), lambda row: row.code),
        ("n", lambda row: row.n),
        (t("how often"), _often),
        ("%", lambda row: _figure(row.percent, 100, 1)),
        ("kappa", lambda row: _figure(row.kappa))
        if len(found.coders) == 2
        else ("fleiss", lambda row: _figure(row.fleiss)),
        ("alfa", lambda row: _figure(row.alpha)),
    ]
    if any(row.alpha_interval for row in found.rows):
        columns.append(("95 %", _between))
    columns.append(("u", lambda row: _figure(row.u_alpha)))
    if any(row.binary_alpha != row.u_alpha for row in found.rows):
        columns.append(("b", lambda row: _figure(row.binary_alpha)))
    return [
        *columns,
        ("cu", lambda row: _figure(row.cu_alpha)),
        (t("differ"), lambda row: len(row.disagreements)),
    ]


def _often(row: AgreementRow) -> str:
    """How often each coder gave the code; of how many units where that is not n."""
    return " / ".join(
        str(count) if of == row.n else t("{count} of {of}", count=count, of=of) if of else "–"
        for count, of in zip(row.given, row.judged, strict=True)
    )


def _between(row: AgreementRow) -> str:
    from verhalen.scores.wording import decimals

    found = row.alpha_interval
    if found is None or found.low is None or found.high is None:
        return "–"
    return t("{low} to {high}", low=decimals(found.low, 3), high=decimals(found.high, 3))


def _notes(found: AgreementTable) -> Iterator[str]:
    """By which formulas, over what."""
    yield t("Kappa by Cohen 1960 (three coders or more: Fleiss 1971), alpha by Krippendorff 2011.")
    yield t("Alpha of running text (u, b: binary, cu) by the formulas of {version}.", version=found.version)
    if found.level.value != "nominal" and found.rows[0].alpha_n:
        level, units = t(_LEVELS[found.level.value]), found.rows[0].alpha_n
        yield t(
            "Alpha is {level}, over the {n} units to which two coders gave a code of the group.", level=level, n=units
        )
    if not found.grouped:
        yield t("cu of one code is always 1 where coders overlap; --group compares which code they gave.")
    if found.rows[0].texts < len(found.sources):
        yield tn(
            "u, b and cu are of {n} text: the one that all of them coded.",
            "u, b and cu are of {n} texts: those that all of them coded.",
            found.rows[0].texts,
        )
    drawn = [row.alpha_interval for row in found.rows if row.alpha_interval and row.alpha_interval.seed]
    if drawn:
        yield t("95 %: bootstrap over units, {draws} draws, seed {seed}.", draws=drawn[0].draws, seed=drawn[0].seed)
    if found.outside:
        yield tn(
            "{n} coding lies outside every unit (a name, a title): it counts in running text only.",
            "{n} codings lie outside every unit (a name, a title): they count in running text only.",
            found.outside,
        )


def _undefined(found: AgreementTable) -> Iterator[str]:
    """Every reason why there is no value, with the measures and codes of which it is."""
    told: dict[str, tuple[list[str], list[str]]] = {}
    for row in found.rows:
        reasons = dict(row.undefined)
        reasons.pop("fleiss" if len(found.coders) == 2 else "kappa", None)
        between = row.alpha_interval
        if between is not None and between.low is None:
            reasons["95 %"] = between.reason
        for name, reason in reasons.items():
            measures, codes = told.setdefault(reason, ([], []))
            measures += [_MEASURES.get(name, name)] if _MEASURES.get(name, name) not in measures else []
            codes += [row.code] if row.code not in codes else []
    for reason, (measures, codes) in told.items():
        more = [t("{n} more", n=len(codes) - _MOST_CODES)] if len(codes) > _MOST_CODES else []
        which = ", ".join([*codes[:_MOST_CODES], *more])
        yield "– " + t("{measures} of {codes}: {reason}", measures=", ".join(measures), codes=which, reason=t(reason))


def _figure(outcome: Outcome, times: int = 1, places: int = 3) -> str:
    from verhalen.scores.wording import decimals

    return "–" if outcome.value is None else decimals(times * outcome.value, places)


def _places(found: AgreementTable, numbers: Mapping[int, int], *, every: bool) -> Iterator[str]:
    all_of_them = [each for row in found.rows for each in row.disagreements]
    if not all_of_them:
        return
    shown = all_of_them if every else all_of_them[:_MOST_PLACES]
    header = (t("code"), t("source"), t("place"), *found.names)
    rows = [
        (each.code, numbers.get(each.source_id, ""), f"{each.start}-{each.stop}", *(_gave(said) for said in each.said))
        for each in shown
    ]
    yield ""
    yield from table(header, rows)
    if len(all_of_them) > len(shown):
        yield t("… and {n} more; --disagreements shows them all, -o FILE writes them.", n=len(all_of_them) - len(shown))


def _gave(said: str | None) -> str:
    return t("did not code this text") if said is None else said or "–"


COMMANDS = (agreement,)
