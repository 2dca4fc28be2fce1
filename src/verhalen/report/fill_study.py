"""Tables of a research report: the material, what people agreed to, the code tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from verhalen.i18n import mark, t
from verhalen.model.codebook import Codebook
from verhalen.model.consent import Answer, Asked, Purpose
from verhalen.privacy.clearance import Cleared, own_words
from verhalen.privacy.disclosure import clear_cell, clear_number_of_texts, clear_table
from verhalen.report.blocks import Block, Note, Table
from verhalen.report.data import ReportData
from verhalen.report.fill_change import log_row, numbers_right
from verhalen.report.guarding import ALL, publish
from verhalen.report.log import Log
from verhalen.report.placeholders import Placeholder
from verhalen.store.codebook import codebook
from verhalen.store.consents import consented
from verhalen.store.study import material

_KINDS = (
    ("transcript", mark("conversations")),
    ("note", mark("notes")),
    ("story", mark("stories")),
)
_ANSWERS = (Answer.YES, Answer.NO, Answer.WITHDRAWN, Answer.NOT_ASKED)
_PURPOSES = (Purpose.TEAM, Purpose.REPORT, Purpose.RESEARCH)
_DEEPEST = 1
"""Codes of the root and of one level below; further ones are counted at these."""
_MOST_CODES = 60


def material_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """Texts of the project by kind: how many, how many words."""
    found = material(data.project)
    if not found:
        return [Note(own_words(t("There are no texts in the project yet.")))]
    rows = [
        (
            own_words(t(label)),
            clear_number_of_texts(sum(each.kind == kind for each in found)),
            clear_number_of_texts(sum(each.words for each in found if each.kind == kind)),
        )
        for kind, label in _KINDS
        if any(each.kind == kind for each in found)
    ]
    return [
        Table(
            header=tuple(own_words(t(word)) for word in (mark("Material"), mark("Texts"), mark("Words"))),
            rows=tuple(rows),
            caption=own_words(t("The material of the whole project")),
            align=numbers_right(3),
        )
    ]


def consent_table(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """What people who spoke or told answered, per purpose. Nobody is counted twice in a row."""
    keys = {each.key for each in data.families}
    found = [
        each
        for each in consented(data.project)
        if each.kind is not Asked.ATTACHMENT and each.is_used and each.family in keys
    ]
    if not found:
        return [Note(own_words(t("Nobody of these families speaks in a text or a story yet.")))]
    counts = [Counter(each.answer(purpose) for each in found) for purpose in _PURPOSES]
    table = clear_table(
        [[count[answer] for answer in _ANSWERS] for count in counts],
        data.limits,
        column_totals=False,
        words=True,
    )
    rows: list[tuple[Cleared[str], ...]] = []
    for index, purpose in enumerate(_PURPOSES):
        log_row(log, table.value, index, placeholder)
        shown = list(zip(_ANSWERS, table.value.cells[index], strict=True))
        total = table.value.row_totals[index]
        publish(data, log, f"consent {purpose}", ALL, total, {each.family for each in found}, cells=shown)
        cells = (clear_cell(table, index, column) for column in range(len(_ANSWERS)))
        rows.append((own_words(t(purpose.label)), *cells))
    return [
        Table(
            header=(own_words(t("Consent for")), *(own_words(t(answer.label)) for answer in _ANSWERS)),
            rows=tuple(rows),
            caption=own_words(t("What people who spoke or told a story agreed to, in numbers of persons and stories")),
            align=numbers_right(len(_ANSWERS) + 1),
            note=own_words(t("Words without a yes for reports stand in no report, and do not count in it.")),
        )
    ]


def code_tree(data: ReportData, placeholder: Placeholder, log: Log) -> Sequence[Block]:
    """The codebook to its second level: codes below, and fragments of each with all below it."""
    book = codebook(data.project)
    if not len(book):
        return [Note(own_words(t("There is no codebook yet.")))]
    shown = [each for each in book if book.depth(each) <= _DEEPEST]
    if len(shown) > _MOST_CODES:
        shown = [each for each in shown if book.depth(each) == 0]
    below = _below(book)
    rows = [
        (
            own_words(("– " if book.depth(each) else "") + each.name),
            clear_number_of_texts(len(below[each.key]) - 1),
            clear_number_of_texts(sum(below[each.key].values())),
        )
        for each in shown
    ]
    return [
        Table(
            header=tuple(own_words(t(word)) for word in (mark("Code"), mark("Codes below it"), mark("Codings"))),
            rows=tuple(rows),
            caption=own_words(t("The code tree, in the whole project")),
            align=numbers_right(3),
        )
    ]


def _below(book: Codebook) -> dict[str, dict[str, int]]:
    """Of each code itself and all codes below it: key to number of codings."""
    parents = {each.key: each.parent for each in book}
    found: dict[str, dict[str, int]] = {key: {} for key in parents}
    for each in book:
        above: str | None = each.key
        while above is not None and above in found:
            found[above][each.key] = each.codings
            above = parents[above]
    return found
