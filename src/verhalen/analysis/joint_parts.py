"""Adults and children apart in a joint display: the largest gain may be with the children (methods.md C).

Items about the household go with the adults, who speak for it; so do words of others about a family, of which nobody noted
whom in the family they are about. A decision of this project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from verhalen.analysis.perspectives import FAMILY_ROLES, SPOKEN_FOR
from verhalen.analysis.tally import Piece
from verhalen.i18n import mark
from verhalen.model.family import Family, Level
from verhalen.model.instrument import DomainList, Instrument, Item
from verhalen.model.story import CHILD, Story, Voice
from verhalen.scores.change import Change, joined_change
from verhalen.scores.pairs import Pairs


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the families."""

    key: str
    label: str
    """Marked word for people."""
    levels: frozenset[Level]
    """Items about these stand here."""


ADULTS = Part("volwassene", mark("adults and household"), frozenset({Level.FAMILY, Level.ADULT}))
CHILDREN = Part("kind", mark("children"), frozenset({Level.CHILD}))


class Tellings:
    """Who in the families tells what."""

    parts: Sequence[Part] = (ADULTS, CHILDREN)

    def __init__(self, families: Iterable[Family], stories: Iterable[Story]) -> None:
        self._children = {person.key for family in families for person in family.persons if person.level is Level.CHILD}
        self._sources: dict[int, Part] = {}
        for story in stories:
            for source, voice in ((story.source_id, story.voice), *((each.source_id, each) for each in story.others)):
                self._sources[source] = self._of_voice(story, voice)

    def part_of(self, piece: Piece) -> Part:
        """Whose words a fragment holds."""
        if piece.person is not None:
            return CHILDREN if piece.person in self._children else ADULTS
        return self._sources.get(piece.source_id, ADULTS)

    def parts_of(self, story: Story) -> set[Part]:
        """Who of the family tells a story; one that others tell stands with the adults."""
        own = [each for each in (story.voice, *story.others) if each.role in FAMILY_ROLES or each.role == SPOKEN_FOR]
        return {self._of_voice(story, each) for each in own} or {ADULTS}

    def _of_voice(self, story: Story, voice: Voice) -> Part:
        is_child = voice.role == CHILD or f"{story.family}.{voice.member}" in self._children
        return CHILDREN if is_child else ADULTS


def part_changes(
    pairs: Pairs, instrument: Instrument, domains: DomainList, *, parts: Sequence[Part], by_group: bool
) -> Mapping[str, Change]:
    """Change of each part of a group (or life domain) that the instrument asks about, keyed `WON.kind`."""
    group_of = {each.key: each.group for each in domains.domains}
    found: dict[str, list[Item]] = {}
    for part in parts:
        for item in instrument.items:
            if item.level in part.levels:
                target = group_of.get(item.domain, "") if by_group else item.domain
                found.setdefault(f"{target}.{part.key}", []).append(item)
    return {key: joined_change(pairs, key, items) for key, items in found.items()}
