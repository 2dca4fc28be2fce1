"""Corrections: the only way in which a text changes. Every span is carried along (docs/architecture.md, decision 1)."""

from __future__ import annotations

from dataclasses import dataclass

from verhalen import errors
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.text import Correction, Step, stable_edit
from verhalen.store import sources, versions
from verhalen.store.project import ProjectFile


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did."""

    version: int
    correction: Correction
    moved: int
    """Spans that lie elsewhere now."""
    ended: tuple[int, ...]
    """Codings of which nothing was left."""


def correct(
    project: ProjectFile, source_id: int, *, start: int, stop: int, replacement: str, version: int | None = None
) -> Corrected | None:
    """Replace [start, stop) by other words; None where that changes nothing. `start == stop` inserts."""
    with project.change(Act.CORRECT, source_id) as writing:
        source = sources.source_by_id(project, source_id)
        now = versions.text_of(project, source_id, source.version) if source else None
        if source is None or now is None:
            raise errors.UnknownSource(key=source_id)
        if version is not None and version != source.version:
            raise errors.StaleText
        if not 0 <= start <= stop <= len(now.text):
            raise errors.BadSpan(start=start, stop=stop, length=len(now.text))
        correction, words = stable_edit(now.text, start, stop, replacement)
        text = now.text[: correction.start] + words + now.text[correction.stop :]
        if text == now.text:
            return None
        if not text.strip():
            raise errors.BadSpan(start=start, stop=stop, length=len(now.text))
        new = versions.add_version(
            writing, source_id, parent=source.version, correction=correction, text=text, lemmas=lemma_text(text)
        )
        spans = versions.spans_of(project, source_id)
        places = versions.carried(spans, [Step(correction, new)])
        ended = versions.place_spans(writing, spans, places, back=[Step(correction.inverse, -new)])
        versions.point_to(writing, source_id, new)
        moved = sum(place is not None and spans[key] != place for key, place in places.items())
        return Corrected(new, correction, moved, tuple(ended))
