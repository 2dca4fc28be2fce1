"""A second coder in the app: texts given and taken back, both codings beside each other, twenty differences settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import t
from verhalen.model.codebook import Code
from verhalen.model.coding import Valence
from verhalen.model.second_coder import Outcome, State
from verhalen.tui.agreement_screen import AgreementScreen
from verhalen.tui.beside_text import BesideText
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.dialogs import Choose
from verhalen.tui.differences_screen import DifferencesScreen
from verhalen.tui.second_giving import GiveWindow
from verhalen.tui.second_reading import Asked
from verhalen.tui.second_screen import SecondScreen
from verhalen.tui.second_words import blind_words

TURNS = 20


@made_once
def two_coders(folder: Path) -> Project:
    """One text of twenty turns, each with one difference: Hanne gave the odd ones `zorg`, Jan the even ones `geld`.

    In the first turn both gave `hoop` too, with other borders.
    """
    project = new_project(folder / "w", coder="Hanne", empty=True)
    for key, name in (("zorg", "Zorg"), ("geld", "Geld"), ("hoop", "Hoop")):
        project.codes.add(Code(key, name), last=True)
    for name in ("een", "twee"):
        talk = "".join(f"ANNA: Hier begint zin nummer {number} van {name}.\n" for number in range(1, TURNS + 1))
        (folder / f"{name}.txt").write_text(talk, "utf-8")
        assert [each.error for each in project.sources.import_files([folder / f"{name}.txt"])] == [None]
    with project.sibling(coder="Jan") as jan:
        for number in range(1, TURNS + 1):
            who, code = (project, "zorg") if number % 2 else (jan, "geld")
            give(who, f"zin nummer {number} ", code)
        give(project, "Hier begint", "hoop")
        give(jan, "Hier", "hoop")
    return project


def give(project: Project, words: str, code: str, *, source: int = 1) -> int:
    text = project.sources.text(source)
    start = text.text.index(words)
    return project.codings.apply(Intent(text.source.id, start, start + len(words), code)).coding_id


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Project]:
    with two_coders(tmp_path) as project:
        yield project


def text_id(project: Project, number: int = 1) -> int:
    return project.sources.get(number).id


async def ready(pilot: Pilot[None]) -> None:
    """Until what is read beside the screen has come."""
    await settled(pilot)
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


async def in_differences(pilot: Pilot[None], asked: Asked | None = None) -> DifferencesScreen:
    frame(pilot).open_differences(asked or Asked())
    await pilot.pause()
    await ready(pilot)
    return differences(pilot)


def differences(pilot: Pilot[None]) -> DifferencesScreen:
    found = screen(pilot)
    assert isinstance(found, DifferencesScreen)
    return found


async def in_second(pilot: Pilot[None]) -> SecondScreen:
    frame(pilot).open_second()
    await pilot.pause()
    await ready(pilot)
    return second(pilot)


def second(pilot: Pilot[None]) -> SecondScreen:
    found = screen(pilot)
    assert isinstance(found, SecondScreen)
    return found


def consensus(project: Project) -> list[tuple[str, str]]:
    """The words and codes of the consensus."""
    text = project.sources.text(1).text
    return [(text[each.start : each.stop], each.code) for each in project.second_coding.consensus(text_id(project))]


def states(project: Project) -> list[State]:
    return [each.state for each in project.second_coding.disagreements(text_id(project))]


# -- settling ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_twenty_differences_are_settled_with_one_key_each(pair: Project, size: tuple[int, int]) -> None:
    async with opened(pair, size) as pilot:
        there = await in_differences(pilot)
        assert str(there.desk.counts()) == t(
            "{discussed} of {n} talked over, {settled} settled", discussed=0, n=20, settled=0
        )
        await pilot.press(*["1", "2", "3", "4"] * 5)
        await ready(pilot)
        assert str(there.desk.counts()) == t(
            "{discussed} of {n} talked over, {settled} settled", discussed=20, n=20, settled=20
        )
        assert states(pair) == [State.SETTLED] * 20
    # 1: Hanne gave it (odd turns). 2: Jan gave it (even turns). 3: given to what either marked. 4: not given.
    wanted = [
        (f"zin nummer {number} ", "zorg" if number % 2 else "geld") for number in range(1, TURNS + 1) if number % 4
    ]
    assert consensus(pair) == wanted
    assert len([each for each in pair.codings.of(text_id(pair)) if each.coder in ("Hanne", "Jan")]) == 22


async def test_who_is_right_in_not_giving_it_leaves_the_consensus_without_it(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("2")
        await ready(pilot)
        assert t("Settled: {code}: {outcome}.", code="Zorg", outcome=t("not given")) in seen(pilot)
    assert states(pair)[:2] == [State.SETTLED, State.OPEN]
    assert consensus(pair) == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_both_codings_stand_beside_each_other_below_the_words(pair: Project, size: tuple[int, int]) -> None:
    with pair.sibling(coder="Jan") as jan:
        memo = give(jan, "nummer 1 van", "geld")
        jan.codings.set_valence(memo, Valence.NEGATIVE)
        jan.codings.set_memo(memo, "Gaat dit over geld?")
    async with opened(pair, size) as pilot:
        there = await in_differences(pilot)
        assert there.desk.here is not None
        assert there.desk.here.judgement.code == "zorg"
        lines = seen(pilot).splitlines()
        head = next(line for line in lines if t("{coder} is right: {meaning}", coder="Hanne", meaning="")[:10] in line)
        assert head.index("Hanne") < head.index("Jan")
        assert any("▸ANNA: Hier begint zin nummer 1 van een." in line for line in lines)
        assert t("did not give {code} here", code="Zorg") in seen(pilot)
        assert "G- Geld “nummer 1 van”" in seen(pilot)
        assert "✎ Gaat dit over geld?" in seen(pilot)
        turn = next(line for line in lines if "▸ANNA" in line)
        left, right = turn.split("▸ANNA: Hier begint zin nummer 1 van een.")
        assert "Z" in left
        assert "G-" in right


async def test_what_they_differ_about_is_underlined(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        view = there.query_one(BesideText)
        underlined = [
            segment.text
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.style and segment.style.underline
        ]
        assert underlined == ["zin nummer 1 "]


async def test_space_ticks_and_goes_on_and_takes_a_tick_away_again(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("space", "space")
        await ready(pilot)
        assert states(pair)[:3] == [State.DISCUSSED, State.DISCUSSED, State.OPEN]
        assert there.desk.at == 2
        await pilot.press("p", "space")
        await ready(pilot)
        assert states(pair)[:3] == [State.DISCUSSED, State.OPEN, State.OPEN]
        assert there.desk.at == 1


async def test_keys_walk_to_the_next_the_one_before_and_the_next_open_one(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("n", "right", "n", "p", "left")
        assert there.desk.at == 1
        await pilot.press("1", "p", "p")
        assert there.desk.at == 0
        await pilot.press("o")
        assert there.desk.at == 2
        await pilot.press("p", "p", "p")
        assert t("This is the first one.") in seen(pilot)


async def test_behind_the_last_one_what_was_left_open_comes(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("n", "space", *["3"] * 18)
        await ready(pilot)
        assert there.desk.at == 0  # open
        await pilot.press("4")
        await ready(pilot)
        assert there.desk.at == 1  # only ticked
        await pilot.press("4")
        await ready(pilot)
        assert t("All of it is settled. {key} finishes this text.", key="c") in seen(pilot)
        assert states(pair) == [State.SETTLED] * 20


async def test_undo_takes_the_last_choice_back_and_shows_its_place(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("1", "1")
        await ready(pilot)
        assert there.desk.at == 2
        await pilot.press("ctrl+z")
        await ready(pilot)
        assert states(pair)[:2] == [State.SETTLED, State.OPEN]
        assert there.desk.at == 1
        await pilot.press("ctrl+y")
        await ready(pilot)
        assert states(pair)[:2] == [State.SETTLED, State.SETTLED]
        assert consensus(pair) == [("zin nummer 1 ", "zorg")]


async def test_a_settled_place_is_opened_again_at_once_after_it_was_settled(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("1", "p", "x")
        await ready(pilot)
        assert consensus(pair) == []
        assert states(pair)[0] is State.OPEN


# -- notes -------------------------------------------------------------------------------------------------------------


async def test_a_note_ticks_what_is_open_and_leaves_settled_what_is_settled(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("m", *"eerst", "ctrl+s")
        await ready(pilot)
        assert states(pair)[0] is State.DISCUSSED
        assert "✎ eerst" in seen(pilot)
        # Without waiting for the writer between settling and writing on.
        await pilot.press("1", "p", "m", *"nog", "ctrl+s")
        await ready(pilot)
        place = pair.second_coding.disagreements(text_id(pair))[0]
        assert (place.state, place.note) == (State.SETTLED, "eerstnog")
        assert consensus(pair) == [("zin nummer 1 ", "zorg")]


async def test_choosing_otherwise_keeps_the_note(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("m", *"want", "ctrl+s", "1", "p", "2")
        await ready(pilot)
        place = pair.second_coding.disagreements(text_id(pair))[0]
        assert (place.state, place.note, place.consensus) == (State.SETTLED, "want", ())


async def test_a_note_that_was_not_stored_is_there_after_the_window_was_torn_down(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("1", "m", *"half")
        await pilot.pause(0.8)
        await settled(pilot)
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        assert there.desk.at == 1  # the first that is open
        await pilot.press("m")
        await pilot.pause()
        assert "half" in seen(pilot)
        await pilot.press("ctrl+s")
        await ready(pilot)
        assert pair.second_coding.disagreements(text_id(pair))[1].note == "half"


# -- the list and the mouse --------------------------------------------------------------------------------------------


async def test_the_list_shows_how_far_each_is_and_enter_goes_there(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("1", "space")
        await ready(pilot)
        await pilot.press("l")
        await pilot.pause()
        lines = seen(pilot).splitlines()
        assert [line.strip()[:1] for line in lines[1:4]] == ["●", "◐", "○"]
        assert "zin nummer 3" in lines[3]
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert there.desk.at == 4
        assert "▸ANNA: Hier begint zin nummer 5 van een." in seen(pilot)
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert differences(pilot) is there
        assert "▸ANNA" in seen(pilot)


async def test_the_mouse_settles_on_the_head_of_a_column_and_below_both(pair: Project) -> None:
    async with opened(pair, LARGE) as pilot:
        there = await in_differences(pilot)
        await pilot.click("#first .whose", offset=(6, 0))
        await ready(pilot)
        await pilot.click("#second .whose", offset=(6, 0))
        await ready(pilot)
        choices = str(there.query_one("#choices").render())
        await pilot.click("#choices", offset=(choices.index("4 ") + 3, 0))
        await ready(pilot)
        assert states(pair)[:4] == [State.SETTLED] * 3 + [State.OPEN]
        assert consensus(pair) == [("zin nummer 1 ", "zorg"), ("zin nummer 2 ", "geld")]
        await pilot.click(OptionList, offset=(10, 9))
        await pilot.pause()
        assert there.desk.at == 9


# -- what else may happen ----------------------------------------------------------------------------------------------


async def test_a_text_that_was_corrected_meanwhile_is_said_and_read_anew(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        as_shown = there.desk.places
        with pair.sibling(coder="Jan") as jan:
            jan.sources.correct(1, start=0, stop=4, replacement="ANNE")
        await ready(pilot)
        there.desk.places = as_shown  # as it is before the screen has heard of it
        await pilot.press("1")
        await ready(pilot)
        assert states(pair)[0] is State.OPEN
        assert not there.desk.waiting
        await pilot.press("p", "1")
        await ready(pilot)
        assert states(pair)[0] is State.SETTLED


async def test_other_borders_are_shown_when_asked_for_and_settled_by_side(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("g")
        await ready(pilot)
        assert len(there.desk.places) == 21
        at = [each.judgement.code for each in there.desk.places].index("hoop")
        await pilot.press(*["n" if at > there.desk.at else "p"] * abs(at - there.desk.at))
        await pilot.press("2")
        await ready(pilot)
        assert consensus(pair) == [("Hier", "hoop")]
        await pilot.press("g")
        await ready(pilot)
        assert len(there.desk.places) == 20


async def test_finishing_a_text_puts_what_both_gave_in_the_consensus_and_lets_it_count(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot)
        await pilot.press("c", "down", "enter")
        await ready(pilot)
        assert pair.second_coding.concluded() == set()  # twenty are open still
        await pilot.press(*["4"] * 20)
        await ready(pilot)
        await pilot.press("c", "down", "enter")
        await ready(pilot)
        assert pair.second_coding.concluded() == {text_id(pair)}
        assert consensus(pair) == [("Hier begint", "hoop")]
        assert t("the consensus counts") in seen(pilot)
        await pilot.press("c", "enter")
        await ready(pilot)
        assert pair.second_coding.concluded() == set()


async def test_with_three_coders_one_chooses_which_two(pair: Project) -> None:
    with pair.sibling(coder="Sofie") as sofie:
        give(sofie, "zin nummer 2 ", "zorg")
    async with opened(pair, LARGE) as pilot:
        there = await in_differences(pilot)
        await pilot.press("w")
        await pilot.pause()
        dialog = screen(pilot)
        assert isinstance(dialog, Choose)
        assert "Hanne ↔ Jan" in seen(pilot)
        await pilot.press("down", "down", "enter")
        await ready(pilot)
        assert there.desk.here is not None
        assert [each.name for each in there.desk.here.judgement.coders] == ["Jan", "Sofie"]


async def test_where_nothing_differs_it_is_said(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_differences(pilot, Asked(sources=(text_id(pair, 2),)))
        assert t("No text was coded by two coders yet: give a colleague a text to code too.")[:40] in seen(pilot)
        await pilot.press("1", "space", "m", "n", "o")
        assert differences(pilot).desk.here is None


async def test_the_text_opens_at_the_place_and_escape_comes_back(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        await pilot.press("n", "t")
        await ready(pilot)
        coding = screen(pilot)
        assert isinstance(coding, CodingScreen)
        assert coding.view.text[coding.view.selection.start : coding.view.selection.stop] == (
            "Hier begint zin nummer 2 van een."
        )
        await pilot.press("escape", "escape")
        await ready(pilot)
        assert differences(pilot) is there


# -- texts at a second coder -------------------------------------------------------------------------------------------


async def test_texts_are_given_to_a_colleague_and_taken_back_and_that_can_be_undone(pair: Project) -> None:
    async with opened(pair) as pilot:
        there = await in_second(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(screen(pilot), GiveWindow)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert t("Type the name of your colleague.") in seen(pilot)
        await pilot.press(*"Jan", "enter", "down", "space", "ctrl+s")
        await ready(pilot)
        (task,) = pair.second_coding.tasks(only_open=True)
        assert (task.number, task.task.coder) == (2, "Jan")
        assert "2 · twee → Jan" in seen(pilot)
        assert there.given is not None
        assert there.given.id == task.task.id
        await pilot.press("t")
        await ready(pilot)
        assert pair.second_coding.tasks(only_open=True) == []
        await pilot.press("ctrl+z")
        await ready(pilot)
        assert len(pair.second_coding.tasks(only_open=True)) == 1
        await pilot.press("x")
        await ready(pilot)
        assert pair.second_coding.tasks() == []


async def test_texts_are_drawn_with_a_number_that_draws_the_same_again(pair: Project) -> None:
    async with opened(pair) as pilot:
        await in_second(pilot)
        await pilot.press("d")
        await pilot.pause()
        await pilot.press(*"Jan", "enter", "backspace", "backspace", *"veel", "ctrl+s")
        await pilot.pause()
        assert t("Give a number of percent, such as 20.") in seen(pilot)
        await pilot.press(*["backspace"] * 4, *"50", "enter", *"4711", "enter")
        await ready(pilot)
        (task,) = pair.second_coding.tasks()
        assert (task.task.seed, task.task.drawn) == (4711, "1/2")
        assert t("drawn {drawn}, number {seed}", drawn="1/2", seed=4711) in seen(pilot)
        assert t("Usual is 10 to 25 percent.") in " ".join(seen(pilot).split())


async def test_a_text_of_two_coders_shows_how_far_it_is_and_opens(pair: Project) -> None:
    place = pair.second_coding.disagreements(text_id(pair))[0]
    pair.second_coding.settle(place, Outcome.NOT)
    async with opened(pair) as pilot:
        await in_second(pilot)
        assert t("{discussed} of {n} talked over, {settled} settled", discussed=1, n=20, settled=1) in seen(pilot)
        assert "1 · een · Hanne, Jan" in seen(pilot)
        await pilot.press("enter")
        await ready(pilot)
        assert differences(pilot).desk.at == 1


async def test_the_way_in_is_a_key_at_a_text_and_the_palette_everywhere(pair: Project) -> None:
    async with opened(pair) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        screen(pilot).query_one(Input).value = t("Second coder")
        await pilot.pause()
        await pilot.press("enter")
        await ready(pilot)
        second(pilot)
        await pilot.press("escape")
        frame(pilot).open_coding(1)
        await ready(pilot)
        await pilot.press("V")
        await ready(pilot)
        second(pilot)


# -- blind -------------------------------------------------------------------------------------------------------------


async def test_who_codes_blind_sees_nothing_of_others_and_cannot_switch_it_off(pair: Project) -> None:
    pair.second_coding.give([text_id(pair)], "Jan")
    with pair.sibling(coder="Jan") as jan:
        async with opened(jan) as pilot:
            await in_second(pilot)
            blind = blind_words(1)[:40]
            assert blind in seen(pilot)
            assert "Hanne" not in seen(pilot)
            await in_differences(pilot)
            assert differences(pilot).desk.places == []
            assert blind in seen(pilot)
            assert "Hanne" not in seen(pilot)
            frame(pilot).open_agreement(Asked())
            await ready(pilot)
            assert blind in seen(pilot)
            frame(pilot).open_coding(1)
            await ready(pilot)
            await pilot.press("y")
            await settled(pilot)
            assert frame(pilot).hides_others
            assert jan.hides_others
            assert {each.coder for each in jan.codings.of(text_id(pair))} == {"Jan"}


async def test_the_second_coder_opens_the_text_from_the_list_and_gives_it_back(pair: Project) -> None:
    pair.second_coding.give([text_id(pair)], "Jan")
    with pair.sibling(coder="Jan") as jan:
        async with opened(jan) as pilot:
            await in_second(pilot)
            await pilot.press("enter")
            await ready(pilot)
            assert isinstance(screen(pilot), CodingScreen)
            await pilot.press("escape")
            await ready(pilot)
            await pilot.press("t")
            await pilot.pause()
            assert isinstance(screen(pilot), Choose)
            await pilot.press("enter")  # no, go back
            await ready(pilot)
            assert jan.second_coding.is_blind()
            await pilot.press("t", "down", "enter")
            await ready(pilot)
            assert not jan.second_coding.is_blind()
            assert not frame(pilot).hides_others
            assert "1 · een" in seen(pilot)
            assert second(pilot).shared


async def test_who_chose_to_see_only_own_codings_is_told_the_key_that_shows_others(pair: Project) -> None:
    pair.keep_hiding(True)
    async with opened(pair) as pilot:
        there = await in_differences(pilot)
        told = t("You chose to see only your own codings. {key} shows those of others again.", key="y")
        assert told in " ".join(seen(pilot).split())
        await pilot.press("y")
        await ready(pilot)
        assert len(there.desk.places) == 20


# -- agreement ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_agreement_stands_beside_n_and_how_often_and_leads_to_the_differences(
    pair: Project, size: tuple[int, int]
) -> None:
    async with opened(pair, size) as pilot:
        await in_second(pilot)
        await pilot.press("f")
        await ready(pilot)
        found = screen(pilot)
        assert isinstance(found, AgreementScreen)
        lines = seen(pilot).splitlines()
        zorg = next(line for line in lines if "Zorg" in line and "50" in line).split()
        # n, % alike, Hanne, Jan, alpha, places that differ.
        assert [each.replace(",", ".") for each in zorg] == ["Zorg", "20", "50.0", "50.0%", "0.0%", "-0.300", "10"]
        hoop = next(line for line in lines if "Hoop" in line).split()
        assert [each.replace(",", ".") for each in hoop][:4] == ["Hoop", "20", "100.0", "5.0%"]
        await pilot.press("enter")
        await ready(pilot)
        there = differences(pilot)
        assert {each.judgement.code for each in there.desk.places} == {"zorg"}
        assert len(there.desk.places) == 10


async def test_what_cannot_be_determined_says_why(pair: Project) -> None:
    with pair.sibling(coder="Jan") as jan:
        for number in range(1, TURNS + 1):
            give(jan, f"begint zin nummer {number} ", "hoop")
            give(pair, f"begint zin nummer {number} ", "hoop")
    async with opened(pair) as pilot:
        frame(pilot).open_agreement(Asked())
        await ready(pilot)
        assert t("cannot be determined: only one value occurs")[1:] in seen(pilot)


async def test_agreement_is_written_as_a_table_and_compared_by_another_unit(pair: Project) -> None:
    async with opened(pair) as pilot:
        frame(pilot).open_agreement(Asked())
        await ready(pilot)
        await pilot.press("u", "down", "down", "enter")
        await ready(pilot)
        found = screen(pilot)
        assert isinstance(found, AgreementScreen)
        assert found.found is not None
        assert found.found.unit == "paragraph"
        await pilot.press("x", "down", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await ready(pilot)
        files = sorted(each.name for each in (pair.workspace / "exports").glob("*.csv"))
        table, places = files[1], files[0]
        assert places.endswith(".verschillen.csv") or table.endswith(".verschillen.csv")
        assert all("zorg" in (pair.workspace / "exports" / name).read_text("utf-8") for name in files)
