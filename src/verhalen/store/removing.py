"""What belongs to somebody who withdraws: the rows to forget, and the turns to blank in talks in which others speak too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from verhalen.model.text import Span
from verhalen.store.project import ProjectFile
from verhalen.store.verdicts import verdicts_on_families

Roots = dict[str, set[int]]
"""Table to ids."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The words of some in one text, which stays for the others."""

    source_id: int
    number: int
    version: int
    spans: tuple[Span, ...]
    """Each from the label of its speaker on; in order, not overlapping."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything of a family, a person, a story, a voice, an attachment or a text."""

    roots: Roots
    blanks: tuple[Blank, ...] = ()
    about: tuple[int, ...] = ()
    """Numbers of texts of others in which the family is spoken of."""
    persons: frozenset[int] = field(default=frozenset())
    """Whose own consents end."""


def of_story(project: ProjectFile, story_id: int) -> Belongings:
    """A story with its text and those of all its voices, also of voices that were taken out of it before."""
    sql = """
        select source_id from story where id = ?1
        union select source_id from voice where story_id = ?1
        union select json_extract(image, '$.source_id') from change_row
        where tbl = 'voice' and image is not null and json_extract(image, '$.story_id') = ?1"""
    sources = {row[0] for row in project.rows(sql, (story_id,))}
    return Belongings({"story": {story_id}, "source": sources})


def of_voice(project: ProjectFile, voice_id: int) -> Belongings:
    """A further voice with its text; the story stays."""
    sources = {row[0] for row in project.rows("select source_id from voice where id = ?", (voice_id,))}
    return Belongings({"voice": {voice_id}, "source": sources})


def of_family(project: ProjectFile, family_id: int, *, keep_scores: bool) -> Belongings:
    """All that a family told, and the family itself unless its scores stay under another ground."""
    persons = _ids(project, "select id from person where family_id = ?", family_id)
    stories = _ids(project, "select id from story where family_id = ?", family_id)
    found = _said_by(project, persons, stories, voices=set())
    _put(found.roots, "source", _ids(project, "select id from source where family_id = ?", family_id))
    _put(found.roots, "mention", _ids(project, "select id from mention where family_id = ?", family_id))
    _put(
        found.roots, "verdict", verdicts_on_families(project, {family_id})
    )  # they weigh its words, scores or no scores
    if not keep_scores:
        _put(found.roots, "family", {family_id})
    sql = """
        select distinct source.number from mention join source on source.id = source_id
        where mention.family_id = ? and source.id not in (select value from json_each(?)) order by source.number"""
    gone = json.dumps(sorted(found.roots.get("source", ())))
    about = tuple(row[0] for row in project.rows(sql, (family_id, gone)))
    return Belongings(found.roots, found.blanks, about, frozenset(persons))


def of_person(project: ProjectFile, person_id: int, *, keep_scores: bool) -> Belongings:
    """All that somebody told, in stories, as a further voice and in talks; and the person, unless scores stay."""
    teller = """
        select story.id from story join person on person.family_id = story.family_id join family on family.id = person.family_id
        where person.id = ? and voice_member <> '' and person.key = family.key || '.' || voice_member"""
    further = """
        select voice.id from voice join story on story.id = voice.story_id join person on person.family_id = story.family_id
        join family on family.id = person.family_id
        where person.id = ? and member <> '' and person.key = family.key || '.' || member"""
    stories, voices = _ids(project, teller, person_id), _ids(project, further, person_id)
    found = _said_by(project, {person_id}, stories, voices=voices)
    if not keep_scores:
        _put(found.roots, "person", {person_id})
    return Belongings(found.roots, found.blanks, (), frozenset({person_id}))


def _ids(project: ProjectFile, sql: str, number: int) -> set[int]:
    return {row[0] for row in project.rows(sql, (number,))}


def _put(roots: Roots, table: str, ids: Iterable[int]) -> None:
    new = set(ids)
    if new:
        roots.setdefault(table, set()).update(new)


def _said_by(project: ProjectFile, persons: set[int], stories: set[int], *, voices: set[int]) -> Belongings:
    roots: Roots = {}
    for part in (*(of_story(project, each) for each in stories), *(of_voice(project, each) for each in voices)):
        for table, ids in part.roots.items():
            _put(roots, table, ids)
    blanks = []
    for source, speakers in _talks(project, persons).items():
        if _others_speak(project, source, persons):
            blanks.append(_blank(project, source, speakers))
            _put(roots, "speaker", speakers)
            for table in ("coding", "mention", "signal_span"):
                _put(roots, table, _only_in(project, table, source, blanks[-1].spans))
        else:
            _put(roots, "source", {source})
    return Belongings(roots, tuple(blanks))


def _talks(project: ProjectFile, persons: set[int]) -> dict[int, set[int]]:
    """Texts in which any of them speaks, with their speakers there."""
    found: dict[int, set[int]] = {}
    sql = "select source_id, id from speaker where person_id in (select value from json_each(?))"
    for source, speaker in project.rows(sql, (json.dumps(sorted(persons)),)):
        found.setdefault(source, set()).add(speaker)
    return found


def _others_speak(project: ProjectFile, source: int, persons: set[int]) -> bool:
    """Whether somebody of a family has words there who does not withdraw."""
    sql = """
        select count(*) from speaker where source_id = ? and person_id is not null
        and person_id not in (select value from json_each(?))
        and exists (select 1 from turn where turn.speaker_id = speaker.id)"""
    return bool(project.number(sql, (source, json.dumps(sorted(persons)))))


def _blank(project: ProjectFile, source: int, speakers: set[int]) -> Blank:
    row = project.row(
        "select number, source.version, text from source join text_version"
        " on text_version.source_id = source.id and text_version.version = source.version where source.id = ?",
        (source,),
    )
    assert row is not None, "it was listed a moment ago"
    number, version, text = row
    sql = """
        select start, stop, speaker_id, coalesce(speaker.name, '') from turn
        left join speaker on speaker.id = turn.speaker_id where turn.source_id = ? order by start"""
    spans, before = [], 0
    for start, stop, speaker, name in project.rows(sql, (source,)):
        if speaker in speakers:
            label = text.rfind(name, before, start) if name else -1
            spans.append(Span(label if label >= 0 else start, stop))
        before = stop
    return Blank(source, number, version, tuple(spans))


def _only_in(project: ProjectFile, table: str, source: int, spans: tuple[Span, ...]) -> set[int]:
    """Rows all of whose words lie in these spans; what holds words of others too stays for them."""
    turns = [
        Span(start, stop) for start, stop in project.rows("select start, stop from turn where source_id = ?", (source,))
    ]
    others = [turn for turn in turns if not any(turn.overlaps(span) for span in spans)]
    found = set()
    for row, start, stop in project.rows(f"select id, start, stop from {table} where source_id = ?", (source,)):
        place = Span(start, stop)
        if any(place.overlaps(span) for span in spans) and not any(place.overlaps(turn) for turn in others):
            found.add(row)
    return found
