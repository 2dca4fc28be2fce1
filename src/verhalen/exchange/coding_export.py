"""All codings as a table, one row each, with their words, speaker and family: for R, SPSS and a spreadsheet. Nothing is masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from verhalen.exchange.codebook_data import code_paths, codebook_table
from verhalen.exchange.data_tables import Cell, Column, DataTable
from verhalen.i18n import t
from verhalen.model.codebook import Codebook
from verhalen.model.coder_names import told_apart
from verhalen.model.coding import Fragment, Valence
from verhalen.model.ids import encode_id
from verhalen.model.query import FragmentQuery
from verhalen.store import codebook as code_store
from verhalen.store import codings
from verhalen.store.project import ProjectFile

_VALENCES = {Valence.NEGATIVE: -1, Valence.NONE: 0, Valence.POSITIVE: 1, Valence.MIXED: 2}
_LONGEST = 32_000
"""Characters in a cell: a spreadsheet takes no more."""


def coding_table(project: ProjectFile) -> DataTable:
    """Every coding of every coder, by source and place."""
    book = code_store.codebook(project, counted=False)
    valences = {number: t(valence.label) for valence, number in _VALENCES.items()}
    columns = (
        Column("codering", t("id of the coding"), "text", "nominal"),
        Column("bron", t("number of the text"), "number", "nominal"),
        Column("titel", t("title of the text"), "text", "nominal"),
        Column("begin", t("first character, from 0")),
        Column("einde", t("one past the last character")),
        Column("code", t("key of the code"), "text", "nominal"),
        Column("naam", t("name of the code, with those above it"), "text", "nominal"),
        Column("codeur", t("who coded it"), "text", "nominal"),
        Column("kleur", t("good or bad news"), "number", "nominal", valences),
        Column("gezin", t("family whose words these are"), "text", "nominal"),
        Column("over", t("families that it is about"), "text", "nominal"),
        Column("spreker", t("who says it"), "text", "nominal"),
        Column("rol", t("role of who says it"), "text", "nominal"),
        Column("datum", t("day of the coding"), "date", "scale"),
        Column("citaat", t("the words, up to {n} characters", n=_LONGEST), "text", "nominal"),
        Column("memo", t("memo at the coding"), "text", "nominal"),
    )
    return DataTable("coderingen", t("One row per coding, of every coder."), columns, tuple(_rows(project, book)))


def _rows(project: ProjectFile, book: Codebook) -> Iterator[tuple[Cell, ...]]:
    paths, names = code_paths(book), told_apart(codings.coders(project))
    for each in codings.fragments(project, FragmentQuery()):
        yield _row(each, paths, names)


def _row(each: Fragment, paths: Mapping[str, str], names: Mapping[int, str]) -> tuple[Cell, ...]:
    coding = each.coding
    return (
        *(encode_id(coding.id), each.source_number, each.source_title, coding.start, coding.stop),
        *(coding.code, paths.get(coding.code, coding.code), names[coding.coder_id], _VALENCES[coding.valence]),
        *(each.family or "", " ".join(each.about), each.speaker or "", each.speaker_role, _day(coding.created)),
        *(each.text[:_LONGEST], coding.memo[:_LONGEST]),
    )


def _day(moment: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(moment[:10])
    except ValueError:
        return None


def codes_table(project: ProjectFile) -> DataTable:
    """The codebook, one row per code."""
    return codebook_table(code_store.codebook(project))
