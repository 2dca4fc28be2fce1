"""A newer version of a file: what differs, where each coding lies now, and after a person's review one change.

Nothing is guessed in silence. What keeps its words at its place comes along; every other fragment is shown first.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verhalen import errors
from verhalen.coding.anchoring import Found, anchor
from verhalen.coding.differing import Edits, differences
from verhalen.i18n import t
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.text import Reading, Source, Span, Turn
from verhalen.store import codings, forget, renewals, sources, speakers, versions
from verhalen.store.project import ProjectFile, Writing

if TYPE_CHECKING:
    from verhalen.privacy.review import Review

MOST_STEPS = 1_000
"""So many places at most are stored as corrections; where more differ, the nearest become one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a coding or mention would lie in the newer text."""

    table: str
    """`coding` or `mention`."""
    id: int
    label: str
    """Key of the code, or of the family."""
    coder: str
    old: Span
    quote: str
    """Its words now."""
    found: Found
    new: Span | None
    words: str
    """Its words in the newer text; empty where it is gone."""

    @property
    def can_stay(self) -> bool:
        """Whether there is a place for it."""
        return self.new is not None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a newer file would do to a source. Nothing is stored yet."""

    source: Source
    reading: Reading
    old: str
    """The text as it counts now."""
    edits: Edits
    turns: tuple[Turn, ...]
    """As they would be; those with an id are there already."""
    places: tuple[Proposal, ...]
    """Every coding and mention, in reading order."""
    names: Review | None = None
    """What was decided about the names in the file, where those of the source were masked: `reading` holds none of them."""

    @property
    def review(self) -> tuple[Proposal, ...]:
        """Those that a person must look at."""
        return tuple(each for each in self.places if each.found is not Found.SAME)

    @property
    def gone(self) -> int:
        """Words that are in the text now and not in the newer one."""
        return sum(len(self.old[each.start : each.stop].split()) for each in self.edits.hunks)

    @property
    def coming(self) -> int:
        """Words that are new."""
        return sum(len(each.words.split()) for each in self.edits.hunks)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What reading in a newer file did."""

    version: int
    kept: int
    """Codings and mentions that came along."""
    ended: int
    """Those that did not."""


def plan(project: ProjectFile, source_id: int, reading: Reading, *, names: Review | None = None) -> Renewal:
    """Compare a newer file with a source; nothing is stored. Raises CannotRenew, AlreadyImported, Withdrawn.

    For a source whose names were masked, `names` is the review by which those of `reading` were masked too.
    """
    source = sources.source_by_id(project, source_id)
    now = versions.text_of(project, source_id, source.version) if source else None
    if source is None or now is None:
        raise errors.UnknownSource(key=source_id)
    _refuse(project, source, reading, names=names)
    if now.text == reading.text:
        raise errors.CannotRenew(number=source.number, reason=t("the file has the very same words"))
    edits = differences(now.text, reading.text).at_most(MOST_STEPS, now.text)
    turns = _turns(sources.turns_of(project, source_id), reading, old=now.text, edits=edits)
    places = _places(project, source_id, now.text, reading.text, edits)
    return Renewal(source, reading, now.text, edits, turns, places, names)


def _refuse(project: ProjectFile, source: Source, reading: Reading, *, names: Review | None) -> None:
    digest = _digest(reading)
    name = f"{reading.title}{reading.suffix}"
    if source.kind == "story":
        raise errors.CannotRenew(number=source.number, reason=t("it is a story; correct its words instead"))
    if source.masked and names is None:
        reason = t("its names were masked, and the file has them again; correct its words instead")
        raise errors.CannotRenew(number=source.number, reason=reason)
    if forget.is_forgotten(project, [digest]):
        raise errors.Withdrawn(file=name)
    there = sources.source_with_digest(project, digest)
    if there is not None:
        known = sources.source_by_id(project, there)
        raise errors.AlreadyImported(file=name, number=known.number if known else "?")


def _digest(reading: Reading) -> str:
    return hashlib.sha256(reading.original).hexdigest()


def _places(project: ProjectFile, source_id: int, old: str, new: str, edits: Edits) -> tuple[Proposal, ...]:
    found = [
        *(
            ("coding", each.id, each.code, each.coder, each.start, each.stop)
            for each in codings.codings_of(project, source_id)
        ),
        *(
            ("mention", each.id, each.family, "", each.start, each.stop)
            for each in sources.mentions_of(project, source_id)
        ),
    ]
    places = []
    for table, number, label, coder, start, stop in sorted(found, key=lambda each: (each[4], each[5], each[1])):
        span = Span(start, stop)
        place = anchor(span, edits, old=old, new=new)
        words = new[place.span.start : place.span.stop] if place.span else ""
        places.append(Proposal(table, number, label, coder, span, old[start:stop], place.found, place.span, words))
    return tuple(places)


# -- turns ---------------------------------------------------------------------------------------------------------


def _turns(before: Sequence[Turn], reading: Reading, *, old: str, edits: Edits) -> tuple[Turn, ...]:
    """Turns of which nothing changed stay as people put them right; the others are those of the file."""
    kept = [moved for turn in before if (moved := _unchanged(turn, old, edits)) is not None]
    names = _names(kept, reading.turns)
    taken = iter(kept)
    nearest = next(taken, None)
    fresh = []
    for turn in reading.turns:
        while nearest is not None and nearest.stop <= turn.start:
            nearest = next(taken, None)
        if nearest is None or turn.stop <= nearest.start:
            fresh.append(replace(turn, id=0, speaker=names.get(turn.speaker or "", turn.speaker), speaker_id=None))
    return tuple(sorted([*kept, *fresh], key=lambda turn: turn.start))


def _unchanged(turn: Turn, old: str, edits: Edits) -> Turn | None:
    """The turn at its new place, if neither its words nor its label differ."""
    line = Span(old.rfind("\n", 0, turn.start) + 1, turn.stop)
    moved = edits.move(turn.span)
    at_border = [each for each in edits.hunks_in(Span(max(0, line.start - 1), line.stop + 1)) if each.stop > line.start]
    return None if at_border or moved is None else replace(turn, start=moved.start, stop=moved.stop)


def _names(kept: Sequence[Turn], found: Sequence[Turn]) -> dict[str, str]:
    """How the project calls the speakers whom the file calls otherwise: a person may have renamed or merged them."""
    ours = {turn.start: turn.speaker for turn in kept}
    votes: dict[str, Counter[str]] = {}
    for turn in found:
        if turn.speaker and (name := ours.get(turn.start)):
            votes.setdefault(turn.speaker, Counter())[name] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in votes.items()}


# -- storing -------------------------------------------------------------------------------------------------------


def apply(project: ProjectFile, renewal: Renewal, *, drop: Collection[int] = ()) -> Renewed:
    """Store the newer version in one change; codings and mentions in `drop` (ids) end, as do those that are gone.

    Raises StaleRenewal where somebody coded or corrected in the source since.
    """
    source, reading = renewal.source, renewal.reading
    with project.change(Act.RENEW_SOURCE, source.id) as writing:
        _check(project, renewal)
        version = _store_text(writing, renewal)
        staying = [each for each in renewal.places if each.can_stay and each.id not in drop]
        _place(writing, renewal, staying)
        _store_turns(writing, renewal)
        renewals.replace_landmarks(writing, source.id, reading.landmarks)
        digest = _digest(reading)
        _keep_original(writing, renewal, digest)
        renewals.point_to(writing, source.id, version=version, digest=digest, suffix=reading.suffix)
    return Renewed(version, len(staying), len(renewal.places) - len(staying))


def _keep_original(writing: Writing, renewal: Renewal, digest: str) -> None:
    """The file; of one whose names were masked only the masked text, and that where it was kept before too."""
    reading = renewal.reading
    if renewal.names is None:
        sources.add_original(writing, renewal.source.id, reading.original, digest=digest, suffix=reading.suffix)
    elif sources.original_of(writing.project, renewal.source.id) is not None:
        text = reading.text.encode()
        sources.add_original(writing, renewal.source.id, text, digest=digest, suffix=".txt")


def _check(project: ProjectFile, renewal: Renewal) -> None:
    now = sources.source_by_id(project, renewal.source.id)
    if now is None:
        raise errors.UnknownSource(key=renewal.source.number)
    _refuse(project, now, renewal.reading, names=renewal.names)
    same_text = now.version == renewal.source.version
    if not same_text or renewal.places != _places(project, now.id, renewal.old, renewal.reading.text, renewal.edits):
        raise errors.StaleRenewal(number=now.number)
    turns = _turns(sources.turns_of(project, now.id), renewal.reading, old=renewal.old, edits=renewal.edits)
    if turns != renewal.turns:
        raise errors.StaleRenewal(number=now.number)


def _store_text(writing: Writing, renewal: Renewal) -> int:
    text = renewal.reading.text
    steps = [versions.Next(each) for each in renewal.edits.corrections()]
    parent = renewal.source.version
    return versions.add_steps(writing, renewal.source.id, steps, parent=parent, text=text, lemmas=lemma_text(text))[-1]


def _place(writing: Writing, renewal: Renewal, staying: Sequence[Proposal]) -> None:
    """What moves as the text does is shifted; what a person put elsewhere is taken out and put back."""
    there = {each.id for each in staying}
    for table in ("coding", "mention"):
        mine = [each for each in staying if each.table == table]
        shifted = [each for each in mine if each.new == renewal.edits.move(each.old)]
        others = {each.id for each in mine} - {each.id for each in shifted}
        touched = [each for each in shifted if each.new != each.old or _is_near(each.old, renewal.edits)]
        renewals.shift(writing, table, [(each.id, each.new) for each in touched if each.new])
        renewals.put_elsewhere(writing, table, [(each.id, each.new) for each in mine if each.new and each.id in others])
        gone = [each.id for each in renewal.places if each.table == table and each.id not in there]
        renewals.end(writing, table, gone)
    _carry_along(writing, renewal)


def _carry_along(writing: Writing, renewal: Renewal) -> None:
    """Places of signals, and those that coders talked over, move as the text does; what has no words left ends."""
    found = versions.spans_of(writing.project, renewal.source.id)
    for table in ("signal_span", "discussed"):
        moved = {row: (span, renewal.edits.move(span)) for (name, row), span in found.items() if name == table}
        touched = [
            (row, new) for row, (old, new) in moved.items() if new and (new != old or _is_near(old, renewal.edits))
        ]
        renewals.shift(writing, table, touched)
        renewals.end(writing, table, [row for row, (_, new) in moved.items() if new is None])


def _is_near(span: Span, edits: Edits) -> bool:
    """Whether the way back could clip it: then it is written though it did not move, as its image remembers the place."""
    return bool(edits.hunks_in(Span(max(0, span.start - 1), span.stop + 1)))


def _store_turns(writing: Writing, renewal: Renewal) -> None:
    project, source_id = writing.project, renewal.source.id
    ids = {speaker.name: speaker.id for speaker in sources.speakers_of(project, source_id)}
    wanted = list(dict.fromkeys(turn.speaker for turn in renewal.turns if turn.speaker is not None))
    for name in wanted:
        if name not in ids:
            ids[name] = speakers.add_speaker(writing, source_id, name)
    before = sources.turns_of(project, source_id)
    steps = renewal.edits.corrections()

    def moved(place: int) -> int:
        return place + sum(each.shift for each in steps if each.stop <= place)

    speakers.put_turns(writing, source_id, before, renewal.turns, speakers=ids, moved=moved)
    speakers.remove_speakers(writing, [number for name, number in ids.items() if name not in wanted])
