"""A codebook as .qdc, out and in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from verhalen import errors
from verhalen.exchange.codebook_storing import store_codebook
from verhalen.exchange.refi_qda.code_keys import Matched, match
from verhalen.exchange.refi_qda.codes_xml import codes_element, domain_sets, linked, members, read_codes
from verhalen.exchange.refi_qda.guids import Guids, keep_guids
from verhalen.exchange.refi_qda.mended_stream import MendedStream
from verhalen.exchange.refi_qda.xml_text import CODEBOOK, ORIGIN, child_text, default_space, local
from verhalen.i18n import mark, t
from verhalen.model.text import Notice, normal_text
from verhalen.readers.limits import parse_xml
from verhalen.readers.opening import read_bytes
from verhalen.store import codebook as store
from verhalen.store import scores
from verhalen.store.project import ProjectFile
from verhalen.store.whole_file import write_whole

TWICE = mark("Codes that share their GUID with an earlier one got another: {n}")
SETS = mark("Sets of codes have no place here and were left out: {n}")


@dataclass(frozen=True, slots=True)
class CodebookImport:
    """What an import did."""

    new: int
    changed: int
    notices: tuple[Notice, ...]


def write_qdc(project: ProjectFile, path: Path) -> int:
    """Write the codebook, whole or not at all; give the number of codes. Raises BadInput where there is none."""
    book, guids = store.codebook(project, counted=False), Guids(project)
    if not len(book):
        raise errors.BadInput(reason=t("there are no codes yet"))
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap=default_space(CODEBOOK), origin=ORIGIN)
    root.append(codes_element(book, guids, CODEBOOK))
    names = {domain.key: domain.name for domain in scores.domain_list(project).domains}
    sets = domain_sets(book, names)
    if sets:
        top = etree.SubElement(root, f"{{{CODEBOOK}}}Sets")
        for inside, name, description, codes in sets:
            one = etree.SubElement(top, f"{{{CODEBOOK}}}Set", guid=guids.of("set", inside), name=name)
            etree.SubElement(one, f"{{{CODEBOOK}}}Description").text = description
            for code in codes:
                etree.SubElement(one, f"{{{CODEBOOK}}}MemberCode", guid=guids.of("code", code.id))
    write_whole(path, etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
    return len(book)


@dataclass(frozen=True, slots=True)
class CodebookLooked:
    """What a codebook holds."""

    codes: int
    known: int
    """Codes that are here already, by GUID or by name: what the file says of them takes the place of what stands here."""
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    matched: Matched
    notices: tuple[Notice, ...]


def look_at_qdc(project: ProjectFile, path: Path) -> CodebookLooked:
    """What would come; nothing is stored. Raises UnreadableFile and its kinds, BadCodebook."""
    read = _read(project, path)
    here = {code.key for code in store.codebook(project, counted=False)}
    return CodebookLooked(len(read.matched.keys), sum(key in here for key in read.matched.keys), read.notices)


def import_qdc(project: ProjectFile, path: Path) -> CodebookImport:
    """Read a codebook of any program into the project, in one change. Raises UnreadableFile and its kinds, BadCodebook."""
    read = _read(project, path)
    new, changed, _ = store_codebook(project, read.matched.book, silent=read.matched.keys)
    _keep(project, read.matched.brought)
    return CodebookImport(new, changed, read.notices)


def _read(project: ProjectFile, path: Path) -> _Read:
    file = normal_text(path.name)
    try:
        root = parse_xml(MendedStream(io.BytesIO(read_bytes(path))).read())
    except errors.UnreadableFile as error:
        error.values = {"file": file, "suffix": ".qdc", **error.values}
        raise
    top = root if local(root) == "CodeBook" else next((each for each in root.iter() if local(each) == "CodeBook"), None)
    codes = next((child for child in top if local(child) == "Codes"), top) if top is not None else None
    found = read_codes(codes) if codes is not None else []
    if not found:
        raise errors.BadCodebook(file=file, line=1, problem=t("there are no codes in it"))
    sets = [(child_text(each, "Description") or "", members(each)) for each in root.iter() if local(each) == "Set"]
    found, other = linked(found, sets, (domain.key for domain in scores.domain_list(project).domains))
    book = store.codebook(project, counted=False)
    matched = match(book, Guids(project).ids("code", [code.id for code in book]), found)
    given = [each.guid for each in found if each.guid]
    notices = [Notice(None, SETS, {"n": other})] if other else []
    if len(given) > len(set(given)):
        notices.append(Notice(None, TWICE, {"n": len(given) - len(set(given))}))
    return _Read(matched, tuple(notices))


def _keep(project: ProjectFile, brought: dict[str, str]) -> None:
    ids = {code.key: code.id for code in store.codebook(project, counted=False)}
    with project.note() as writing:
        keep_guids(writing, "code", {ids[key]: guid for key, guid in brought.items()})
