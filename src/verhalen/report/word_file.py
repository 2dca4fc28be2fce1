"""A report in Word that was built before: opened with its own part, its bookmarks and its charts, and written anew."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from verhalen import errors
from verhalen.errors import UnreadableFile
from verhalen.i18n import t
from verhalen.readers.docx_package import open_package, relations_of
from verhalen.readers.limits import Parts
from verhalen.readers.opening import read_bytes
from verhalen.report.trace import Manifest, read_manifest
from verhalen.report.trace_marks import NAMESPACE
from verhalen.report.word_ranges import Range, Words
from verhalen.report.word_xml import Node, parse

_WITH_WORDS = frozenset(("footnotes", "endnotes", "header", "footer", "comments"))


@dataclass(slots=True)
class WordFile:
    """One file, whole in memory."""

    path: Path
    parts: Parts
    main: str
    item: str
    """Name of our own part."""
    manifest: Manifest
    title: str = ""
    """As its properties say."""
    words: dict[str, Words] = field(default_factory=dict)
    """By the name of the part: the document, and what else holds bookmarks of ours."""

    def ranges(self, name: str) -> list[tuple[str, Range]]:
        """The part and the place of each bookmark of that name."""
        return [(part, found) for part, words in self.words.items() for found in words.ranges.get(name, ())]

    def related(self, part: str, relation: str) -> str:
        """Name of the part that `part` calls by the id of a relation; empty where it names none."""
        folder, name = posixpath.split(part)
        rels = self.parts.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in parse(rels).children if rels else ():
            if each.attributes.get("Id") == relation and each.attributes.get("TargetMode") != "External":
                target = each.attributes.get("Target", "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return ""

    def chart_part(self, part: str, found: Range) -> str:
        """Name of the part of a chart in a range; empty where it is gone."""
        return self.related(part, found.chart.attributes.get("r:id", "")) if found.chart else ""

    def workbook_part(self, chart: str) -> str:
        """Name of the workbook that holds the numbers of a chart; empty where there is none."""
        return next((name for kind, name in relations_of(self.parts, chart) if kind == "package"), "")


def open_report(path: Path) -> WordFile:
    """Raises UnreadableFile and its kinds for what cannot be read, NotOurReport and NewerReport."""
    with _named(path):
        package = open_package(read_bytes(path))
        _refuse_template(package.parts)
        item = _own_part(package.parts, package.main)
        if item is None:
            raise errors.NotOurReport(file=path.name)
        manifest = read_manifest(package.parts.read(item) or b"")
        names = [package.main, *(name for kind, name in package.related if kind in _WITH_WORDS)]
        opened = WordFile(path, package.parts, package.main, item, manifest, _title(package.parts))
        for name in names:
            data = package.parts.read(name)
            if data and (name == package.main or manifest.prefix.encode() in data):
                opened.words[name] = Words(data)
        if opened.words[package.main].root.tag != "w:document":
            raise UnreadableFile(reason=t("it is saved in an unusual variant; save it in Word as an ordinary document"))
    return opened


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except (UnreadableFile, errors.NewerReport) as error:
        error.values = {"file": path.name, "suffix": ".docx", **error.values}
        raise


def _refuse_template(parts: Parts) -> None:
    if b"wordprocessingml.template.main+xml" in (parts.read("[Content_Types].xml") or b""):
        raise UnreadableFile(reason=t("it is a template; save it in Word as a document (.docx) first"))


def _title(parts: Parts) -> str:
    name = next((name for kind, name in relations_of(parts, "") if kind == "core-properties"), "")
    data = parts.read(name) if name else None
    return next((node.text for node in parse(data).walk() if node.tag == "dc:title"), "") if data else ""


def _own_part(parts: Parts, main: str) -> str | None:
    for kind, name in relations_of(parts, main):
        if kind == "customXml" and NAMESPACE.encode() in (parts.read(name) or b""):
            return name
    return None


def refuse_protected(file: WordFile) -> None:
    """Raise ProtectedReport where somebody locked the document against changes; tracked changes alone are no lock."""
    for kind, name in relations_of(file.parts, file.main):
        data = file.parts.read(name) if kind == "settings" else None
        for node in parse(data).walk() if data else ():
            if node.tag == "w:documentProtection" and _locks(node):
                raise errors.ProtectedReport(file=file.path.name)


def _locks(node: Node) -> bool:
    on = node.attributes.get("w:enforcement", "0") not in ("0", "false", "off")
    return on and node.attributes.get("w:edit", "") not in ("trackedChanges", "none")


def rewritten(file: WordFile, changed: Mapping[str, bytes]) -> bytes:
    """The file with some parts changed; every other part keeps its bytes, its place and its day."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in file.parts.archive.infolist():
            data = changed.get(member.filename)
            kept = file.parts.archive.read(member) if data is None else data
            new.writestr(_like(member), kept)
    return made.getvalue()


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    same = zipfile.ZipInfo(member.filename, member.date_time)
    same.compress_type, same.external_attr, same.create_system = (
        member.compress_type,
        member.external_attr,
        member.create_system,
    )
    return same
