"""A project as `project.qde`, written piece by piece: no more than one text's worth is ever held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from verhalen.exchange.refi_qda.case_xml import Places, case_elements, variable_elements, variables
from verhalen.exchange.refi_qda.codes_xml import OURS, codes_element, domain_sets
from verhalen.exchange.refi_qda.guids import Guids, Kind
from verhalen.exchange.refi_qda.places import Standard
from verhalen.exchange.refi_qda.xml_text import ORIGIN, PROJECT, default_space, one_line, writable
from verhalen.i18n import mark, t
from verhalen.model.codebook import Codebook
from verhalen.model.coding import Coder
from verhalen.model.family import Family
from verhalen.model.text import Source, Turn
from verhalen.store import codebook, declared, families, foreign, scores, sources
from verhalen.store.foreign import RawMemo
from verhalen.store.project import ProjectFile

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_LONGEST_QUOTE = 2_000
"""Characters of the words of a selection that stand in its name."""
_NOTED = {
    "project": mark("diary"), "source": mark("memo at a text"), "turn": mark("memo at a turn"),
    "coding": mark("memo at a fragment"), "code": mark("memo at a code"), "family": mark("memo at a family"),
    "story": mark("memo at a story"),
}  # fmt: skip
_KINDS = {"transcript": mark("transcripts"), "story": mark("stories"), "note": mark("notes")}


class Contents:
    """What of a project is written, looked up once; codings are not among it."""

    def __init__(self, project: ProjectFile) -> None:
        self.project = project
        self.guids = Guids(project)
        self.coders: list[Coder] = foreign.people_at_work(project)
        self.book: Codebook = codebook.codebook(project, counted=False)
        self.families: list[Family] = families.families(project)
        self.variables = variables(self.families, declared.attribute_kinds(project))
        self.sources: list[Source] = sources.all_sources(project)
        self.own: list[RawMemo] = foreign.own_memos(project)
        self.memos: list[RawMemo] = foreign.raw_memos(project)
        self.mentions: dict[int, list[tuple[int, int, int, int, int]]] = defaultdict(list)
        self.persons = dict(foreign.persons_turns(project))
        self.domains = {each.key: each.name for each in scores.domain_list(project).domains}
        self._notes: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._users = {each.id: self.guids.of_coder(each.identity) for each in self.coders}
        self.places = self._places()
        told = foreign.story_texts(project)
        for memo in (*self.own, *self.memos):
            at = ("source", told[memo.target_id]) if memo.target_id in told else (memo.target, memo.target_id)
            self._notes[at].append(self.guids.of("memo", memo.id))

    def user(self, coder_id: int) -> str:
        """GUID of a coder."""
        return self._users[coder_id]

    def notes(self, target: str, number: int) -> list[str]:
        """GUIDs of the memos at something."""
        return self._notes.get((target, number), [])

    def _places(self) -> Places:
        found = Places()
        for source, family in foreign.family_sources(self.project).items():
            found.sources[family].append(self.guids.of("source", source))
        for number, source, start, stop, family, coder in foreign.mention_rows(self.project):
            self.mentions[source].append((number, start, stop, family, coder))
            found.of_family[family].append(self.guids.of("mention", number))
        for turn, person in self.persons.items():
            found.of_person[person].append(self.guids.of("turn", turn))
        return found


class ProjectXml:
    """`project.qde` while it is written."""

    def __init__(self, contents: Contents, stream: IO[bytes], *, name: str, profile: type[Standard]) -> None:
        self.contents = contents
        self.guids = contents.guids
        self.stream = stream
        self.name = name
        self.profile = profile
        self.codings = 0

    def write(self, text_of: Callable[[Source], str], rich: Iterable[int], said: Callable[[Source], None]) -> None:
        """Write everything. `rich`: sources that have a file with looks; `said` is called after each text."""
        self.rich = set(rich)
        with etree.xmlfile(self.stream, encoding="utf-8") as self.xml:
            self.xml.write_declaration()
            values = {"name": one_line(self.name), "origin": ORIGIN}
            with self.xml.element(f"{{{PROJECT}}}Project", values, nsmap=default_space(PROJECT)):
                self._coders()
                self._codes()
                self._cases()
                with self._group("Sources", bool(self.contents.sources)):
                    for each in self.contents.sources:
                        self._source(each, text_of(each))
                        said(each)
                self._memos()
                self._links()
                self._sets()
                self._refer("NoteRef", self.contents.notes("project", 0))

    @contextmanager
    def _group(self, name: str, wanted: bool) -> Iterator[None]:
        """An element around many; left out where it would be empty, as the schema wants."""
        if not wanted:
            yield
            return
        with self.xml.element(f"{{{PROJECT}}}{name}"):
            yield

    def _refer(self, name: str, guids: Iterable[str]) -> None:
        for guid in guids:
            self.xml.write(_element(name, targetGUID=guid))

    def _coders(self) -> None:
        with self._group("Users", bool(self.contents.coders)):
            for each in self.contents.coders:
                self.xml.write(_element("User", guid=self.contents.user(each.id), name=one_line(each.name)))

    def _codes(self) -> None:
        if not len(self.contents.book):
            return
        with self._group("CodeBook", True):
            notes = self.contents.notes
            self.xml.write(codes_element(self.contents.book, self.guids, PROJECT, lambda code: notes("code", code.id)))

    def _cases(self) -> None:
        found = self.contents
        with self._group("Variables", bool(found.variables)):
            for element in variable_elements(found.variables, self.guids):
                self.xml.write(element)
        with self._group("Cases", bool(found.families)):
            for element in case_elements(found.families, found.variables, found.places, self.guids):
                self.xml.write(element)

    # -- texts -----------------------------------------------------------------------------------------------------

    def _source(self, source: Source, text: str) -> None:
        guid = self.guids.of("source", source.id)
        values = {"guid": guid, "name": one_line(source.title) or str(source.number)}
        if source.id in self.rich:
            values["richTextPath"] = f"internal://{guid}.docx"
        values["plainTextPath"] = f"internal://{guid}.txt"
        values |= _dated(source.imported)
        places = self.profile(text)
        with self.xml.element(f"{{{PROJECT}}}TextSource", values):
            for coding in foreign.codings_in(self.contents.project, source.id):
                self.xml.write(self._coding(coding, text, places))
                self.codings += 1
            for number, start, stop, _, coder in self.contents.mentions.get(source.id, ()):
                self.xml.write(
                    self._selection(
                        "mention",
                        number,
                        text[start:stop],
                        places.at(start),
                        places.at(stop),
                        self.contents.user(coder),
                    )
                )
            for turn in sources.turns_of(self.contents.project, source.id):
                if turn.id in self.contents.persons or self.contents.notes("turn", turn.id):
                    self.xml.write(self._turn(turn, text, places))
            self._refer("NoteRef", self.contents.notes("source", source.id))

    def _coding(self, coding: foreign.DatedCoding, text: str, places: Standard) -> etree._Element:
        user, dated = self.contents.user(coding.coder_id), _dated(coding.created)
        words = text[coding.start : min(coding.stop, coding.start + _LONGEST_QUOTE)]
        element = self._selection(
            "selection", coding.id, words, places.at(coding.start), places.at(coding.stop), user, dated
        )
        guid = self.guids.of("coding", coding.id)
        inside = etree.SubElement(element, f"{{{PROJECT}}}Coding", {"guid": guid, "creatingUser": user, **dated})
        code = self.guids.of("code", coding.code_id)
        etree.SubElement(inside, f"{{{PROJECT}}}CodeRef", targetGUID=code)
        for note in self.contents.notes("coding", coding.id):
            etree.SubElement(inside, f"{{{PROJECT}}}NoteRef", targetGUID=note)
        return element

    def _turn(self, turn: Turn, text: str, places: Standard) -> etree._Element:
        words = text[turn.start : min(turn.stop, turn.start + _LONGEST_QUOTE)]
        element = self._selection("turn", turn.id, words, places.at(turn.start), places.at(turn.stop))
        for note in self.contents.notes("turn", turn.id):
            etree.SubElement(element, f"{{{PROJECT}}}NoteRef", targetGUID=note)
        return element

    def _selection(
        self,
        kind: Kind,
        number: int,
        words: str,
        start: int,
        stop: int,
        user: str = "",
        dated: dict[str, str] | None = None,
    ) -> etree._Element:
        values = {"guid": self.guids.of(kind, number), "name": writable(words[:_LONGEST_QUOTE])}
        values |= {"startPosition": str(start), "endPosition": str(stop)}
        values |= {"creatingUser": user} if user else {}
        return _element("PlainTextSelection", **values, **(dated or {}))

    # -- memos, links, sets ----------------------------------------------------------------------------------------

    def _memos(self) -> None:
        with self._group("Notes", bool(self.contents.memos or self.contents.own)):
            for memo in (*self.contents.own, *self.contents.memos):
                values = {"guid": self.guids.of("memo", memo.id), "name": t(_NOTED[memo.target])}
                values |= {"creatingUser": self.contents.user(memo.coder_id), **_dated(memo.created)}
                element = _element("Note", **values)
                etree.SubElement(element, f"{{{PROJECT}}}PlainTextContent").text = writable(memo.body)
                self.xml.write(element)

    def _links(self) -> None:
        """A case has no place for a memo: a link leads from the memo to the family."""
        ids = {each.id for each in self.contents.families}
        found = [memo for memo in self.contents.memos if memo.target == "family" and memo.target_id in ids]
        with self._group("Links", bool(found)):
            for memo in found:
                ends = {
                    "originGUID": self.guids.of("memo", memo.id),
                    "targetGUID": self.guids.of("family", memo.target_id),
                }
                self.xml.write(_element("Link", guid=self.guids.of("link", memo.id), direction="OneWay", **ends))

    def _sets(self) -> None:
        found: list[etree._Element] = []
        for inside, name, description, codes in domain_sets(self.contents.book, self.contents.domains):
            element = _element("Set", guid=self.guids.of("set", inside), name=one_line(name))
            etree.SubElement(element, f"{{{PROJECT}}}Description").text = description
            for code in codes:
                etree.SubElement(element, f"{{{PROJECT}}}MemberCode", targetGUID=self.guids.of("code", code.id))
            found.append(element)
        for kind, label in _KINDS.items():
            members = [each.id for each in self.contents.sources if each.kind == kind]
            if members:
                element = _element("Set", guid=self.guids.of("set", f"kind:{kind}"), name=t(label))
                etree.SubElement(element, f"{{{PROJECT}}}Description").text = f"{OURS}kind:{kind}"
                for number in members:
                    etree.SubElement(element, f"{{{PROJECT}}}MemberSource", targetGUID=self.guids.of("source", number))
                found.append(element)
        with self._group("Sets", bool(found)):
            for element in found:
                self.xml.write(element)


def _element(tag: str, /, **values: str) -> etree._Element:
    return etree.Element(f"{{{PROJECT}}}{tag}", values, nsmap=default_space(PROJECT))


def _dated(moment: str) -> dict[str, str]:
    """The date, where it is one that the schema takes."""
    return {"creationDateTime": moment} if _MOMENT.fullmatch(moment) else {}
