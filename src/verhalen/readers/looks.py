"""How words look, as far as it tells us something: bold, hidden, numbered."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """What one style or one run says itself; None where it says nothing. A tuple: a document makes one for each run."""

    bold: bool | None = None
    hidden: bool | None = None
    numbered: bool | None = None

    def over(self, below: Look) -> Look:
        """This, and where it says nothing what `below` says."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
            below.numbered if self.numbered is None else self.numbered,
        )
