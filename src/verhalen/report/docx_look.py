"""How words in a Word document really look: direct formatting, then character style, paragraph style, its bases, the defaults."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element
_PARAGRAPH, _LETTERS = f"{W}pPr", f"{W}rPr"
_OFF = ("0", "false", "off", "none")
_BESIDE = re.compile(r"title|subtitle|caption|note|quote|toc|callout|chart|titel|bijschrift|citaat|kader|voet", re.I)
"""Styles whose words stand beside plain text."""
_INK, _PAPER = "000000", "FFFFFF"


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader sees."""

    size: float
    """Points."""
    bold: bool
    colour: str
    """`RRGGBB`."""
    paper: str
    """What the letters stand on, `RRGGBB`."""
    underlined: bool
    capitals: bool


def attribute(element: Element, name: str = "val") -> str | None:
    """An attribute of WordprocessingML."""
    return element.get(f"{W}{name}")


def said(element: Element) -> str:
    """The words within an element; a tab is a tab."""
    return "".join("\t" if each.tag == f"{W}tab" else each.text or "" for each in element.iter(f"{W}t", f"{W}tab"))


class Looks:
    """The styles of a document."""

    def __init__(self, styles: Element | None) -> None:
        self._styles = {attribute(each, "styleId") or "": each for each in (styles if styles is not None else ())}
        self._defaults = styles.find(f"{W}docDefaults") if styles is not None else None
        self._known: dict[tuple[str, str, str], Element | None] = {}
        self.plain = next(
            (
                key
                for key, each in self._styles.items()
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true")
            ),
            "",
        )
        """Id of the style that a paragraph has which names none."""

    def plain_text(self, body: Element) -> str:
        """Id of the style in which most letters of plain text stand; a house may have one of its own for it."""
        letters: Counter[str] = Counter()
        for paragraph in body.findall(f"{W}p"):
            if not self.heading(paragraph) and not self.is_listed(paragraph):
                letters[self.style_of(paragraph)] += len(said(paragraph))
        if letters[self.plain] or not letters.total():
            return self.plain  # what a house did not name is plain text as soon as it is used
        others = {key: count for key, count in letters.items() if not _BESIDE.search(self._name(key))}
        return max(others, key=lambda key: letters[key], default=self.plain)

    def _name(self, key: str) -> str:
        found = self._styles[key].find(f"{W}name") if key in self._styles else None
        return (attribute(found) or "") if found is not None else ""

    @property
    def language(self) -> str:
        """Language of the document, as its defaults or plain text say."""
        found = self._value("w:lang", self.plain, None)
        return (attribute(found) or "") if found is not None else ""

    def size_of(self, style: str) -> float:
        """Size of a paragraph style in points."""
        return self._size(self._value("w:sz", style, None))

    def font_of(self, style: str) -> str:
        """Font of a paragraph style; empty where the theme decides."""
        found = self._value("w:rFonts", style, None)
        return (attribute(found, "ascii") or "") if found is not None else ""

    def style_of(self, paragraph: Element) -> str:
        """Id of a paragraph's style."""
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return (attribute(found) or "") if found is not None else self.plain

    def heading(self, paragraph: Element) -> int:
        """Its level as a heading, from 1; 0: it is none."""
        found = self._paragraph_value("outlineLvl", paragraph)
        level = attribute(found) if found is not None else None
        return int(level) + 1 if level and level.isdigit() and int(level) < 9 else 0

    def is_listed(self, paragraph: Element) -> bool:
        """Whether it is an item of a list."""
        return self._paragraph_value("numPr", paragraph) is not None

    def is_justified(self, paragraph: Element) -> bool:
        """Whether it is stretched to both margins."""
        found = self._paragraph_value("jc", paragraph)
        return found is not None and attribute(found) in ("both", "distribute")

    def in_link(self, run: Element) -> bool:
        """Whether a run stands in a link."""
        return any(each.tag == f"{W}hyperlink" for each in run.iterancestors())

    def of(self, run: Element, paragraph: Element) -> Look:
        """How a run looks."""
        style = self.style_of(paragraph)
        return Look(
            size=self._size(self._value("w:sz", style, run)),
            bold=self._is_on("w:b", style, run),
            colour=self._hex(self._value("w:color", style, run), "val", _INK),
            paper=self._paper(run, paragraph, style),
            underlined=self._is_on("w:u", style, run),
            capitals=self._is_on("w:caps", style, run),
        )

    def _paper(self, run: Element, paragraph: Element, style: str) -> str:
        shades = [run.find(f"{W}rPr/{W}shd"), self._paragraph_value("shd", paragraph)]
        cell = next((each for each in paragraph.iterancestors(f"{W}tc")), None)
        if cell is not None:
            shades.append(cell.find(f"{W}tcPr/{W}shd"))
            shades.append(self._shade_of_row(cell))
        for shade in shades:
            if shade is not None and self._hex(shade, "fill", ""):
                return self._hex(shade, "fill", _PAPER)
        return _PAPER

    def _shade_of_row(self, cell: Element) -> Element | None:
        """The ground that the table's style gives its header row."""
        row = cell.getparent()
        table = row.getparent() if row is not None else None
        if row is None or table is None or row.find(f"{W}trPr/{W}tblHeader") is None:
            return None
        named = table.find(f"{W}tblPr/{W}tblStyle")
        style = self._styles.get((attribute(named) or "") if named is not None else "")
        if style is None:
            return None
        for part in style.findall(f"{W}tblStylePr"):
            if attribute(part, "type") == "firstRow":
                return part.find(f"{W}tcPr/{W}shd")
        return None

    def _is_on(self, name: str, style: str, run: Element) -> bool:
        found = self._value(name, style, run)
        return found is not None and (attribute(found) or "1") not in _OFF

    @staticmethod
    def _size(found: Element | None) -> float:
        value = attribute(found) if found is not None else None
        return float(value) / 2 if value and value.isdigit() else 10.0

    @staticmethod
    def _hex(found: Element | None, name: str, otherwise: str) -> str:
        value = (attribute(found, name) or "") if found is not None else ""
        return (
            value.upper() if len(value) == 6 and all(each in "0123456789abcdefABCDEF" for each in value) else otherwise
        )

    def _paragraph_value(self, name: str, paragraph: Element) -> Element | None:
        properties = paragraph.find(_PARAGRAPH)
        found = properties.find(f"{W}{name}") if properties is not None else None
        return found if found is not None else self._of_style(self.style_of(paragraph), _PARAGRAPH, f"{W}{name}")

    def _value(self, name: str, style: str, run: Element | None) -> Element | None:
        """A property of letters: from the run, its character style, the paragraph's style and its bases, the defaults."""
        plain = f"{W}{name.removeprefix('w:')}"
        properties = run.find(_LETTERS) if run is not None else None
        if properties is not None:
            found = properties.find(plain)
            if found is not None:
                return found
            named = properties.find(f"{W}rStyle")
            if named is not None:
                found = self._of_style(attribute(named) or "", _LETTERS, plain)
                if found is not None:
                    return found
        found = self._of_style(style, _LETTERS, plain)
        if found is None and self._defaults is not None:
            found = self._defaults.find(f"{W}rPrDefault/{_LETTERS}/{plain}")
        return found

    def _of_style(self, style: str, properties: str, name: str) -> Element | None:
        """What a style or its bases say; asked once, since a document has few styles and many runs."""
        key = (style, properties, name)
        if key not in self._known:
            said = (each.find(f"{properties}/{name}") for each in self._chain(style))
            self._known[key] = next((each for each in said if each is not None), None)
        return self._known[key]

    def _chain(self, key: str) -> Iterator[Element]:
        """A style and those on which it is built."""
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            yield style
            base = style.find(f"{W}basedOn")
            key = (attribute(base) or "") if base is not None else ""
