"""Several voices that tell one change: each has a text of its own, which goes with it when the voice is taken out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.story import Story, Voice
from verhalen.model.text import normal_text, text_digest
from verhalen.msc.story_rules import check_voice
from verhalen.msc.telling import add_story_text
from verhalen.store import around, forget
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.schema import JOURNALED


def add_voice(project: ProjectFile, story: Story, voice: Voice, *, today: dt.date) -> None:
    """Store one more voice of a story with its text, in one change. Raises BadInput, Withdrawn."""
    text = normal_text(voice.text).strip()
    if not text:
        raise errors.BadInput(reason=t("this voice has no words yet"))
    check_voice(voice, consents=voice.consents, today=today)
    if forget.is_forgotten(project, [text_digest(text)]):
        raise errors.Withdrawn(file=t("This story"))
    with project.change(Act.VOICE, story.id) as writing:
        place = 1 + max((each.position for each in story.others), default=1)
        source = add_story_text(
            writing, f"{story.key}.{place}", title=story.title, text=text, family_id=_family(project, story)
        )
        around.add_voice(writing, story.id, _clean(voice), source_id=source)


def edit_voice(project: ProjectFile, story: Story, voice: Voice, *, today: dt.date) -> None:
    """Write the fields of a voice that is there, found by its position. Its text changes only by a correction."""
    there = voice_at(story, voice.position)
    if normal_text(voice.text).strip() != there.text:
        raise errors.BadInput(reason=t("the words of a story change only by a correction with its reason"))
    check_voice(voice, consents=voice.consents, today=today)
    with project.change(Act.VOICE, story.id) as writing:
        around.change_voice(writing, replace(_clean(voice), id=there.id))


def _clean(voice: Voice) -> Voice:
    return replace(voice, own_words=normal_text(voice.own_words).strip())


def voice_at(story: Story, position: int) -> Voice:
    """A further voice by its position, from 2 on; raises UnknownStory with the key of the voice."""
    found = next((each for each in story.others if each.position == position), None)
    if found is None:
        raise errors.UnknownStory(key=f"{story.key}.{position}")
    return found


def _family(project: ProjectFile, story: Story) -> int:
    return project.number("select family_id from story where id = ?", (story.id,))


# -- taking one out ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes when a voice is taken out, and who stands in the way."""

    rows: dict[str, set[int]]
    """By table: the voice, its text, and all that hangs on them."""
    held_by: tuple[str, ...]
    """Names of other coders whose codings, mentions or memos hang there, and keys of signals: then it is refused."""

    @property
    def codings(self) -> int:
        """How many codings of one's own go with it."""
        return len(self.rows.get("coding", ()))


def plan_removal(project: ProjectFile, voice: Voice) -> Removal:
    """Look what hangs on a voice; nothing is written."""
    rows = forget.what_goes(project, {"voice": {voice.id}, "source": {voice.source_id}}).rows
    held = dict.fromkeys(
        name for table in ("coding", "mention", "memo") for name in _others(project, table, rows.get(table, set()))
    )
    spans = json.dumps(sorted(rows.get("signal_span", set())))
    signals = project.rows(
        "select distinct signal.key from signal_span join signal on signal.id = signal_id"
        " where signal_span.id in (select value from json_each(?)) order by signal.key",
        (spans,),
    )
    return Removal(rows, (*held, *(row[0] for row in signals)))


def _others(project: ProjectFile, table: str, rows: set[int]) -> list[str]:
    sql = f"""
        select distinct coder.name from {table} mine join coder on coder.id = mine.coder_id
        where mine.id in (select value from json_each(?)) and coder.id <> ? order by coder.name"""
    return [row[0] for row in project.rows(sql, (json.dumps(sorted(rows)), project.coder_id))]


def remove_voice(project: ProjectFile, story: Story, position: int) -> Removal:
    """Take a voice out with its text and one's own codings there, in one change. Raises VoiceInUse."""
    voice = voice_at(story, position)
    with project.change(Act.REMOVE_VOICE, story.id) as writing:
        plan = plan_removal(project, voice)
        if plan.held_by:
            raise errors.VoiceInUse(key=f"{story.key}.{position}", who=", ".join(plan.held_by))
        around.remove_voice(writing, voice.id)
        _remove(writing, plan)
    return plan


def _remove(writing: Writing, plan: Removal) -> None:
    """The text itself stays outside the journal until it is withdrawn or cleaned up, so that undo finds it."""
    for table in reversed(JOURNALED):
        rows = [(row,) for row in sorted(plan.rows.get(table, set()))]
        writing.executemany(f"delete from {table} where id = ?", rows)
