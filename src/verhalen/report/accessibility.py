"""Can everybody read this Word document? A check by the points of accessibility.belgium.be for documents in Word.

Looks at the file alone, so that it serves for documents that people changed in Word too. Every finding is a `Notice` that
says what to do; none holds more of the text than the words of a heading.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from verhalen.errors import UnreadableFile
from verhalen.i18n import mark, t
from verhalen.model.text import Notice
from verhalen.report.docx_look import Element, Looks, W, attribute, said
from verhalen.report.docx_style import contrast

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_MANY_HEADINGS = 8
"""A document with more headings wants a table of contents."""
_SMALLEST, _PLAIN = 9.0, 12.0
"""Points: letters below the first are flagged wherever they stand; plain text has at least the second."""
_LARGE, _LARGE_BOLD = 18.0, 14.0
"""From these sizes on a contrast of 3 suffices (WCAG 2.1, 1.4.3)."""
_SERIFS = re.compile(
    r"times|georgia|garamond|cambria|book antiqua|palatino|century|bodoni|baskerville|constantia", re.I
)
_EMPTY_LINK = re.compile(
    r"(?:klik\s+)?hier|lees\s+(?:meer|verder)|link|click\s+here|here|more|https?://\S+|www\.\S+", re.I
)
_TYPED_LIST = re.compile(r"\s*(?:[-–—•*·o▪]|\d{1,2}[.)])[ \t]+\S")
_MOST_SHOUTED = 4
_SPACES = re.compile(r" {4,}|\t{2,}")

Found = Iterator[Notice]


def check_file(path: Path) -> list[Notice]:
    """What keeps somebody from reading the document; empty: nothing that we look for. Raises UnreadableFile."""
    try:
        return check(path.read_bytes())
    except FileNotFoundError:
        raise UnreadableFile(file=path.name, reason=t("it is not there")) from None
    except OSError as error:
        raise UnreadableFile(file=path.name, reason=t("the computer does not let me")) from error
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UnreadableFile(file=path.name, reason=t("it is not a Word document (.docx or .dotx)")) from error


def check(content: bytes) -> list[Notice]:
    """The same for the bytes of a document. Raises KeyError, BadZipFile, XMLSyntaxError for what is no Word document."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {
            name: etree.fromstring(package.read(name), _SAFE)
            for name in package.namelist()
            if re.fullmatch(
                r"word/(?:document|styles|settings|footnotes|numbering|(?:header|footer)\d*)\.xml|docProps/core\.xml",
                name,
            )
        }
    body = parts["word/document.xml"].find(f"{W}body")
    if body is None:
        raise KeyError("body")
    looks = Looks(parts.get("word/styles.xml"))
    return [notice for each in _CHECKS for notice in each(body, looks, parts)]


_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _title(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    core = parts.get("docProps/core.xml")
    title = core.find("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    if title is None or not (title.text or "").strip():
        yield Notice(None, mark("the document has no title among its properties (File, Info)"))


def _language(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    if not looks.language:
        yield Notice(None, mark("the document does not say in which language it is written"))


def _headings(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    levels = [(looks.heading(each), said(each).strip()) for each in body.iter(f"{W}p")]
    found = [(level, words) for level, words in levels if level]
    if not found:
        yield Notice(None, mark("there are no headings: choose a heading style for the title of each part"))
        return
    before = 0
    for level, words in found:
        if not words:
            yield Notice(None, mark("a heading of level {level} is empty"), {"level": level})
        elif level > before + 1:
            values: dict[str, object] = {"heading": words[:60], "level": level, "before": before}
            yield Notice(None, mark('the heading "{heading}" skips a level: from {before} to {level}'), values)
        before = level
    if len(found) > _MANY_HEADINGS and not any("TOC" in text for text in _instructions(body)):
        yield Notice(None, mark("a document with so many headings wants a table of contents"))


def _false_headings(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    plain = looks.plain_text(body)
    count = sum(1 for each in body.findall(f"{W}p") if _looks_like_a_heading(each, looks, plain))
    if count:
        yield Notice(None, mark("{n} times bold letters stand for a heading: choose a heading style"), {"n": count})


def _looks_like_a_heading(paragraph: Element, looks: Looks, plain: str) -> bool:
    words = said(paragraph).strip()
    if not words or len(words) > 60 or words[-1] in ".:;,?!" or looks.style_of(paragraph) != plain:
        return False
    runs = [run for run in paragraph.iter(f"{W}r") if said(run).strip()]
    return all(looks.of(run, paragraph).bold for run in runs)


def _lists(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    typed = [bool(_TYPED_LIST.match(said(each))) and not looks.is_listed(each) for each in body.iter(f"{W}p")]
    count = sum(1 for one, two in itertools.pairwise(typed) if one and two)
    if count:
        yield Notice(None, mark("a list is typed with dashes or numbers: choose a list style"))


def _pictures(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    silent = floating = 0
    for each in body.iter(f"{_WP}inline", f"{_WP}anchor"):
        shown = each.find(f"{_WP}docPr")
        decorative = shown is not None and any(one.get("val") in ("1", "true") for one in shown.iter(_DECORATIVE))
        silent += not decorative and (shown is None or not (shown.get("descr") or "").strip())
        floating += each.tag == f"{_WP}anchor"
    if silent:
        yield Notice(None, mark("{n} pictures or charts have no alternative text"), {"n": silent})
    if floating:
        yield Notice(None, mark("{n} pictures float beside the text: set them in line with it"), {"n": floating})
    boxes = sum(1 for _ in body.iter(f"{W}txbxContent"))
    if boxes:
        yield Notice(None, mark("{n} text boxes: a screen reader may pass them over"), {"n": boxes})


def _tables(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    """One finding per kind, with the numbers of the tables: a document may have many."""
    found: dict[str, list[int]] = {}
    for number, table in enumerate(body.iter(f"{W}tbl"), 1):
        for message in _faults_of_table(table):
            found.setdefault(message, []).append(number)
    for message, numbers in found.items():
        yield Notice(None, message, {"n": ", ".join(map(str, numbers))})


def _faults_of_table(table: Element) -> Iterator[str]:
    rows = table.findall(f"{W}tr")
    if not rows or rows[0].find(f"{W}trPr/{W}tblHeader") is None:
        yield mark("table {n}: no header row that is repeated")
    elif any(not said(cell).strip() for cell in rows[0].findall(f"{W}tc")):
        yield mark("table {n}: a column without a header")
    if table.find(f".//{W}gridSpan") is not None or table.find(f".//{W}vMerge") is not None:
        yield mark("table {n}: merged cells")
    if table.find(f".//{W}tc//{W}tbl") is not None:
        yield mark("table {n}: another table within")
    if any(not any(said(cell).strip() for cell in row.findall(f"{W}tc")) for row in rows):
        yield mark("table {n}: an empty row")


def _white_space(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    empty = [_is_blank(each) for each in body if each.tag == f"{W}p"]
    if any(one and two for one, two in itertools.pairwise(empty)):
        yield Notice(None, mark("empty lines make room: use the space before or after of a style"))
    if any(_SPACES.search(said(each)) for each in body.iter(f"{W}p")):
        yield Notice(None, mark("spaces or tabs put words in their place: use a table or an indent"))


def _is_blank(paragraph: Element) -> bool:
    """Without words, and without anything else: the end of a section or a picture is something."""
    held = (f"{W}sectPr", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}br", f"{W}fldChar", f"{W}fldSimple")
    return not said(paragraph).strip() and not any(True for _ in paragraph.iter(*held))


def _letters(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    pale: set[tuple[str, str]] = set()
    small = shouted = underlined = moving = 0
    for paragraph in body.iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            words = said(run).strip()
            if not words:
                continue
            look = looks.of(run, paragraph)
            large = look.size >= _LARGE or (look.bold and look.size >= _LARGE_BOLD)
            if contrast(look.colour, look.paper) < (3 if large else 4.5):
                pale.add((look.colour, look.paper))
            small += look.size < _SMALLEST
            shouted += look.capitals and len(words.split()) > _MOST_SHOUTED
            underlined += look.underlined and not looks.in_link(run)
            moving += run.find(f"{W}rPr/{W}effect") is not None
    for colour, paper in sorted(pale):
        values: dict[str, object] = {"colour": colour, "paper": paper}
        yield Notice(None, mark("letters of colour {colour} on {paper} are too pale to read"), values)
    for count, message in (
        (small, mark("letters smaller than 9 points")),
        (shouted, mark("whole sentences in capitals are hard to read")),
        (underlined, mark("underlined words that are no link")),
        (moving, mark("letters that move")),
    ):
        if count:
            yield Notice(None, message)


def _plain_text(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    plain = looks.plain_text(body)
    size, font = looks.size_of(plain), looks.font_of(plain)
    if size < _PLAIN:
        yield Notice(None, mark("plain text is {n} points; 12 reads easier"), {"n": f"{size:g}"})
    if _SERIFS.search(font):
        yield Notice(None, mark("the font {font} has serifs; one without reads easier"), {"font": font})
    if any(looks.is_justified(each) for each in body.iter(f"{W}p") if len(said(each)) > 80):
        yield Notice(None, mark("text is stretched to both margins: align it left"))


def _links(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    for link in body.iter(f"{W}hyperlink"):
        words = said(link).strip()
        if attribute(link, "anchor") is None and (not words or _EMPTY_LINK.fullmatch(words)):
            yield Notice(None, mark("a link does not say where it leads: write that in words"))
            return


def _notes(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    if any(True for _ in body.iter(f"{W}footnoteReference", f"{W}endnoteReference")):
        yield Notice(None, mark("there are footnotes: put what matters in the text itself"))


def _page_numbers(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    around = [part for name, part in parts.items() if re.match(r"word/(?:header|footer)", name)]
    if not any("PAGE" in text for part in around for text in _instructions(part)):
        yield Notice(None, mark("the pages have no numbers"))


def _protection(body: Element, looks: Looks, parts: Mapping[str, Element]) -> Found:
    settings = parts.get("word/settings.xml")
    if settings is not None and settings.find(f"{W}documentProtection") is not None:
        yield Notice(None, mark("the document is protected, which may shut out a screen reader"))


def _instructions(part: Element) -> Iterator[str]:
    for each in part.iter(f"{W}instrText", f"{W}fldSimple"):
        yield (each.text or "") if each.tag == f"{W}instrText" else (attribute(each, "instr") or "")


_CHECKS: tuple[Callable[[Element, Looks, Mapping[str, Element]], Found], ...] = (
    _title,
    _language,
    _headings,
    _false_headings,
    _lists,
    _pictures,
    _tables,
    _white_space,
    _letters,
    _plain_text,
    _links,
    _notes,
    _page_numbers,
    _protection,
)
