"""What the scores say, as tables for researchers: change with its tests, baselines, the approximation of the poverty index.

CSV holds the first table; XLSX all of them, with what their columns are, the last one with how was counted. For inside:
nothing is masked, and families go by their codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from verhalen import errors
from verhalen.analysis.baseline import Baseline, BaselineRow
from verhalen.analysis.change_table import ChangeRow, ChangeTable, Per
from verhalen.analysis.poverty import Poverty
from verhalen.analysis.scoring import Scored
from verhalen.exchange.finding_words import HEADER, codebook_of
from verhalen.exchange.tables import write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.model.snapshot import Reason
from verhalen.scores.own_domains import domain_pairs, own_domains
from verhalen.scores.pairs import NotPaired
from verhalen.scores.poverty_index import BETTER, NAME, WORSE, PovertyClass
from verhalen.scores.research import METHOD
from verhalen.statistics.intervals import DRAWS, LEAST, SEED, Interval, wilson
from verhalen.statistics.outcome import Outcome

Cells = list[object]
Sheet = tuple[Sequence[str], list[Cells]]

CHANGE = (
    *("instrument", "per", "sleutel", "naam", "niveau", "splitsing", "waarde", "regel", "n", "gezinnen", "personen"),
    *("vooruit", "gelijk", "achteruit", "gelijk_bevestigd", "gelijk_in_blok", "gelijk_overgedragen", "gelijk_gemengd"),
    *("niet_gepaard", "samenstelling_gewijzigd", "zonder_registratie_in_venster", "bodem", "plafond"),
    *("mediaan_verschil", "dominantie", "dominantie_laag", "dominantie_hoog", "vooruit_aandeel", "vooruit_laag"),
    *("vooruit_hoog", "achteruit_aandeel", "achteruit_laag", "achteruit_hoog", "tekentoets_p", "tekentoets_p_holm"),
    *("wilcoxon_p", "rang_biseriaal", "drempel", "drempel_voor", "drempel_na", "drempel_erbij", "drempel_eraf"),
    *("mcnemar_p", "wilcoxon_methode", "bootstrap_seed", "bootstrap_trekkingen", "duiding_nodig", "niet_bepaald_omdat"),
)
_PAIRS = ("gezin", "lid", "sleutel", "voor", "na", "laatst_gezien", "personen")
_POVERTY = ("deel", "naam", "gezinnen", "van", "aandeel", "laag", "hoog", "p")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    path: Path
    rows: int
    """Of the first table."""


def write_change(path: Path, found: ChangeTable, per: Per) -> Written:
    """The table of change with tests and intervals; the caller asked for these. Raises BadInput, CannotWrite."""
    rows = [_change_row(found, row, per) for row in found.rows]
    split = [reason.value for reason in NotPaired]
    gaps: list[Cells] = [
        [row.target.key, row.value, *(len(row.change.not_paired.get(NotPaired(reason), ())) for reason in split)]
        for row in found.rows
    ]
    reasons: list[Cells] = [
        [row.target.key, row.value, reason.value, n] for row in found.rows for reason, n in row.reasons.items()
    ]
    return _write(
        path,
        {
            "verandering": (CHANGE, rows),
            "paren": (_PAIRS, list(_pair_rows(found.scored, per))),
            "niet_gepaard": (("sleutel", "waarde", *split), gaps),
            "redenen": (("sleutel", "waarde", "reden", "gezinnen"), reasons),
            "methode": (("wat", "hoe"), method_rows(found.scored)),
        },
    )


def write_baseline(path: Path, found: Baseline) -> Written:
    """The table of baselines, items first. Raises BadInput, CannotWrite."""
    instrument = found.scored.instrument
    scale = [f"waarde_{value}" for value in range(instrument.low, instrument.high + 1)]
    reasons = [
        reason.value for reason in NotPaired if any(reason in row.missing for row in (*found.items, *found.domains))
    ]
    header = (
        *("instrument", "soort", "sleutel", "naam", "niveau", "levensdomein", "items", "n", "gezinnen", "personen"),
        *("mediaan", *scale, *reasons),
    )

    def line(kind: str, row: BaselineRow) -> Cells:
        return [
            *(instrument.key, kind, row.key, row.name, row.level.value, row.life_domain, row.items, row.n),
            *(row.n_families, row.n_persons, row.median.value, *row.values.values()),
            *(len(row.missing.get(NotPaired(reason), ())) for reason in reasons),
        ]

    rows = [*(line("item", row) for row in found.items), *(line("domein", row) for row in found.domains)]
    once = found.only_here
    families: list[Cells] = [[family, "gevolgd"] for family in found.followed]
    families += [[family, reason.value] for reason, them in once.items() for family in them]
    return _write(
        path,
        {
            "nulmeting": (header, rows),
            "gezinnen": (("gezin", "opvolging"), sorted(families, key=lambda each: str(each[0]))),
            "methode": (("wat", "hoe"), method_rows(found.scored)),
        },
    )


def write_poverty(path: Path, found: Poverty) -> Written:
    """Classes, sub-classes and transitions with their intervals. Raises BadInput, CannotWrite."""
    size = len(found.index.indicators)
    families: list[Cells] = [
        [
            *(each.family, each.before.low, each.before.high, each.after.low, each.after.high),
            *(each.poverty_class.value if each.poverty_class else "undecided", each.step.value if each.step else ""),
            *("|".join(each.missing), "|".join(each.turned)),
        ]
        for each in found.table.families
    ]
    matrix = found.table.transitions(size)
    method: list[Cells] = [
        [t("what it is"), t(NAME)],
        [t("poor from so many indicators on"), found.table.threshold],
        *method_rows(found.scored),
    ]
    return _write(
        path,
        {
            "kansarmoede_benadering": (_POVERTY, list(_poverty_rows(found))),
            "overgangen": (
                ("voor", *(f"na_{n}" for n in range(size + 1))),
                [[n, *row] for n, row in enumerate(matrix)],
            ),
            "gezinnen": (
                ("gezin", "voor_min", "voor_max", "na_min", "na_max", "klasse", "deelklasse", "ontbreekt", "gekeerd"),
                families,
            ),
            "methode": (("wat", "hoe"), method),
        },
    )


def _write(path: Path, sheets: dict[str, Sheet]) -> Written:
    header, rows = next(iter(sheets.values()))
    match path.suffix.lower():
        case ".csv":
            write_csv(path, header, rows)
        case ".xlsx":
            *counted, method = sheets
            told = {name: sheets[name] for name in counted}
            codebook: Sheet = (HEADER, list(codebook_of(told)))
            write_xlsx(path, {**told, "codeboek": codebook, method: sheets[method]})
        case _:
            raise errors.BadInput(reason=t("this table is written as .csv or .xlsx; give the file such a name"))
    return Written(path, len(rows))


# -- change ----------------------------------------------------------------------------------------------------------


def _change_row(found: ChangeTable, row: ChangeRow, per: Per) -> Cells:
    change, target, asked = row.change, row.target, row.research
    reasons = {"dominantie": change.dominance, "tekentoets_p": change.sign_p, "mediaan_verschil": change.median_change}
    cells: Cells = [
        *(found.scored.instrument.key, per.value, target.key, target.name, target.level.value if target.level else ""),
        *(found.by, row.value, found.scored.settings.rule.value, change.n, change.n_families, change.n_persons),
        *(change.up, change.same, change.down, change.same_confirmed, change.same_in_bulk, change.same_carried),
        *(change.mixed, sum(map(len, change.not_paired.values())), change.composition_changed, change.after_window),
        *(change.at_floor, change.at_ceiling, change.median_change.value, change.dominance.value),
    ]
    if asked is None:
        return [*cells, *[None] * (len(CHANGE) - len(cells) - 2), change.flag, _why(reasons)]
    at = asked.threshold
    reasons |= {"wilcoxon_p": asked.wilcoxon_p, "rang_biseriaal": asked.rank_biserial}
    return [
        *cells,
        *(asked.dominance.low, asked.dominance.high),
        *(_share(change.up, change.n), asked.better.low, asked.better.high),
        *(_share(change.down, change.n), asked.worse.low, asked.worse.high),
        *(change.sign_p.value, asked.holm_p, asked.wilcoxon_p.value, asked.rank_biserial.value),
        *((None,) * 6 if at is None else (at.value, at.before, at.after, at.gained, at.lost, at.p.value)),
        *(t(METHOD), asked.dominance.seed, asked.dominance.draws or None),
        *(change.flag, _why(reasons, {"intervallen": asked.better})),
    ]


def _why(outcomes: dict[str, Outcome], intervals: dict[str, Interval] | None = None) -> str:
    said = [f"{name}: {t(each.reason)}" for name, each in outcomes.items() if each.value is None]
    said += [f"{name}: {t(each.reason)}" for name, each in (intervals or {}).items() if each.reason]
    return "; ".join(said)


def _share(count: int, n: int) -> float | None:
    return count / n if n else None


def _pair_rows(scored: Scored, per: Per) -> Iterator[Cells]:
    """The pairs themselves: per item, or per own domain where that was asked."""
    pairs = scored.pairs()
    if per is Per.SECTION:
        pairs = domain_pairs(pairs, own_domains(scored.instrument))
    for key, found in pairs.by_item.items():
        for (family, person), each in found.items():
            yield [
                family,
                (person or "").removeprefix(f"{family}."),
                key,
                each.before,
                each.after,
                each.look.value,
                each.persons,
            ]


# -- the approximation of the poverty index --------------------------------------------------------------------------


def _poverty_rows(found: Poverty) -> Iterator[Cells]:
    table = found.table
    n = table.followed
    classes = table.classes()
    for name in PovertyClass:
        yield _counted("klasse", name.value, classes[name], n)
    yield _counted("klasse", "undecided", len(table.undecided), n)
    for name, steps in ((PovertyClass.IMPROVED, BETTER), (PovertyClass.WORSENED, WORSE)):
        for step, count in table.steps(steps).items():
            yield _counted(f"deelklasse van {name.value}", step.value, count, n)
    certain = table.poor_table()
    for (was, now), count in certain.items():
        name_of = f"{'poor' if was else 'not_poor'} > {'poor' if now else 'not_poor'}"
        yield _counted("overgang", name_of, count, sum(certain.values()))
    for moment, count in zip(("before", "after"), table.poor(), strict=True):
        yield _counted("kansarm", moment, count, n)
    for moment, count in zip(("before", "after"), found.heavy, strict=True):
        yield _counted("zwaar kansarm", moment, count, n)
    for reason in Reason:
        if reason in found.reasons:
            yield [
                "reden van achteruitgang",
                reason.value,
                found.reasons[reason],
                classes[PovertyClass.WORSENED],
                *[None] * 4,
            ]
    yield ["toets", "tekentoets", *[None] * 5, table.sign_p().value]
    yield ["toets", "mcnemar", *[None] * 5, table.mcnemar_p().value]


def _counted(part: str, name: str, count: int, n: int) -> Cells:
    interval = wilson(count, n)
    return [part, name, count, n, _share(count, n), interval.low, interval.high, None]


# -- how was counted -------------------------------------------------------------------------------------------------


def method_rows(scored: Scored) -> list[Cells]:
    """What a table of scores rests on: instrument, moments, rule, families, tests."""
    settings, instrument = scored.settings, scored.instrument
    unfollowed = "; ".join(f"{t(reason.label)}: {len(them)}" for reason, them in scored.views.unfollowed.items())
    return [
        ["instrument", f"{instrument.name} ({instrument.key}), {instrument.wording}, {instrument.version}"],
        [t("judged by"), t(scored.assessor.label)],
        [t("follow-up"), settings.at.value],
        [t("days"), settings.days],
        [t("window"), settings.window],
        [t("persons of a family"), t(settings.rule.label)],
        [t("families registered"), sum(each.t0 is not None for each in scored.moments)],
        [t("families followed"), len(scored.views.followed)],
        [t("without a registration in the window"), len(scored.views.after_window)],
        [t("not followed"), unfollowed],
        [t("sign test"), t("exact, two-sided, ties dropped; Holm over the rows of one value of the split")],
        ["Wilcoxon", t(METHOD)],
        ["McNemar", t("exact, on the discordant pairs")],
        [t("intervals of shares"), t("Wilson, 95%, none below {n} families", n=LEAST)],
        [
            t("intervals of dominance"),
            t("bootstrap by family, 95%, {draws} draws, seed {seed}", draws=DRAWS, seed=SEED),
        ],
    ]
