"""Correcting the words of a turn, and reading in a newer version, on a small and on a large screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, frame, seen, settled
from tests.tui.test_coding_screen import TALK, coded, coding, desk, put, select, until, work
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from verhalen.api.project import Project
from verhalen.i18n import set_language
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.dialogs import Choose
from verhalen.tui.fields import Prose
from verhalen.tui.newer_file import NewerFileScreen
from verhalen.tui.newer_screen import NewerScreen
from verhalen.tui.turn_editor import TurnEditor
from verhalen.tui.turn_quotes import shown_change

__all__ = ["work"]
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])


async def edit(pilot: Pilot[None], words: str) -> TurnEditor:
    """Open the window on the turn with these words."""
    await select(pilot, words)
    await pilot.press("e")
    await until(pilot, lambda: isinstance(pilot.app.screen, TurnEditor))
    await pilot.pause()
    assert isinstance(pilot.app.screen, TurnEditor)
    return pilot.app.screen


def text(pilot: Pilot[None]) -> str:
    """What stands in the window."""
    return pilot.app.screen.query_one(Prose).text


async def write(pilot: Pilot[None], words: str) -> None:
    """Put other words in the window."""
    pilot.app.screen.query_one(Prose).text = words
    await pilot.pause(0.3)


def read(pilot: Pilot[None]) -> str:
    """The words that are painted, however they are broken over lines."""
    return " ".join(seen(pilot).replace("│", " ").split())


@SIZES
async def test_a_typing_error_is_corrected_and_the_codings_touched_are_shown_first(
    work: Project, size: tuple[int, int]
) -> None:
    put(work, "Ik sliep niet")
    put(work, "De ketel", "rol")
    async with coding(work, size) as pilot:
        await edit(pilot, "Nu slaap")
        assert text(pilot) == "Ik sliep niet. Nu slaap ik wel. De ketel was kapot."
        assert "Samira" in read(pilot)
        await write(pilot, "Ik sliep nooit. Nu slaap ik wel. De oude kachel was kapot.")
        assert "This changes 2 codings" in read(pilot)
        assert "“Ik sliep niet” → “Ik sliep nooit”" in read(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await settled(pilot)
        await pilot.pause(0.2)
        assert coded(work)[0] == ("dom.wonen", "Ik sliep nooit")
        assert "Corrected · stored · ctrl+z takes it back" in read(pilot)
        assert "De oude kachel was kapot." in desk(pilot).view.text
        assert [each.act.value for each in work.history.entries(limit=1)] == ["correct"]
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert work.sources.text(1).text.strip() == TALK.strip().replace("x\u0323\u0302", "x\u0323\u0302")
        assert [words for _, words in coded(work)] == ["Ik sliep niet", "De ketel"]


async def test_escape_asks_only_when_something_changed_and_what_was_typed_can_wait(work: Project) -> None:
    async with coding(work) as pilot:
        await edit(pilot, "En het gezin")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await edit(pilot, "En het gezin")
        await write(pilot, "En het hele gezin?")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await settled(pilot)
        assert "hele" not in work.sources.text(1).text
        await edit(pilot, "En het gezin")
        assert text(pilot) == "En het hele gezin?"
        assert "did not store" in read(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await settled(pilot)
        assert "En het hele gezin?" in work.sources.text(1).text
        assert work.draft(f"turn {work.sources.get(1).id} {work.sources.text(1).turns[2].id}") == ""


async def test_a_turn_cannot_lose_all_its_words(work: Project) -> None:
    put(work, "En het gezin")
    async with coding(work) as pilot:
        await edit(pilot, "En het gezin")
        await write(pilot, "  ")
        assert "A turn needs at least one word" in read(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TurnEditor)
    assert coded(work) == [("dom.wonen", "En het gezin")]


async def test_a_colleagues_correction_elsewhere_in_the_turn_goes_together_with_ones_own(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        async with coding(work) as pilot:
            await edit(pilot, "Nu slaap")
            await write(pilot, "Ik sliep niet. Nu slaap ik goed. De ketel was kapot.")
            start = TALK.index("kapot")
            jan.sources.correct(1, start=start, stop=start + 5, replacement="stuk")
            await until(pilot, lambda: "Somebody corrected this turn" in read(pilot))
            assert text(pilot) == "Ik sliep niet. Nu slaap ik goed. De ketel was stuk."
            await pilot.press("ctrl+s")
            await settled(pilot)
    assert "Nu slaap ik goed. De ketel was stuk." in work.sources.text(1).text


async def test_a_colleagues_correction_of_the_same_words_is_shown_and_nothing_typed_is_lost(work: Project) -> None:
    with work.sibling(coder="Jan") as jan:
        async with coding(work, LARGE) as pilot:
            await edit(pilot, "Nu slaap")
            await write(pilot, "Ik sliep niet. Nu slaap ik wel. De ketel was defect.")
            start = TALK.index("kapot")
            jan.sources.correct(1, start=start, stop=start + 5, replacement="stuk")
            await until(pilot, lambda: "Somebody corrected the same words" in read(pilot))
            assert "De ketel was stuk." in str(pilot.app.screen.query_one("#note", Static).content)
            assert text(pilot).endswith("De ketel was defect.")
            await pilot.press("ctrl+s")
            await settled(pilot)
    assert "De ketel was defect." in work.sources.text(1).text


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ik sliep", "Ik sliep goed", ("Ik sliep", "Ik sliep goed")),
        ("een\ntwee", "", ("een twee", "")),
        (
            "Toen wij daar woonden was de ketl kapot en wij hadden het allemaal erg koud",
            "Toen wij daar woonden was de ketel kapot en wij hadden het allemaal erg koud",
            ("…was de ketl kapot en wij…", "…was de ketel kapot en wij…"),
        ),
    ],
)
def test_of_two_versions_of_a_quote_what_differs_is_shown(before: str, after: str, shown: tuple[str, str]) -> None:
    assert shown_change(before, after) == shown


# -- a newer version -----------------------------------------------------------------------------------------------


@SIZES
async def test_a_newer_version_is_reviewed_and_stored_as_one_change(
    work: Project, tmp_path: Path, size: tuple[int, int]
) -> None:
    newer = tmp_path / "nieuw.txt"
    newer.write_text(TALK.replace("kapot", "helemaal stuk").replace("Joris: En het gezin?\n\n", ""), "utf-8")
    put(work, "De ketel was kapot")
    put(work, "En het gezin?", "rol")
    put(work, "Vertel eens")
    before = work.history.check().digest
    async with coding(work, size) as pilot:
        await pilot.press("N")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewerFileScreen))
        screen = pilot.app.screen
        assert isinstance(screen, NewerFileScreen)
        screen.take([newer])
        await until(pilot, lambda: isinstance(pilot.app.screen, NewerScreen))
        await pilot.pause(0.1)
        assert "1 coding keeps its words" in read(pilot)
        assert "words changed" in read(pilot)
        assert "De ketel was helemaal stuk" in read(pilot)
        assert work.history.check().digest == before
        await pilot.press("space")
        assert "Would end: 2." in read(pilot)
        await pilot.press("up", "space")
        assert "Would end: 1." in read(pilot)
        assert pilot.app.screen.query_one(OptionList).has_focus
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        await settled(pilot)
        assert coded(work) == [("dom.wonen", "Vertel eens"), ("dom.wonen", "De ketel was helemaal stuk")]
        frame(pilot).undo()
        await settled(pilot)
    assert work.history.check().digest == before
    set_language("nl")
