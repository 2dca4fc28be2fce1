"""Stories as tables for R and SPSS: a row per story with all its fields, one per voice, one per story in a selection round.

For inside unless the stories were cleared before: nothing is masked here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from verhalen.exchange.data_tables import Cell, Column, DataTable, Kind, Measure
from verhalen.exchange.story_cells import joined, story_cells, voice_cells
from verhalen.exchange.story_names import COLUMNS, CONSENT_COLUMNS, CONSENTS, FOR_READING, TELLER_COLUMNS
from verhalen.i18n import mark, t
from verhalen.model.consent import Answer
from verhalen.model.selecting import Candidate, Choice, SelectionRound
from verhalen.model.story import Story, Voice

Part = tuple[Column, Callable[[Story], Cell]]
_YES_NO = {0: mark("no"), 1: mark("yes")}
_TYPES: Mapping[str, tuple[Kind, Measure]] = {
    "traject": ("number", "nominal"), "gevraagd_positief": ("number", "nominal"),
    "gevraagd_negatief": ("number", "nominal"), "emoticon": ("number", "ordinal"), "stem": ("number", "ordinal"),
    "datum_verteld": ("date", "scale"), "datum_opgetekend": ("date", "scale"), "datum_toestemming": ("date", "scale"),
    "datum_toestemming_ouder": ("date", "scale"),
}  # fmt: skip
COUNTABLE = frozenset(name for name in _TYPES if not name.startswith("gevraagd_"))
"""Columns of days and numbers."""
_LABELS = {
    "verhaal": mark("code of the story"), "gezin": mark("code of the family"), "traject": mark("period of support"),
    "titel": mark("title"), "moment": mark("when in the support it was told"),
    "gevraagd_positief": mark("whether a good change was asked for"),
    "gevraagd_negatief": mark("whether a bad change was asked for"), "niet_gevraagd_reden": mark("why it was not asked"),
    "antwoord": mark("kind of change"), "stem": mark("which voice; 1 is the story itself"),
    "stem_rol": mark("who tells"), "stem_lid": mark("which member of the family"), "tekst": mark("the words"),
    "taal": mark("language in which it was told"), "vorm": mark("how it was told"),
    "eigen_woorden": mark("the words in the language of the teller"), "vertaald_door": mark("who translated"),
    "opgetekend_door": mark("who wrote it down"), "datum_verteld": mark("day of telling"),
    "datum_opgetekend": mark("day of writing down"), "gemeente": mark("municipality"),
    "veranderingen": mark("changes that came to mind"), "vroeger": mark("how it was before"), "nu": mark("how it is now"),
    "hoe_gekomen": mark("how it came about"), "aandeel": mark("who or what had a part in it"),
    "waarom_belangrijk": mark("why it matters most"), "domeinen": mark("life domains"),
    "hoofddomein": mark("life domain that it is most about"), "iets_anders": mark("what else it is about"),
    "domein_wanneer": mark("whether the domain was asked before or after"), "emoticon": mark("face, 1 to 5"),
    "teruggelezen": mark("whether it was read back, or when"), "nagelezen": mark("checks with the teller"),
    "bijlagen": mark("names of attachments"), "datum_toestemming": mark("day of the consent"),
    "toestemming_door": mark("who gave the consent or wrote it down"),
}  # fmt: skip
LONGEST = 32_000
"""Characters in a cell: neither a spreadsheet nor SPSS takes more."""


def story_tables(stories: Sequence[Story], rounds: Sequence[SelectionRound] | None = None) -> list[DataTable]:
    """Stories, voices, and what became of each story in selection rounds; nothing of rounds where these are None."""
    tables = [_stories(stories, rounds), _voices(stories)]
    return tables if rounds is None else [*tables, _rounds(rounds, {each.key for each in stories})]


# -- stories -----------------------------------------------------------------------------------------------------------


def _stories(stories: Sequence[Story], rounds: Sequence[SelectionRound] | None) -> DataTable:
    cells = {story.key: story_cells(story) for story in stories}

    def field(name: str) -> Part:
        return _column(name), lambda story: typed(name, cells[story.key].get(name, ""))

    parts = [field(name) for name in (*COLUMNS, *FOR_READING)]
    parts += [(_counting(column), _counted(column)) for column in CONSENTS]
    parts.append((Column("stemmen", t("voices, the first one too")), lambda story: 1 + len(story.others)))
    if rounds is not None:
        parts.append(_in_rounds("rondes", t("selection rounds that looked at it"), rounds, _looked_at))
        parts.append(_in_rounds("rondes_gekozen", t("selection rounds that chose it"), rounds, _chosen))
    rows = tuple(tuple(value(story) for _, value in parts) for story in stories)
    return DataTable("verhalen", t("One row per story."), tuple(column for column, _ in parts), rows)


def story_columns() -> list[Column]:
    """The columns of a CSV of stories: all words, but for days."""
    kinds = {name: _TYPES.get(name, ("text", "nominal"))[0] for name in (*COLUMNS, *FOR_READING)}
    return [Column(name, _label(name), "date" if kind == "date" else "text") for name, kind in kinds.items()]


def _column(name: str) -> Column:
    kind, measure = _TYPES.get(name, ("text", "nominal"))
    values = {number: t(word) for number, word in _YES_NO.items()} if name.startswith("gevraagd_") else {}
    return Column(name, _label(name), kind, measure, values)


def _label(name: str) -> str:
    of_parent = name.endswith("_ouder")
    bare = name.removesuffix("_ouder") if of_parent else name
    label = t("consent: {purpose}", purpose=t(CONSENTS[bare].label)) if bare in CONSENTS else t(_LABELS[bare])
    return t("{what}, of a parent", what=label) if of_parent else label


def typed(name: str, written: str) -> Cell:
    """A cell of an export as a number, a day, or its words; an empty one of no kind."""
    kind = _TYPES.get(name, ("text", "nominal"))[0]
    if name.removesuffix("_ouder") in CONSENTS:
        return written.partition("|")[
            0
        ]  # the answer alone: its own day and who wrote it down stand in a CSV of stories
    if kind == "text":
        return written[:LONGEST]
    if not written:
        return None
    if kind == "date":
        return dt.date.fromisoformat(written)
    return {"ja": 1, "nee": 0}[written] if name.startswith("gevraagd_") else int(written)


def _counting(column: str) -> Column:
    purpose = t(CONSENTS[column].label)
    words = {number: t(word) for number, word in _YES_NO.items()}
    label = t("may be used, all answers together: {purpose}", purpose=purpose)
    return Column(column.replace("toestemming", "mag"), label, "number", "nominal", words)


def _counted(column: str) -> Callable[[Story], Cell]:
    """Whether the first voice and, of a child, a parent said yes; empty where nobody asked."""
    purpose = CONSENTS[column]
    said = {Answer.YES: 1, Answer.NO: 0, Answer.WITHDRAWN: 0, Answer.NOT_ASKED: None}
    return lambda story: said[story.consent(purpose)]


def _in_rounds(
    name: str, label: str, rounds: Sequence[SelectionRound], keys: Callable[[SelectionRound], Collection[str]]
) -> Part:
    held = [(each.key, set(keys(each))) for each in rounds]
    return Column(name, label, "text", "nominal"), lambda story: joined(
        key for key, those in held if story.key in those
    )


def _looked_at(held: SelectionRound) -> list[str]:
    return [each.story for each in held.candidates]


def _chosen(held: SelectionRound) -> list[str]:
    return [each.story for each in held.choices]


# -- voices ------------------------------------------------------------------------------------------------------------


def _voices(stories: Iterable[Story]) -> DataTable:
    names = ("stem", *TELLER_COLUMNS, *CONSENT_COLUMNS)
    columns = (_column("verhaal"), *map(_column, names))
    rows = []
    for story in stories:
        first = replace(
            story.voice, position=1, text=story.text, consents=story.consents, told=story.told, recorder=story.recorder,
            own_words=story.own_words, translated_by=story.translated_by,
        )  # fmt: skip
        rows += [_voice_row(story, each, names) for each in (first, *story.others)]
    return DataTable("stemmen", t("One row per voice of a story."), columns, tuple(rows))


def _voice_row(story: Story, voice: Voice, names: Sequence[str]) -> tuple[Cell, ...]:
    cells = voice_cells(voice)
    return (story.key, *(typed(name, cells.get(name, "")) for name in names))


# -- rounds ------------------------------------------------------------------------------------------------------------


def _rounds(rounds: Iterable[SelectionRound], keys: Collection[str]) -> DataTable:
    columns = (
        Column("ronde", t("code of the round"), "text", "nominal"),
        Column("titel", t("title"), "text", "nominal"),
        Column("niveau", t("level of the round"), "text", "nominal"),
        Column("van", t("first day of the period"), "date", "scale"),
        Column("tot", t("last day of the period"), "date", "scale"),
        Column("dag", t("day of the meeting"), "date", "scale"),
        Column("verhaal", t("code of the story"), "text", "nominal"),
        Column("waarom_erbij", t("rule by which it came in"), "text", "nominal"),
        Column("uit_ronde", t("round below that chose it"), "text", "nominal"),
        Column("stemmen", t("votes, of who is still on the panel")),
        Column("keren_gekozen", t("how often it was chosen: in all, or for a life domain")),
        Column("domeinen", t("life domains for which it was chosen"), "text", "nominal"),
        Column("redenen", t("why it was chosen"), "text", "nominal"),
        Column("criteria", t("criteria with their weights, 1 to 3"), "text", "nominal"),
        Column("terug", t("what the tellers are told about it"), "text", "nominal"),
        Column("tegenspraak", t("where somebody saw it otherwise"), "text", "nominal"),
    )
    rows = tuple(_round_row(held, each) for held in rounds for each in held.candidates if each.story in keys)
    return DataTable("rondes", t("One row per story in a selection round."), columns, rows)


def _round_row(held: SelectionRound, candidate: Candidate) -> tuple[Cell, ...]:
    chosen = [each for each in held.choices if each.story == candidate.story]
    here = {each.id for each in held.members if each.stopped is None}
    votes = sum(each.story == candidate.story and each.member_id in here for each in held.votes)
    ids = {each.id for each in chosen}
    return (
        *(held.key, held.title, held.level.value, held.first, held.last, held.day, candidate.story, candidate.why),
        *(candidate.from_round, votes, len(chosen)),
        joined(each.domain for each in chosen if each.domain),
        joined(each.reason for each in chosen),
        joined(_criteria(each) for each in chosen if each.criteria),
        joined(each.goes_back for each in chosen if each.goes_back),
        joined(each.body for each in held.dissents if each.choice_id in ids),
    )


def _criteria(choice: Choice) -> str:
    return ", ".join(f"{name} {weight}" for name, weight in choice.criteria)
