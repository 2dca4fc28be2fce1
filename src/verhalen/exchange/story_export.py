"""Stories as CSV, XLSX or Markdown with all their fields, which an import leaves as they are; and as SAV, for SPSS and R."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen.errors import BadInput, UnknownFormat
from verhalen.exchange.data_tables import CODEBOOK, CODEBOOK_HEADER, Cell, DataTable, codebook_rows, write_tables
from verhalen.exchange.reading_lines import reading_lines
from verhalen.exchange.story_cells import story_cells, voice_cells
from verhalen.exchange.story_data import COUNTABLE, story_columns, story_tables, typed
from verhalen.exchange.story_markdown import write_markdown
from verhalen.exchange.story_names import COLUMNS, FOR_READING, TELLER_COLUMNS, voice_column
from verhalen.exchange.tables import LONGEST_CELL, write_csv, write_xlsx
from verhalen.i18n import t
from verhalen.model.consent import Answer, Consent, Purpose
from verhalen.model.selecting import SelectionRound
from verhalen.model.story import Story

KNOWN = ".csv, .xlsx, .sav, .md"


@dataclass(frozen=True, slots=True)
class StoryExport:
    """What was written."""

    path: Path
    stories: int
    voices: int
    """Further ones."""
    left_out: int
    """Stories without the yes that was asked for."""
    lines: tuple[str, ...] = ()
    """That read a table in R or SPSS as it is."""


def export_stories(
    stories: Iterable[Story],
    path: Path,
    *,
    purpose: Purpose | None = None,
    rounds: Sequence[SelectionRound] | None = None,
) -> StoryExport:
    """Write stories; with a purpose only stories and voices whose yes to it counts.

    Without a purpose the file is the internal way out: everything is in it, and a workbook holds `rounds` too.
    Raises UnknownFormat, CannotWrite.
    """
    told = list(stories)
    kept = [_cleared(story, purpose) for story in told if purpose is None or story.consent(purpose) is Answer.YES]
    suffix = path.suffix.lower()
    if suffix in (".md", ".markdown"):
        write_markdown(path, [(story_cells(story), [voice_cells(each) for each in story.others]) for story in kept])
    elif suffix in (".csv", ".xlsx"):
        header, rows = _table(kept)
        _refuse_long(kept, suffix)
        if suffix == ".csv":
            write_csv(path, header, rows)
        else:
            write_xlsx(
                path,
                {t("stories"): (header, _typed(header, rows)), **_beside(kept, rounds if purpose is None else None)},
            )
    elif suffix == ".sav":
        write_tables(path, story_tables(kept, rounds if purpose is None else None))
    else:
        raise UnknownFormat(file=path.name, suffix=path.suffix or t("without a suffix"), known=KNOWN)
    voices = sum(len(story.others) for story in kept)
    return StoryExport(path, len(kept), voices, len(told) - len(kept), tuple(_lines(path)))


def _lines(path: Path) -> list[str]:
    if path.suffix.lower() not in (".csv", ".xlsx", ".sav"):
        return []
    return reading_lines(path, "verhalen", story_columns(), sheet=t("stories"))


def _typed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Days and numbers as such, so that R and a spreadsheet can count with them; all words stay as they are."""
    return [
        [typed(name, cell) if name in COUNTABLE else cell for name, cell in zip(header, row, strict=True)]
        for row in rows
    ]


def _beside(
    stories: Sequence[Story], rounds: Sequence[SelectionRound] | None
) -> dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]]:
    """What became of the stories in rounds, and what every column is. An import passes over these sheets."""
    first, _, *further = story_tables(stories, rounds)
    known = {*COLUMNS, *FOR_READING}
    shown = DataTable(t("stories"), first.what, tuple(each for each in first.columns if each.name in known), ())
    sheets: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
        each.name: (each.header, each.rows) for each in further
    }
    return {**sheets, CODEBOOK: (CODEBOOK_HEADER, codebook_rows([shown, *further]))}


def _refuse_long(stories: Iterable[Story], suffix: str) -> None:
    """A workbook holds no story that is longer than a cell."""
    for story in stories if suffix == ".xlsx" else ():
        if any(len(text) > LONGEST_CELL for text in (story.text, *(each.text for each in story.others))):
            reason = t("story {key} is too long for a cell of a workbook; write a .csv or .md file", key=story.key)
            raise BadInput(reason=reason)


def _cleared(story: Story, purpose: Purpose | None) -> Story:
    """Without the voices that did not say yes, and without who within the family, who wrote it down, where, and who checked."""
    if purpose is None:
        return story
    child = story.voice.is_child
    return replace(
        story,
        voice=replace(story.voice, member=""),
        recorder="",
        recorded=None,
        trajectory=None,
        place="",
        consents=_nameless(story.consents, purpose),
        others=tuple(
            replace(each, member="", recorder="", consents=_nameless(each.consents, purpose))
            for each in story.others
            if each.consent(purpose) is Answer.YES
        ),
        attachments=tuple(
            each
            for each in story.attachments
            if all(each.consent(wanted, child=child) is Answer.YES for wanted in (purpose, Purpose.MEDIA))
        ),
        verifications=(),
    )


def _nameless(consents: Iterable[Consent], purpose: Purpose) -> tuple[Consent, ...]:
    return tuple(replace(each, by="") for each in consents if each.purpose is purpose)


def _table(stories: Sequence[Story]) -> tuple[list[str], list[list[str]]]:
    """All columns, and those of as many further voices as there are at most."""
    positions = sorted({each.position for story in stories for each in story.others})
    columns = [*COLUMNS, *FOR_READING]
    further = [(at, name, voice_column(at, name)) for at in positions for name in _VOICE]
    header = [*columns, *(column for _, _, column in further)]
    rows = []
    for story in stories:
        cells = story_cells(story)
        voices = {each.position: voice_cells(each) for each in story.others}
        rows.append(
            [cells.get(name, "") for name in columns] + [voices.get(at, {}).get(name, "") for at, name, _ in further]
        )
    return header, rows


_VOICE = (*TELLER_COLUMNS, *(name for name in COLUMNS if "toestemming" in name))
