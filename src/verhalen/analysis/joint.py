"""J1: numbers and words side by side, per life domain or group (methods.md D1 and D8).

Only evidence codes and story domains take part; words of families and words about them are counted apart. The machine
suggests a relation; a person decides and writes why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.tally import AnswerCount, Piece, ValenceCount, count_answers, count_valences
from verhalen.model.coding import Valence
from verhalen.model.instrument import DomainList
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.verdict import Relation, Verdict
from verhalen.scores.change import DOMINANCE_BORDER, Change

FEWEST = 5
"""Below so many paired families the numbers are silent (methods.md D8)."""


@dataclass(frozen=True, slots=True)
class JointRow:
    """One life domain or group: what the numbers say beside what is told."""

    key: str
    name: str
    domains: tuple[str, ...]
    sensitive: bool
    change: Change | None
    """None where the instrument does not ask about it."""
    stories: AnswerCount
    own: ValenceCount
    """Fragments in families' own words."""
    about: ValenceCount
    """Fragments in which others speak about a family."""
    families_telling: tuple[str, ...]
    """Families that told something, in a story or in their own words."""
    numbers: int | None
    """1 up, 0 flat, -1 down; None: silent."""
    words: int | None
    suggestion: Relation
    verdict: Verdict | None


def joint_rows(
    domains: DomainList,
    *,
    changes: Mapping[str, Change],
    pieces: Sequence[Piece],
    stories: Sequence[Story],
    verdicts: Mapping[str, Verdict],
    by_group: bool = True,
) -> list[JointRow]:
    """One row per group (or life domain), in the order of the list. `changes` is keyed by the same."""
    rows = []
    for key, name, members, sensitive in _targets(domains, by_group=by_group):
        own = [
            piece for piece in pieces if piece.domain in members and piece.family is not None and piece.kind != "story"
        ]
        about = [piece for piece in pieces if piece.domain in members and piece.family is None and piece.about]
        told = [story for story in stories if members & set(story.domains)]
        change = changes.get(key)
        numbers, words = direction_of(change), words_direction(own, told)
        rows.append(
            JointRow(
                key=key,
                name=name,
                domains=tuple(sorted(members)),
                sensitive=sensitive,
                change=change,
                stories=count_answers(told),
                own=count_valences(piece.valence for piece in own),
                about=count_valences(piece.valence for piece in about),
                families_telling=tuple(
                    sorted({story.family for story in told} | {piece.family for piece in own if piece.family})
                ),
                numbers=numbers,
                words=words,
                suggestion=suggest(numbers, words),
                verdict=verdicts.get(key),
            )
        )
    return rows


def _targets(domains: DomainList, *, by_group: bool) -> Iterable[tuple[str, str, set[str], bool]]:
    if not by_group:
        return [(each.key, each.name, {each.key}, each.sensitive) for each in domains.domains]
    return [
        # A group is as sensitive as all of it: one sensitive domain among others is not told apart in its row.
        (group.key, group.name, {each.key for each in inside}, all(each.sensitive for each in inside))
        for group in domains.groups
        if (inside := domains.in_group(group.key))
    ]


def direction_of(change: Change | None, *, border: float = DOMINANCE_BORDER, fewest: int = FEWEST) -> int | None:
    """Whether the numbers go up (1), down (-1) or neither (0); None where too few families were paired."""
    if change is None or change.n < fewest or change.dominance.value is None:
        return None
    if change.dominance.value >= border:
        return 1
    return -1 if change.dominance.value <= -border else 0


def words_direction(own: Iterable[Piece], stories: Iterable[Story]) -> int | None:
    """Majority over families of what each tells, in stories and in its own words; None where nobody tells."""
    by_family: dict[str, list[int]] = {}
    for story in stories:
        by_family.setdefault(story.family, []).append(_sign_of_answer(story.answer))
    for piece in own:
        if piece.family is not None and piece.valence is not Valence.NONE:
            by_family.setdefault(piece.family, []).append(_sign_of_valence(piece.valence))
    if not by_family:
        return None
    return _sign(sum(_sign(sum(signs)) for signs in by_family.values()))


def _sign_of_answer(answer: StoryAnswer) -> int:
    return {StoryAnswer.POSITIVE: 1, StoryAnswer.NEGATIVE: -1}.get(answer, 0)


def _sign_of_valence(valence: Valence) -> int:
    return {Valence.POSITIVE: 1, Valence.NEGATIVE: -1}.get(valence, 0)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def suggest(numbers: int | None, words: int | None) -> Relation:
    """The same: confirms; one flat: completes; opposite: contradicts; one silent: silent (methods.md D8)."""
    if numbers is None or words is None:
        return Relation.SILENT
    if numbers == words:
        return Relation.CONFIRMS
    return Relation.COMPLETES if 0 in (numbers, words) else Relation.CONTRADICTS


@dataclass(frozen=True, slots=True)
class FamilyVoice:
    """One family whose words and numbers go apart: a list to work through together."""

    family: str
    numbers: int
    words: int


def contradicting_families(
    standing: Mapping[str, int], pieces: Iterable[Piece], stories: Iterable[Story]
) -> list[FamilyVoice]:
    """Families in whom words are happy while no score rises, or the other way round ("happy, no progress on domains")."""
    told: dict[str, list[int]] = {}
    for story in stories:
        told.setdefault(story.family, []).append(_sign_of_answer(story.answer))
    for piece in pieces:
        if piece.family is not None and piece.kind != "story":
            told.setdefault(piece.family, []).append(_sign_of_valence(piece.valence))
    found = []
    for family, signs in sorted(told.items()):
        words = _sign(sum(signs))
        if family in standing and words and standing[family] != words:
            found.append(FamilyVoice(family, standing[family], words))
    return found
