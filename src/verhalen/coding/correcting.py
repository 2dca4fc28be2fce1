"""Corrections: the only way in which a text changes. Every span is carried along (docs/architecture.md, decision 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.coding.differing import Edits, differences
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.coding import Coding
from verhalen.model.text import Correction, Source, Span, Step, TextVersion, Turn, normal_text, stable_edit
from verhalen.store import sources, versions
from verhalen.store.project import ProjectFile, Writing

Key = tuple[str, int]
"""Table and row of a span."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did."""

    version: int
    correction: Correction
    """From the first to the last place that changed."""
    moved: int
    """Spans that lie elsewhere now."""
    ended: tuple[int, ...]
    """Codings of which nothing was left."""


def correct(
    project: ProjectFile, source_id: int, *, start: int, stop: int, replacement: str, version: int | None = None
) -> Corrected | None:
    """Replace [start, stop) by other words; None where that changes nothing. `start == stop` inserts."""
    with project.change(Act.CORRECT, source_id) as writing:
        source, now = _as_it_is(project, source_id)
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
        return _store(writing, source, text, [correction])


def _as_it_is(project: ProjectFile, source_id: int) -> tuple[Source, TextVersion]:
    source = sources.source_by_id(project, source_id)
    now = versions.text_of(project, source_id, source.version) if source else None
    if source is None or now is None:
        raise errors.UnknownSource(key=source_id)
    return source, now


def _store(
    writing: Writing,
    source: Source,
    text: str,
    corrections: Sequence[Correction],
    *,
    fixed: dict[Key, Span] | None = None,
) -> Corrected:
    """Store the version that the corrections make one after another; `fixed` spans are put where they say."""
    steps = [versions.Next(each) for each in corrections]
    numbers = versions.add_steps(writing, source.id, steps, parent=source.version, text=text, lemmas=lemma_text(text))
    way = [Step(each, number) for each, number in zip(corrections, numbers, strict=True)]
    back = [Step(each.correction.inverse, -each.number) for each in reversed(way)]
    spans = versions.spans_of(writing.project, source.id)
    places = {**versions.carried(spans, way), **(fixed or {})}
    ended = versions.place_spans(writing, spans, places, back=back)
    versions.point_to(writing, source.id, numbers[-1])
    moved = sum(place is not None and spans[key] != place for key, place in places.items())
    return Corrected(numbers[-1], _whole(corrections), moved, tuple(ended))


def _whole(corrections: Sequence[Correction]) -> Correction:
    """The one correction that makes the same text; they come the last place first."""
    start, stop = corrections[-1].start, corrections[0].stop
    return Correction(start, stop - start, stop - start + sum(each.shift for each in corrections))


# -- a whole turn --------------------------------------------------------------------------------------------------


def correct_turn(project: ProjectFile, source_id: int, turn_id: int, *, before: str, after: str) -> Corrected | None:
    """Give a turn other words, in one change, by a correction for each place that differs; None where none does.

    `before` are the words that were on the screen: StaleTurn is raised where somebody changed them meanwhile. Changes
    elsewhere in the text do no harm.
    """
    with project.change(Act.CORRECT, source_id) as writing:
        known = _as_it_is(project, source_id)
        turn = next((each for each in sources.turns_of(project, source_id) if each.id == turn_id), None)
        if turn is None:
            raise errors.UnknownTurn
        return _correct_words(writing, known, turn, before=before, after=after)


def correct_all(writing: Writing, source_id: int, *, before: str, after: str) -> Corrected | None:
    """Give a whole text other words as a part of a change that is open; StaleText where it is no longer `before`."""
    known = _as_it_is(writing.project, source_id)
    if known[1].text != before:
        raise errors.StaleText
    return _correct_words(writing, known, Turn(None, 0, len(before)), before=before, after=after)


def _correct_words(
    writing: Writing, known: tuple[Source, TextVersion], turn: Turn, *, before: str, after: str
) -> Corrected | None:
    source, now = known
    if now.text[turn.start : turn.stop] != before:
        raise errors.StaleTurn
    plan = plan_turn(now.text, turn, after)
    if plan is None:
        return None
    if plan.place is None:
        raise errors.EmptyTurn
    fixed = _holding(versions.spans_of(writing.project, source.id), turn, plan, place=plan.place)
    return _store(writing, source, plan.text, plan.edits.corrections(), fixed=fixed)


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """What other words in a turn do to the text."""

    text: str
    """All of it, afterwards."""
    edits: Edits
    place: Span | None
    """The turn, afterwards; None when nothing of it is left."""


def plan_turn(text: str, turn: Turn, after: str) -> TurnPlan | None:
    """Find where the words differ; None where nothing does. White space around them is left out."""
    whole, words = stable_edit(text, turn.start, turn.stop, normal_text(after).strip())
    new = text[: whole.start] + words + text[whole.stop :]
    if new == text:
        return None
    # With a little more on both sides, so that a letter at the border is compared with its own cluster.
    start, stop = min(whole.start, turn.start), max(whole.stop, turn.stop)
    found = differences(text[start:stop], new[start : stop + whole.shift])
    edits = Edits(replace(each, start=each.start + start, stop=each.stop + start) for each in found.hunks)
    end = turn.stop + whole.shift
    return TurnPlan(new, edits, Span(turn.start, end) if new[turn.start : end].strip() else None)


def _holding(spans: dict[Key, Span], turn: Turn, plan: TurnPlan, *, place: Span) -> dict[Key, Span]:
    """The turn, and what holds it as a page does: they take in what is written at their border."""
    found: dict[Key, Span] = {}
    for key, span in spans.items():
        if key[0] in _HOLDERS and span.contains(turn.span):
            moved = plan.edits.move(span) or place
            found[key] = Span(min(moved.start, place.start), max(moved.stop, place.stop))
    return found


_HOLDERS = ("turn", "landmark")
"""What the text is divided into; a coding is of certain words, and what is written beside them stays outside."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a correction does to one coding."""

    coding: Coding
    before: str
    """Its words now."""
    after: str
    """Its words then; empty where nothing is left of it."""


def touched(text: str, turn: Turn, after: str, codings: Iterable[Coding]) -> list[Touched]:
    """The codings whose words would be others, in reading order."""
    plan = plan_turn(text, turn, after)
    if plan is None:
        return []
    near = [each for each in codings if each.start < turn.stop and turn.start < each.stop]
    found = []
    for coding in sorted(near, key=lambda each: (each.start, each.stop, each.id)):
        place = plan.edits.move(Span(coding.start, coding.stop))
        quote, then = text[coding.start : coding.stop], plan.text[place.start : place.stop] if place else ""
        if quote != then:
            found.append(Touched(coding, quote, then))
    return found
