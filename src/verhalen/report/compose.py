"""Source nodes + what fills their placeholders -> blocks. Knows neither the project nor Word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from verhalen.privacy.clearance import Cleared, own_words
from verhalen.report import source
from verhalen.report.blocks import (
    Align,
    Block,
    Callout,
    Filled,
    Heading,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Words,
)
from verhalen.report.placeholders import Placeholder

_ALIGN: dict[str, Align] = {"left": "left", "center": "center", "right": "right"}


def _untraced() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Who fills placeholders. Both raise an error of the tree when they cannot."""

    within: Callable[[Placeholder], Cleared[str]]
    """A placeholder within a sentence: its words."""
    alone: Callable[[Placeholder], Sequence[Block]]
    """A placeholder alone in a paragraph: its blocks; none is an answer."""
    trace: Callable[[], str] = _untraced
    """Name of the bookmark for what was answered last."""


def compose(nodes: Iterable[source.Node], answers: Answers) -> tuple[Block, ...]:
    """Turn `nodes` into blocks, in order."""
    return tuple(block for node in nodes for block in _blocks(node, answers))


def _blocks(node: source.Node, answers: Answers) -> list[Block]:
    match node:
        case source.HeadingNode():
            return [Heading(node.level, _words(node.words, answers))]
        case source.ParagraphNode():
            return [Paragraph(_words(node.words, answers))]
        case source.InsertNode():
            blocks = tuple(answers.alone(node.placeholder))
            return [Filled(node.placeholder.source, blocks, trace=answers.trace())]
        case source.ListNode():
            return [_list(node, answers)]
        case source.QuoteNode():
            inside = compose(node.inside, answers)
            return [replace(block, quoted=True) if isinstance(block, Paragraph) else block for block in inside]
        case source.BoxNode():
            return [Callout(_words(node.title, answers), tuple(_words(each, answers) for each in node.paragraphs))]
        case source.TableNode():
            return [_table(node, answers)]
        case source.RuleNode():
            return [PageBreak()]


def _list(node: source.ListNode, answers: Answers) -> ListBlock:
    items = (
        ListItem(_words(item.words, answers), tuple(_list(inner, answers) for inner in item.inside))
        for item in node.items
    )
    return ListBlock(tuple(items), node.ordered)


def _table(node: source.TableNode, answers: Answers) -> Table:
    return Table(
        tuple(_words(cell, answers) for cell in node.header),
        tuple(tuple(_words(cell, answers) for cell in row) for row in node.rows),
        caption=_words(node.caption, answers),
        align=tuple(_ALIGN.get(side, "left") for side in node.align),
    )


def _words(words: source.Words, answers: Answers) -> Words:
    return tuple(_run(piece, answers) for piece in words)


def _run(piece: source.Text | source.Inserted, answers: Answers) -> Run:
    if isinstance(piece, source.Text):
        return Run(own_words(piece.text), piece.strong, piece.emphasis, piece.link)
    words = answers.within(piece.placeholder)
    return Run(words, piece.strong, piece.emphasis, source=piece.placeholder.source, trace=answers.trace())
