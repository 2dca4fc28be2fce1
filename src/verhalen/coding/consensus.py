"""What coders settle on, as codings of the consensus: which fragments stand there, and which make room.

Settling is about one code in one turn. So a fragment that reaches over several turns is settled turn by turn: its part in
this turn is cut out of it or put in, and what meets at the border between two turns is one fragment again where a coder had
it as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from verhalen import errors
from verhalen.i18n import t
from verhalen.model.coding import Valence
from verhalen.model.second_coder import Given, Judgement, Outcome, Piece, Settled
from verhalen.model.text import Span


class Turns:
    """The turns of a text, in reading order."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._at = {start: at for at, (start, _) in enumerate(spans)}

    def has(self, place: Judgement) -> bool:
        """Whether a place is one of them."""
        at = self._at.get(place.start)
        return at is not None and self._spans[at][1] == place.stop

    def beside(self, place: Judgement) -> tuple[Span | None, Span | None]:
        """The turn before one of them, and the one behind it."""
        at = self._at[place.start]
        before = Span(*self._spans[at - 1]) if at else None
        return before, Span(*self._spans[at + 1]) if at + 1 < len(self._spans) else None


def chosen(place: Judgement, outcome: Outcome) -> tuple[Given, ...]:
    """The fragments that an outcome takes over. Raises BadInput where that coder did not give the code there."""
    if outcome is Outcome.NOT:
        return ()
    if outcome is Outcome.BOTH:
        return (*place.given[0], *place.given[1])
    side = 0 if outcome is Outcome.FIRST else 1
    if not place.given[side]:
        name = place.coders[side].name
        raise errors.BadInput(reason=t("{coder} did not give {code} there", coder=name, code=place.code))
    return place.given[side]


def pieces(given: Iterable[Given]) -> list[Piece]:
    """Their parts in the turn; what overlaps or touches is one."""
    found: list[Piece] = []
    for each in sorted(given, key=lambda one: (one.start, one.stop)):
        if found and each.start <= found[-1].stop:
            last = found.pop()
            found.append(Piece(last.start, max(last.stop, each.stop), both_valences(last.valence, each.valence)))
        else:
            found.append(Piece(each.start, each.stop, each.valence))
    return found


def both_valences(one: Valence, other: Valence) -> Valence:
    """Good and bad together are mixed; who did not say it agrees with whoever did."""
    if one is other or other is Valence.NONE:
        return one
    return other if one is Valence.NONE else Valence.MIXED


@dataclass(frozen=True, slots=True)
class Plan:
    """What settling writes: ids of codings of the consensus that go, and what comes."""

    gone: tuple[int, ...]
    new: tuple[Piece, ...]


def plan(there: Sequence[Settled], places: Iterable[Judgement], outcome: Outcome, turns: Turns) -> Plan:
    """`there` are the codings of the consensus with one code in one text; `places` are turns of it, with that code."""
    wanted = [each.piece for each in there]
    for place in places:
        wanted = settled(wanted, place, outcome, turns)
    stays: dict[Piece, int] = {}
    kept = set(wanted)
    for each in there:
        if each.piece in kept:
            stays.setdefault(each.piece, each.id)
    gone = {each.id for each in there}.difference(stays.values())
    return Plan(tuple(sorted(gone)), tuple(sorted(kept - stays.keys())))


def settled(there: Sequence[Piece], place: Judgement, outcome: Outcome, turns: Turns) -> list[Piece]:
    """The fragments of one code after one turn was settled."""
    taken = chosen(place, outcome)
    turn = Span(place.start, place.stop)
    before, after = turns.beside(place)
    low, high = (before.start if before else turn.start), (after.stop if after else turn.stop)
    near = [each for each in there if low < each.stop and each.start < high]
    wanted = [part for each in near for part in _around(each, turn, before, after)]
    wholes = {each.whole for each in taken}
    for own in pieces(taken):
        wanted.append(_joined(own, turn, wanted, before=before, after=after, wholes=wholes))
    return [*(each for each in there if each.stop <= low or high <= each.start), *wanted]


def _around(each: Piece, turn: Span, before: Span | None, after: Span | None) -> list[Piece]:
    """What stays of a fragment outside the turn, without the blanks and names between turns."""
    if each.stop <= turn.start or turn.stop <= each.start:
        return [each]
    left = (each.start, min(each.stop, before.stop)) if before else (0, 0)
    right = (max(each.start, after.start), each.stop) if after else (0, 0)
    return [Piece(*side, each.valence) for side in (left, right) if side[0] < side[1]]


def _joined(
    own: Piece, turn: Span, wanted: list[Piece], *, before: Span | None, after: Span | None, wholes: Collection[Span]
) -> Piece:
    """A part with what stands beside it in the next turns, where a coder had both as one fragment; those are taken out."""
    if before and own.start == turn.start and _crossed(before.stop, turn.start, wholes):
        for each in [one for one in wanted if one.stop == before.stop and one.valence is own.valence][:1]:
            wanted.remove(each)
            own = Piece(each.start, own.stop, own.valence)
    if after and own.stop == turn.stop and _crossed(turn.stop, after.start, wholes):
        for each in [one for one in wanted if one.start == after.start and one.valence is own.valence][:1]:
            wanted.remove(each)
            own = Piece(own.start, each.stop, own.valence)
    return own


def _crossed(stop: int, start: int, wholes: Collection[Span]) -> bool:
    """Whether one fragment has words on both sides of a border."""
    return any(each.start < stop and start < each.stop for each in wholes)
