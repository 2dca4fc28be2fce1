"""The rules of the codebook: add, edit, move and delete codes; each act is one change and one undo step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.i18n import t, tn
from verhalen.model.act import Act
from verhalen.model.codebook import KEY, Code, Codebook
from verhalen.model.text import normal_text
from verhalen.store import codebook as store
from verhalen.store import scores
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile, Writing

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes in a code; None leaves a field as it is, so that two windows do not undo each other's fields."""

    key: str | None = None
    """References to the old key, in backticks in the texts of all codes, follow; so do keys that begin with it."""
    name: str | None = None
    definition: str | None = None
    include: str | None = None
    exclude: str | None = None
    colour: str | None = None
    """`#rrggbb`, or empty for that of the parent."""
    deprecated: bool | None = None
    evidence: tuple[str, ...] | None = None
    touches: tuple[str, ...] | None = None


# -- what holds for one code -------------------------------------------------------------------------------------------


def checked(code: Code, domains: Sequence[str], *, before: Code | None = None) -> Code:
    """The code in the form in which it is kept. Raises BadCode. `domains` are those of the project."""
    name = " ".join(_words(code.name).split())
    if not name:
        raise errors.BadCode(reason=t("a code needs a name"))
    if code.colour and not _COLOUR.fullmatch(code.colour):
        raise errors.BadCode(reason=t("{colour} is no colour; write it as #2f6f9f", colour=code.colour))
    evidence = tuple(dict.fromkeys(code.evidence))
    touches = tuple(key for key in dict.fromkeys(code.touches) if key not in evidence)
    had = {*before.evidence, *before.touches} if before else set()
    for key in (*evidence, *touches):
        if key not in domains and key not in had:
            raise errors.BadCode(reason=t("there is no life domain {domain}", domain=key))
    definition, include, exclude = (_words(text).strip() for text in (code.definition, code.include, code.exclude))
    return replace(
        code, name=name, definition=definition, include=include, exclude=exclude, evidence=evidence, touches=touches
    )


def checked_key(key: str) -> str:
    """A key that can be typed in queries and stands in tables. Raises BadCode."""
    key = key.strip()
    if not KEY.fullmatch(key):
        reason = t("{key} is no key: use lower case, digits, dots and underscores", key=key or '""')
        raise errors.BadCode(reason=reason)
    return key


def _words(text: str) -> str:
    """Normal form, with one kind of line break and without control characters."""
    kept = normal_text(text).translate(_BREAKS)
    return "".join(letter for letter in kept if letter in "\n\t" or unicodedata.category(letter) != "Cc")


def alike(book: Codebook, name: str, *, besides: int = 0) -> tuple[str, ...]:
    """Keys of other codes with the same name, whatever its capitals: allowed, but worth a warning."""
    wanted = " ".join(_words(name).split()).casefold()
    return tuple(code.key for code in book if code.name.casefold() == wanted and code.id != besides)


def below(book: Codebook, code: Code) -> list[Code]:
    """All codes under this one, at any depth."""
    under, found = {code.key}, list[Code]()
    for each in book:  # parents come before their children
        if each.parent in under and each.key != code.key:
            under.add(each.key)
            found.append(each)
    return found


def siblings(book: Codebook, parent: str | None) -> list[Code]:
    """The codes that stand right under this one, in their order."""
    return [code for code in book if code.parent == parent]


# -- acts --------------------------------------------------------------------------------------------------------------


def add_code(project: ProjectFile, code: Code, *, last: bool = False, place: int | None = None) -> int:
    """Add a code; its key must be new and its parent there. `last` puts it behind its siblings, `place` among them."""
    with project.change(Act.ADD_CODE) as writing:
        return insert_code(writing, code, last=last, place=place)


def insert_code(writing: Writing, code: Code, *, last: bool = False, place: int | None = None) -> int:
    """Add a code inside an open change; give its id."""
    project = writing.project
    book = store.codebook(project, counted=False)
    code = checked(code, _domains(project))
    if book.find(code.key) is not None:
        raise errors.CodeExists(key=code.key)
    if code.parent is not None and book.find(code.parent) is None:
        raise unknown_code(project, code.parent)
    others = siblings(book, code.parent)
    if last or place is not None:
        place = len(others) if place is None else max(0, min(place, len(others)))
        code = replace(code, position=_position(others, place))
        _make_room(writing, others[place:], code.position)
    number = store.add_code(writing, code)
    writing.targets.append(number)
    return number


def edit_code(project: ProjectFile, code_id: int, edit: Edit, *, seen: Code | None = None) -> None:
    """Change the fields that `edit` names, in one change; raises UnknownCode, CodeExists, BadCode.

    With the code as it was `seen`, raises StaleCode where somebody changed one of those fields since, to something else.
    """
    with project.change(Act.EDIT_CODE, code_id) as writing:
        book = store.codebook(project, counted=False)
        before = by_id(book, code_id)
        named = {field: value for field in Edit.__dataclass_fields__ if (value := getattr(edit, field)) is not None}
        now = {field: getattr(before, field) for field in named}
        if seen is not None and any(now[field] not in (getattr(seen, field), named[field]) for field in named):
            raise errors.StaleCode(key=before.key)
        wanted = {field: value for field, value in named.items() if field != "key"}
        after = checked(replace(before, **wanted), _domains(project), before=before)
        store.rewrite_code(writing, before, after)
        if edit.key is not None and (key := checked_key(edit.key)) != before.key:
            _rekey(writing, store.codebook(project, counted=False), before.key, key)


def _rekey(writing: Writing, book: Codebook, old: str, new: str) -> None:
    """Give a code another key; keys below it that begin with the old one follow, and so do references in texts."""
    root = book.find(old)
    assert root is not None, "just written"
    dotted = [code for code in below(book, root) if code.key.startswith(f"{old}.")]
    keys = {old: new, **{code.key: new + code.key.removeprefix(old) for code in dotted}}
    for key in keys.values():
        if key not in keys and book.find(key) is not None:
            raise errors.CodeExists(key=key)
    refer(writing, book, keys)
    for number, key in [(code.id, keys[code.key]) for code in (root, *dotted)]:
        current = by_id(store.codebook(writing.project, counted=False), number)
        store.rewrite_code(writing, current, replace(current, key=key))


def refer(writing: Writing, book: Codebook, keys: dict[str, str], *, besides: int = 0) -> None:
    """Follow other keys in the texts of all codes, where they stand in backticks as `rol.vertrouwen`."""
    pattern = re.compile("`(" + "|".join(map(re.escape, sorted(keys, key=len, reverse=True))) + ")`")
    for code in book:
        if code.id == besides:
            continue
        definition, include, exclude = (
            pattern.sub(lambda found: f"`{keys[found[1]]}`", text)
            for text in (code.definition, code.include, code.exclude)
        )
        after = replace(code, definition=definition, include=include, exclude=exclude)
        store.rewrite_code(writing, code, after)


def move_code(project: ProjectFile, code_id: int, *, parent: str | None, place: int | None = None) -> None:
    """Put a code, with all below it, under another parent (None: on top) at a place from 0; None puts it last.

    Raises UnknownCode and CodeBelowItself.
    """
    with project.change(Act.EDIT_CODE, code_id) as writing:
        book = store.codebook(project, counted=False)
        code = by_id(book, code_id)
        if parent is not None and book.find(parent) is None:
            raise unknown_code(project, parent)
        if parent == code.key or parent in {each.key for each in below(book, code)}:
            raise errors.CodeBelowItself(key=code.key)
        others = [each for each in siblings(book, parent) if each.id != code_id]
        place = len(others) if place is None else max(0, min(place, len(others)))
        if code.parent != parent or siblings(book, parent).index(code) != place:
            after = replace(code, parent=parent, position=_position(others, place))
            store.rewrite_code(writing, code, after)
            _make_room(writing, others[place:], after.position)


def _position(others: Sequence[Code], place: int) -> int:
    """The number behind the sibling that comes before this place."""
    return others[place - 1].position + 1 if place else 0


def _make_room(writing: Writing, behind: Sequence[Code], last: int) -> None:
    """Number the siblings behind a code again, only as far as needed: what stays the same stays untouched."""
    for each in behind:
        if each.position > last:
            break
        last += 1
        store.rewrite_code(writing, each, replace(each, position=last))


def remove_code(project: ProjectFile, code_id: int) -> None:
    """Delete a code on which nothing hangs; raises CodeInUse."""
    with project.change(Act.REMOVE_CODE, code_id) as writing:
        book = store.codebook(project, counted=False)
        code = by_id(book, code_id)
        reason = _in_use(project, book, code)
        if reason:
            raise errors.CodeInUse(key=code.key, reason=reason)
        store.remove_code(writing, code_id)


def _in_use(project: ProjectFile, book: Codebook, code: Code) -> str:
    """What hangs on it, in words; empty where nothing does."""
    codings, children = store.number_of_codings(project, code.id), len(siblings(book, code.key))
    memos = store.number_of_memos(project, code.id)
    parts = [
        tn("{n} coding", "{n} codings", codings) if codings else "",
        tn("{n} code below it", "{n} codes below it", children) if children else "",
        tn("{n} memo", "{n} memos", memos) if memos else "",
    ]
    return ", ".join(filter(None, parts))


def by_id(book: Codebook, code_id: int) -> Code:
    """The code with this id; raises UnknownCode."""
    found = next((code for code in book if code.id == code_id), None)
    if found is None:
        raise errors.UnknownCode(key=code_id)
    return found


def _domains(project: ProjectFile) -> list[str]:
    return [domain.key for domain in scores.domain_list(project).domains]
