"""J3, case by case: per life domain of a family every assessor and every voice on one line (methods.md D1). For the team only.

Assessors are never subtracted from each other: each has a path of its own, and only the ways they go are set side by side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.analysis.joint import family_signs, sign_of
from verhalen.analysis.joint_data import JointData
from verhalen.analysis.joint_families import family_since
from verhalen.analysis.perspectives import FAMILY_ROLES, SPOKEN_FOR, tells_itself
from verhalen.analysis.tally import Piece, ValenceCount, count_valences
from verhalen.i18n import mark
from verhalen.model.family import Family
from verhalen.model.instrument import LifeDomain
from verhalen.model.snapshot import Assessor, Reason
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.model.verdict import Verdict, family_target
from verhalen.scores.timeline import Timeline, timelines
from verhalen.store import families as family_store
from verhalen.store import revisions, scores
from verhalen.store.verdicts import Since


class Differ(StrEnum):
    """Where a family, its coach and its scores do not agree."""

    ASSESSORS = "assessors"
    VOICES = "voices"
    WORDS = "words"
    """What the family tells, and what its scores say."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "assessors": mark("those who score"),
            "voices": mark("those who tell"),
            "words": mark("words and scores"),
        }[self]


@dataclass(frozen=True, slots=True)
class ItemPath:
    """One item of one person as it was scored or confirmed, oldest first."""

    item: str
    name: str
    person: str | None
    """Key of the person; None for an item about the family."""
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """How one kind of assessor saw a life domain, by one instrument."""

    instrument: str
    assessor: Assessor
    days: tuple[dt.date, ...]
    course: tuple[int | None, ...]
    """Per day better (1), the same (0) or worse (-1) than at the start of this support; None where nothing compares."""
    items: tuple[ItemPath, ...]

    @property
    def way(self) -> int | None:
        """Where it stands at the last day; None where there is only one look."""
        known = [each for each in self.course if each is not None]
        return known[-1] if len(known) > 1 else None


@dataclass(frozen=True, slots=True)
class Telling:
    """One voice about one life domain: in stories, in its own words, or about the family."""

    who: str
    """Role of the voice or speaker; empty where nobody noted it."""
    person: str | None
    """Key of the person, where it is known."""
    is_own: bool
    """Of the family; others tell about it."""
    stories: tuple[tuple[str, StoryAnswer], ...]
    """Key and answer."""
    fragments: ValenceCount
    codings: tuple[int, ...]

    @property
    def way(self) -> int | None:
        """1 good, -1 bad, 0 neither; None where only fragments without a colour are there."""
        signs = [_SIGNS[answer] for _, answer in self.stories]
        count = self.fragments
        signs += [1] * count.positive + [-1] * count.negative + [0] * count.mixed
        return sign_of(sum(signs)) if signs else None


_SIGNS = {StoryAnswer.POSITIVE: 1, StoryAnswer.NEGATIVE: -1, StoryAnswer.NONE: 0, StoryAnswer.OPEN: 0}


@dataclass(frozen=True, slots=True)
class CoachNote:
    """What was written beside a score: in words, or as reasons for a worsening."""

    day: dt.date
    assessor: Assessor
    item: str
    """Name of the item; empty where it is about the whole snapshot."""
    reasons: tuple[Reason, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One life domain of one family."""

    domain: str
    name: str
    paths: tuple[Path, ...]
    tellings: tuple[Telling, ...]
    notes: tuple[CoachNote, ...]
    numbers: int | None
    """By the instrument and the two moments of the choice."""
    words: int | None
    history: tuple[Verdict, ...]
    """Every verdict on this life domain of this family, oldest first."""
    differ: tuple[Differ, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One family, for intervision."""

    family: str
    coach: str
    lines: tuple[CaseLine, ...]
    """Life domains about which anything is known, in the order of the list."""
    notes: tuple[CoachNote, ...]
    """Beside whole snapshots."""
    history: tuple[Verdict, ...]
    since: tuple[Since, ...]

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """Life domains in which not everybody agrees."""
        return tuple(line.domain for line in self.lines if line.differ)


def cases(data: JointData, *, family: str = "", today: dt.date) -> tuple[Case, ...]:
    """Every family of the choice, or one of them."""
    instruments = scores.instruments(data.project)
    found = []
    for each in data.families:
        if family in ("", each.key):
            walked = timelines(
                scores.snapshots_of(data.project, each.id),
                instruments,
                revised=revisions.revised_baselines(data.project, each.id),
                coders=family_store.snapshot_coders(data.project, each.id),
                since=each.latest.start if each.latest and each.latest.ordinal > 1 else dt.date.min,
                day=today,
            )
            found.append(_case(data, each, walked))
    return tuple(found)


def _case(data: JointData, family: Family, walked: Sequence[Timeline]) -> Case:
    history = tuple(data.history.get(family_target(family.key), ()))
    lines = (_line(data, family.key, domain, walked) for domain in data.domains.domains)
    return Case(
        family=family.key,
        coach=family.coach,
        lines=tuple(line for line in lines if line.paths or line.tellings or line.history),
        notes=tuple(
            CoachNote(each.day, line.assessor, "", (), each.note)
            for line in walked
            for each in line.registrations
            if each.note
        ),
        history=history,
        since=family_since(data, family.key, history),
    )


def _line(data: JointData, family: str, domain: LifeDomain, walked: Sequence[Timeline]) -> CaseLine:
    paths = tuple(_paths(walked, domain.key))
    tellings = tuple(_tellings(data, family, domain.key))
    numbers = data.ways.get(domain.key, {}).get(family)
    pieces = [each for each in data.pieces_of.get(family, ()) if each.family == family and each.domain == domain.key]
    told = [each for each in data.stories_of.get(family, ()) if domain.key in each.domains]
    words = family_signs(
        [each for each in pieces if each.kind != "story"], [each for each in told if tells_itself(each)]
    ).get(family)
    return CaseLine(
        domain=domain.key,
        name=domain.name,
        paths=paths,
        tellings=tellings,
        notes=tuple(_notes(walked, domain.key)),
        numbers=numbers,
        words=words,
        history=tuple(data.history.get(family_target(family, domain.key), ())),
        differ=tuple(_differ(paths, tellings, numbers, words, colourless=domain.colourless)),
    )


def _differ(
    paths: Sequence[Path], tellings: Sequence[Telling], numbers: int | None, words: int | None, *, colourless: bool
) -> Iterable[Differ]:
    """Assessors and voices that go opposite ways; words that go a way which the scores do not go.

    One that stays flat does not contradict another. Where more is neither better nor worse only voices count.
    """
    if not colourless and {1, -1} <= {path.way for path in paths}:
        yield Differ.ASSESSORS
    if {1, -1} <= {telling.way for telling in tellings}:
        yield Differ.VOICES
    if not colourless and numbers is not None and words and numbers != words:
        yield Differ.WORDS


def _paths(walked: Iterable[Timeline], domain: str) -> Iterable[Path]:
    for line in walked:
        tracks = [track for track in line.tracks if track.item.domain == domain]
        if tracks:
            yield Path(
                instrument=line.instrument.key,
                assessor=line.assessor,
                days=line.days,
                course=line.domain_course(domain),
                items=tuple(
                    ItemPath(track.item.key, track.item.name, track.person, track.course)
                    for track in tracks
                    if track.course
                ),
            )


def _notes(walked: Iterable[Timeline], domain: str) -> Iterable[CoachNote]:
    for line in walked:
        for track in line.tracks:
            if track.item.domain == domain:
                for each in track.remarks:
                    yield CoachNote(each.day, line.assessor, track.item.name, each.reasons, each.note)


_Who = tuple[bool, str, str]
"""Whether of the family, key of the person or empty, role."""


def _tellings(data: JointData, family: str, domain: str) -> Iterable[Telling]:
    """Every voice once: the family's own first, each with its stories and fragments."""
    stories: dict[_Who, list[tuple[str, StoryAnswer]]] = {}
    pieces: dict[_Who, list[Piece]] = {}
    roles: dict[_Who, str] = {}
    for story in data.stories_of.get(family, ()):
        if domain in story.domains:
            for voice in (story.voice, *story.others):
                who = _who(story, voice)
                stories.setdefault(who, []).append((story.key, story.answer))
                roles.setdefault(who, voice.role)
    for piece in data.pieces_of.get(family, ()):
        if piece.domain == domain and piece.kind != "story":
            is_own = piece.family == family
            who = (is_own, piece.person or "", "" if piece.person else piece.role)
            pieces.setdefault(who, []).append(piece)
            roles.setdefault(who, piece.role)
    for who in sorted({*stories, *pieces}, key=lambda each: (not each[0], each[1], each[2])):
        own = pieces.get(who, [])
        yield Telling(
            who=roles[who],
            person=who[1] or None,
            is_own=who[0],
            stories=tuple(stories.get(who, ())),
            fragments=count_valences(each.valence for each in own),
            codings=tuple(each.coding_id for each in own),
        )


def _who(story: Story, voice: Voice) -> _Who:
    """The same person is one voice, in stories and in talks; who has no person is known by the role."""
    is_own = voice.role in FAMILY_ROLES or voice.role == SPOKEN_FOR
    person = f"{story.family}.{voice.member}" if voice.member and is_own else ""
    return is_own, person, "" if person else voice.role
