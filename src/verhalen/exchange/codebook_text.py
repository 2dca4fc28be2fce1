"""How a code stands in our Markdown: a heading, paragraphs, and a list of fields. Writing, and the marks that keep text text."""

from __future__ import annotations

import re

from verhalen.model.codebook import Code, Codebook, in_tree_order
from verhalen.model.patterns import write_patterns

DEEPEST = 6
"""Levels of headings in Markdown; a code below that names its parent in a field."""
FIELDS = ("wel", "niet", "kleur", "raakt", "bewijs", "patronen", "ouder", "verouderd")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+([^:]*?)[ \t]*:[ \t]*(.*?)[ \t]*")

# What Markdown would take for structure at the beginning of a line: heading, list, rule, underline, quote, fence, HTML.
_STRUCTURE = (
    r"(?:#{1,6}(?=[ \t]|$)|[-+*](?=[ \t]|$)|(?:[-*_][ \t]*){3,}$|=+[ \t]*$|-+[ \t]*$|>|`{3}|~{3}|<(?=[A-Za-z/!?]))"
)
_NUMBERED = r"(?=[.)](?:[ \t]|$))"
_BARE = re.compile(rf"([ \t]*)(\\*(?={_STRUCTURE}))")
_BARE_NUMBER = re.compile(rf"([ \t]*\d{{1,9}})(\\*{_NUMBERED})")
_GUARDED = re.compile(rf"([ \t]*)\\(\\*(?={_STRUCTURE}))")
_GUARDED_NUMBER = re.compile(rf"([ \t]*\d{{1,9}})\\(\\*{_NUMBERED})")


def guarded(line: str) -> str:
    """A line of text that Markdown reads as text: one backslash more where it would see structure."""
    for pattern in (_BARE, _BARE_NUMBER):
        line = pattern.sub(r"\1\\\2", line, count=1) if pattern.match(line) else line
    return line


def unguarded(line: str) -> str:
    """What `guarded` was given."""
    for pattern in (_GUARDED, _GUARDED_NUMBER):
        line = pattern.sub(r"\1\2", line, count=1) if pattern.match(line) else line
    return line


def write_codebook_markdown(codebook: Codebook, *, name: str = "codeboek") -> str:
    """The codebook in our Markdown. Reading it back gives the same codes in the same order.

    Where codes have patterns, a code without any says so by an empty field: without the field it would keep what it has
    in the project that reads the file.
    """
    book = in_tree_order(codebook)
    speaks = any(code.patterns for code in book)
    parts = [f"---\ncodeboek: {name}\nversie: 1\n---\n"]
    for code in book:
        depth = book.depth(code) + 1
        heading = f"{'#' * min(depth, DEEPEST)} {code.key}: {' '.join(code.name.split())}\n"
        text = "\n".join(map(guarded, code.definition.strip().split("\n"))) + "\n"
        fields = _fields(code, with_parent=depth > DEEPEST, with_patterns=speaks)
        parts += [heading, *([text] if code.definition.strip() else []), *([fields] if fields else [])]
    return "\n".join(parts)


def _fields(code: Code, *, with_parent: bool, with_patterns: bool) -> str:
    values = {
        "wel": code.include,
        "niet": code.exclude,
        "kleur": code.colour,
        "raakt": ", ".join(code.touches),
        "bewijs": ", ".join(code.evidence),
        "patronen": write_patterns(code.patterns),
        "ouder": (code.parent or "") if with_parent else "",
        "verouderd": "ja" if code.deprecated else "",
    }
    always = {"patronen"} if with_patterns else set()
    return "".join(_item(name, values[name].strip()) for name in FIELDS if values[name].strip() or name in always)


def _item(name: str, value: str) -> str:
    if not value:
        return f"- {name}:\n"
    first, *rest = value.split("\n")
    return "\n".join([f"- {name}: {first}", *(f"  {guarded(line)}" if line else "" for line in rest)]) + "\n"
