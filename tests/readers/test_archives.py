"""Archives that lie, explode or point outside: a text or a sentence, quickly, and nothing on disk."""

from __future__ import annotations

import io
import os
import stat
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.archives_made import (
    TALK,
    overlapping,
    with_declared_size,
    with_fields,
    with_raw_name,
    zipped,
)

from verhalen.errors import BrokenArchive, EmptyFile, PackedFile, TooLarge, TooManyFiles, UnreadableFile
from verhalen.readers.batch import BatchFile, find_files, read_file

MB = 1024 * 1024


def only_reason(path: Path) -> UnreadableFile:
    """Why nothing of this archive is read."""
    batch = find_files([path])
    assert batch.files == ()
    [left] = batch.left_out
    return left.error


# -- bombs ------------------------------------------------------------------------------------------------------------


def test_a_member_over_twenty_megabytes_is_refused_and_its_neighbour_read(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "bom.zip", [("groot.txt", b"a" * 30 * MB), ("klein.txt", TALK)])
    batch = find_files([archive])
    assert [file.name for file in batch.files] == ["bom.zip › klein.txt"]
    assert read_file(batch.files[0]).text
    [left] = batch.left_out
    assert str(left.error).startswith("bom.zip › groot.txt is too large (30 MB; at most ")


def test_a_member_that_grows_two_hundredfold_is_refused(tmp_path: Path) -> None:
    error = only_reason(zipped(tmp_path / "bom.zip", [("groot.txt", b"a" * 9 * MB)]))
    assert isinstance(error, TooLarge)


def test_many_members_that_grow_together_are_refused_together(tmp_path: Path) -> None:
    error = only_reason(zipped(tmp_path / "bom.zip", [(f"{n}.txt", b"a" * 7 * MB) for n in range(15)]))
    assert (
        str(error)
        == "bom.zip is too large (105 MB; at most 100 MB). Split it and import the parts. Nothing was changed."
    )


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    error = only_reason(overlapping(tmp_path / "bom.zip", times=1000, size=7 * MB))
    assert isinstance(error, TooLarge)


def test_a_member_larger_than_it_says_is_broken_not_read(tmp_path: Path) -> None:
    archive = with_declared_size(tmp_path / "leugen.zip", "a.txt", b"a" * 60 * MB, size=1000)
    [file] = find_files([archive]).files
    tracemalloc.start()
    with pytest.raises(BrokenArchive) as caught:
        read_file(file)
    assert tracemalloc.get_traced_memory()[1] < 25 * MB
    tracemalloc.stop()
    assert str(caught.value).startswith("leugen.zip › a.txt is damaged, or only a part of it came over.")


def test_more_than_five_thousand_members_are_too_many(tmp_path: Path) -> None:
    error = only_reason(zipped(tmp_path / "veel.zip", [(f"{n}.txt", "") for n in range(5001)]))
    assert isinstance(error, TooManyFiles)
    assert str(error).startswith("veel.zip holds more than 5000 files.")


def test_a_list_of_members_without_end_is_not_taken_into_memory(tmp_path: Path) -> None:
    archive = overlapping(tmp_path / "lijst.zip", times=60_000, size=10)
    grown = bytearray(archive.read_bytes())
    # The list says that it is 4 GB long; the file on disk is only as long as we make it.
    place = grown.index(b"PK\x05\x06")
    longer = grown[:place] + grown[grown.index(b"PK\x01\x02") : place] * 4 + grown[place:]
    archive.write_bytes(longer)
    tracemalloc.start()
    assert isinstance(only_reason(archive), (TooManyFiles, BrokenArchive))
    assert tracemalloc.get_traced_memory()[1] < 150 * MB
    tracemalloc.stop()


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "binnen.zip", [("a.txt", TALK)]).read_bytes()
    error = only_reason(zipped(tmp_path / "buiten.zip", [("binnen.zip", inner)]))
    assert str(error) == (
        "buiten.zip › binnen.zip was left out: it is an archive inside an archive. "
        "Unpack it yourself and import the folder. Nothing was changed."
    )


def test_a_word_file_that_explodes_inside_the_archive_is_refused_by_its_reader(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("word/document.xml", b"a" * 30 * MB)
    [file] = find_files([zipped(tmp_path / "x.zip", [("a.docx", stream.getvalue())])]).files
    with pytest.raises(TooLarge) as caught:
        read_file(file)
    assert str(caught.value).startswith("x.zip › a.docx is too large")


# -- names and kinds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/a.txt", "C:/a.txt", "c:\\a.txt", "\\\\server\\a.txt", "map/../../a.txt"]
)
def test_a_name_that_points_outside_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    error = only_reason(with_raw_name(tmp_path / "x.zip", name.encode()))
    assert isinstance(error, PackedFile)
    assert "its name points to a place outside the archive" in str(error)


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    error = only_reason(with_raw_name(tmp_path / "x.zip", b"a.txt\x00.txt"))
    assert "its name points to a place outside the archive" in str(error)
    assert "\x00" not in str(error)


def test_the_separators_of_old_windows_programs_are_folders(tmp_path: Path) -> None:
    [file] = find_files([with_raw_name(tmp_path / "x.zip", b"map\\gesprek.txt")]).files
    assert file.name == "x.zip › map/gesprek.txt"
    assert read_file(file).title == "gesprek"


@pytest.mark.parametrize(
    ("raw", "flags"),
    [
        ("Beëlzemaïs é.txt".encode("cp850"), 0),
        ("Beëlzemaïs é.txt".encode("cp1252"), 0),
        ("Beëlzemaïs é.txt".encode(), 0),
        ("Beëlzemaïs é.txt".encode(), 0x800),
        ("Bee\u0308lzemai\u0308s e\u0301.txt".encode(), 0),
    ],
    ids=["windows explorer", "windows program", "macos", "utf-8 said", "macos apart"],
)
def test_accents_in_names_survive_whatever_packed_them(tmp_path: Path, raw: bytes, flags: int) -> None:
    [file] = find_files([with_raw_name(tmp_path / "x.zip", raw, flags=flags)]).files
    assert file.name == "x.zip › Beëlzemaïs é.txt"
    assert read_file(file).title == "Beëlzemaïs é"


def test_a_name_with_codes_for_the_terminal_is_made_harmless(tmp_path: Path) -> None:
    [file] = find_files([with_raw_name(tmp_path / "x.zip", b"a\x1b[2J\r\nb.txt")]).files
    assert file.name == "x.zip › a [2J b.txt"
    assert read_file(file).title == "a [2J b"


def test_a_name_of_sixty_thousand_letters_is_shown_short(tmp_path: Path) -> None:
    [file] = find_files([with_raw_name(tmp_path / "x.zip", b"a" * 60_000 + b".txt")]).files
    assert len(file.name) < 300
    assert read_file(file).suffix == ".txt"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_an_archive_are_refused(tmp_path: Path, kind: int) -> None:
    member = zipfile.ZipInfo("a.txt")
    member.create_system = 3
    member.external_attr = (kind | 0o777) << 16
    error = only_reason(zipped(tmp_path / "x.zip", [(member, "/etc/passwd")]))
    assert "it is not an ordinary file but a link or a device" in str(error)


def test_files_of_one_name_are_all_left_out_since_nobody_knows_which_is_meant(tmp_path: Path) -> None:
    batch = find_files([zipped(tmp_path / "x.zip", [("a.txt", TALK), ("b.txt", TALK), ("a.txt", TALK + "x")])])
    assert [file.name for file in batch.files] == ["x.zip › b.txt"]
    assert [left.name for left in batch.left_out] == ["x.zip › a.txt"] * 2
    assert "the archive holds several files of this name" in str(batch.left_out[0].error)


def test_a_member_with_a_password_says_the_way_out(tmp_path: Path) -> None:
    error = only_reason(with_fields(tmp_path / "x.zip", "a.txt", TALK.encode(), flags=0x1))
    assert str(error) == (
        "x.zip › a.txt was left out: it has a password. Unpack it yourself and import the folder. Nothing was changed."
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 99])
def test_other_ways_of_packing_are_refused(tmp_path: Path, method: int) -> None:
    error = only_reason(with_fields(tmp_path / "x.zip", "a.txt", TALK.encode(), method=method))
    assert "it is packed in a way that is not read here" in str(error)


def test_nothing_is_ever_unpacked_to_disk(tmp_path: Path) -> None:
    zipped(tmp_path / "x.zip", [("map/a.txt", TALK), ("b.txt", TALK)])
    for file in find_files([tmp_path / "x.zip"]).files:
        read_file(file)
    assert [path.name for path in tmp_path.rglob("*")] == ["x.zip"]


# -- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"geen archief" * 50, b"\x00" * 5000])
def test_what_is_no_archive_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    error = only_reason(path)
    assert isinstance(error, BrokenArchive)
    assert str(error).startswith("x.zip is damaged, or only a part of it came over.")


def test_an_archive_that_came_over_half_is_broken(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", [(f"{n}.txt", os.urandom(3000)) for n in range(9)])
    path.write_bytes(path.read_bytes()[:15_000])
    assert isinstance(only_reason(path), BrokenArchive)


def test_one_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", [("a.txt", TALK * 50), ("b.txt", TALK)])
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    first, second = find_files([path]).files
    with pytest.raises(BrokenArchive):
        read_file(first)
    assert read_file(second).text


def test_an_archive_that_changes_after_it_was_listed_is_not_misread(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", [("a.txt", TALK)])
    [file] = find_files([path]).files
    zipped(path, [("b.txt", "Carla: iets anders")])
    with pytest.raises(UnreadableFile, match="the archive was changed in the meantime"):
        read_file(file)
    path.unlink()
    with pytest.raises(UnreadableFile, match="there is no such file"):
        read_file(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_that_is_called_an_archive_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.zip")
    assert "not an ordinary file" in str(only_reason(tmp_path / "pijp.zip"))


def small_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("map/é.txt", TALK * 3)
        archive.writestr("b.md", "**Anna:** ja")
    return stream.getvalue()


def said_or_read(file: BatchFile) -> str:
    try:
        return f"{file.name} {read_file(file).text}"
    except UnreadableFile as error:
        return str(error)


SMALL = small_archive()


@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 60)
)
@settings(max_examples=400)
def test_any_damage_gives_a_text_or_our_own_error(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL)
    for place, value in changes:
        data[place] = value
    path = Path(os.environ["VERHALEN_HOME"]) / "x.zip"
    path.write_bytes(data[: len(data) - cut * (cut > 50)])
    began = time.monotonic()
    batch = find_files([path])
    for file in batch.files:
        assert file.name in said_or_read(file)
    assert all(left.name in str(left.error) for left in batch.left_out)
    assert time.monotonic() - began < 10


def test_an_empty_member_is_said(tmp_path: Path) -> None:
    [file] = find_files([zipped(tmp_path / "x.zip", [("a.txt", "")])]).files
    with pytest.raises(EmptyFile):
        read_file(file)
