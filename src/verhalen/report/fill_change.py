"""Change in a report: table, chart and numbers in sentences, all from one masked table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from verhalen import errors
from verhalen.analysis.joint import JointRow
from verhalen.i18n import mark, t
from verhalen.privacy.bounds import Cell
from verhalen.privacy.clearance import Cleared, enumeration, own_words, phrase, sentences
from verhalen.privacy.disclosure import (
    NOT_SHOWN,
    MaskedTable,
    clear_cell,
    clear_number,
    clear_number_of_texts,
    clear_part,
    clear_row_total,
    clear_share,
    clear_split,
    clear_table,
    clear_together,
    clear_without,
)
from verhalen.privacy.ledger import Clash, Published, clashes
from verhalen.report.blocks import Align, Block, Note, Table
from verhalen.report.data import ReportData, settings_of
from verhalen.report.guarding import NOT_BESIDE, guarded, knows_everybody, note_masked, publish, refuse, released
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.scores.change import Change

UP, SAME, UNSEEN, DOWN = 0, 1, 2, 3
UNCHANGED = (SAME, UNSEEN)
NAMES = (mark("Better"), mark("Same"), mark("Not looked at again"), mark("Worse"))


def change_rows(data: ReportData) -> list[tuple[JointRow, Change]]:
    """Groups that the instrument measures, with their change."""
    return [(row, row.change) for row in data.joint if row.change is not None and row.change.n]


def masked_change(data: ReportData) -> Cleared[MaskedTable]:
    """Better, same, not looked at again, worse per group: the one masked table that every number about change comes from.

    Rows that the ledger of released tables forbids show nothing at all.
    """
    if "change" not in data.remembered:
        table = _mask_change(data)
        data.remembered["withheld"] = held = _withheld(data, table.value)
        data.remembered["change"] = clear_without(table, held) if held else table
    found: Cleared[MaskedTable] = data.remembered["change"]
    return found


def _withheld(data: ReportData, table: MaskedTable) -> dict[int, Clash]:
    """Rows that would tell of single families beside an earlier report."""
    if not data.earlier:
        return {}
    of_row = {index: _rows_of(data, table, index) for index in range(len(table.cells))}
    found = clashes((each for rows in of_row.values() for each in rows), data.earlier)
    return {
        index: clash for index, rows in of_row.items() for clash in found if any(clash.row == each.row for each in rows)
    }


def _rows_of(data: ReportData, table: MaskedTable, index: int) -> list[Published]:
    """A row as the ledger keeps it: better, unchanged, worse; and apart from that the two kinds of unchanged."""
    row, change = change_rows(data)[index]
    up, same, unseen, down = table.cells[index]
    both = table.together(index, UNCHANGED) if same is None or unseen is None else same + unseen
    settings = settings_of(data.front)
    kind = f"change {data.change.instrument.key} {settings.rule} {settings.days} {settings.window} {row.key}"
    unchanged = change.stayed | change.unseen
    made = (
        released(
            data,
            kind,
            row.key,
            table.row_totals[index],
            change.rose | unchanged | change.fell,
            cells=[("up", up), ("unchanged", both), ("down", down)],
        ),
        released(data, f"{kind} again", row.key, both, unchanged, cells=[("same", same), ("unseen", unseen)]),
    )
    return [Published(each, data.limits.threshold(sensitive=row.sensitive)) for each in made if each is not None]


def publish_change(data: ReportData, placeholder: Placeholder, log: Log) -> None:
    """Write down for the ledger what the table of change gives out, and name in the log what it had to leave out."""
    table, rows = masked_change(data).value, change_rows(data)
    for index, (row, _) in enumerate(rows):
        clash = data.remembered["withheld"].get(index)
        if clash is not None:
            refuse(data, log, placeholder, row.name, clash)
        for each in _rows_of(data, table, index):
            log.rows[each.row.kind, each.row.label] = each


def _mask_change(data: ReportData) -> Cleared[MaskedTable]:
    """Where masking each class for itself would hide most of it, the two kinds of unchanged are masked as one."""
    rows = change_rows(data)
    counts = [[each.up, each.same - each.same_carried, each.same_carried, each.down] for _, each in rows]
    thresholds = [max(data.limits.threshold(sensitive=row.sensitive), data.k) for row, _ in rows]
    hidden = [
        (i, column)
        for i, (own, k) in enumerate(zip(counts, thresholds, strict=True))
        for column in hidden_together(own, k)
    ]
    fine = _masked(data, counts, hidden=hidden, worse=DOWN)
    filled = sum(bool(n) for own in counts for n in own)
    if sum(fine.value.together(i, UNCHANGED) is None for i, _ in fine.value.hidden) * 2 <= filled:
        return fine
    joined = [[up, same + unseen, down] for up, same, unseen, down in counts]
    return clear_split(_masked(data, joined, worse=DOWN - 1), SAME)


def _masked(
    data: ReportData, counts: Sequence[Sequence[int]], *, worse: int, hidden: Collection[Cell] = ()
) -> Cleared[MaskedTable]:
    return clear_table(
        counts,
        data.limits,
        sensitive=[row.sensitive for row, _ in change_rows(data)],
        worse=worse,
        column_totals=False,
        words=True,
        hidden=hidden,
        at_least=data.k,
    )


def hidden_together(counts: Sequence[int], k: int) -> tuple[int, ...]:
    """Where only one of the two kinds of unchanged is too small to show, they hide each other: better and worse stay."""
    small = [column for column, count in enumerate(counts) if 0 < count < k]
    both = [counts[column] for column in UNCHANGED]
    return UNCHANGED if len(small) == 1 and small[0] in UNCHANGED and min(both) > 0 and sum(both) > k else ()


def change_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Per group of life domains: how many families better, same, not looked at again, worse."""
    rows, table = change_rows(data), masked_change(data)
    if not rows:
        return [Note(own_words(t("No family was followed long enough to see change.")))]
    publish_change(data, placeholder, log)
    caption = t("Change between the first registration and about six months later, in numbers of families")
    if len(data.remembered["withheld"]) == len(rows):
        return [Note(own_words(t(NOT_BESIDE, what=caption)))]
    cells = []
    for index, (row, _) in enumerate(rows):
        log_change(log, table.value, index, placeholder)
        cells.append((own_words(row.name), clear_row_total(table, index), *_said_cells(table, index)))
    note_masked(log, placeholder, caption, [_seen(table.value)])
    together = bool(table.value.joined) or any(
        table.value.together(index, UNCHANGED) is not None for index in range(len(rows))
    )
    return [
        Table(
            header=tuple(own_words(t(word)) for word in (mark("Life domains"), mark("Families"), *NAMES)),
            rows=tuple(cells),
            caption=own_words(caption),
            align=numbers_right(6),
            note=_change_note(data, together=together),
        ),
        *([Note(worse)] if (worse := worsening_hidden(data)) is not None else []),
        *_left_out(data, [row.name for row, _ in rows]),
        *_apart(data, placeholder, log),
    ]


def _apart(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    what = t("Changes that ask for their story")
    return guarded(data, placeholder, log, lambda: _to_read(data, log), what=what)


def _seen(table: MaskedTable) -> MaskedTable:
    """The same where the two kinds of unchanged count as one: their sum is a number too."""
    sums = [table.together(row, UNCHANGED) for row in range(len(table.cells))]
    cells = tuple(
        row if total is None else (row[UP], total, total, row[DOWN])
        for row, total in zip(table.cells, sums, strict=True)
    )
    return replace(table, cells=cells)


def _left_out(data: ReportData, names: Sequence[str]) -> list[Block]:
    """Groups that the ledger of released tables keeps out: neither what went better nor what went worse."""
    held = [names[index] for index in sorted(data.remembered["withheld"])]
    return [Note(own_words(t(NOT_BESIDE, what=", ".join(held))))] if held else []


def _said_cells(table: Cleared[MaskedTable], row: int) -> list[Cleared[str]]:
    """What stands in a row; the two kinds of unchanged under "same" where only their sum may be shown."""
    said = [clear_cell(table, row, column) for column in (UP, SAME, UNSEEN, DOWN)]
    both = clear_together(table, row, UNCHANGED)
    if both.value is not None:
        said[SAME] = phrase(mark("{n} together"), n=clear_number(both))
    if both.value is not None or table.value.joined:
        said[UNSEEN] = own_words(t("see same"))
    return said


def in_words(table: Cleared[MaskedTable], row: int) -> Cleared[str]:
    """One row in one line, as in a joint display."""
    up, same, unseen, down = (clear_cell(table, row, column) for column in (UP, SAME, UNSEEN, DOWN))
    both = clear_together(table, row, UNCHANGED)
    if both.value is not None or table.value.joined:
        return phrase(
            mark("better: {up}; same or not looked at again: {both}; worse: {down}"),
            up=up,
            both=same if both.value is None else clear_number(both),
            down=down,
        )
    return phrase(
        mark("better: {up}; same: {same}; not looked at again: {unseen}; worse: {down}"),
        up=up,
        same=same,
        unseen=unseen,
        down=down,
    )


def _to_read(data: ReportData, log: Log) -> list[Block]:
    """Groups in which items moved that are not simply better when higher: said apart, never as better or worse."""
    items = [
        phrase(
            mark("{group}: {part}"),
            group=own_words(row.name),
            part=clear_part(
                row.change.to_read,
                row.change.to_read_n,
                data.limits,
                sensitive=row.sensitive or _holds_sensitive(data, row),
            ),
        )
        for row in data.joint
        if row.change is not None and row.change.to_read
    ]
    if not items:
        return []
    _publish_to_read(data, log)
    said = mark("Besides, something changed that asks for its story. {groups}.")
    return [Note(phrase(said, groups=enumeration(items)))]


def _publish_to_read(data: ReportData, log: Log) -> None:
    """The numbers of `_to_read` for the ledger, where both sides of them stand."""
    for row in data.joint:
        change = row.change
        if change is None or not change.to_read:
            continue
        sensitive = row.sensitive or _holds_sensitive(data, row)
        rest = change.to_read_n - change.to_read
        k = data.limits.threshold(sensitive=sensitive)
        shown = change.to_read if change.to_read >= k and rest >= k else None
        kind = f"to read {data.change.instrument.key} {row.key}"
        publish(data, log, kind, row.key, shown, change.turned, sensitive=sensitive)


def _holds_sensitive(data: ReportData, row: JointRow) -> bool:
    return any(domain.sensitive for domain in data.domains.domains if domain.key in row.domains)


def knows_followed(data: ReportData) -> bool:
    """Whether the report says how many families were followed and how many not.

    A decision of this project: that a family has no second score is a gap in our work, which D4 wants printed, and no attribute
    of the family. Only where so few were followed that the sentence about a hidden worsening would tell of single ones, their
    number stays out too.
    """
    return data.reach.families >= data.k and not 0 < len(data.change.pairs.followed) <= data.k


def _change_note(data: ReportData, *, together: bool) -> Cleared[str]:
    """Which instrument, how many were followed, and what the class of its own means."""
    pairs = data.change.pairs
    unfollowed = sum(len(families) for families in pairs.unfollowed.values())
    instrument = own_words(data.change.instrument.name)
    said = [phrase(mark("Instrument: {instrument}."), instrument=instrument)]
    if knows_followed(data) and not knows_everybody(data):
        followed = clear_number_of_texts(len(pairs.followed))
        said.append(phrase(mark("{followed} families were followed."), followed=followed))
    elif knows_followed(data):
        message = mark("{followed} families were followed, {unfollowed} too short or by another assessor.")
        numbers = {"followed": len(pairs.followed), "unfollowed": unfollowed}
        said.append(phrase(message, **{name: clear_number_of_texts(n) for name, n in numbers.items()}))
    said += [
        own_words(
            t("Not looked at again: more than half of the items had only the value of before, and nobody asked anew.")
        ),
    ]
    if together:
        said.append(own_words(t("Together: too few families to show the two apart.")))
    return sentences(said)


def worsening_hidden(data: ReportData) -> Cleared[str] | None:
    """The sentence that keeps a hidden worsening from vanishing, wherever these numbers stand; None where nothing is hidden."""
    return worse_too(masked_change(data).value, [row.name for row, _ in change_rows(data)])


def worse_too(table: MaskedTable, names: Sequence[str]) -> Cleared[str] | None:
    """The same for any table with a column of families for whom it went worse; `names` are those of its rows."""
    hidden = [name for name, worse in zip(names, table.also_worse, strict=True) if worse]
    if not hidden:
        return None
    return own_words(t("Among a few families things also got worse: {groups}.", groups=", ".join(hidden)))


def numbers_right(columns: int) -> tuple[Align, ...]:
    """Words in the first column, numbers in the others."""
    right: Align = "right"
    return ("left", *(right for _ in range(1, columns)))


def log_row(log: Log, table: MaskedTable, row: int, placeholder: Placeholder) -> None:
    """Write down every number of a row."""
    for column in range(len(table.cells[row])):
        log.number(table.said(row, column), source=placeholder.source, suppressed=table.cells[row][column] is None)


def log_change(log: Log, table: MaskedTable, row: int, placeholder: Placeholder) -> None:
    """The same of a row of change: what is shown together is one number."""
    both = table.together(row, UNCHANGED)
    if both is None and not table.joined:
        log_row(log, table, row, placeholder)
        return
    for count in (table.cells[row][UP], both, table.cells[row][DOWN]):
        log.number(t(NOT_SHOWN) if count is None else str(count), source=placeholder.source, suppressed=count is None)


def said_cell(data: ReportData, placeholder: Placeholder) -> tuple[Cleared[str], bool]:
    """A number of the change table within a sentence: `{{ beter groep=wonen_geld }}`."""
    rows, table = change_rows(data), masked_change(data)
    wanted = placeholder.arguments.get("groep", "")
    index = next((number for number, (row, _) in enumerate(rows) if row.key == wanted), None)
    if index is None and any(row.key == wanted for row in data.joint):
        return own_words(t("no family with scores at both moments")), False
    if index is None:
        known = ", ".join(row.key for row in data.joint)
        problem = t("there is no group {wanted}; choose from: {known}", wanted=wanted or "?", known=known)
        raise errors.BadReport(file="", line=placeholder.line, problem=problem)
    column = UP if placeholder.name == "beter" else DOWN
    return clear_share(table, index, column, k=data.k), table.value.cells[index][column] is None
