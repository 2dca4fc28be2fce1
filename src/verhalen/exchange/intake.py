"""A file becomes a source in two steps, so that no transaction waits for a person: read for review, store what was reviewed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from verhalen import errors
from verhalen.language.lemmas import lemma_text
from verhalen.language.names import find_identifying
from verhalen.model.act import Act
from verhalen.model.masking import Finding
from verhalen.model.text import Reading, SourceKind, Turn
from verhalen.readers import read_source
from verhalen.store import forget, sources
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was read, with what a person decides before it is stored."""

    reading: Reading
    title: str
    kind: SourceKind
    findings: tuple[Finding, ...]
    """What would identify somebody, found by rules; a person must still read."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Speaker names to write otherwise: spelling variants of one person become one speaker."""

    @property
    def speakers(self) -> dict[str, int]:
        """Turns per speaker, in order of appearance."""
        counts: dict[str, int] = {}
        for turn in self.turns:
            if turn.speaker:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return counts

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, under the names that were decided."""
        return tuple(
            replace(turn, speaker=self.renamed.get(turn.speaker or "", turn.speaker)) for turn in self.reading.turns
        )


def read_for_review(path: Path, *, kind: SourceKind = "transcript", with_speakers: bool = True) -> Draft:
    """Read a file; nothing is stored."""
    return review(read_source(path), kind=kind, with_speakers=with_speakers)


def review(reading: Reading, *, kind: SourceKind = "transcript", with_speakers: bool = True) -> Draft:
    """What a person looks at before a file that was read is stored."""
    if not with_speakers:
        reading = replace(reading, turns=_monologue(reading.text))
    return Draft(reading, reading.title, kind, tuple(find_identifying(reading.text)))


def _monologue(text: str) -> tuple[Turn, ...]:
    turns, start = [], 0
    for paragraph in text.split("\n\n"):
        words = paragraph.strip()
        if words:
            begin = start + paragraph.index(words)
            turns.append(Turn(None, begin, begin + len(words)))
        start += len(paragraph) + 2
    return tuple(turns)


def store_reviewed(project: ProjectFile, draft: Draft) -> int:
    """Store a reviewed file in one change; give the id of the source."""
    reading = draft.reading
    digest = hashlib.sha256(reading.original).hexdigest()
    name = f"{reading.title}{reading.suffix}"
    if forget.is_forgotten(project, [digest]):
        raise errors.Withdrawn(file=name)
    new = sources.NewSource(
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
    with project.change(Act.IMPORT) as writing:
        there = sources.source_with_digest(project, digest)
        if there is not None:
            source = sources.source_by_id(project, there)
            raise errors.AlreadyImported(file=name, number=source.number if source else "?")
        source_id = sources.add_source(writing, new)
        writing.targets.append(source_id)
    return source_id
