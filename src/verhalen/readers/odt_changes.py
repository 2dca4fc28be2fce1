"""Tracked changes of an OpenDocument text: what was deleted is kept apart, what was inserted stands in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers import document_words as words
from verhalen.readers.content import Tally
from verhalen.readers.odt_package import full

if TYPE_CHECKING:
    from lxml.etree import _Element

_DELETION, _INSERTION, _INFO = full("text:deletion"), full("text:insertion"), full("office:change-info")
_IDS = (full("xml:id"), full("text:id"))
_NOTES = (full("text:note"), full("office:annotation"))
CHANGE_ID = full("text:change-id")


@dataclass(slots=True)
class Changes:
    """The tracked changes of one document, by id."""

    deletions: set[str] = field(default_factory=set)
    """With words in them, and not yet met in the text."""
    insertions: set[str] = field(default_factory=set)

    def collect(self, tracked: _Element, tally: Tally) -> None:
        """Take in a `text:tracked-changes`."""
        for region in tracked:
            key = next((found for name in _IDS if (found := region.get(name))), "")
            for change in region:
                if change.tag == _INSERTION:
                    self.insertions.add(key)
                elif change.tag == _DELETION and _has_words(change):
                    self.deletions.add(key)
                    lost = sum(1 for _ in change.iter(*_NOTES))
                    if lost:
                        tally.add(words.UNPLACED, None, lost)

    def meet(self, key: str) -> str:
        """What to tell of the change at this place of the text; empty where there is nothing to tell, or it was told."""
        for kind, message in ((self.deletions, words.DELETIONS), (self.insertions, words.INSERTIONS)):
            if key in kind:
                kind.discard(key)
                return message
        return ""

    def count_unmet(self, tally: Tally) -> None:
        """Tell of deletions that have no place in the text."""
        if self.deletions:
            tally.add(words.DELETIONS, None, len(self.deletions))


def _has_words(deletion: _Element) -> bool:
    return any((text or "").strip() for part in deletion if part.tag != _INFO for text in part.itertext())
