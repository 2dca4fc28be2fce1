"""What a group of RTF inherits from the one around it, and may change until its closing brace."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class State:
    """How words look at this place, and where they go."""

    bold: bool = False
    hidden: bool = False
    removed: str = ""
    """What to tell of words that were deleted or moved away."""
    added: bool = False
    """Words that were inserted."""
    font: int = -1
    skips: int = 1
    """How many characters behind a Unicode character are its stand-in for old programs."""
    level: int = 0
    """How many tables are around the paragraph."""
    sink: list[str] | None = None
    """Where words go that are no text: an instruction, a name."""
    formula: bool = False
    quiet: bool = False
    """Inside an object that was counted already."""

    def copy(self) -> State:
        """The same for a group inside."""
        return State(
            self.bold,
            self.hidden,
            self.removed,
            self.added,
            self.font,
            self.skips,
            self.level,
            self.sink,
            self.formula,
            self.quiet,
        )

    def plain(self, font: int) -> None:
        """No look of their own."""
        self.bold = self.hidden = self.added = False
        self.removed, self.font = "", font
