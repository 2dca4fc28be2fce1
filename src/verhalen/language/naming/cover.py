"""Which characters of a text are taken, so that no two findings overlap: whoever comes first keeps its place."""

from __future__ import annotations

from verhalen.model.masking import Finding, NameKind
from verhalen.model.text import Span


class Cover:
    """The findings so far."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)
        self._found: list[Finding] = []

    def is_free(self, start: int, stop: int) -> bool:
        """Whether nothing was found between the two."""
        return self._taken.find(1, start, stop) < 0

    def block(self, start: int, stop: int) -> None:
        """Nothing is to be found here."""
        self._taken[start:stop] = b"\x01" * (stop - start)

    def take(self, kind: NameKind, start: int, stop: int, *, sure: bool = True) -> bool:
        """Add a finding if its place is free; say whether it was."""
        if start >= stop or not self.is_free(start, stop):
            return False
        self.block(start, stop)
        self._found.append(Finding(kind, Span(start, stop), sure))
        return True

    def findings(self) -> list[Finding]:
        """All, in reading order."""
        return sorted(self._found, key=lambda each: each.span)
