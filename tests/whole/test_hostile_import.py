"""Whole imports of files that mean harm: a text or a clear refusal, and the project as it was. `python -m bench.hostile` has full sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest
from tests.hostile_made import Case, archives, documents, long_texts, odd_letters, sizes, timed
from tests.mutating import SAMPLES, WORDS

from verhalen.api.project import Project, new_project
from verhalen.api.sources import Mask
from verhalen.errors import NotReached, UnreadableFile
from verhalen.store.checking import digest

SIZE = 2_000
"""Characters of what is endless in the bench."""
SPOKEN = (*WORDS, "Mieke", "Kerkstraat", "Anna: ja", "woord")
MASKS: tuple[Mask, ...] = ("none", "auto")
TEXTS = (
    "one line of words",
    "one line of new names",
    "one line of new numbers",
    "blank lines",
    "turns",
    "speakers",
    "paragraphs",
)
GROUPS: dict[str, Callable[[], Iterable[Case]]] = {
    "long texts": lambda: (
        case for case in long_texts(SIZE) if case.name.removesuffix(Path(case.file).suffix).strip() in TEXTS
    ),
    "odd letters": odd_letters,
    "bad times": lambda: timed(SIZE),
    "documents": lambda: documents(SIZE),
    "archives": lambda: archives(SIZE),
    "sizes": sizes,
    "renamed": lambda: (
        Case(f"{suffix} as {other}", f"a{other}", partial(bytes, data))
        for suffix, data in SAMPLES.items()
        for other in SAMPLES
        if other != suffix
    ),
    "cut off": lambda: (
        Case(f"{part} parts of eight of {suffix}", f"a{suffix}", partial(bytes, data[: len(data) * part // 8]))
        for suffix, data in SAMPLES.items()
        for part in (1, 4, 7)
    ),
}


def outcome(project: Project, case: Case, folder: Path, mask: Mask) -> list[str]:
    """Import one file; what is wrong with what became of it."""
    path = folder / case.file
    path.write_bytes(case.make())
    before, sources = digest(project.file), len(project.sources.all())
    wrong: list[str] = []
    stored = 0
    for each in project.sources.import_files([path], mask=mask):
        stored += each.source is not None
        if each.error is not None:
            wrong += refusal(each.error, each.file)
        elif each.source is None or not project.sources.text(each.source.id).text.strip():
            wrong.append("neither a text nor a refusal")
    if not stored and digest(project.file) != before:
        wrong.append("a refusal that changed the project")
    if len(project.sources.all()) != sources + stored:
        wrong.append("another number of texts than was told")
    path.unlink()
    return [f"{case.name}: {each}" for each in wrong]


def refusal(error: Exception, file: str) -> Iterable[str]:
    """What is wrong with a refusal: it is ours, names the file, says what to do, and holds no word of the text."""
    said = str(error)
    if not isinstance(error, UnreadableFile | NotReached):
        yield f"not one of ours: {type(error)}"
    if file not in said or said.count(". ") < 1:
        yield f"no way out: {said}"
    if "{" in said or any(word in said for word in SPOKEN):
        yield "words of the text in a refusal"


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("group", GROUPS)
def test_a_hostile_file_gives_a_text_or_a_clear_refusal_and_leaves_the_project_whole(
    tmp_path: Path, group: str, mask: Mask
) -> None:
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as project:
        wrong = [each for case in GROUPS[group]() for each in outcome(project, case, tmp_path, mask)]
        assert project.history.check().ok
    assert wrong == []


def test_nothing_of_an_archive_is_ever_written_beside_the_project(tmp_path: Path) -> None:
    with new_project(tmp_path / "deep" / "w", coder="Hanne", empty=True) as project:
        before = {path for path in tmp_path.rglob("*") if project.workspace not in path.parents}
        for case in archives(SIZE):
            path = tmp_path / "deep" / case.file
            path.write_bytes(case.make())
            list(project.sources.import_files([path]))
            path.unlink()
        assert {path for path in tmp_path.rglob("*") if project.workspace not in path.parents} == before


def test_an_external_reference_never_brings_a_file_in(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("Grutjesnaam", "utf-8")
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as project:
        for case in documents(SIZE):
            if case.name == "external reference":
                path = tmp_path / case.file
                path.write_bytes(case.make().replace(b"/etc/passwd", str(secret).encode()))
                list(project.sources.import_files([path]))
        assert all("Grutjesnaam" not in project.sources.text(each.id).text for each in project.sources.all())
