"""Project files of every schema that was ever released open, are whole, and hold the same words."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path

import pytest
from tests.builders import DAY, add_code, add_family, coded, redo, undo
from tests.store.make_fixture import CODERS, FIXTURES, expected

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.family import Trajectory
from verhalen.settings import identity_file, made_once
from verhalen.store import checking, drafts, families, journal, migrations, sources
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED, SCHEMA_VERSION

FILES = sorted(FIXTURES.glob("schema_*.verhalen.gz"))


@pytest.fixture(params=FILES, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of an old file, with the coders who made it at work on this machine."""
    for name, identity in CODERS.items():
        made_once(identity_file(name), identity)
    path = tmp_path / "project.verhalen"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def promised(old: Path, request: pytest.FixtureRequest) -> dict[str, object]:
    """What was read from the file when it was made."""
    packed: Path = request.node.callspec.params["old"]
    name = packed.name.replace(".verhalen.gz", ".json")
    found: dict[str, object] = json.loads(packed.with_name(name).read_text("utf-8"))
    return found


def test_there_is_a_file_of_every_schema() -> None:
    assert [path.name for path in FILES] == [f"schema_{number}.verhalen.gz" for number in range(1, SCHEMA_VERSION + 1)]
    assert all(path.stat().st_size < 100_000 for path in FILES)
    assert len(migrations.STEPS) == SCHEMA_VERSION


def test_an_old_file_opens_and_holds_what_it_held(old: Path, request: pytest.FixtureRequest) -> None:
    with ProjectFile.open(old, coder="Hanne") as project:
        assert checking.problems(project) == []
        assert expected(project) == promised(old, request)
        assert drafts.draft(project, "verhaal:nieuw") == "Half een zin"


_WITH_SCHEMA_6 = ["double_coding", "discussed", "decision"]
_WITH_SCHEMA_5 = ["release", "release_row", "threshold", *_WITH_SCHEMA_6]
_WITH_SCHEMA_4 = [
    *("attachment", "attachment_bytes", "choice", "dissent", "feedback", "round_gone", "round_member", "round_story"),
    *("selection_round", "signal", "signal_place", "signal_span", "verification", "voice", "vote"),
    *_WITH_SCHEMA_5,
]
_WITH_SCHEMA_3 = [
    *("attribute_kind", "column_mapping", "instrument_version", "observation_reason", "revised_baseline"),
    *_WITH_SCHEMA_4,
]
CAME_LATER = {
    "schema_1": [*_WITH_SCHEMA_3, "code_pattern", "landmark"],
    "schema_2": _WITH_SCHEMA_3,
    "schema_3": _WITH_SCHEMA_4,
    "schema_4": _WITH_SCHEMA_5,
    "schema_5": _WITH_SCHEMA_6,
}
"""Tables that the file could not fill yet."""


def test_the_file_has_rows_in_every_table(old: Path, request: pytest.FixtureRequest) -> None:
    schema: str = request.node.callspec.id
    with ProjectFile.open(old, coder="Hanne") as project:
        others = ["change", "change_row", "coder", "draft", "original", "text_version", "tombstone", "view_state"]
        others.append("attachment_bytes")
        empty = [table for table in (*JOURNALED, *others) if not project.number(f"select count(*) from {table}")]
        assert sorted(empty) == sorted(CAME_LATER.get(schema, []))


def test_originals_come_along_byte_for_byte(old: Path) -> None:
    with ProjectFile.open(old, coder="Hanne") as project:
        kept = [sources.original_of(project, each.id) for each in sources.all_sources(project)]
    assert [data.decode().split(":")[0] for data, suffix in filter(None, kept) if suffix == ".txt"] == ["Els", "Anna"]


def test_work_goes_on_in_an_old_file_and_its_history_can_still_be_undone(old: Path) -> None:
    with ProjectFile.open(old, coder="Jan") as jan, jan.sibling(coder="Hanne") as hanne:
        before = checking.digest(jan)
        add_code(jan, "nieuw")
        undo(jan)
        assert checking.digest(jan) == before
        undo(hanne)
        assert ("Hanne", "rol", "straat") not in coded(hanne)
        redo(hanne)
        assert checking.digest(hanne) == before
        steps = 0
        while journal.undoable(hanne, hanne.coder_id) and steps < 40:
            try:
                undo(hanne)
            except errors.CannotUndo:
                break
            steps += 1
        assert steps > 0
        assert checking.problems(hanne) == []


def test_a_migration_keeps_a_copy_of_what_was_and_makes_the_triggers_anew(old: Path) -> None:
    writing = sqlite3.connect(old)
    writing.executescript("pragma journal_mode = wal; pragma user_version = 0; drop trigger coding_journal_update;")
    with ProjectFile.open(old, coder="Hanne") as project:
        assert project.number("pragma user_version") == SCHEMA_VERSION
        assert checking.problems(project) == []
    writing.close()
    copy = sqlite3.connect(old.with_name(f"project.verhalen.before-{SCHEMA_VERSION}"))
    assert copy.execute("pragma user_version").fetchone() == (0,)
    assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
    copy.close()


def test_a_migration_that_finds_a_broken_reference_changes_nothing(old: Path) -> None:
    writing = sqlite3.connect(old)
    writing.executescript(
        "pragma user_version = 0; update open_change set change_id = 1; update turn set speaker_id = 7;"
        " update open_change set change_id = null;"
    )
    writing.close()
    with pytest.raises(errors.DamagedProject):
        ProjectFile.open(old, coder="Hanne")
    reading = sqlite3.connect(old)
    assert reading.execute("pragma user_version").fetchone() == (0,)
    reading.close()


def test_an_image_of_before_a_column_came_is_restored_with_its_default(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        family = add_family(project, "G001")
        with project.change(Act.EDIT_FAMILY, family) as writing:
            families.put_trajectory(writing, family, Trajectory(1, DAY, coach="Hanne"))
        before = checking.digest(project)
        with project.change(Act.EDIT_FAMILY, family) as writing:
            families.put_trajectory(writing, family, Trajectory(1, DAY, coach="Els", referred_on="OCMW"))
        with project.note() as writing:
            writing.execute(
                "update change_row set image = json_remove(image, '$.referred_on') where tbl = 'trajectory' and op = 'u'"
            )
        undo(project)
        assert families.families(project)[0].trajectories[0].referred_on == ""
        assert checking.digest(project) == before
