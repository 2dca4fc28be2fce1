"""Blocks -> one page of HTML that anybody can open, print and read aloud: no scripts, nothing from outside.

It takes the same blocks as Word, so every number and quote in it went through the gate.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from verhalen.i18n import t
from verhalen.report.blocks import (
    Block,
    Callout,
    Chart,
    Contents,
    Filled,
    Heading,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    Phrase,
    Quotation,
    Run,
    Table,
    runs,
)
from verhalen.report.docx_xml import clean
from verhalen.report.html_chart import svg_chart
from verhalen.report.html_style import CSS
from verhalen.store.whole_file import write_whole

_DEEPEST = 4
"""Our heading 1 is the page's second: the first is its title."""
_WIDE = 4
"""More columns than this may not fit on a phone."""
_SIDES = {"right": "rechts", "center": "midden"}
_NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(
    blocks: Iterable[Block],
    path: Path,
    *,
    title: str,
    today: datetime.date,
    subtitle: str = "",
    language: str = "nl-BE",
) -> None:
    """Write the page, whole or not at all. Raises CannotWrite."""
    content = page_of(tuple(blocks), title=title, today=today, subtitle=subtitle, language=language).encode("utf-8")
    write_whole(path, content)


def page_of(
    blocks: tuple[Block, ...], *, title: str, today: datetime.date, subtitle: str = "", language: str = "nl-BE"
) -> str:
    """The whole page. The same blocks on the same day give the same text."""
    body = "\n".join(_Page(blocks).lines())
    below = f'<p class="onder">{_plain(subtitle)}</p>\n' if subtitle else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_OUTSIDE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_plain(title)}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{_plain(title)}</h1>\n{below}</header>\n<main>\n{body}\n</main>\n"
        f"<footer><p>{escape(t('Made on {day}.', day=f'{today:%d/%m/%Y}'))}</p></footer>\n</body>\n</html>\n"
    )


class _Page:
    """Writes blocks in order, and keeps the counts that captions and headings need."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._tables = self._figures = self._headings = self._callouts = 0
        self._level = 1
        """Of the last heading: none may be skipped below it."""

    def lines(self) -> Iterator[str]:
        """The page between its title and its end."""
        for block in self._blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                words = f"<p>{_words(block.words)}</p>"
                yield f"<blockquote>{words}</blockquote>" if block.quoted else words
            case ListBlock():
                yield _list(block)
            case Quotation():
                yield _quotation(block)
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._chart(block)
            case Callout():
                yield from self._callout(block)
            case Note():
                yield f'<p class="nota">{_words(block.words)}</p>'
            case PageBreak():
                yield '<div class="nieuw-blad"></div>'
            case Contents():
                yield from self._contents(block)
            case Filled():
                for inner in block.blocks:
                    yield from self._block(inner)

    def _heading(self, heading: Heading) -> str:
        self._headings += 1
        self._level = _level(heading, self._level)
        return f'<h{self._level} id="kop-{self._headings}">{_words(heading.words)}</h{self._level}>'

    def _contents(self, block: Contents) -> Iterator[str]:
        entries = [
            (number, words)
            for number, (level, words) in enumerate(_entries(self._blocks), 1)
            if level <= min(block.depth + 1, _DEEPEST)
        ]
        title = _words(block.title) if block.title is not None else escape(t("Contents"))
        yield f'<nav aria-labelledby="inhoud"><p id="inhoud" class="titel">{title}</p>\n<ul>'
        yield from (f'<li><a href="#kop-{number}">{words}</a></li>' for number, words in entries)
        yield "</ul></nav>"

    def _table(self, table: Table) -> Iterator[str]:
        caption = ""
        if runs(table.caption):
            self._tables += 1
            caption = t("Table {number}. {caption}", number=self._tables, caption="\ufffc")
            caption = escape(caption).replace("\ufffc", _words(table.caption))
        # A wide table scrolls in its own box, which the keyboard must reach; it is named by its caption.
        named = f' tabindex="0" role="region" aria-labelledby="tabel-{self._tables}"'
        yield f'<div class="breed"{named if caption and len(table.header) > _WIDE else ""}>\n<table>'
        if caption:
            yield f'<caption id="tabel-{self._tables}">{caption}</caption>'
        cells = "".join(_cell(each, table, at, "col") for at, each in enumerate(table.header))
        yield f"<thead><tr>{cells}</tr></thead>\n<tbody>"
        for row in table.rows:
            cells = "".join(_cell(each, table, at, "" if at else "row") for at, each in enumerate(row))
            yield f"<tr>{cells}</tr>"
        yield "</tbody>\n</table>\n</div>"
        if table.note is not None:
            yield f'<p class="nota">{_words(table.note)}</p>'

    def _chart(self, chart: Chart) -> Iterator[str]:
        self._figures += 1
        caption = escape(t("Figure {number}. {caption}", number=self._figures, caption="\ufffc"))
        yield f"<figure>\n{svg_chart(chart, number=self._figures)}"
        yield f"<figcaption>{caption.replace(chr(0xFFFC), _words(chart.caption))}</figcaption>\n</figure>"
        if chart.lacks_numbers:
            yield f'<p class="nota">{escape(t("A number that is not shown is left out of its bar."))}</p>'
        if chart.note is not None:
            yield f'<p class="nota">{_words(chart.note)}</p>'

    def _callout(self, callout: Callout) -> Iterator[str]:
        self._callouts += 1
        name = f"kader-{self._callouts}"
        yield f'<aside aria-labelledby="{name}">' if callout.title is not None else "<aside>"
        if callout.title is not None:
            yield f'<p class="titel" id="{name}">{_words(callout.title)}</p>'
        yield from (f"<p>{_words(each)}</p>" for each in callout.paragraphs)
        yield "</aside>"


def _level(heading: Heading, last: int) -> int:
    """One deeper than in Word, and never more than one below the heading before it."""
    return min(max(heading.level, 1) + 1, _DEEPEST, last + 1)


def _entries(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Level and words of every heading, in order."""
    last = 1
    for heading in _all_headings(blocks):
        last = _level(heading, last)
        yield last, _words(heading.words)


def _all_headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Filled):
            yield from _all_headings(block.blocks)


# -- words -------------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return escape(clean(text))


def _words(phrase: Phrase) -> str:
    return "".join(map(_run, runs(phrase)))


def _run(run: Run) -> str:
    """Words with their look. An address stands behind its words: on paper a link leads nowhere, and the page has none."""
    said = _plain(run.text.value).replace("\n", "<br>")
    address = run.link.removeprefix("mailto:")
    if address and address not in run.text.value:
        said = f"{said} ({_plain(address)})"
    if run.emphasis:
        said = f"<em>{said}</em>"
    return f"<strong>{said}</strong>" if run.strong else said


def _list(block: ListBlock) -> str:
    kind = "ol" if block.ordered else "ul"
    items = "".join(f"<li>{_words(item.words)}{''.join(map(_list, item.inside))}</li>\n" for item in block.items)
    return f"<{kind}>\n{items}</{kind}>"


def _quotation(quotation: Quotation) -> str:
    text = quotation.text.value.strip()
    text = text if text[:1] in {'"', "“", "”", "„", "«", "'", "‘"} else f"“{text}”"
    parts = "".join(f"<p>{_plain(part)}</p>" for part in text.split("\n") if part.strip())
    by = [_plain(words.value) for words in (quotation.attribution, quotation.n) if words is not None]
    below = f"<figcaption>— {' · '.join(by)}</figcaption>" if by else ""
    return f'<figure class="citaat"><blockquote>{parts}</blockquote>{below}</figure>'


def _cell(phrase: Phrase, table: Table, column: int, scope: str) -> str:
    side = table.aligned(column)
    look = "" if side == "left" else f' class="{_SIDES[side]}"'
    words = _words(phrase)
    # A header without words names nothing.
    return f'<th scope="{scope}"{look}>{words}</th>' if scope and words else f"<td{look}>{words}</td>"
