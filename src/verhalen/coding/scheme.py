"""The interpretation scheme: a few codes with which every story is marked up, the same ones each time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.coding.codebook_editing import insert_code
from verhalen.i18n import mark, t
from verhalen.model.act import Act
from verhalen.model.codebook import Code, Codebook
from verhalen.model.coding import Coding
from verhalen.store import codebook as codes
from verhalen.store import drafts
from verhalen.store.codings import codings_of, pieces_of
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile

MOST = 9
"""So many elements have a digit, with one digit left for another code."""
ROOT = "schema"
_KEPT = "scheme"
_PARENT = (mark("Scheme of a story"), mark("With these codes every story is marked up in the same way."))
_DEFAULT = (
    ("schema.kern", mark("Core change"), mark("What changed, in the words of the teller.")),
    ("schema.oorzaak", mark("Causes"), mark("How it came about: who or what had a part in it.")),
    ("schema.gevolg", mark("Consequences"), mark("What came of it, for whom.")),
    ("schema.context", mark("Personal context"), mark("What one must know of this family to understand the change.")),
)


@dataclass(frozen=True, slots=True)
class Element:
    """One code of the scheme."""

    key: str
    name: str
    code_id: int
    """0 where the code of the shipped scheme was not made yet."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked up in a story for one element."""

    element: Element
    parts: tuple[tuple[int, int, int], ...]
    """Source, start and stop of each part, in reading order; the same words marked by two coders count once."""


def elements(project: ProjectFile) -> list[Element]:
    """The scheme: what the team chose, as far as those codes are still there, or else the shipped one."""
    book = codes.codebook(project, counted=False)
    chosen = _kept(project)
    found = [Element(each.key, each.name, each.id) for number in chosen for each in book if each.id == number]
    return found or _shipped(book)


def _kept(project: ProjectFile) -> list[int]:
    """Codes by their id, so that another key changes nothing."""
    try:
        return [int(each) for each in json.loads(drafts.view(project, _KEPT) or "[]")]
    except (ValueError, TypeError):
        return []


def _shipped(book: Codebook) -> list[Element]:
    there = {each.key: each for each in book}
    return [
        Element(key, there[key].name, there[key].id) if key in there else Element(key, t(name), 0)
        for key, name, _ in _DEFAULT
    ]


def use(project: ProjectFile, keys: Sequence[str]) -> None:
    """Let the team's own codes be the scheme, in this order; none brings the shipped one back.

    Raises UnknownCode, and BadInput where there are more than have a digit.
    """
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST:
        raise errors.BadInput(reason=t("a scheme has at most {n} codes: one for each digit", n=MOST))
    book = codes.codebook(project, counted=False)
    numbers = []
    for key in wanted:
        code = book.find(key)
        if code is None:
            raise unknown_code(project, key)
        numbers.append(code.id)
    _keep(project, numbers)


def _keep(project: ProjectFile, numbers: Sequence[int]) -> None:
    drafts.keep_view(project, _KEPT, json.dumps(numbers))


def make(project: ProjectFile) -> list[Element]:
    """Make the codes of the shipped scheme that are not there yet, in one change; the scheme as it is then."""
    missing = [each for each in elements(project) if not each.code_id]
    if not missing:
        return elements(project)
    with project.change(Act.ADD_CODE) as writing:
        if codes.code_id(project, ROOT) is None:
            name, definition = _PARENT
            insert_code(writing, Code(ROOT, t(name), t(definition)), last=True)
        told = {key: definition for key, _, definition in _DEFAULT}
        for each in missing:
            insert_code(writing, Code(each.key, each.name, t(told[each.key]), parent=ROOT), last=True)
    _keep(project, [each.code_id for each in elements(project)])  # another key later changes nothing
    return elements(project)


def marked(project: ProjectFile, sources: Sequence[int]) -> list[Marked]:
    """What is marked up in the texts of a story, per element; an element without parts is still missing."""
    scheme = elements(project)
    found = [each for source in sources for each in codings_of(project, source)]
    return [Marked(each, _parts(found, each)) for each in scheme]


def _parts(found: Sequence[Coding], element: Element) -> tuple[tuple[int, int, int], ...]:
    own = (each for each in found if each.code_id == element.code_id)
    return tuple(dict.fromkeys((each.source_id, each.start, each.stop) for each in own))


def stories_marked(project: ProjectFile, sources: Mapping[int, str]) -> dict[str, frozenset[str]]:
    """Keys of the stories in which an element is marked up, by key of the element; `sources` say whose text each is."""
    listed = elements(project)
    found: dict[str, set[str]] = {each.key: set() for each in listed}
    scheme = {each.code_id: each.key for each in listed if each.code_id}
    for piece in pieces_of(project, list(scheme)):
        if piece.source_id in sources:
            found[scheme[piece.code_id]].add(sources[piece.source_id])
    return {key: frozenset(stories) for key, stories in found.items()}
