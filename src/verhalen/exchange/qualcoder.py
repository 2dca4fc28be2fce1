"""Projects of QualCoder: a folder `.qda` with `data.qda`, an SQLite file, and its documents.

Versions differ in tables and columns; what is there is read. Facts: its wiki, "Sqlite data structure", and projects of
versions 1 to 14. Places are those of Qt's cursor (UTF-16, a line end counts one) or of Python, by the place in the program
where something was coded: `foreign_places` tells which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from verhalen.exchange.foreign_codes import NewNode, as_tree
from verhalen.exchange.foreign_discarded import (
    CASE_WITHOUT_TEXT,
    GRAPHS,
    IMPORTANT,
    NO_CODE,
    NO_TEXT,
    NO_WORDS,
    ORPHANS,
    OUTSIDE,
    PICTURE_CODINGS,
    PICTURES,
    QUERIES,
    RECORDING_CODINGS,
    RECORDINGS,
    REFERENCES,
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

_ELSEWHERE = (
    ("graph", GRAPHS),
    ("stored_sql", QUERIES),
    ("code_image", PICTURE_CODINGS),
    ("code_av", RECORDING_CODINGS),
)


def is_qualcoder(file: OtherFile) -> bool:
    """Whether these are its tables."""
    return (
        file.has("code_name", "cid", "name")
        and file.has("code_text", "cid", "fid", "pos0", "pos1")
        and file.has("source")
    )


class QualCoder:
    """A project of QualCoder, read as it is asked for (`foreign_project.ForeignProject`)."""

    program = "QualCoder"

    def __init__(self, file: OtherFile) -> None:
        self._file = file
        self.left_out = Tally()
        project = next(file.rows("project", "date", "memo"), (None, None))
        self.stamp = said(project[0])
        codes, self._places, flattened = as_tree(self._nodes())
        self.left_out.add(TOO_DEEP, flattened)
        self.codes: Sequence[ForeignCode] = codes
        self._attributes = self._read_attributes()
        self._texts = {number for number in (whole(row[0]) for row in file.rows("source", "id")) if number is not None}
        self.cases: Sequence[ForeignCase] = self._read_cases()
        self.journal: Sequence[ForeignNote] = [*self._project_memo(project[1]), *self._entries()]
        for table, sentence in _ELSEWHERE:
            self.left_out.add(sentence, file.count(table))
        self.left_out.add(REFERENCES, len({row[0] for row in file.rows("ris", "risid")}))
        self._count_lost()

    def _nodes(self) -> Iterator[NewNode]:
        for number, name, memo, above in self._file.rows("code_cat", "catid", "name", "memo", "supercatid"):
            if (cat := whole(number)) is not None:
                parent = whole(above)
                parents = [("cat", parent)] if parent is not None else []
                yield NewNode(("cat", cat), named(name), said(memo), parents=parents)
        wanted = ("cid", "name", "memo", "color", "catid", "supercid")
        for number, name, memo, colour, category, above in self._file.rows("code_name", *wanted):
            if (code := whole(number)) is None:
                continue
            both = (("code", whole(above)), ("cat", whole(category)))
            parents = [(kind, parent) for kind, parent in both if parent is not None]
            yield NewNode(("code", code), named(name), said(memo), said(colour), parents)

    def _read_attributes(self) -> dict[tuple[str, int], list[tuple[str, str]]]:
        found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for name, kind, value, number in self._file.rows("attribute", "name", "attr_type", "value", "id"):
            if said(value) and (owner := whole(number)) is not None:
                found[said(kind).casefold(), owner].append((named(name), named(value)))
        return found

    def _read_cases(self) -> list[ForeignCase]:
        links: dict[int, list[CaseLink]] = defaultdict(list)
        for row in self._file.rows("case_text", "caseid", "fid", "pos0", "pos1", "owner"):
            case, text, start, stop = map(whole, row[:4])
            if case is None or text not in self._texts:
                self.left_out.add(CASE_WITHOUT_TEXT)
            elif text is not None:
                links[case].append(CaseLink(text, start or 0, stop or 0, named(row[4])))
        found = []
        for number, name, memo, owner, date in self._file.rows("cases", "caseid", "name", "memo", "owner", "date"):
            case = whole(number) or 0
            own = tuple(self._attributes.get(("case", case), ()))
            found.append(ForeignCase(named(name), _note(memo, owner, date), own, tuple(links.get(case, ()))))
        return found

    def _project_memo(self, memo: Value) -> Iterator[ForeignNote]:
        if said(memo):
            yield ForeignNote(said(memo), created=moment(self.stamp))

    def _entries(self) -> Iterator[ForeignNote]:
        for name, entry, owner, date in self._file.rows("journal", "name", "jentry", "owner", "date"):
            body = "\n\n".join(each for each in (said(name), said(entry)) if each)
            if body:
                yield ForeignNote(body, named(owner), moment(date))

    def _count_lost(self) -> None:
        for code, text, important in self._file.rows("code_text", "cid", "fid", "important"):
            if whole(code) not in self._places:
                self.left_out.add(NO_CODE)
            elif whole(text) not in self._texts:
                self.left_out.add(NO_TEXT)
            elif whole(important):
                self.left_out.add(IMPORTANT)
        for (text,) in self._file.rows("annotation", "fid"):
            self.left_out.add(ORPHANS, int(whole(text) not in self._texts))

    # -- one by one ------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """How many texts there are."""
        return self._file.count("source")

    def texts(self) -> Iterator[ForeignText]:
        """The texts that have words; of the others their kind is counted."""
        for row in self._file.rows("source", "id", "name", "fulltext", "mediapath", "memo", "owner", "date"):
            number, name, raw, path, memo, owner, date = row
            where = said(path).casefold()
            self.left_out.add(OUTSIDE, int(":" in where.split("/")[0]))
            words = str(raw) if raw is not None else ""
            identity = whole(number)
            if identity is None or not has_words(words):
                self.left_out.add(_kind_of(where))
                continue
            attributes = tuple(self._attributes.get(("file", identity), ()))
            yield ForeignText(identity, named(name), words, _note(memo, owner, date), attributes)

    def codings(self, number: int) -> Iterator[ForeignCoding]:
        """The codings of a text."""
        wanted = ("cid", "pos0", "pos1", "seltext", "memo", "owner", "date")
        for code, start, stop, quote, memo, owner, date in self._file.rows_of(
            "code_text", *wanted, by="fid", value=number
        ):
            place = self._places.get(whole(code) or 0)
            if place is not None:
                begins, ends = _ordered(start, stop)
                yield ForeignCoding(place, begins, ends, str(quote or ""), _note(memo, owner, date))

    def annotations(self, number: int) -> Iterator[ForeignAnnotation]:
        """The remarks in a text."""
        wanted = ("pos0", "pos1", "memo", "owner", "date")
        for start, stop, memo, owner, date in self._file.rows_of("annotation", *wanted, by="fid", value=number):
            if said(memo):
                yield ForeignAnnotation(*_ordered(start, stop), _note(memo, owner, date))


def _kind_of(where: str) -> str:
    if where.startswith(("/images", "images:")):
        return PICTURES
    return RECORDINGS if where.startswith(("/audio", "/video", "audio:", "video:")) else NO_WORDS


def _note(memo: Value, owner: Value, date: Value) -> ForeignNote:
    return ForeignNote(said(memo), named(owner), moment(date))


def _ordered(start: Value, stop: Value) -> tuple[int, int]:
    """Both places, the smaller first; -1 where there is none, which lies outside every text."""
    one, other = whole(start), whole(stop)
    return (-1, -1) if one is None or other is None else (min(one, other), max(one, other))
