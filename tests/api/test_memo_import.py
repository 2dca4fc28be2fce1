"""Exported memos come back: nothing is lost, nothing comes twice, and what has no place is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.test_memos import targets, there
from tests.builders import Furnished, add_text, undo

from verhalen import errors
from verhalen.api.project import Project
from verhalen.coding import editing
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.store import checking, journal, memos
from verhalen.store.project import ProjectFile

__all__ = ["there"]

ODD = '# Kop\n\\# geen kop\n---\n<!-- memo 1; code x; y -->\n\n### 2026-01-01 10:00, Jan\n\'=1+1; "ja" 👩‍👩‍👧‍👦'


def everywhere(project: ProjectFile, there: Furnished) -> None:
    """A memo at everything, and the one that a coding carries itself."""
    for target in targets(there):
        Project(project).memos.add(target, f"{ODD}\nBij {target}.")
    editing.set_memo(project, there.coding, ODD)


def without_memos(project: ProjectFile) -> None:
    """All removed, each by itself."""
    found = Project(project).memos
    for memo in found.all():
        found.remove(memo.id)
    assert found.all() == []


@pytest.mark.parametrize("suffix", [".md", ".csv"])
def test_what_was_exported_comes_back_whole_and_never_twice(
    project: ProjectFile, there: Furnished, tmp_path: Path, suffix: str
) -> None:
    everywhere(project, there)
    found, file = Project(project).memos, tmp_path / f"memos{suffix}"
    before, count = checking.digest(project), len(found.all())
    found.export_file(file)
    same = found.import_file(file)
    assert (same.new, same.changed, same.unchanged, same.left_out) == (0, 0, count, ())
    without_memos(project)
    bare = checking.digest(project)
    back = found.import_file(file)
    assert (back.new, back.changed, back.unchanged, back.left_out) == (count, 0, 0, ())
    assert checking.digest(project) == before
    assert found.import_file(file).unchanged == count
    assert journal.history(project, limit=1)[0].act is Act.IMPORT_MEMOS
    undo(project)
    assert checking.digest(project) == bare
    assert checking.problems(project) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("#=-\\ \n\tab<!>'\";é"), min_size=1, max_size=60).filter(str.strip))
def test_any_words_read_back_as_they_were(project: ProjectFile, tmp_path: Path, text: str) -> None:
    found = Project(project).memos
    made = found.add("project", text)
    for name in ("m.md", "m.csv"):
        found.export_file(tmp_path / name)
        done = found.import_file(tmp_path / name)
        assert (done.changed, done.left_out) == (0, ())
    assert found.get(made.id) == made


def test_other_words_in_the_file_change_ones_own_memo_only(
    project: ProjectFile, jan: ProjectFile, there: Furnished, tmp_path: Path
) -> None:
    mine, other = Project(project).memos.add("G001", "Van mij."), Project(jan).memos.add("G001", "Van Jan.")
    found, file = Project(project).memos, tmp_path / "memos.md"
    found.export_file(file)
    file.write_text(file.read_text("utf-8").replace("Van ", "Toch van "), "utf-8")
    done = found.import_file(file)
    assert (done.changed, [str(each) for each in done.left_out]) == (
        1,
        [t("Another coder wrote this memo otherwise; it was left as it is in the project.")],
    )
    assert (found.get(mine.id).text, found.get(other.id).text) == ("Toch van mij.", "Van Jan.")


def test_a_memo_of_another_coder_comes_back_under_that_name(
    project: ProjectFile, jan: ProjectFile, there: Furnished, tmp_path: Path
) -> None:
    memo = Project(jan).memos.add("1@70", "Van Jan.")
    found, file = Project(project).memos, tmp_path / "memos.csv"
    found.export_file(file)
    Project(jan).memos.remove(memo.id)
    assert found.import_file(file).new == 1
    assert found.get(memo.id) == memo


def test_what_has_no_place_any_more_is_told_with_its_line(
    project: ProjectFile, there: Furnished, tmp_path: Path
) -> None:
    found = Project(project).memos
    kept = [found.add(target, "Nakijken.") for target in ("1@70", "rol.vertrouwen", "project")]
    file = tmp_path / "memos.csv"
    found.export_file(file)
    (tmp_path / "ander").mkdir()
    # As another project reads it: it knows none of these memos, and has another text under the same number.
    with ProjectFile.create(tmp_path / "ander", coder="Hanne") as other:
        add_text(other, "Cas: Wij ook niet, en dat al een hele tijd zonder dat iemand iets vroeg of zei.", "cas")
        done = Project(other).memos.import_file(file)
        assert (done.new, [each.line for each in done.left_out]) == (2, [3, 4])
        assert {each.target for each in memos.memos(other)} == {"project", "source"}
    without_memos(project)
    project_codes = Project(project).codes
    Project(project).codings.remove(there.coding)
    project_codes.remove(project_codes.get("rol.vertrouwen").id)
    done = found.import_file(file)
    assert [str(each) for each in done.left_out] == [
        t("What this memo is about is not in this project any more; it was left out.")
    ]
    assert {each.id for each in found.all()} >= {kept[0].id, kept[2].id}


def test_a_row_that_somebody_wrote_is_new_once(project: ProjectFile, there: Furnished, tmp_path: Path) -> None:
    file = tmp_path / "nieuw.csv"
    file.write_text("reference;text\nG001;Bellen.\n404;Nergens.\nG001;\nproject;Gelezen.\n", "utf-8")
    found = Project(project).memos
    done = found.import_file(file)
    assert (done.new, [each.line for each in done.left_out]) == (2, [3, 4])
    assert found.import_file(file).unchanged == 2
    assert [(each.coder, each.text) for each in found.all(target="G001")] == [(project.coder, "Bellen.")]


def test_what_was_withdrawn_stays_away(project: ProjectFile, there: Furnished, tmp_path: Path) -> None:
    found = Project(project).memos
    found.add("1", "Over deze tekst.")
    found.export_file(tmp_path / "memos.md")
    Project(project).withdraw("1", really=True)
    left = len(found.all())
    done = found.import_file(tmp_path / "memos.md")
    assert (done.new, len(found.all())) == (0, left)
    assert {str(each) for each in done.left_out} == {t("This memo was withdrawn; it does not come back.")}


def test_words_without_a_place_in_markdown_are_told(project: ProjectFile, tmp_path: Path) -> None:
    file = tmp_path / "memos.md"
    file.write_text("Vooraf.\n\n## Dagboek\n\nZomaar.\n\n### 2026-03-01 10:00, Els\n\nIets.\n", "utf-8")
    done = Project(project).memos.import_file(file)
    assert (done.new, [each.line for each in done.left_out]) == (0, [1, 4, 7])
    (tmp_path / "memos.docx").write_bytes(b"x")
    with pytest.raises(errors.UnknownFormat):
        Project(project).memos.import_file(tmp_path / "memos.docx")
