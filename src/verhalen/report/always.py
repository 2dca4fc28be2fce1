"""What every report holds, whether its source asks for it or not: the limits of the numbers, and whose stories were heard."""

from __future__ import annotations

from collections.abc import Iterable

from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.report.placeholders import Placeholder
from verhalen.report.source import HeadingNode, InsertNode, Node, Text, placeholders

ALWAYS = ("grenzen", "dekking")
_SHORT = {"dekking": {"kort": "ja"}}
"""Sentences are enough where nobody asked for a table."""


def with_always(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Notice, ...]]:
    """The nodes with what lacks at their end under a heading of its own, and a warning for each that was added."""
    there = {each.name for each in placeholders(nodes)}
    lacking = [name for name in ALWAYS if name not in there]
    if not lacking:
        return nodes, ()
    line = nodes[-1].line + 1 if nodes else 1
    heading = HeadingNode(1, (Text(t("With these numbers"), line=line),), line)
    added = tuple(InsertNode(Placeholder(name, _SHORT.get(name, {}), line)) for name in lacking)
    message = mark("{{{{ {name} }}}} was not in the text and stands at the end: it belongs in every report")
    return (*nodes, heading, *added), tuple(Notice(None, message, {"name": name}) for name in lacking)


_QUOTING = frozenset({"voorop", "verhalen", "rondes"})
"""Placeholders that print quotes under a name of their own."""


def asked_names(nodes: Iterable[Node]) -> frozenset[str]:
    """What a report asks for, `citaat` among it where quotes come in another way: the method section hangs on it."""
    names = frozenset(each.name for each in placeholders(nodes))
    return names | {"citaat"} if names & _QUOTING else names
