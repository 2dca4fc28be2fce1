"""What goes out: texts as they are stored, Word files only while they say the same, and places as a program counts them."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from docx import Document
from lxml import etree
from tests.builders import add_code, code_words, correct_words

from verhalen.api.project import Project, new_project
from verhalen.language.lemmas import lemma_text
from verhalen.model.act import Act
from verhalen.model.text import Turn
from verhalen.store import sources

TEXT = "Anna: Ik sliep 😀 niet.\n\nCoach: Waarom?\n\nAnna: De huur."


def project_with_docx(folder: Path) -> Project:
    """A text that came from a Word file."""
    document = Document()
    for line in TEXT.split("\n\n"):
        document.add_paragraph(line)
    document.save(str(folder / "anna.docx"))
    project = new_project(folder / "w", coder="Hanne", empty=True)
    list(project.sources.import_files([folder / "anna.docx"]))
    return project


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_file_goes_along_until_the_text_says_something_else(tmp_path: Path) -> None:
    with project_with_docx(tmp_path) as project:
        assert project.sources.text(1).text == TEXT
        original = (tmp_path / "anna.docx").read_bytes()
        assert project.exchange.export(tmp_path / "a.qdpx").rich == 1
        assert original in members(tmp_path / "a.qdpx").values()
        assert project.exchange.export(tmp_path / "b.qdpx", rich=False).rich == 0
        correct_words(project.file, project.sources.get(1).id, "Anna", "Mevrouw")
        assert project.exchange.export(tmp_path / "c.qdpx").rich == 0
        assert not any(name.endswith(".docx") for name in members(tmp_path / "c.qdpx"))
        assert not any(b"Anna: Ik" in data for data in members(tmp_path / "c.qdpx").values())


def test_the_nvivo_form_has_its_mark_its_line_ends_and_its_places(tmp_path: Path) -> None:
    with project_with_docx(tmp_path) as project:
        add_code(project.file, "rol")
        code_words(project.file, project.sources.get(1).id, "De huur", "rol")
        places = {}
        for profile in ("standard", "nvivo"):
            path = tmp_path / f"{profile}.qdpx"
            assert project.exchange.export(path, profile=profile).wide == 1
            found = members(path)
            (text,) = [data for name, data in found.items() if name.endswith(".txt")]
            selection = next(etree.fromstring(found["project.qde"]).iter("{*}PlainTextSelection"))
            places[profile] = (int(selection.get("startPosition") or 0), int(selection.get("endPosition") or 0))
            folder = "Sources" if profile == "nvivo" else "sources"
            assert any(name.startswith(f"{folder}/") for name in found)
            assert text == (("\ufeff" + TEXT.replace("\n", "\r\n")) if profile == "nvivo" else TEXT).encode()
        start = TEXT.index("De huur")
        # One emoji and four line ends stand before it.
        assert places == {"standard": (start, start + 7), "nvivo": (start + 5, start + 12)}


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    with project_with_docx(tmp_path) as project:
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            project.exchange.export(tmp_path / folder / "uit.qdpx")
        assert (tmp_path / "a" / "uit.qdpx").read_bytes() == (tmp_path / "b" / "uit.qdpx").read_bytes()


def test_an_original_of_a_masked_text_stays_inside(tmp_path: Path) -> None:
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as project:
        new = sources.NewSource(
            title="x", kind="transcript", suffix=".docx", text="[naam] sliep niet.", lemmas=lemma_text(""),
            turns=[Turn(None, 0, 18)], original=b"Samira sliep niet.", original_sha256=hashlib.sha256(b"x").hexdigest(),
            masked=sources.READ,
        )  # fmt: skip
        with project.file.change(Act.IMPORT) as writing:
            sources.add_source(writing, new)
        assert project.exchange.export(tmp_path / "uit.qdpx").rich == 0
    assert not any(b"Samira" in data for data in members(tmp_path / "uit.qdpx").values())
    assert b"Samira" not in (tmp_path / "uit.verhalen.json").read_bytes()
