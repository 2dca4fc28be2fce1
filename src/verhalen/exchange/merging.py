"""Taking in the work of another copy of the project: from a bundle or from its file.

What was withdrawn or masked there goes here first, and for good; then everything else comes in one change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from verhalen.coding.correcting import correct_all
from verhalen.coding.differing import Edits, differences
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.text import Span
from verhalen.privacy.remnants import remnants
from verhalen.privacy.withdrawal import Plan, carry_out, plan_rows
from verhalen.store import bundle_file, burying, masking, merge_entries, merging, versions
from verhalen.store.clashes import clash_rows
from verhalen.store.exchange_log import held, unsent_base, version_names
from verhalen.store.other_copy import open_copy
from verhalen.store.package import Node, Package, pack, pack_file
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SCHEMA_VERSION
from verhalen.store.sources import READ, source_by_id


@dataclass
class Result:
    """What taking in did, or would do."""

    outcome: merge_entries.Outcome
    clashes: list[dict[str, object]] = field(default_factory=list)
    withdrawn: int = 0
    left: tuple[str, ...] = ()
    """Files beside the project that hold words of what was withdrawn."""
    clean: bool = True
    dropped: int = 0
    """Corrections made here that met names which were masked there."""


@contextmanager
def opened(project: ProjectFile, path: Path, passphrase: str) -> Iterator[Package]:
    """The package in a bundle, or the one that a project file makes; checked."""
    if bundle_file.is_bundle(path) or not _is_project(path):
        known = project.setting("project_id")
        with bundle_file.open_bundle(
            path, project_id=known, schema=SCHEMA_VERSION, passphrase=passphrase
        ) as connection:
            package = Package(connection)
            merge_entries.check(project, package, file=path.name)
            yield package
        return
    with open_copy(path, coder=project.coder, passphrase=passphrase) as other:
        package = pack_file(other, since=held(project))
        try:
            merge_entries.check(project, package, file=path.name)
            yield package
        finally:
            package.connection.close()


def _is_project(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(15) == b"SQLite format 3" or path.suffix == ".verhalen"
    except OSError:
        return False


def origin(path: Path, *, passphrase: str) -> tuple[str, str, bool]:
    """Id and secret of the project that a bundle belongs to, and whether its file is encrypted."""
    with bundle_file.open_bundle(path, project_id=None, schema=SCHEMA_VERSION, passphrase=passphrase) as connection:
        package = Package(connection)
        return package.meta("project_id"), package.meta("secret"), package.meta("encrypted") == "1"


def send(project: ProjectFile, path: Path, *, passphrase: str, since: dict[int, int]) -> Package:
    """Write a bundle with everything that somebody who holds `since` lacks; the package it gives is closed but for its counts."""
    known = project.setting("project_id")
    with bundle_file.new_bundle(path, project_id=known, schema=SCHEMA_VERSION, passphrase=passphrase) as connection:
        package = pack(project, connection, since=since)
        counts = {table: package.count(table) for table in ("source", "coding", "story", "snapshot")}
        counts["change"] = len(package.entries())
    project.keep_sent()
    return _Counted(counts)


class _Counted(Package):
    """What was in a package that is closed."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts

    def count(self, table: str) -> int:
        """How many rows of a table were new in it; `change` counts the changes."""
        return self.counts[table]


def rehearse(project: ProjectFile, path: Path, *, passphrase: str) -> Result:
    """What would come; nothing is kept."""
    with opened(project, path, passphrase) as package:
        roots = burying.withdrawn_elsewhere(project, package)
        plan = plan_rows(project, roots) if roots else None
        found = merging.rehearse(project, package, lemmatise=lemma_text)
        withdrawn = sum(map(len, plan.going.rows.values())) if plan else 0
        return Result(found.outcome, list(found.clashes), withdrawn, _left(project, plan))


def take_in(project: ProjectFile, path: Path, *, passphrase: str) -> Result:
    """Take everything in. What is withdrawn or masked on the way cannot be undone; the rest is one change."""
    with opened(project, path, passphrase) as package:
        withdrawn, left, clean = _withdraw(project, package)
        masked_clean, dropped = _mask(project, package)
        outcome = merging.take_in(project, package, lemmatise=lemma_text)
        rows = [row for row in clash_rows(project) if row["key"] in outcome.clashes]
        return Result(outcome, rows, withdrawn, left, clean and masked_clean, dropped)


# -- what was withdrawn there ------------------------------------------------------------------------------------------


def _withdraw(project: ProjectFile, package: Package) -> tuple[int, tuple[str, ...], bool]:
    roots = burying.withdrawn_elsewhere(project, package)
    plan = plan_rows(project, roots) if roots else None
    clean = carry_out(project, plan) if plan else True
    burying.bury(project, package)
    count = sum(map(len, plan.going.rows.values())) if plan else 0
    return count, _left(project, plan), clean


def _left(project: ProjectFile, plan: Plan | None) -> tuple[str, ...]:
    if plan is None:
        return ()
    return tuple(each.file for each in remnants(project.path.parent, plan.texts, originals=plan.originals))


# -- what was masked there ---------------------------------------------------------------------------------------------


def _mask(project: ProjectFile, package: Package) -> tuple[bool, int]:
    """Names that were replaced in a text there are replaced here too, before anything else of it comes."""
    fresh = merge_entries.fresh_entries(project, package)
    wanted = {json.loads(each.targets)[0]: each.stamp for each in fresh if each.act == Act.MASK}
    clean, dropped = True, 0
    for node in list(package.nodes()) if wanted else ():
        if node.source_id in wanted and node.parent is None and node.words:
            done, lost = _mask_one(project, package, node, _seen_by(project, package, wanted[node.source_id]))
            clean, dropped = clean and done, dropped + lost
    return clean, dropped


def _seen_by(project: ProjectFile, package: Package, mask: tuple[int, int]) -> int:
    """Up to which change of this copy whoever masked had seen."""
    replica, last = mask
    return max(
        (
            upto
            for who, since, other, upto in package.seen()
            if (who, other) == (replica, project.replica) and since <= last
        ),
        default=0,
    )


def _mask_one(project: ProjectFile, package: Package, node: Node, seen: int) -> tuple[bool, int]:
    """Mask a text as it was masked there; what was corrected here meanwhile stays, unless it meets a name."""
    source = node.source_id
    version = versions.current_version(project, source)
    now = versions.text_of(project, source, version)
    if now is None or node.name in version_names(project, source).values():
        return True, 0
    text, dropped = _masked_text(project, source, now.text, node.words or "", seen)
    edits = differences(now.text, text.masked)
    original = next((row for row in package.rows("original") if row[0] == source), None)
    read = next(
        (each.data["masked"] for each in package.writes("source") if each.row == source and "masked" in each.data), READ
    )
    order = masking.Mask(
        source_id=source,
        version=version,
        text=text.masked,
        move=_mover(edits, len(text.masked)),
        words=_replacer(now.text, edits),
        lemmatise=lemma_text,
        original=(original[3], str(original[2])) if original and isinstance(original[3], bytes) else None,
        read=read == READ,
    )
    clean = masking.mask(project, order)
    if text.corrected != text.masked:
        with project.change(Act.CORRECT, source) as writing:
            correct_all(writing, source, before=text.masked, after=text.corrected)
    return clean, dropped


class _Masked(NamedTuple):
    masked: str
    corrected: str
    """With what was corrected here put back."""


_MARK = "["
"""Every replacement of a name begins with it."""


def _masked_text(project: ProjectFile, source: int, now: str, there: str, seen: int) -> tuple[_Masked, int]:
    """The text with the names of both copies masked, and with the corrections of this one."""
    if _is_masked(project, source):
        # Both masked: each replacement stands, whoever made it. The same comes out in the other copy.
        found = differences(now, there).hunks
        hunks = [each for each in found if _MARK in each.words and _MARK not in now[each.start : each.stop]]
        both = Edits(hunks).apply(now)
        return _Masked(both, both), 0
    base = unsent_base(project, source, seen)
    if base is None or base == now:
        return _Masked(there, there), 0
    theirs, text, dropped = differences(base, there), there, 0
    for each in reversed(differences(base, now).hunks):
        start, stop = max(0, each.start - 1), min(len(base), each.stop + 1)
        place = theirs.move(Span(start, stop))
        if theirs.hunks_in(Span(start, stop)) or place is None:
            dropped += 1
            continue
        first = place.start + each.start - start
        text = text[:first] + each.words + text[first + each.stop - each.start :]
    return _Masked(there, text), dropped


def _is_masked(project: ProjectFile, source: int) -> bool:
    found = source_by_id(project, source)
    return found is not None and (found.masked or found.unread)


def _mover(edits: Edits, length: int) -> Callable[[Span], Span]:
    def move(span: Span) -> Span:
        moved = edits.move(span)
        if moved is not None:
            return moved
        start = min(span.start + sum(each.shift for each in edits.hunks if each.stop <= span.start), length - 1)
        return Span(max(0, start), max(0, start) + 1)

    return move


_LEAST = 2
"""Letters of a name that is looked for outside the text."""


def _replacer(text: str, edits: Edits) -> Callable[[str], str]:
    """Puts the same replacements in titles and memos: whole words only."""
    swaps = {text[each.start : each.stop].strip(): each.words.strip() for each in edits.hunks}
    swaps = {old: new for old, new in swaps.items() if len(old) >= _LEAST and new}
    if not swaps:
        return lambda words: words
    longest = sorted(swaps, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return lambda words: pattern.sub(lambda found: swaps[found.group()], words)
