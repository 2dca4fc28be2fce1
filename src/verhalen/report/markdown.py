"""markdown-it-py's tokens -> source nodes. The only place that knows markdown-it-py; loaded when a report is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from verhalen.i18n import mark
from verhalen.model.text import Notice
from verhalen.report.placeholders import CLOSING, OPENING, Placeholder, parse_placeholder
from verhalen.report.source import (
    BoxNode,
    HeadingNode,
    Inserted,
    InsertNode,
    ItemNode,
    ListNode,
    Node,
    ParagraphNode,
    QuoteNode,
    RuleNode,
    TableNode,
    Text,
    Words,
)

_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_CAPTION = re.compile(r"(?:tabel|table)\s*:\s*", re.IGNORECASE)
_OPENED, _UNCLOSED, _UNOPENED = "placeholder", "placeholder_unclosed", "placeholder_unopened"


def read_nodes(text: str) -> tuple[tuple[Node, ...], tuple[Notice, ...]]:
    """Read Markdown into nodes; the second value says what cannot stand in a report."""
    reader = _Reader()
    nodes = reader.blocks(SyntaxTreeNode(_markdown().parse(text)).children)
    return nodes, tuple(reader.problems)


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.inline.ruler.before("escape", "placeholder", _placeholder_rule)
    return markdown


def _placeholder_rule(state: StateInline, silent: bool) -> bool:
    """Take `{{ ... }}` whole, so that `*`, `_` and quotes inside it stay what they are."""
    if state.src.startswith(CLOSING, state.pos):
        return _push(state, _UNOPENED, state.pos + len(CLOSING), silent=silent)
    if not state.src.startswith(OPENING, state.pos):
        return False
    end = state.src.find(CLOSING, state.pos)
    another = state.src.find(OPENING, state.pos + len(OPENING))
    if end == -1 or -1 < another < end:
        return _push(state, _UNCLOSED, state.pos + len(OPENING), silent=silent)
    return _push(state, _OPENED, end + len(CLOSING), silent=silent)


def _push(state: StateInline, kind: str, end: int, *, silent: bool) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = state.src[state.pos : end].removeprefix(OPENING).removesuffix(CLOSING)
        token.meta = {"lines": state.src.count("\n", 0, state.pos)}
    state.pos = end
    return True


@dataclass(slots=True)
class _Look:
    """How words look at this place of the tree, and where they stand."""

    line: int
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(slots=True)
class _Reader:
    """Walks the tree and collects the problems on its way."""

    problems: list[Notice] = field(default_factory=list)

    def blocks(self, trees: list[SyntaxTreeNode]) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for tree in trees:
            for node in self.block(tree):
                caption = _caption(nodes[-1]) if isinstance(node, TableNode) and nodes else ()
                if isinstance(node, TableNode) and caption:
                    nodes[-1] = replace(node, caption=caption)
                else:
                    nodes.append(node)
        return tuple(nodes)

    def block(self, tree: SyntaxTreeNode) -> list[Node]:
        line = tree.map[0] + 1 if tree.map else 0
        match tree.type:
            case "heading":
                return [HeadingNode(int(tree.tag[1:]), self.inline(tree, line), line)]
            case "paragraph":
                return self.paragraph(self.inline(tree, line), line)
            case "bullet_list" | "ordered_list":
                items = tuple(self.item(item) for item in tree.children)
                return [ListNode(items, tree.type == "ordered_list", line)]
            case "blockquote":
                inside = self.blocks(tree.children)
                return [_box(inside, line) or QuoteNode(inside, line)]
            case "table":
                return [self.table(tree, line)]
            case "hr":
                return [RuleNode(line)]
            case _:
                return self.unfit(tree, line)

    def item(self, tree: SyntaxTreeNode) -> ItemNode:
        """One item of a list; within it a placeholder stands in a sentence, also when it is alone."""
        line = tree.map[0] + 1 if tree.map else 0
        words: Words = ()
        inside: list[ListNode] = []
        for child in tree.children:
            at = child.map[0] + 1 if child.map else line
            if child.type == "paragraph":
                more = self.inline(child, at)
                words += (Text("\n", line=at), *more) if words else more
                continue
            for node in self.block(child):
                if isinstance(node, ListNode):
                    inside.append(node)
                else:
                    self.problems.append(Notice(at, mark("this cannot stand within a list; begin it at the margin")))
        return ItemNode(words, tuple(inside), line)

    def paragraph(self, words: Words, line: int) -> list[Node]:
        """A paragraph; where every line is one placeholder, these placeholders."""
        alone = [piece for piece in words if isinstance(piece, Inserted)]
        rest = [piece.text.strip(" ") for piece in words if isinstance(piece, Text)]
        breaks = [text for text in rest if text]
        if alone and all(text == "\n" for text in breaks) and len({piece.line for piece in alone}) == len(alone):
            return [InsertNode(piece.placeholder) for piece in alone]
        return [ParagraphNode(words, line)] if words else []

    def table(self, tree: SyntaxTreeNode, line: int) -> Node:
        rows = [row for part in tree.children for row in part.children]
        cells = [tuple(self.inline(cell, row.map[0] + 1 if row.map else line) for cell in row.children) for row in rows]
        align = tuple(str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0].children)
        return TableNode(cells[0], tuple(cells[1:]), align, (), line)

    def unfit(self, tree: SyntaxTreeNode, line: int) -> list[Node]:
        """Comments are for the writer and are dropped; code and HTML cannot stand in a report."""
        if tree.type == "html_block" and not _COMMENT.sub("", tree.content):
            return []
        kind = mark("HTML cannot stand in a report; write it in Markdown")
        if tree.type in ("code_block", "fence"):
            kind = mark("a block of code cannot stand in a report; begin the line further to the left")
        self.problems.append(Notice(line, kind))
        return []

    def inline(self, tree: SyntaxTreeNode, line: int) -> Words:
        look = _Look(line)
        pieces = [
            piece for inline in tree.children for child in inline.children for piece in self.piece(child, look, line)
        ]
        return tuple(_joined(pieces))

    def piece(self, tree: SyntaxTreeNode, look: _Look, first: int) -> list[Text | Inserted]:
        """One piece of a line; `look.line` moves along with the line breaks, `first` is the line of the block."""
        match tree.type:
            case "text" | "code_inline":
                return [Text(tree.content, look.strong, look.emphasis, look.link, look.line)]
            case "softbreak" | "hardbreak":
                look.line += 1
                return [
                    Text("\n" if tree.type == "hardbreak" else " ", look.strong, look.emphasis, look.link, look.line)
                ]
            case "strong" | "em" | "link":
                return self.within(tree, look, first)
            case "placeholder" | "placeholder_unclosed" | "placeholder_unopened":
                return self.placeholder(tree, look, first + int(tree.meta["lines"]))
            case "html_inline" if not _COMMENT.sub("", tree.content):
                look.line += tree.content.count("\n")
                return []
            case _:
                return self.unfit_piece(tree, look.line)

    def within(self, tree: SyntaxTreeNode, look: _Look, first: int) -> list[Text | Inserted]:
        strong, emphasis, link = look.strong, look.emphasis, look.link
        look.strong |= tree.type == "strong"
        look.emphasis |= tree.type == "em"
        look.link = str(tree.attrs["href"]) if tree.type == "link" else look.link
        pieces = [piece for child in tree.children for piece in self.piece(child, look, first)]
        look.strong, look.emphasis, look.link = strong, emphasis, link
        return pieces

    def placeholder(self, tree: SyntaxTreeNode, look: _Look, line: int) -> list[Text | Inserted]:
        look.line = line + tree.content.count("\n")
        found: Placeholder | Notice
        if tree.type == _UNCLOSED:
            found = Notice(line, mark("{{ is not closed with }}"))
        elif tree.type == _UNOPENED:
            found = Notice(line, mark("}} without {{ before it"))
        else:
            found = parse_placeholder(tree.content, line=line)
        if isinstance(found, Notice):
            self.problems.append(found)
            return []
        return [Inserted(found, look.strong, look.emphasis)]

    def unfit_piece(self, tree: SyntaxTreeNode, line: int) -> list[Text | Inserted]:
        if tree.type == "image":
            self.problems.append(Notice(line, mark("a picture cannot stand in a report source; add it in Word")))
        else:
            self.problems.append(Notice(line, mark("HTML cannot stand in a report; write it in Markdown")))
        return []


def _caption(node: Node) -> Words:
    """The words of a paragraph `Tabel: ...`; nothing when it is something else."""
    first = node.words[0] if isinstance(node, ParagraphNode) else None
    begin = _CAPTION.match(first.text) if isinstance(first, Text) else None
    if not isinstance(node, ParagraphNode) or not isinstance(first, Text) or begin is None:
        return ()
    return (replace(first, text=first.text[begin.end() :]), *node.words[1:])


def _box(inside: tuple[Node, ...], line: int) -> BoxNode | None:
    """An aside that opens with a bold line of its own and holds paragraphs only; None for any other."""
    first = inside[0] if inside else None
    if not isinstance(first, ParagraphNode) or len(inside) < 2:
        return None
    bold = all(isinstance(piece, Text) and piece.strong for piece in first.words)
    rest = [node.words for node in inside[1:] if isinstance(node, ParagraphNode)]
    return BoxNode(first.words, tuple(rest), line) if bold and len(rest) == len(inside) - 1 else None


def _joined(pieces: list[Text | Inserted]) -> list[Text | Inserted]:
    """Join neighbours of one look on one line; drop what is empty."""
    joined: list[Text | Inserted] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Text) and not piece.text:
            continue
        if isinstance(piece, Text) and isinstance(last, Text) and _same_look(piece, last):
            joined[-1] = Text(last.text + piece.text, last.strong, last.emphasis, last.link, last.line)
        else:
            joined.append(piece)
    return joined


def _same_look(one: Text, other: Text) -> bool:
    return (one.strong, one.emphasis, one.link, one.line) == (other.strong, other.emphasis, other.link, other.line)
