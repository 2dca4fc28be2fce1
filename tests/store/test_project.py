"""Opening and closing project files, and everything that can be wrong with one."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.builders import TALK, add_code, add_text, code_words, coded

from verhalen import errors
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.store import checking, codebook, drafts, journal, place, sources
from verhalen.store.connection import check_sqlite, connect
from verhalen.store.lease import Lease
from verhalen.store.project import ProjectFile
from verhalen.store.schema import APPLICATION_ID, SCHEMA_VERSION

FILE = "project.verhalen"
CODING_PROCESS = Path(__file__).with_name("coding_process.py")


def hurried(project: ProjectFile) -> ProjectFile:
    """The same, but not patient with other windows."""
    project.outside_transaction("pragma busy_timeout = 1")
    return project


# -- open and close ------------------------------------------------------------------------------------------------


def test_what_was_written_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        add_code(project, "rol")
        source = add_text(project)
        code_words(project, source, "Ik sliep niet", "rol")
    with ProjectFile.open(tmp_path / FILE, coder="Hanne") as project:
        assert coded(project) == [("Hanne", "rol", "Ik sliep niet")]
        assert checking.problems(project) == []


def test_what_was_decided_holds_until_somebody_else_stores_something(project: ProjectFile) -> None:
    decided = project.decided(lambda: [code.key for code in codebook.codebook(project)])
    with project.change(Act.ADD_CODE) as writing:
        codebook.add_code(writing, Code("rol", "Rol"))
        assert decided() == []
    with project.sibling(coder="Jan") as jan:
        add_code(jan, "wonen")
    with project.change(Act.ADD_CODE):
        assert decided() == ["rol", "wonen"]


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        add_code(project, "rol")
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_a_folder_that_holds_a_project_is_refused_and_left_alone(project: ProjectFile, tmp_path: Path) -> None:
    add_code(project, "rol")
    with pytest.raises(errors.WorkspaceExists):
        ProjectFile.create(tmp_path, coder="Jan")
    assert len(codebook.codebook(project)) == 1


def test_a_project_in_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(errors.DamagedProject):
        ProjectFile.create(tmp_path / "weg", coder="Hanne")
    assert list(tmp_path.iterdir()) == []


def test_opening_where_nothing_is_says_so(tmp_path: Path) -> None:
    with pytest.raises(errors.NoProject):
        ProjectFile.open(tmp_path / FILE, coder="Hanne")


def test_a_line_of_text_random_bytes_and_an_empty_file_are_not_ours(tmp_path: Path) -> None:
    for content in (b"Anna: ik sliep niet.\n", os.urandom(5_000), b""):
        path = tmp_path / FILE
        path.write_bytes(content)
        with pytest.raises(errors.NotOurs):
            ProjectFile.open(path, coder="Hanne")
        assert path.read_bytes() == content


def test_whole_pages_without_a_header_may_be_encrypted_so_a_passphrase_is_asked(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(bytes(range(256)) * 32)
    with pytest.raises(errors.NeedsPassphrase):
        ProjectFile.open(path, coder="Hanne")


def test_another_programs_database_is_refused_and_not_a_byte_of_it_changes(tmp_path: Path) -> None:
    path = tmp_path / FILE
    other = sqlite3.connect(path)
    other.execute("create table note (text)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(errors.NotOurs):
        ProjectFile.open(path, coder="Hanne")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_a_file_of_a_newer_verhalen_is_refused(project: ProjectFile, tmp_path: Path) -> None:
    project.outside_transaction("pragma user_version = 99")
    with pytest.raises(errors.NewerProject) as caught:
        ProjectFile.open(tmp_path / FILE, coder="Hanne")
    assert (caught.value.values["found"], caught.value.values["known"]) == (99, SCHEMA_VERSION)


def test_a_file_with_a_hole_in_it_is_damaged(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        add_text(project, "Anna: ik sliep niet. " * 2_000)
    path = tmp_path / FILE
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(errors.DamagedProject), ProjectFile.open(path, coder="Hanne") as project:
        checking.digest(project)


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(errors.OlderSqlite) as caught:
        check_sqlite((3, 36, 0))
    assert caught.value.values == {"needed": "3.37", "found": "3.36.0"}
    check_sqlite((3, 37, 0))


# -- encryption ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """An encrypted project with one code in it."""
    pytest.importorskip("sqlcipher3")
    with ProjectFile.create(tmp_path, coder="Hanne", passphrase="drie blauwe fietsen") as project:
        add_code(project, "rol")
        add_text(project)
    return tmp_path / FILE


def test_an_encrypted_project_opens_with_its_passphrase(sealed: Path) -> None:
    with ProjectFile.open(sealed, coder="Hanne", passphrase="drie blauwe fietsen") as project:
        assert [code.key for code in codebook.codebook(project)] == ["rol"]
        assert checking.problems(project) == []
    assert b"gezinnen" not in sealed.read_bytes()


def test_a_wrong_passphrase_opens_nothing(sealed: Path) -> None:
    before = sealed.read_bytes()
    with pytest.raises(errors.WrongPassphrase):
        ProjectFile.open(sealed, coder="Hanne", passphrase="drie groene fietsen")
    assert sealed.read_bytes() == before


def test_an_encrypted_project_asks_for_its_passphrase(sealed: Path) -> None:
    with pytest.raises(errors.NeedsPassphrase):
        ProjectFile.open(sealed, coder="Hanne")


def test_a_second_connection_to_an_encrypted_project_takes_the_key_along(sealed: Path) -> None:
    with (
        ProjectFile.open(sealed, coder="Hanne", passphrase="drie blauwe fietsen") as project,
        project.sibling(coder="Jan") as jan,
    ):
        add_code(jan, "vervoer")
        assert [code.key for code in codebook.codebook(project)] == ["rol", "vervoer"]


def test_a_copy_of_an_encrypted_project_is_encrypted_with_the_same_passphrase(sealed: Path, tmp_path: Path) -> None:
    with ProjectFile.open(sealed, coder="Hanne", passphrase="drie blauwe fietsen") as project:
        project.copy_to(tmp_path / "kopie.verhalen")
    with ProjectFile.open(tmp_path / "kopie.verhalen", coder="Hanne", passphrase="drie blauwe fietsen") as copy:
        assert len(codebook.codebook(copy)) == 1
    assert b"gezinnen" not in (tmp_path / "kopie.verhalen").read_bytes()


# -- what may not be written ---------------------------------------------------------------------------------------


def skip_where_nothing_is_for_reading_only(path: Path) -> None:
    """Root writes everywhere."""
    if os.access(path, os.W_OK):
        pytest.skip("this user may write what is for reading only")


def test_a_file_for_reading_only_opens_for_reading_only(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        add_code(project, "rol")
    (tmp_path / FILE).chmod(0o444)
    skip_where_nothing_is_for_reading_only(tmp_path / FILE)
    with ProjectFile.open(tmp_path / FILE, coder="Hanne") as project:
        assert len(codebook.codebook(project)) == 1
        with pytest.raises(errors.ReadOnlyProject):
            add_code(project, "vervoer")


def test_a_file_in_a_folder_for_reading_only_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with ProjectFile.create(folder, coder="Hanne") as project:
        add_code(project, "rol")
    (folder / FILE).chmod(0o444)
    folder.chmod(0o555)
    try:
        skip_where_nothing_is_for_reading_only(folder)
        with ProjectFile.open(folder / FILE, coder="Hanne") as project:
            assert len(codebook.codebook(project)) == 1
    finally:
        folder.chmod(0o755)


def test_a_connection_for_reading_only_writes_nothing(project: ProjectFile) -> None:
    reading = connect(project.path, read_only=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.execute("insert into draft values ('a', 'b', 'c')")
    reading.close()


def fill_the_disk(project: ProjectFile) -> None:
    """Let the file grow by not a single page."""
    pages = project.number("pragma page_count")
    project.outside_transaction(f"pragma max_page_count = {pages}")


def add_many_codes(project: ProjectFile) -> None:
    """One large change."""
    with project.change(Act.ADD_CODE) as writing:
        for number in range(5_000):
            codebook.add_code(writing, Code(f"c{number}", "Veel woorden. " * 20))


def test_a_full_disk_stores_nothing_of_a_change_and_writing_works_again_when_there_is_room(
    project: ProjectFile,
) -> None:
    source = add_text(project)
    add_code(project, "rol")
    before, history = checking.digest(project), len(journal.history(project))
    fill_the_disk(project)
    with pytest.raises(errors.DiskFull):
        add_many_codes(project)
    assert checking.digest(project) == before
    assert len(journal.history(project)) == history
    assert checking.problems(project) == []

    project.outside_transaction("pragma max_page_count = 1000000")
    code_words(project, source, "Ik sliep niet", "rol")
    assert coded(project) == [("Hanne", "rol", "Ik sliep niet")]
    assert checking.problems(project) == []


def test_the_first_act_of_a_coder_on_a_full_disk_is_not_half_stored(project: ProjectFile) -> None:
    fill_the_disk(project)
    with pytest.raises(errors.DiskFull):
        drafts.keep_draft(project, "verhaal", "woorden " * 100_000)
    project.outside_transaction("pragma max_page_count = 1000000")
    assert drafts.draft(project, "verhaal") == ""
    add_code(project, "rol")
    assert checking.problems(project) == []


def test_a_window_that_keeps_writing_makes_the_other_say_that_it_is_busy(
    project: ProjectFile, jan: ProjectFile
) -> None:
    add_code(project, "rol")
    add_code(jan, "vervoer")
    hurried(jan)
    with project.change(Act.ADD_CODE) as writing:
        codebook.add_code(writing, Code("tijd", "Tijd"))
        with pytest.raises(errors.ProjectBusy):
            add_code(jan, "geld")
        assert [code.key for code in codebook.codebook(jan)] == ["rol", "vervoer"]
    add_code(jan, "geld")
    assert [code.key for code in codebook.codebook(jan)] == ["geld", "rol", "tijd", "vervoer"]


def test_a_change_inside_a_change_is_a_fault_of_ours(project: ProjectFile) -> None:
    with project.change(Act.ADD_CODE), pytest.raises(RuntimeError), project.change(Act.ADD_CODE):
        pass
    add_code(project, "rol")


# -- what others write ---------------------------------------------------------------------------------------------


def test_a_reader_notices_what_another_window_stored(project: ProjectFile, jan: ProjectFile) -> None:
    before = project.data_version()
    assert project.data_version() == before
    add_code(jan, "rol")
    assert project.data_version() != before
    assert project.last_change() == journal.history(jan)[0].id


def test_several_reads_in_steady_see_one_state(project: ProjectFile, jan: ProjectFile) -> None:
    add_code(project, "rol")
    with project.steady():
        assert len(codebook.codebook(project)) == 1
        add_code(jan, "vervoer")
        assert len(codebook.codebook(project)) == 1
    assert len(codebook.codebook(project)) == 2


def test_ids_rise_over_two_connections(project: ProjectFile, jan: ProjectFile) -> None:
    made = [add_code(window, f"c{number}") for number, window in enumerate([project, jan] * 10)]
    assert made == sorted(set(made))
    assert all(0 < number < 1 << 63 for number in made)
    changes = [change.id for change in journal.history(project)]
    assert changes == sorted(set(changes), reverse=True)


def test_two_processes_of_one_coder_give_no_id_twice(project: ProjectFile) -> None:
    source, _ = add_text(project), (add_code(project, "rol"), add_code(project, "vervoer"))
    command = [sys.executable, str(CODING_PROCESS), str(project.path), "Mieke", str(source)]
    running = [
        subprocess.Popen([*command, code, "25"], stdout=subprocess.PIPE, text=True) for code in ("rol", "vervoer")
    ]
    told = [process.communicate(timeout=120)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert [len(numbers) for numbers in told] == [25, 25]
    assert len({*told[0], *told[1]}) == 50
    assert len(coded(project)) == 50
    assert project.number("select count(*) from coder where name = 'Mieke'") == 1
    sequences = [row[0] for row in project.rows("select sequence from change order by id")]
    assert sequences == list(range(1, len(sequences) + 1))
    assert checking.problems(project) == []


# -- replicas and places -------------------------------------------------------------------------------------------


def test_a_copied_file_is_a_replica_of_its_own_and_the_first_stays_what_it_was(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        first = project.replica
    (tmp_path / "kopie").mkdir()
    shutil.copy(tmp_path / FILE, tmp_path / "kopie" / FILE)
    with ProjectFile.open(tmp_path / "kopie" / FILE, coder="Hanne") as copy:
        second = copy.replica
        assert copy.sibling().replica == second
    with ProjectFile.open(tmp_path / FILE, coder="Hanne") as project:
        assert project.replica == first
    assert first != second
    assert 0 <= second < 1 << 62


def test_two_replicas_never_give_the_same_id(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        add_code(project, "rol")
    (tmp_path / "kopie").mkdir()
    shutil.copy(tmp_path / FILE, tmp_path / "kopie" / FILE)
    with (
        ProjectFile.open(tmp_path / FILE, coder="Hanne") as project,
        ProjectFile.open(tmp_path / "kopie" / FILE, coder="Hanne") as copy,
    ):
        assert add_code(project, "a") & 0xFFFF == project.replica & 0xFFFF
        assert add_code(copy, "a") & 0xFFFF == copy.replica & 0xFFFF


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("OneDrive - Gemeente Zandhoven/werk", place.Kind.SYNC),
        ("Dropbox", place.Kind.SYNC),
        ("Nextcloud/gezinnen", place.Kind.SYNC),
        ("Google Drive", place.Kind.SYNC),
        ("Documenten/gezinnen", place.Kind.LOCAL),
    ],
)
def test_sync_folders_are_known_by_name(tmp_path: Path, folder: str, kind: place.Kind) -> None:
    assert place.look_at(tmp_path / folder / FILE, mounts="").kind is kind


def test_network_shares_are_known_by_their_mount(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n"
        f"nas:/werk {root}/nas nfs4 rw 0 0\n"
        f"//server/g {root}/Mijn\\040schijf cifs rw 0 0\n"
        f"jan@server: {root}/ver fuse.sshfs rw 0 0\n"
        f"/dev/sdb1 {root}/nas/stick vfat rw 0 0\n"
        "onzin\n"
    )

    def kind(folder: str) -> place.Kind:
        return place.look_at(root / folder / FILE, mounts=mounts).kind

    assert kind("nas") is kind("Mijn schijf/a") is kind("ver") is place.Kind.NETWORK
    assert kind("nas/stick") is kind("nasleep") is kind(".") is place.Kind.LOCAL


def test_conflict_copies_beside_the_project_are_named(tmp_path: Path) -> None:
    for name in (
        FILE,
        "project (Jans kopie in conflict 2026-03-02).verhalen",
        "project-kopie.verhalen",
        "project.sync-conflict-20260302.verhalen",
        "project2.verhalen",
        "ander-kopie.verhalen",
    ):
        (tmp_path / name).touch()
    assert place.look_at(tmp_path / FILE, mounts="").conflicts == (
        "project (Jans kopie in conflict 2026-03-02).verhalen",
        "project-kopie.verhalen",
        "project.sync-conflict-20260302.verhalen",
    )


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A project in a sync folder, closed."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with ProjectFile.create(folder, coder="Hanne") as project:
        add_code(project, "rol")
    return folder / FILE


def lease_of_another_machine(path: Path, *, age: float) -> None:
    Lease(path).path.write_text(json.dumps({"machine": "elders", "pid": 1, "time": time.time() - age}), "utf-8")


def test_in_a_sync_folder_one_whole_file_is_written_under_a_lease(shared: Path) -> None:
    with ProjectFile.open(shared, coder="Hanne") as project:
        assert project.place.is_shared
        assert project.row("pragma journal_mode") == ("delete",)
        add_code(project, "vervoer")
        assert sorted(each.name for each in shared.parent.iterdir()) == [".project.verhalen.lease", FILE]
    assert [each.name for each in shared.parent.iterdir()] == [FILE]


def test_while_another_machine_works_the_project_opens_for_reading_only(shared: Path) -> None:
    lease_of_another_machine(shared, age=20)
    with ProjectFile.open(shared, coder="Hanne") as project:
        assert project.read_only_reason != ""
        assert len(codebook.codebook(project)) == 1
        with pytest.raises(errors.ReadOnlyProject):
            add_code(project, "vervoer")
        with pytest.raises(errors.ReadOnlyProject):
            drafts.keep_draft(project, "verhaal", "half")
    assert Lease(shared).holder() == "elders"


def test_a_machine_that_went_away_does_not_hold_the_project(shared: Path) -> None:
    lease_of_another_machine(shared, age=600)
    with ProjectFile.open(shared, coder="Hanne") as project:
        assert project.read_only_reason == ""
        add_code(project, "vervoer")


def test_a_lease_that_cannot_be_read_holds_nothing(shared: Path) -> None:
    for content in ("", "[]", '{"machine": 3}', '{"machine": "x", "time": "gisteren"}'):
        Lease(shared).path.write_text(content, "utf-8")
        assert Lease(shared).holder() is None


# -- small doors ---------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_over_closing_and_an_empty_one_is_thrown_away(tmp_path: Path) -> None:
    with ProjectFile.create(tmp_path, coder="Hanne") as project:
        drafts.keep_draft(project, "verhaal", "half een zin")
        drafts.keep_view(project, "bron", "12")
    with ProjectFile.open(tmp_path / FILE, coder="Hanne") as project:
        assert drafts.draft(project, "verhaal") == "half een zin"
        assert drafts.view(project, "bron") == "12"
        drafts.keep_draft(project, "verhaal", "")
        assert drafts.draft(project, "verhaal") == ""
        assert drafts.view(project, "elders") == ""


def test_a_copy_made_while_the_project_is_open_holds_what_was_stored(project: ProjectFile, tmp_path: Path) -> None:
    add_text(project)
    project.copy_to(tmp_path / "kopie.verhalen")
    add_code(project, "rol")
    with ProjectFile.open(tmp_path / "kopie.verhalen", coder="Hanne") as copy:
        assert [each.title for each in sources.all_sources(copy)] == ["anna"]
        assert len(codebook.codebook(copy)) == 0
        assert checking.problems(copy) == []
    with pytest.raises(errors.CannotWrite):
        project.copy_to(tmp_path / "weg" / "kopie.verhalen")


def test_the_original_and_the_turns_come_back_as_they_were(project: ProjectFile) -> None:
    source = add_text(project)
    assert sources.original_of(project, source) == (TALK.encode(), ".txt")
    turns = [(turn.speaker, TALK[turn.start : turn.stop]) for turn in sources.turns_of(project, source)]
    assert turns == [
        ("Anna", "Ik sliep niet. En de gezinnen in de straat ook niet."),
        ("Bert", "Nu gaat het beter, zei de coach."),
    ]


def test_every_project_file_names_its_program(project: ProjectFile) -> None:
    assert project.number("pragma application_id") == APPLICATION_ID == 0x56455248
