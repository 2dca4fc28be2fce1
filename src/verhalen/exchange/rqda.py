"""Projects of RQDA: one SQLite file (`.rqda`), where `status` 1 means that a row was not deleted.

Facts: its help page "RQDATables" and the tables that versions 0.1.5 to 0.3 make. Places are those of GTK, code points.
Its tables have no keys, so the same row may stand in them twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from verhalen.exchange.foreign_codes import NewNode, as_tree
from verhalen.exchange.foreign_discarded import (
    CASE_WITHOUT_TEXT,
    CATEGORIES,
    DELETED,
    FILE_CATEGORIES,
    NO_CODE,
    NO_TEXT,
    NO_WORDS,
    ORPHANS,
    PICTURE_CODINGS,
    PICTURES,
    SECOND,
    TOO_DEEP,
)
from verhalen.exchange.foreign_project import (
    CaseLink,
    ForeignAnnotation,
    ForeignCase,
    ForeignCoding,
    ForeignNote,
    ForeignText,
    Tally,
    has_words,
    moment,
    named,
    said,
    whole,
)
from verhalen.exchange.refi_qda.code_keys import ForeignCode
from verhalen.store.other_file import OtherFile, Value

_COUNTED = (("coding2", SECOND), ("treefile", FILE_CATEGORIES), ("image", PICTURES), ("imagecoding", PICTURE_CODINGS))


def is_rqda(file: OtherFile) -> bool:
    """Whether these are its tables."""
    return (
        file.has("freecode", "id", "name")
        and file.has("coding", "cid", "fid", "selfirst")
        and file.has("source", "file")
    )


class Rqda:
    """A project of RQDA, read as it is asked for (`foreign_project.ForeignProject`)."""

    program = "RQDA"

    def __init__(self, file: OtherFile) -> None:
        self._file = file
        self.left_out = Tally()
        self._texts: set[int] = set()
        for (number,) in self._alive("source", "id"):
            if (text := whole(number)) is not None:
                self._texts.add(text)
        project = next(file.rows("project", "date", "memo"), (None, None))
        self.stamp = said(project[0])
        codes, self._places, flattened = as_tree(self._nodes())
        self.left_out.add(TOO_DEEP, flattened)
        self.codes: Sequence[ForeignCode] = codes
        self.cases: Sequence[ForeignCase] = self._read_cases()
        self._file_attributes = self._attributes("fileattr", "fileid")
        memo = [ForeignNote(said(project[1]), created=moment(self.stamp))] if said(project[1]) else []
        self.journal: Sequence[ForeignNote] = [*memo, *self._entries()]
        for table, sentence in _COUNTED:
            self.left_out.add(sentence, sum(1 for _ in self._alive(table)))
        self._count_lost()

    def _alive(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Rows that were not deleted; the others are counted."""
        for status, *row in self._file.rows(table, "status", *columns):
            if _is_alive(status):
                yield tuple(row)
            else:
                self.left_out.add(DELETED)

    def _nodes(self) -> Iterator[NewNode]:
        parents: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for code, category in self._alive("treecode", "cid", "catid"):
            below, above = whole(code), whole(category)
            if below is not None and above is not None and ("cat", above) not in parents[below]:
                parents[below].append(("cat", above))
        categories = set()
        for number, name, memo in self._alive("codecat", "catid", "name", "memo"):
            if (cat := whole(number)) is not None:
                categories.add(("cat", cat))
                yield NewNode(("cat", cat), named(name), said(memo))
        for number, name, memo, colour in self._alive("freecode", "id", "name", "memo", "color"):
            if (code_number := whole(number)) is not None:
                above_it = [each for each in parents[code_number] if each in categories]
                self.left_out.add(CATEGORIES, max(0, len(above_it) - 1))
                yield NewNode(("code", code_number), named(name), said(memo), said(colour), above_it)

    def _attributes(self, table: str, by: str) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for name, value, number in self._alive(table, "variable", "value", by):
            if said(value) and said(value) != "NA" and (owner := whole(number)) is not None:
                found[owner].append((named(name), named(value)))
        return found

    def _read_cases(self) -> list[ForeignCase]:
        attributes = self._attributes("caseattr", "caseid")
        links: dict[int, list[CaseLink]] = defaultdict(list)
        for row in self._alive("caselinkage", "caseid", "fid", "selfirst", "selend", "owner"):
            case, text, start, stop = map(whole, row[:4])
            if case is None or text not in self._texts:
                self.left_out.add(CASE_WITHOUT_TEXT)
            elif text is not None:
                links[case].append(CaseLink(text, start or 0, stop or 0, named(row[4])))
        found = []
        for number, name, memo, owner, date in self._alive("cases", "id", "name", "memo", "owner", "date"):
            case = whole(number) or 0
            note = ForeignNote(said(memo), named(owner), moment(date))
            found.append(ForeignCase(named(name), note, tuple(attributes.get(case, ())), tuple(links.get(case, ()))))
        return found

    def _entries(self) -> Iterator[ForeignNote]:
        for name, entry, owner, date in self._alive("journal", "name", "journal", "owner", "date"):
            body = "\n\n".join(each for each in (said(name), said(entry)) if each)
            if body:
                yield ForeignNote(body, named(owner), moment(date))

    def _count_lost(self) -> None:
        for code, text in self._alive("coding", "cid", "fid"):
            if whole(code) not in self._places:
                self.left_out.add(NO_CODE)
            elif whole(text) not in self._texts:
                self.left_out.add(NO_TEXT)
        for (text,) in self._alive("annotation", "fid"):
            self.left_out.add(ORPHANS, int(whole(text) not in self._texts))

    # -- one by one ------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many texts there are."""
        return len(self._texts)

    def texts(self) -> Iterator[ForeignText]:
        """The texts that have words."""
        for row in self._file.rows("source", "status", "id", "name", "file", "memo", "owner", "date"):
            status, number, name, raw, memo, owner, date = row
            identity, words = whole(number), str(raw) if raw is not None else ""
            if not _is_alive(status):
                continue
            if identity is None or not has_words(words):
                self.left_out.add(NO_WORDS)
                continue
            note = ForeignNote(said(memo), named(owner), moment(date))
            yield ForeignText(identity, named(name), words, note, tuple(self._file_attributes.get(identity, ())))

    def codings(self, number: int) -> Iterator[ForeignCoding]:
        """The codings of a text."""
        wanted = ("status", "cid", "selfirst", "selend", "seltext", "memo", "owner", "date")
        for row in self._file.rows_of("coding", *wanted, by="fid", value=number):
            status, code, start, stop, quote, memo, owner, date = row
            place, one, other = self._places.get(whole(code) or 0), whole(start), whole(stop)
            if _is_alive(status) and place is not None:
                note = ForeignNote(said(memo), named(owner), moment(date))
                begins, ends = (-1, -1) if one is None or other is None else (one, other)
                yield ForeignCoding(place, begins, ends, str(quote or ""), note)

    def annotations(self, number: int) -> Iterator[ForeignAnnotation]:
        """The remarks in a text, each at one place."""
        wanted = ("status", "position", "annotation", "owner", "date")
        for status, at, body, owner, date in self._file.rows_of("annotation", *wanted, by="fid", value=number):
            if _is_alive(status) and said(body):
                place = whole(at) or 0
                yield ForeignAnnotation(place, place + 1, ForeignNote(said(body), named(owner), moment(date)))


def _is_alive(status: Value) -> bool:
    """The oldest versions have no such column."""
    return status is None or whole(status) == 1
