"""Versions of a text: a tree in which each version is immutable and knows the correction that led to it.

Undoing the newest correction moves the pointer back; undoing an older one makes a new version whose step *cancels* the
old one, so that spans of before are carried past both without loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verhalen.model.text import Correction, Span, Step, TextVersion, cancel_pairs, move_on, text_digest
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.schema import SPANS
from verhalen.store.thin_texts import built, is_thin


@dataclass(frozen=True, slots=True)
class _Node:
    parent: int | None
    correction: Correction | None
    cancels: int | None
    """Signed number of the step that this one takes back."""

    def number(self, version: int) -> int:
        """The signed number of the step down into this version: a redo of a redone correction is that correction again."""
        return version if self.cancels is None else -self.cancels


def text_of(project: ProjectFile, source_id: int, version: int) -> TextVersion | None:
    """One version of a text."""
    found = project.row(
        "select text, sha256 from text_version where source_id = ? and version = ?", (source_id, version)
    )
    if found is None:
        return None
    text = built(project, source_id, version) if is_thin(*found) else found[0]
    return TextVersion(source_id, version, text, found[1])


def current_version(project: ProjectFile, source_id: int) -> int:
    """The number of the version that counts now; 0 where the source is gone."""
    return project.number("select version from source where id = ?", (source_id,))


def add_first_version(writing: Writing, source_id: int, *, text: str, lemmas: str) -> None:
    """Store the text as it was read: version 1."""
    writing.execute(
        "insert into text_version (source_id, version, text, lemmas, sha256) values (?, 1, ?, ?, ?)",
        (source_id, text, lemmas, text_digest(text)),
    )


def add_version(
    writing: Writing,
    source_id: int,
    *,
    parent: int,
    correction: Correction,
    text: str,
    lemmas: str,
    cancels: int | None = None,
) -> int:
    """Store the version that `correction` makes of `parent`; give its number."""
    number = writing.project.number("select max(version) from text_version where source_id = ?", (source_id,)) + 1
    writing.execute(
        "insert into text_version (source_id, version, parent, start, old_length, new_length, cancels, text, lemmas, sha256)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source_id,
            number,
            parent,
            correction.start,
            correction.old,
            correction.new,
            cancels,
            text,
            lemmas,
            text_digest(text),
        ),
    )
    return number


@dataclass(frozen=True, slots=True)
class Next:
    """One step on from a version: the correction, and the number of the step that it takes back, if any."""

    correction: Correction
    cancels: int | None = None


def add_steps(
    writing: Writing, source_id: int, steps: Sequence[Next], *, parent: int, text: str, lemmas: str
) -> list[int]:
    """Store a version for each step, the last one with its text; give their numbers.

    Those in between are places on the way only: nothing ever points to them, so their text is not kept.
    """
    numbers = [parent]
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        numbers.append(
            add_version(
                writing,
                source_id,
                parent=numbers[-1],
                correction=step.correction,
                text=text if last else "",
                lemmas=lemmas if last else "",
                cancels=step.cancels,
            )
        )
    return numbers[1:]


def way(project: ProjectFile, source_id: int, *, start: int, goal: int) -> list[Step]:
    """The steps from one version to another: up to their common ancestor, then down, cancelled pairs already gone."""
    up, down = _up_and_down(project, source_id, start=start, goal=goal)
    return cancel_pairs(up + down)


def fork(project: ProjectFile, source_id: int, one: int, other: int) -> tuple[list[Step], list[Step]]:
    """The way from one version to another in two parts: back to what both have in common, and forth from there."""
    up, down = _up_and_down(project, source_id, start=one, goal=other)
    backwards = {step.number for step in up}
    steps = cancel_pairs(up + down)
    split = next((index for index, step in enumerate(steps) if step.number not in backwards), len(steps))
    return steps[:split], steps[split:]


def are_kin(project: ProjectFile, source_id: int, one: int, other: int) -> bool:
    """Whether there is a way from one version to another: a mask leaves a text without a past."""
    tree = _tree(project, source_id)
    return one in tree and other in tree and bool(set(_ancestors(tree, one)) & set(_ancestors(tree, other)))


def leads_on(project: ProjectFile, source_id: int, before: int, after: int) -> bool:
    """Whether `after` was made of `before` by steps that all came later."""
    return not _up_and_down(project, source_id, start=before, goal=after)[0]


def _up_and_down(project: ProjectFile, source_id: int, *, start: int, goal: int) -> tuple[list[Step], list[Step]]:
    if start == goal:
        return [], []
    tree = _tree(project, source_id)
    above_goal = _ancestors(tree, goal)
    up: list[int] = []
    here = start
    while here not in above_goal:
        up.append(here)
        here = tree[here].parent or 0
    down = list(reversed(above_goal[: above_goal.index(here)]))
    return [_inverse(_step(tree, version)) for version in up], [_step(tree, version) for version in down]


def _tree(project: ProjectFile, source_id: int) -> dict[int, _Node]:
    sql = "select version, parent, start, old_length, new_length, cancels from text_version where source_id = ?"
    tree = {}
    for version, parent, begin, old, new, cancels in project.rows(sql, (source_id,)):
        step = None if parent is None else Correction(begin, old, new)
        tree[version] = _Node(parent, step, cancels)
    return tree


def _ancestors(tree: dict[int, _Node], version: int) -> list[int]:
    line = [version]
    while (parent := tree[line[-1]].parent) is not None:
        line.append(parent)
    return line


def _step(tree: dict[int, _Node], version: int) -> Step:
    node = tree[version]
    assert node.correction is not None, "only the first version has no correction, and nothing leads down into it"
    return Step(node.correction, node.number(version), again=node.cancels is not None)


def _inverse(step: Step) -> Step:
    return Step(step.correction.inverse, -step.number, again=True)


def spans_of(project: ProjectFile, source_id: int) -> dict[tuple[str, int], Span]:
    """Every span that points into the source: (table, row id) -> where it lies now."""
    found: dict[tuple[str, int], Span] = {}
    for table in SPANS:
        for row, start, stop in project.rows(f"select id, start, stop from {table} where source_id = ?", (source_id,)):
            found[(table, row)] = Span(start, stop)
    return found


def place_spans(
    writing: Writing,
    now: dict[tuple[str, int], Span],
    goal: dict[tuple[str, int], Span | None],
    *,
    back: Sequence[Step] = (),
) -> list[int]:
    """Write the spans that moved and end those of which nothing is left; give the ids of codings that ended.

    A span that did not move, but that the way `back` would, is written too: its image is all that remembers the place.
    """
    ended = []
    plain = cancel_pairs(back)
    for table in SPANS:
        mine = {row: place for (tbl, row), place in goal.items() if tbl == table}
        moved = [
            (place.start, place.stop, row)
            for row, place in mine.items()
            if place and (now.get((table, row)) != place or move_on(place, plain) != place)
        ]
        writing.executemany(f"update {table} set start = ?, stop = ? where id = ?", moved)
        gone = [row for row, place in mine.items() if place is None and (table, row) in now]
        writing.executemany(f"delete from {table} where id = ?", [(row,) for row in gone])
        ended += gone if table == "coding" else []
    return ended


def carried(now: dict[tuple[str, int], Span], steps: list[Step]) -> dict[tuple[str, int], Span | None]:
    """Where each span lies after the steps."""
    plain = cancel_pairs(steps)
    return {key: move_on(span, plain) for key, span in now.items()}


def point_to(writing: Writing, source_id: int, version: int) -> None:
    """Make `version` the one that counts. Spans are placed before: their images name the version that they leave."""
    writing.execute("update source set version = ? where id = ?", (version, source_id))
