"""The tree of codes in XML, the same in codebooks and in projects but for the namespace; and sets of codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lxml import etree

from verhalen.exchange.refi_qda.code_keys import ForeignCode, described
from verhalen.exchange.refi_qda.colours import as_hex
from verhalen.exchange.refi_qda.guids import Guids, plain_guid
from verhalen.exchange.refi_qda.xml_text import child_text, default_space, local, one_line, writable
from verhalen.i18n import t
from verhalen.model.codebook import Code, Codebook
from verhalen.model.text import normal_text

OURS = "verhalen:"
"""So begins the description of a set that our program makes, and says what it stands for."""
_LINK = re.compile(rf"{OURS}(evidence|touches):(\S+)")

NoteRefs = Callable[[Code], Iterable[str]]


def codes_element(book: Codebook, guids: Guids, namespace: str, notes: NoteRefs = lambda code: ()) -> etree._Element:
    """All codes, each below the one above it. `notes`: GUIDs of what is noted at a code."""
    top = etree.Element(f"{{{namespace}}}Codes", nsmap=default_space(namespace))
    made: dict[str, etree._Element] = {}
    for code in book:
        above = made.get(code.parent or "", top)
        element = etree.SubElement(above, f"{{{namespace}}}Code", guid=guids.of("code", code.id))
        element.set("name", one_line(code.name) or code.key)
        element.set("isCodable", "true")
        if as_hex(code.colour):
            element.set("color", as_hex(code.colour))
        if said := writable(described(code)):
            etree.SubElement(element, f"{{{namespace}}}Description").text = said
        for guid in notes(code):
            etree.SubElement(element, f"{{{namespace}}}NoteRef", targetGUID=guid)
        made[code.key] = element
    return top


def domain_sets(book: Codebook, names: dict[str, str]) -> list[tuple[str, str, str, list[Code]]]:
    """The links with life domains as sets: (what it is called inside, name, description, codes). `names`: key -> name."""
    found: dict[tuple[str, str], list[Code]] = {}
    for code in book:
        for kind, keys in (("evidence", code.evidence), ("touches", code.touches)):
            for key in keys:
                found.setdefault((kind, key), []).append(code)
    sentences = {"evidence": t("{domain}: evidence"), "touches": t("{domain}: touches")}
    return [
        (f"{kind}:{key}", sentences[kind].format(domain=names.get(key, key)), f"{OURS}{kind}:{key}", codes)
        for (kind, key), codes in sorted(found.items())
    ]


# -- reading -----------------------------------------------------------------------------------------------------------


def read_codes(top: etree._Element) -> list[ForeignCode]:
    """The codes below an element, parents first, in the order of the file; however deep the tree is."""
    found: list[ForeignCode] = []
    waiting = [(child, None) for child in reversed(top) if local(child) == "Code"]
    todo: list[tuple[etree._Element, int | None]] = list(waiting)
    while todo:
        element, parent = todo.pop()
        found.append(_code(element, parent))
        below = [child for child in element if local(child) == "Code"]
        todo.extend((child, len(found) - 1) for child in reversed(below))
    return found


def _code(element: etree._Element, parent: int | None) -> ForeignCode:
    return ForeignCode(
        guid=plain_guid(element.get("guid")),
        name=one_line(normal_text(element.get("name") or "")) or t("without a name"),
        parent=parent,
        description=child_text(element, "Description"),
        colour=as_hex(element.get("color") or ""),
        notes=tuple(plain_guid(each.get("targetGUID")) for each in element if local(each) == "NoteRef"),
    )


def members(element: etree._Element, name: str = "MemberCode") -> list[str]:
    """Plain GUIDs of the members of a set: codebooks name them by `guid`, projects by `targetGUID`."""
    return [plain_guid(child.get("targetGUID") or child.get("guid")) for child in element if local(child) == name]


def linked(
    codes: Sequence[ForeignCode], sets: Iterable[tuple[str, Sequence[str]]], domains: Iterable[str]
) -> tuple[list[ForeignCode], int]:
    """The codes with the life domains that sets of ours name, and the number of sets that say something else.

    `sets`: the description of each, and plain GUIDs of the codes in it.
    """
    known, other = set(domains), 0
    links: dict[str, dict[str, list[str]]] = {}
    for description, guids in sets:
        said = _LINK.fullmatch(description)
        if said is None or said[2] not in known:
            other += not description.startswith(f"{OURS}kind:")
            continue
        for guid in guids:
            links.setdefault(guid, {}).setdefault(said[1], []).append(said[2])
    if not links:
        return list(codes), other
    return [_linked(each, links.get(each.guid, {})) for each in codes], other


def _linked(code: ForeignCode, links: dict[str, list[str]]) -> ForeignCode:
    return replace(code, evidence=tuple(links.get("evidence", ())), touches=tuple(links.get("touches", ())))
