"""Sources, their texts, turns and speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verhalen.model.text import Landmark, Mention, Source, SourceKind, Speaker, Turn
from verhalen.store.project import ProjectFile, Row, Writing, now
from verhalen.store.sight import seen
from verhalen.store.versions import add_first_version

READ, UNREAD = 1, 2
"""Values of `source.masked`: names were replaced, and a person looked at it or did not yet."""

_SOURCE = """
select source.id, number, title, kind, source.version,
       (select length(text) from text_version v where v.source_id = source.id and v.version = source.version),
       (select count(*) from turn where turn.source_id = source.id),
       (select count(*) from coding where coding.source_id = source.id and {seen}),
       imported, masked
from source
"""


def _sql(project: ProjectFile) -> str:
    return _SOURCE.format(seen=seen(project))


def _source(row: Row) -> Source:
    number, ordinal, title, kind, version, characters, turns, codings, imported, masked = row
    return Source(
        id=number,
        number=ordinal,
        title=title,
        kind=_kind(kind),
        version=version,
        characters=characters or 0,
        turns=turns,
        codings=codings,
        imported=imported,
        masked=bool(masked),
        unread=masked == UNREAD,
    )


def _kind(text: str) -> SourceKind:
    return "note" if text == "note" else "story" if text == "story" else "transcript"


def all_sources(project: ProjectFile, *, kind: SourceKind | None = None) -> list[Source]:
    """All sources by number."""
    where = " where kind = ?" if kind else ""
    return [_source(row) for row in project.rows(_sql(project) + where + " order by number", (kind,) if kind else ())]


def source_by_id(project: ProjectFile, source_id: int) -> Source | None:
    """One source."""
    row = project.row(_sql(project) + " where source.id = ?", (source_id,))
    return _source(row) if row else None


def source_by_number(project: ProjectFile, number: int) -> Source | None:
    """One source by its short number."""
    row = project.row(_sql(project) + " where number = ? order by source.id limit 1", (number,))
    return _source(row) if row else None


@dataclass(frozen=True, slots=True)
class NewSource:
    """What is needed to store a source."""

    title: str
    kind: SourceKind
    suffix: str
    text: str
    lemmas: str
    turns: Sequence[Turn]
    original: bytes | None
    original_sha256: str
    family_id: int | None = None
    masked: int = 0
    """0 not, `READ` by a person, `UNREAD` by the program alone."""
    landmarks: Sequence[Landmark] = ()
    original_suffix: str | None = None
    """Of what is kept as original, where that is not the file itself."""


def add_source(writing: Writing, new: NewSource) -> int:
    """Store a source with its first version, speakers, turns and original; give its id."""
    source_id = writing.new_id()
    number = writing.project.number("select max(number) from source") + 1
    add_first_version(writing, source_id, text=new.text, lemmas=new.lemmas)
    writing.execute(
        "insert into source values (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
        (
            source_id,
            number,
            new.kind,
            new.title,
            new.suffix,
            new.original_sha256,
            new.masked,
            new.family_id,
            now(),
        ),
    )
    if new.original is not None:
        kept = new.original_suffix or new.suffix
        add_original(writing, source_id, new.original, digest=new.original_sha256, suffix=kept)
    add_turns(writing, source_id, new.turns)
    add_landmarks(writing, source_id, new.landmarks)
    return source_id


def add_original(writing: Writing, source_id: int, data: bytes, *, digest: str, suffix: str) -> None:
    """Keep a file as it came in, beside the ones from which the source was read before."""
    writing.execute("insert or replace into original values (?, ?, ?, ?)", (source_id, digest, suffix, data))


def set_title(writing: Writing, source_id: int, title: str) -> None:
    """Give a source another title."""
    writing.execute("update source set title = ? where id = ?", (title, source_id))


def add_landmarks(writing: Writing, source_id: int, landmarks: Sequence[Landmark]) -> None:
    """Store pages and moments of the recording."""
    ids = writing.new_ids(len(landmarks)) if landmarks else ()
    writing.executemany(
        "insert into landmark values (?, ?, ?, ?, ?, ?)",
        [
            (each, source_id, landmark.start, landmark.stop, landmark.kind, landmark.value)
            for each, landmark in zip(ids, landmarks, strict=True)
        ],
    )


def landmarks_of(project: ProjectFile, source_id: int) -> list[Landmark]:
    """Pages and moments in reading order."""
    sql = "select kind, value, start, stop from landmark where source_id = ? order by start, stop desc, id"
    return [Landmark(kind, value, start, stop) for kind, value, start, stop in project.rows(sql, (source_id,))]


def add_turns(writing: Writing, source_id: int, turns: Sequence[Turn]) -> None:
    """Store turns with a new speaker for each name."""
    names = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    speakers = dict(zip(names, writing.new_ids(len(names)) if names else (), strict=True))
    writing.executemany(
        "insert into speaker values (?, ?, ?, '', null)", [(each, source_id, name) for name, each in speakers.items()]
    )
    ids = writing.new_ids(len(turns)) if turns else ()
    writing.executemany(
        "insert into turn values (?, ?, ?, ?, ?, ?)",
        [
            (each, source_id, turn.start, turn.stop, speakers.get(turn.speaker or ""), turn.time_ms)
            for each, turn in zip(ids, turns, strict=True)
        ],
    )


def original_of(project: ProjectFile, source_id: int) -> tuple[bytes, str] | None:
    """The imported file byte for byte, with its suffix; None where it was masked or never a file."""
    sql = """
        select bytes, original.suffix from original
        join source on source.id = source_id and source.original_sha256 = original.sha256 where source_id = ?"""
    row = project.row(sql, (source_id,))
    return (row[0], row[1]) if row and isinstance(row[0], bytes) else None


def source_with_digest(project: ProjectFile, digest: str) -> int | None:
    """A source that was imported from the very same bytes."""
    row = project.row("select id from source where original_sha256 = ? limit 1", (digest,))
    return row[0] if row else None


def digests(project: ProjectFile) -> set[str]:
    """SHA-256 of every file that is a source already."""
    return {row[0] for row in project.rows("select original_sha256 from source")}


def turns_of(project: ProjectFile, source_id: int) -> list[Turn]:
    """The turns of a source in reading order."""
    sql = """
        select turn.id, speaker.name, start, stop, time_ms, speaker_id
        from turn left join speaker on speaker.id = speaker_id where turn.source_id = ? order by start"""
    return [
        Turn(
            speaker=name,
            start=start,
            stop=stop,
            time_ms=time,
            id=number,
            speaker_id=speaker,
        )
        for number, name, start, stop, time, speaker in project.rows(sql, (source_id,))
    ]


def speakers_of(project: ProjectFile, source_id: int) -> list[Speaker]:
    """The speakers of a source with the number of their turns."""
    sql = """
        select speaker.id, speaker.source_id, name, person_id, role, count(turn.id), coalesce(sum(stop - start), 0)
        from speaker left join turn on turn.speaker_id = speaker.id where speaker.source_id = ?
        group by speaker.id order by speaker.id"""
    return [
        Speaker(
            id=number,
            source_id=source,
            name=name,
            person_id=person,
            role=role,
            turns=turns,
            words=length,
        )
        for number, source, name, person, role, turns, length in project.rows(sql, (source_id,))
    ]


def link_speaker(writing: Writing, speaker_id: int, *, person_id: int | None, role: str) -> None:
    """Say who a speaker is."""
    writing.execute("update speaker set person_id = ?, role = ? where id = ?", (person_id, role, speaker_id))


def mentions_of(project: ProjectFile, source_id: int) -> list[Mention]:
    """Which pieces of a source are about which family."""
    sql = """
        select mention.id, source_id, start, stop, family_id, family.key
        from mention join family on family.id = family_id where source_id = ? order by start, stop"""
    return [Mention(a, b, c, d, e, f) for a, b, c, d, e, f in project.rows(sql, (source_id,))]


def add_mention(writing: Writing, source_id: int, *, start: int, stop: int, family_id: int) -> int | None:
    """Say that a piece of text is about a family; None where that was said already."""
    there = writing.rows(
        "select id from mention where source_id = ? and start = ? and stop = ? and family_id = ?",
        (source_id, start, stop, family_id),
    )
    if there:
        return None
    new = writing.new_id()
    writing.execute(
        "insert into mention values (?, ?, ?, ?, ?, ?)",
        (new, source_id, start, stop, family_id, writing.project.coder_id),
    )
    return new


def remove_mention(writing: Writing, mention_id: int) -> None:
    """Take a mention away."""
    writing.execute("delete from mention where id = ?", (mention_id,))
