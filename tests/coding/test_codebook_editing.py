"""The codebook's rules: what is refused, what follows, and that one undo brings all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.copies import made_once

from verhalen import errors
from verhalen.api.codes import Edit
from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.memo import Memo
from verhalen.store import memos

TALK = "Samira: Ik sliep niet. De ketel was kapot. Nu gaat het beter.\n"


@made_once
def work_made(folder: Path) -> Project:
    """A tree of five codes and one talk."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    for key, name, parent in (
        ("rol", "Rol", None),
        ("rol.band", "Band", "rol"),
        ("rol.band.diep", "Diepe band", "rol.band"),
        ("wonen", "Wonen", None),
        ("wonen.huur", "Huur", "wonen"),
    ):
        made.codes.add(Code(key, name, exclude="dat is `rol.band`", parent=parent), last=True)
    (folder / "a.txt").write_text(TALK, "utf-8")
    assert [each.error for each in made.sources.import_files([folder / "a.txt"])] == [None]
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with work_made(tmp_path) as made:
        yield made


def put(project: Project, words: str, code: str, valence: Valence = Valence.NONE, memo: str = "") -> int:
    """A coding of these words."""
    text = project.sources.text(1)
    start = text.text.index(words)
    return project.codings.apply(
        Intent(text.source.id, start, start + len(words), code, valence=valence, memo=memo)
    ).coding_id


def coded(project: Project) -> list[tuple[str, str, str, str, str]]:
    """Coder, code, words, valence and memo of each coding."""
    text = project.sources.text(1)
    return [
        (each.coder, each.code, text.text[each.start : each.stop], each.valence.sign, each.memo)
        for each in project.codings.of(text.source.id)
    ]


def keys(project: Project) -> list[str]:
    return [code.key for code in project.codes.book()]


def number(project: Project, key: str) -> int:
    return project.codes.get(key).id


def test_a_new_code_comes_last_among_its_siblings(work: Project) -> None:
    work.codes.add(Code("rol.aan", "Aan", parent="rol"), last=True)
    assert keys(work) == ["rol", "rol.band", "rol.band.diep", "rol.aan", "wonen", "wonen.huur"]


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (Edit(key="wonen"), errors.CodeExists),
        (Edit(key="Geen Sleutel"), errors.BadCode),
        (Edit(name="  "), errors.BadCode),
        (Edit(colour="blauw"), errors.BadCode),
        (Edit(evidence=("XYZ",)), errors.BadCode),
    ],
)
def test_what_a_code_cannot_be_is_refused_and_nothing_changes(
    work: Project, edit: Edit, error: type[errors.VerhalenError]
) -> None:
    before = work.history.check().digest
    with pytest.raises(error):
        work.codes.edit(number(work, "rol"), edit)
    assert work.history.check().digest == before


def test_another_key_takes_the_keys_below_and_the_references_along(work: Project) -> None:
    before = work.history.check().digest
    work.codes.edit(number(work, "rol"), Edit(key="positie"))
    assert keys(work) == ["positie", "positie.band", "positie.band.diep", "wonen", "wonen.huur"]
    assert {code.exclude for code in work.codes.book()} == {"dat is `positie.band`"}
    work.history.undo()
    assert work.history.check().digest == before


def test_another_key_is_refused_where_a_key_below_would_be_taken(work: Project) -> None:
    work.codes.add(Code("positie.band", "Band"))
    with pytest.raises(errors.CodeExists, match=r"positie\.band"):
        work.codes.edit(number(work, "rol"), Edit(key="positie"))


def test_two_windows_that_edit_other_fields_keep_both(work: Project) -> None:
    rol = number(work, "rol")
    with work.sibling(coder="Jan") as jan:
        jan.codes.edit(rol, Edit(colour="#1f6f8b"))
    work.codes.edit(rol, Edit(definition="Wie doet wat."))
    found = work.codes.get("rol")
    assert (found.colour, found.definition) == ("#1f6f8b", "Wie doet wat.")


def test_two_codes_of_one_name_are_allowed_and_told(work: Project) -> None:
    assert work.codes.alike(" band ") == ("rol.band",)
    assert work.codes.alike("Band", besides=number(work, "rol.band")) == ()


def test_a_name_of_500_letters_is_kept_whole(work: Project) -> None:
    work.codes.edit(number(work, "rol"), Edit(name="lang " * 100))
    assert len(work.codes.get("rol").name) == 499


def test_a_code_moves_with_all_below_it(work: Project) -> None:
    work.codes.move(number(work, "rol.band"), parent="wonen", place=0)
    assert keys(work) == ["rol", "wonen", "rol.band", "rol.band.diep", "wonen.huur"]
    work.history.undo()
    assert keys(work) == ["rol", "rol.band", "rol.band.diep", "wonen", "wonen.huur"]


@pytest.mark.parametrize("parent", ["rol", "rol.band", "rol.band.diep"])
def test_a_code_never_stands_below_itself(work: Project, parent: str) -> None:
    with pytest.raises(errors.CodeBelowItself):
        work.codes.move(number(work, "rol"), parent=parent)


def test_a_code_among_200_siblings_moves_to_any_place(work: Project) -> None:
    for place in range(200):
        work.codes.add(Code(f"wonen.k{place}", f"K{place}", parent="wonen"))
    moved = number(work, "wonen.huur")
    for place in (100, 0, 200, 199):
        work.codes.move(moved, parent="wonen", place=place)
        listed = [code.key for code in work.codes.book() if code.parent == "wonen"]
        assert (len(listed), listed.index("wonen.huur")) == (201, place)


def test_to_where_it_stands_is_no_change(work: Project) -> None:
    last = work.last_change()
    work.codes.move(number(work, "wonen.huur"), parent="wonen", place=0)
    assert work.last_change() == last


@pytest.mark.parametrize("key", ["rol", "wonen.huur"])
def test_only_an_unused_code_is_deleted(work: Project, key: str) -> None:
    put(work, "Ik sliep", "wonen.huur")
    with pytest.raises(errors.CodeInUse, match=r"1 (code below it|coding)|1 (code|codering)"):
        work.codes.remove(number(work, key))
    work.codes.remove(number(work, "rol.band.diep"))
    assert "rol.band.diep" not in keys(work)


# -- merge -------------------------------------------------------------------------------------------------------------


def test_a_merge_says_first_what_it_does(work: Project) -> None:
    put(work, "Ik sliep niet", "rol.band")
    put(work, "Ik sliep niet", "wonen")
    put(work, "sliep niet. De ketel", "rol.band")
    put(work, "beter", "rol.band")
    before = work.history.check().digest
    plan = work.codes.merge_plan(number(work, "rol.band"), number(work, "wonen"))
    assert (plan.codings, len(plan.joints), len(plan.overlapping), plan.children) == (3, 1, 1, ("rol.band.diep",))
    assert work.history.check().digest == before


@pytest.mark.parametrize("join", [False, True])
def test_a_merge_makes_the_same_words_one_and_overlapping_ones_when_asked(work: Project, join: bool) -> None:
    put(work, "Ik sliep niet", "rol.band", Valence.POSITIVE, "eerst")
    put(work, "Ik sliep niet", "wonen", Valence.NEGATIVE, "dan")
    put(work, "sliep niet. De ketel", "rol.band")
    put(work, "beter", "rol.band")
    before = work.history.check().digest
    work.codes.merge(number(work, "rol.band"), number(work, "wonen"), join_overlaps=join)
    first = [("Hanne", "wonen", "Ik sliep niet. De ketel", "±", "dan\n\neerst")]
    apart = [
        ("Hanne", "wonen", "Ik sliep niet", "±", "dan\n\neerst"),
        ("Hanne", "wonen", "sliep niet. De ketel", " ", ""),
    ]
    assert coded(work) == [*(first if join else apart), ("Hanne", "wonen", "beter", " ", "")]
    assert work.history.entries(limit=1)[0].act is Act.MERGE_CODES
    work.history.undo()
    assert work.history.check().digest == before
    assert work.history.check().ok


def test_a_merge_leaves_what_another_coder_says_apart(work: Project) -> None:
    put(work, "Ik sliep niet", "rol.band")
    with work.sibling(coder="Jan") as jan:
        put(jan, "Ik sliep niet", "wonen")
    work.codes.merge(number(work, "rol.band"), number(work, "wonen"), join_overlaps=True)
    assert sorted(coded(work)) == [
        ("Hanne", "wonen", "Ik sliep niet", " ", ""),
        ("Jan", "wonen", "Ik sliep niet", " ", ""),
    ]


def test_a_merge_takes_links_texts_children_and_memos_along(work: Project) -> None:
    work.codes.edit(number(work, "rol.band"), Edit(evidence=("WON",), touches=("PSY",), include="samen eten"))
    work.codes.edit(number(work, "wonen"), Edit(touches=("WON",), include="huur"))
    target = number(work, "wonen")
    with work._file.change(Act.MEMO) as writing:
        memos.add_memo(writing, "code", number(work, "rol.band"), "Nakijken.")
    work.codes.merge(number(work, "rol.band"), target)
    found = work.codes.get("wonen")
    assert (found.evidence, found.touches, found.include) == (("WON",), ("PSY",), "huur")
    assert work.codes.get("rol.band.diep").parent == "wonen"
    assert work.codes.get("rol").exclude == "dat is `wonen`"
    [memo] = memos.memos(work._file, target="code", target_id=target)
    assert isinstance(memo, Memo)
    assert memo.text == "Nakijken."


def test_a_code_merges_into_one_that_stands_below_it(work: Project) -> None:
    work.codes.merge(number(work, "rol"), number(work, "rol.band.diep"))
    assert [(code.key, code.parent) for code in work.codes.book()] == [
        ("rol.band.diep", None),
        ("rol.band", "rol.band.diep"),
        ("wonen", None),
        ("wonen.huur", "wonen"),
    ]


def test_a_code_does_not_merge_with_itself(work: Project) -> None:
    with pytest.raises(errors.BadCode):
        work.codes.merge_plan(number(work, "rol"), number(work, "rol"))


# -- split -------------------------------------------------------------------------------------------------------------


def test_a_split_deals_fragments_over_new_codes_in_one_change(work: Project) -> None:
    one = put(work, "Ik sliep niet", "rol", Valence.NEGATIVE, "moe")
    two = put(work, "De ketel was kapot", "rol")
    put(work, "beter", "rol")
    before = work.history.check().digest
    new = Code("slaap", "Slaap")
    done = work.codes.split(number(work, "rol"), {one: ["slaap", "wonen"], two: ["wonen"]}, new=[new])
    assert (done.dealt, done.joined, done.gone) == (2, 0, 0)
    assert sorted(coded(work)) == [
        ("Hanne", "rol", "beter", " ", ""),
        ("Hanne", "slaap", "Ik sliep niet", "-", "moe"),
        ("Hanne", "wonen", "De ketel was kapot", " ", ""),
        ("Hanne", "wonen", "Ik sliep niet", "-", "moe"),
    ]
    [change] = work.history.entries(limit=1)
    assert (change.act, change.targets) == (Act.SPLIT_CODE, (number(work, "rol"),))
    work.history.undo()
    assert work.history.check().digest == before


def test_a_fragment_that_says_the_same_already_is_not_made_twice(work: Project) -> None:
    one = put(work, "beter", "rol", Valence.POSITIVE, "goed")
    put(work, "beter", "wonen")
    done = work.codes.split(number(work, "rol"), {one: ["wonen"]})
    assert (done.dealt, done.joined) == (1, 1)
    assert coded(work) == [("Hanne", "wonen", "beter", "+", "goed")]


def test_a_fragment_may_keep_its_code_and_get_another(work: Project) -> None:
    one = put(work, "beter", "rol")
    work.codes.split(number(work, "rol"), {one: ["wonen", "rol"]})
    assert sorted(each[1] for each in coded(work)) == ["rol", "wonen"]


def test_what_somebody_took_away_meanwhile_is_left_alone(work: Project) -> None:
    one = put(work, "beter", "rol")
    work.codings.remove(one)
    done = work.codes.split(number(work, "rol"), {one: ["wonen"]})
    assert (done.dealt, done.gone, coded(work)) == (0, 1, [])


# -- all together ------------------------------------------------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_of_acts_is_undone_to_the_last_letter(work: Project, data: st.DataObject) -> None:
    start = work.history.check().digest
    made = 0
    for words in data.draw(st.lists(st.sampled_from(["Ik sliep", "sliep niet", "ketel", "beter"]), max_size=4)):
        last = work.last_change()
        put(work, words, data.draw(st.sampled_from(keys(work))))
        made += work.last_change() != last
    for _ in range(data.draw(st.integers(1, 6))):
        made += _act(work, data)
    assert work.history.check().ok
    for _ in range(made):
        work.history.undo()
    assert work.history.check().digest == start


def _act(work: Project, data: st.DataObject) -> bool:
    """One act of the codebook, drawn; say whether it was one (some are refused, some change nothing)."""
    last, book = work.last_change(), keys(work)
    key = st.sampled_from(book)
    one, other = number(work, data.draw(key)), number(work, data.draw(key))
    try:
        match data.draw(st.sampled_from(["move", "merge", "key", "remove", "edit", "split"])):
            case "move":
                parent = data.draw(st.sampled_from([None, *book]))
                work.codes.move(one, parent=parent, place=data.draw(st.sampled_from([None, 0, 1])))
            case "merge":
                work.codes.merge(one, other, join_overlaps=data.draw(st.booleans()))
            case "key":
                work.codes.edit(one, Edit(key=data.draw(st.sampled_from(["a", "rol", "wonen", "b.c"]))))
            case "remove":
                work.codes.remove(one)
            case "edit":
                work.codes.edit(
                    one, Edit(name=data.draw(st.sampled_from(["A", "B"])), deprecated=data.draw(st.booleans()))
                )
            case "split":
                mine = [each.id for each in work.codings.of(work.sources.text(1).source.id) if each.code_id == one]
                work.codes.split(one, {each: [data.draw(key)] for each in mine})
    except errors.VerhalenError:
        assert work.last_change() == last
    return work.last_change() != last


def test_what_somebody_changed_meanwhile_is_not_overwritten_unseen(work: Project) -> None:
    seen = work.codes.get("rol")
    with work.sibling(coder="Jan") as jan:
        jan.codes.edit(seen.id, Edit(definition="Wie wat doet."))
    with pytest.raises(errors.StaleCode):
        work.codes.edit(seen.id, Edit(name="Rollen", definition="Taken."), seen=seen)
    work.codes.edit(seen.id, Edit(name="Rollen"), seen=seen)
    work.codes.edit(seen.id, Edit(definition="Wie wat doet."), seen=seen)
    assert (work.codes.get("rol").name, work.codes.get("rol").definition) == ("Rollen", "Wie wat doet.")
