"""Telling: a story becomes a source (so that it can be coded) with its MSC fields around it."""

from __future__ import annotations

from dataclasses import replace

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.consent import PARENT, Answer, Purpose, answer_for
from verhalen.model.story import Outcome, Story, StoryAnswer, Voice
from verhalen.model.text import Turn, normal_text, text_digest
from verhalen.store import families, forget, sources, stories
from verhalen.store.project import ProjectFile, Writing

HOME_LANGUAGE = "nl"
"""In which the service works: a story told in it needs no translation."""


def tell(project: ProjectFile, story: Story) -> str:
    """Store a new story in one change; give its key. An empty text is refused."""
    text = normal_text(story.text).strip()
    if not text:
        raise errors.BadInput(reason=t("the story has no text yet"))
    if forget.is_forgotten_text(project, text):
        raise errors.Withdrawn(file=t("This story"))
    family_id = families.family_ids(project)[story.family]
    with project.change(Act.STORY) as writing:
        key = story.key or next_key(project)
        source_id = add_story_text(writing, key, title=story.title, text=text, family_id=family_id)
        writing.targets.append(
            stories.add_story(writing, replace(tidy(story), key=key), family_id=family_id, source_id=source_id)
        )
    return key


def tidy(story: Story) -> Story:
    """The words beside the text in the form in which words are kept; a title and a change are one line each."""
    return replace(
        story,
        title=_one_line(story.title),
        changes=tuple(words for each in story.changes if (words := _one_line(each))),
        before=_tidy(story.before),
        now=_tidy(story.now),
        how=_tidy(story.how),
        why=_tidy(story.why),
        something_else=_one_line(story.something_else),
        own_words=_tidy(story.own_words),
        translated_by=_one_line(story.translated_by),
        place=_one_line(story.place),
    )


def _tidy(words: str) -> str:
    return normal_text(words).strip()


def _one_line(words: str) -> str:
    return " ".join(normal_text(words).split())


def add_story_text(writing: Writing, key: str, *, title: str, text: str, family_id: int) -> int:
    """Store the text of a story as a source of its own."""
    digest = text_digest(text)
    new = sources.NewSource(
        title=f"{key} {title}".strip(),
        kind="story",
        suffix="",
        text=text,
        lemmas=lemma_text(text),
        turns=[Turn(None, 0, len(text))],
        original=None,
        original_sha256=digest,
        family_id=family_id,
    )
    return sources.add_source(writing, new)


def next_key(project: ProjectFile) -> str:
    """V01, V02, ...: one above the highest."""
    numbers = [
        int(story.key[1:]) for story in stories.stories(project) if story.key[:1] == "V" and story.key[1:].isdecimal()
    ]
    return f"V{max(numbers, default=0) + 1:02d}"


TODO_SENTENCES = {
    "consent": mark("Ask for consent"),
    "parent": mark("Ask a parent whether the words of the child may be used"),
    "voices": mark("Ask the other voices for consent"),
    "how": mark("Ask how it came about"),
    "domains": mark("Choose life domains"),
    "translation": mark("Have it translated, or note who did"),
    "harder": mark("Ask what became harder: that was forgotten"),
    "better": mark("Ask what became better: that was forgotten"),
    "read_back": mark("Read it back to the teller"),
    "otherwise": mark("The teller wants it otherwise: change the text together, and read it back again"),
}
FORGOTTEN = "vergeten"


def open_points(story: Story) -> list[str]:
    """What is missing: a list for the next visit, never a barrier (methods.md A6). Marked sentences."""
    missing = {
        "consent": _own(story) is Answer.NOT_ASKED,
        "parent": story.voice.is_child and _parent(story) is Answer.NOT_ASKED,
        "voices": any(each.consent(Purpose.REPORT) is Answer.NOT_ASKED for each in story.others),
        "how": story.is_thin,
        "domains": not story.domains and story.answer is not StoryAnswer.NONE,
        "translation": any(_untranslated(each) for each in (_first(story), *story.others)),
        "harder": not story.asked_negative and story.not_asked_reason == FORGOTTEN,
        "better": not story.asked_positive and story.not_asked_reason == FORGOTTEN,
        "read_back": not story.was_read_back,
        "otherwise": bool(story.verifications) and story.verifications[-1].outcome is Outcome.OTHERWISE,
    }
    return [TODO_SENTENCES[point] for point, is_missing in missing.items() if is_missing]


def _own(story: Story) -> Answer:
    return answer_for([each for each in story.consents if not each.side], Purpose.REPORT, child=False)


def _parent(story: Story) -> Answer:
    given = [replace(each, side="") for each in story.consents if each.side == PARENT]
    return answer_for(given, Purpose.REPORT, child=False)


def _first(story: Story) -> Voice:
    return replace(story.voice, own_words=story.own_words, translated_by=story.translated_by)


def _untranslated(voice: Voice) -> bool:
    """Told in another language, and nobody said whose translation this is."""
    return voice.language not in ("", HOME_LANGUAGE) and not voice.translated_by
