"""A file becomes a source in two steps, so that no transaction waits for a person: read for review, store what was reviewed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from verhalen import errors
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.codes import no_person
from verhalen.model.text import Reading, SourceKind, Turn
from verhalen.model.turns import drop_names, merge_names
from verhalen.privacy.review import Review
from verhalen.privacy.swaps import carry_landmarks, carry_turns
from verhalen.store import families, forget, sources
from verhalen.store.project import ProjectFile, Writing


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a speaker is."""

    person: str | None = None
    """Key of a person of a family, as in `G012.moeder`."""
    role: str = ""

    @property
    def who(self) -> str:
        """The person, else the role."""
        return self.person or self.role


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was read, with what a person decides before it is stored."""

    reading: Reading
    title: str
    kind: SourceKind
    turns: tuple[Turn, ...]
    """As they were found, then as they were decided."""
    voices: Mapping[str, Voice] = field(default_factory=dict)
    """Who the speakers are, by name; who is not in it stays unknown."""

    @property
    def speakers(self) -> list[str]:
        """Names in order of appearance."""
        return list(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    def called(self, names: Mapping[str, str]) -> Draft:
        """With other names for speakers; one that is there already makes both one voice."""
        voices = {names.get(name, name): voice for name, voice in self.voices.items()}
        return replace(self, turns=tuple(merge_names(self.turns, names)), voices=voices)

    def without(self, names: Sequence[str]) -> Draft:
        """These labels are nobody's name: their words go on with the turn before."""
        turns = tuple(drop_names(self.reading.text, self.turns, names))
        return replace(
            self, turns=turns, voices={name: voice for name, voice in self.voices.items() if name not in names}
        )

    def known_as(self, name: str, voice: Voice | None) -> Draft:
        """Say who a speaker is; None: nobody knows."""
        voices = {each: known for each, known in self.voices.items() if each != name}
        return replace(self, voices=voices | ({name: voice} if voice else {}))


def draft_of(reading: Reading, *, kind: SourceKind = "transcript", with_speakers: bool = True) -> Draft:
    """What was read, with nothing decided yet."""
    turns = reading.turns if with_speakers else _monologue(reading.text)
    return Draft(reading, reading.title, kind, turns)


def _monologue(text: str) -> tuple[Turn, ...]:
    turns, start = [], 0
    for paragraph in text.split("\n\n"):
        words = paragraph.strip()
        if words:
            begin = start + paragraph.index(words)
            turns.append(Turn(None, begin, begin + len(words)))
        start += len(paragraph) + 2
    return tuple(turns)


def store_reviewed(
    project: ProjectFile, draft: Draft, review: Review | None = None, *, keeps_copy: bool = False, read: bool = True
) -> int:
    """Store a reviewed file in one change; give the id of the source.

    With a `review` of its names (settled here, so that they stand in the key first) nothing of what was accepted there
    ever reaches the project; `keeps_copy` keeps the masked text as original, else there is none. `read`: a person looked.
    """
    reading = draft.reading
    digest = hashlib.sha256(reading.original).hexdigest()
    if forget.is_forgotten(project, [digest, forget.like(reading.text)]):
        raise errors.Withdrawn(file=f"{reading.title}{reading.suffix}")
    _refuse_twice(project, draft, digest)
    if review is None:
        new, voices = _source_of(draft, digest), draft.voices
    else:
        review.settle()
        new = replace(
            _masked_source(draft, review, digest, keeps_copy=keeps_copy),
            masked=sources.READ if read else sources.UNREAD,
        )
        mask = review.label_mask()
        voices = {mask(name): voice for name, voice in draft.voices.items()}
    with project.change(Act.IMPORT) as writing:
        _refuse_twice(project, draft, digest)  # another window may have been first
        source_id = sources.add_source(writing, new)
        _link(writing, source_id, voices)
        writing.targets.append(source_id)
    return source_id


def _refuse_twice(project: ProjectFile, draft: Draft, digest: str) -> None:
    there = sources.source_with_digest(project, digest)
    if there is not None:
        source = sources.source_by_id(project, there)
        name = f"{draft.reading.title}{draft.reading.suffix}"
        raise errors.AlreadyImported(file=name, number=source.number if source else "?")


def _source_of(draft: Draft, digest: str) -> sources.NewSource:
    reading = draft.reading
    return sources.NewSource(
        title=draft.title,
        kind=draft.kind,
        suffix=reading.suffix,
        text=reading.text,
        lemmas=lemma_text(reading.text),
        turns=draft.turns,
        original=reading.original,
        original_sha256=digest,
        landmarks=reading.landmarks,
    )


def _masked_source(draft: Draft, review: Review, digest: str, *, keeps_copy: bool) -> sources.NewSource:
    text, moved, mask = review.masked(), review.map(), review.label_mask()
    return sources.NewSource(
        title=mask(draft.title),
        kind=draft.kind,
        suffix=draft.reading.suffix,
        text=text,
        lemmas=lemma_text(text),
        turns=carry_turns(draft.turns, moved, mask=mask),
        original=text.encode() if keeps_copy else None,
        original_sha256=digest,
        landmarks=carry_landmarks(draft.reading.landmarks, moved),
        original_suffix=".txt",
    )


def _link(writing: Writing, source_id: int, voices: Mapping[str, Voice]) -> None:
    people = families.person_ids(writing.project) if any(each.person for each in voices.values()) else {}
    for speaker in sources.speakers_of(writing.project, source_id):
        if (voice := voices.get(speaker.name)) is None:
            continue
        if voice.person is not None and voice.person not in people:
            raise no_person(voice.person)
        person = people[voice.person] if voice.person else None
        sources.link_speaker(writing, speaker.id, person_id=person, role=voice.role)
