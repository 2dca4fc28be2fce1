"""Read a report source: Markdown of the coordinator's own words, with placeholders, into nodes with line numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verhalen.errors import BadReport, UnreadableFile
from verhalen.i18n import t, tn
from verhalen.model.text import Notice
from verhalen.report.front import Front, split_front
from verhalen.report.placeholders import Placeholder


@dataclass(frozen=True, slots=True)
class Text:
    """Words with one look. A forced line break is a newline."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    """Address, or empty."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Inserted:
    """A placeholder within a sentence, with the look of the words around it."""

    placeholder: Placeholder
    strong: bool = False
    emphasis: bool = False

    @property
    def line(self) -> int:
        """Where it stands in the source."""
        return self.placeholder.line


Words = tuple[Text | Inserted, ...]


@dataclass(frozen=True, slots=True)
class HeadingNode:
    """`# ...`; level 1 is the highest."""

    level: int
    words: Words
    line: int


@dataclass(frozen=True, slots=True)
class ParagraphNode:
    """A paragraph of text."""

    words: Words
    line: int


@dataclass(frozen=True, slots=True)
class InsertNode:
    """A placeholder that stands alone in a paragraph: it may become tables, charts, quotes."""

    placeholder: Placeholder

    @property
    def line(self) -> int:
        """Where it stands in the source."""
        return self.placeholder.line


@dataclass(frozen=True, slots=True)
class ItemNode:
    """One item of a list: its words (paragraphs are joined by a line break), and the lists within it."""

    words: Words
    inside: tuple[ListNode, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list, with bullets or numbered."""

    items: tuple[ItemNode, ...]
    ordered: bool
    line: int


@dataclass(frozen=True, slots=True)
class QuoteNode:
    """A quote or aside: lines that begin with `>`."""

    inside: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class BoxNode:
    """A box of the coordinator's own: an aside whose first line is bold and nothing else, such as the question to the council."""

    title: Words
    paragraphs: tuple[Words, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table of the coordinator's own."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    align: tuple[str, ...]
    """Per column `left`, `center`, `right`, or empty."""
    caption: Words
    """From a paragraph `Tabel: ...` right above it; may be empty."""
    line: int


@dataclass(frozen=True, slots=True)
class RuleNode:
    """`---` between blank lines: a new page."""

    line: int


Node = HeadingNode | ParagraphNode | InsertNode | ListNode | QuoteNode | BoxNode | TableNode | RuleNode


@dataclass(frozen=True, slots=True)
class ReportSource:
    """A report source as read. With problems it may be linted, but not built."""

    front: Front
    nodes: tuple[Node, ...]
    problems: tuple[Notice, ...] = ()


def parse_report(text: str) -> ReportSource:
    """Read the source text; what is wrong with it is data, in the order of the lines."""
    from verhalen.report.markdown import read_nodes  # markdown-it-py is loaded when a report is read

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, taken, problems = split_front(lines)
    # Blank lines take the place of the front matter, so that every line keeps its number.
    nodes, more = read_nodes("\n".join([""] * taken + lines[taken:]))
    return ReportSource(front, nodes, tuple(sorted((*problems, *more), key=lambda problem: problem.line or 0)))


def load_report(path: Path) -> ReportSource:
    """Read a report source that can be built; raise BadReport with its problems, UnreadableFile without a text."""
    source = read_report(path)
    refuse(path.name, source.problems)
    return source


def read_report(path: Path) -> ReportSource:
    """Read a report source with its problems; raise UnreadableFile without a text."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        reason = t("it is not saved as plain text in UTF-8")
        raise UnreadableFile(file=path.name, reason=reason) from None
    except OSError as error:
        reason = t("it is not there") if isinstance(error, FileNotFoundError) else t("the computer does not let me")
        raise UnreadableFile(file=path.name, reason=reason) from error
    return parse_report(text)


MOST_TOLD = 50
"""So many further problems are written out."""


def refuse(file: str, problems: Iterable[Notice]) -> None:
    """Raise BadReport with all `problems`, the first one in the sentence; do nothing without any."""
    found = sorted(problems, key=lambda problem: problem.line or 0)
    if not found:
        return
    problem, more = str(found[0]), found[1:]
    if more:
        problem = tn(
            "{problem} (and {n} more problem)", "{problem} (and {n} more problems)", len(more), problem=problem
        )
        told = (t("line {line}: ", line=each.line or 1) + str(each) for each in more[:MOST_TOLD])
        problem = "\n  ".join((problem, *told))
    raise BadReport(file=file, line=found[0].line or 1, problem=problem, problems=tuple(found))


def placeholders(nodes: Iterable[Node]) -> Iterator[Placeholder]:
    """Every placeholder, in reading order."""
    for words in all_words(nodes, alone=True):
        yield from (piece.placeholder for piece in words if isinstance(piece, Inserted))


def all_words(nodes: Iterable[Node], *, alone: bool = False, quoted: bool = True) -> Iterator[Words]:
    """The words of every heading, paragraph and cell, in reading order.

    `alone` gives placeholders that stand alone too, `quoted` the words within quotes.
    """
    for node in nodes:
        match node:
            case HeadingNode() | ParagraphNode():
                yield node.words
            case InsertNode() if alone:
                yield (Inserted(node.placeholder),)
            case ListNode():
                for item in node.items:
                    yield item.words
                    yield from all_words(item.inside, alone=alone, quoted=quoted)
            case QuoteNode() if quoted:
                yield from all_words(node.inside, alone=alone)
            case BoxNode():
                yield from (node.title, *node.paragraphs)
            case TableNode():
                yield node.caption
                for row in (node.header, *node.rows):
                    yield from row
