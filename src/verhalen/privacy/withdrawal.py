"""Withdrawing: who or what a key names, what goes with it, and doing it (methods.md G4)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from verhalen import errors
from verhalen.i18n import mark, t
from verhalen.language.lemmas import lemma_text
from verhalen.model.codes import no_family, no_person
from verhalen.model.ids import decode_id
from verhalen.privacy.remnants import GONE, Runs
from verhalen.privacy.swaps import SwapMap, apply_swaps
from verhalen.store import forget, masking, removing
from verhalen.store import sources as source_store
from verhalen.store.families import family_ids, person_ids
from verhalen.store.project import ProjectFile
from verhalen.store.removing import Belongings, Blank
from verhalen.store.thin_texts import all_texts

KINDS: dict[str, str] = {
    "family": mark("family {key}"),
    "person": mark("everything of {key}"),
    "story": mark("story {key}"),
    "voice": mark("voice {key}"),
    "attachment": mark("attachment {key}"),
    "source": mark("source {key}"),
}
"""What a key may name, to its marked words."""
_TOLD = {
    "story": (
        *("title", "before", "now", "how", "why", "not_asked_reason"),
        *("own_words", "changes", "something_else"),
    ),
    "voice": ("own_words",),
    "attachment": ("described",),
}
"""Columns that hold what was told, beside the texts themselves."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go, looked up and not yet touched."""

    kind: str
    """One of `KINDS`."""
    belongings: Belongings
    going: forget.Going
    texts: tuple[str, ...]
    """Everything that was said: nothing of it may be found afterwards."""
    originals: frozenset[str]
    """SHA-256 of the files that held it."""
    numbers: tuple[int, ...]
    """Numbers of the texts that go whole."""


def plan(project: ProjectFile, key: str, *, keep_scores: bool = False) -> Plan:
    """Look up what a key names: a family, person, story, voice, attachment or the number of a text. Raises Unknown."""
    return _plan(project, *_named(project, key.strip(), keep_scores=keep_scores))


def plan_rows(project: ProjectFile, roots: dict[str, set[int]]) -> Plan:
    """The same for rows that were withdrawn in another copy of the project, by table."""
    return _plan(project, "source", Belongings(roots))


def _plan(project: ProjectFile, kind: str, belongings: Belongings) -> Plan:
    going = forget.what_goes(project, {table: set(ids) for table, ids in belongings.roots.items()})
    sources = json.dumps(sorted(going.all_of("source")))
    texts = list(dict.fromkeys(all_texts(project, going.all_of("source"))))
    for table, columns in _TOLD.items():
        wanted = json.dumps(sorted(going.rows.get(table, ())))
        told = f"select {', '.join(columns)} from {table} where id in (select value from json_each(?))"
        texts += [value for row in project.rows(told, (wanted,)) for value in row if value]
    for blank in belongings.blanks:
        whole = _text(project, blank)
        texts += [whole[span.start : span.stop] for span in blank.spans]
    files = "select original_sha256 from source where id in (select value from json_each(?)) and kind <> 'story'"
    originals = {row[0] for row in project.rows(files, (sources,))}
    numbers = (
        "select number from source where id in (select value from json_each(?)) and kind <> 'story' order by number"
    )
    return Plan(
        kind,
        belongings,
        going,
        tuple(dict.fromkeys(texts)),
        frozenset(originals),
        tuple(row[0] for row in project.rows(numbers, (sources,))),
    )


_DIGITS = 19
"""A longer number is no number of a text."""
_STORY, _SOURCE = ("verhaal", "story"), ("bron", "source")
"""What may stand before a number that is both: `verhaal:3`, `bron:3`."""
BOTH = mark("{key} is a story and a text too; write {story} or {source}")


def split_kind(key: str) -> tuple[str, str]:
    """The word before a key, if one stands there, and the key."""
    kind, colon, rest = key.partition(":")
    return (kind, rest) if colon and kind in (*_STORY, *_SOURCE) else ("", key)


def _named(project: ProjectFile, key: str, *, keep_scores: bool) -> tuple[str, Belongings]:
    kind, rest = split_kind(key)
    story = project.row("select id from story where key = ?", (rest,)) if kind not in _SOURCE else None
    is_number = kind not in _STORY and rest.isdecimal() and len(rest) < _DIGITS
    source = source_store.source_by_number(project, int(rest)) if is_number else None
    if story is not None and source is not None:
        names = {"story": f"{_STORY[0]}:{key}", "source": f"{_SOURCE[0]}:{key}"}
        raise errors.BadInput(reason=t(BOTH, key=key, **names))
    if story is not None:
        return "story", removing.of_story(project, story[0])
    if source is not None:
        return "source", Belongings({"source": {source.id}})
    if "/" in key:
        return "attachment", Belongings({"attachment": {attachment_id(project, key)}})
    if (voice := _voice(project, key)) is not None:
        return "voice", removing.of_voice(project, voice)
    if (person := person_ids(project).get(key)) is not None:
        return "person", removing.of_person(project, person, keep_scores=keep_scores)
    if (family := family_ids(project).get(key)) is not None:
        return "family", removing.of_family(project, family, keep_scores=keep_scores)
    raise unknown_key(project, key, else_=no_family(key))


def unknown_key(project: ProjectFile, key: str, *, else_: errors.VerhalenError) -> errors.VerhalenError:
    """What to raise for a key that names nothing: it has the form of a voice, of a person, or `else_`."""
    story, _, place = key.rpartition(".")
    if place.isdecimal() and project.number("select count(*) from story where key = ?", (story,)):
        return errors.UnknownVoice(key=key)
    return no_person(key) if "." in key else else_


def _voice(project: ProjectFile, key: str) -> int | None:
    story, _, position = key.rpartition(".")
    sql = "select voice.id from voice join story on story.id = story_id where key = ? and position = ?"
    row = project.row(sql, (story, int(position))) if story and position.isdecimal() else None
    return row[0] if row else None


def attachment_id(project: ProjectFile, key: str) -> int:
    """The row behind `V07/ID`, or behind the id alone. Raises UnknownAttachment."""
    number = decode_id(key.rpartition("/")[2])
    story = key.rpartition("/")[0]
    sql = """
        select attachment.id from attachment join story on story.id = story_id
        where attachment.id = ?1 and (?2 = '' or story.key = ?2)"""
    row = project.row(sql, (number, story)) if number is not None else None
    if row is None:
        raise errors.UnknownAttachment(key=key)
    found: int = row[0]
    return found


def _text(project: ProjectFile, blank: Blank) -> str:
    sql = "select text from text_version where source_id = ? and version = ?"
    row = project.row(sql, (blank.source_id, blank.version))
    return str(row[0]) if row else ""


def carry_out(project: ProjectFile, made: Plan) -> bool:
    """Do it; False where another window must close before the last traces are gone from the file.

    Talks in which others speak are blanked first, each for good as by a mask: a stop in between is taken up by doing it again.
    """
    words = Runs(made.texts).without
    for blank in made.belongings.blanks:
        text = _text(project, blank)
        swaps = [(span, GONE) for span in blank.spans]
        order = masking.Mask(
            source_id=blank.source_id,
            version=blank.version,
            text=apply_swaps(text, swaps),
            move=SwapMap.of(swaps).move,
            words=words,
            lemmatise=lemma_text,
        )
        masking.mask(project, order)
    return forget.forget(
        project, made.going, words=words, blanked=[blank.source_id for blank in made.belongings.blanks]
    )
