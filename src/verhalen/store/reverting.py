"""Take a correction back: the text as if it had never been, and every span on its own words again."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from verhalen import errors
from verhalen.model.act import Change
from verhalen.model.text import Correction, Span, Step, move_on
from verhalen.store import versions
from verhalen.store.journal import history, moves_text, touched_rows
from verhalen.store.origins import Image, Key, follow, image_of, pasts, place_of, settled, touched_spans, version_of
from verhalen.store.project import ProjectFile, Writing

Lemmatise = Callable[[str], str]
"""Makes the search words of a text."""


class Ways:
    """Carries images of spans to the versions in `goal` (source to version); each way is looked up once."""

    def __init__(self, project: ProjectFile, goal: dict[int, int]) -> None:
        self._project = project
        self._goal = goal
        self._known: dict[tuple[int, int], list[Step]] = {}

    def carry(self, images: list[Image], *, newest: int = 0) -> Span | None:
        """Where the span of these images lies now; version `newest` was there when the first of them was taken."""
        taken = [version_of(image) for image in images]
        ways = []
        for index, image in enumerate(images):
            source, span = place_of(image)
            known = max(taken[index:]) if index else max(newest, *taken)
            steps = self._way(source, taken[index])
            if not any(step.again or step.number <= known for step in steps):
                return move_on(span, steps)  # nothing was put back on this way, so there is nothing to doubt
            ways.append((span, steps, known))
        return settled([follow(span, steps, known=known) for span, steps, known in ways]) if ways else None

    def _way(self, source: int, version: int) -> list[Step]:
        if (source, version) not in self._known:
            self._known[(source, version)] = versions.way(self._project, source, start=version, goal=self._goal[source])
        return self._known[(source, version)]


@dataclass(frozen=True, slots=True)
class _TextMove:
    source_id: int
    before: int
    after: int


def _text_moves(project: ProjectFile, change: Change) -> list[_TextMove]:
    """Which sources `change` led from one version to another."""
    moves = []
    for each in touched_rows(project, change.id, table="source"):
        if each.image is not None:
            before = each.image["version"]
            after = _version_after(project, change, each.row_id)
            if before != after:
                moves.append(_TextMove(each.row_id, before, after))
    return moves


def _version_after(project: ProjectFile, change: Change, source_id: int) -> int:
    sql = """
        select json_extract(image, '$.version') from change_row
        where row_id = ? and tbl = 'source' and id > (select last_row from change where id = ?) order by id limit 1"""
    found = project.row(sql, (source_id, change.id))
    return found[0] if found and found[0] is not None else versions.current_version(project, source_id)


def overlapping(project: ProjectFile, change: Change) -> tuple[Change, ...]:
    """Later corrections whose words meet the words that would come back."""
    for move in _text_moves(project, change):
        if _reversal(project, move) is None:
            later = [
                each
                for each in history(project, after=change.id)
                if move.source_id in each.targets and not each.undone and moves_text(project, each)
            ]
            colleagues = [each for each in later if each.coder_id != change.coder_id]
            return tuple(colleagues or later) or (change,)
    return ()


def _reversal(project: ProjectFile, move: _TextMove) -> tuple[list[versions.Next], str] | None:
    """The steps from `after` back to `before`, carried to the version that counts now, and the text that they make.

    None where later corrections meet them: they overlap, other words came at the very place of deleted ones (before or
    after them? nobody can tell), they touch so that letters would join (NFC), or nothing is left.
    """
    current = versions.current_version(project, move.source_id)
    back = versions.way(project, move.source_id, start=move.after, goal=move.before)
    later = [each.correction for each in versions.way(project, move.source_id, start=move.after, goal=current)]
    old, now = (versions.text_of(project, move.source_id, version) for version in (move.before, current))
    if not back or old is None or now is None:
        return None
    text, steps = now.text, []
    for step, words in zip(back, _words_back(old.text, back), strict=True):
        carried = _carried_back(step.correction, later)
        if carried is None or words is None:
            return None
        place, later = carried
        text = text[: place.start] + words + text[place.stop :]
        steps.append(versions.Next(place, -step.number))
    return (steps, text) if text.strip() and unicodedata.is_normalized("NFC", text) else None


def _carried_back(place: Correction, later: list[Correction]) -> tuple[Correction, list[Correction]] | None:
    """A step back, carried through later corrections; and these as they are with it. None where they meet."""
    moved = []
    for other in later:
        if other.old == place.old == 0 and other.start == place.start:
            return None
        if other.stop <= place.start:
            place = Correction(place.start + other.shift, place.old, place.new)
            moved.append(other)
        elif other.start < place.stop:
            return None
        else:
            moved.append(Correction(other.start + place.shift, other.old, other.new))
    return place, moved


def _words_back(old: str, back: Sequence[Step]) -> list[str | None]:
    """The words that each step back brings; None where another step of the same change made them."""
    found: list[str | None] = []
    for step in reversed(back):
        place = step.correction.inverse
        words = old[place.start : place.stop]
        found.append(None if _MADE in words else words)
        old = old[: place.start] + _MADE * place.new + old[place.stop :]
    return found[::-1]


_MADE = "\0"
"""Stands for a letter that the change brought; no text holds it."""


def take_text_back(writing: Writing, change: Change, lemmatise: Lemmatise) -> list[int]:
    """Lead every text that `change` corrected to what it is without it; give the ids of codings that ended."""
    project = writing.project
    ended = []
    for move in _text_moves(project, change):
        current = versions.current_version(project, move.source_id)
        goal = move.before if current == move.after else _reversed_version(writing, move, current, lemmatise)
        ended += _place_all(writing, change, move, current=current, goal=goal)
        versions.point_to(writing, move.source_id, goal)
    return ended


def _reversed_version(writing: Writing, move: _TextMove, current: int, lemmatise: Lemmatise) -> int:
    """Make the version that lacks the change but keeps all corrections after it."""
    project = writing.project
    reversal = _reversal(project, move)
    if reversal is None:
        raise errors.StaleText
    steps, text = reversal
    return versions.add_steps(writing, move.source_id, steps, parent=current, text=text, lemmas=lemmatise(text))[-1]


def carry_back(writing: Writing, change: Change, *, fixed: set[Key]) -> list[int]:
    """Carry every span but the `fixed` ones back over a change that read in a newer file, whose version counts now."""
    project = writing.project
    ended = []
    for move in _text_moves(project, change):
        now = {key: span for key, span in versions.spans_of(project, move.source_id).items() if key not in fixed}
        places = versions.carried(now, versions.way(project, move.source_id, start=move.after, goal=move.before))
        ways = Ways(project, {move.source_id: move.before})
        for key, past in pasts(project, {row for _, row in now}).items():
            if key in now:
                images = past.now(image_of(move.source_id, now[key], move.after))
                places[key] = ways.carry(images, newest=max(move.after, move.before))
        back = versions.way(project, move.source_id, start=move.before, goal=move.after)
        ended += versions.place_spans(writing, now, places, back=back)
    return ended


def _place_all(writing: Writing, change: Change, move: _TextMove, *, current: int, goal: int) -> list[int]:
    """Carry every span to `goal`; those at the place, and those that ended, come from where a person last put them."""
    project = writing.project
    source = move.source_id
    now = versions.spans_of(project, source)
    steps = versions.way(project, source, start=current, goal=goal)
    places = versions.carried(now, steps)
    near = {row for (_, row), span in now.items() if any(_meets(span, step.correction) for step in steps)}
    ways = Ways(project, {source: goal})
    missing = []
    for key, past in pasts(project, near | touched_spans(project, change.id)).items():
        images = past.now(image_of(source, now[key], current) if key in now else None)
        if not images or place_of(images[0])[0] != source:
            continue
        place = ways.carry(images, newest=max(current, goal, move.before, move.after))
        if key in now:
            places[key] = place
        elif place is not None:
            image = json.loads(past.last_image() or "null")
            missing.append((key[0], {**image, "start": place.start, "stop": place.stop}))
    back = versions.way(project, source, start=goal, goal=current)
    ended = versions.place_spans(writing, now, places, back=back)
    for table, image in missing:
        _bring_back(writing, table, image)
    return ended


def _meets(span: Span, place: Correction) -> bool:
    return span.start <= place.stop and place.start <= span.stop


def _bring_back(writing: Writing, table: str, image: dict[str, Any]) -> None:
    """Insert a span that a correction had ended."""
    columns = [row[1] for row in writing.rows(f"pragma table_info({table})")]
    writing.execute(
        f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{column}' for column in columns)})",
        {column: image.get(column) for column in columns},
    )
