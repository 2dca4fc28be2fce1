"""Many files in one import: each whole or not at all, past the bad ones, until somebody stops it."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

from tests.readers.archives_made import TALK, zipped

from verhalen.errors import DiskFull, EmptyFile, NotReached
from verhalen.exchange.batch import Outcome, Summary, import_many, summarise
from verhalen.exchange.intake import draft_of, store_reviewed
from verhalen.model.text import Reading
from verhalen.readers.batch import Batch, find_files
from verhalen.store import sources
from verhalen.store.project import ProjectFile


def a_folder(tmp_path: Path, **texts: str) -> Batch:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return find_files([folder])


def title(reading: Reading) -> str:
    return reading.title


def codes(outcomes: list[Outcome[str]]) -> list[tuple[str, str | None]]:
    return [(each.file, each.error.code if each.error else None) for each in outcomes]


def test_a_batch_goes_on_past_a_bad_file_and_says_so(tmp_path: Path) -> None:
    batch = a_folder(tmp_path, a=TALK, b="", c=TALK + "!")
    outcomes = list(import_many(batch, title))
    assert codes(outcomes) == [("in/a.txt", None), ("in/b.txt", "empty"), ("in/c.txt", None)]
    assert [each.stored for each in outcomes] == ["a", None, "c"]
    summary = summarise(outcomes)
    assert summary.stored == ("in/a.txt", "in/c.txt")
    [(file, error)] = summary.refused
    assert (file, type(error)) == ("in/b.txt", EmptyFile)
    assert not summary.is_whole


def test_progress_names_the_file_in_hand_and_ends_at_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    batch = a_folder(tmp_path, a=TALK, b="")
    list(import_many(batch, title, on_progress=lambda done, total, name: told.append((done, total, name))))
    assert told == [(0, 2, "in/a.txt"), (1, 2, "in/b.txt"), (2, 2, "")]


def test_stopping_leaves_whole_files_and_names_the_rest(tmp_path: Path) -> None:
    batch = a_folder(tmp_path, a=TALK, b=TALK + "b", c=TALK + "c", d=TALK + "d")
    kept: list[str] = []

    def store(reading: Reading) -> str:
        kept.append(reading.title)
        return reading.title

    outcomes = list(import_many(batch, store, stop=lambda: len(kept) == 2))
    assert kept == ["a", "b"]
    assert codes(outcomes)[2:] == [("in/c.txt", "stopped"), ("in/d.txt", "stopped")]
    assert summarise(outcomes) == Summary(("in/a.txt", "in/b.txt"), not_reached=("in/c.txt", "in/d.txt"))


def test_a_full_disk_stops_the_batch_instead_of_failing_each_file(tmp_path: Path) -> None:
    tried: list[str] = []

    def store(reading: Reading) -> str:
        tried.append(reading.title)
        raise DiskFull

    outcomes = list(import_many(a_folder(tmp_path, a=TALK, b=TALK), store))
    assert tried == ["a"]
    assert codes(outcomes) == [("in/a.txt", "disk_full"), ("in/b.txt", "stopped")]


def test_each_file_is_one_change_and_doubles_are_told_apart(tmp_path: Path, project: ProjectFile) -> None:
    archive = zipped(tmp_path / "x.zip", [("a.txt", TALK), ("map/a.txt", TALK), ("b.txt", TALK + "Anna: en nog iets")])

    def store(reading: Reading) -> int:
        return store_reviewed(project, draft_of(reading))

    summary = summarise(import_many(find_files([archive]), store))
    assert summary.stored == ("x.zip › a.txt", "x.zip › b.txt")
    assert summary.already == ("x.zip › map/a.txt",)
    assert len(sources.all_sources(project)) == 2
    again = summarise(import_many(find_files([archive]), store))
    assert (len(again.stored), len(again.already)) == (0, 3)


def test_a_double_is_named_as_the_batch_names_it(tmp_path: Path, project: ProjectFile) -> None:
    archive = zipped(tmp_path / "x.zip", [("a.txt", TALK), ("map/a.txt", TALK)])
    outcomes = list(import_many(find_files([archive]), lambda reading: store_reviewed(project, draft_of(reading))))
    assert str(outcomes[1].error) == "x.zip › map/a.txt was imported before, as source 1. Nothing was changed."


def test_photographs_are_counted_by_kind_and_system_files_apart(tmp_path: Path) -> None:
    members: list[tuple[str, str]] = [("a.txt", TALK), ("1.jpg", ""), ("2.jpg", ""), ("o.mp3", ""), (".DS_Store", "")]
    batch = find_files([zipped(tmp_path / "x.zip", [*members])])
    outcomes = list(import_many(batch, title))
    assert len(outcomes) == 4
    summary = summarise(outcomes, system=batch.system)
    assert summary == Summary(("x.zip › a.txt",), unknown=((".jpg", 2), (".mp3", 1)), system=1)


def test_fifty_files_that_fail_leave_no_text_in_memory(tmp_path: Path) -> None:
    talk = "een zin die vaak voorkomt " * 4000
    batch = find_files([zipped(tmp_path / "x.zip", [(f"{number}.txt", f"{talk}{number}") for number in range(50)])])

    def store(reading: Reading) -> None:
        raise EmptyFile(held=len(reading.text))

    gc.collect()
    tracemalloc.start()
    kept = [each.error for each in import_many(batch, store)]
    gc.collect()
    held, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == 50
    assert held < len(talk) * 5
    assert highest < len(talk) * 60


def test_a_file_that_was_not_reached_says_what_to_do() -> None:
    assert str(NotReached(file="in/a.txt")) == (
        "in/a.txt was not read, because the import stopped before it. Import it again."
    )
