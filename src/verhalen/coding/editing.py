"""Coding: the rules of applying, removing and changing codings; each act is one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from verhalen import errors
from verhalen.coding.codebook_editing import insert_code
from verhalen.coding.codebook_merging import both_memos
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Coding, Valence
from verhalen.model.text import Mention, Span
from verhalen.store import codebook as codes
from verhalen.store import codings, sources
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile, Writing
from verhalen.store.versions import text_of


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a code did."""

    coding_id: int
    existed: bool


@dataclass(frozen=True, slots=True)
class Intent:
    """A coder wants this code at this place; `version` is the version of the text that was on the screen."""

    source_id: int
    start: int
    stop: int
    code: str
    valence: Valence = Valence.NONE
    memo: str = ""
    version: int | None = None


def apply_codes(project: ProjectFile, intents: Sequence[Intent], *, act: Act = Act.CODE) -> list[Applied]:
    """Apply several codes in one change. A coding that exists already is not made twice.

    `act` says where they come from: a coder's own eye, or a suggestion that was accepted.
    """
    with project.change(act) as writing:
        applied = [_apply(writing, intent) for intent in intents]
        for intent, result in zip(intents, applied, strict=True):
            if not result.existed:
                writing.targets.extend((_code_id(project, intent.code), intent.source_id, result.coding_id))
    return applied


def autocode(project: ProjectFile, intents: Sequence[Intent]) -> list[Applied]:
    """Give what a person accepted of a list of proposals its code, in one change that the history tells apart."""
    with project.change(Act.AUTOCODE) as writing:
        applied = [_apply(writing, intent) for intent in intents]
        made = [intent for intent, result in zip(intents, applied, strict=True) if not result.existed]
        writing.targets.extend(dict.fromkeys(_code_id(project, intent.code) for intent in made))
        writing.targets.extend(dict.fromkeys(intent.source_id for intent in made))
    return applied


def _apply(writing: Writing, intent: Intent) -> Applied:
    project = writing.project
    span = checked_span(project, intent.source_id, start=intent.start, stop=intent.stop, version=intent.version)
    code = _code_id(project, intent.code)
    there = codings.same_coding(
        project, source_id=intent.source_id, start=span.start, stop=span.stop, code_id=code, coder_id=project.coder_id
    )
    if there is not None:
        return Applied(there, existed=True)
    new = codings.add_coding(
        writing,
        source_id=intent.source_id,
        start=span.start,
        stop=span.stop,
        code_id=code,
        valence=intent.valence,
        memo=intent.memo,
    )
    return Applied(new, existed=False)


def apply_new(project: ProjectFile, code: Code, intent: Intent) -> Applied:
    """Make a code, behind those beside it, and give it to its first fragment, in one change."""
    with project.change(Act.ADD_CODE) as writing:
        insert_code(writing, code, last=True)
        applied = _apply(writing, replace(intent, code=code.key))
        writing.targets.extend((intent.source_id, applied.coding_id))
    return applied


def checked_span(project: ProjectFile, source_id: int, *, start: int, stop: int, version: int | None = None) -> Span:
    """The span, if it lies in the text that counts now."""
    source = sources.source_by_id(project, source_id)
    if source is None:
        raise errors.UnknownSource(key=source_id)
    if version is not None and version != source.version:
        raise errors.StaleText
    if not 0 <= start < stop <= source.characters:
        raise errors.BadSpan(start=start, stop=stop, length=source.characters)
    return Span(start, stop)


def _code_id(project: ProjectFile, key: str) -> int:
    found = codes.code_id(project, key)
    if found is None:
        raise unknown_code(project, key)
    return found


def _coding(project: ProjectFile, coding_id: int) -> Coding:
    found = codings.coding_by_id(project, coding_id)
    if found is None:
        raise errors.UnknownCoding(key=coding_id)
    return found


def remove_codings(project: ProjectFile, ids: Sequence[int]) -> None:
    """Take codings away in one change."""
    with project.change(Act.UNCODE) as writing:
        for number in ids:
            coding = _coding(project, number)
            writing.targets.extend((coding.code_id, coding.source_id, number))
            codings.remove_coding(writing, number)


def set_valence(project: ProjectFile, coding_id: int, valence: Valence) -> None:
    """Say whether a fragment is good news, bad news or both."""
    with project.change(Act.VALENCE) as writing:
        coding = _coding(project, coding_id)
        writing.targets.extend((coding.code_id, coding.source_id, coding_id))
        codings.change_coding(writing, coding_id, valence=valence)


def set_memo(project: ProjectFile, coding_id: int, memo: str, *, seen: str | None = None) -> None:
    """Write the memo of a coding. Where another window wrote one since it was `seen`, both stay, under each other."""
    with project.change(Act.CODING_MEMO) as writing:
        coding = _coding(project, coding_id)
        if seen is not None and coding.memo != seen:
            memo = both_memos(coding.memo, memo)
        writing.targets.extend((coding.code_id, coding.source_id, coding_id))
        codings.change_coding(writing, coding_id, memo=memo)


def resize(project: ProjectFile, coding_id: int, *, start: int, stop: int, version: int | None = None) -> None:
    """Move the borders of a coding."""
    with project.change(Act.RESIZE) as writing:
        coding = _coding(project, coding_id)
        span = checked_span(project, coding.source_id, start=start, stop=stop, version=version)
        _refuse_double(project, replace(coding, start=span.start, stop=span.stop))
        writing.targets.extend((coding.code_id, coding.source_id, coding_id))
        codings.change_coding(writing, coding_id, start=span.start, stop=span.stop)


def recode(project: ProjectFile, coding_id: int, key: str) -> None:
    """Give a coding another code, in place."""
    with project.change(Act.RECODE) as writing:
        coding = _coding(project, coding_id)
        wanted = _code_id(project, key)
        _refuse_double(project, replace(coding, code_id=wanted, code=key))
        writing.targets.extend((wanted, coding.source_id, coding_id))
        codings.change_coding(writing, coding_id, code_id=wanted)


def _refuse_double(project: ProjectFile, wanted: Coding) -> None:
    """Two codings of one coder may not become one: each has a valence and a memo, and neither may get lost."""
    there = codings.same_coding(
        project,
        source_id=wanted.source_id,
        start=wanted.start,
        stop=wanted.stop,
        code_id=wanted.code_id,
        coder_id=wanted.coder_id,
    )
    if there not in (None, wanted.id):
        raise errors.SameCoding(key=wanted.code)


def mention(
    project: ProjectFile, source_id: int, span: Span, *, family_id: int, version: int | None = None
) -> int | None:
    """Say that a fragment is about a family; None where that was said already."""
    with project.change(Act.MENTION, family_id, source_id) as writing:
        place = checked_span(project, source_id, start=span.start, stop=span.stop, version=version)
        return sources.add_mention(writing, source_id, start=place.start, stop=place.stop, family_id=family_id)


def mention_many(
    project: ProjectFile,
    source_id: int,
    *,
    start: int,
    stop: int,
    families: Sequence[int],
    gone: Sequence[Mention] = (),
    version: int | None = None,
) -> list[int]:
    """Say of a fragment that it is about these families, and take the mentions `gone` back, in one change; give the new ids."""
    act = Act.ABOUT if families and gone else Act.UNMENTION if gone else Act.MENTION
    named = [*families, *(each.family_id for each in gone)]
    with project.change(act, *named[:1], source_id, *named[1:]) as writing:
        place = checked_span(project, source_id, start=start, stop=stop, version=version)
        for each in gone:
            sources.remove_mention(writing, each.id)
        made = [
            sources.add_mention(writing, source_id, start=place.start, stop=place.stop, family_id=number)
            for number in dict.fromkeys(families)
        ]
    return [number for number in made if number is not None]


def unmention(project: ProjectFile, mention_id: int, *, family_id: int, source_id: int) -> None:
    """Take a mention away."""
    with project.change(Act.UNMENTION, family_id, source_id) as writing:
        sources.remove_mention(writing, mention_id)


def text_now(project: ProjectFile, source_id: int) -> str:
    """The text of a source as it counts now."""
    source = sources.source_by_id(project, source_id)
    found = text_of(project, source_id, source.version) if source else None
    if found is None:
        raise errors.UnknownSource(key=source_id)
    return found.text
