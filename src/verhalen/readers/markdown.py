"""Markdown: the marks go, the words stay in their order; what is left out is counted with its lines."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.readers.content import Content, Line, Piece, Tally, assemble, lines_of
from verhalen.readers.decoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

EMPHASIS = mark("Places with bold or italic marks: the words were kept ({n}×).")
HEADINGS = mark("Heading marks were left out; the words were kept ({n}×).")
BULLETS = mark("List marks were left out; the words were kept ({n}×).")
QUOTES = mark("Quotation marks of Markdown (>) were left out; the words were kept ({n}×).")
RULES = mark("Ruled lines were left out ({n}×).")
CODE = mark("Marks around code were left out; the words were kept ({n}×).")
TABLES = mark("Tables were read row by row, with a tab between the cells ({n}×; line {places}).")
LINKS = mark("Of links the words were kept and the addresses left out ({n}×; line {places}).")
IMAGES = mark("Images were left out; their description was kept ({n}×; line {places}).")
COMMENTS = mark("Hidden remarks (HTML comments) were left out ({n}×; line {places}).")
TAGS = mark("HTML tags were left out; the words between them were kept ({n}×; line {places}).")
FRONT_MATTER = mark("The block with properties at the top was left out.")
AS_PLAIN = mark(
    "This Markdown is nested too deep or too large to take apart: it was read as plain text, its marks stay."
)

_DEEPEST = 60
"""Beyond its limit markdown-it drops what lies deeper; we read such a text as plain before that happens."""
_LARGEST = 4_000_000
_DEAREST = 300_000
"""Marks, weighed by what they cost: keeps the parser within a few seconds."""
_HTML = (
    "a abbr b big blockquote body br center cite code col colgroup dd del details div dl dt em figcaption figure font footer"
    " h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd li main mark meta nav ol p pre q s section small span strike strong"
    " style sub summary sup table tbody td tfoot th thead title tr tt u ul var"
)
_KNOWN_TAGS = frozenset(_HTML.split())
"""Only these count as HTML: `<lacht>` is something that a transcriber wrote."""
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:(?!---|\.\.\.).*\n){1,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"[^\n]\n")
_PROPERTY = re.compile(r"([\w -]{1,40}):(?:\s|$)")


def read_markdown(data: bytes) -> Content:
    """Read a .md file. Raises NotWhatItSays for what is no text."""
    tally = Tally()
    text = read_text(data, tally)
    body = _without_front_matter(text, tally)
    tokens = _parse(body)
    if tokens is None:
        tally.add(AS_PLAIN, None)
        return Content(text, tally.notices())
    walk = _Walk(body.split("\n"), tally)
    for token in tokens:
        walk.take(token)
    return assemble(walk.blocks, tally.notices())


def _without_front_matter(text: str, tally: Tally) -> str:
    """Blank the block of properties out, so that the lines keep their numbers."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text
    lines = match[1].split("\n")[:-1]
    keys = [found[1] for line in lines if (found := _PROPERTY.match(line))]
    # A talk between two ruled lines looks much the same; but there a name comes back, or a line is blank.
    if not keys or len(set(keys)) < len(keys) or not all(_PROPERTY.match(line) or line[:1] in " -#" for line in lines):
        return text
    if not all(line.strip() for line in lines):
        return text
    tally.add(FRONT_MATTER, 1)
    return "\n" * (len(lines) + 2) + text[match.end() :]


def _parse(text: str) -> list[Token] | None:
    """The tokens, or None where the parser would take too long or drop something."""
    from markdown_it import MarkdownIt

    weight = 20 * text.count("[") + 4 * len(_LINE.findall(text)) + sum(text.count(sign) for sign in "*_~`<&|>\\")
    if len(text) > _LARGEST or weight > _DEAREST or text.count("|") * 10 > _DEAREST:
        return None
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # "[Anna]: Ja." would be the definition of a link, and vanish.
    parser.disable("reference")
    tokens = parser.parse(text)
    return None if any(token.level >= _DEEPEST - 2 for token in tokens) else tokens


@dataclass(slots=True)
class _Walk:
    """From tokens to paragraphs. `take` gets the block tokens in order; containers are flat in that list."""

    source: list[str]
    tally: Tally
    blocks: list[list[Line]] = field(default_factory=list)
    number: str = ""
    """Of the list item whose first paragraph is still to come."""
    cells: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    columns: int = 0
    in_table: bool = False

    def take(self, token: Token) -> None:
        """Take the next token."""
        line = token.map[0] + 1 if token.map else 0
        match token.type:
            case "inline" if self.in_table:
                self.cells.append(_joined(lines_of(_inline(token, line, self.tally), line), line))
            case "inline":
                self._block([(self.number, False), *_inline(token, line, self.tally)], line)
            case "code_block" | "fence":
                self.tally.add(CODE, line)
                # What stands behind the opening marks names a programming language; in a talk it is talk.
                info = f"{token.info.strip()}\n" if token.info.strip() else ""
                fenced = token.type == "fence" and not info
                self._block([(self.number + info + token.content, False)], line + fenced)
            case "html_block":
                self._block([(self.number, False), *_html(token.content, line, self.tally, block=True)], line)
            case "heading_open":
                self.tally.add(HEADINGS, line)
            case "blockquote_open":
                self.tally.add(QUOTES, line)
            case "hr":
                self.tally.add(RULES, line)
            case "list_item_open":
                self._flush_number(line)
                self.number = f"{token.info}{token.markup} " if token.info else ""
                if not token.info:
                    self.tally.add(BULLETS, line)
            case "list_item_close":
                self._flush_number(line)
            case _ if token.type in _TABLE:
                self._table(token, line)
            case _:
                pass

    def _block(self, pieces: list[Piece], line: int) -> None:
        self.number = ""
        lines = lines_of(pieces, line, step=1)
        if lines:
            self.blocks.append(lines)

    def _flush_number(self, line: int) -> None:
        """A list item with nothing in it is still its number: "1985." on a line of its own."""
        if self.number:
            self._block([(self.number.strip(), False)], line)

    def _table(self, token: Token, line: int) -> None:
        match token.type:
            case "table_open":
                self.in_table, self.rows = True, []
                self.tally.add(TABLES, line)
            case "tr_open":
                self.cells = []
            case "tr_close":
                self._row()
            case _:
                self.in_table = False
                if self.rows:
                    self.blocks.append(self.rows)

    def _row(self) -> None:
        if not self.cells:
            return
        first = self.cells[0]
        number = max(cell.number for cell in self.cells)
        words = [cell.text for cell in self.cells]
        if not self.rows:
            self.columns = len(words)
        words += self._beyond(number)
        text = "\t".join(words).rstrip("\t")
        if text.strip():
            self.rows.append(Line(text, number, first.bold))

    def _beyond(self, number: int) -> list[str]:
        """Cells beyond the heading's columns, which the parser drops: as they stand in the source."""
        from markdown_it.rules_block.table import escapedSplit

        found = escapedSplit(self.source[number - 1].strip()) if 0 < number <= len(self.source) else []
        found = found[1:] if found and not found[0] else found
        found = found[:-1] if found and not found[-1] else found
        return [cell.strip() for cell in found[self.columns :]]


_TABLE = frozenset({"table_open", "tr_open", "tr_close", "table_close"})


def _joined(lines: list[Line], number: int) -> Line:
    text = " ".join(line.text for line in lines)
    return Line(text, number, lines[0].bold if lines else None)


def _inline(token: Token, line: int, tally: Tally) -> list[Piece]:
    """The words of one paragraph, bold or not, line ends kept."""
    pieces: list[Piece] = []
    depth = 0
    for child in token.children or []:
        match child.type:
            case "softbreak" | "hardbreak":
                line += 1
                pieces.append(("\n", depth > 0))
            case "strong_open" | "em_open" | "s_open":
                depth += child.type == "strong_open"
                tally.add(EMPHASIS, line)
            case "strong_close":
                depth -= 1
            case "code_inline":
                tally.add(CODE, line)
                pieces.append((child.content, depth > 0))
            case "link_open" if child.info != "auto":
                tally.add(LINKS, line)
            case "image":
                tally.add(IMAGES, line)
                pieces.append((child.content, depth > 0))
            case "html_inline":
                pieces += [(words, depth > 0) for words, _ in _html(child.content, line, tally, block=False)]
            case _:
                pieces.append((child.content, depth > 0))
    return pieces


def _html(content: str, line: int, tally: Tally, *, block: bool) -> list[Piece]:
    """The words in a piece of HTML; a tag that is none stays, as the transcriber wrote it."""
    # In a line of text the parser has turned entities into letters; in a block it leaves them.
    letters = html.unescape if block else str
    pieces: list[Piece] = []
    last = 0
    for start, stop, name in _tags(content):
        line += content.count("\n", last, start)
        tally.add(TAGS if name else COMMENTS, line)
        ends = content.count("\n", start, stop)
        pieces += [(letters(content[last:start]), False), ("\n" * (ends or name == "br"), False)]
        line, last = line + ends, stop
    return [*pieces, (letters(content[last:]), False)]


def _tags(content: str) -> Iterator[tuple[int, int, str]]:
    """Start, stop and name of each tag; a comment has no name. One that is never closed hides nothing."""
    at = 0
    while (start := content.find("<", at)) >= 0:
        end = content.find("-->", start + 4) if content.startswith("<!--", start) else -1
        tag = _TAG.match(content, start)
        if end >= 0:
            yield start, end + 3, ""
            at = end + 3
        elif content.startswith("<!--", start):
            # Without an end for this one there is none for those that follow.
            return
        elif tag and tag[1].lower() in _KNOWN_TAGS:
            yield start, tag.end(), tag[1].lower()
            at = tag.end()
        else:
            at = start + 1
