"""Folders and archives of many files: what is found in which order, and what is left out and why."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.readers.archives_made import TALK, zipped

from verhalen.errors import EmptyFile, PackedFile, SystemFile, TooManyFiles, UnknownFormat, UnreadableFile
from verhalen.readers import pdf_process, read_source
from verhalen.readers.batch import Batch, find_files, read_file
from verhalen.readers.naming import natural, shown

NO_LINKS = not hasattr(os, "symlink") or os.name == "nt"


def put(path: Path, text: str = TALK) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def names(batch: Batch) -> list[str]:
    return [file.name for file in batch.files]


def reasons(batch: Batch) -> dict[str, str]:
    return {left.name: left.error.code for left in batch.left_out}


def test_a_folder_gives_its_files_as_people_number_them(tmp_path: Path) -> None:
    folder = tmp_path / "gesprekken"
    for name in ("gesprek 10.txt", "gesprek 2.txt", "Gesprek 1.txt", "map 2/b.md", "map 10/a.md"):
        put(folder / name)
    assert names(find_files([folder])) == [
        "gesprekken/Gesprek 1.txt",
        "gesprekken/gesprek 2.txt",
        "gesprekken/gesprek 10.txt",
        "gesprekken/map 2/b.md",
        "gesprekken/map 10/a.md",
    ]


def test_what_is_given_stands_in_the_order_given(tmp_path: Path) -> None:
    paths = [put(tmp_path / "b.txt"), put(tmp_path / "map" / "c.txt").parent, put(tmp_path / "a.txt")]
    assert names(find_files(paths)) == ["b.txt", "map/c.txt", "a.txt"]


def test_a_file_is_read_as_if_it_were_alone(tmp_path: Path) -> None:
    path = put(tmp_path / "map" / "anna.txt")
    [file] = find_files([tmp_path / "map"]).files
    assert read_file(file) == read_source(path)


def test_a_member_of_an_archive_is_read_as_if_it_were_a_file(tmp_path: Path) -> None:
    alone = put(tmp_path / "anna 1.txt")
    archive = zipped(tmp_path / "export.zip", [("map/", ""), ("map/anna 1.txt", TALK)])
    [file] = find_files([archive]).files
    assert file.name == "export.zip › map/anna 1.txt"
    assert read_file(file) == read_source(alone)


def test_an_archive_in_a_folder_is_looked_into(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder / "c.txt")
    zipped(folder / "b.ZIP", [("10.txt", TALK), ("9.txt", TALK)])
    assert names(find_files([folder])) == ["in/b.ZIP › 9.txt", "in/b.ZIP › 10.txt", "in/c.txt"]


def test_a_bad_file_is_named_with_its_folder(tmp_path: Path) -> None:
    put(tmp_path / "map" / "leeg.txt", "")
    archive = zipped(tmp_path / "x.zip", [("diep/leeg.txt", "")])
    for file, name in zip(
        find_files([tmp_path / "map", archive]).files, ("map/leeg.txt", "x.zip › diep/leeg.txt"), strict=True
    ):
        with pytest.raises(EmptyFile) as caught:
            read_file(file)
        assert str(caught.value).startswith(f"{name} holds no text.")


def test_files_of_the_system_and_of_open_documents_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder / "anna.txt")
    hidden = (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$nabel.docx",
        ".~lock.anna.docx#",
        ".git/x.txt",
        "__MACOSX/a.txt",
    )
    for name in hidden:
        put(folder / name)
    batch = find_files([folder])
    assert names(batch) == ["in/anna.txt"]
    assert {left.name for left in batch.left_out} == {f"in/{name.split('/')[0]}" for name in hidden}
    assert all(left.is_quiet and isinstance(left.error, SystemFile) for left in batch.left_out)


def test_the_shadows_that_macos_packs_along_are_passed_over(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "mac.zip", [("a.txt", TALK), ("__MACOSX/._a.txt", "x"), (".DS_Store", "x")])
    batch = find_files([archive])
    assert names(batch) == ["mac.zip › a.txt"]
    assert [left.is_quiet for left in batch.left_out] == [True, True]


def test_a_kind_that_no_reader_knows_is_left_out_with_the_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder / "opname.mp3")
    put(folder / "leesmij")
    archive = zipped(tmp_path / "x.zip", [("foto.jpg", "x")])
    batch = find_files([folder, archive])
    assert batch.files == ()
    assert all(isinstance(left.error, UnknownFormat) for left in batch.left_out)
    said = [str(left.error) for left in batch.left_out]
    assert said[0].startswith("I cannot read files of the kind (no suffix). Save in/leesmij as ")
    assert said[1].startswith("I cannot read files of the kind .mp3. Save in/opname.mp3 as ")
    assert said[2].startswith("I cannot read files of the kind .jpg. Save x.zip › foto.jpg as ")


def test_other_archives_in_a_folder_ask_to_be_unpacked(tmp_path: Path) -> None:
    put(tmp_path / "in" / "oud.rar")
    for path in (tmp_path / "in", tmp_path / "in" / "oud.rar"):
        [left] = find_files([path]).left_out
        assert isinstance(left.error, PackedFile)
        assert "Unpack it yourself and import the folder." in str(left.error)


def test_empty_folders_and_archives_are_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    archive = zipped(tmp_path / "leeg.zip", [])
    batch = find_files([tmp_path / "in", archive])
    assert [str(left.error) for left in batch.left_out] == [
        "I cannot read in: this folder is empty; check whether it is the right one. Nothing was changed.",
        "I cannot read leeg.zip: there is no file in this archive; check whether it is the right one. Nothing was changed.",
    ]


def test_an_empty_folder_among_others_is_kept_in_mind_and_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "leeg").mkdir()
    batch = find_files([tmp_path / "in"])
    assert names(batch) == ["in/a.txt"]
    [left] = batch.left_out
    assert (left.is_quiet, batch.system) == (True, 0)
    assert str(left.error).startswith("in/leeg is an empty folder.")


def test_a_file_given_by_name_is_never_left_out(tmp_path: Path) -> None:
    given = [tmp_path / "weg.txt", put(tmp_path / ".verborgen.txt"), put(tmp_path / "foto.jpg"), tmp_path / "weg.zip"]
    batch = find_files(given)
    assert names(batch) == ["weg.txt", ".verborgen.txt", "foto.jpg", "weg.zip"]
    assert batch.left_out == ()
    with pytest.raises(UnreadableFile) as caught:
        read_file(batch.files[0])
    assert str(caught.value) == "I cannot read weg.txt: there is no such file. Nothing was changed."


@pytest.mark.skipif(NO_LINKS, reason="this system makes no links")
def test_links_are_not_followed_out_of_the_folder_or_round_in_it(tmp_path: Path) -> None:
    put(tmp_path / "elders" / "geheim.txt")
    folder = put(tmp_path / "in" / "diep" / "a.txt").parents[1]
    (folder / "diep" / "rond").symlink_to(folder, target_is_directory=True)
    (folder / "uit").symlink_to(tmp_path / "elders", target_is_directory=True)
    (folder / "uit.txt").symlink_to(tmp_path / "elders" / "geheim.txt")
    batch = find_files([folder])
    assert names(batch) == ["in/diep/a.txt"]
    assert reasons(batch) == {"in/diep/rond": "unreadable", "in/uit": "unreadable", "in/uit.txt": "unreadable"}
    assert "it is a link" in str(batch.left_out[0].error)


@pytest.mark.skipif(NO_LINKS, reason="this system makes no links")
def test_a_folder_that_is_given_may_itself_be_a_link(tmp_path: Path) -> None:
    put(tmp_path / "echt" / "a.txt")
    (tmp_path / "kort").symlink_to(tmp_path / "echt", target_is_directory=True)
    assert names(find_files([tmp_path / "kort"])) == ["kort/a.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_that_may_not_be_opened_is_said(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.txt")
    shut = put(tmp_path / "in" / "dicht" / "b.txt").parent
    shut.chmod(0)
    try:
        batch = find_files([tmp_path / "in"])
    finally:
        shut.chmod(0o700)
    assert names(batch) == ["in/a.txt"]
    assert "you may not open this folder" in str(batch.left_out[0].error)


def test_folders_without_end_stop_somewhere(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath("in", *["d"] * 30)
    put(deepest / "a.txt")
    batch = find_files([tmp_path / "in"])
    assert batch.files == ()
    assert "it lies too deep" in str(batch.left_out[0].error)


def test_a_folder_of_too_many_files_gives_none_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verhalen.readers.folders.MAX_MEMBERS", 20)
    monkeypatch.setattr("verhalen.readers.batch.MAX_MEMBERS", 20)
    for number in range(21):
        put(tmp_path / "vol" / f"{number}.txt")
    (tmp_path / "zips").mkdir()
    for number in range(3):
        zipped(tmp_path / "zips" / f"{number}.zip", [(f"{each}.txt", TALK) for each in range(8)])
    batch = find_files([tmp_path / "vol", tmp_path / "zips", put(tmp_path / "goed.txt")])
    assert names(batch) == ["goed.txt"]
    assert [type(left.error) for left in batch.left_out] == [TooManyFiles, TooManyFiles]
    assert str(batch.left_out[0].error) == (
        "vol holds more than 20 files. Import it in parts, one folder at a time. Nothing was changed."
    )


@given(st.text(max_size=40))
def test_any_name_is_shown_on_one_line_without_steering_the_terminal(name: str) -> None:
    said = shown(name)
    assert "\x1b" not in said
    assert len(said.splitlines()) <= 1
    said.encode("utf-8")


def test_a_name_cannot_turn_around_what_it_says() -> None:
    assert shown("anna\u202etxt.exe") == "annatxt.exe"
    assert shown("a\x1b[31m\nb.txt") == "a [31m b.txt"
    assert shown("gezin 👩\u200d👧.txt") == "gezin 👩\u200d👧.txt"


@given(st.lists(st.text(alphabet="aB1029 .é²", max_size=8), max_size=6))
def test_every_name_has_its_place_in_the_order(found: list[str]) -> None:
    ordered = sorted(found, key=natural)
    backwards = ordered[::-1]
    assert sorted(backwards, key=natural) == ordered


def test_numbers_of_thousands_of_digits_sort_too() -> None:
    assert sorted(["1" * 6000, "2", "02", "1"], key=natural) == ["1", "02", "2", "1" * 6000]


@pytest.mark.skipif(os.name == "nt", reason="this system knows no groups of processes")
def test_ctrl_c_in_the_terminal_does_not_end_the_reading_of_a_pdf(tmp_path: Path) -> None:
    sample = Path(__file__).parent / "samples" / "namen.pdf"
    [file] = find_files([zipped(tmp_path / "x.zip", [("namen.pdf", sample.read_bytes())])]).files
    assert read_file(file).text
    process = pdf_process._worker.process
    assert process is not None
    assert os.getpgid(process.pid) != os.getpgid(0)


def test_fifty_files_take_the_memory_of_one(tmp_path: Path) -> None:
    talk = "".join(f"Anna: dit is zin {number} van het gesprek.\nBert: ja.\n" for number in range(300))
    archive = tmp_path / "veel.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(50):
            made.writestr(f"gesprek {number}.txt", f"{talk}Anna: {number}\n")
    files = find_files([archive]).files
    assert len(files) == 50
    read_file(files[0])

    def peak(some: int) -> int:
        tracemalloc.start()
        for file in files[:some]:
            assert len(read_file(file).text) > 12_000
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(50) < 1.5 * peak(3)
