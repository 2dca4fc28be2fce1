"""Which style of a house template stands for which of ours: by its name in several languages, its outline level, its list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

ROLES = (
    "Normal",
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "List Bullet",
    "List Number",
    "Quote",
    "Caption",
)
"""The styles whose look is a house's own. Word keeps only styles that were used once, so any of them may be missing."""
CALLOUT, TABLE = "Callout", "Report Table"

_HEADING = r"(?:kop(?:stijl|tekst)?|koptitel|heading|titre|tussentitel|hoofdstuk(?:titel)?|ueberschrift|uberschrift)"
_LONG_NAMES = r"(?:brood|lopende|platte|standaard|basis)tekst|corpsdetexte"
"""Plain text at the end of a name; "tekst" alone says too little there."""
_NAMES: dict[str, str] = {
    "Normal": rf"{_LONG_NAMES}|bodytekst|corps|tekst",
    "Title": r"(?:hoofd|rapport|document|verslag|omslag)?titel|(?:document|report)?title|titre(?:principal)?",
    "Subtitle": r"(?:onder|sub|rapportonder|documentonder)titel|subtitle|soustitre",
    **{f"Heading {level}": rf"{_HEADING}(?:niveau)?{level}" for level in (1, 2, 3)},
    "List Bullet": r"opsomm?ing(?:steken|stekens)?1?|lijst(?:opsomteken|puntjes|bullets?)1?|bullets?1?|opsomteken1?|puces?1?|listeapuces",
    "List Number": r"(?:lijst)?genummerd(?:elijst)?1?|(?:lijst)?nummering1?|lijstnummer1?|opsommingnummer1?|numbered(?:list)?1?",
    "Quote": r"citaat(?:tekst)?|quote|citation|aanhaling",
    "Caption": r"(?:bij|onder)schrift(?:tabel|figuur|afbeelding)?|tabeltitel|figuurtitel|caption|legende",
    CALLOUT: r"(?:tekst)?kader(?:tekst)?|callout|uitgelicht|aandachtskader|inzet",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What stands for one of our styles."""

    role: str
    style: str
    """Its name in the template; empty: the template has none, and one is made from its plain text."""


def find_styles(document: Document) -> tuple[Found, ...]:
    """One for each role, in their order; and for a box and tables where the template has a look of its own for them."""
    own = _own_styles(document)
    known = {style.name for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    taken: set[str] = set()
    found: list[Found] = []
    for role in (*ROLES, CALLOUT):
        # A house that has body text of its own leaves "Normal" as Word made it: every document has that one.
        style = role if role in known and role != "Normal" else next(_candidates(role, own, taken), "")
        style = style or (role if role in known else "")
        taken.add(style)
        if style or role in ROLES:
            found.append(Found(role, style))
    table = _table_style(document)
    return (*found, *([Found(TABLE, table)] if table else []))


@dataclass(frozen=True, slots=True)
class _Own:
    """A paragraph style of the house's own."""

    name: str
    plain: tuple[str, ...]
    """Its name and its other names, without marks, spaces and capitals."""
    outline: int | None
    """Level of a heading, from 1."""
    bullets: bool | None
    """True: a list with bullets, False: a numbered one, None: no list."""


def _own_styles(document: Document) -> list[_Own]:
    numbering = _number_formats(document)
    by_id = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.findall(qn("w:style"))}
    found = []
    for style in by_id.values():
        if style.get(qn("w:type")) != "paragraph" or style.get(qn("w:customStyle")) not in ("1", "true", "on"):
            continue
        names = [each.get(qn("w:val"), "") for tag in ("w:name", "w:aliases") for each in style.findall(qn(tag))]
        plain = tuple(_plain(part) for name in names for part in name.split(","))
        level = _inherited(style, by_id, "w:outlineLvl")
        list_ = _inherited(style, by_id, "w:numPr/w:numId")
        outline = int(level) + 1 if level and level.isdigit() and int(level) < 9 else None
        bullets = numbering.get(list_ or "") if outline is None else None
        found.append(_Own(names[0], plain, outline, bullets))
    return found


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def _inherited(style: BaseOxmlElement, by_id: Mapping[str, BaseOxmlElement], path: str) -> str | None:
    """A paragraph property of a style, or of those on which it is built."""
    seen: set[str] = set()
    inner = "/".join(qn(part) for part in path.split("/"))
    while True:
        value = style.find(f"{qn('w:pPr')}/{inner}")
        if value is not None:
            return value.get(qn("w:val"))
        base = style.find(qn("w:basedOn"))
        key = base.get(qn("w:val"), "") if base is not None else ""
        if key in seen or key not in by_id:
            return None
        seen.add(key)
        style = by_id[key]


def _number_formats(document: Document) -> dict[str, bool]:
    """Number of each list -> whether its first level has bullets."""
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        return {}
    numbering = document.part.numbering_part.element
    formats = {
        abstract.get(qn("w:abstractNumId"), ""): abstract.find(f"{qn('w:lvl')}/{qn('w:numFmt')}")
        for abstract in numbering.findall(qn("w:abstractNum"))
    }
    found = {}
    for number in numbering.findall(qn("w:num")):
        abstract = number.find(qn("w:abstractNumId"))
        style = formats.get(abstract.get(qn("w:val"), "")) if abstract is not None else None
        if style is not None and style.get(qn("w:val")) != "none":
            found[number.get(qn("w:numId"), "")] = style.get(qn("w:val")) == "bullet"
    return found


def _candidates(role: str, own: list[_Own], taken: set[str]) -> Iterator[str]:
    """The house's styles that may stand for `role`, the best first: by their whole name, by its end, by what they are."""
    free = [each for each in own if each.name not in taken and _fits(role, each)]
    pattern = _NAMES[role]
    ending = _LONG_NAMES if role == "Normal" else pattern
    tests: tuple[Callable[[str], object], ...] = (
        lambda name: re.fullmatch(pattern, name),
        lambda name: re.search(rf"(?:{ending})$", name),  # "VVSG Kop 1", "OCMW_Broodtekst"
    )
    for test in tests:
        yield from (each.name for each in free if any(test(name) for name in each.plain))
    for each in free:
        if role == f"Heading {each.outline}" or (each.bullets is not None and role == _LISTS[each.bullets]):
            yield each.name


_LISTS = {True: "List Bullet", False: "List Number"}


def _fits(role: str, style: _Own) -> bool:
    """Whether what a style is does not speak against what its name says."""
    if role in _LISTS.values():
        return style.outline is None and (style.bullets is None or _LISTS[style.bullets] == role)
    if role.startswith("Heading"):
        return style.outline in (None, int(role[-1]))
    return style.bullets is None


def _table_style(document: Document) -> str:
    """The house's own table style, where it has exactly one, or one that is named as such; empty else."""
    own: list[str] = [
        style.find(qn("w:name")).get(qn("w:val"), "")
        for style in document.styles.element.findall(qn("w:style"))
        if style.get(qn("w:type")) == "table"
        and style.get(qn("w:customStyle")) in ("1", "true", "on")
        and style.find(qn("w:name")) is not None
    ]
    if TABLE in own:
        return ""  # a report of ours that serves as a template
    if len(own) == 1:
        return own[0]
    return next((name for name in own if re.search(r"tabel|table|tableau", _plain(name))), "")
