"""Decide what stories from a file change, then store it: words that are there stay, everything else follows the file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.exchange.story_names import voice_column
from verhalen.exchange.story_voices import words
from verhalen.model.consent import Answer, Consent
from verhalen.model.story import Story, Verification, Voice
from verhalen.model.text import Turn, text_digest
from verhalen.store import around
from verhalen.store import families as family_store
from verhalen.store import stories as store
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.sources import NewSource, add_source

FIELDS = {
    "traject": "trajectory", "titel": "title", "antwoord": "answer", "moment": "moment",
    "gevraagd_positief": "asked_positive", "gevraagd_negatief": "asked_negative",
    "niet_gevraagd_reden": "not_asked_reason", "eigen_woorden": "own_words", "vertaald_door": "translated_by",
    "opgetekend_door": "recorder", "datum_verteld": "told", "datum_opgetekend": "recorded", "gemeente": "place",
    "veranderingen": "changes", "vroeger": "before", "nu": "now", "hoe_gekomen": "how", "aandeel": "shares",
    "waarom_belangrijk": "why", "domeinen": "domains", "hoofddomein": "main_domain", "iets_anders": "something_else",
    "domein_wanneer": "domain_when", "emoticon": "emoticon", "teruggelezen": "read_back",
}  # fmt: skip
"""Fields of a story by their column."""
_VOICE_FIELDS = {
    "stem_rol": "role", "stem_lid": "member", "taal": "language", "vorm": "form",
}  # fmt: skip
_OTHER_FIELDS = {
    **_VOICE_FIELDS, "eigen_woorden": "own_words", "vertaald_door": "translated_by", "datum_verteld": "told",
    "opgetekend_door": "recorder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryChange:
    """What a file does with a story that is there."""

    old: Story
    wanted: Story
    """Its fields and consents as they would be."""
    new_voices: tuple[Voice, ...] = ()
    changed_voices: tuple[Voice, ...] = ()
    """With the ids of the stored ones."""
    checks: tuple[Verification, ...] = ()
    """That are not there yet."""
    text_stays: tuple[str, ...] = ()
    """Keys of the story and of voices whose words differ in the file."""
    older_consent: bool = False
    """Whether the file holds an answer that is older than the stored one."""

    @property
    def is_something(self) -> bool:
        """Whether anything would be written."""
        return bool(_differs(self.old, self.wanted) or self.new_voices or self.changed_voices or self.checks)


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """New stories, and those that are there already."""

    new: tuple[Story, ...]
    there: tuple[StoryChange, ...]

    @property
    def changed(self) -> tuple[StoryChange, ...]:
        """Those of the stored ones that change."""
        return tuple(each for each in self.there if each.is_something)


def make_plan(
    told: Iterable[Story], there: Iterable[Story], columns: Collection[str], *, rows_per_voice: bool
) -> StoryPlan:
    """Compare stories of a file with the stored ones. A field whose column the file does not have stays as it is."""
    stored = {story.key: story for story in there}
    new, known = [], []
    for story in told:
        old = stored.get(story.key)
        if old is None:
            new.append(story)
        else:
            known.append(_change(old, story, columns, rows_per_voice=rows_per_voice))
    return StoryPlan(tuple(new), tuple(known))


def _change(old: Story, story: Story, columns: Collection[str], *, rows_per_voice: bool) -> StoryChange:
    fields = {field: getattr(story, field) for column, field in FIELDS.items() if column in columns}
    voice = {field: getattr(story.voice, field) for column, field in _VOICE_FIELDS.items() if column in columns}
    consents = latest_consents(old.consents, story.consents)
    wanted = replace(old, **fields, voice=replace(old.voice, **voice), consents=consents)
    if wanted.main_domain not in wanted.domains:
        wanted = replace(wanted, main_domain="")
    stays = [] if words(old.text) == story.text else [story.key]
    new, changed = [], []
    for other in story.others:
        before = _same_voice(old, other)
        if before is None:
            new.append(other)
            continue
        if words(before.text) != other.text:
            stays.append(f"{story.key}.{before.position}")
        position = 1 if rows_per_voice else other.position
        said = {
            field: getattr(other, field)
            for column, field in _OTHER_FIELDS.items()
            if voice_column(position, column) in columns
        }
        after = replace(before, **said, consents=latest_consents(before.consents, other.consents))
        if after != before and not _same_but_consents(before, after):
            changed.append(after)
    checked = {_check_cell(each) for each in old.verifications}
    checks = tuple(each for each in story.verifications if _check_cell(each) not in checked)
    older = _has_older(old.consents, story.consents)
    return StoryChange(old, wanted, tuple(new), tuple(changed), checks, tuple(stays), older)


def _check_cell(check: Verification) -> tuple[object, ...]:
    """A check as a cell can say it: bars are strokes there."""
    said = (" ".join(part.replace("|", "/").split()) for part in (check.who, check.how, check.note))
    return (check.day, check.outcome, *said)


def _same_voice(old: Story, other: Voice) -> Voice | None:
    """The stored voice of a voice of a file: with the same words, else at the same place."""
    alike = next((each for each in old.others if words(each.text) == other.text), None)
    return alike or next((each for each in old.others if each.position == other.position), None)


def _same_but_consents(before: Voice, after: Voice) -> bool:
    return replace(before, consents=()) == replace(after, consents=()) and set(after.consents) <= set(before.consents)


def latest_consents(stored: Sequence[Consent], given: Iterable[Consent]) -> tuple[Consent, ...]:
    """Per purpose and side the answer that counts: an older file never takes back what was answered later, least of all a no."""
    latest = {(each.purpose, each.side): each for each in stored}
    for each in given:
        was = latest.get((each.purpose, each.side))
        latest[each.purpose, each.side] = _later(was, each)
    return tuple(latest.values())


def _has_older(stored: Sequence[Consent], given: Iterable[Consent]) -> bool:
    """Whether an answer of the file gives way to a stored one; silence does not count."""
    latest = {(each.purpose, each.side): each for each in stored}
    return any(
        (was := latest.get((each.purpose, each.side))) is not None
        and each.answer is not Answer.NOT_ASKED
        and (each.answer, each.day) != (was.answer, was.day)
        and _later(was, each) == was
        for each in given
    )


def _later(stored: Consent | None, given: Consent) -> Consent:
    if stored is None or stored.answer is Answer.NOT_ASKED:
        return given
    if given.answer is Answer.NOT_ASKED or given.day is None:
        return stored
    if (given.answer, given.day) == (stored.answer, stored.day):
        return given if given.by else stored
    if stored.day is None or given.day > stored.day:
        return given
    return given if given.day == stored.day and stored.answer is Answer.YES else stored


def _differs(old: Story, wanted: Story) -> bool:
    return replace(old, consents=()) != replace(wanted, consents=()) or any(
        each not in old.consents for each in wanted.consents
    )


# -- storing -----------------------------------------------------------------------------------------------------------


def store_plan(writing: Writing, plan: StoryPlan, *, lemmatise: Callable[[str], str], suffix: str) -> None:
    """Write what the plan says."""
    project = writing.project
    families = family_store.family_ids(project)
    for story in plan.new:
        adding = _Adding(writing, story, families[story.family], lemmatise, suffix)
        source_id = adding.text(story.key, story.text)
        number = store.add_story(writing, story, family_id=families[story.family], source_id=source_id)
        adding.voices(number, story.others)
        _add_checks(project, writing, number, story.verifications)
        writing.targets.append(number)
    for change in plan.changed:
        adding = _Adding(writing, change.wanted, families[change.old.family], lemmatise, suffix)
        store.change_story(writing, change.old.id, change.wanted)
        adding.voices(change.old.id, change.new_voices)
        for voice in change.changed_voices:
            around.change_voice(writing, voice)
        _add_checks(project, writing, change.old.id, change.checks)
        writing.targets.append(change.old.id)


def _add_checks(project: ProjectFile, writing: Writing, story_id: int, checks: Iterable[Verification]) -> None:
    for each in checks:
        around.add_verification(writing, story_id, each, coder_id=project.coder_id)


@dataclass(frozen=True, slots=True)
class _Adding:
    """Adds the texts of one story."""

    writing: Writing
    story: Story
    family_id: int
    lemmatise: Callable[[str], str]
    suffix: str

    def text(self, key: str, text: str) -> int:
        """A text as a source of its own, so that it can be coded; give its id."""
        return add_source(
            self.writing,
            NewSource(
                title=f"{key} {self.story.title}".strip(),
                kind="story",
                suffix=self.suffix,
                text=text,
                lemmas=self.lemmatise(text),
                turns=[Turn(speaker=None, start=0, stop=len(text))],
                original=None,
                original_sha256=text_digest(text),
                family_id=self.family_id,
            ),
        )

    def voices(self, story_id: int, voices: Sequence[Voice]) -> None:
        """Further voices behind those that are there."""
        place = 1 + max((each.position for each in self.story.others if each.id), default=1)
        for at, voice in enumerate(voices, start=place):
            source_id = self.text(f"{self.story.key}.{at}", voice.text)
            around.add_voice(self.writing, story_id, voice, source_id=source_id)
