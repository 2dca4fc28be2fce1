"""The whole main job on the shipped demo data, and what its report says, hides and refuses."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.word_dump import dump

from verhalen.api.demo import Demo, run_demo
from verhalen.api.project import Project, open_project
from verhalen.api.workspace import demo_files
from verhalen.cli.main import run
from verhalen.errors import BadReport, WorkspaceExists
from verhalen.model.consent import Answer, Purpose
from verhalen.model.query import FragmentQuery
from verhalen.privacy.clearance import Audience


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERHALEN_HOME", str(folder / "home"))
        return run_demo(folder / "werk", progress=lambda percent: None)


@pytest.fixture
def project(made: Demo) -> Iterator[Project]:
    with open_project(made.workspace, coder="Greet") as opened:
        yield opened


def words_of(path: Path) -> str:
    """All text of a Word file, charts and embedded parts included."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            archive.read(name).decode("utf-8", "ignore")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        ]
    return re.sub(r"<[^>]+>", " ", " ".join(parts))


GOLDEN = Path(__file__).parent / "golden" / "raad.md"


def test_the_report_of_the_demo_reads_as_the_golden_file(made: Demo) -> None:
    """Remake it with: VERHALEN_GOLDEN=1 pytest tests/whole/test_demo.py, and read the difference."""
    found = dump(made.report)
    if os.environ.get("VERHALEN_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8")


def test_the_demo_is_as_large_as_promised(made: Demo, project: Project) -> None:
    assert made.families == 24
    assert made.codings >= 250
    assert len(project.codes.book()) >= 50
    assert len(project.stories.all()) == 14
    assert len({each.coding.coder for each in project.codings.fragments()}) == 2
    assert sum(story.answer.value in ("negatief", "geen") for story in project.stories.all()) >= 4
    assert project.history.check().ok


def test_every_coding_of_the_demo_stands_on_the_words_that_were_meant(made: Demo, project: Project) -> None:
    import csv

    wanted = {
        row["citaat"]
        for row in csv.DictReader((demo_files() / "codings.csv").read_text("utf-8").splitlines(), delimiter=";")
    }
    assert {each.text for each in project.codings.fragments()} <= wanted


def test_the_report_holds_no_story_without_consent(made: Demo, project: Project) -> None:
    said = words_of(made.report)
    refused = [story for story in project.stories.all() if story.consent(Purpose.REPORT) is not Answer.YES]
    assert len(refused) >= 3
    for story in refused:
        pieces = [story.text[start : start + 40] for start in range(0, len(story.text) - 40, 40)]
        assert not any(piece in said for piece in pieces), story.key


def test_the_report_names_no_family_and_no_coach_count(made: Demo, project: Project) -> None:
    said = words_of(made.report)
    assert not [family.key for family in project.families.all() if re.search(rf"\b{family.key}\b", said)]
    assert not [story.key for story in project.stories.all() if re.search(rf"\b{story.key}\b", said)]


def test_the_report_shows_a_negative_story_and_one_without_change(made: Demo, project: Project, tmp_path: Path) -> None:
    built = project.reports.build(made.workspace / "exports" / "raad.md", tmp_path / "r.docx")
    shown = {each.story for each in built.quotes if each.shown and each.story}
    answers = {story.answer.value for story in project.stories.all() if story.key in shown}
    assert {"positief", "negatief", "geen"} <= answers


def test_numbers_below_the_threshold_are_not_in_the_file(made: Demo, project: Project, tmp_path: Path) -> None:
    source = tmp_path / "s.md"
    source.write_text("---\npubliek: publiek\n---\n\n{{ tabel verandering }}\n\n{{ grafiek verandering }}\n", "utf-8")
    built = project.reports.build(source, tmp_path / "r.docx")
    shown = [each for each in built.numbers if not each.suppressed]
    assert all(each.value == "0" or int(each.value) >= 5 for each in shown)
    assert any(each.suppressed for each in built.numbers)


def test_inside_the_team_nothing_is_masked(made: Demo, project: Project, tmp_path: Path) -> None:
    built = project.reports.build(
        made.workspace / "exports" / "raad.md", tmp_path / "r.docx", audience=Audience.INTERNAL
    )
    assert not any(each.suppressed for each in built.numbers)


def test_one_withdrawn_consent_takes_the_quote_out_of_the_next_report(tmp_path: Path) -> None:
    demo = run_demo(tmp_path / "werk", progress=lambda percent: None)
    with open_project(demo.workspace, coder="Greet") as project:
        source = demo.workspace / "exports" / "raad.md"
        first = project.reports.build(source, tmp_path / "een.docx")
        told = [each.coding_id for each in first.quotes if each.shown and each.coding_id]
        speaker = next(each for each in project.codings.fragments(FragmentQuery()) if each.coding.id == told[0])
        person = next(
            each.person_id
            for each in project.sources.speakers(speaker.coding.source_id)
            if each.name == speaker.speaker
        )
        key = next(p.key for family in project.families.all() for p in family.persons if p.id == person)
        from verhalen.model.consent import Consent

        project.stories.set_person_consent(key, Consent(Purpose.REPORT, Answer.WITHDRAWN))
        second = project.reports.build(source, tmp_path / "twee.docx")
        assert told[0] not in {each.coding_id for each in second.quotes if each.shown}
        assert speaker.text not in words_of(tmp_path / "twee.docx")


def test_the_demo_may_be_run_again_and_never_empties_a_folder_of_somebody_else(tmp_path: Path) -> None:
    first = run_demo(tmp_path / "werk", progress=lambda percent: None)
    second = run_demo(tmp_path / "werk", progress=lambda percent: None)
    assert (first.codings, first.sources) == (second.codings, second.sources)
    own = tmp_path / "eigen"
    own.mkdir()
    (own / "mijn.txt").write_text("niet weg")
    with pytest.raises(WorkspaceExists):
        run_demo(own, progress=lambda percent: None)
    assert (own / "mijn.txt").read_text() == "niet weg"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("{{ aantal gezinen }}\n", 1),
        ("# Kop\n\n{{ citaat domain=WON }}\n", 3),
        ("tekst\n\n{{ beter groep=bestaat_niet }}\n", 3),
        ("tekst {{ samen }} tekst\n", 1),
        ("{{ tabel overgang item=huishouden.schuld }}\n", 1),
        ("{{ grafiek kansarmoede drempel=7 }}\n", 1),
        ("{{ tabel kansarmoede }}\n\n{{ grafiek kansarmoede drempel=4 }}\n", 3),
    ],
)
def test_a_wrong_name_is_refused_with_its_line_and_nothing_is_written(
    project: Project, tmp_path: Path, source: str, line: int
) -> None:
    path = tmp_path / "fout.md"
    path.write_text(source, "utf-8")
    with pytest.raises(BadReport) as caught:
        project.reports.build(path, tmp_path / "r.docx")
    assert int(str(caught.value.values["line"])) == line
    assert not (tmp_path / "r.docx").exists()


def test_an_unknown_instrument_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "fout.md"
    path.write_text("---\ninstrument: bestaat_niet\n---\n\n{{ samen }}\n", "utf-8")
    with pytest.raises(BadReport) as caught:
        project.reports.build(path, tmp_path / "r.docx")
    assert caught.value.values["line"] == 2


def test_the_commands_answer_on_the_demo(made: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["-w", str(made.workspace), "--json"]
    for words in (["families"], ["stories"], ["instruments"], ["codebook"], ["sources"], ["joint", "J1"], ["history"]):
        capsys.readouterr()
        assert run([*where, *words]) == 0
        assert json.loads(capsys.readouterr().out)


def test_family_words_and_words_about_families_are_counted_apart(project: Project) -> None:
    rows = {row.key: row for row in project.reports.joint()}
    housing = rows["wonen_geld"]
    assert housing.own.total > 0
    assert housing.about.total > 0
    assert rows["eigen_kracht"].change is None
