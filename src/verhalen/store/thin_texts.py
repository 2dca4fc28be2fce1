"""Older versions of a text that keep no more than how they differ from a later one: enough to build them again, letter for letter.

Such a version has no text of its own, and its SHA-256 is not that of nothing. In the place of its search words, which
only the version that counts needs, stands how to build it: `later version:letters at the head:letters at the tail:what
stands between`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from verhalen.model.text import text_digest
from verhalen.store.project import ProjectFile, Writing

NOTHING = text_digest("")
"""Of places on the way between two versions: they never had a text."""


class Thin(NamedTuple):
    """A version, as it differs from a later one."""

    later: int
    head: int
    """Characters that both begin with."""
    tail: int
    """Characters that both end with."""
    between: str

    def of(self, text: str) -> str:
        """The text, built from that of the later version."""
        return text[: self.head] + self.between + text[len(text) - self.tail :]

    def __str__(self) -> str:
        return f"{self.later}:{self.head}:{self.tail}:{self.between}"


def difference(text: str, *, later: int, than: str) -> Thin:
    """How a text differs from that of a later version."""
    head = _alike(text, than)
    tail = min(_alike(text[::-1], than[::-1]), min(len(text), len(than)) - head)
    return Thin(later, head, tail, text[head : len(text) - tail])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def is_thin(text: str, digest: str) -> bool:
    """Whether a version as it is stored must be built."""
    return not text and digest != NOTHING


def built(project: ProjectFile, source_id: int, version: int) -> str:
    """The text of one version, from the next later one that has its text; empty where that cannot be."""
    sql = "select text, lemmas, sha256 from text_version where source_id = ? and version = ?"
    ways: list[Thin] = []
    while (found := project.row(sql, (source_id, version))) is not None:
        text: str = found[0]
        if not is_thin(text, found[2]):
            for way in reversed(ways):
                text = way.of(text)
            return text
        thin = _read(found[1])
        if thin is None or thin.later <= version:
            return ""
        ways.append(thin)
        version = thin.later
    return ""


def texts(project: ProjectFile, source_id: int) -> dict[int, str]:
    """The texts of all versions, built where they are thin; empty for places on the way."""
    sql = "select version, text, lemmas, sha256 from text_version where source_id = ? order by version desc"
    found: dict[int, str] = {}
    for version, text, kept, digest in project.rows(sql, (source_id,)):
        thin = _read(kept) if is_thin(text, digest) else None
        found[version] = text if thin is None else thin.of(found.get(thin.later, ""))
    return found


def all_texts(project: ProjectFile, sources: Iterable[int]) -> Iterator[str]:
    """Every text that these sources ever had and that is still known."""
    for source in sorted(sources):
        yield from (text for text in texts(project, source).values() if text)


def _read(kept: str) -> Thin | None:
    parts = kept.split(":", 3)
    if len(parts) < 4 or not all(part.isdecimal() for part in parts[:3]):
        return None
    return Thin(int(parts[0]), int(parts[1]), int(parts[2]), parts[3])


class Thinned(NamedTuple):
    """A version that will be thin."""

    source_id: int
    version: int
    kept: str
    freed: int
    """Characters that it held before."""


def thinnable(project: ProjectFile, source_id: int, needed: set[int]) -> Iterator[Thinned]:
    """The versions of a source that may lose their text, newest first; `needed` are those that keep it."""
    sql = "select version, text, lemmas, sha256 from text_version where source_id = ? order by version desc"
    later, above = 0, ""
    for batch in project.batches(sql, (source_id,), size=50):
        for version, stored, kept, digest in batch:
            if digest == NOTHING:
                continue
            text = stored or _of_line(project, source_id, version, kept, (later, above))
            if stored and later and version not in needed:
                way = difference(text, later=later, than=above)
                yield Thinned(source_id, version, str(way), len(text) + len(kept))
            later, above = version, text


def _of_line(project: ProjectFile, source_id: int, version: int, kept: str, next_one: tuple[int, str]) -> str:
    """The text of a thin version, where that of the next one is at hand."""
    thin = _read(kept)
    if thin is not None and thin.later == next_one[0]:
        return thin.of(next_one[1])
    return built(project, source_id, version)


def make_whole(writing: Writing, source_id: int, version: int, lemmatise: Callable[[str], str]) -> None:
    """Give a version its text and search words again, since it will count; nothing where it has them."""
    found = writing.rows(
        "select text, sha256 from text_version where source_id = ? and version = ?", (source_id, version)
    )
    if found and is_thin(*found[0]):
        text = built(writing.project, source_id, version)
        writing.execute(
            "update text_version set text = ?, lemmas = ? where source_id = ? and version = ?",
            (text, lemmatise(text), source_id, version),
        )


def make_thin(writing: Writing, versions: Iterable[Thinned]) -> None:
    """Take the texts away; that of a version that counts after all stays."""
    writing.executemany(
        "update text_version set text = '', lemmas = ?1 where source_id = ?2 and version = ?3"
        " and not exists (select 1 from source where source.id = ?2 and source.version = ?3)",
        [(each.kept, each.source_id, each.version) for each in versions],
    )
