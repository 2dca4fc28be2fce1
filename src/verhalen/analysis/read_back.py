"""How many stories their tellers heard or read again, and what they said of the text (methods.md A4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verhalen.model.story import Outcome, Story


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Counts of stories."""

    stories: int
    read_back: int
    """Read back to the teller, or checked in another way."""
    right: int
    """The last check said that the text is right."""
    otherwise: int
    """The last check said that the teller wants it otherwise."""

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there is no story."""
        return self.read_back / self.stories if self.stories else None


def read_back(stories: Iterable[Story]) -> ReadBack:
    """Count stories by whether they were read back; of several checks the last one says how it stands."""
    told = list(stories)
    last = [each.verifications[-1].outcome for each in told if each.verifications]
    return ReadBack(
        stories=len(told),
        read_back=sum(each.was_read_back for each in told),
        right=last.count(Outcome.RIGHT),
        otherwise=last.count(Outcome.OTHERWISE),
    )
