"""Families whose words and numbers go apart: a list to work through, each with what to look at (methods.md D8).

The pattern of the sources, happy mothers and no progress on domains, is caught here per family: a verdict on a life domain
would only say "completes" where numbers stay flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verhalen.analysis.joint import contradicting_families, family_signs
from verhalen.analysis.joint_data import JointData
from verhalen.analysis.perspectives import tells_itself
from verhalen.i18n import mark
from verhalen.model.verdict import Verdict, family_target
from verhalen.store.verdicts import Since


class Apart(StrEnum):
    """How words and numbers of a family go apart."""

    OPPOSITE = "opposite"
    HAPPY = "happy"
    """Words are good, and no score rises."""
    HEAVY = "heavy"
    """Words are bad, and no score falls."""

    @property
    def label(self) -> str:
        """Marked words for people."""
        return {
            "opposite": mark("words one way, scores the other"),
            "happy": mark("good words, scores do not rise"),
            "heavy": mark("hard words, scores do not fall"),
        }[self]


@dataclass(frozen=True, slots=True)
class Side:
    """One life domain of one family: the two side by side."""

    domain: str
    name: str
    numbers: int | None
    """1 up, 0 the same, -1 down; None: not scored at both moments."""
    words: int | None
    """1 good, 0 neither, -1 bad; None: nothing told."""
    stories: tuple[str, ...]
    codings: tuple[int, ...]

    @property
    def is_apart(self) -> bool:
        """Whether the two differ here."""
        return self.numbers is not None and self.words is not None and self.numbers != self.words


@dataclass(frozen=True, slots=True)
class FamilyApart:
    """One family of the list."""

    family: str
    numbers: int
    words: int
    apart: Apart
    sides: tuple[Side, ...]
    """What to look at, life domains in which the two differ first: only those that are scored or told of."""
    history: tuple[Verdict, ...]
    """Every verdict on this family as a whole, oldest first."""
    since: tuple[Since, ...]
    """What came in since the last one."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be worked through; something new opens it again."""
        return not self.history or bool(self.since)


def families_apart(data: JointData) -> tuple[FamilyApart, ...]:
    """All of them, worked through or not: those to do first, the sharpest contradictions in front."""
    order = list(Apart)
    found = [
        _family(data, each.family, each.numbers, each.words)
        for each in contradicting_families(data.change.standing, data.pieces, data.stories)
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_open, order.index(each.apart), each.family)))


def _family(data: JointData, family: str, numbers: int, words: int) -> FamilyApart:
    history = tuple(data.history.get(family_target(family), ()))
    apart = Apart.OPPOSITE if numbers else (Apart.HAPPY if words > 0 else Apart.HEAVY)
    return FamilyApart(
        family=family,
        numbers=numbers,
        words=words,
        apart=apart,
        sides=tuple(sorted(sides_of(data, family), key=lambda side: not side.is_apart)),
        history=history,
        since=family_since(data, family, history),
    )


def family_since(data: JointData, family: str, history: Sequence[Verdict]) -> tuple[Since, ...]:
    """What came in about a family since the last verdict on it; none without a verdict."""
    if not history:
        return ()
    found = set(data.touched.since(history[-1], family=family))
    for piece in data.pieces_of.get(family, ()):
        if piece.family == family and data.touched.codings.get(piece.coding_id, 0) > history[-1].id:
            found.add(Since.FRAGMENTS)
    return tuple(each for each in Since if each in found)


def sides_of(data: JointData, family: str) -> Iterable[Side]:
    """The life domains of a family that are scored at both moments or told of, in the order of the list."""
    own = [each for each in data.pieces_of.get(family, ()) if each.family == family and each.kind != "story"]
    told = [each for each in data.stories_of.get(family, ()) if tells_itself(each)]
    for domain in data.domains.domains:
        numbers = data.ways.get(domain.key, {}).get(family)
        pieces = [each for each in own if each.domain == domain.key]
        stories = [each for each in told if domain.key in each.domains]
        words = family_signs(pieces, stories).get(family)
        if numbers is None and words is None and not pieces:
            continue
        yield Side(
            domain=domain.key,
            name=domain.name,
            numbers=numbers,
            words=words,
            stories=tuple(each.key for each in stories),
            codings=tuple(each.coding_id for each in pieces),
        )
