"""Moving borders, giving another code, and a code made for its first fragment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from verhalen import errors
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence

TALK = "Anna: Ik sliep niet. Nu slaap ik wel.\nBert: Goed zo.\n"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    """One talk, two codes."""
    set_language("en")
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as made:
        made.codes.add(Code("slaap", "Slaap"))
        made.codes.add(Code("rust", "Rust"))
        (tmp_path / "a.txt").write_text(TALK, "utf-8")
        assert [each.error for each in made.sources.import_files([tmp_path / "a.txt"])] == [None]
        yield made


def put(project: Project, start: int, stop: int, code: str = "slaap") -> int:
    """A coding; its id."""
    source = project.sources.text(1).source
    return project.codings.apply(Intent(source.id, start, stop, code)).coding_id


def test_borders_that_make_two_codings_of_one_coder_the_same_are_refused(work: Project) -> None:
    long, short = put(work, 6, 37), put(work, 6, 20)
    work.codings.set_memo(short, "navragen")
    with pytest.raises(errors.SameCoding, match=r"with slaap already\. Take one"):
        work.codings.resize(short, start=6, stop=37)
    assert [(work.codings.get(each).stop, work.codings.get(each).memo) for each in (long, short)] == [
        (37, ""),
        (20, "navragen"),
    ]


def test_another_code_that_makes_two_codings_the_same_is_refused(work: Project) -> None:
    one, other = put(work, 6, 20), put(work, 6, 20, "rust")
    with pytest.raises(errors.SameCoding):
        work.codings.recode(one, "rust")
    assert [work.codings.get(each).code for each in (one, other)] == ["slaap", "rust"]


def test_two_coders_may_code_the_very_same(work: Project) -> None:
    mine = put(work, 6, 37)
    with work.sibling(coder="Jan") as jan:
        put(jan, 6, 20)
    work.codings.resize(mine, start=6, stop=20)
    assert [(each.start, each.stop) for each in work.codings.of(work.codings.get(mine).source_id)] == [(6, 20)] * 2


def test_borders_and_code_that_stay_the_same_are_no_double(work: Project) -> None:
    mine = put(work, 6, 20)
    before = work.history.entries()
    work.codings.resize(mine, start=6, stop=20)
    work.codings.recode(mine, "slaap")
    assert work.history.entries() == before


def test_borders_and_code_change_in_place_and_are_undone(work: Project) -> None:
    mine = put(work, 6, 20)
    work.codings.set_valence(mine, Valence.POSITIVE)
    work.codings.resize(mine, start=6, stop=37)
    work.codings.recode(mine, "rust")
    now = work.codings.get(mine)
    assert (now.start, now.stop, now.code, now.valence) == (6, 37, "rust", Valence.POSITIVE)
    work.history.undo()
    work.history.undo()
    now = work.codings.get(mine)
    assert (now.start, now.stop, now.code) == (6, 20, "slaap")


def test_a_code_and_its_first_fragment_are_one_step_back_and_forth(work: Project) -> None:
    source = work.sources.text(1).source
    made = work.codings.apply_new(Code("nu-wel", "Nu wel", parent="slaap"), Intent(source.id, 21, 36, "nu-wel"))
    assert work.codings.get(made.coding_id).code == "nu-wel"
    assert work.history.label(work.history.entries(limit=1)[0]) == "new code 'nu-wel' in source 1"
    work.history.undo()
    assert work.codes.book().find("nu-wel") is None
    assert work.codings.of(source.id) == []
    work.history.redo()
    assert work.history.check().problems == ()
    assert work.codings.get(made.coding_id).code == "nu-wel"


@pytest.mark.parametrize(
    ("code", "error"),
    [(Code("slaap", "Slaap"), errors.CodeExists), (Code("nieuw", "Nieuw", parent="weg"), errors.UnknownCode)],
)
def test_a_code_that_cannot_be_made_leaves_nothing_behind(
    work: Project, code: Code, error: type[errors.VerhalenError]
) -> None:
    source = work.sources.text(1).source
    with pytest.raises(error):
        work.codings.apply_new(code, Intent(source.id, 6, 20, code.key))
    assert work.codings.of(source.id) == []
    assert len(work.codes.book()) == 2


def test_a_new_code_on_a_text_that_was_corrected_meanwhile_is_refused_whole(work: Project) -> None:
    source = work.sources.text(1).source
    work.sources.correct(1, start=6, stop=8, replacement="Wij")
    with pytest.raises(errors.StaleText):
        work.codings.apply_new(Code("nu-wel", "Nu wel"), Intent(source.id, 21, 36, "nu-wel", version=source.version))
    assert work.codes.book().find("nu-wel") is None


def test_two_windows_that_write_a_memo_at_one_coding_keep_both(work: Project) -> None:
    coding = put(work, 6, 20)
    with work.sibling(coder="Jan") as jan:
        jan.codings.set_memo(coding, "Navragen.", seen="")
    work.codings.set_memo(coding, "Dit is de kern.", seen="")
    assert work.codings.get(coding).memo == "Navragen.\n\nDit is de kern."
    work.codings.set_memo(coding, "Korter.", seen="Navragen.\n\nDit is de kern.")
    assert work.codings.get(coding).memo == "Korter."
