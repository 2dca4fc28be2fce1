"""Walk through `project.qde` as a stream: what was read is dropped, so its size does not matter.

Namespaces are not looked at (older files have older ones), and hardly anything is demanded: names, users and dates may miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree

from verhalen import errors
from verhalen.exchange.refi_qda.codes_xml import members, read_codes
from verhalen.exchange.refi_qda.guids import plain_guid
from verhalen.exchange.refi_qda.records import (
    Case,
    Codes,
    CodingMark,
    Container,
    Dropped,
    Head,
    Link,
    ProjectSays,
    Record,
    Selection,
    SetOf,
    TextBegins,
    TextEnds,
    User,
    Variable,
    WholeCoding,
)
from verhalen.exchange.refi_qda.xml_text import child_text, local, one_line
from verhalen.i18n import t
from verhalen.model.text import normal_text

_TEXTS = frozenset({"TextSource", "Note", "Representation", "Transcript", "TextDescription"})
_CONTAINERS = frozenset({"PDFSource", "PictureSource", "AudioSource", "VideoSource"})
_SELECTIONS = frozenset({"PlainTextSelection", "TranscriptSelection"})
_OTHER_SELECTIONS = frozenset({"PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"})
_NUMBER = re.compile(r"([+-]?[0-9]+)(?:[.,]0*)?")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


def walk(stream: IO[bytes]) -> Iterator[Record]:
    """All records in the order of the file. Raises BadExchange for what is no project."""
    walker = _Walker()
    parser = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parser:
            yield from walker.start(element) if event == "start" else walker.end(element)
    except etree.XMLSyntaxError:
        raise errors.BadExchange(problem=t("its .qde is damaged")) from None


class _Walker:
    """The place in the file where we are."""

    def __init__(self) -> None:
        self._heads: list[Head] = []
        self._containers: list[etree._Element] = []
        self._has_words = False
        """Whether the container that is open holds words."""
        self._inside_other = 0
        self._is_begun = False
        self._done: etree._Element | None = None

    def start(self, element: etree._Element) -> Iterator[Record]:
        """The beginning of an element: its attributes are known, what it holds is not."""
        name = local(element)
        if not self._is_begun:
            self._check_root(element, name)
        if name in _OTHER_SELECTIONS:
            self._inside_other += 1
        elif name in _CONTAINERS:
            self._containers.append(element)
            self._has_words = False
        elif name in _TEXTS and not self._inside_other:
            container = plain_guid(self._containers[-1].get("guid")) if self._containers else ""
            self._has_words = True
            self._heads.append(Head(plain_guid(element.get("guid")), name == "Note", container))
        return iter(())

    def _check_root(self, element: etree._Element, name: str) -> None:
        self._is_begun = True
        if element.getroottree().docinfo.internalDTD is not None:
            raise errors.BadExchange(problem=t("its .qde declares entities"))
        if name != "Project":
            raise errors.BadExchange(problem=t("its .qde is no project"))

    def end(self, element: etree._Element) -> Iterator[Record]:
        """The end of an element: all of it is known."""
        name = local(element)
        # What was handled before is dropped only now: the parser still held it then.
        self._drop()
        if name in _OTHER_SELECTIONS:
            self._inside_other -= 1
            if not self._inside_other:
                yield Dropped(name, sum(1 for each in element.iter() if local(each) == "Coding"))
                self._done = element
        elif self._inside_other:
            return
        elif name in _TEXTS:
            yield from self._text_ends(element)
        elif name in _CONTAINERS:
            self._containers.pop()
            yield from self._without_words(element, name) if not self._has_words else (Dropped("only_words"),)
            yield Container(plain_guid(element.get("guid")), _references(element, "NoteRef"))
            self._done = element
        elif self._heads:
            yield from self._in_text(element, name)
        elif name == "Coding" and self._containers:
            yield WholeCoding(plain_guid(self._containers[-1].get("guid")), _coding(element))
            self._done = element
        else:
            yield from self._beside(element, name)

    def _without_words(self, element: etree._Element, name: str) -> Iterator[Record]:
        """A PDF may say its words itself; a picture or recording says none."""
        if name != "PDFSource" or not element.get("path"):
            yield Dropped(name)
            return
        guid = plain_guid(element.get("guid"))
        yield TextBegins(
            guid=guid,
            name=one_line(normal_text(element.get("name") or "")),
            is_note=False,
            description=normal_text(child_text(element, "Description") or ""),
            content=None,
            path="",
            rich=element.get("path") or "",
            user=_user(element),
            created=_moment(element),
            container=guid,
        )
        yield TextEnds(guid, (), 0)

    def _drop(self) -> None:
        if self._done is not None and (parent := self._done.getparent()) is not None:
            parent.remove(self._done)
        self._done = None

    # -- texts -----------------------------------------------------------------------------------------------------

    def _in_text(self, element: etree._Element, name: str) -> Iterator[Record]:
        head = self._heads[-1]
        parent = element.getparent()
        if name == "SyncPoint":
            head.sync[plain_guid(element.get("guid"))] = (
                _whole(element.get("position")),
                _whole(element.get("timeStamp")),
            )
            self._done = element
        elif name in _SELECTIONS:
            yield from self._begin(parent, head)
            yield _selection(element, head)
            self._done = element
        elif name == "Coding" and local(parent) in _TEXTS:  # type: ignore[arg-type]  # inside a text it has a parent
            yield from self._begin(parent, head)
            yield WholeCoding(head.guid, _coding(element))
            self._done = element

    def _begin(self, element: etree._Element | None, head: Head) -> Iterator[Record]:
        if head.begun or element is None:
            return
        head.begun = True
        outer = self._containers[-1] if self._containers else element
        name = element.get("name") or outer.get("name") or ""
        yield TextBegins(
            guid=head.guid,
            name=one_line(normal_text(name)),
            is_note=head.is_note,
            description=normal_text(child_text(element, "Description") or ""),
            content=child_text(element, "PlainTextContent"),
            path=element.get("plainTextPath") or "",
            rich=element.get("richTextPath") or "",
            user=_user(element),
            created=_moment(element),
            container=head.container,
        )

    def _text_ends(self, element: etree._Element) -> Iterator[Record]:
        head = self._heads[-1]
        yield from self._begin(element, head)
        self._heads.pop()
        times = tuple((place, time) for place, time in head.sync.values() if place is not None and time is not None)
        values = sum(1 for each in element if local(each) == "VariableValue")
        yield TextEnds(head.guid, _references(element, "NoteRef"), values, times)
        self._done = element

    # -- everything else -------------------------------------------------------------------------------------------

    def _beside(self, element: etree._Element, name: str) -> Iterator[Record]:
        if name == "User":
            yield User(plain_guid(element.get("guid")), one_line(normal_text(element.get("name") or "")))
        elif name == "Codes":
            yield Codes(read_codes(element))
        elif name == "Variable":
            yield Variable(plain_guid(element.get("guid")), one_line(normal_text(element.get("name") or "")))
        elif name == "Case":
            yield _case(element)
        elif name == "Link":
            ends = plain_guid(element.get("originGUID")), plain_guid(element.get("targetGUID"))
            yield Link(plain_guid(element.get("guid")), *ends, _references(element, "NoteRef"))
        elif name == "Set":
            codes, sources = tuple(members(element)), tuple(members(element, "MemberSource"))
            said = child_text(element, "Description") or ""
            yield SetOf(plain_guid(element.get("guid")), one_line(element.get("name") or ""), said, codes, sources)
        elif name == "Graph":
            yield Dropped("Graph")
        elif name == "Project":
            said = normal_text(child_text(element, "Description") or "")
            notes = _references(element, "NoteRef")
            yield ProjectSays(element.get("name") or "", element.get("origin") or "", said, notes)
            return
        elif name == "CodeBook" and (loose := read_codes(element)):
            yield Codes(loose)
        else:
            return
        self._done = element


def _selection(element: etree._Element, head: Head) -> Selection | Dropped:
    codings = tuple(_coding(each) for each in element if local(each) == "Coding")
    start, stop = _whole(element.get("startPosition")), _whole(element.get("endPosition"))
    if local(element) == "TranscriptSelection":
        start, _ = head.sync.get(plain_guid(element.get("fromSyncPoint")), (None, None))
        stop, _ = head.sync.get(plain_guid(element.get("toSyncPoint")), (None, None))
    if start is None or stop is None:
        return Dropped("PlaceMissing", len(codings))
    start, stop = min(start, stop), max(start, stop)  # from the last letter back to the first
    return Selection(
        guid=plain_guid(element.get("guid")),
        name=normal_text(element.get("name") or ""),
        start=start,
        stop=stop,
        user=_user(element),
        created=_moment(element),
        description=normal_text(child_text(element, "Description") or ""),
        codings=codings,
        notes=_references(element, "NoteRef"),
    )


def _coding(element: etree._Element) -> CodingMark:
    code = next(iter(_references(element, "CodeRef")), "")
    guid = plain_guid(element.get("guid"))
    return CodingMark(guid, code, _user(element), _moment(element), _references(element, "NoteRef"))


def _case(element: etree._Element) -> Case:
    values = []
    for each in element:
        if local(each) == "VariableValue":
            variable = next(iter(_references(each, "VariableRef")), "")
            said = next((value for name in _VALUES if (value := child_text(each, name)) is not None), "")
            values.append((variable, _value(each, normal_text(said))))
    return Case(
        guid=plain_guid(element.get("guid")),
        name=one_line(normal_text(element.get("name") or "")),
        description=normal_text(child_text(element, "Description") or ""),
        codes=len(_references(element, "CodeRef")),
        values=tuple(values),
        sources=_references(element, "SourceRef"),
        selections=_references(element, "SelectionRef"),
    )


def _value(element: etree._Element, said: str) -> str:
    """Yes and no are kept as words."""
    if child_text(element, "BooleanValue") is None:
        return said
    return {"true": "ja", "1": "ja", "false": "nee", "0": "nee"}.get(said.strip().casefold(), said)


def _references(element: etree._Element, name: str) -> tuple[str, ...]:
    found = (each.get("targetGUID") or each.get("guid") for each in element if local(each) == name)
    return tuple(guid for written in found if (guid := plain_guid(written)))


def _user(element: etree._Element) -> str:
    return plain_guid(element.get("creatingUser") or element.get("modifyingUser"))


def _moment(element: etree._Element) -> str:
    return (element.get("creationDateTime") or element.get("modifiedDateTime") or "").strip()


def _whole(written: str | None) -> int | None:
    """A whole number, also as `12.0` or `12,0`."""
    found = _NUMBER.fullmatch(written.strip()) if written is not None and len(written) < 20 else None
    return int(found[1]) if found else None
