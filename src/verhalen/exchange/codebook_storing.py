"""A codebook from a file into the project: new codes, and other words for those that are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from verhalen.i18n import mark
from verhalen.model.act import Act
from verhalen.model.codebook import Code, Codebook
from verhalen.model.text import Notice
from verhalen.store import codebook as store
from verhalen.store.project import ProjectFile, Writing

KEPT = mark("Codes that keep their patterns, since this file says nothing about these: {n} ({keys})")
_NAMED = 5
"""Codes that a sentence names."""


def store_codebook(
    project: ProjectFile, codebook: Codebook, *, silent: Collection[str] = ()
) -> tuple[int, int, tuple[str, ...]]:
    """Store new codes and bring known ones up to date, in one change. Other codes are left alone.

    Codes in `silent` keep the patterns that they have. Gives the numbers of new and of changed codes, and the keys of
    those that kept patterns.
    """
    with project.change(Act.IMPORT_CODEBOOK) as writing:
        return put_codebook(writing, codebook, silent=silent)


def put_codebook(
    writing: Writing, codebook: Codebook, *, silent: Collection[str] = ()
) -> tuple[int, int, tuple[str, ...]]:
    """The same within a change that does more."""
    new = changed = 0
    there = {code.key: code for code in store.codebook(writing.project)}
    kept = {key: there[key].patterns for key in silent if key in there and there[key].patterns}
    for code in _keep_order(codebook, there):
        before = there.get(code.key)
        if before is None:
            writing.targets.append(store.add_code(writing, code))
            new += 1
            continue
        wanted = replace(code, id=before.id, codings=0, patterns=kept.get(code.key, code.patterns))
        if replace(before, codings=0) != wanted:
            store.change_code(writing, wanted)
            writing.targets.append(before.id)
            changed += 1
    return new, changed, tuple(code.key for code in codebook if code.key in kept)


def kept_patterns(keys: Sequence[str]) -> list[Notice]:
    """What to say about codes that kept their patterns; nothing where none did."""
    named = ", ".join(keys[:_NAMED]) + (" …" if len(keys) > _NAMED else "")
    return [Notice(None, KEPT, {"n": len(keys), "keys": named})] if keys else []


def _keep_order(codebook: Codebook, there: Mapping[str, Code]) -> list[Code]:
    """Codes with the stored positions where siblings stand in the same order: gaps in the numbering are no change."""
    families: dict[str | None, list[Code]] = {}
    for code in codebook:
        families.setdefault(code.parent, []).append(code)
    stored: dict[str, int] = {}
    for parent, codes in families.items():
        known = [there[code.key] for code in codes if code.key in there]
        places = [(each.position, each.key) for each in known]
        if len(known) == len(codes) and all(each.parent == parent for each in known) and places == sorted(places):
            stored.update({each.key: each.position for each in known})
    return [replace(code, position=stored.get(code.key, code.position)) for code in codebook]
