"""What the finding screen looks for and finds: one kind of line for words in a text and for coded fragments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len
from textual.content import Content

from verhalen.api.project import Project
from verhalen.i18n import mark, t
from verhalen.model.coding import Fragment
from verhalen.model.consent import Answer
from verhalen.model.query import FragmentQuery, SearchHit, SearchMode
from verhalen.tui.coder_looks import CoderLooks, looks_of, signed
from verhalen.tui.consent_grid import SHORT

MOST = 500
"""Lines in the list."""
BOX = {True: "[x] ", False: "[ ] "}


class Way(StrEnum):
    """What stands in the field."""

    LEMMA = "lemma"
    EXACT = "exact"
    INSIDE = "inside"
    REGEX = "regex"
    QUERY = "query"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return _LABELS[self]

    @property
    def hint(self) -> str:
        """Marked sentence for the empty field."""
        return _HINTS[self]


_LABELS = {
    Way.LEMMA: mark("any form"),
    Way.EXACT: mark("as written"),
    Way.INSIDE: mark("inside words"),
    Way.REGEX: mark("regular expression"),
    Way.QUERY: mark("codes (query)"),
}
_HINTS = {
    Way.LEMMA: mark("Words in all texts: gezin finds gezinnen too"),
    Way.EXACT: mark("Words in all texts, just as they are written"),
    Way.INSIDE: mark("Letters inside words: zorg finds gezinszorg too"),
    Way.REGEX: mark(r"A regular expression, as in \bhu(ur|is)\b"),
    Way.QUERY: mark("Codes and more, as in: wonen and role=parent and not geld"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One place in the list."""

    key: str
    source_id: int
    source_number: int
    title: str
    start: int
    stop: int
    about: Content
    """Code, speaker and coder of a fragment."""
    before: str
    text: str
    after: str

    @property
    def place(self) -> tuple[int, int, int]:
        """Source, start, stop."""
        return self.source_id, self.start, self.stop


def find(project: Project, wanted: str, way: Way) -> list[Line]:
    """Ask the project; one line more than is shown, so that one knows whether there are more. Raises our own errors."""
    if way is Way.QUERY:
        return of_fragments(project, project.codings.fragments(FragmentQuery(expression=wanted, limit=MOST + 1)))
    hits = project.sources.search(wanted, mode=SearchMode(way.value), limit=MOST + 1)
    return [_of_hit(each) for each in hits]


def of_fragments(project: Project, fragments: Sequence[Fragment]) -> list[Line]:
    """Coded fragments as lines, with what their tellers agreed to."""
    coders = looks_of(project)
    places = [(each.coding.source_id, each.coding.start, each.coding.stop) for each in fragments]
    answers = project.consents.of_words(places)
    return [_of_fragment(each, answer, coders) for each, answer in zip(fragments, answers, strict=True)]


def count(project: Project, wanted: str, way: Way) -> int:
    """How many places `find` would give without an end. Raises our own errors."""
    if way is Way.QUERY:
        return project.codings.count(wanted)
    return project.sources.count_places(wanted, mode=SearchMode(way.value))


def _of_hit(hit: SearchHit) -> Line:
    key = f"{hit.source_id}-{hit.start}-{hit.stop}"
    title = hit.source_title
    return Line(
        key, hit.source_id, hit.source_number, title, hit.start, hit.stop, Content(), hit.before, hit.match, hit.after
    )


def _of_fragment(each: Fragment, answer: Answer | None, coders: CoderLooks) -> Line:
    coding = each.coding
    consent = t("in reports: {answer}", answer=t(SHORT[answer])) if answer else ""
    parts = [Content(part) for part in (f"{coding.valence.sign}{coding.code}".strip(), each.speaker, consent) if part]
    about = Content(" · ").join([*parts, signed(coding.coder_id, coding.coder, coders)])
    key, title = f"coding-{coding.id}", each.source_title
    return Line(key, coding.source_id, each.source_number, title, coding.start, coding.stop, about, "", each.text, "")


def line_content(line: Line, *, ticked: bool, width: int) -> Content:
    """Box, place and the words with what is around them; the words stay visible however narrow it is."""
    box = BOX[ticked]
    where = Content(f"{box}{line.source_number} · {line.title}")
    head = Content(" · ").join([where, line.about]) if line.about else where
    head = head.truncate(max(20, width), ellipsis=True).stylize_before("$text-muted")
    return Content.assemble(head, "\n", " " * len(box), in_context(line, width - len(box)))


def in_context(line: Line, width: int) -> Content:
    """One line of text in which what was found is bold."""
    room = max(20, width)
    words = Content(" ".join(line.text.split())).truncate(room, ellipsis=True).stylize("bold underline")
    before = _tail(_in_one_line(line.before), max(0, room - words.cell_length) // 2)
    left = max(0, room - words.cell_length - before.cell_length)
    return Content.assemble(before, words, Content(_in_one_line(line.after)).truncate(left, ellipsis=True))


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _tail(text: str, width: int) -> Content:
    """The end of what stands before, from a whole word on where one fits."""
    whole = Content(text)
    if whole.cell_length <= width:
        return whole
    while text and cell_len(text) > width:
        text = text[1:]
    _, _, from_word = text.partition(" ")
    return Content(f"…{from_word or text[1:]}") if width else Content("")


def places(lines: Iterable[Line]) -> list[tuple[int, int, int]]:
    """Where these lines lie."""
    return [line.place for line in lines]
