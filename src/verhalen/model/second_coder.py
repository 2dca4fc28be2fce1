"""A second coder: which texts he or she codes without seeing the first one's codes, and what was said of the differences."""

from __future__ import annotations

from dataclasses import dataclass

CONSENSUS = "Consensus"
"""Name of the coder whose codings are what coders agreed on."""


@dataclass(frozen=True, slots=True)
class Task:
    """A text that a second coder codes blind. It is open until it is taken back."""

    id: int
    source_id: int
    coder: str
    """Name of the second coder, who may never have opened the project."""
    given: str
    """ISO day."""
    back: str | None = None
    """ISO day of taking back; None while it is open."""
    seed: int | None = None
    """Of the draw; None where a person chose the text."""
    drawn: str = ""
    """From how many texts how many were drawn: `2/12`; empty where a person chose."""


@dataclass(frozen=True, slots=True)
class Discussed:
    """That coders talked over a place: it moves along with the text, as codings do."""

    id: int
    source_id: int
    start: int
    stop: int
    code_id: int | None
    """The code that it is about; None for the place as a whole."""
    note: str
    settled: bool
    """Whether they chose what stands in the consensus; else it was only ticked."""
    day: str
    coder: str
