"""Import stories from tables. The text of a story becomes a source of its own, so that it can be coded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen.exchange.columns import Sheet, refuse, today
from verhalen.exchange.forgotten import without_forgotten
from verhalen.exchange.story_rows import COLUMNS, SYNONYMS, Known, consent_notices, read_story
from verhalen.exchange.tables import read_table
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Consent
from verhalen.model.story import Story
from verhalen.model.text import Notice, Turn, text_digest
from verhalen.store import families as family_store
from verhalen.store import scores as score_store
from verhalen.store import stories as store
from verhalen.store.family_removing import former_codes
from verhalen.store.forget import is_forgotten_text
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.sources import NewSource, add_source

CONSENT_STAYS = mark("Story {story}: a consent in this file is older than the stored answer, which still counts.")
TEXT_STAYS = mark(
    "The text of story {story} differs from the stored one. It was left as it is: a text changes only by a correction."
)


@dataclass(frozen=True, slots=True)
class StoryImport:
    """What an import of stories did."""

    stories: int
    """Rows of the file."""
    new: int
    changed: int
    unchanged: int
    warnings: tuple[Notice, ...]


def import_stories(
    project: ProjectFile, path: Path, *, lemmatise: Callable[[str], str], latest: dt.date | None = None
) -> StoryImport:
    """Store the stories of a file in one change; a row with an error refuses the whole file.

    A story that is there keeps its text; its other fields follow the file. `lemmatise` makes the search words of a text.
    """
    table = without_forgotten(project, read_table(path), SYNONYMS)
    sheet = Sheet(table, SYNONYMS)
    sheet.former = former_codes(project)
    sheet.need("verhaal", "gezin", "antwoord", "stem_rol", "tekst")
    refuse([sheet])
    families = {family.key: family for family in family_store.families(project)}
    known = Known(families, score_store.domain_list(project), latest or today())
    there = {story.key: story for story in store.stories(project)}
    told = _read(project, sheet, known, there)
    refuse([sheet])
    new = changed = 0
    with project.change(Act.IMPORT_STORIES) as writing:
        for story in told:
            old = there.get(story.key)
            if old is None:
                _add(
                    writing, story, family_id=families[story.family].id, suffix=path.suffix.lower(), lemmatise=lemmatise
                )
                new += 1
            elif _differs(old, wanted := replace(story, consents=_latest_consents(old, story))):
                store.change_story(writing, old.id, wanted)
                writing.targets.append(old.id)
                changed += 1
    outdated = [
        story.key
        for story in told
        if story.key in there and _latest_consents(there[story.key], story) != story.consents
    ]
    stays = [story for story in told if story.key in there and there[story.key].text != story.text]
    return StoryImport(
        stories=len(told),
        new=new,
        changed=changed,
        unchanged=len(told) - new - changed,
        warnings=(
            *table.notices,
            *sheet.left_out(sheet.others(COLUMNS)),
            *(Notice(None, TEXT_STAYS, {"story": story.key}) for story in stays),
            *(Notice(None, CONSENT_STAYS, {"story": key}) for key in outdated),
            *consent_notices([story for story in told if story.key not in there]),
        ),
    )


def _read(project: ProjectFile, sheet: Sheet, known: Known, there: dict[str, Story]) -> Sequence[Story]:
    rows: dict[str, int] = {}
    told = []
    for row in sheet.table.rows:
        story = read_story(sheet, row, known)
        if story is None:
            continue
        old = there.get(story.key)
        if story.key in rows:
            earlier = rows[story.key]
            sheet.bad(row, "verhaal", t("{key} stands on row {row} already", key=story.key, row=earlier))
        elif old is not None and old.family != story.family:
            sentence = t(
                "story {key} is of family {family}; give this one another code", key=story.key, family=old.family
            )
            sheet.bad(row, "verhaal", sentence)
        elif old is None and is_forgotten_text(project, story.text):
            sheet.bad(row, "verhaal", t("this story was withdrawn and may not come back"))
        rows.setdefault(story.key, row.number)
        told.append(story)
    return told


def _latest_consents(old: Story, story: Story) -> tuple[Consent, ...]:
    """Per purpose the answer that counts: an older file never takes back what was answered later, least of all a no."""
    return tuple(
        _later(next((was for was in old.consents if (was.purpose, was.side) == (each.purpose, each.side)), None), each)
        for each in story.consents
    )


def _later(stored: Consent | None, given: Consent) -> Consent:
    if stored is None or stored.answer is Answer.NOT_ASKED:
        return given
    if given.answer is Answer.NOT_ASKED or given.day is None:
        return stored
    if stored.day is None or given.day > stored.day:
        return given
    return given if given.day == stored.day and stored.answer is Answer.YES else stored


def _differs(old: Story, story: Story) -> bool:
    """Whether anything but the text differs."""
    return replace(old, id=0, source_id=0, text="", consents=()) != replace(story, text="", consents=()) or any(
        each not in old.consents for each in story.consents
    )


def _add(writing: Writing, story: Story, *, family_id: int, suffix: str, lemmatise: Callable[[str], str]) -> None:
    source_id = add_source(
        writing,
        NewSource(
            title=f"{story.key} {story.title}".strip(),
            kind="story",
            suffix=suffix,
            text=story.text,
            lemmas=lemmatise(story.text),
            turns=[Turn(speaker=None, start=0, stop=len(story.text))],
            original=None,
            original_sha256=text_digest(story.text),
            family_id=family_id,
        ),
    )
    writing.targets.append(store.add_story(writing, story, family_id=family_id, source_id=source_id))
