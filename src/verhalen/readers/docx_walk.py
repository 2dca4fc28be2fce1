"""Walk through the XML of a Word document, once and without recursion: what each element means for the story."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from verhalen.readers import document_words as words
from verhalen.readers.docx_package import attribute, full_names, short
from verhalen.readers.docx_story import Story

if TYPE_CHECKING:
    from lxml.etree import _Element

Handler = Callable[[Story, "_Element"], bool | None]
"""Gets an element; True means that what lies inside is of no concern."""


def walk(root: _Element, story: Story) -> None:
    """Tell everything below `root` to `story`, in order."""
    from lxml import etree

    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        name = short(str(element.tag))
        if event == "end":
            close = _CLOSE.get(name)
            if close:
                close(story, element)
        elif name in _SKIPPED or ((opened := _OPEN.get(name)) and opened(story, element)):
            steps.skip_subtree()


def _open_choice(story: Story, _: _Element) -> bool:
    """Word writes newer things twice: the first variant counts, the others are the same for older programs."""
    if story.choices:
        taken, story.choices[-1] = story.choices[-1], True
        return taken
    return False


def _open_alternatives(story: Story, _: _Element) -> None:
    story.choices.append(False)


def _close_alternatives(story: Story, _: _Element) -> None:
    story.choices.pop()


def _open_picture(story: Story, _: _Element) -> None:
    story.pictures.append([False, False])


def _meet_picture(story: Story, _: _Element) -> None:
    for picture in story.pictures[-1:]:
        picture[1] = True


def _close_picture(story: Story, _: _Element) -> None:
    has_box, has_picture = story.pictures.pop()
    if has_picture or not has_box:
        story.tell(words.IMAGES)


def _say(text: str) -> Handler:
    def handler(story: Story, _: _Element) -> None:
        story.say(text)

    return handler


def _say_text(story: Story, element: _Element) -> None:
    # A line end inside w:t is white space of the XML; real ones are w:br and w:cr.
    text = element.text or ""
    story.say(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)


def _say_symbol(story: Story, element: _Element) -> None:
    letter = words.symbol(attribute(element, "font"), attribute(element, "char"))
    if letter == words.UNKNOWN:
        story.tell(words.SYMBOLS)
    story.say(letter)


def _note(kind: str) -> Handler:
    def handler(story: Story, element: _Element) -> None:
        if not story.numbered:
            # A comment on a footnote: it has no paragraph of the text to stand at, and is counted as unplaced.
            return
        note = story.notes.take(kind, attribute(element, "id"), paragraph=story.line or 0, tally=story.tally)
        if note and story.paragraphs:
            story.paragraphs[-1].notes.append(note)

    return handler


def _count(message: str, *, inside: tuple[str, ...] = (), skip: bool = False) -> Handler:
    """Count an element (only with words in it, where `inside` names the elements that hold them)."""

    def handler(story: Story, element: _Element) -> bool:
        if not inside or any(one.text for one in element.iter(*inside)):
            story.tell(message)
        return skip

    return handler


def _link(story: Story, element: _Element) -> None:
    if any(short(str(key)) == "r:id" for key in element.attrib):
        story.tell(words.LINKS)


def _instruction(story: Story, element: _Element) -> bool:
    # A link to a place in this document has no address: HYPERLINK \l "bladwijzer".
    if _ADDRESS.search(element.text or ""):
        story.tell(words.LINKS)
    return True


def _field(story: Story, element: _Element) -> None:
    shown = story.fields.meet(attribute(element, "fldCharType"), element)
    if shown:
        story.say(shown)


_ADDRESS = re.compile(r'HYPERLINK\s+"')
_HOLD_WORDS = full_names(("w:t", "w:delText", "w:tab", "w:sym"))
_NO_WORDS = (
    "w:pPr w:rPr w:tblPr w:tblGrid w:tblPrEx w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:delInstrText w:delText"
    " w:rPrChange w:pPrChange w:customXmlPr w:smartTagPr w:fldData w:ffData"
)
_SKIPPED = frozenset(_NO_WORDS.split())
_OPEN: dict[str, Handler] = {
    "w:p": Story.open_paragraph,
    "w:r": Story.open_run,
    "m:r": Story.open_run,
    "w:tbl": Story.open_table,
    "w:tr": Story.open_row,
    "w:tc": Story.open_cell,
    "w:txbxContent": Story.open_box,
    "mc:AlternateContent": _open_alternatives,
    "mc:Choice": _open_choice,
    "mc:Fallback": _open_choice,
    "w:drawing": _open_picture,
    "w:pict": _open_picture,
    "w:object": _open_picture,
    "pic:pic": _meet_picture,
    "v:imagedata": _meet_picture,
    "w:t": _say_text,
    "m:t": _say_text,
    "w:tab": _say("\t"),
    "w:ptab": _say("\t"),
    "w:br": _say("\n"),
    "w:cr": _say("\n"),
    "w:noBreakHyphen": _say("\u2011"),
    "w:softHyphen": _say("\u00ad"),
    "w:sym": _say_symbol,
    "w:footnoteReference": _note("footnote"),
    "w:endnoteReference": _note("endnote"),
    "w:commentReference": _note("comment"),
    "w:ins": _count(words.INSERTIONS, inside=_HOLD_WORDS),
    "w:del": _count(words.DELETIONS, inside=_HOLD_WORDS, skip=True),
    "w:moveFrom": _count(words.MOVES, inside=_HOLD_WORDS, skip=True),
    "w:rt": _count(words.RUBY, inside=_HOLD_WORDS, skip=True),
    "w:altChunk": _count(words.CHUNKS),
    "w:subDoc": _count(words.CHUNKS),
    "m:oMath": _count(words.FORMULAS),
    "w:hyperlink": _link,
    "w:fldChar": _field,
    "w:instrText": _instruction,
}
_CLOSE: dict[str, Handler] = {
    "w:p": Story.close_paragraph,
    "w:r": Story.close_run,
    "m:r": Story.close_run,
    "w:tbl": Story.close_table,
    "w:tc": Story.close_cell,
    "w:txbxContent": Story.close_box,
    "mc:AlternateContent": _close_alternatives,
    "w:drawing": _close_picture,
    "w:pict": _close_picture,
    "w:object": _close_picture,
}
