"""Tables for R and SPSS: stories with voices and rounds, the codebook, codings; and the lines that read them as they are."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import add_code, add_text, code_words, furnish

from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.coding.editing import Intent
from verhalen.exchange.codebook_files import read_codebook, save_codebook
from verhalen.exchange.data_tables import Column, DataTable, sav_of
from verhalen.exchange.reading_lines import reading_lines
from verhalen.exchange.story_data import story_tables
from verhalen.exchange.table_folder import spss_lines
from verhalen.exchange.tables import read_tables
from verhalen.model.act import Act
from verhalen.store import codebook, rounds, sources, stories
from verhalen.store.project import ProjectFile


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Every table has rows: a story of two voices, chosen in a round by somebody, disputed by somebody else."""
    with ProjectFile.create(tmp_path, coder="Hanne") as made:
        furnish(made)
        (told,) = stories.stories(made)
        with made.change(Act.EDIT_STORY, told.id) as writing:
            stories.change_story(writing, told.id, replace(told, shares=("wij", "eigen kracht")))
        yield Project(made)


def rows_of(path: Path) -> tuple[list[dict[str, object]], object]:
    found, meta = pyreadstat.read_sav(path, output_format="dict")
    names = list(found)
    return [dict(zip(names, cells, strict=True)) for cells in zip(*found.values(), strict=True)], meta


def test_stories_as_sav_have_labels_days_numbers_and_their_rounds(project: Project, tmp_path: Path) -> None:
    done = project.story_papers.export(tmp_path / "uit.sav")
    (row,), meta = rows_of(done.path)
    (story,) = stories.stories(project.file)
    assert (row["verhaal"], row["tekst"]) == (story.key, story.text)
    assert (row["rondes"], row["rondes_gekozen"]) == ("R1", "R1")
    assert row["stemmen"] == 1 + len(story.others)
    assert meta.variable_value_labels["mag_rapport"] == {0.0: "no", 1.0: "yes"}  # type: ignore[attr-defined]
    assert all(meta.column_names_to_labels.values())  # type: ignore[attr-defined]
    assert [line.partition(":")[0] for line in done.lines] == ["R", "SPSS", "SPSS"]


def test_what_leaves_for_others_says_nothing_of_rounds(project: Project, tmp_path: Path) -> None:
    done = project.story_papers.export(tmp_path / "uit.sav", audience="council")
    _, meta = rows_of(done.path)
    assert "rondes" not in meta.column_names  # type: ignore[attr-defined]
    project.story_papers.export(tmp_path / "uit.xlsx", audience="council")
    assert {each.sheet for each in read_tables(tmp_path / "uit.xlsx")} <= {"stories", "codeboek"}


def test_a_workbook_of_stories_has_a_codebook_and_rounds_and_comes_back_unchanged(
    project: Project, tmp_path: Path
) -> None:
    project.story_papers.export(tmp_path / "uit.csv")
    project.story_papers.import_file(tmp_path / "uit.csv")  # answers that nobody asked for are written down as such
    project.story_papers.export(tmp_path / "uit.xlsx")
    sheets = {each.sheet: each for each in read_tables(tmp_path / "uit.xlsx")}
    assert set(sheets) == {"stories", "rondes", "codeboek"}
    described = [row.cells["kolom"] for row in sheets["codeboek"].rows if row.cells["tabel"] == "stories"]
    assert set(described) <= set(sheets["stories"].header)
    (chosen,) = [row.cells for row in sheets["rondes"].rows if row.cells["keren_gekozen"] == "1"]
    assert (chosen["redenen"], chosen["criteria"]) == ("Omdat ze het zelf deed.", "eigen kracht 3")
    assert (chosen["tegenspraak"], chosen["terug"]) == ("Ik koos een ander.", "We lazen het samen.")
    before = stories.stories(project.file)
    done = project.story_papers.import_file(tmp_path / "uit.xlsx")
    assert (done.new, done.changed) == (0, 0)
    assert stories.stories(project.file) == before


def test_every_voice_has_a_row_with_its_own_consent(project: Project) -> None:
    told = stories.stories(project.file)
    _, voices, held = story_tables(told, rounds.rounds(project.file))
    assert len(voices.rows) == sum(1 + len(each.others) for each in told)
    first = dict(zip(voices.header, voices.rows[0], strict=True))
    assert (first["verhaal"], first["stem"], first["tekst"]) == (told[0].key, 1, told[0].text)
    assert len(held.rows) == 1


# -- the codebook --------------------------------------------------------------------------------------------------------


def test_a_codebook_as_a_workbook_comes_back_and_as_sav_holds_every_field(project: Project, tmp_path: Path) -> None:
    add_code(project.file, "vervoer.bus", parent="vervoer")
    book = codebook.codebook(project.file)
    save_codebook(tmp_path / "uit.xlsx", book)
    back = read_codebook(tmp_path / "uit.xlsx")
    assert not back.notices
    assert [(each.key, each.name, each.parent, each.definition, each.patterns) for each in back.book] == [
        (each.key, each.name, each.parent, each.definition, each.patterns) for each in book
    ]
    assert [each.sheet for each in read_tables(tmp_path / "uit.xlsx")] == ["codes", "codeboek"]
    lines = save_codebook(tmp_path / "uit.sav", book)
    found, _ = rows_of(tmp_path / "uit.sav")
    assert [row["code"] for row in found] == [row.cells["code"] for row in read_tables(tmp_path / "uit.xlsx")[0].rows]
    assert [row["aantal"] for row in found] == [each.codings for each in book]
    assert lines[1] == "SPSS: GET FILE='uit.sav'."


# -- codings -------------------------------------------------------------------------------------------------------------


def test_two_jans_are_two_people_in_a_table_of_codings(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project.file
    number = sources.all_sources(file)[0].id
    for home in ("een", "twee"):
        monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / home))
        with ProjectFile.open(file.path, coder="Jan") as jan:
            editing.apply_codes(jan, [Intent(number, 0, 4, "vervoer")])
    project.exchange.export(tmp_path / "uit.sav")
    found, _ = rows_of(tmp_path / "uit.sav")
    assert len({row["codeur"] for row in found if str(row["codeur"]).startswith("Jan (")}) == 2


# -- what stands in a file -----------------------------------------------------------------------------------------------


def sav(tmp_path: Path, *values: object) -> tuple[list[dict[str, object]], object]:
    kind = "text" if isinstance(values[0], str) else "number"
    column = Column("x", "x", kind)  # type: ignore[arg-type]
    (tmp_path / "x.sav").write_bytes(sav_of(DataTable("t", "t", (column,), tuple((each,) for each in values))))  # type: ignore[misc]
    return rows_of(tmp_path / "x.sav")


def test_spss_shows_digits_behind_the_point_only_where_there_are_any(tmp_path: Path) -> None:
    _, meta = sav(tmp_path, 1, 2, None)
    assert meta.original_variable_types == {"x": "F8.0"}  # type: ignore[attr-defined]
    _, meta = sav(tmp_path, 1, 0.1111)
    assert meta.original_variable_types == {"x": "F12.4"}  # type: ignore[attr-defined]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=600), min_size=1, max_size=4))
def test_words_come_back_whole_with_emoji_signs_and_lengths_around_every_border(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    found, _ = sav(tmp_path_factory.mktemp("sav"), *words)
    assert [row["x"] for row in found] == [each.rstrip(" ") for each in words]


def test_the_first_table_is_the_active_one_also_where_one_dataset_is_kept_at_a_time() -> None:
    tables = [DataTable(name, "", (), ()) for name in ("gezinnen", "aantallen")]
    lines = spss_lines(tables).splitlines()
    assert lines[-3:] == ["GET FILE='gezinnen.sav'.", "DATASET NAME gezinnen.", "DISPLAY DICTIONARY."]
    assert not any("ACTIVATE" in line for line in lines)


def test_the_lines_know_the_signs_that_stand_where_no_score_is() -> None:
    columns = [Column("gezin", "", "text"), Column("datum", "", "date"), Column("stress", "", "number")]
    first, second, third = reading_lines(Path("uit/breed.csv"), "scores", columns, empty=["=", "?"])
    assert first == (
        'scores <- read.csv("breed.csv", sep = ";", encoding = "UTF-8", na.strings = c("", "=", "\'=", "?"),'
    )
    assert (second, third) == ('  colClasses = c(gezin = "character", datum = "Date"))', "summary(scores)")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not on this machine")
@pytest.mark.parametrize("written_in", ["C", "C.UTF-8"])
def test_r_reads_the_tables_by_the_lines_that_were_shown(project: Project, tmp_path: Path, written_in: str) -> None:
    """Also where the computer does not write in UTF-8: an emoji must not end the table."""
    emoji = add_text(project.file, 'Anna: één 😴; met "puntkomma".', "emoji")
    code_words(project.file, emoji, 'één 😴; met "puntkomma"', "vervoer")
    made = project.exchange.export(tmp_path / "cod.csv")
    told = project.story_papers.export(tmp_path / "st.csv")
    lines = [*made.lines, *told.lines, 'cat(nrow(coderingen), nrow(verhalen), class(verhalen$datum_verteld), "\\n")']
    done = subprocess.run(
        ["Rscript", "-e", "options(warn = 2)\n" + "\n".join(lines)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1].split() == [str(made.codings), str(told.stories), "Date"]


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not on this machine")
def test_pspp_reads_a_folder_by_the_line_that_was_shown(project: Project, tmp_path: Path) -> None:
    done = project.relating.write_tables(tmp_path / "sav", kind="sav")
    (tmp_path / "t.sps").write_text("\n".join([*done.lines, "FREQUENCIES gemeente.", ""]), "utf-8")
    said = subprocess.run(["pspp", "t.sps"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0
    assert "error" not in (said.stdout + said.stderr).lower()
    assert "Total" in said.stdout
