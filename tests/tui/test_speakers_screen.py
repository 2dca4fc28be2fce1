"""Who speaks: the screen of speakers, by keyboard, on a small and on a large terminal, in Dutch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, segments, settled
from tests.tui.test_coding_screen import chosen, select, until
from tests.tui.test_frame_looks import ratio
from textual.pilot import Pilot
from textual.widgets import OptionList

from verhalen.api.project import Project, new_project
from verhalen.i18n import set_language, t
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.commands.speakers import SPEAKERS
from verhalen.tui.dialogs import Choose
from verhalen.tui.speakers_screen import SpeakersScreen
from verhalen.tui.speakers_talk import StoredTalk
from verhalen.tui.themes import DARK, LIGHT

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])
TALK = (
    "Interviewer: Wie wil er beginnen?\n\n"
    "Mieke: Bij ons is het rustiger nu. De kleine slaapt door.\n\n"
    "Buiten: er passeerde een vrachtwagen.\n\n"
    "Interviewer: En bij u?\n\n"
    "Els Maes: Bij dat gezin zie ik dat ook.\n\n"
    "M.: Ja, dat is waar.\n\n"
    "Els: Twee jaar al.\n\n"
    "Buiten: de bel ging.\n\n"
    "M.: Dat zal de post zijn.\n"
)
PERSONS = "gezin;lid;rol;leeftijdsgroep;van;tot\nG001;moeder;ouder;25-34;;\nG001;kind1;kind;6-11;;\n"


@made_once
def panel_made(folder: Path) -> Project:
    """One talk with six names for four people, and two families."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    made.families.add("G001", municipality="Oudermeer")
    made.families.add("G002", municipality="Lindebeke")
    (folder / "persons.csv").write_text(PERSONS, "utf-8")
    made.families.import_file(folder / "persons.csv")
    (folder / "panel.txt").write_text(TALK, "utf-8")
    assert [each.error for each in made.sources.import_files([folder / "panel.txt"])] == [None]
    return made


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Project]:
    with panel_made(tmp_path) as made:
        yield made


@asynccontextmanager
async def speaking(project: Project, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[None]]:
    """The screen of speakers, reached from the text with its key."""
    async with opened(project, size) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, SpeakersScreen) and bool(pilot.app.screen.names))
        await pilot.pause()
        yield pilot


def names(project: Project) -> list[str | None]:
    return [each.name for each in project.speakers.of(1)]


def line(pilot: Pilot[None], words: str) -> str:
    """The first line that is painted with these words in it."""
    return next(each for each in seen(pilot).splitlines() if words in each)


async def go_to(pilot: Pilot[None], name: str) -> None:
    """The cursor on the left goes to a speaker."""
    there = screen(pilot)
    assert isinstance(there, SpeakersScreen)
    there.query_one("#voices", OptionList).highlighted = there.names.index(name)
    await pilot.pause()


@SIZES
async def test_speakers_stand_with_turns_words_and_a_bar_beside_the_words(
    panel: Project, size: tuple[int, int]
) -> None:
    async with speaking(panel, size) as pilot:
        assert "Wie spreekt?" in seen(pilot)
        assert "wie is dit?" in line(pilot, "Interviewer")
        assert "2 beurten · 7 woorden" in seen(pilot)
        assert "█" in line(pilot, "2 beurten · 7 woorden")
        assert "%" in line(pilot, "2 beurten · 7 woorden")
        assert "Wie wil er beginnen?" in seen(pilot)
        await go_to(pilot, "Mieke")
        assert "Bij ons is het" in seen(pilot)
        assert "Wie wil er beginnen?" not in seen(pilot)
        assert "Mieke" in line(pilot, "dezelfde als Mieke?")


@SIZES
async def test_s_takes_two_names_of_one_person_together_and_undo_parts_them(
    panel: Project, size: tuple[int, int]
) -> None:
    async with speaking(panel, size) as pilot:
        await go_to(pilot, "M.")
        assert "Misschien dezelfde persoon" in seen(pilot)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("enter")  # the likely one stands first
        await settled(pilot)
        assert names(panel) == ["Interviewer", "Mieke", "Buiten", "Els Maes", "Els"]
        await until(pilot, lambda: "3 beurten" in line(pilot, "beurten · 19 woorden"))
        assert "M. en Mieke zijn nu één spreker" in seen(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert "M." in names(panel)
        await until(pilot, lambda: "dezelfde als Mieke?" in seen(pilot))


async def test_x_says_that_a_label_is_no_speaker(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await go_to(pilot, "Buiten")
        await pilot.press("x")
        await settled(pilot)
        assert names(panel) == ["Interviewer", "Mieke", "Els Maes", "M.", "Els"]
        await until(pilot, lambda: "Buiten is geen spreker meer" in seen(pilot))
        words = panel.sources.text(1)
        assert words.text[words.turns[1].start : words.turns[1].stop].endswith("Buiten: er passeerde een vrachtwagen.")


async def test_n_gives_another_name_and_a_known_one_asks_whether_it_is_the_same_person(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await go_to(pilot, "Mieke")
        await pilot.press("n", *" Claes", "enter")
        await settled(pilot)
        assert "Mieke Claes" in names(panel)
        await go_to(pilot, "Els")
        await pilot.press("n", *" Maes", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Choose)
        assert "dezelfde persoon?" in seen(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert names(panel) == ["Interviewer", "Mieke Claes", "Buiten", "Els Maes", "M."]


async def test_w_links_a_speaker_to_a_member_of_a_family(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await go_to(pilot, "Mieke")
        await pilot.press("w", "enter")
        await pilot.pause()
        await pilot.press(*"ouder", "enter")  # Oudermeer
        await pilot.pause()
        assert "G001.moeder" in seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        voice = panel.speakers.of(1)[1]
        assert (voice.person, voice.role) == ("G001.moeder", "ouder")
        await until(pilot, lambda: "G001.moeder (ouder)" in line(pilot, "Mieke"))
        await pilot.press("v")
        await settled(pilot)
        assert not panel.speakers.of(1)[1].is_linked


async def test_w_links_a_speaker_to_a_role_also_one_of_ones_own(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await go_to(pilot, "Els Maes")
        await pilot.press("w", "down", "enter")
        await settled(pilot)
        assert panel.speakers.of(1)[3].role == "gezinscoach"
        await go_to(pilot, "Interviewer")
        await pilot.press("w", "up", "enter")
        await pilot.pause()
        await pilot.press(*"stagiair", "enter")
        await settled(pilot)
        assert panel.speakers.of(1)[0].role == "stagiair"


async def test_a_family_without_persons_says_what_to_do(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await pilot.press("w", "enter")
        await pilot.pause()
        await pilot.press(*"G002", "enter")
        await pilot.pause()
        assert "nog niemand genoteerd" in " ".join(seen(pilot).split())


async def test_different_people_are_not_taken_together_and_the_way_out_is_said(panel: Project) -> None:
    panel.speakers.link(1, "Mieke", person="G001.moeder")
    panel.speakers.link(1, "M.", role="gezinscoach")
    async with speaking(panel) as pilot:
        await go_to(pilot, "M.")
        await pilot.press("s", "enter")
        await settled(pilot)
        await until(pilot, lambda: "verkeerde" in seen(pilot))
        assert "M." in names(panel)


async def test_enter_reads_a_turn_in_the_text(panel: Project) -> None:
    async with speaking(panel) as pilot:
        await go_to(pilot, "Els")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        assert chosen(pilot) == "Twee jaar al."


async def test_a_turn_goes_on_with_the_one_before_or_is_somebody_elses(panel: Project) -> None:
    async with speaking(panel) as pilot:
        assert "Andere spreker" not in seen(pilot)
        await go_to(pilot, "Buiten")
        await pilot.press("enter", "j")
        await settled(pilot)
        assert [each.turns for each in panel.speakers.of(1) if each.name == "Buiten"] == [1]
        await until(pilot, lambda: "1 beurt ·" in line(pilot, "1 beurt · 3 woorden"))
        await pilot.press("a", "up", "enter")
        await pilot.pause()
        await pilot.press(*"Onbekend", "enter")
        await settled(pilot)
        assert "Onbekend" in names(panel)


async def test_a_turn_of_two_speakers_is_cut_at_the_cursor(panel: Project) -> None:
    async with opened(panel) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        await select(pilot, "De kleine slaapt door.")
        await pilot.press("ctrl+p", *"knip", "enter")
        await pilot.pause()
        await pilot.press("up", "enter")
        await pilot.pause()
        await pilot.press(*"Papa", "enter")
        await settled(pilot)
        words = panel.sources.text(1)
        said = [(turn.speaker, words.text[turn.start : turn.stop]) for turn in words.turns]
        assert said[1:3] == [("Mieke", "Bij ons is het rustiger nu."), ("Papa", "De kleine slaapt door.")]
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert len(panel.sources.text(1).turns) == 9


async def test_what_a_colleague_puts_right_shows_here_and_in_the_text(panel: Project) -> None:
    async with speaking(panel) as pilot:
        with panel.sibling(coder="Jan") as jan:
            jan.speakers.drop(1, ["Buiten"])
        await until(pilot, lambda: "Buiten" not in seen(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await pilot.press("t", "t")
        assert chosen(pilot).endswith("Buiten: er passeerde een vrachtwagen.")


async def test_a_text_without_names_says_so_and_names_can_be_given(panel: Project, tmp_path: Path) -> None:
    (tmp_path / "alleen.txt").write_text("Ik ben hier alleen.\n\nEn ik praat maar door.\n", "utf-8")
    list(panel.sources.import_files([tmp_path / "alleen.txt"]))
    async with opened(panel) as pilot:
        frame(pilot).push_screen(SpeakersScreen(StoredTalk(2)))
        await until(pilot, lambda: "(niemand in het bijzonder)" in seen(pilot))
        assert "Geen spreker" not in seen(pilot)
        await pilot.press("enter", "a", "enter")
        await pilot.pause()
        await pilot.press(*"Rina", "enter")
        await settled(pilot)
        assert [each.name for each in panel.speakers.of(2)] == ["Rina", None]


async def test_many_turns_are_listed_when_asked_for(panel: Project, tmp_path: Path) -> None:
    talk = "\n\n".join(f"{'Rina' if number % 2 else 'Wim'}: Dat is zin {number}." for number in range(240))
    (tmp_path / "lang.txt").write_text(talk, "utf-8")
    list(panel.sources.import_files([tmp_path / "lang.txt"]))
    async with opened(panel) as pilot:
        frame(pilot).push_screen(SpeakersScreen(StoredTalk(2)))
        await until(pilot, lambda: "120 beurten" in seen(pilot))
        await pilot.press("enter", "end")
        await until(pilot, lambda: "nog 20 spreekbeurten" in seen(pilot))
        assert "Hoort bij vorige" not in seen(pilot)
        await pilot.press("enter", "end")
        await until(pilot, lambda: "Dat is zin 238." in seen(pilot))


@pytest.mark.parametrize("theme", [LIGHT.name, DARK.name])
async def test_everything_keeps_a_contrast_of_four_and_a_half(panel: Project, theme: str) -> None:
    async with speaking(panel, LARGE) as pilot:
        frame(pilot).theme = theme
        await pilot.pause()
        painted = [each for each in segments(pilot) if any(letter.isalnum() for letter in each.text)]
        assert {each.text.strip() for each in painted if ratio(each) < 4.5} == set()


@SIZES
async def test_nothing_is_cut_off_in_the_list_of_speakers(panel: Project, size: tuple[int, int]) -> None:
    async with speaking(panel, size) as pilot:
        left = pilot.app.screen.query_one("#left").region
        for text in seen(pilot).splitlines()[1 : size[1] - 3]:
            assert "…" not in text[: left.width]
        for each in ("Interviewer", "Mieke", "Buiten", "Els Maes", "M.", "Els"):
            assert each in seen(pilot)


def test_every_command_explains_itself_in_dutch() -> None:
    set_language("nl")
    assert [each.id for each in SPEAKERS if t(each.help) == each.help or not t(each.help).endswith(".")] == []
