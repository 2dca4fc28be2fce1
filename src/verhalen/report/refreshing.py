"""`report refresh`: new numbers, tables, charts and quotes in a document that somebody went on writing in.

Only what our bookmarks hold is touched. Everything else keeps its bytes: the XML is not written anew but cut and joined.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from verhalen import errors
from verhalen.i18n import mark, speaking, t
from verhalen.privacy.clearance import Audience
from verhalen.report.building import REPORT_LANGUAGE
from verhalen.report.checking import Comparison, Finding, compare, finding
from verhalen.report.docx_package import put, refuse_open
from verhalen.report.ledger import must_be_kept, record
from verhalen.report.refilling import Refill, front_of
from verhalen.report.refresh_entry import Surgeon
from verhalen.report.refresh_leftovers import copies_left
from verhalen.report.tracing import newest_state
from verhalen.report.word_edits import Marker
from verhalen.report.word_file import WordFile, open_report, refuse_protected, rewritten
from verhalen.report.word_ranges import Words
from verhalen.report.word_xml import W
from verhalen.store import releases
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SCHEMA_VERSION

BEFORE = ".vorige"
"""In the name of the copy of before."""
ELSEWHERE = mark("Words of a quote that was taken out stand elsewhere in the document too; take them out by hand.")
COPY_TOO = mark("{file} is a copy of an earlier version and may hold the quote that was taken out; remove it.")


@dataclass(frozen=True, slots=True)
class Left:
    """What was not replaced, and why."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    path: Path
    written: bool
    """False where everything still held: then the file was not touched."""
    replaced: tuple[Finding, ...]
    removed: int
    """Quotes that may no longer stand there and were taken out."""
    left: tuple[Left, ...]
    warnings: tuple[str, ...]
    kept: Path | None = None
    """The copy of before."""


def refresh(project: ProjectFile, path: Path, out: Path | None = None, *, day: dt.date | None = None) -> Refreshed:
    """Bring a built document up to date, in its own place or as `out`, whole or not at all.

    Raises what `check` raises, and ProtectedReport and CannotWrite.
    """
    target = out or path
    file = open_report(path)
    refuse_protected(file)
    _refuse_other_prefix(file)
    refuse_open(target)
    with speaking(front_of(file).language or REPORT_LANGUAGE):
        comparison = compare(project, file, day=day)
        surgeon = _operate(comparison, day or dt.datetime.now().astimezone().date())
        parts = surgeon.parts()
        _verify(surgeon, parts)
        manifest = replace(
            file.manifest,
            state=newest_state(project),
            schema=SCHEMA_VERSION,
            day=(day or dt.date.fromisoformat(file.manifest.day)).isoformat(),
            entries=tuple(surgeon.entries),
        )
        findings = [finding(entry, pairs, comparison.stamps) for entry, pairs in comparison.pairs]
        replaced = tuple(each for each in findings if each.entry.id in surgeon.touched)
        is_copied = copies_left(parts, surgeon.taken_out, file)
        must_be_kept(project, comparison.refill.data)
        written = bool(parts) or manifest.entries != file.manifest.entries
        kept = None
        if written:
            kept = _write(rewritten(file, {**parts, file.item: manifest.written()}), file, target, surgeon)
        elif out is not None and out != path:
            put(path.read_bytes(), out)
    if written:
        _remember(project, comparison.refill, path)
    left = tuple(Left(source, t(why)) for source, why in surgeon.left)
    warnings = [t(ELSEWHERE)] if is_copied else []
    older = _copy_of(target)
    if surgeon.removed and older.exists():
        warnings.append(t(COPY_TOO, file=older.name))
    return Refreshed(target, written, replaced, surgeon.removed, left, tuple(warnings), kept)


def _refuse_other_prefix(file: WordFile) -> None:
    """Our insertions say `w:`; any program that we know writes that too."""
    root = file.words[file.main].root
    if f'xmlns:w="{W}"'.encode() not in file.words[file.main].data[root.start : root.inside]:
        reason = t("it is saved in an unusual variant; save it in Word as an ordinary document")
        raise errors.UnreadableFile(file=file.path.name, reason=reason)


def _operate(comparison: Comparison, day: dt.date) -> Surgeon:
    numbers = [
        int(value)
        for words in comparison.file.words.values()
        for node in words.flow
        if (value := node.attributes.get("w:id", "")).isdecimal()
    ]
    keeps_old = comparison.file.manifest.audience == Audience.INTERNAL
    surgeon = Surgeon(comparison, Marker(day, max(numbers, default=0), keeps_old))
    for entry, pairs in comparison.pairs:
        surgeon.entry(entry, pairs)
    return surgeon


def _verify(surgeon: Surgeon, parts: dict[str, bytes]) -> None:
    """Read back what would be written: every place must say what it should, else nothing is written."""
    read = {name: Words(data) for name, data in parts.items() if name in surgeon.files}
    for (part, name), text in surgeon.expected.items():
        found = read[part].ranges.get(name, []) if part in read else []
        if text not in [each.text for each in found]:
            raise RuntimeError("a place of the report would be wrong")


def _remember(project: ProjectFile, refill: Refill, path: Path) -> None:
    """What a report gives out anew stands in the ledger too, under its name."""
    name = refill.report or path.name
    titles = [each.title for each in releases.releases(project) if each.report == name]
    record(project, refill.data, refill.log, report=name, title=(titles or [path.stem])[-1], day=refill.data.day)


def _copy_of(target: Path) -> Path:
    return target.with_name(f"{target.stem}{BEFORE}{target.suffix}")


def _write(content: bytes, file: WordFile, target: Path, surgeon: Surgeon) -> Path | None:
    """Write the file; beside it, where it takes the place of the old one, a copy of that, unless words went out of it."""
    kept = _copy_of(target) if target == file.path and not surgeon.removed else None
    if kept is not None:
        put(file.path.read_bytes(), kept)
    put(content, target)
    return kept
