"""Suggestions by keyboard, on a small and on a large terminal, in Dutch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.copies import made_once
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from tests.tui.test_coding_screen import chosen, coded, desk, until
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from verhalen.api.codings import Intent
from verhalen.api.project import Project, new_project
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.codebook import Code
from verhalen.model.patterns import read_patterns
from verhalen.tui.code_picker import Picker
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.patterns_dialog import PatternsDialog
from verhalen.tui.suggestions_screen import SuggestionsScreen

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])
TALK = (
    "Joris: Hoe gaat het?\n\n"
    "Samira: Ik sliep niet. De huur is gestegen. Nu slaap ik wel.\n\n"
    "Joris: En de huisbaas?\n\n"
    "Samira: De huisbaas vraagt het achterstal niet meer.\n"
)
OTHER = "Els: De huur is betaald.\n\nJan: Goed.\n\nEls: De huisbaas lachte met het achterstal. De huisbaas wil zijn achterstal.\n"


@made_once
def work_made(folder: Path) -> Project:
    """Two talks; two codes with patterns, one of them with two coded fragments as well."""
    made = new_project(folder / "w", coder="Hanne", empty=True)
    made.codes.add(Code("psy", "Zich goed voelen", patterns=read_patterns("lemma:slapen")))
    made.codes.add(Code("won", "Wonen", "Huis en huur.", patterns=read_patterns("huur")))
    for name, text in (("a.txt", TALK), ("b.txt", OTHER)):
        (folder / name).write_text(text, "utf-8")
        assert [each.error for each in made.sources.import_files([folder / name])] == [None]
    other = made.sources.text(2)
    for words in ("De huisbaas lachte met het achterstal.", "De huisbaas wil zijn achterstal."):
        start = other.text.index(words)
        made.codings.apply(Intent(other.source.id, start, start + len(words), "won"))
    return made


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with work_made(tmp_path) as made:
        yield made


@asynccontextmanager
async def suggesting(project: Project, size: tuple[int, int] = SMALL) -> AsyncIterator[Pilot[None]]:
    """The screen of suggestions, reached from the text with its key."""
    async with opened(project, size) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and desk(pilot).desk is not None)
        await pilot.pause()
        await pilot.press("j")
        await until(pilot, lambda: isinstance(pilot.app.screen, SuggestionsScreen) and there(pilot).here is not None)
        await pilot.pause()
        yield pilot


def there(pilot: Pilot[None]) -> SuggestionsScreen:
    """The screen of suggestions."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, SuggestionsScreen))


def listed(pilot: Pilot[None]) -> list[str]:
    """The lines of the list, with blanks made one."""
    options = [each for found in there(pilot).query("#found").results(OptionList) for each in found.options]
    return [" ".join(str(option.prompt).split()) for option in options]


ALL = [
    "[ ] psy Ik sliep niet.",
    "[ ] won De huur is gestegen.",
    "[ ] psy Nu slaap ik wel.",
    "[ ] won De huisbaas vraagt het achterstal niet meer.",
]


@SIZES
async def test_the_list_shows_code_and_words_and_the_reason_stands_with_it(
    work: Project, size: tuple[int, int]
) -> None:
    async with suggesting(work, size) as pilot:
        assert listed(pilot) == ALL
        assert "»Ik sliep niet.«" in seen(pilot)
        assert "lemma:slapen" in seen(pilot)
        await pilot.press("end")
        painted = " ".join(seen(pilot).split())
        assert "achterstal, huisbaas" in painted
        assert "„De huisbaas lachte met het achterstal.”" in painted
        assert coded(work) == []


async def test_c_gives_one_code_which_the_history_names_and_undo_brings_the_suggestion_back(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("c")
        await settled(pilot)
        assert coded(work) == [("psy", "Ik sliep niet.")]
        assert work.history.entries(limit=1)[0].act is Act.SUGGESTED
        assert listed(pilot) == ALL[1:]
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert coded(work) == []
        await until(pilot, lambda: listed(pilot) == ALL)


async def test_ticked_ones_are_coded_in_one_step(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("space", "down", "space")
        assert [each.startswith("[x]") for each in listed(pilot)] == [True, False, True, False]
        await pilot.press("b")
        await settled(pilot)
        assert coded(work) == [("psy", "Ik sliep niet."), ("psy", "Nu slaap ik wel.")]
        assert listed(pilot) == [ALL[1], ALL[3]]
        work.history.undo()
        assert coded(work) == []


async def test_x_refuses_for_good_and_codes_nothing(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert listed(pilot) == ALL[1:]
        assert coded(work) == []
    async with suggesting(work) as pilot:
        assert listed(pilot) == ALL[1:]


async def test_enter_goes_to_the_words_in_the_text_also_of_another_source(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodingScreen)
        assert chosen(pilot) == "De huur is gestegen."
        await pilot.press("j")
        await until(pilot, lambda: isinstance(pilot.app.screen, SuggestionsScreen) and there(pilot).here is not None)
        await pilot.press("a")
        await until(pilot, lambda: any(" 2 " in each for each in listed(pilot)))
        await pilot.press("end", "t")
        await until(pilot, lambda: desk(pilot).desk is not None and desk(pilot).the_desk.source.number == 2)
        assert chosen(pilot) == "De huur is betaald."


async def test_what_is_ticked_and_hidden_is_not_coded(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("space", "k")
        assert listed(pilot) == [ALL[1], ALL[3]]
        await pilot.press("b", "space", "b")
        await settled(pilot)
        assert coded(work) == [("won", "De huur is gestegen.")]
        await pilot.press("k")
        assert listed(pilot)[0] == ALL[0].replace("[ ]", "[x]")


async def test_many_suggestions_come_in_parts(work: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verhalen.tui.suggestions_screen.MOST", 2)
    async with suggesting(work) as pilot:
        assert listed(pilot)[:2] == ALL[:2]
        assert "2" in listed(pilot)[2]
        await pilot.press("x")
        await settled(pilot)
        assert listed(pilot)[:2] == ALL[1:3]


async def test_k_shows_only_the_code_of_the_cursor_and_then_all_again(work: Project) -> None:
    async with suggesting(work) as pilot:
        await pilot.press("k")
        assert listed(pilot) == [ALL[0], ALL[2]]
        await pilot.press("k")
        assert listed(pilot) == ALL


@SIZES
async def test_patterns_of_a_code_are_written_here_and_found_at_once(work: Project, size: tuple[int, int]) -> None:
    async with suggesting(work, size) as pilot:
        await pilot.press("p")
        assert isinstance(pilot.app.screen, Picker)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PatternsDialog))
        field = screen(pilot).query_one(Input)
        assert field.value == "lemma:slapen"
        field.value = 'lemma:slapen, "de huur'
        await pilot.press("enter")
        assert "Dit is geen patroon" in seen(pilot) or t("This is no pattern: {piece}", piece="de huur") in seen(pilot)
        field.value = 'lemma:slapen, "de huur"'
        await pilot.press("enter")
        await settled(pilot)
        found = work.codes.book().find("psy")
        assert found is not None
        assert found.patterns == read_patterns('lemma:slapen, "de huur"')
        await until(pilot, lambda: "[ ] psy De huur is gestegen." in listed(pilot))


async def test_what_a_colleague_codes_meanwhile_goes_from_the_list(work: Project) -> None:
    async with suggesting(work) as pilot:
        with work.sibling(coder="Jan") as jan:
            jan.suggestions.accept(jan.suggestions.of(1, code="won"))
        await until(pilot, lambda: listed(pilot) == [ALL[0], ALL[2]])


async def test_a_text_without_suggestions_says_what_helps(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        jan.suggestions.accept(jan.suggestions.of(1))
    async with opened(work, SMALL) as pilot:
        frame(pilot).open_suggestions(1, lambda _: None)
        await until(pilot, lambda: isinstance(pilot.app.screen, SuggestionsScreen) and bool(listed(pilot)))
        assert t("There is nothing to suggest here. Code some fragments first, or write patterns of a code.")[
            :40
        ] in seen(pilot)
        await pilot.press("c", "x", "space", "b", "enter", "k")
        await settled(pilot)
        assert isinstance(pilot.app.screen, SuggestionsScreen)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, SuggestionsScreen)
