"""Memos at everything, found again, and gone with the text they were about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import TALK, Furnished, add_code, add_text, code_words, find, furnish, redo, undo
from tests.coding.test_renewing import OLD, renew
from tests.store.test_masking import NAME, order, traces
from tests.store.test_masking import TALK as NAMED_TALK

from verhalen import errors
from verhalen.api.project import Project
from verhalen.coding import editing, speaking
from verhalen.exchange.csv_text import rows_of
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.ids import encode_id
from verhalen.store import checking, forget, masking, memos, sources
from verhalen.store.project import ProjectFile
from verhalen.store.schema import JOURNALED


@pytest.fixture
def there(project: ProjectFile) -> Furnished:
    return furnish(project)


def targets(there: Furnished) -> list[str]:
    return ["project", "1", "1@70", encode_id(there.coding), "rol.vertrouwen", "G001", there.story_key]


def test_a_memo_can_be_at_everything_and_says_where(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    made = [found.add(target, f"Bij {target}.") for target in targets(there)]
    assert [found.label(memo) for memo in made] == [
        t("journal of the analysis"),
        t("text {n}", n=1),
        t("text {n}, turn at {place}", n=1, place=65),
        t("text {n}, '{code}' at {place}", n=1, code="rol.vertrouwen", place=6),
        t("code '{key}'", key="rol.vertrouwen"),
        t("family {key}", key="G001"),
        t("story {key}", key=there.story_key),
    ]
    references = [found.reference(memo) for memo in made]
    assert references == ["project", "1", "1@65", *targets(there)[3:]]
    assert [memo.id for memo in found.all()][: len(made)] == [memo.id for memo in made[::-1]]
    assert found.all(target="1@65") == [made[2]]
    assert {memo.id for memo in found.all(target="1")} >= {each.id for each in made[1:4]}
    assert {memo.id for memo in found.all(target="rol.vertrouwen")} == {made[3].id, made[4].id}


def test_several_memos_at_one_target_and_the_one_of_the_coding_itself(project: ProjectFile, there: Furnished) -> None:
    found, coding = Project(project).memos, encode_id(there.coding)
    found.add(coding, "Een.")
    found.add(coding, "Twee.")
    editing.set_memo(project, there.coding, "In de marge.")
    assert {memo.text for memo in found.all(target=coding)} == {"Een.", "Twee.", "In de marge."}
    found.change(there.coding, "Anders.")
    found.remove(there.coding)
    undo(project)
    assert {memo.text for memo in found.all(target=coding)} == {"Een.", "Twee.", "Anders."}


def test_words_are_found_whatever_their_case_and_marks(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    found.add("project", "Vandaag een CAFÉ bezocht.")
    found.add("G002", "Nog bellen.")
    assert [memo.text for memo in found.all(find="cafe vandaag")] == ["Vandaag een CAFÉ bezocht."]
    assert [memo.text for memo in found.all(find="g002")] == ["Nog bellen."]
    assert found.all(find="cafe bellen") == []


def test_changing_and_removing_are_one_undo_step_each(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    memo = found.add("project", "Begonnen met coderen.")
    before = checking.digest(project)
    found.change(memo.id, "Begonnen met lezen.")
    assert Project(project).history.label(Project(project).history.entries(limit=1)[0]) == t(
        "memo changed at {what}", what=t("the project")
    )
    found.remove(memo.id)
    assert found.all(target="project") == []
    undo(project)
    undo(project)
    assert checking.digest(project) == before
    redo(project)
    assert found.get(memo.id).text == "Begonnen met lezen."


def test_nobody_writes_in_the_name_of_another(project: ProjectFile, jan: ProjectFile, there: Furnished) -> None:
    memo = Project(project).memos.add("1", "Van mij.")
    with pytest.raises(errors.NotYourMemo, match="Hanne"):
        Project(jan).memos.change(memo.id, "Van Jan.")
    with pytest.raises(errors.NotYourMemo):
        Project(jan).memos.remove(memo.id)
    assert Project(jan).memos.add("1", "Van Jan.").coder == "Jan"


@pytest.mark.parametrize(
    "target", ["", "geen.code", "1@", "1@9999", "1@x", "99", "G099", "0" * 13, "9" * 30, "@", "1@-3"]
)
def test_what_names_nothing_is_refused(project: ProjectFile, there: Furnished, target: str) -> None:
    before = checking.digest(project)
    with pytest.raises(errors.VerhalenError):
        Project(project).memos.add(target, "Hm.")
    with pytest.raises(errors.BadInput):
        Project(project).memos.add("project", " \n ")
    assert checking.digest(project) == before


def test_a_memo_of_a_turn_follows_its_words_when_the_turn_is_joined(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    memo = found.add("1@70", "Hier keert het.")
    source = sources.source_by_id(project, there.source)
    assert source is not None
    first, second = sources.turns_of(project, there.source)
    speaking.join_turn(project, source, second.id)
    assert (found.get(memo.id).place.start, found.get(memo.id).target_id) == (first.start, first.id)
    undo(project)
    assert found.get(memo.id).target_id == second.id


def test_a_memo_of_a_turn_follows_its_words_into_a_newer_version(project: ProjectFile) -> None:
    source = add_text(project, OLD)
    found = Project(project).memos
    places = [find(project, source, words).start for words in ("Ik sleip", "elke avond", "Nu gaat")]
    made = [found.add(f"1@{place}", "Hm.").id for place in places]
    newer = OLD.replace("sleip", "sliep").replace("elke avond", "iedere avond in de week").replace("En nu", "Maar nu")
    before = checking.digest(project)
    renew(project, source, newer)
    text = editing.text_now(project, source)
    at = [found.get(number).place for number in made]
    assert [text[place.start : place.stop].split()[:2] for place in at] == [
        *(["Ik", "sliep"], ["Mijn", "zus"], ["Nu", "gaat"]),
    ]
    undo(project)
    assert checking.digest(project) == before


def test_a_memo_stays_when_its_target_goes_and_finds_it_back(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    memo = found.add(encode_id(there.coding), "Mooi gezegd.")
    editing.remove_codings(project, [there.coding])
    gone = found.get(memo.id)
    assert (gone.text, gone.place.gone, found.label(gone), found.reference(gone)) == (
        *("Mooi gezegd.", True),
        *(t("something that was removed"), ""),
    )
    undo(project)
    assert not found.get(memo.id).place.gone


def test_memos_of_turns_and_fragments_are_masked_with_their_text(project: ProjectFile) -> None:
    add_code(project, "slaap")
    source = add_text(project, NAMED_TALK)
    coding = code_words(project, source, "ik slaap slecht", "slaap")
    found = Project(project).memos
    for target in ("1", "1@12", encode_id(coding)):
        memo = found.add(target, f"{NAME} aarzelt.")
        found.change(memo.id, f"{NAME} aarzelt niet.")
    one = sources.source_by_id(project, source)
    assert one is not None
    speaking.join_turn(project, one, sources.turns_of(project, source)[1].id)
    assert f"{NAME} aarzelt niet." in masking.memos_about(project, source)
    masking.mask(project, order(project, source))
    assert traces(project) == []
    assert {memo.text for memo in found.all()} == {"[persoon 1] aarzelt niet."}


def test_a_half_written_memo_goes_with_what_it_is_about(project: ProjectFile, there: Furnished) -> None:
    found = Project(project).memos
    for target in ("1@70", "1", encode_id(there.coding), "G001", "project"):
        Project(project).keep_draft(found.draft_key(found.about(target)), "Nog niet af.")
    for root in ({"source": {there.source}}, {"family": {there.family}}):
        forget.forget(project, forget.what_goes(project, root))
    assert project.rows("select key from draft") == [("memo new project 0",)]


@pytest.mark.parametrize("removed", [False, True])
def test_memos_of_turns_and_fragments_go_with_their_text(
    project: ProjectFile, there: Furnished, *, removed: bool
) -> None:
    found, secret = Project(project).memos, "kersenpit"
    for target in ("1", "1@70", encode_id(there.coding)):
        found.add(target, f"Iets over een {secret}.")
    found.remove(found.add("1@70", f"Nog een {secret}.").id)
    found.add("project", "Dit blijft.")
    if removed:  # the turn and the fragment are no more, their memos are
        editing.remove_codings(project, [there.coding])
        with project.change(Act.JOIN_TURNS, there.source) as writing:
            writing.execute("delete from turn where id = ?", (sources.turns_of(project, there.source)[1].id,))
    forget.forget(project, forget.what_goes(project, {"source": {there.source}}))
    for table in (*JOURNALED, "change_row"):
        assert not [row for row in project.rows(f"select * from {table}") if secret in str(row)]
    assert [memo.text for memo in found.all(target="project")] == ["Dit blijft."]
    assert checking.problems(project) == []


def test_the_export_as_markdown_tells_the_journal_first(project: ProjectFile, there: Furnished, tmp_path: Path) -> None:
    found = Project(project).memos
    found.add("G001", "Gezin met een plan.")
    found.add("project", "# Dag een\nVeel gelezen.")
    assert found.export_file(tmp_path / "memos.md") == 3
    words = (tmp_path / "memos.md").read_text("utf-8")
    titles = [line for line in words.splitlines() if line.startswith(("# ", "## "))]
    labels = [t("journal of the analysis"), t("text {n}", n=1), t("family {key}", key="G001")]
    assert titles == [f"# {t('Memos')}", *(f"## {label[:1].upper()}{label[1:]}" for label in labels)]
    assert "\\# Dag een\nVeel gelezen." in words
    assert TALK.split()[1] not in words
    with pytest.raises(errors.BadInput):
        found.export_file(tmp_path / "memos.docx")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), max_size=4)
)
def test_the_export_as_csv_reads_back_as_it_was(project: ProjectFile, tmp_path: Path, texts: list[str]) -> None:
    found = Project(project).memos
    for text in texts:
        found.add("project", text)
    found.export_file(tmp_path / "memos.csv")
    rows = rows_of((tmp_path / "memos.csv").read_text("utf-8-sig"))
    kept = [memo.text for memo in memos.memos(project)]
    assert [cells[-1] for _, cells in rows[1:]] == kept
    assert kept[len(kept) - len(texts) :] == [text.strip() for text in texts]


def test_a_place_between_two_turns_is_the_turn_before(project: ProjectFile, there: Furnished) -> None:
    label = find(project, there.source, "Bert: ")
    memo = Project(project).memos.add(f"1@{label.start + 2}", "Bij de naam.")
    assert memo.place.start == 6
