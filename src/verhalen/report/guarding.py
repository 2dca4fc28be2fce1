"""Between a filler and the document: what is published goes to the ledger, and what the ledger forbids stays out (D6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence

from verhalen.i18n import mark, t
from verhalen.model.release import ReleasedRow
from verhalen.model.text import Notice
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.privacy.disclosure import MaskedTable, clear_count
from verhalen.privacy.ladder import Choice, lacking, ladder
from verhalen.privacy.ledger import Clash, Published, clashes
from verhalen.report.blocks import Block, Chart, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.log import Log, MaskedEntry, RefusedEntry
from verhalen.report.placeholders import Placeholder

NOT_BESIDE = mark("{what}: not shown here. Beside an earlier report it would tell of single families.")
_LEFT_OUT = mark(
    "{what} is left out: beside {report} of {day} it would tell of fewer than {k} families. "
    "Take a longer period or more families together, or give the same numbers as then"
)
_BESIDE_BUILT = mark(
    "{what} is left out: beside {report}, built on {day}, it would tell of fewer than {k} families. "
    "Was that report given to nobody? Then: verhalen report forget {report}"
)
A_NUMBER = mark("a number of")
"""In place of a number within a sentence: `a number of families`."""
FAMILIES = "families"
"""Kind of the number of all families of a report."""
ALL = "*"
"""Label of the row that holds everybody."""


def publish(
    data: ReportData,
    log: Log,
    kind: str,
    label: str,
    total: int | None,
    families: Collection[str],
    *,
    cells: Sequence[tuple[str, int | None]] = (),
    sensitive: bool = False,
) -> None:
    """Write down what the report gives out of these families: a number, or a row with its classes. Inside the team nothing.

    `kind` says what is counted and under which settings: rows of one kind may be subtracted from each other.
    """
    row = released(data, kind, label, total, families, cells=cells)
    if row is not None:
        log.rows[kind, label] = Published(row, data.limits.threshold(sensitive=sensitive))


def released(
    data: ReportData,
    kind: str,
    label: str,
    total: int | None,
    families: Collection[str],
    *,
    cells: Sequence[tuple[str, int | None]] = (),
) -> ReleasedRow | None:
    """The row as the ledger keeps it; None inside the team, and where it shows nothing."""
    shown = [count for _, count in cells if count is not None] or total is not None
    if not data.audience.is_outside or not shown or not families:
        return None
    ids = frozenset(data.ids[key] for key in families if key in data.ids)
    return ReleasedRow(kind, label, tuple(key for key, _ in cells), tuple(count for _, count in cells), total, ids)


def publish_share(
    data: ReportData, log: Log, kind: str, shown: int | None, whole: Collection[str] | None = None
) -> None:
    """So many of all families (or of `whole`): beside another report the others are a class too."""
    if shown is None:
        return
    of = data.reach.keys if whole is None else whole
    publish(data, log, f"{kind} of", ALL, len(of), of, cells=[("yes", shown), ("no", len(of) - shown)])


def publish_everybody(data: ReportData, log: Log) -> None:
    """All families of the report: whatever prints their number, or lets it be added up, gives it out."""
    shown = clear_count(data.reach.families, data.limits).value
    publish(data, log, FAMILIES, ALL, shown, data.reach.keys)


def knows_everybody(data: ReportData) -> bool:
    """Whether the number of all families may be shown, so that a part of it and the rest may stand side by side."""
    if "everybody" not in data.remembered:
        row = released(data, FAMILIES, ALL, data.reach.families, data.reach.keys)
        clash = clashes([Published(row, data.k)], data.earlier) if row is not None else []
        data.remembered["everybody"] = not clash and not 0 < data.reach.families < data.k
    found: bool = data.remembered["everybody"]
    return found


def publish_parts(
    data: ReportData, log: Log, kind: str, parts: Iterable[tuple[str, int | None, Collection[str]]]
) -> None:
    """Several numbers of one kind: label, what is shown, families behind it."""
    for label, shown, families in parts:
        publish(data, log, kind, label, shown, families)


def guarded(
    data: ReportData, placeholder: Placeholder, log: Log, make: Callable[[], Sequence[Block]], *, what: str = ""
) -> Sequence[Block]:
    """The blocks of `make`, or a sober note where the ledger forbids what they publish; then they leave no trace in the log.

    A chart just goes: the note stands where its table would.
    """
    before = len(log.numbers), list(log.masked), dict(log.rows)
    blocks = make()
    fresh = [each for name, each in log.rows.items() if before[2].get(name) != each]
    found = clashes(fresh, data.earlier) if fresh else []
    if not found:
        return blocks
    del log.numbers[before[0] :]
    log.masked, log.rows = before[1], before[2]
    captions = [_plain(each) for each in blocks if isinstance(each, Table | Chart)]
    what = what or next(iter(captions), placeholder.name)
    refuse(data, log, placeholder, what, found[0])
    if all(isinstance(each, Chart) for each in blocks):
        return []
    return [Note(own_words(t(NOT_BESIDE, what=what)))]


def guarded_number(
    data: ReportData, placeholder: Placeholder, log: Log, make: Callable[[], tuple[Cleared[str], bool]]
) -> tuple[Cleared[str], bool]:
    """The same for a number within a sentence: what it says, and whether it is hidden."""
    before = dict(log.rows)
    made = make()
    found = clashes([each for name, each in log.rows.items() if before.get(name) != each], data.earlier)
    if not found:
        return made
    log.rows = before
    refuse(data, log, placeholder, placeholder.source, found[0])
    return own_words(t(A_NUMBER)), True


def _plain(table: Table | Chart) -> str:
    words = table.caption
    return "".join(run.text.value for run in words) if isinstance(words, tuple) else words.value


def refuse(data: ReportData, log: Log, placeholder: Placeholder, what: str, clash: Clash) -> None:
    """Name in the log what was left out, beside which report, and what can be done: one warning per earlier report."""
    release = clash.release
    day = release.sent or release.built
    same = [each for each in log.refused if (each.report, each.day) == (release.report, day)]
    if any(each.what == what for each in same):
        return
    log.refused.append(RefusedEntry(placeholder.source, placeholder.line, what, release.report, day))
    message = _LEFT_OUT if release.sent else _BESIDE_BUILT
    named = "; ".join((*(each.what for each in same), what))
    values: dict[str, object] = {
        "what": named,
        "report": release.report,
        "day": f"{dt.date.fromisoformat(day):%d/%m/%Y}",
        "k": data.k,
    }
    kept = [each for each in log.warnings if (each.message, each.values.get("report")) != (message, release.report)]
    line = same[0].line if same else placeholder.line
    log.warnings[:] = [*kept, Notice(line, message, values)]


def note_masked(
    log: Log, placeholder: Placeholder, what: str, tables: Sequence[MaskedTable], choices: Iterable[Choice] = ()
) -> None:
    """Write down that a table hides numbers, with the ladder; nothing where all can be read."""
    steps = ladder(tables, choices)
    if steps:
        entry = MaskedEntry(placeholder.source, placeholder.line, what, *lacking(tables), steps)
        log.masked = [each for each in log.masked if (each.source, each.what) != (entry.source, what)] + [entry]
