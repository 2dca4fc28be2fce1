"""The codebook by keyboard and mouse, on a small and on a large terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.builders import add_text
from tests.store.test_masking import NAME, order
from tests.tui.frame import LARGE, SMALL, frame, opened, seen, segments, settled
from tests.tui.test_coding_screen import coded, desk, put, until, work
from tests.tui.test_frame_looks import ratio
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from verhalen.api.codes import Edit
from verhalen.api.project import Project
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.store import drafts, forget, masking
from verhalen.store.project import ProjectFile
from verhalen.tui import coding_slots
from verhalen.tui.codebook_form import CodeForm
from verhalen.tui.codebook_screen import CodebookScreen
from verhalen.tui.codebook_split import SplitScreen
from verhalen.tui.codebook_tree import rows_of, shown
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.fields import Field
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.split_draft import SplitDraft, draft_key, load_draft
from verhalen.tui.themes import DARK, LIGHT

__all__ = ["work"]

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])


@asynccontextmanager
async def codebook(project: Project, size: tuple[int, int] = SMALL, key: str = "") -> AsyncIterator[Pilot[None]]:
    """The codebook, with the cursor on a code."""
    async with opened(project, size) as pilot:
        frame(pilot).open_codebook(key=key or None)
        await ready(pilot)
        yield pilot


async def ready(pilot: Pilot[None]) -> None:
    """Until the tree is there."""
    await until(pilot, lambda: isinstance(pilot.app.screen, CodebookScreen) and bool(len(book(pilot).book)))
    await pilot.pause()


def book(pilot: Pilot[None]) -> CodebookScreen:
    return next(each for each in pilot.app.screen_stack if isinstance(each, CodebookScreen))


def here(pilot: Pilot[None]) -> str:
    """Key of the code under the cursor."""
    code = book(pilot).code
    return code.key if code else ""


def keys(project: Project) -> list[str]:
    return [code.key for code in project.codes.book()]


async def write(pilot: Pilot[None], words: str) -> None:
    """Type."""
    await pilot.press(*["space" if letter == " " else letter for letter in words])


async def answer(pilot: Pilot[None], place: int) -> None:
    """Take the answer at this place of the small window."""
    pilot.app.screen.query_one(OptionList).highlighted = place
    await pilot.press("enter")
    await settled(pilot)


# -- looking -----------------------------------------------------------------------------------------------------------


@SIZES
async def test_the_codebook_is_a_key_away_from_the_text_and_counts_in_it(work: Project, size: tuple[int, int]) -> None:
    put(work, "Ik sliep niet", "rol.vertrouwen")
    async with opened(work, size) as pilot:
        frame(pilot).open_coding(2)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and desk(pilot).desk is not None)
        await pilot.press("B")
        await ready(pilot)
        assert "here / all" in seen(pilot)
        assert "0/1" in seen(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_the_codebook_is_in_the_palette_of_the_first_screen(work: Project) -> None:
    async with opened(work) as pilot:
        assert isinstance(pilot.app.screen, HomeScreen)
        pilot.app.screen.action_run_command("codebook")
        await ready(pilot)
        assert "here / all" not in seen(pilot)


@SIZES
async def test_the_right_says_all_about_the_code_of_the_cursor(work: Project, size: tuple[int, int]) -> None:
    async with codebook(work, size, "rol.vertrouwen") as pilot:
        painted = seen(pilot)
        for words in ("Vertrouwensband", "rol.vertrouwen, below rol", "Elkaar leren", "When to use it", "Colour"):
            assert words in painted


async def test_left_and_right_fold_and_go_up(work: Project) -> None:
    async with codebook(work, key="rol.vertrouwen") as pilot:
        await pilot.press("left")
        assert here(pilot) == "rol"
        await pilot.press("left")
        assert "Vertrouwensband" not in seen(pilot)
        await pilot.press("right", "down")
        assert here(pilot) == "rol.vertrouwen"


async def test_a_folded_code_counts_what_is_below_it(work: Project) -> None:
    put(work, "Ik sliep niet", "rol.vertrouwen")
    put(work, "De ketel", "rol")
    async with codebook(work, key="rol") as pilot:
        line = next(line for line in seen(pilot).splitlines() if "▾ R" in line)
        assert line.split("│")[0].split()[-1] == "1"
        await pilot.press("left")
        line = next(line for line in seen(pilot).splitlines() if "▸ R" in line)
        assert line.split("│")[0].split()[-1] == "2"


async def test_a_search_finds_by_what_a_code_means_and_lets_go(work: Project) -> None:
    async with codebook(work) as pilot:
        await pilot.press("f")
        await write(pilot, "leren")
        await pilot.press("enter")
        assert here(pilot) == "rol.vertrouwen"
        assert "Wonen" not in seen(pilot)
        await pilot.press("escape")
        assert "Wonen" in seen(pilot)
        assert isinstance(pilot.app.screen, CodebookScreen)


def test_a_folded_code_hides_all_below_it() -> None:
    codes = [
        Code("a", "A", id=1),
        Code("b", "B", parent="a", id=2),
        Code("c", "C", parent="b", id=3),
        Code("d", "D", id=4),
    ]
    rows = rows_of(codes)
    assert [(row.depth, row.below) for row in rows] == [(0, 2), (1, 1), (2, 0), (0, 0)]
    assert [row.code.key for row in shown(rows, folded={1}, wanted="")] == ["a", "d"]
    assert [row.code.key for row in shown(rows, folded={2}, wanted="")] == ["a", "b", "d"]


# -- changing ----------------------------------------------------------------------------------------------------------


@SIZES
async def test_a_new_code_gets_a_key_from_its_name_and_stands_behind_the_one_of_the_cursor(
    work: Project, size: tuple[int, int]
) -> None:
    async with codebook(work, size, "rol.vertrouwen") as pilot:
        await pilot.press("a")
        await write(pilot, "Samen eten")
        await pilot.press("ctrl+s")
        await settled(pilot)
        made = work.codes.get("rol.samen_eten")
        assert (made.name, made.parent, here(pilot)) == ("Samen eten", "rol", "rol.samen_eten")
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert "rol.samen_eten" not in keys(work)


@SIZES
async def test_the_form_changes_words_and_key_in_one_step(work: Project, size: tuple[int, int]) -> None:
    async with codebook(work, size, "rol") as pilot:
        await pilot.press("e")
        form = pilot.app.screen
        assert isinstance(form, CodeForm)
        form.query_one("#key", Field).value = "positie"
        form.query_one("#definition", TextArea).text = "Wie doet wat."
        await pilot.press("escape")
        await settled(pilot)
        assert work.codes.get("positie").definition == "Wie doet wat."
        assert work.codes.get("positie.vertrouwen").parent == "positie"
        assert here(pilot) == "positie"
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert work.codes.get("rol").definition == ""


async def test_the_form_says_what_cannot_be_and_warns_of_the_same_name(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        await pilot.press("e")
        form = pilot.app.screen
        form.query_one("#key", Field).value = "dom.wonen"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is a code dom.wonen already" in seen(pilot)
        form.query_one("#key", Field).value = "rol"
        form.query_one("#name", Field).value = "Wonen"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "dom.wonen has the same name" in seen(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert work.codes.get("rol").name == "Wonen"


async def test_a_form_that_is_left_as_it_was_changes_nothing(work: Project) -> None:
    last = work.last_change()
    async with codebook(work, key="rol") as pilot:
        await pilot.press("e", "escape", "a", "escape", "e", "X", "ctrl+d")
        await settled(pilot)
        assert work.last_change() == last


async def test_a_code_goes_up_down_and_below_another(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        first = keys(work)
        await pilot.press("u" if first[0] != "rol" else "n")
        await settled(pilot)
        assert keys(work) != first
        await pilot.press("v")
        await write(pilot, "wonen")
        await pilot.press("enter")
        await settled(pilot)
        assert work.codes.get("rol").parent == "dom.wonen"
        assert here(pilot) == "rol"


async def test_a_code_goes_two_steps_where_the_key_comes_twice_at_once(work: Project) -> None:
    work.codes.add(Code("slaap", "Slaap"), last=True)
    first = [each.key for each in work.codes.book() if each.parent is None]
    async with codebook(work, key=first[0]) as pilot:
        for _ in range(2):
            pilot.app.post_message(events.Key("n", "n"))
        await pilot.pause()
        await settled(pilot)
        assert [each.key for each in work.codes.book() if each.parent is None] == [*first[1:], first[0]]
        assert len(frame(pilot)._notifications) == 1


async def test_a_colour_is_chosen_by_name(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        await pilot.press("k")
        await pilot.pause()
        assert "orange" in seen(pilot)
        await answer(pilot, 6)
        assert work.codes.get("rol").colour == "#2f7d3b"
        assert "green, #2f7d3b" in seen(pilot)


async def test_life_domains_are_evidence_or_touched(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        await pilot.press("d", "space", "down", "enter", "enter", "escape")
        await settled(pilot)
        found = work.codes.get("rol")
        assert (found.evidence, found.touches) == (("WON",), ("INK",))
        assert "Wonen (WON)" in seen(pilot)


async def test_a_digit_is_fixed_and_works_on_the_coding_screen(work: Project) -> None:
    async with opened(work) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and desk(pilot).desk is not None)
        await pilot.press("B")
        await ready(pilot)
        await pilot.press("f", *"wonen", "enter", "left_parenthesis")
        await settled(pilot)
        assert "5•" in seen(pilot)
        await pilot.press("escape", "escape")
        await pilot.press("s", "5")
        await settled(pilot)
        assert [code for code, _ in coded(work)] == ["dom.wonen"]


async def test_a_code_keeps_its_digit_when_it_gets_another_key(work: Project) -> None:
    async with codebook(work, key="dom.wonen") as pilot:
        await pilot.press("3", "e")
        pilot.app.screen.query_one("#key", Field).value = "huis"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert book(pilot).slots.digits() == {"huis": "3•"}
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and desk(pilot).desk is not None)
        with work.sibling() as window:  # the undo of the rename, somewhere else
            window.history.undo()
        await until(pilot, lambda: desk(pilot).slots.digits() == {"dom.wonen": "3•"})


async def test_a_code_in_use_is_not_deleted_but_put_out_of_use(work: Project) -> None:
    put(work, "Ik sliep niet")
    async with codebook(work, key="dom.wonen") as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert "dom.wonen" in keys(work)
        await pilot.press("o")
        await settled(pilot)
        assert work.codes.get("dom.wonen").deprecated
        assert "out of use" in seen(pilot)


# -- merge and split ---------------------------------------------------------------------------------------------------


@SIZES
async def test_a_merge_shows_first_what_becomes_one(work: Project, size: tuple[int, int]) -> None:
    put(work, "Ik sliep niet", "dom.wonen")
    put(work, "Ik sliep niet", "rol.vertrouwen")
    put(work, "sliep niet. Nu", "dom.wonen")
    before = work.history.check().digest
    async with codebook(work, size, "dom.wonen") as pilot:
        await pilot.press("s")
        await write(pilot, "vertr")
        await pilot.press("enter")
        await pilot.pause()
        painted = seen(pilot)
        assert "2 codings get the other code" in painted
        assert "1 is on the same words" in painted
        assert "1 overlaps another one" in painted
        await answer(pilot, 2)
        assert coded(work) == [("rol.vertrouwen", "Ik sliep niet. Nu")]
        assert here(pilot) == "rol.vertrouwen"
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert work.history.check().digest == before


async def test_no_is_the_first_answer_to_a_merge(work: Project) -> None:
    put(work, "Ik sliep niet", "dom.wonen")
    last = work.last_change()
    async with codebook(work, key="dom.wonen") as pilot:
        await pilot.press("s")
        await write(pilot, "vertr")
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert work.last_change() == last


@SIZES
async def test_a_split_deals_fragments_and_stores_them_in_one_step(work: Project, size: tuple[int, int]) -> None:
    for words in ("Ik sliep niet", "De ketel was kapot", "En het gezin"):
        put(work, words, "dom.wonen")
    before = work.history.check().digest
    async with codebook(work, size, "dom.wonen") as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, SplitScreen) and bool(pilot.app.screen.fragments))
        await pilot.pause()
        assert "Fragment 1 of 3" in seen(pilot)
        await pilot.press("a")
        await write(pilot, "Slaap")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Fragment 2 of 3" in seen(pilot)
        await pilot.press("c")
        await write(pilot, "vertr")
        await pilot.press("enter")
        await pilot.press("1", "ctrl+z")
        await pilot.pause()
        assert work.history.check().digest == before
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert coded(work) == [
            ("slaap", "Ik sliep niet"),
            ("rol.vertrouwen", "De ketel was kapot"),
            ("dom.wonen", "En het gezin"),
        ]
        assert work.history.entries(limit=1)[0].act is Act.SPLIT_CODE
        assert isinstance(pilot.app.screen, CodebookScreen)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert work.history.check().digest == before


async def test_what_was_dealt_is_not_lost_by_escape(work: Project) -> None:
    put(work, "Ik sliep niet", "dom.wonen")
    async with codebook(work, key="dom.wonen") as pilot:
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, SplitScreen) and bool(pilot.app.screen.fragments))
        await pilot.press("c", *"vertr", "enter", "escape")
        await pilot.pause()
        assert "not stored yet" in seen(pilot)
        await answer(pilot, 1)
        assert coded(work) == [("rol.vertrouwen", "Ik sliep niet")]


async def splitting(pilot: Pilot[None]) -> SplitScreen:
    """Open the split of the code of the cursor."""
    await pilot.press("p")
    await until(pilot, lambda: isinstance(pilot.app.screen, SplitScreen) and bool(pilot.app.screen.fragments))
    await pilot.pause()
    assert isinstance(pilot.app.screen, SplitScreen)
    return pilot.app.screen


async def test_deals_survive_the_end_of_the_program_and_what_others_do_until_they_are_stored(work: Project) -> None:
    gone = put(work, "Ik sliep niet", "dom.wonen")
    kept = [put(work, words, "dom.wonen") for words in ("De ketel was kapot", "En het gezin")]
    before = work.history.check().digest
    key = draft_key(work.codes.get("dom.wonen").id, work.coder_id)
    async with codebook(work, key="dom.wonen") as pilot:
        await splitting(pilot)
        await pilot.press("c", *"vertr", "enter", "c", *"vertr", "enter", "a")
        await write(pilot, "Warmte")
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert work.history.check().digest == before
    work.codings.remove(gone.id)
    work.codes.edit(work.codes.get("rol.vertrouwen").id, Edit(key="rol.band"))
    async with codebook(work, key="dom.wonen") as pilot:
        there = await splitting(pilot)
        said = [str(note.message) for note in frame(pilot)._notifications]
        assert "You dealt out 2 fragments earlier" in said[0]
        assert "1 fragment that you dealt out earlier" in said[0]
        assert there.draft.deals == {kept[0].id: ("rol.band",), kept[1].id: ("warmte",)}
        await pilot.press("escape")
        await pilot.pause()
        await answer(pilot, 2)
        assert work.draft(key)
        await splitting(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert coded(work) == [("rol.band", "De ketel was kapot"), ("warmte", "En het gezin")]
        assert work.draft(key) == ""


async def test_deals_that_are_dropped_leave_nothing_behind(work: Project) -> None:
    put(work, "Ik sliep niet", "dom.wonen")
    key = draft_key(work.codes.get("dom.wonen").id, work.coder_id)
    async with codebook(work, key="dom.wonen") as pilot:
        await splitting(pilot)
        await pilot.press("c", *"vertr", "enter")
        await settled(pilot)
        assert work.draft(key)
        await pilot.press("escape")
        await pilot.pause()
        await answer(pilot, 3)
        assert work.draft(key) == ""
        there = await splitting(pilot)
        assert there.draft.deals == {}


def test_a_draft_of_a_split_goes_with_its_text_and_is_masked_with_names(project: ProjectFile) -> None:
    first, second = add_text(project, "Anna: Ik sliep niet.", "a"), add_text(project, "Anna: Ik ook niet.", "b")
    new = Code("slaap", "Slaap", f"{NAME} sliep niet.")
    for number, source in ((1, first), (2, second)):
        kept = SplitDraft({7: ("slaap",)}, ["slaap"], [new], {source}).dump()
        assert load_draft(kept).dump() == kept
        drafts.keep_draft(project, draft_key(number, project.coder_id), kept)
    masking.mask(project, order(project, first))
    assert NAME not in "".join(value for (value,) in project.rows("select value from draft"))
    forget.forget(project, forget.what_goes(project, {"source": {first}}))
    assert [key for (key,) in project.rows("select key from draft")] == [draft_key(2, project.coder_id)]
    assert load_draft("[1]") == load_draft("") == SplitDraft()


# -- files, mouse, bad input, looks --------------------------------------------------------------------------------------


async def test_the_word_sheet_is_written_where_one_says(work: Project) -> None:
    async with codebook(work) as pilot:
        await pilot.press("w", "enter")
        await settled(pilot)
        assert (work.workspace / "exports" / "blad.docx").is_file()


async def test_an_exported_codebook_comes_back_by_import(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        await pilot.press("y", "enter")
        await settled(pilot)
        await pilot.press("o", "i")
        pilot.app.screen.query_one(Field).value = "exports/codeboek.md"
        await pilot.press("enter")
        await settled(pilot)
        assert not work.codes.get("rol").deprecated


@SIZES
async def test_the_mouse_picks_folds_and_edits(work: Project, size: tuple[int, int]) -> None:
    async with codebook(work, size, "dom.wonen") as pilot:
        lines = seen(pilot).splitlines()
        y = next(number for number, line in enumerate(lines) if "Rol" in line)
        await pilot.click(offset=(10, y))
        assert here(pilot) == "rol"
        assert "Vertrouwensband" not in seen(pilot)
        lines = seen(pilot).splitlines()
        y, x = next(
            (number, line.index("What it means")) for number, line in enumerate(lines) if "What it means" in line
        )
        await pilot.click(offset=(x + 1, y))
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodeForm)


async def test_200_children_and_a_name_of_500_letters_are_shown(work: Project) -> None:
    for place in range(200):
        work.codes.add(Code(f"dom.k{place}", f"K{place}", parent="dom.wonen"), last=True)
    work.codes.add(Code("lang", "lang " * 100))
    async with codebook(work, key="lang") as pilot:
        assert here(pilot) == "lang"
        await pilot.press("f", *"k199", "enter")
        assert here(pilot) == "dom.k199"
        await pilot.press("escape", "u")
        await settled(pilot)
        assert keys(work).index("dom.k199") == keys(work).index("dom.k198") - 1


async def test_what_another_window_does_is_shown_and_the_cursor_stays(work: Project) -> None:
    async with codebook(work, key="rol.vertrouwen") as pilot:
        with work.sibling(coder="Jan") as jan:
            jan.codes.add(Code("aaa", "Eerst"))
        await until(pilot, lambda: "Eerst" in seen(pilot))
        assert here(pilot) == "rol.vertrouwen"


async def test_words_that_a_colleague_wrote_meanwhile_are_shown_before_they_are_replaced(work: Project) -> None:
    async with codebook(work, key="rol") as pilot:
        await pilot.press("e")
        pilot.app.screen.query_one("#definition", TextArea).text = "Wie doet wat."
        with work.sibling(coder="Jan") as jan:
            jan.codes.edit(work.codes.get("rol").id, Edit(name="Rollen", definition="Taken."))
        await pilot.press("ctrl+s")
        await settled(pilot)
        form = pilot.app.screen
        assert isinstance(form, CodeForm)
        assert (form.now.name, form.now.definition) == ("Rollen", "Wie doet wat.")
        assert "“Rollen” · “Taken.”" in " ".join(seen(pilot).split())
        assert work.codes.get("rol").definition == "Taken."
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert (work.codes.get("rol").name, work.codes.get("rol").definition) == ("Rollen", "Wie doet wat.")


async def test_an_empty_codebook_says_what_to_do(work: Project) -> None:
    for key in ("rol.vertrouwen", "rol", "dom.wonen"):
        work.codes.remove(work.codes.get(key).id)
    async with opened(work) as pilot:
        frame(pilot).open_codebook()
        await until(pilot, lambda: "Add a first code" in seen(pilot))
        await pilot.press("a", *"Eerst", "ctrl+s")
        await settled(pilot)
        assert keys(work) == ["eerst"]


@SIZES
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
async def test_every_letter_is_readable(work: Project, theme: object, size: tuple[int, int]) -> None:
    async with codebook(work, size, "rol.vertrouwen") as pilot:
        pilot.app.theme = theme.name  # type: ignore[attr-defined]
        await pilot.pause()
        faint = {
            segment.text: ratio(segment)
            for segment in segments(pilot)
            if segment.text.strip(" │╭╮╰╯─▁▂▃▄▅▆▇█▌▐▔") and ratio(segment) < 4.5
        }
        assert faint == {}


def test_a_digit_that_is_left_goes_to_nobody_else() -> None:
    slots = coding_slots.Slots([1, 2, 3], keys=dict(enumerate("abcd", start=1)))
    assert slots.pin_at("a", "5")
    assert slots.digits() == {"b": "2", "c": "3", "a": "5•"}
    slots.use("d")
    assert slots.at("1") == "d"
    assert not slots.pin_at("a", "5")
    slots.know({1: "a"})
    assert slots.digits() == {"a": "5"}
