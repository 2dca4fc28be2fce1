"""Names of the key are found wherever they stand, told by file and number, and never by name."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from verhalen.model.act import Act
from verhalen.model.masking import NameKind
from verhalen.privacy.contents import texts_in
from verhalen.privacy.leaks import Leak, Seeker, find_leaks
from verhalen.privacy.pseudonyms import Key
from verhalen.store import families as family_store
from verhalen.store.drafts import keep_draft, keep_view
from verhalen.store.project import ProjectFile


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "werk"
    folder.mkdir()
    return folder


@pytest.fixture
def project(work: Path) -> Iterator[ProjectFile]:
    with ProjectFile.create(work, coder="Hanne") as made:
        yield made


@pytest.fixture
def key(tmp_path: Path) -> Key:
    made = Key.new(tmp_path / "sleutel.csv", "k1")
    made.replacement_for("Mieke Peeters", NameKind.PERSON)
    made.replacement_for("Zoë", NameKind.PERSON)
    made.replacement_for("An", NameKind.PERSON)
    made.replacement_for("0471 12 34 56", NameKind.PHONE)
    made.set_nickname("G012", "Zwaluwnest")
    made.save()
    return made


def leaks(project: ProjectFile, key: Key) -> list[tuple[str, int]]:
    return [(leak.file, leak.count) for leak in find_leaks(project, key)]


def test_nothing_is_found_where_nothing_stands(project: ProjectFile, key: Key, work: Path) -> None:
    (work / "verslag.txt").write_text("Een gezin en een coach. Zo'n verhaal.", "utf-8")
    assert leaks(project, key) == []


def test_the_tables_of_the_project_are_read(project: ProjectFile, key: Key) -> None:
    keep_draft(project, "verhaal", json.dumps({"text": "Dat zei\nZoë gisteren"}))
    keep_view(project, "zoeken", "mieke peeters")
    assert leaks(project, key) == [("project.verhalen", 2)]


def test_the_journal_remembers_and_is_read_too(project: ProjectFile, key: Key) -> None:
    with project.change(Act.ADD_FAMILY) as writing:
        number = family_store.add_family(writing, "G012", municipality="Dorp\nZwaluwnest")
        writing.targets.append(number)
    with project.change(Act.ADD_FAMILY) as writing:
        family_store.set_municipality(writing, number, "Aalst")
    assert leaks(project, key)[0] == ("project.verhalen", 1)


def test_an_encrypted_project_hides_nothing(work: Path, key: Key) -> None:
    pytest.importorskip("sqlcipher3")
    with ProjectFile.create(work, coder="Hanne", passphrase="een lang geheim") as project:
        keep_draft(project, "x", "Dag Zoë")
        assert leaks(project, key) == [("project.verhalen", 1)]


def test_free_pages_and_the_log_are_read_as_bytes(project: ProjectFile, key: Key, work: Path) -> None:
    keep_draft(project, "x", "briefMieke Peeters")
    keep_draft(project, "x", "")
    assert ("project.verhalen-wal", 1) in leaks(project, key)


@pytest.mark.parametrize("written", ["ZOE", "zoe", "Zoe\u0301".replace("\u0301", "\u0308"), "Zoë's", "Zoës"])
def test_case_and_accents_hide_nothing(project: ProjectFile, key: Key, work: Path, written: str) -> None:
    (work / "exports").mkdir()
    (work / "exports" / "raad.md").write_text(f"Wat {written} zei", "utf-8")
    assert leaks(project, key) == [("exports/raad.md", 1)]


def test_a_name_of_two_letters_counts_in_its_own_case_only(project: ProjectFile, key: Key, work: Path) -> None:
    (work / "a.txt").write_text("an AN Anna an", "utf-8")
    (work / "b.txt").write_text("Dat was An.", "utf-8")
    assert leaks(project, key) == [("b.txt", 1)]


@pytest.mark.parametrize("written", ["+32 471 12 34 56", "0471123456", "(0471) 12.34.56"])
def test_a_number_is_found_however_it_is_grouped(project: ProjectFile, key: Key, work: Path, written: str) -> None:
    (work / "a.csv").write_text(f"gezin;gsm\nG1;{written}\n", "utf-8")
    assert leaks(project, key) == [("a.csv", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_every_encoding_of_a_text_is_read(project: ProjectFile, key: Key, work: Path, encoding: str) -> None:
    (work / "a.txt").write_bytes("Zoë sliep niet. Wat nu met de kinderen, vroeg de coach zich af.".encode(encoding))
    assert leaks(project, key) == [("a.txt", 1)]


def test_word_files_are_opened_and_words_cut_by_marks_made_whole(project: ProjectFile, key: Key, work: Path) -> None:
    body = "<w:p><w:r><w:t>Mie</w:t></w:r><w:r><w:t>ke Peeters</w:t></w:r></w:p><w:p><w:t>ok</w:t></w:p>"
    with zipfile.ZipFile(work / "raad.docx", "w") as archive:
        archive.writestr("word/document.xml", f"<w:document>{body}</w:document>")
        archive.writestr("word/comments.xml", '<w:comment w:author="Zo&#xEB;"/>')
    with zipfile.ZipFile(work / "alles.zip", "w") as outer:
        outer.write(work / "raad.docx", "raad.docx")
    assert leaks(project, key) == [("alles.zip", 2), ("raad.docx", 2)]


def test_json_html_and_rtf_say_it_their_own_way(project: ProjectFile, key: Key, work: Path) -> None:
    (work / "a.json").write_text('{"text": "Zo\\u00eb\\nzei"}', "utf-8")
    (work / "b.html").write_text("<p>Zo<b>&euml;</b> zei</p><!-- Mieke Peeters -->", "utf-8")
    (work / "c.rtf").write_bytes(rb"{\rtf1\ansi Dat zei Zo\'eb\par}")
    assert leaks(project, key) == [("a.json", 1), ("b.html", 2), ("c.rtf", 1)]


def test_a_name_in_the_name_of_a_file_counts_and_is_not_told(project: ProjectFile, key: Key, work: Path) -> None:
    (work / "mieke_peeters.txt").write_text("niets", "utf-8")
    assert leaks(project, key) == [("[persoon 1].txt", 1)]


def test_the_key_itself_is_no_leak_wherever_it_lies(project: ProjectFile, key: Key, work: Path) -> None:
    inside = work / "sleutel.csv"
    inside.write_bytes(key.path.read_bytes())
    assert find_leaks(project, Key.load(inside)) == []
    assert leaks(project, key) == [("sleutel.csv", 5)]


def test_reports_elsewhere_are_read_when_they_are_given(project: ProjectFile, key: Key, tmp_path: Path) -> None:
    report = tmp_path / "verslag.txt"
    report.write_text("Zoë", "utf-8")
    assert find_leaks(project, key, further=[report]) == [Leak(str(report), 1)]


def test_an_archive_that_is_none_stops_nothing(project: ProjectFile, key: Key, work: Path) -> None:
    (work / "stuk.zip").write_bytes(b"PK\x03\x04 niets")
    (work / "zot.json").write_text("[" * 100_000, "utf-8")
    assert leaks(project, key) == []
    assert list(texts_in(b"\x00\x01\x02Zo")) == []


def test_sound_and_pictures_are_looked_at_for_longer_names_only(key: Key) -> None:
    seeker = Seeker(key)
    assert seeker.count_raw(b"\x00\x01Mieke Peeters\xff", least=5) == 1
    assert seeker.count_raw("\x01Mieke Peeters\x00".encode("utf-16-le"), least=5) == 1
    assert seeker.count_raw("\x00\x01Zoë\x03".encode(), least=5) == 0


def test_a_project_that_may_only_be_read_can_be_looked_through(work: Path, key: Key) -> None:
    with ProjectFile.create(work, coder="Hanne") as project:
        keep_view(project, "zoeken", "Zoë")
    path = work / "project.verhalen"
    path.chmod(0o444)
    with ProjectFile.open(path, coder="Hanne") as project:
        project.read_only_reason = "proef"
        assert ("project.verhalen", 1) in leaks(project, key)
        keepless = Key.new(key.path.with_name("leeg.csv"))
        keepless.replacement_for("Wannes", NameKind.PERSON)
        assert leaks(project, keepless) == []


def test_an_encrypted_project_without_a_name_holds_none(work: Path, key: Key) -> None:
    pytest.importorskip("sqlcipher3")
    with ProjectFile.create(work, coder="Hanne", passphrase="een lang geheim") as project:
        assert leaks(project, key) == []


def test_what_the_search_index_should_have_forgotten_is_found(project: ProjectFile, key: Key) -> None:
    with project.note() as writing:
        writing.execute("insert into text_fts (rowid, text, lemmas) values (7, 'dat zei zoë', 'zeggen')")
    assert ("project.verhalen", 1) in leaks(project, key)
