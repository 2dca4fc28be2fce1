"""Import many files: one by one, each whole or not at all, with progress, a way to stop, and a summary. Knows no store and no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from verhalen.errors import AlreadyImported, NotReached, ProjectError, UnknownFormat, UnreadableFile, VerhalenError
from verhalen.model.text import Reading
from verhalen.readers.batch import Batch, BatchFile, read_file

Stored = TypeVar("Stored")
Stop = Callable[[], bool]
"""Asked before each file, from the thread that imports: `threading.Event().is_set` will do."""


class Progress(Protocol):
    """Told before each file and once at the end, from the thread that imports."""

    def __call__(self, done: int, total: int, name: str) -> None:
        """`done` of `total` files are behind us and `name` is next; the name is empty at the end."""


class Done(Protocol):
    """What a summary counts: a file, and what stopped it, if anything."""

    @property
    def file(self) -> str:
        """As the batch names it."""

    @property
    def error(self) -> VerhalenError | None:
        """None where it was stored."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Stored]):
    """What became of one file: either it was stored or there is an error. It holds no text of the file."""

    file: str
    stored: Stored | None
    error: VerhalenError | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a batch; every file stands in one of the five."""

    stored: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    """Files that are a source of the project already."""
    refused: tuple[tuple[str, VerhalenError], ...] = ()
    """Files that were read in vain, archives and members that may not be read: each asks for an act of the user."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Kinds of file (by suffix) that no reader knows, with how many there are: photographs, recordings."""
    not_reached: tuple[str, ...] = ()
    """Files behind the place where the import stopped."""
    system: int = 0
    """Hidden and system files that were passed over."""

    @property
    def is_whole(self) -> bool:
        """Whether all that could be a text is in the project now, by this import."""
        return not (self.already or self.refused or self.unknown or self.not_reached)


def import_many(
    batch: Batch,
    store: Callable[[Reading], Stored],
    *,
    on_progress: Progress | None = None,
    stop: Stop | None = None,
) -> Iterator[Outcome[Stored]]:
    """Read each file and give it to `store`, which makes one change of it; yield what became of it before the next.

    An error of ours stops that file only, unless it is about the project: then the next would meet it too. What was
    left out of the batch comes at the end, what nobody misses excepted.
    """
    total, stopped = len(batch.files), False
    for done, file in enumerate(batch.files):
        stopped = stopped or (stop is not None and stop())
        if stopped:
            yield Outcome(file.name, None, NotReached(file=file.name))
            continue
        if on_progress is not None:
            on_progress(done, total, file.name)
        outcome = _import_one(file, store)
        stopped = isinstance(outcome.error, ProjectError)
        yield outcome
    if on_progress is not None and not stopped:
        on_progress(total, total, "")
    for left in batch.left_out:
        if not left.is_quiet:
            yield Outcome(left.name, None, left.error)


def summarise(outcomes: Iterable[Done], *, system: int = 0) -> Summary:
    """Count what became of a batch; `system` files were passed over without an outcome."""
    stored: list[str] = []
    already: list[str] = []
    not_reached: list[str] = []
    refused: list[tuple[str, VerhalenError]] = []
    unknown: Counter[str] = Counter()
    for each in outcomes:
        match each.error:
            case None:
                stored.append(each.file)
            case AlreadyImported():
                already.append(each.file)
            case NotReached():
                not_reached.append(each.file)
            case UnknownFormat() as error:
                unknown[str(error.values["suffix"])] += 1
            case error:
                refused.append((each.file, error))
    return Summary(
        tuple(stored), tuple(already), tuple(refused), tuple(unknown.most_common()), tuple(not_reached), system
    )


def _import_one(file: BatchFile, store: Callable[[Reading], Stored]) -> Outcome[Stored]:
    try:
        return Outcome(file.name, store(read_file(file)), None)
    except VerhalenError as error:
        if isinstance(error, UnreadableFile):
            error.values = {**error.values, "file": file.name}
        return Outcome(file.name, None, error.let_go())
