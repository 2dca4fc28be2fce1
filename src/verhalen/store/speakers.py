"""Speakers of a stored text: their names, their links, and the turns that are theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verhalen.model.text import Turn
from verhalen.store.memos import follow_turn
from verhalen.store.project import Writing

TURN_OF_CODING = """coalesce(
    (select case when t.stop > coding.start then t.id end from turn t
     where t.source_id = coding.source_id and t.start <= coding.start order by t.start desc limit 1),
    (select t.id from turn t where t.source_id = coding.source_id and t.start > coding.start and t.start < coding.stop
     order by t.start limit 1))"""
"""The first turn that a coding has words of. One that begins on a label belongs to who is named there, not to the turn before."""


def add_speaker(writing: Writing, source_id: int, name: str) -> int:
    """Store a speaker without a link; give its id."""
    new = writing.new_id()
    writing.execute("insert into speaker values (?, ?, ?, '', null)", (new, source_id, name))
    return new


def rename_speaker(writing: Writing, speaker_id: int, name: str) -> None:
    """Call a speaker otherwise; the words of the text stay as they are."""
    writing.execute("update speaker set name = ?1 where id = ?2 and name <> ?1", (name, speaker_id))


def remove_speakers(writing: Writing, ids: Sequence[int]) -> None:
    """Take speakers away; no turn may be theirs any more at the end of the change."""
    writing.executemany("delete from speaker where id = ?", [(number,) for number in ids])


def put_turns(
    writing: Writing,
    source_id: int,
    before: Sequence[Turn],
    after: Sequence[Turn],
    *,
    speakers: dict[str, int],
    moved: Callable[[int], int] = lambda place: place,
) -> None:
    """Make the turns of a source those in `after`, told from `before` by id; 0 is a new one. `speakers`: name to id.

    Memos of a turn that goes follow its words, which `moved` finds in the text that is coming.
    """
    known = {turn.id: turn for turn in before}
    kept = {turn.id for turn in after}
    writing.executemany("delete from turn where id = ?", [(number,) for number in known if number not in kept])
    for turn in after:
        speaker = speakers[turn.speaker] if turn.speaker is not None else None
        old = known.get(turn.id)
        if old is None:
            writing.execute(
                "insert into turn values (?, ?, ?, ?, ?, ?)",
                (writing.new_id(), source_id, turn.start, turn.stop, speaker, turn.time_ms),
            )
        elif (old.start, old.stop, old.speaker_id) != (turn.start, turn.stop, speaker):
            writing.execute(
                "update turn set start = ?, stop = ?, speaker_id = ? where id = ?",
                (turn.start, turn.stop, speaker, turn.id),
            )
    for turn in before:
        if turn.id not in kept:
            follow_turn(writing, turn.id, source_id=source_id, place=moved(turn.start))
