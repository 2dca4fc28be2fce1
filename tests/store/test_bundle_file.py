"""The container of a bundle: what goes in comes out, and everything that can be wrong with one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from verhalen import errors
from verhalen.store.bundle_file import bundle_project, is_bundle, new_bundle, open_bundle, project_hash

PROJECT = "3f6c0a52e9d84be19a4c77d1b2a1f0c3"
OTHER = "0b8e1a9cf1c24f4b8a6d2d9be4d7e6aa"
SECRET = "drie blauwe fietsen"
WORDS = "Ik sliep niet, de kinderen ook niet."


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """So that a test sees what stayed there."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """One table, 200 rows."""
    return made(tmp_path / "hanne.bundel")


def made(path: Path, *, project: str = PROJECT, schema: int = 6, passphrase: str = SECRET) -> Path:
    with new_bundle(path, project_id=project, schema=schema, passphrase=passphrase) as connection:
        connection.execute("create table said (id integer primary key, words text)")
        connection.executemany("insert into said (words) values (?)", [(WORDS,)] * 200)
    return path


def read(path: Path, *, project: str | None = PROJECT, schema: int = 6, passphrase: str = SECRET) -> list[str]:
    with open_bundle(path, project_id=project, schema=schema, passphrase=passphrase) as connection:
        return [words for (words,) in connection.execute("select words from said order by id")]


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# -- to and fro --------------------------------------------------------------------------------------------------------


def test_what_goes_in_comes_out(bundle: Path) -> None:
    assert read(bundle) == [WORDS] * 200
    assert names(bundle.parent) == ["hanne.bundel"]


def test_a_bundle_is_read_without_asking_which_project_it_is_of(bundle: Path) -> None:
    assert len(read(bundle, project=None)) == 200
    assert bundle_project(bundle) == project_hash(PROJECT)


def test_the_schema_of_the_sender_can_be_read(tmp_path: Path) -> None:
    older = made(tmp_path / "ouder.bundel", schema=6)
    with open_bundle(older, project_id=PROJECT, schema=9, passphrase=SECRET) as connection:
        assert connection.execute("pragma user_version").fetchone()[0] == 6


def test_the_file_tells_nothing(bundle: Path) -> None:
    data = bundle.read_bytes()
    assert data.startswith(b"VERHALEN-BUNDEL 1\n{")
    for told in (WORDS[:12].encode(), b"SQLite format 3", b"create table", PROJECT.encode(), SECRET.encode(), b"said"):
        assert told not in data


def test_no_file_holds_plain_words_while_a_bundle_is_written(tmp_path: Path, own_temporary_folder: Path) -> None:
    with new_bundle(tmp_path / "hanne.bundel", project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("pragma cache_size = 10")
        connection.execute("create table said (id integer primary key, words text)")
        connection.executemany("insert into said (words) values (?)", [(WORDS,)] * 50_000)
        there = [*tmp_path.iterdir(), *own_temporary_folder.iterdir()]
        assert sum(each.stat().st_size for each in there) > 100_000
        assert all(WORDS[:12].encode() not in each.read_bytes() for each in there)
        assert [each.stat().st_mode & 0o077 for each in there] == [0]


def test_no_file_holds_plain_words_while_a_bundle_is_read(bundle: Path, own_temporary_folder: Path) -> None:
    with open_bundle(bundle, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        assert connection.execute("select count(*) from said").fetchone()[0] == 200
        (folder,) = own_temporary_folder.iterdir()
        assert folder.stat().st_mode & 0o077 == 0
        assert all(WORDS[:12].encode() not in each.read_bytes() for each in folder.iterdir())
    assert names(own_temporary_folder) == []


def test_a_bundle_that_is_read_cannot_be_written(bundle: Path) -> None:
    with (
        open_bundle(bundle, project_id=PROJECT, schema=6, passphrase=SECRET) as connection,
        pytest.raises(Exception, match="readonly"),
    ):
        connection.execute("delete from said")
    assert len(read(bundle)) == 200


def test_an_accent_that_is_typed_in_two_ways_is_the_same_passphrase(tmp_path: Path) -> None:
    path = made(tmp_path / "hanne.bundel", passphrase="drie café's")
    assert len(read(path, passphrase="drie cafe\u0301's")) == 200


def test_a_new_bundle_takes_the_place_of_an_older_one(bundle: Path) -> None:
    with new_bundle(bundle, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("create table said (id integer primary key, words text)")
    assert read(bundle) == []


# -- bad input ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(20))
def test_a_bundle_that_was_cut_off_is_refused(bundle: Path, part: int, own_temporary_folder: Path) -> None:
    data = bundle.read_bytes()
    bundle.write_bytes(data[: len(data) * part // 20 + 17])
    with pytest.raises(errors.BrokenBundle):
        read(bundle)
    assert names(own_temporary_folder) == []


@pytest.mark.parametrize("length", [17, 18, 19, 60, 150, 300])
def test_a_bundle_that_was_cut_off_in_its_head_is_refused(bundle: Path, length: int) -> None:
    bundle.write_bytes(bundle.read_bytes()[:length])
    with pytest.raises(errors.BrokenBundle):
        read(bundle)


def test_a_bundle_with_something_behind_it_is_refused(bundle: Path) -> None:
    bundle.write_bytes(bundle.read_bytes() + b"\n")
    with pytest.raises(errors.BrokenBundle):
        read(bundle)


@pytest.mark.parametrize("place", [18, 30, 45, 60, 100, 200, 280, 400, 2_000, 9_000, -1])
def test_a_bundle_with_one_altered_byte_is_refused(bundle: Path, place: int) -> None:
    data = bytearray(bundle.read_bytes())
    data[place] ^= 1
    bundle.write_bytes(data)
    with pytest.raises(errors.BrokenBundle):
        read(bundle)


@pytest.mark.parametrize("passphrase", ["drie groene fietsen", "Drie blauwe fietsen", SECRET + " "])
def test_a_wrong_passphrase_is_told(bundle: Path, passphrase: str, own_temporary_folder: Path) -> None:
    with pytest.raises(errors.WrongBundlePassphrase):
        read(bundle, passphrase=passphrase)
    assert names(own_temporary_folder) == []


def test_no_passphrase_is_told(bundle: Path) -> None:
    with pytest.raises(errors.NeedsBundlePassphrase):
        read(bundle, passphrase="")


def test_a_bundle_of_another_project_is_told_before_the_passphrase_is_tried(bundle: Path) -> None:
    with pytest.raises(errors.OtherProjectBundle):
        read(bundle, project=OTHER, passphrase="drie groene fietsen")


def test_a_bundle_of_a_newer_schema_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.NewerBundle):
        read(made(tmp_path / "hanne.bundel", schema=7))


def test_a_bundle_of_a_newer_form_is_told(bundle: Path) -> None:
    bundle.write_bytes(b"VERHALEN-BUNDEL 2\nin a form that nobody here knows\n")
    with pytest.raises(errors.NewerBundle):
        read(bundle)


def plain_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("create table said (words text)")
    connection.close()


def word_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


def empty(path: Path) -> None:
    path.touch()


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


@pytest.mark.parametrize("make", [plain_database, word_file, empty, noise])
def test_what_is_no_bundle_is_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "hanne.bundel"
    make(path)
    assert not is_bundle(path)
    with pytest.raises(errors.NotABundle):
        read(path)
    with pytest.raises(errors.NotABundle):
        bundle_project(path)


def test_an_encrypted_database_of_others_in_a_true_head_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hanne.bundel"
    with new_bundle(path, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("commit")
        connection.execute("pragma application_id = 7")
    with pytest.raises(errors.BrokenBundle):
        read(path)


def test_a_bundle_without_its_tables_is_told(tmp_path: Path) -> None:
    path = tmp_path / "hanne.bundel"
    with new_bundle(path, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("create table other (id integer primary key)")
    with pytest.raises(errors.BrokenBundle):
        read(path)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(errors.UnreadableFile):
        read(tmp_path / "weg.bundel")
    with pytest.raises(errors.UnreadableFile):
        read(tmp_path)
    assert not is_bundle(tmp_path)
    assert not is_bundle(tmp_path / "weg.bundel")


# -- what cannot be written --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("passphrase", ["", "kort", "1234567", "       x      "])
def test_a_weak_passphrase_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(errors.WeakPassphrase):
        made(tmp_path / "hanne.bundel", passphrase=passphrase)
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.CannotWrite):
        made(tmp_path / "weg" / "hanne.bundel")
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(errors.CannotWrite):
            made(tmp_path / "hanne.bundel")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "hanne.bundel").mkdir()
    with pytest.raises(errors.CannotWrite):
        made(tmp_path / "hanne.bundel")


def test_another_file_of_that_name_stays(tmp_path: Path) -> None:
    (tmp_path / "project.verhalen").write_bytes(b"years of work")
    with pytest.raises(errors.FileExists):
        made(tmp_path / "project.verhalen")
    assert (tmp_path / "project.verhalen").read_bytes() == b"years of work"
    assert names(tmp_path) == ["project.verhalen"]


def stopped_halfway(path: Path) -> None:
    with new_bundle(path, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("create table said (id integer primary key, words text)")
        raise KeyboardInterrupt


def test_nothing_stays_behind_when_filling_it_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_halfway(tmp_path / "hanne.bundel")
    assert names(tmp_path) == []


def test_an_older_bundle_stays_when_filling_a_new_one_fails(bundle: Path) -> None:
    before = bundle.read_bytes()
    with (
        pytest.raises(errors.UnknownFamily),
        new_bundle(bundle, project_id=PROJECT, schema=6, passphrase=SECRET),
    ):
        raise errors.UnknownFamily(key="G012")
    assert bundle.read_bytes() == before
    assert names(bundle.parent) == ["hanne.bundel"]


def without_room(path: Path) -> None:
    with new_bundle(path, project_id=PROJECT, schema=6, passphrase=SECRET) as connection:
        connection.execute("pragma max_page_count = 10")
        connection.execute("create table said (id integer primary key, words text)")
        connection.executemany("insert into said (words) values (?)", [(WORDS,)] * 10_000)


def test_a_full_disk_is_told_while_the_database_is_filled(tmp_path: Path) -> None:
    with pytest.raises(errors.DiskFull):
        without_room(tmp_path / "hanne.bundel")
    assert names(tmp_path) == []


def test_a_full_disk_is_told_when_the_bundle_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(errors.DiskFull):
        made(tmp_path / "hanne.bundel")
    assert names(tmp_path) == []
