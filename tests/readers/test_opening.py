"""What stops a file from being read is said in words, and names the way out."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from verhalen.errors import EmptyFile, LockedFile, NotWhatItSays, TooLarge, UnknownFormat, UnreadableFile
from verhalen.readers import KNOWN_SUFFIXES, read_source
from verhalen.readers.limits import open_zip, parse_xml

TALK = b"Anna: dag\nBert: dag"


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_the_title_is_the_name_without_suffix_and_the_bytes_are_kept(tmp_path: Path) -> None:
    reading = read_source(written(tmp_path / "Huisbezoek 3.mei.TXT", TALK))
    assert (reading.title, reading.suffix, reading.original) == ("Huisbezoek 3.mei", ".txt", TALK)
    assert reading.warnings == ()


def test_known_suffixes_are_said() -> None:
    assert KNOWN_SUFFIXES == (
        ".docx", ".json", ".md", ".odt", ".otr", ".pdf", ".rtf", ".srt", ".txt", ".vtt",
    )  # fmt: skip


def test_an_unknown_suffix_names_the_ways_out(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat) as caught:
        read_source(written(tmp_path / "anna.pages", TALK))
    assert str(caught.value) == (
        "I cannot read files of the kind .pages. Save anna.pages as .docx, .odt, .rtf, .pdf or .txt and import that. "
        "Nothing was changed."
    )


def test_a_name_without_suffix_is_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"files of the kind \(no suffix\)"):
        read_source(written(tmp_path / "anna", TALK))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", "\u00a0\u2003\u200b".encode()])
def test_a_file_without_words_is_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(EmptyFile) as caught:
        read_source(written(tmp_path / "leeg.txt", data))
    assert str(caught.value).startswith("leeg.txt holds no text.")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_source(tmp_path / "weg.txt")
    assert str(caught.value) == "I cannot read weg.txt: there is no such file. Nothing was changed."


def test_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "map.txt").mkdir()
    with pytest.raises(UnreadableFile, match="it is a folder"):
        read_source(tmp_path / "map.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.txt")
    with pytest.raises(UnreadableFile, match="not an ordinary file"):
        read_source(tmp_path / "pijp.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_opened_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "dicht.txt", TALK)
    path.chmod(0)
    with pytest.raises(UnreadableFile) as caught:
        read_source(path)
    assert "you may not open this file" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("anna.docx", "~$anna.docx"),
        ("annabel.docx", "~$nnabel.docx"),
        ("interview.docx", "~$terview.docx"),
        ("anna.docx", ".~lock.anna.docx#"),
    ],
)
def test_a_document_that_is_open_elsewhere_is_locked(tmp_path: Path, name: str, lock: str) -> None:
    written(tmp_path / lock, b"x")
    with pytest.raises(LockedFile) as caught:
        read_source(written(tmp_path / name, TALK))
    assert str(caught.value).startswith(f"{name} is still open in another program.")


def test_the_lock_of_another_document_does_not_matter(tmp_path: Path) -> None:
    written(tmp_path / "~$bert.txt", b"x")
    assert read_source(written(tmp_path / "anna.txt", TALK)).turns


def test_the_lock_mark_itself_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_source(written(tmp_path / "~$anna.docx", b"x"))
    assert "only the mark that another document is open" in str(caught.value)


def test_more_than_twenty_megabytes_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as caught:
        read_source(written(tmp_path / "groot.txt", b"a" * (20 * 1024 * 1024 + 1)))
    assert "(21 MB; at most 20 MB)" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"PK\x03\x04 x",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1 x}",
        b"\x89PNG\r\n",
        bytes(range(256)) * 9,
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_content_of_another_kind_is_recognised(tmp_path: Path, data: bytes, suffix: str) -> None:
    with pytest.raises(NotWhatItSays) as caught:
        read_source(written(tmp_path / f"anna{suffix}", data))
    assert str(caught.value).startswith(f"anna{suffix} is not a real {suffix} file.")


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_text_in_a_docx_coat_is_recognised(tmp_path: Path) -> None:
    with pytest.raises(NotWhatItSays):
        read_source(written(tmp_path / "anna.docx", TALK))


def test_another_kind_of_zip_is_no_docx(tmp_path: Path) -> None:
    for members in (
        {"xl/workbook.xml": "<x/>"},
        {"word/document.xml": "<html/>"},
        {"word/document.xml": "<w:document"},
    ):
        with pytest.raises(NotWhatItSays):
            read_source(written(tmp_path / "anna.docx", zipped(**members)))


def test_a_docx_with_a_password_says_so(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile) as caught:
        read_source(written(tmp_path / "anna.docx", data))
    assert "it has a password" in str(caught.value)


def test_a_name_with_loose_bytes_or_line_ends_can_still_be_shown(tmp_path: Path) -> None:
    path = Path(str(tmp_path / "an\udce9na\nx.odt"))
    with pytest.raises(UnreadableFile) as caught:
        read_source(path)
    assert str(caught.value).encode("utf-8")
    assert "\n" not in str(caught.value)


def test_a_zip_with_a_path_outside_or_a_double_member_is_refused() -> None:
    for name in ("../../etc/passwd", "/word/document.xml", "C:/word.xml", "a\\b"):
        with pytest.raises(NotWhatItSays):
            open_zip(zipped(**{name: "x"}))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "y")
    with pytest.raises(NotWhatItSays):
        open_zip(stream.getvalue())


def test_a_zip_bomb_is_too_large() -> None:
    with pytest.raises(TooLarge):
        open_zip(zipped(**{"word/document.xml": "a" * 9_000_000}))


def test_five_thousand_members_are_too_many() -> None:
    with pytest.raises(TooLarge):
        open_zip(zipped(**{f"a{n}": "" for n in range(5001)}))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 5000 + b"</a>" * 5000,
        b'<?xml version="1.0" encoding="onzin"?><a/>',
        b"<a>",
        b"",
    ],
)
def test_xml_that_reaches_outside_or_too_deep_is_refused(xml: bytes) -> None:
    with pytest.raises(NotWhatItSays):
        parse_xml(xml)
