"""Who we reach and who not: families, towns, referrers, and what counting costs. In and out: `fill_flow`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from verhalen.analysis.effort import ALL_THE_SAME, NEVER_ASKED, NEVER_CHANGED, item_effort
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Audience, Cleared, own_words, phrase
from verhalen.privacy.disclosure import (
    MaskedTable,
    clear_cell,
    clear_count,
    clear_number_of_texts,
    clear_row_total,
    clear_sentence,
    clear_table,
)
from verhalen.privacy.ladder import Rung
from verhalen.report.blocks import Block, Note, Paragraph, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import knows_followed, log_row, numbers_right
from verhalen.report.fill_flow import Flow, counted, find_flow, flow_tables
from verhalen.report.guarding import (
    ALL,
    guarded,
    knows_everybody,
    note_masked,
    publish,
    publish_everybody,
    publish_parts,
    publish_share,
)
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.report.reached import Parts, parted
from verhalen.store.counting import snapshot_counts

Row = tuple[Cleared[str], ...]
_KNOWN = (
    (mark("Known to the service"), "gekend"),
    (mark("Known long ago"), "ooit"),
    (mark("New"), "nieuw"),
    (mark("Not noted"), ""),
)
_UNTOLD = mark("not noted")
TOGETHER = "samen"
"""Value of an argument that takes small municipalities, or the parts of the period, together."""


def reach_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """All of reach, in five short tables."""
    if not data.reach.families:
        return [Note(own_words(t("No family had support in this period.")))]
    makers = (_who, _towns, _referrers, *flow_tables(placeholder))
    return [
        block for make in makers for block in guarded(data, placeholder, log, partial(make, data, placeholder, log))
    ]


def one_way(
    data: ReportData, counts: Sequence[int], *, hidden: Collection[tuple[int, int]] = ()
) -> Cleared[MaskedTable]:
    """A row of classes in which each family is once, all families of the report together."""
    return clear_table([list(counts)], data.limits, words=True, hidden=hidden)


def _who(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    families = find_flow(data).families
    words = {key for _, key in _KNOWN}
    by_class = parted(families, lambda each: each.known if each.known in words else "")
    classes = [(label, key) for label, key in _KNOWN if key or key in by_class]
    sets = [by_class.get(key, frozenset()) for _, key in classes]
    table = one_way(data, [len(each) for each in sets])
    log_row(log, table.value, 0, placeholder)
    publish_row(data, log, "known", table.value, [(key, own) for (_, key), own in zip(classes, sets, strict=True)])
    publish(data, log, "children", ALL, clear_count(data.reach.children, data.limits).value, data.reach.keys)
    rows = [(own_words(t("All families")), counted(data, data.reach.families))]
    rows += [(own_words(t(label)), clear_cell(table, 0, column)) for column, (label, _) in enumerate(classes)]
    rows.append((own_words(t("Children in these families")), counted(data, data.reach.children)))
    caption = t("Families with support in this period")
    note_masked(log, placeholder, caption, [table.value])
    return [plain_table(rows, (mark("Who"), mark("Number")), caption)]


def publish_row(
    data: ReportData, log: Log, kind: str, table: MaskedTable, parts: Sequence[tuple[str, Collection[str]]]
) -> None:
    """A row of classes for the ledger: each class that is shown, and all of them together."""
    publish_parts(
        data, log, kind, [(label, shown, own) for (label, own), shown in zip(parts, table.cells[0], strict=True)]
    )
    everybody = frozenset(key for _, own in parts for key in own)
    publish(data, log, kind, ALL, table.row_totals[0], everybody)
    cells = [(label, shown) for (label, _), shown in zip(parts, table.cells[0], strict=True)]
    publish(data, log, f"{kind} of", ALL, table.row_totals[0], everybody, cells=cells)
    if everybody == frozenset(data.reach.keys):
        publish_everybody(data, log)  # whoever adds up the row knows it


def _towns(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """In order of the name, never of the numbers. Who came and left per municipality only where all of it can be shown."""
    flow = find_flow(data)
    own = parted(flow.families, lambda each: each.family.municipality)
    small = with_rest({town: len(them) for town, them in own.items()}, data.k)[1]
    together = placeholder.arguments.get("gemeenten") == TOGETHER
    parts = _merged(own, small) if together else sorted((town or t(_UNTOLD), them) for town, them in own.items())
    table = one_way(data, [len(them) for _, them in parts])
    log_row(log, table.value, 0, placeholder)
    publish_row(data, log, "town", table.value, parts)
    columns = [(mark("Families"), [clear_cell(table, 0, place) for place in range(len(parts))])]
    if not table.value.hidden:
        columns += _moving(data, flow, parts, placeholder, log)
    rows = [(own_words(town), *(cells[place] for _, cells in columns)) for place, (town, _) in enumerate(parts)]
    caption = t("Families per municipality")
    merged = [len(them) for _, them in _merged(own, small)]
    choices = [] if together else [(Rung.TOWNS, f"gemeenten={TOGETHER}", lambda: [one_way(data, merged).value])]
    note_masked(log, placeholder, caption, [table.value], choices)
    return [plain_table(rows, (mark("Municipality"), *(head for head, _ in columns)), caption)]


def _merged(own: Parts, small: Sequence[str]) -> list[tuple[str, frozenset[str]]]:
    """Municipalities of few families as one, last."""
    kept = sorted((name or t(_UNTOLD), them) for name, them in own.items() if name not in small)
    rest = frozenset(key for name in small for key in own[name])
    return kept + ([(t("{n} others together", n=len(small)), rest)] if rest else [])


def _moving(
    data: ReportData, flow: Flow, parts: Sequence[tuple[str, frozenset[str]]], placeholder: Placeholder, log: Log
) -> list[tuple[str, list[Cleared[str]]]]:
    """Started and ended per municipality: beside it stand those who did not, so each is a table with all its totals."""
    found = []
    for kind, head, them, shown in (
        ("started", mark("Support started"), flow.started_families, flow.started_shown),
        ("ended", mark("Support ended"), flow.ended_families, flow.ended_shown),
    ):
        counts = [[len(own & them), len(own - them)] for _, own in parts]
        table = clear_table(counts, data.limits)
        if shown is None or table.value.hidden or None in (*table.value.row_totals, *table.value.column_totals):
            continue
        publish_share(data, log, kind, shown)  # whoever adds up the column knows it
        for place, (town, own) in enumerate(parts):
            publish(data, log, f"town {kind}", town, table.value.cells[place][0], own & them)
            publish_share(data, log, f"town {kind} {town}", table.value.cells[place][0], own)
            log.number(table.value.said(place, 0), source=placeholder.source, suppressed=False)
        found.append((head, [clear_cell(table, place, 0) for place in range(len(parts))]))
    return found


def _referrers(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Referrers of few families go together, so that the others can be shown."""
    own = parted(find_flow(data).families, lambda each: each.referrer)
    named, rest = with_rest({name: len(them) for name, them in own.items()}, data.k)
    if not named:
        return []
    parts = [(name or t(_UNTOLD), own[name]) for name in named]
    if rest:
        parts.append((t("{n} others together", n=len(rest)), frozenset(key for name in rest for key in own[name])))
    table = one_way(data, [len(them) for _, them in parts])
    log_row(log, table.value, 0, placeholder)
    publish_row(data, log, "referrer", table.value, parts)
    rows = [(own_words(label), clear_cell(table, 0, column)) for column, (label, _) in enumerate(parts)]
    caption = t("Who led families to us")
    note_masked(log, placeholder, caption, [table.value])
    return [plain_table(rows, (mark("Referred by"), mark("Families")), caption)]


def with_rest(counts: Mapping[str, int], k: int) -> tuple[list[str], list[str]]:
    """Names of enough families, by name, and the others: as many of them as make k families and hide each other."""
    rest = [name for name, n in counts.items() if n < k]
    if rest:
        for name in sorted(set(counts) - set(rest), key=lambda each: (counts[each], each)):
            if len(rest) > 1 and sum(counts[each] for each in rest) > k:
                break
            rest.append(name)
    return sorted(set(counts) - set(rest)), rest


def plain_table(rows: Sequence[Row], header: Sequence[str], caption: str, *, note: str = "") -> Table:
    """A table with words in its first column and numbers in the others; `header` is marked."""
    return Table(
        header=tuple(own_words(t(word)) for word in header),
        rows=tuple(rows),
        caption=own_words(caption),
        align=numbers_right(len(header)),
        note=own_words(note) if note else None,
    )


def not_seen(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Of whom we know little: no change, and why; neither snapshot nor story."""
    found = [
        *guarded(data, placeholder, log, lambda: _unfollowed(data, placeholder, log)),
        *guarded(data, placeholder, log, lambda: _unseen(data, placeholder, log)),
    ]
    return found or [
        Note(own_words(t("How many families these are we do not show: it would tell of too few of them.")))
    ]


def _unfollowed(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Why families were not followed; where it is only a few of them the reasons stay out, since their number is known."""
    reasons = [(reason, frozenset(them)) for reason, them in data.change.pairs.unfollowed.items()]
    number = sum(len(them) for _, them in reasons)
    if not number or not knows_followed(data) or not knows_everybody(data):
        return []
    if number < data.k:
        said = mark("Families of whom we cannot say whether something changed: {n}. Too few to say why.")
        return [Paragraph(phrase(said, n=clear_number_of_texts(number)))]
    table = one_way(data, [len(them) for _, them in reasons])
    log_row(log, table.value, 0, placeholder)
    publish_row(data, log, "unfollowed", table.value, [(reason.value, them) for reason, them in reasons])
    rows = [
        (own_words(t(reason.label).capitalize()), clear_cell(table, 0, column))
        for column, (reason, _) in enumerate(reasons)
    ]
    caption = t("Families of whom we cannot say whether something changed")
    note_masked(log, placeholder, caption, [table.value])
    last = (own_words(t("All together")), clear_row_total(table, 0))
    return [plain_table([*rows, last], (mark("Why"), mark("Families")), caption)]


def _unseen(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Without a snapshot and without a story. What is left of a larger group that stands in the report counts too."""
    unseen = frozenset(data.reach.unseen)
    larger = [frozenset(data.reach.keys), *(frozenset(them) for them in data.change.pairs.unfollowed.values())]
    larger.append(frozenset(data.reach.keys) - {story.family for story in data.all_stories})
    unfollowed = sum(len(them) for them in data.change.pairs.unfollowed.values())
    reasons = one_way(data, [len(them) for them in data.change.pairs.unfollowed.values()] or [0]).value
    if unseen and (unfollowed < data.k or reasons.hidden):  # they are among these, and would say how many at least
        return []
    if any(unseen < whole and unseen and len(whole - unseen) < data.k for whole in larger):
        return []
    publish(data, log, "unseen", ALL, clear_count(len(unseen), data.limits).value, unseen)
    publish_share(data, log, "unseen", clear_count(len(unseen), data.limits).value)
    said = clear_sentence(
        mark("Families of whom we have neither a snapshot nor a story: {n}."),
        data.limits,
        counts={"n": len(unseen)},
    )
    return [Note(said)]


def counting_cost(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """What counting asked of families and coaches; outside the team without the names of items, which would tell of families."""
    items = item_effort(data.project, data.change.instrument.key)
    parts = {
        "snapshots": snapshot_counts(data.project).get(data.change.instrument.key, 0),
        "answers": sum(
            each.use.scored + each.use.confirmed + each.use.not_applicable + each.use.unknown for each in items
        ),
        "all": len(items),
        "asked": sum(bool(each.use.families) for each in items),
        "moved": sum(each.use.changed > 0 for each in items),
        "used": sum(each.used > 0 for each in items),
        "index": sum(bool(each.indexes) for each in items),
    }
    if not parts["snapshots"]:
        return [
            Note(own_words(t("Nothing was filled in yet with {instrument}.", instrument=data.change.instrument.name)))
        ]
    message = mark(
        "Counting took {snapshots} snapshots with {answers} answers. Of the {all} items of {instrument}, {asked} were ever asked, "
        "{moved} ever changed, {used} are in the table of change and {index} in the approximation of the poverty index."
    )
    numbers = {name: clear_number_of_texts(n) for name, n in parts.items()}
    blocks: list[Block] = [Note(phrase(message, instrument=own_words(data.change.instrument.name), **numbers))]
    if data.audience is Audience.INTERNAL:
        for remark in (NEVER_ASKED, NEVER_CHANGED, ALL_THE_SAME):
            named = ", ".join(each.name for each in items if each.remark == remark)
            if named:
                blocks.append(Note(own_words(f"{t(remark).capitalize()}: {named}.")))
    return blocks
