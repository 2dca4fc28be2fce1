"""J1: numbers and words side by side, per life domain or group (methods.md D1 and D8).

Only evidence codes and story domains take part; words of families and words about them are counted apart. The machine
suggests a relation; a person decides and writes why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from verhalen.analysis.joint_parts import Part, Tellings
from verhalen.analysis.key_quote import KeyQuote, key_quote
from verhalen.analysis.perspectives import tells_itself
from verhalen.analysis.tally import AnswerCount, Piece, ValenceCount, count_answers, count_valences
from verhalen.i18n import t
from verhalen.model.coding import Valence
from verhalen.model.instrument import DomainList
from verhalen.model.story import Story, StoryAnswer
from verhalen.model.verdict import Relation, Verdict
from verhalen.scores.change import DOMINANCE_BORDER, Change
from verhalen.store.verdicts import Since, Touched

FEWEST = 5
"""Below so many paired families the numbers are silent (methods.md D8)."""


@dataclass(frozen=True, slots=True)
class JointRow:
    """One life domain or group: what the numbers say beside what is told."""

    key: str
    """Of the life domain or group; with `.volwassene` or `.kind` behind it where these stand apart."""
    name: str
    domains: tuple[str, ...]
    sensitive: bool
    change: Change | None
    """None where the instrument does not ask about it."""
    stories: AnswerCount
    """Told by families."""
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
    voices: tuple[int, int, int] = (0, 0, 0)
    """Families whose words go up, neither way, down: the majority of these is `words`."""
    stories_about: AnswerCount = field(default_factory=AnswerCount)
    """Told by others about a family: they do not decide where words go."""
    quote: KeyQuote | None = None
    history: tuple[Verdict, ...] = ()
    """Every verdict, oldest first; the last one counts."""
    since: tuple[Since, ...] = ()
    """What came in since the verdict was written."""

    @property
    def in_use(self) -> bool:
        """Whether there is anything to weigh."""
        told = (self.stories, self.stories_about, self.own, self.about)
        return bool(self.change and self.change.n) or any(each.total for each in told)

    @property
    def undecided(self) -> bool:
        """Whether a verdict is still to be written, or to be read again."""
        return self.in_use and (self.verdict is None or bool(self.since))


@dataclass(frozen=True, slots=True)
class Told:
    """All that a row draws from beside its numbers."""

    pieces: Sequence[Piece]
    stories: Sequence[Story]
    history: Mapping[str, Sequence[Verdict]]
    touched: Touched = field(default_factory=Touched)
    border: float = DOMINANCE_BORDER
    """From this dominance on numbers go up or down."""
    fewest: int = FEWEST
    text_of: Callable[[Piece], str] | None = None
    """Words of a piece; without it no quote is chosen."""


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
    told = Told(pieces, stories, {key: (verdict,) for key, verdict in verdicts.items()})
    return side_by_side(domains, told, changes=changes, by_group=by_group)


def side_by_side(
    domains: DomainList,
    told: Told,
    *,
    changes: Mapping[str, Change],
    by_group: bool = True,
    tellings: Tellings | None = None,
) -> list[JointRow]:
    """The same with quotes, all verdicts and what came in since; with `tellings` adults and children in rows of their own."""
    rows = []
    for target in _targets(domains, by_group=by_group):
        for part in tellings.parts if tellings else (None,):
            key = f"{target.key}.{part.key}" if part else target.key
            rows.append(_row(target, key, told, changes.get(key), part=part, tellings=tellings))
    return rows


@dataclass(frozen=True, slots=True)
class _Target:
    key: str
    name: str
    members: frozenset[str]
    sensitive: bool
    colourless: bool
    """More is neither better nor worse: such numbers have no direction."""


def _targets(domains: DomainList, *, by_group: bool) -> Iterable[_Target]:
    if not by_group:
        return [
            _Target(each.key, each.name, frozenset({each.key}), each.sensitive, each.colourless)
            for each in domains.domains
        ]
    return [
        # A group is as sensitive as all of it: one sensitive domain among others is not told apart in its row.
        _Target(
            group.key,
            group.name,
            frozenset(each.key for each in inside),
            all(each.sensitive for each in inside),
            all(each.colourless for each in inside),
        )
        for group in domains.groups
        if (inside := domains.in_group(group.key))
    ]


def _row(
    target: _Target, key: str, told: Told, change: Change | None, *, part: Part | None, tellings: Tellings | None
) -> JointRow:
    """One row; with a part only what that part of families says and is asked about."""
    pieces = [each for each in told.pieces if each.domain in target.members]
    stories = [each for each in told.stories if target.members & set(each.domains)]
    about = [each for each in pieces if each.family is None and each.about and each.kind != "story"]
    if part is not None and tellings is not None:
        pieces = [each for each in pieces if tellings.part_of(each) is part]
        stories = [each for each in stories if part in tellings.parts_of(each)]
        about = about if part is tellings.parts[0] else []
    own = [each for each in pieces if each.family is not None and each.kind != "story"]
    told_itself = [each for each in stories if tells_itself(each)]
    signs = family_signs(own, told_itself)
    moved = None if target.colourless else change
    numbers, words = direction_of(moved, border=told.border, fewest=told.fewest), _majority(signs)
    history = tuple(told.history.get(key, ()))
    quoted = [each for each in pieces if each.family is not None]
    return JointRow(
        key=key,
        name=f"{target.name} ({t(part.label)})" if part else target.name,
        domains=tuple(sorted(target.members)),
        sensitive=target.sensitive,
        change=change,
        stories=count_answers(told_itself),
        own=count_valences(piece.valence for piece in own),
        about=count_valences(piece.valence for piece in about),
        families_telling=tuple(
            sorted({story.family for story in told_itself} | {piece.family for piece in own if piece.family})
        ),
        numbers=numbers,
        words=words,
        suggestion=suggest(numbers, words),
        verdict=history[-1] if history else None,
        voices=_voices(signs),
        stories_about=count_answers(each for each in stories if not tells_itself(each)),
        quote=key_quote(quoted, signs, words, text_of=told.text_of) if told.text_of else None,
        history=history,
        since=told.touched.since(history[-1], domains=target.members) if history else (),
    )


def direction_of(change: Change | None, *, border: float = DOMINANCE_BORDER, fewest: int = FEWEST) -> int | None:
    """Whether the numbers go up (1), down (-1) or neither (0); None where too few families were paired."""
    if change is None or change.n < fewest or change.dominance.value is None:
        return None
    if change.dominance.value >= border:
        return 1
    return -1 if change.dominance.value <= -border else 0


def family_signs(own: Iterable[Piece], stories: Iterable[Story]) -> dict[str, int]:
    """Which way each family's words go, in stories and in its own words: 1, 0 or -1. Who says nothing is not in it."""
    by_family: dict[str, list[int]] = {}
    for story in stories:
        by_family.setdefault(story.family, []).append(_sign_of_answer(story.answer))
    for piece in own:
        if piece.family is not None and piece.valence is not Valence.NONE:
            by_family.setdefault(piece.family, []).append(sign_of_valence(piece.valence))
    return {family: sign_of(sum(signs)) for family, signs in by_family.items()}


def words_direction(own: Iterable[Piece], stories: Iterable[Story]) -> int | None:
    """Majority over families of what each tells, in stories and in its own words; None where nobody tells."""
    return _majority(family_signs(own, stories))


def _majority(signs: Mapping[str, int]) -> int | None:
    return sign_of(sum(signs.values())) if signs else None


def _voices(signs: Mapping[str, int]) -> tuple[int, int, int]:
    ways = list(signs.values())
    return ways.count(1), ways.count(0), ways.count(-1)


def _sign_of_answer(answer: StoryAnswer) -> int:
    return {StoryAnswer.POSITIVE: 1, StoryAnswer.NEGATIVE: -1}.get(answer, 0)


def sign_of_valence(valence: Valence) -> int:
    """1 good news, -1 bad news, 0 both or neither."""
    return {Valence.POSITIVE: 1, Valence.NEGATIVE: -1}.get(valence, 0)


def sign_of(number: int) -> int:
    """1, 0 or -1."""
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
    """Families in whom words are happy while no score rises, or the other way round ("happy, no progress on domains").

    Stricter than a verdict on a life domain, where one of both that stays flat only completes (methods.md D8).
    """
    own = [each for each in pieces if each.kind != "story"]
    told = [each for each in stories if tells_itself(each)]
    return [
        FamilyVoice(family, standing[family], words)
        for family, words in sorted(family_signs(own, told).items())
        if family in standing and words and standing[family] != words
    ]
