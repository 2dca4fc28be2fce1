"""What styles say about a run or a paragraph of Word: bold, hidden, numbered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers.docx_numbering import silent_levels
from verhalen.readers.docx_package import attribute, child, is_on, short
from verhalen.readers.looks import Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_MOST_ANCESTORS = 50


_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document with what they inherit."""

    looks: dict[str, Look] = field(default_factory=dict)
    default: str = ""
    """Of paragraphs that name no style."""
    silent: frozenset[tuple[str, str]] = frozenset()
    """Number of the list and level, where neither number nor bullet is shown."""

    def paragraph(self, paragraph: _Element) -> Look:
        """What a paragraph and its style say."""
        properties = child(paragraph, "w:pPr")
        if properties is None:
            return self.looks.get(self.default, _PLAIN)
        style = child(properties, "w:pStyle")
        name = self.default if style is None else attribute(style, "val")
        return Look(numbered=_numbered(properties, self.silent)).over(self.looks.get(name, _PLAIN))

    def run(self, run: _Element, paragraph: Look) -> Look:
        """What a run, its own style and its paragraph's style say, in that order."""
        properties = child(run, "w:rPr")
        if properties is None:
            return paragraph
        style = child(properties, "w:rStyle")
        named = self.looks.get(attribute(style, "val"), Look()) if style is not None else Look()
        return _look(properties).over(named).over(paragraph)


def read_styles(roots: Iterable[_Element], numbering: Iterable[_Element] = ()) -> Styles:
    """The styles of a document; without a styles part nothing is bold by style."""
    silent = silent_levels(numbering)
    own: dict[str, Look] = {}
    based: dict[str, str] = {}
    default = ""
    for root in roots:
        for style in root:
            if short(str(style.tag)) != "w:style":
                continue
            name = attribute(style, "styleId")
            own[name] = Look(numbered=_numbered(child(style, "w:pPr"), silent)).over(_look(child(style, "w:rPr")))
            parent = child(style, "w:basedOn")
            based[name] = "" if parent is None else attribute(parent, "val")
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true", "on"):
                default = name
    return Styles({name: _inherited(name, own, based) for name in own}, default, silent)


def _inherited(name: str, own: dict[str, Look], based: dict[str, str]) -> Look:
    look = Look()
    for _ in range(_MOST_ANCESTORS):
        if name not in own:
            break
        look = look.over(own[name])
        name = based[name]
    return look


def _look(properties: _Element | None) -> Look:
    return Look(is_on(child(properties, "w:b")), is_on(child(properties, "w:vanish")))


def _numbered(properties: _Element | None, silent: frozenset[tuple[str, str]]) -> bool | None:
    number, level = child(properties, "w:numPr", "w:numId"), child(properties, "w:numPr", "w:ilvl")
    if number is None:
        return None
    key = attribute(number, "val")
    return key != "0" and (key, "0" if level is None else attribute(level, "val")) not in silent
