"""What a change touched, for people: how many of what, the words of fragments, and fields before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verhalen.api.history import WHAT
from verhalen.i18n import mark, t
from verhalen.model.act import Change
from verhalen.model.coding import Valence
from verhalen.store import details as store
from verhalen.store import journal, labels
from verhalen.store.details import RowChange
from verhalen.store.project import ProjectFile
from verhalen.store.schema import SPANS
from verhalen.store.versions import text_of

LONGEST = 160
"""Characters of a quote or a field."""
_FIELDS = {
    "name": mark("name"),
    "key": mark("key"),
    "title": mark("title"),
    "definition": mark("definition"),
    "include": mark("when to use"),
    "exclude": mark("when not"),
    "colour": mark("colour"),
    "parent_id": mark("stands below"),
    "code_id": mark("code"),
    "family_id": mark("family"),
    "person_id": mark("person"),
    "speaker_id": mark("speaker"),
    "valence": mark("valence"),
    "memo": mark("memo"),
    "body": mark("memo"),
    "role": mark("role"),
    "value": mark("value"),
    "answer": mark("answer"),
    "before": mark("before"),
    "now": mark("now"),
    "how": mark("how"),
    "why": mark("why"),
    "note": mark("note"),
    "municipality": mark("municipality"),
    "day": mark("day"),
    "state": mark("state"),
    "sentence": mark("sentence"),
}
"""Fields that people know by name; the others (ids, places, digests) say nothing to them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row that was made, changed or removed; empty: nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row with its words before and after, and the fields that differ."""

    what: str
    """Of which kind, in the reader's language."""
    before: str
    """Words of the text at its place, before the change; empty where there are none, or no longer."""
    after: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What a change touched."""

    counts: tuple[store.KindCount, ...]
    rows: tuple[TouchedRow, ...]
    """The first ones that have something to show."""
    left_out: int
    """Rows that were not looked at, since there are too many."""
    cleared: bool = False
    """Whether it was cleaned up how the rows were: then nothing of them is told, and of their number not all."""


def details(project: ProjectFile, change: Change, *, most: int) -> Details:
    """Look at the first `most` rows."""
    counts = tuple(store.counts(project, change.id))
    if change.id <= journal.compacted_up_to(project) and journal.is_sealed(project, change.id):
        return Details(counts, (), 0, cleared=True)
    total = sum(each.made + each.changed + each.removed for each in counts)
    looked = store.row_changes(project, change.id, most=most)
    rows = [_row(project, each) for each in looked]
    told = tuple(row for row in rows if row.fields or row.before != row.after)
    return Details(counts, told, max(0, total - len(looked)))


def _row(project: ProjectFile, row: RowChange) -> TouchedRow:
    before, after = (_words(project, row.table, image) for image in (row.before, row.after))
    if row.table == "source" and row.before and row.after:
        before, after = _corrected(project, row)
    what = t(WHAT.get(row.table, mark("parts")))
    return TouchedRow(what, before, after, tuple(_fields(project, row)))


def _words(project: ProjectFile, table: str, image: dict[str, Any] | None) -> str:
    """The words of a span, as its version of the text has them."""
    if image is None or table not in SPANS or table == "landmark":
        return ""
    found = text_of(project, image["source_id"], image["version"] or 0)
    return _short(found.text[image["start"] : image["stop"]]) if found else ""


def _corrected(project: ProjectFile, row: RowChange) -> tuple[str, str]:
    """The part of the text that became other words."""
    images = (row.before or {}, row.after or {})
    if images[0].get("version") == images[1].get("version"):
        return "", ""
    one, two = (text_of(project, row.row_id, image["version"]) for image in images)
    if one is None or two is None:
        return "", ""
    old, new = one.text, two.text
    start = _same(old, new)
    end = min(_same(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    start = max(0, start - AROUND)
    end = max(0, end - AROUND)
    return _short(old[start : len(old) - end]), _short(new[start : len(new) - end])


AROUND = 12
"""Characters of the text beside corrected words."""


def _same(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == two[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _fields(project: ProjectFile, row: RowChange) -> list[Field]:
    before, after = row.before or {}, row.after or {}
    found = []
    for name, sentence in _FIELDS.items():
        if before.get(name) == after.get(name):
            continue
        old, new = (_value(project, name, image.get(name)) for image in (before, after))
        if old != new:
            found.append(Field(t(sentence), old, new))
    return found


def _value(project: ProjectFile, name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "valence":
        return t(Valence(str(value)).label)
    if name.endswith("_id") and isinstance(value, int):
        return ", ".join(labels.names_of(project, [value])) if value else ""
    return _short(str(value))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
