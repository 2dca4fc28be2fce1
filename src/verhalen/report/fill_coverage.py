"""Whose stories were heard, by how the scores of the family went (methods.md D7)."""

from __future__ import annotations

from collections.abc import Sequence

from verhalen.analysis.coverage import CoverageRow
from verhalen.analysis.read_back import read_back
from verhalen.i18n import mark, t
from verhalen.privacy.clearance import Cleared, own_words, phrase, sentences
from verhalen.privacy.disclosure import MaskedTable, clear_cell, clear_number_of_texts, clear_part, clear_table
from verhalen.report.blocks import Block, Note, Paragraph, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import log_row
from verhalen.report.guarding import ALL, publish, publish_everybody, publish_share
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder


def coverage_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Who told and who did not, by how the scores went; in sentences where the cells are too small, or in small print with `kort=ja`."""
    rows = [row for row in data.coverage if row.families]
    if not rows:
        return [Note(own_words(t("No family had support in this period.")))]
    if "kort" in placeholder.arguments:
        return [Note(sentences(_coverage_sentences(data, rows, log)))]
    table = clear_table(
        [[row.with_story, row.families - row.with_story] for row in rows], data.limits, words=True, at_least=data.k
    )
    for index in range(len(rows)):
        log_row(log, table.value, index, placeholder)
    if table.value.hidden or not all(table.value.row_totals):
        return [Paragraph(sentence) for sentence in _coverage_sentences(data, rows, log)]
    _publish(data, rows, table.value, log)
    cells = [
        (own_words(t(row.label)), clear_cell(table, index, 0), clear_cell(table, index, 1))
        for index, row in enumerate(rows)
    ]
    return [
        Table(
            header=tuple(
                own_words(t(word)) for word in (mark("Scores of the family"), mark("Told a story"), mark("No story"))
            ),
            rows=tuple(cells),
            caption=own_words(t("Whose stories we heard")),
            align=("left", "right", "right"),
        ),
        *(Paragraph(sentence) for sentence in _coverage_sentences(data, rows, log)),
    ]


def _publish(data: ReportData, rows: Sequence[CoverageRow], table: MaskedTable, log: Log) -> None:
    """A row per class for the ledger."""
    telling = {story.family for story in data.all_stories}
    for row, (with_story, without) in zip(rows, table.cells, strict=True):
        own = set(row.without) | {key for key in data.reach.keys if key in telling and _class_of(data, key) == row.key}
        kind = f"coverage {data.change.instrument.key} {row.key}"
        publish(data, log, kind, row.key, row.families, own, cells=[("story", with_story), ("none", without)])


def _class_of(data: ReportData, family: str) -> str:
    standing = data.change.standing.get(family)
    return "none" if standing is None else {1: "up", 0: "same", -1: "down"}[standing]


def _coverage_sentences(data: ReportData, rows: Sequence[CoverageRow], log: Log) -> list[Cleared[str]]:
    """How many told; and whether families for whom it got worse were among them. A yes or no, never a small number."""
    told, everybody = sum(row.with_story for row in rows), sum(row.families for row in rows)
    telling = {story.family for story in data.all_stories} & set(data.reach.keys)
    part = clear_part(told, everybody, data.limits)
    shown = clear_table([[told, everybody - told]], data.limits).value.cells[0][0]
    publish(data, log, "telling", ALL, shown, telling)
    publish_share(data, log, "telling", shown)
    publish_everybody(data, log)
    said = [phrase(mark("{part} told a story."), part=part)]
    worse = next((row for row in rows if row.key == "down"), None)
    if worse is not None and worse.with_story:
        said.append(own_words(t("Families for whom it got worse told their story too.")))
    elif worse is not None:
        said.append(own_words(t("No family for whom it got worse told a story: what you read here is too sunny.")))
    return [*said, *_read_back(data)]


def _read_back(data: ReportData) -> list[Cleared[str]]:
    """How many stories their tellers heard or read again: with the recorder's version alone a story is worth less."""
    found = read_back(data.all_stories)
    if not found.stories:
        return []
    if found.stories == 1:
        alone = mark("The one story was read back to who told it.")
        return [own_words(t(alone if found.read_back else mark("The one story was not read back to who told it.")))]
    said = mark("{n} of the {all} stories were read back to who told them.")
    return [phrase(said, n=clear_number_of_texts(found.read_back), all=clear_number_of_texts(found.stories))]
