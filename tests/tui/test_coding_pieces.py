"""What becomes of codings that are there, by keyboard and mouse: borders, another code, hidden ones; and codes from words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, frame, seen, segments, settled
from tests.tui.test_coding_screen import TALK, chosen, coded, coding, desk, put, select, spot, until, view, work
from tests.tui.test_frame_looks import ratio
from textual.widgets import Input, OptionList

from verhalen.api.project import Project
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_units import Selection
from verhalen.tui.dialogs import AskLine, Choose
from verhalen.tui.themes import THEMES
from verhalen.tui.transcript_view import TranscriptView

__all__ = ["work"]
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])


# -- borders ---------------------------------------------------------------------------------------------------------


@SIZES
async def test_d_makes_a_coding_longer_and_enter_keeps_it(work: Project, size: tuple[int, int]) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work, size) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert "other end" in seen(pilot)
        await pilot.press("s")
        await pilot.pause()
        assert [(each.start, each.stop, each.sign) for each in desk(pilot).the_desk.marks()] == [(7, 33, "…")]
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het? Vertel eens.")]
        assert "Other borders: dom.wonen · stored · ctrl+z takes it back" in seen(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


async def test_d_again_goes_to_the_other_end(work: Project) -> None:
    put(work, "Ik sliep niet. Nu slaap ik wel.")
    async with coding(work) as pilot:
        await select(pilot, "Ik sliep")
        await pilot.press("d", "d", "s", "right", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "u slaap ik wel.")]


async def test_words_and_characters_move_a_border_too(work: Project) -> None:
    put(work, "De ketel was kapot.")
    async with coding(work) as pilot:
        await select(pilot, "De ketel")
        await pilot.press("d", "left", "ctrl+left", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "De ketel was ")]


async def test_escape_leaves_a_coding_as_it_was(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("d", "s", "escape")
        await pilot.pause()
        assert chosen(pilot) == "Hoe gaat het?"
        assert [(each.start, each.stop) for each in desk(pilot).the_desk.marks()] == [(7, 20)]
        await pilot.press("s", "escape")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Hoe gaat het?")]


async def test_while_borders_are_moved_no_code_is_given(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"vertr", "enter", "d")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Choose)
        await pilot.press("enter", "c", "x", "1", "v", "escape")
        await settled(pilot)
        assert sorted(coded(work)) == [("dom.wonen", "Hoe gaat het?"), ("rol.vertrouwen", "Hoe gaat het?")]


async def test_a_coding_keeps_at_least_one_character(work: Project) -> None:
    put(work, "Hoe")
    async with coding(work) as pilot:
        await pilot.press("d", "left", "left", "left", "enter")
        await pilot.pause()
        assert "A coding needs at least one character." in seen(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "H")]


async def test_borders_that_make_two_codings_the_same_are_refused(work: Project) -> None:
    put(work, "Hoe gaat het? Vertel eens.")
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        desk(pilot).borders.begin(next(each for each in desk(pilot).the_desk.codings.values() if each.stop == 20))
        await pilot.press("s", "enter")
        await settled(pilot)
        assert sorted(words for _, words in coded(work)) == ["Hoe gaat het?", "Hoe gaat het? Vertel eens."]
        assert "You coded this very fragment with dom.wonen already." in seen(pilot)
        assert sorted(each.stop for each in desk(pilot).the_desk.marks()) == [20, 33]


async def test_a_correction_in_another_window_stops_the_moving(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("d")
        with work.sibling(coder="Jan") as jan:
            jan.sources.correct(1, start=7, stop=10, replacement="Allez, hoe")
        await until(pilot, lambda: "Allez, hoe gaat" in seen(pilot))
        assert not desk(pilot).borders.moving
        assert coded(work) == [("dom.wonen", "Allez, hoe gaat het?")]


async def test_a_coding_that_is_gone_meanwhile_cannot_be_moved(work: Project) -> None:
    made = put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("d", "s")
        with work.sibling() as other:
            other.codings.remove(made.id)
        await until(pilot, lambda: not desk(pilot).the_desk.codings)
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == []
        assert "This coding is no longer there" in seen(pilot)


async def test_dragging_the_last_line_of_a_stripe_moves_its_border(work: Project) -> None:
    put(work, "Ik sliep niet.")
    async with coding(work) as pilot:
        x, y = view(pilot).page.margin - 4, spot(pilot, "Ik sliep")[1]
        there = spot(pilot, "gezin?")
        await pilot.mouse_down(TranscriptView, offset=(x, y))
        await pilot.hover(TranscriptView, offset=(x, y + 1))
        await pilot.pause()
        await pilot.hover(TranscriptView, offset=(there[0] + 5, there[1]))
        await pilot.mouse_up(TranscriptView, offset=(there[0] + 5, there[1]))
        await settled(pilot)
        assert coded(work) == [("dom.wonen", TALK[TALK.index("Ik sliep") : TALK.index("gezin?") + 6])]


async def test_dragging_the_first_line_of_a_stripe_in_the_margin_takes_whole_lines(work: Project) -> None:
    put(work, "En het gezin?")
    async with coding(work) as pilot:
        x, y = view(pilot).page.margin - 4, spot(pilot, "En het")[1]
        await pilot.mouse_down(TranscriptView, offset=(x, y))
        await pilot.hover(TranscriptView, offset=(x, y - 1))
        await pilot.pause()
        await pilot.hover(TranscriptView, offset=(x, y - 2))
        await pilot.mouse_up(TranscriptView, offset=(x, y - 2))
        await settled(pilot)
        assert coded(work) == [("dom.wonen", TALK[TALK.index("Samira: Ik") : TALK.index("gezin?") + 6])]


async def test_the_mouse_does_not_move_the_borders_of_another_coder(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Ik sliep niet.")
    async with coding(work) as pilot:
        x, y = view(pilot).page.margin - 4, spot(pilot, "Ik sliep")[1]
        await pilot.mouse_down(TranscriptView, offset=(x, y))
        await pilot.hover(TranscriptView, offset=(x, y + 1))
        await pilot.pause()
        await pilot.hover(TranscriptView, offset=(x, y + 2))
        await pilot.mouse_up(TranscriptView, offset=(x, y + 2))
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Ik sliep niet.")]
        assert "Jan made this coding · d moves its borders" in seen(pilot)


# -- another code ----------------------------------------------------------------------------------------------------


@SIZES
async def test_h_gives_another_code_in_place(work: Project, size: tuple[int, int]) -> None:
    made = put(work, "Hoe gaat het?")
    work.codings.set_valence(made.id, Valence.NEGATIVE)
    async with coding(work, size) as pilot:
        await pilot.press("h", *"vertr")
        assert isinstance(pilot.app.screen, Picker)
        await pilot.press("enter")
        await settled(pilot)
        now = work.codings.get(made.id)
        assert (now.code, now.valence) == ("rol.vertrouwen", Valence.NEGATIVE)
        assert "dom.wonen is now rol.vertrouwen · stored · ctrl+z takes it back" in seen(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert work.codings.get(made.id).code == "dom.wonen"


async def test_another_code_that_stands_there_already_is_refused(work: Project) -> None:
    put(work, "Hoe gaat het?")
    put(work, "Hoe gaat het?", "rol.vertrouwen")
    async with coding(work) as pilot:
        await pilot.press("h", "enter")
        await pilot.pause()
        await pilot.press(*"vertr", "enter")
        await settled(pilot)
        assert sorted(code for code, _ in coded(work)) == ["dom.wonen", "rol.vertrouwen"]
        assert "You coded this very fragment with rol.vertrouwen already." in seen(pilot)


# -- codes from words ------------------------------------------------------------------------------------------------


@SIZES
async def test_i_makes_a_code_from_the_selected_words_in_one_step(work: Project, size: tuple[int, int]) -> None:
    async with coding(work, size) as pilot:
        await select(pilot, "Nu slaap ik wel.")
        await pilot.press("i")
        assert isinstance(pilot.app.screen, AskLine)
        assert pilot.app.screen.query_one(Input).value == "Nu slaap ik wel"
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == [("nu-slaap-ik-wel", "Nu slaap ik wel.")]
        assert "New code: nu-slaap-ik-wel · stored · ctrl+z takes it back" in seen(pilot)
        await until(pilot, lambda: "nu-slaap-ik-wel" in [each.key for each in desk(pilot).lists.codes])
        assert desk(pilot).slots.used[0] == "nu-slaap-ik-wel"
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == []
        assert work.codes.book().find("nu-slaap-ik-wel") is None


async def test_a_code_from_words_goes_under_the_code_for_those_without_a_place(work: Project) -> None:
    work.codes.add(Code("in-vivo", "In vivo"))
    async with coding(work) as pilot:
        await select(pilot, "De ketel was kapot.")
        await pilot.press("i", "enter")
        await settled(pilot)
        assert coded(work) == [("in-vivo.de-ketel-was-kapot", "De ketel was kapot.")]
        made = work.codes.book().find("in-vivo.de-ketel-was-kapot")
        assert made is not None
        assert (made.name, made.parent) == ("De ketel was kapot", "in-vivo")


async def test_a_name_that_a_code_has_already_gives_that_code(work: Project) -> None:
    async with coding(work) as pilot:
        await select(pilot, "gezin")
        await pilot.press("i", *(["backspace"] * 5), *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "gezin")]
        assert len(work.codes.book()) == 3


async def test_escape_makes_no_code(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "i", "escape")
        await settled(pilot)
        assert coded(work) == []


# -- codes of the turn before ----------------------------------------------------------------------------------------


async def test_shift_r_gives_the_turn_the_codes_of_the_turn_before_in_one_step(work: Project) -> None:
    put(work, "Ik sliep niet.")
    put(work, "De ketel was kapot.", "rol.vertrouwen")
    async with coding(work) as pilot:
        place = TALK.index("En het gezin?")
        view(pilot).select(Selection(place, place))
        await pilot.press("R")
        await settled(pilot)
        assert sorted(coded(work))[1:] == [
            ("dom.wonen", "Ik sliep niet."),
            ("rol.vertrouwen", "De ketel was kapot."),
            ("rol.vertrouwen", "En het gezin?"),
        ]
        assert ("dom.wonen", "En het gezin?") in coded(work)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert len(coded(work)) == 2


async def test_shift_r_says_when_there_is_nothing_to_copy(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("R")
        assert "There is no turn before this one." in seen(pilot)
        await select(pilot, "Ik sliep niet.")
        await pilot.press("R")
        await pilot.pause()
        assert "You coded nothing in the turn before." in seen(pilot)
        assert len(coded(work)) == 1


# -- from coding to coding -------------------------------------------------------------------------------------------


async def test_q_goes_from_coding_to_coding(work: Project) -> None:
    put(work, "Ik sliep niet.")
    put(work, "Ik sliep niet. Nu slaap ik wel.", "rol")
    put(work, "Goed")
    async with coding(work) as pilot:
        heard = []
        for key in ("q", "q", "q", "Q", "Q"):
            await pilot.press(key)
            heard.append(chosen(pilot))
        long = "Ik sliep niet. Nu slaap ik wel."
        assert heard == [long, "Ik sliep niet.", "Goed", "Ik sliep niet.", long]
        await pilot.press("Q")
        await pilot.pause()
        assert "No coding comes before this." in seen(pilot)


# -- blind coding ----------------------------------------------------------------------------------------------------


async def test_y_hides_what_others_coded_on_every_screen_and_the_app_remembers_it(work: Project) -> None:
    put(work, "De ketel was kapot.")
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het?", "rol.vertrouwen")
        put(jan, "Vertel eens.", "dom.wonen")
        async with coding(work) as pilot:
            assert "rol.vertrouwen · J Jan" in seen(pilot)
            await pilot.press("y")
            await settled(pilot)
            await until(pilot, lambda: "Jan" not in seen(pilot))
            assert [each.code for each in desk(pilot).the_desk.marks()] == ["dom.wonen"]
            assert "You see only your own codings · y shows all" in seen(pilot)
            assert "no coding of yours here" in seen(pilot)
            await pilot.press("u")
            assert chosen(pilot) == "Hoe gaat het? Vertel eens."
        async with coding(work) as pilot:
            assert "others hidden · Hanne · all stored" in seen(pilot)
            put(jan, "Ik sliep niet.", "rol.vertrouwen")
            jan.codes.add(Code("later", "Later"))
            await until(pilot, lambda: len(desk(pilot).lists.codes) == 4)
            assert {each.key: each.codings for each in desk(pilot).lists.codes if each.codings} == {"dom.wonen": 1}
            assert len(desk(pilot).the_desk.codings) == 1
            for key, told in (("B", "1/1"), ("f3", "New code 'later'"), ("M", "All memos: 0")):
                await pilot.press(key)
                await settled(pilot)
                assert told in seen(pilot)
                assert "others hidden · Hanne" in seen(pilot)
                assert ("Jan" in seen(pilot)) == (key == "f3"), "that he made a code is no secret"
                assert "Code 'rol.vertrouwen'" not in seen(pilot)
                await pilot.press("escape")
                await settled(pilot)
            await pilot.press("y")
            await settled(pilot)
            assert len(desk(pilot).the_desk.marks()) == 4
            assert "others hidden" not in seen(pilot)


async def test_another_window_of_the_same_coder_follows(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het?")
    async with coding(work) as pilot:
        with work.sibling() as other:
            other.keep_hiding(True)
            await until(pilot, lambda: not desk(pilot).the_desk.codings)
            await pilot.pause()
            assert "others hidden" in seen(pilot)
            other.keep_hiding(False)
            await until(pilot, lambda: len(desk(pilot).the_desk.codings) == 1)


async def test_a_stripe_of_another_coder_shows_the_initial(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        put(jan, "Hoe gaat het? Vertel eens.\n\nSamira: Ik sliep niet.")
    async with coding(work) as pilot:
        assert "│J" in seen(pilot)
        for theme in THEMES:
            frame(pilot).theme = theme.name
            await pilot.pause()
            initials = [each for each in segments(pilot) if each.text == "J" and each.style and each.style.bold]
            assert len(initials) >= 2, "in the margin and below the text"
            assert min(ratio(each) for each in initials) >= 4.5


# -- the whole text at a glance --------------------------------------------------------------------------------------


def film(tmp_path: Path) -> Path:
    """A talk with times."""
    path = tmp_path / "film.vtt"
    cues = (("00:00:12", "Joris", "Hoe gaat het?"), ("00:01:02", "Samira", "Goed."), ("01:01:02", "Joris", "Fijn."))
    lines = [f"{time}.000 --> {time}.900\n<v {name}>{said}\n" for time, name, said in cues]
    path.write_text("WEBVTT\n\n" + "\n".join(lines), "utf-8")
    return path


async def test_times_stand_beside_the_turns_where_there_is_room(work: Project, tmp_path: Path) -> None:
    assert [each.error for each in work.sources.import_files([film(tmp_path)])] == [None]
    async with coding(work, LARGE) as pilot:
        desk(pilot).open_source(3)
        await pilot.pause()
        await pilot.pause()
        shown = [line for line in seen(pilot).splitlines() if "Joris:" in line or "Samira:" in line]
        assert [time in line for time, line in zip(("0:12", "1:02", "1:01:02"), shown, strict=True)] == [True] * 3
        x, y = spot(pilot, "Goed")
        await pilot.click(TranscriptView, offset=(x, y))
        assert chosen(pilot) == ""
        assert view(pilot).selection.cursor == view(pilot).text.index("Goed")


async def test_the_moment_of_the_cursor_stands_below_the_text(work: Project, tmp_path: Path) -> None:
    assert [each.error for each in work.sources.import_files([film(tmp_path)])] == [None]
    async with coding(work) as pilot:
        desk(pilot).open_source(3)
        await pilot.pause()
        assert "1:02" not in seen(pilot)
        await select(pilot, "Goed.")
        await until(pilot, lambda: "1:02 · 0% coded" in seen(pilot))


@SIZES
async def test_the_gauge_shows_where_codings_lie_and_a_click_goes_there(work: Project, size: tuple[int, int]) -> None:
    put(work, "En het gezin?")
    async with coding(work, size) as pilot:
        line = spot(pilot, "En het")[1]
        await until(pilot, lambda: "▓" in seen(pilot))
        assert f"{round(1300 / len(TALK))}% coded" in seen(pilot)
        await pilot.click("Gauge", offset=(0, line))
        await pilot.pause()
        assert view(pilot).selection.cursor == TALK.index("Joris: En")


# -- bad input -------------------------------------------------------------------------------------------------------


async def test_a_selection_over_a_turn_border_is_coded_as_it_is(work: Project) -> None:
    words = "Vertel eens.\n\nSamira: Ik sliep niet."
    async with coding(work) as pilot:
        await select(pilot, words)
        await pilot.press("c", *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", words)]


async def test_in_an_empty_text_nothing_is_coded_and_the_screen_says_so(work: Project) -> None:
    async with coding(work) as pilot:
        view(pilot).show_text("", (), selection=Selection(0, 0))
        await pilot.press("c", "i", "r", "R", "q", "Q", "s", "t")
        await pilot.press("c")
        await pilot.pause()
        assert "There is nothing to code here." in seen(pilot)
        assert coded(work) == []


@SIZES
async def test_a_name_and_key_of_500_characters_leave_the_screen_readable(work: Project, size: tuple[int, int]) -> None:
    key, name = "a" * 500, "Naam " * 100
    work.codes.add(Code(key, name))
    async with coding(work, size) as pilot:
        await pilot.press("s", "c", *"naam")
        await pilot.pause()
        assert pilot.app.screen.query_one(OptionList).size.height > 3
        await pilot.press("enter")
        await settled(pilot)
        assert coded(work) == [(key, "Hoe gaat het?")]
        assert "takes it back" in seen(pilot)
        assert "% coded" in seen(pilot)
        await pilot.press("h", *"wonen", "enter")
        await settled(pilot)
        assert "is now dom.wonen · stored" in seen(pilot)


async def test_a_masked_word_is_coded_like_any_other(work: Project) -> None:
    work.sources.correct(1, start=0, stop=5, replacement="[coach 1]")
    async with coding(work) as pilot:
        await select(pilot, "coach")
        await pilot.press("c", *"wonen", "enter")
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "coach")]


async def test_a_source_that_another_window_removes_gives_way_to_the_next(work: Project) -> None:
    put(work, "Hoe gaat het?")
    async with coding(work) as pilot:
        await pilot.press("d", "s")
        with work.sibling() as other:
            other.withdraw("1", really=True)
        await until(pilot, lambda: desk(pilot).the_desk.source.number == 2)
        assert "The source that was open here was taken away." in seen(pilot)
        assert not desk(pilot).borders.moving
        await pilot.press("s")
        assert chosen(pilot).endswith("De gezinnen komen graag.")


async def test_a_code_chosen_for_a_source_that_is_gone_meanwhile_lands_nowhere_else(work: Project) -> None:
    async with coding(work) as pilot:
        await pilot.press("s", "c", *"wonen")
        with work.sibling() as other:
            other.withdraw("1", really=True)
        await until(pilot, lambda: desk(pilot).stale)
        await pilot.press("enter")
        await settled(pilot)
        assert desk(pilot).the_desk.source.number == 2
        assert coded(work, 2) == []
        assert "The source that was open here was taken away." in seen(pilot)


async def test_another_size_of_the_terminal_keeps_the_place(work: Project) -> None:
    async with coding(work, LARGE) as pilot:
        await select(pilot, "En het gezin?")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert chosen(pilot) == "En het gezin?"
        assert "En het gezin?" in seen(pilot)
