"""Stories of a file, in whatever form it has: read and checked, with what stands in the way; nothing is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen import errors
from verhalen.exchange.columns import BY_MAPPING, Sheet, name_of, today
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.mapped_columns import chosen_mapping, mapped_sheet, skipped_columns
from verhalen.exchange.story_forms import read_form
from verhalen.exchange.story_markdown import read_markdown
from verhalen.exchange.story_names import FOR_READING, STEM, SYNONYMS, is_known, ours
from verhalen.exchange.story_rows import Known, read_story
from verhalen.exchange.story_voices import read_voice, words
from verhalen.exchange.tables import Row, read_tables
from verhalen.i18n import t
from verhalen.model.family import Family
from verhalen.model.story import Story
from verhalen.model.text import Notice
from verhalen.msc.story_rules import moment_on
from verhalen.msc.telling import next_key
from verhalen.store import declared
from verhalen.store import families as family_store
from verhalen.store import scores as score_store
from verhalen.store import stories as store
from verhalen.store.family_removing import former_codes
from verhalen.store.forget import is_forgotten_text
from verhalen.store.project import ProjectFile

KNOWN = ".csv, .xlsx, .md, .docx"
NEEDED = ("gezin", "antwoord", "stem_rol", "tekst")
KIND = "stories"
"""Of the mappings of columns that are kept."""


@dataclass(frozen=True, slots=True)
class ReadStories:
    """What a file holds."""

    sheets: tuple[Sheet, ...]
    told: tuple[Story, ...]
    """With the keys under which they are, or would be, stored."""
    there: tuple[Story, ...]
    """All stored stories."""
    columns: frozenset[str]
    rows_per_voice: bool
    mapping: str
    skipped: tuple[str, ...]
    """Columns that the mapping leaves out."""
    notices: tuple[Notice, ...]
    form_id: str = ""
    """Of a filled form."""
    form_digest: str = ""
    """Of all that was filled in on it."""


def read_stories(
    project: ProjectFile, path: Path, *, mapping: str | None = None, latest: dt.date | None = None
) -> ReadStories:
    """Read a file of stories. Problems of rows stand in the sheets; raises what reading a file raises."""
    families = {family.key: family for family in family_store.families(project)}
    suffix = path.suffix.lower()
    is_markdown = suffix in (".md", ".markdown")
    known = Known(families, score_store.domain_list(project), latest or today(), needs_key=not is_markdown)
    there = tuple(store.stories(project))
    form_id = form_digest = ""
    name = ""
    skipped: tuple[str, ...] = ()
    if suffix == ".docx":
        form = read_form(path)
        form_id, form_digest = form.id, form.digest
        sheets = [Sheet(without_forgotten(project, form.table, form.columns), form.columns)]
    elif is_markdown:
        sheets = [Sheet(without_forgotten(project, read_markdown(path), SYNONYMS), SYNONYMS)]
    else:
        sheets, name, skipped = _of_tables(project, path, mapping)
    for sheet in sheets:
        sheet.former = former_codes(project)
        sheet.need(*NEEDED)
    found = _Found(project, known, there)
    per_voice = any(sheet.has(STEM) for sheet in sheets)
    for sheet in sheets:
        if sheet.has(*NEEDED):
            found.read(sheet)
    told = tuple(_in_support(story, families) for story in found.told) if form_id else found.told
    notices = [notice for sheet in sheets for notice in _notices(sheet)]
    if name and mapping is None:
        notices.append(Notice(None, BY_MAPPING, {"name": name}))
    columns = frozenset(column for sheet in sheets for column in sheet.columns)
    return ReadStories(
        tuple(sheets), told, there, columns, per_voice, name, tuple(skipped), tuple(notices), form_id, form_digest
    )


def _in_support(story: Story, families: Mapping[str, Family]) -> Story:
    """A story of a form, which does not ask for the trajectory: it follows from the day."""
    if story.told is None or story.trajectory is not None:
        return story
    return replace(story, trajectory=moment_on(families[story.family], story.told)[1])


def _of_tables(project: ProjectFile, path: Path, mapping: str | None) -> tuple[list[Sheet], str, tuple[str, ...]]:
    kept = declared.column_mappings(project, KIND)
    try:
        tables = read_tables(path)
    except errors.UnknownFormat as error:
        error.values["known"] = KNOWN
        raise
    name = chosen_mapping(tables, kept, mapping)
    sheets = [mapped_sheet(table, kept.get(name), ours) for table in tables]
    wanted = [sheet for sheet in sheets if sheet.has("gezin") and (sheet.has("tekst") or sheet.has("verhaal"))]
    chosen = [
        Sheet(without_forgotten(project, sheet.table, _names(sheet)), _names(sheet)) if not sheet.problems else sheet
        for sheet in wanted or sheets[:1]
    ]
    return chosen, name, tuple(skipped_columns(tables, sheets)) if name else ()


def _names(sheet: Sheet) -> dict[str, str]:
    return {name_of(original): name for name, original in sheet.columns.items()}


def _notices(sheet: Sheet) -> list[Notice]:
    passed = [name for name in sheet.columns if not is_known(name) and name not in FOR_READING]
    return [*sheet.table.notices, *sheet.left_out(passed)]


class _Found:
    """Gathers the stories of all sheets; a story stands in a file once."""

    def __init__(self, project: ProjectFile, known: Known, there: Sequence[Story]) -> None:
        self._project = project
        self._known = known
        self._there = {story.key: story for story in there}
        self._by_text = {(story.family, words(story.text)): story.key for story in there}
        self._rows: dict[str, int] = {}
        self._stories: dict[str, Story] = {}
        self._next = int(next_key(project)[1:])

    @property
    def told(self) -> tuple[Story, ...]:
        """In the order of the file."""
        return tuple(self._stories.values())

    def read(self, sheet: Sheet) -> None:
        """Every row of a sheet; rows of further voices come behind the stories, wherever they stand."""
        voices = []
        for row in sheet.table.rows:
            if self._is_voice(sheet, row):
                voices.append(row)
                continue
            story = read_story(sheet, row, self._known)
            if story is not None:
                self._take(sheet, row, story)
        for row in voices:
            self._take_voice(sheet, row)

    def _is_voice(self, sheet: Sheet, row: Row) -> bool:
        return sheet.has(STEM) and (sheet.number(row, STEM) or 1) > 1

    def _take(self, sheet: Sheet, row: Row, story: Story) -> None:
        written = story.key
        key = written or self._by_text.get((story.family, story.text)) or self._new_key()
        story = replace(story, key=key)
        old = self._there.get(key)
        place = "verhaal" if sheet.has("verhaal") else "tekst"
        if key in self._rows:
            sheet.bad(row, place, t("{key} stands on row {row} already", key=key, row=self._rows[key]))
        elif old is not None and old.family != story.family:
            sentence = t("story {key} is of family {family}; give this one another code", key=key, family=old.family)
            sheet.bad(row, place, sentence)
        elif self._is_gone(story, old):
            sheet.bad(row, place, t("this story was withdrawn and may not come back"))
        else:
            self._stories[key] = story
            if not written:
                self._by_text[story.family, story.text] = key
        self._rows.setdefault(key, row.number)

    def _is_gone(self, story: Story, old: Story | None) -> bool:
        texts = [each.text for each in story.others] if old else [story.text, *(each.text for each in story.others)]
        return any(is_forgotten_text(self._project, text) for text in texts)

    def _new_key(self) -> str:
        key = f"V{self._next:02d}"
        self._next += 1
        return key

    def _take_voice(self, sheet: Sheet, row: Row) -> None:
        key = sheet.text(row, "verhaal")
        story = self._stories.get(key)
        if story is None:
            if key not in self._rows:
                sentence = t("the row of story {key} itself is missing; it stands before its further voices", key=key)
                sheet.bad(row, "verhaal", sentence)
            return
        family = self._known.families.get(story.family)
        position = sheet.number(row, STEM) or 2
        if any(each.position == position for each in story.others):
            sheet.bad(row, STEM, t("{key} stands on another row already", key=f"{key}.{position}"))
            return
        voice = read_voice(sheet, row, family, latest=self._known.latest, of=position)
        if not sheet.is_bad(row):
            others = tuple(sorted((*story.others, voice), key=lambda each: each.position))
            self._stories[key] = replace(story, others=others)
