"""A second coder: which texts he or she codes without seeing the first one's codes, and what was said of the differences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verhalen.i18n import mark
from verhalen.model.coding import Coder, Valence
from verhalen.model.text import Span

CONSENSUS = "Consensus"
"""Name of the coder whose codings are what coders agreed on."""


def same_coder(name: str) -> str:
    """What two ways to write one name of a coder have in common."""
    return " ".join(name.split()).casefold()


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


class State(StrEnum):
    """How far coders are with a place where they differ."""

    OPEN = "open"
    DISCUSSED = "discussed"
    """Ticked: they talked it over, and both may stand by what they gave."""
    SETTLED = "settled"
    """They chose what stands in the consensus."""

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {"open": mark("open"), "discussed": mark("talked over"), "settled": mark("settled")}[self]


class Outcome(StrEnum):
    """What coders settle on, of one code in one turn."""

    FIRST = "first"
    """The code is given, with the borders of the first coder."""
    SECOND = "second"
    """The code is given, with the borders of the second coder."""
    BOTH = "both"
    """The code is given to all that either of them marked."""
    NOT = "not"
    """The code is not given."""

    @property
    def label(self) -> str:
        """Marked word for people."""
        return {
            "first": mark("as the first coder"),
            "second": mark("as the second coder"),
            "both": mark("what either marked"),
            "not": mark("not given"),
        }[self]


@dataclass(frozen=True, slots=True)
class Progress:
    """A text at a second coder, and how far it is. Turns count where they got at least one code."""

    task: Task
    number: int
    """Number of the source."""
    title: str
    turns: int
    """Turns of the text."""
    coded: int
    """Turns that the second coder gave a code."""
    coded_by_others: int
    """Turns that got a code of anybody else; 0 to the second coder himself or herself while the task is open."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Texts drawn at random for a second coder."""

    seed: int
    """The same seed on the same texts draws the same."""
    among: int
    """How many texts could be drawn."""
    tasks: tuple[Task, ...]
    unusual: bool = False
    """Whether the share lies outside the 10 to 25 % that is usual."""


@dataclass(frozen=True, slots=True)
class Given:
    """One coding of one coder, as far as it lies in the turn that is looked at."""

    coding_id: int
    start: int
    """Clipped to the turn."""
    stop: int
    whole: Span
    """The coding itself, which may reach over several turns."""
    valence: Valence
    memo: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two coders said of one code in one turn (or another unit): at least one of them gave it there."""

    source_id: int
    version: int
    """Of the text; ticking and settling refuse a place of an older one."""
    start: int
    """Of the turn."""
    stop: int
    code: str
    """Key of the code."""
    code_id: int
    coders: tuple[Coder, Coder]
    given: tuple[tuple[Given, ...], tuple[Given, ...]]
    """Per coder what he or she gave; empty where the code was not given. Fragments, valences and memos are in there."""
    state: State = State.OPEN
    note: str = ""
    """What was said when it was talked over."""
    by: str = ""
    """Name of who ticked or settled it."""
    day: str = ""
    consensus: tuple[Given, ...] = ()
    """What stands in the consensus layer there; empty with state `settled`: settled on not giving it."""

    @property
    def differs(self) -> bool:
        """Whether only one of the two gave the code: what agreement counts as a disagreement."""
        return not (self.given[0] and self.given[1])

    @property
    def other_valence(self) -> bool:
        """Whether both gave the code, with other valences. Agreement does not count it."""
        valences = [{each.valence for each in side} for side in self.given]
        return not self.differs and valences[0] != valences[1]


@dataclass(frozen=True, slots=True)
class TurnBeside:
    """One turn with the codings of two coders, for a screen that shows both. Every turn of the text has one."""

    start: int
    stop: int
    speaker: str
    """Name of the speaker; empty where nobody is known."""
    text: str
    judgements: tuple[Judgement, ...]
    """Per code given by either, in order of the codebook."""

    @property
    def differs(self) -> bool:
        """Whether the two differ on any code."""
        return any(each.differs for each in self.judgements)


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A fragment of one code, as the consensus has it."""

    start: int
    stop: int
    valence: Valence


@dataclass(frozen=True, slots=True)
class Settled:
    """One coding of the consensus."""

    id: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Copied:
    """What settling all that coders agree on did."""

    judgements: int
    """Turns with a code that both gave and that stand in the consensus now."""
    existed: int
    """Those that had been settled before: they stay as they are."""
