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


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a text, in reading order."""

    spans: Sequence[tuple[int, int]]

    def before(self, start: int) -> Span | None:
        """The turn before a place."""
        found = [each for each in self.spans if each[1] <= start]
        return Span(*found[-1]) if found else None

    def after(self, stop: int) -> Span | None:
        """The turn behind a place."""
        return next((Span(*each) for each in self.spans if each[0] >= stop), None)


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


def plan(there: Sequence[Settled], place: Judgement, outcome: Outcome, turns: Turns) -> Plan:
    """`there` are the codings of the consensus with this code in this text; `place` is one of the turns."""
    taken = chosen(place, outcome)
    turn = Span(place.start, place.stop)
    before, after = turns.before(turn.start), turns.after(turn.stop)
    wanted: list[Piece] = []
    for each in there:
        wanted += _around(each, turn, before, after)
    wholes = {each.whole for each in taken}
    for own in pieces(taken):
        wanted.append(_joined(own, turn, wanted, before=before, after=after, wholes=wholes))
    stays = {each.piece: each.id for each in there if each.piece in wanted}
    gone = tuple(each.id for each in there if stays.get(each.piece) != each.id)
    return Plan(gone, tuple(each for each in dict.fromkeys(wanted) if each not in stays))


def _around(settled: Settled, turn: Span, before: Span | None, after: Span | None) -> list[Piece]:
    """What stays of a fragment outside the turn, without the blanks and names between turns."""
    each = settled.piece
    if not turn.overlaps(Span(each.start, each.stop)):
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
