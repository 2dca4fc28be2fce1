"""The interpretation scheme: the few codes with which every story is marked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verhalen.model.story import Story
from verhalen.store.project import ProjectFile

if TYPE_CHECKING:
    from verhalen.coding.scheme import Element, Marked


class Scheme:
    """`project.scheme`."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    def elements(self) -> list[Element]:
        """The scheme: what the team chose, or the shipped one, of which the codes may not be made yet (`code_id` 0)."""
        from verhalen.coding.scheme import elements

        return elements(self._file)

    def use(self, keys: Sequence[str]) -> list[Element]:
        """Let these codes be the scheme, in this order; none brings the shipped one back.

        A choice of the team, kept outside the history. Raises UnknownCode, BadInput for more than nine.
        """
        from verhalen.coding.scheme import use

        use(self._file, keys)
        return self.elements()

    def make(self) -> list[Element]:
        """Make the codes of the shipped scheme that are missing, in one undo step; the scheme as it is then."""
        from verhalen.coding.scheme import make

        return make(self._file)

    def marked(self, story: Story) -> list[Marked]:
        """What is marked up in a story and its further voices, per element; one without parts is still missing."""
        from verhalen.coding.scheme import marked

        return marked(self._file, [story.source_id, *(each.source_id for each in story.others)])

    def counts(self) -> list[tuple[Element, frozenset[str]]]:
        """Per element the keys of the stories in which it is marked up."""
        from verhalen.coding.scheme import stories_marked
        from verhalen.store.stories import stories

        found = stories(self._file)
        sources = {each.source_id: each.key for each in found}
        sources |= {voice.source_id: each.key for each in found for voice in each.others}
        counted = stories_marked(self._file, sources)
        return [(each, counted[each.key]) for each in self.elements()]
