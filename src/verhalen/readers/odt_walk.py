"""Walk through the XML of an OpenDocument text, once: what each element means for the story."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from verhalen.readers import document_words as words
from verhalen.readers.odt_changes import CHANGE_ID
from verhalen.readers.odt_package import full
from verhalen.readers.odt_story import OdtStory

if TYPE_CHECKING:
    from lxml.etree import _Element

Handler = Callable[[OdtStory, "_Element"], bool | None]
"""Gets an element; True means that what lies inside is of no concern."""


def walk(root: _Element, story: OdtStory) -> None:
    """Tell everything below `root` to `story`, in order. Goes into itself for notes only; XML is at most 256 deep."""
    from lxml import etree

    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if element is root:
            continue
        tag: str = element.tag
        if event == "start":
            if tag in _OPEN and _OPEN[tag](story, element):
                steps.skip_subtree()
            elif (text := element.text) and tag not in _BARE:
                story.say(text)
            continue
        if tag in _CLOSE:
            _CLOSE[tag](story, element)
        tail = element.tail
        if tail and not (tail.isspace() and _in_bare(element)):
            story.say(tail)


def _in_bare(element: _Element) -> bool:
    """Whether blanks behind `element` only lay out the XML."""
    parent = element.getparent()
    return parent is not None and parent.tag in _BARE


def _skip(_: OdtStory, __: _Element) -> bool:
    return True


def _say_blanks(story: OdtStory, element: _Element) -> None:
    count = element.get(_COUNT, "1")
    story.sign(" " * (min(int(count), _MOST_BLANKS) if count.isdecimal() and len(count) < 9 else 1))


def _sign(text: str) -> Handler:
    def handler(story: OdtStory, _: _Element) -> None:
        story.sign(text)

    return handler


def _note(story: OdtStory, element: _Element) -> bool:
    body = element.find(full("text:note-body"))
    kind = "endnote" if element.get(full("text:note-class")) == "endnote" else "footnote"
    if body is not None:
        _place(story, kind, _words(body, story))
    return True


def _comment(story: OdtStory, element: _Element) -> bool:
    author = element.findtext(full("dc:creator")) or ""
    text = _words(element, story)
    name = element.get(_RANGE)
    if name and name in story.awaited:
        story.awaited[name] = (text, author)
    else:
        _place(story, "comment", text, author=author)
    return True


def _end_of_comment(story: OdtStory, element: _Element) -> None:
    text, author = story.awaited.pop(element.get(_RANGE, ""), ("", ""))
    _place(story, "comment", text, author=author)


def _place(story: OdtStory, kind: str, text: str, *, author: str = "") -> None:
    if story.numbered:
        story.add_note(kind, text, author=author)
    elif text:
        # A comment on a footnote: it has no paragraph of the text to stand at.
        story.tally.add(words.UNPLACED, None)


def _words(note: _Element, story: OdtStory) -> str:
    """The words of one note on one line."""
    inner = OdtStory(story.tally, numbered=False, styles=story.styles)
    walk(note, inner)
    return inner.words()


def _tracked(story: OdtStory, element: _Element) -> bool:
    story.changes.collect(element, story.tally)
    return True


def _change(story: OdtStory, element: _Element) -> None:
    message = story.changes.meet(element.get(CHANGE_ID, ""))
    if message:
        story.tell(message)


def _link(story: OdtStory, element: _Element) -> None:
    story.open_span(element)
    if not element.get(full("xlink:href"), "#").startswith("#"):
        story.tell(words.LINKS)


def _ruby(story: OdtStory, element: _Element) -> bool:
    if any((text or "").strip() for text in element.itertext()):
        story.tell(words.RUBY)
    return True


def _open_section(story: OdtStory, element: _Element) -> None:
    story.hidden += _is_hidden(element)


def _close_section(story: OdtStory, element: _Element) -> None:
    story.hidden -= _is_hidden(element)


def _is_hidden(section: _Element) -> bool:
    display = section.get(full("text:display"))
    return display == "none" or (display == "condition" and section.get(_HIDES) == "true")


def _hidden_text(story: OdtStory, element: _Element) -> bool:
    hidden = element.get(_HIDES) == "true"
    if hidden:
        story.tell(words.HIDDEN)
    return hidden


def _picture(story: OdtStory, _: _Element) -> bool:
    for picture in story.pictures[-1:]:
        picture[1] = True
    return True


def _all(names: str) -> frozenset[str]:
    return frozenset(full(name) for name in names.split())


_MOST_BLANKS = 1000
_COUNT, _RANGE, _HIDES = full("text:c"), full("office:name"), full("text:is-hidden")
_SKIPPED = _all(
    "text:note-citation text:number text:script office:scripts office:forms office:event-listeners office:change-info"
    " svg:title svg:desc table:title table:desc dc:creator dc:date meta:date-string meta:creator-initials"
    " text:table-of-content-source text:illustration-index-source text:table-index-source text:object-index-source"
    " text:user-index-source text:alphabetical-index-source text:bibliography-source text:section-source"
    " text:variable-decls text:sequence-decls text:user-field-decls text:dde-connection-decls form:form"
    " text:ruby-text-source draw:glue-point draw:image-map draw:contour-polygon draw:contour-path"
)
_BARE = _all(
    "office:text text:note text:note-body office:annotation text:list text:list-item text:list-header text:section"
    " text:numbered-paragraph table:table table:table-rows table:table-header-rows table:table-row-group table:table-row"
    " table:table-cell table:covered-table-cell table:table-columns table:table-header-columns draw:frame draw:text-box"
    " draw:g draw:custom-shape draw:rect draw:ellipse draw:circle draw:line draw:path draw:polygon draw:polyline draw:caption"
    " draw:regular-polygon draw:connector draw:measure text:ruby text:table-of-content text:illustration-index text:table-index"
    " text:object-index text:user-index text:alphabetical-index text:bibliography text:index-body text:index-title"
)
_SHAPES = _all(
    "draw:custom-shape draw:rect draw:ellipse draw:circle draw:line draw:path draw:polygon draw:polyline draw:caption"
    " draw:regular-polygon draw:connector draw:measure draw:control dr3d:scene"
)
_PICTURES = _all("draw:image draw:object draw:object-ole draw:plugin draw:applet draw:floating-frame")
_NAMED_OPEN: dict[str, Handler] = {
    "text:p": OdtStory.open_paragraph,
    "text:h": OdtStory.open_paragraph,
    "text:span": OdtStory.open_span,
    "text:a": _link,
    "text:s": _say_blanks,
    "text:tab": _sign("\t"),
    "text:line-break": _sign("\n"),
    "text:list": OdtStory.open_list,
    "text:list-item": OdtStory.open_item,
    "text:numbered-paragraph": OdtStory.open_item,
    "text:section": _open_section,
    "text:hidden-text": _hidden_text,
    "text:tracked-changes": _tracked,
    "text:change": _change,
    "text:change-start": _change,
    "text:note": _note,
    "office:annotation": _comment,
    "office:annotation-end": _end_of_comment,
    "text:ruby-text": _ruby,
    "table:table": OdtStory.open_table,
    "table:table-row": OdtStory.open_row,
    "table:table-cell": OdtStory.open_cell,
    "table:covered-table-cell": OdtStory.open_covered,
    "draw:frame": OdtStory.open_picture,
    "draw:text-box": OdtStory.open_box,
}
_NAMED_CLOSE: dict[str, Handler] = {
    "text:p": OdtStory.close_paragraph,
    "text:h": OdtStory.close_paragraph,
    "text:span": OdtStory.close_span,
    "text:a": OdtStory.close_span,
    "text:list": OdtStory.close_list,
    "text:list-item": OdtStory.close_item,
    "text:numbered-paragraph": OdtStory.close_item,
    "text:section": _close_section,
    "table:table": OdtStory.close_table,
    "table:table-cell": OdtStory.close_cell,
    "table:covered-table-cell": OdtStory.close_covered,
    "draw:frame": OdtStory.close_picture,
    "draw:text-box": OdtStory.close_box,
}
_OPEN: dict[str, Handler] = {
    **dict.fromkeys(_SKIPPED, _skip),
    **{full(name): handler for name, handler in _NAMED_OPEN.items()},
    **dict.fromkeys(_SHAPES, OdtStory.open_shape),
    **dict.fromkeys(_PICTURES, _picture),
}
_CLOSE: dict[str, Handler] = {
    **{full(name): handler for name, handler in _NAMED_CLOSE.items()},
    **dict.fromkeys(_SHAPES, OdtStory.close_shape),
}
