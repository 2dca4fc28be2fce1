"""What a project file says, piece by piece, in the order in which it says so. GUIDs are plain; empty where there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from verhalen.exchange.refi_qda.code_keys import ForeignCode


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who worked in the other program."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The whole tree of codes."""

    codes: list[ForeignCode]


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of cases or texts."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """A person, family, school, or whatever the other program's user took for one."""

    guid: str
    name: str
    description: str
    codes: int
    values: tuple[tuple[str, str], ...]
    """(variable, value)"""
    sources: tuple[str, ...]
    selections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextBegins:
    """A text, or a memo that may be coded as a text is."""

    guid: str
    name: str
    is_note: bool
    description: str
    content: str | None
    """The words where they stand in the file itself."""
    path: str
    """Where they stand else."""
    rich: str
    user: str
    created: str
    container: str = ""
    """GUID of the PDF, recording or picture that it puts into words."""


@dataclass(frozen=True, slots=True)
class CodingMark:
    """One code at a selection."""

    guid: str
    code: str
    user: str
    created: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A piece of the text that began last."""

    guid: str
    name: str
    start: int
    stop: int
    user: str
    created: str
    description: str
    codings: tuple[CodingMark, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeCoding:
    """A code at a whole text, named by its GUID or by that of its container."""

    text: str
    coding: CodingMark


@dataclass(frozen=True, slots=True)
class TextEnds:
    """The end of the text that began last."""

    guid: str
    notes: tuple[str, ...]
    values: int
    """Variables of the text itself."""
    times: tuple[tuple[int, int], ...] = ()
    """(place, milliseconds) of a transcript."""


@dataclass(frozen=True, slots=True)
class Container:
    """The end of a PDF, recording or picture."""

    guid: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two things."""

    guid: str
    origin: str
    target: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetOf:
    """A set of codes, texts or memos."""

    guid: str
    name: str
    description: str
    codes: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectSays:
    """What stands around everything."""

    name: str
    origin: str
    description: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that has no place here, and how many codings went with it."""

    kind: str
    codings: int = 0


@dataclass(slots=True)
class Head:
    """A text while it is read."""

    guid: str
    is_note: bool
    container: str = ""
    begun: bool = False
    sync: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)


Record = (
    User | Codes | Variable | Case | TextBegins | Selection | WholeCoding | TextEnds | Container | Link | SetOf
    | ProjectSays | Dropped
)  # fmt: skip
