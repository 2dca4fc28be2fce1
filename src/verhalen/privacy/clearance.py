"""The gate: `Cleared[...]` is a value that may leave, and for whom. Only the modules of privacy/ make it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from verhalen.i18n import mark, t

T_co = TypeVar("T_co", covariant=True)


class _Seal:
    """Proof that a value went through consent or disclosure. There is one, and it stays in this room."""

    __slots__ = ()


_SEAL = _Seal()


@dataclass(frozen=True, slots=True)
class Cleared(Generic[T_co]):
    """A value that went through privacy/. Anything that writes for people outside takes this and nothing else.

    The second argument is the seal, which a test keeps inside verhalen.privacy: elsewhere mypy and the constructor refuse.
    """

    value: T_co = field(repr=False)
    """What may leave. Not in the repr: a log is no reader."""
    seal: InitVar[_Seal]

    def __post_init__(self, seal: _Seal) -> None:
        if seal is not _SEAL:
            raise TypeError("only verhalen.privacy clears a value")


class Audience(StrEnum):
    """Who will read it. Counts of families below a threshold are masked (methods.md D6)."""

    INTERNAL = "internal"
    COUNCIL = "council"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "internal": mark("the team"),
            "council": mark("the city council"),
            "public": mark("everybody"),
        }[self]

    def threshold(self, *, sensitive: bool = False) -> int:
        """The smallest number of families that is shown; 1 masks nothing. Sensitive life domains ask for more."""
        plain, strict = USUAL[self]
        return strict if sensitive else plain

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside the team reads it: then numbers are masked and the ledger remembers what was shown."""
        return self is not Audience.INTERNAL


USUAL: Mapping[Audience, tuple[int, int]] = {
    Audience.INTERNAL: (1, 1),
    Audience.COUNCIL: (3, 5),
    Audience.PUBLIC: (5, 10),
}
"""The smallest numbers of families that are shown, for ordinary and for sensitive life domains (methods.md D6)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The smallest numbers of families that one report shows: those of its audience, of the project, and of its own front."""

    audience: Audience
    plain: int
    strict: int
    """For sensitive life domains."""

    def threshold(self, *, sensitive: bool = False) -> int:
        """As `Audience.threshold`."""
        return self.strict if sensitive else self.plain


def thresholds(audience: Audience, own: tuple[int, int] | None = None, *, at_least: int = 1) -> Thresholds:
    """What counts for a report: the project's own pair instead of ours outside the team; `at_least` only raises."""
    plain, strict = own if own and audience.is_outside else USUAL[audience]
    return Thresholds(audience, max(plain, at_least), max(strict, at_least))


Readers = Audience | Thresholds
"""Who reads it, with the thresholds of the audience or of one report."""


def own_words(text: str) -> Cleared[str]:
    """Words that hold nothing of the project: what the coordinator wrote in the report source, or what we print ourselves."""
    return Cleared(text, _SEAL)


def phrase(message: str, **parts: Cleared[str]) -> Cleared[str]:
    """A marked sentence around values that are cleared already."""
    return Cleared(t(message, **{name: part.value for name, part in parts.items()}), _SEAL)


def enumeration(parts: Sequence[Cleared[str]]) -> Cleared[str]:
    """Cleared values in a row, with commas."""
    return Cleared(", ".join(part.value for part in parts), _SEAL)


def sentences(parts: Sequence[Cleared[str]]) -> Cleared[str]:
    """Cleared sentences one after the other."""
    return Cleared(" ".join(part.value for part in parts), _SEAL)
