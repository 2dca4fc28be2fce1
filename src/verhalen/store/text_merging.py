"""Versions of a text that came about beside each other, made into one; and versions that came from another copy."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.model.text import Correction, Step
from verhalen.store import versions
from verhalen.store.exchange_log import Names
from verhalen.store.package import Node
from verhalen.store.project import Writing

Lemmatise = Callable[[str], str]
"""Makes the search words of a text."""


def take_nodes(writing: Writing, nodes: Iterable[Node], names: Names) -> int:
    """Store versions that are not here yet; give how many. One whose words did not come and that is not here is left out."""
    taken = 0
    numbers: dict[int, dict[str, int]] = {}
    for node in nodes:
        known = numbers.setdefault(node.source_id, _numbers(names, node.source_id))
        if node.name in known:
            _keep_lemmas(writing, node, known[node.name])
            continue
        if node.parent is None and known:
            continue  # a text that is here begins anew by a mask only, and that goes first (`exchange/merging.py`)
        text = _text_of(writing, node, known)
        parent = known.get(node.parent or "")
        if text is None or (node.parent is not None and parent is None):
            continue
        known[node.name] = _insert(writing, node, parent, known, text)
        names.forget(node.source_id)
        taken += 1
    return taken


def _numbers(names: Names, source_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in names.of(source_id).items():
        found.setdefault(name, number)
    return found


def _keep_lemmas(writing: Writing, node: Node, number: int) -> None:
    if node.lemmas:
        sql = """
            update text_version set lemmas = ? where source_id = ? and version = ? and lemmas = ''
            and not exists (select 1 from source where source.id = source_id and source.version = text_version.version)"""
        writing.execute(sql, (node.lemmas, node.source_id, number))


def _text_of(writing: Writing, node: Node, known: dict[str, int]) -> str | None:
    if node.words is None:
        return "" if node.parent is not None else None
    if node.parent is None:
        return node.words
    if node.words.startswith("*"):
        return node.words[1:]
    before = versions.text_of(writing.project, node.source_id, known.get(node.parent, 0))
    if before is None or node.start is None or node.old is None:
        return None
    return before.text[: node.start] + node.words[1:] + before.text[node.start + node.old :]


def _insert(writing: Writing, node: Node, parent: int | None, known: dict[str, int], text: str) -> int:
    number = writing.project.number("select max(version) from text_version where source_id = ?", (node.source_id,)) + 1
    cancels = None
    if node.cancels:
        taken = known.get(node.cancels[1:], 0)
        cancels = -taken if node.cancels[0] == "-" else taken
    writing.execute(
        "insert into text_version (source_id, version, parent, start, old_length, new_length, cancels, text, lemmas, sha256)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(node.source_id, number, parent, node.start, node.old, node.new, cancels),
            *(text, node.lemmas or "", node.sha256),
        ),
    )
    return number


# -- two versions beside each other -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Met:
    """A correction that meets words which somebody else corrected: it is left out until a person chooses."""

    version: int
    """Of the text that came about."""
    start: int
    """Where the words are that hold, in that version; they may have been taken away."""
    stop: int
    words: str
    """What the correction would have put there."""
    step: int
    """Number of the version that the correction made."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One version out of two."""

    version: int
    met: tuple[Met, ...] = ()


def join(writing: Writing, source_id: int, one: int, other: int, lemmatise: Lemmatise) -> Joined:
    """The version that has the corrections of both; where they meet those of `one` hold."""
    project = writing.project
    if not versions.are_kin(project, source_id, one, other):
        return Joined(one)
    back, forth = versions.fork(project, source_id, one, other)
    if not forth:
        return Joined(one)
    if not back:
        return Joined(other)
    said = versions.text_of(project, source_id, other)
    here = versions.text_of(project, source_id, one)
    if said is None or here is None or not said.text or not here.text:
        return Joined(one)
    return _carried_over(writing, source_id, one, here.text, back, forth, said.text, lemmatise)


def _carried_over(
    writing: Writing,
    source_id: int,
    one: int,
    text: str,
    back: Sequence[Step],
    forth: Sequence[Step],
    said: str,
    lemmatise: Lemmatise,
) -> Joined:
    """Carry the steps `forth`, which follow on the steps `back` from `one`, to stand on `one` itself."""
    ours = [each.correction.inverse for each in reversed(back)]
    words = _words_of(said, forth)
    waiting: list[Correction | None] = [each.correction for each in forth]
    steps: list[versions.Next] = []
    left: list[tuple[int, int, str, int]] = []
    for index, step in enumerate(forth):
        place, brought = waiting[index], words[index]  # with gaps where a later step goes over them
        if place is None:
            continue  # it went over words that were left out, and is told with them
        found = _over(place, ours)
        if found is None:
            left.append((*_meeting(place, ours), _whole(words[index:]), step.number))
            waiting[index + 1 :] = _without(waiting[index + 1 :], place)
            continue
        moved, ours = found
        text = text[: moved.start] + brought + text[moved.stop :]
        left = [(_on(start, moved), _on(stop, moved), *others) for start, stop, *others in left]  # type: ignore[misc]
        steps.append(versions.Next(moved, -step.number))
    if steps and (_LOST in text or not text.strip() or not unicodedata.is_normalized("NFC", text)):
        return Joined(
            one,
            tuple(
                Met(one, 0, 0, brought.replace(_LOST, ""), each.number)
                for brought, each in zip(words, forth, strict=True)
            ),
        )
    version = one
    if steps:
        lemmas = lemmatise(text)
        version = versions.add_steps(writing, source_id, steps, parent=one, text=text, lemmas=lemmas)[-1]
    return Joined(version, tuple(Met(version, *each) for each in left))


def _whole(words: Sequence[str]) -> str:
    """The first words without a gap: those that came in the end."""
    return next((each for each in words if _LOST not in each), "")


def _on(position: int, step: Correction) -> int:
    if position <= step.start:
        return position
    return position + step.shift if position >= step.stop else step.start


def _over(place: Correction, ours: list[Correction]) -> tuple[Correction, list[Correction]] | None:
    """A step, carried over others; and these as they are with it. None where they meet."""
    moved = []
    for other in ours:
        touch = other.start == place.start and (not other.old or not place.old)
        if touch:
            return None
        if other.stop <= place.start:
            place = replace(place, start=place.start + other.shift)
            moved.append(other)
        elif place.stop <= other.start:
            moved.append(replace(other, start=other.start + place.shift))
        else:
            return None
    return place, moved


def _meeting(place: Correction, ours: Sequence[Correction]) -> tuple[int, int]:
    """Where the words lie, in the text as it holds, over which a step would go."""
    start, stop = place.start, place.stop
    for other in ours:
        start = start if start < other.start else start + other.shift if start >= other.stop else other.start
        stop = stop if stop <= other.start else stop + other.shift if stop >= other.stop else other.start + other.new
    return start, max(start, stop)


def _without(steps: Sequence[Correction | None], gone: Correction) -> list[Correction | None]:
    """Steps as they would be without one before them; None for those that go over its words."""
    found: list[Correction | None] = []
    for step in steps:
        if step is None:
            found.append(None)
        elif step.stop <= gone.start:
            found.append(step)
            gone = replace(gone, start=gone.start + step.shift)
        elif step.start >= gone.start + gone.new:
            found.append(replace(step, start=step.start - gone.shift))
        else:
            found.append(None)
            # What it made of those words is gone with them: the place is now as wide as both.
            start, stop = min(step.start, gone.start), max(step.stop, gone.start + gone.new)
            old = gone.old + max(0, gone.start - step.start) + max(0, step.stop - gone.start - gone.new)
            gone = Correction(start, old, stop - start + step.shift)
    return found


def _words_of(text: str, steps: Sequence[Step]) -> list[str]:
    """The words that each step brought; a gap stands for letters that a later one went over."""
    found: list[str] = []
    for step in reversed(steps):
        place = step.correction
        found.append(text[place.start : place.start + place.new])
        text = text[: place.start] + _LOST * place.old + text[place.start + place.new :]
    return found[::-1]


_LOST = "\0"
"""Stands for a letter that is no longer known; no text holds it."""
