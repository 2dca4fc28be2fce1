"""What styles say about words or paragraphs of an OpenDocument text: bold, hidden; and which lists show a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers.looks import Look
from verhalen.readers.odt_package import Package, full

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MOST_ANCESTORS = 50
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_PLAIN = Look()

_STYLE, _LIST, _OUTLINE = full("style:style"), full("text:list-style"), full("text:outline-style")
_NAME, _FAMILY, _PARENT = full("style:name"), full("style:family"), full("style:parent-style-name")
_PROPERTIES, _WEIGHT, _DISPLAY = full("style:text-properties"), full("fo:font-weight"), full("text:display")
_LEVEL, _FORMAT = full("text:level"), full("style:num-format")


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document with what they inherit."""

    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    """By family (`paragraph` or `text`) and name."""
    silent: frozenset[tuple[str, str]] = frozenset()
    """Name of the list style and level, where neither number nor bullet is shown."""
    outline: frozenset[str] = frozenset()
    """Levels of headings that are numbered."""

    def look(self, family: str, name: str | None) -> Look:
        """What the style says and inherits."""
        return self.looks.get((family, name or ""), _PLAIN)


def read_styles(package: Package) -> Styles:
    """The named styles of the document and the automatic ones of its body."""
    own: dict[tuple[str, str], Look] = {}
    parents: dict[tuple[str, str], str] = {}
    silent: set[tuple[str, str]] = set()
    outline: set[str] = set()
    for style in _styles(package):
        name = style.get(_NAME, "")
        if style.tag == _STYLE:
            key = style.get(_FAMILY, ""), name
            own[key], parents[key] = _look(style), style.get(_PARENT, "")
        elif style.tag == _LIST:
            silent.update((name, level.get(_LEVEL, "")) for level in style if not _shows(level))
        elif style.tag == _OUTLINE:
            outline.update(level.get(_LEVEL, "") for level in style if _shows(level))
    looks = {key: _inherited(key, own, parents) for key in own}
    return Styles(looks, frozenset(silent), frozenset(outline))


def _styles(package: Package) -> Iterator[_Element]:
    for root, part in ((package.styles, "office:styles"), (package.content, "office:automatic-styles")):
        found = None if root is None else root.find(full(part))
        yield from () if found is None else found


def _look(style: _Element) -> Look:
    properties = style.find(_PROPERTIES)
    if properties is None:
        return _PLAIN
    weight, display = properties.get(_WEIGHT), properties.get(_DISPLAY)
    return Look(None if weight is None else weight in _BOLD, None if display is None else display == "none")


def _shows(level: _Element) -> bool:
    """A level without format has no number; a bullet or picture always shows."""
    return not level.tag.endswith(("level-style-number", "outline-level-style")) or bool(level.get(_FORMAT))


def _inherited(key: tuple[str, str], own: dict[tuple[str, str], Look], parents: dict[tuple[str, str], str]) -> Look:
    look = _PLAIN
    for _ in range(_MOST_ANCESTORS):
        if key not in own:
            break
        look = look.over(own[key])
        key = key[0], parents[key]
    return look
