"""Two codes become one, and one code becomes several. Each is decided first, in a plan, and stored in one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from verhalen import errors
from verhalen.coding import codebook_editing as rules
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.store import codebook as store
from verhalen.store import codings
from verhalen.store.codings import Piece
from verhalen.store.former_keys import unknown_code
from verhalen.store.project import ProjectFile, Writing


@dataclass(frozen=True, slots=True)
class Joint:
    """Fragments of one coder in one source that become one."""

    kept: Piece
    """As it will stand: borders around all of them, valence and memo taken together."""
    gone: tuple[int, ...]
    """Ids of the codings that are taken up in it."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge does, before it is done."""

    source: Code
    """The code that goes away."""
    target: Code
    """The code that stays, as it is now."""
    merged: Code
    """The code that stays, as it will be."""
    codings: int
    """Codings of `source`, of all coders."""
    joints: tuple[Joint, ...]
    """What becomes one: always the same words of one coder, overlapping ones where that was asked."""
    overlapping: tuple[Joint, ...]
    """What would become one besides, if overlapping fragments were joined too; empty where they are."""
    apart: int
    """How many codings fewer that would leave."""
    children: tuple[str, ...]
    """Keys of the codes below `source`; they go below `target`."""
    memos: int
    """Memos at `source`; they go to `target`."""

    @property
    def joined(self) -> int:
        """Codings that are taken up in another one."""
        return _gone(self.joints)


def _gone(found: Sequence[Joint]) -> int:
    return sum(len(joint.gone) for joint in found)


def merge_plan(project: ProjectFile, source_id: int, target_id: int, *, join_overlaps: bool = False) -> MergePlan:
    """Look what merging `source_id` into `target_id` would do. Raises UnknownCode and BadCode."""
    book = store.codebook(project)
    source, target = rules.by_id(book, source_id), rules.by_id(book, target_id)
    if source_id == target_id:
        raise errors.BadCode(reason=t("a code cannot be merged with itself"))
    pieces = codings.pieces_of(project, (source_id, target_id))
    same = tuple(joints(pieces, source_id, target_id, overlaps=False))
    wide = tuple(joints(pieces, source_id, target_id, overlaps=True))
    known = {(each.kept.id, each.gone) for each in same}
    more = tuple(each for each in wide if (each.kept.id, each.gone) not in known)
    return MergePlan(
        source=source,
        target=target,
        merged=_merged(source, target, inside=any(each.id == target_id for each in rules.below(book, source))),
        codings=source.codings,
        joints=wide if join_overlaps else same,
        overlapping=() if join_overlaps else more,
        apart=0 if join_overlaps else _gone(wide) - _gone(same),
        children=tuple(each.key for each in rules.siblings(book, source.key) if each.id != target_id),
        memos=store.number_of_memos(project, source_id),
    )


def _merged(source: Code, target: Code, *, inside: bool) -> Code:
    """The target with what it lacks: links to life domains, and texts where it has none of its own."""
    evidence = tuple(dict.fromkeys((*target.evidence, *source.evidence)))
    touches = dict.fromkeys((*target.touches, *source.touches))
    return replace(
        target,
        definition=target.definition or source.definition,
        include=target.include or source.include,
        exclude=target.exclude or source.exclude,
        evidence=evidence,
        touches=tuple(key for key in touches if key not in evidence),
        patterns=tuple(dict.fromkeys((*target.patterns, *source.patterns))),
        parent=source.parent if inside else target.parent,
        position=source.position if inside else target.position,
    )


def joints(pieces: Sequence[Piece], source_id: int, target_id: int, *, overlaps: bool) -> Iterator[Joint]:
    """Groups of fragments that become one; each holds at least one of the code that goes away."""
    ordered = sorted(pieces, key=lambda each: (each.source_id, each.coder_id, each.start, each.stop, each.id))
    for _, own in groupby(ordered, key=lambda each: (each.source_id, each.coder_id)):
        for group in _groups(list(own), overlaps=overlaps):
            if len(group) > 1 and any(each.code_id == source_id for each in group):
                yield _joint(group, target_id)


def _groups(pieces: Sequence[Piece], *, overlaps: bool) -> Iterator[list[Piece]]:
    """Neighbours that cover the same words, or with `overlaps` at least one word in common."""
    group: list[Piece] = []
    stop = 0
    for piece in pieces:
        same = bool(group) and (group[0].start, group[0].stop) == (piece.start, piece.stop)
        if group and not (same or (overlaps and piece.start < stop)):
            yield group
            group = []
        stop = max(stop, piece.stop) if group else piece.stop
        group.append(piece)
    if group:
        yield group


def _joint(group: Sequence[Piece], target_id: int) -> Joint:
    """The one that stays is of the code that stays, if there is one, so that its id and date stay."""
    kept = next((each for each in group if each.code_id == target_id), group[0])
    valence, memo = kept.valence, kept.memo
    for each in group:
        valence, memo = both_valences(valence, each.valence), both_memos(memo, each.memo)
    start, stop = min(each.start for each in group), max(each.stop for each in group)
    one = kept._replace(start=start, stop=stop, code_id=target_id, valence=valence, memo=memo)
    return Joint(one, tuple(each.id for each in group if each.id != kept.id))


def both_valences(one: Valence, other: Valence) -> Valence:
    """What two fragments say together: what one says, or mixed where they differ."""
    if Valence.NONE in (one, other) or one is other:
        return other if one is Valence.NONE else one
    return Valence.MIXED


def both_memos(one: str, other: str) -> str:
    """Two memos under each other; the same one is kept once."""
    if not other or other in one.split("\n\n"):
        return one
    return f"{one}\n\n{other}" if one else other


def merge_codes(project: ProjectFile, source_id: int, target_id: int, *, join_overlaps: bool = False) -> MergePlan:
    """Take a code up in another one, in one change; give what was done."""
    decided = project.decided(lambda: merge_plan(project, source_id, target_id, join_overlaps=join_overlaps))
    with project.change(Act.MERGE_CODES, target_id) as writing:
        plan = decided()
        store_joints(writing, plan.joints)
        store.give_codings(writing, source_id, target_id)
        store.give_memos(writing, source_id, target_id)
        _merge_trees(writing, plan)
        store.remove_code(writing, source_id)
    return plan


def store_joints(writing: Writing, found: Sequence[Joint]) -> None:
    """Several fragments become one, each time."""
    codings.remove_codings(writing, [number for joint in found for number in joint.gone])
    codings.change_pieces(writing, [joint.kept for joint in found])


def _merge_trees(writing: Writing, plan: MergePlan) -> None:
    store.rewrite_code(writing, plan.target, plan.merged)
    book = store.codebook(writing.project, counted=False)
    last = max((each.position for each in rules.siblings(book, plan.target.key)), default=-1)
    for place, child in enumerate((each for each in rules.siblings(book, plan.source.key)), start=last + 1):
        store.rewrite_code(writing, child, replace(child, parent=plan.target.key, position=place))
    book = store.codebook(writing.project, counted=False)
    # In the code that stays, "not for: that is `other`" would name itself; a person puts that right.
    rules.refer(writing, book, {plan.source.key: plan.target.key}, besides=plan.target.id)


# -- split ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Split:
    """What a split did."""

    dealt: int
    """Fragments that have other codes now."""
    joined: int
    """Fragments taken up in one that said the same already."""
    gone: int
    """Fragments that somebody removed or recoded meanwhile; they were left alone."""


def split_code(
    project: ProjectFile, code_id: int, deals: Mapping[int, Sequence[str]], *, new: Sequence[Code] = ()
) -> Split:
    """Deal fragments of a code over other codes, in one change.

    `deals` says by id of a coding which keys it gets; what it does not name keeps the code. `new` codes are made first.
    """
    with project.change(Act.SPLIT_CODE, code_id) as writing:
        rules.by_id(store.codebook(project, counted=False), code_id)
        for code in new:
            rules.insert_code(writing, code, last=True)
        del writing.targets[1:]  # the sentence of the change names the code that was split
        ids = {code.key: code.id for code in store.codebook(project, counted=False)}
        for key in (key for keys in deals.values() for key in keys):
            if key not in ids:
                raise unknown_code(project, key)
        there = {piece.id: piece for piece in codings.pieces_of(project, (code_id,))}
        dealt = joined = 0
        for number, keys in deals.items():
            if number in there and keys:
                joined += _deal(writing, there[number], [ids[key] for key in dict.fromkeys(keys)])
                dealt += 1
    return Split(dealt, joined, sum(bool(keys) and number not in there for number, keys in deals.items()))


def _deal(writing: Writing, piece: Piece, codes: Sequence[int]) -> int:
    """Give one fragment its codes: the first in place, a copy for each other; say how many were there already."""
    joined = 0
    moved = piece.code_id in codes
    for code in codes:
        if code == piece.code_id:
            continue
        there = codings.same_coding(
            writing.project,
            source_id=piece.source_id,
            start=piece.start,
            stop=piece.stop,
            code_id=code,
            coder_id=piece.coder_id,
        )
        if there is not None:
            _take_up(writing, there, piece)
            joined += 1
        elif not moved:
            codings.change_coding(writing, piece.id, code_id=code)
            moved = True
        else:
            row = (piece.source_id, piece.start, piece.stop, code, piece.coder_id, piece.valence.value, piece.memo)
            codings.add_codings(writing, [row])
    if not moved:
        codings.remove_coding(writing, piece.id)
    return joined


def _take_up(writing: Writing, coding_id: int, piece: Piece) -> None:
    there = codings.coding_by_id(writing.project, coding_id)
    if there is not None:
        valence, memo = both_valences(there.valence, piece.valence), both_memos(there.memo, piece.memo)
        codings.change_coding(writing, coding_id, valence=valence, memo=memo)
