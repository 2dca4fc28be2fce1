"""Reading files in: choose, look at speakers, decide about names, store; by keyboard, in Dutch."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, seen, settled
from tests.tui.test_coding_screen import until
from textual.pilot import Pilot

from verhalen.api.project import Project, new_project
from verhalen.tui.coding_screen import CodingScreen
from verhalen.tui.dialogs import Choose
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.intake_files import FilesScreen
from verhalen.tui.intake_preview import PreviewScreen
from verhalen.tui.mask_reading import MaskReadingScreen
from verhalen.tui.mask_screen import MaskScreen
from verhalen.tui.newer_file import NewerFileScreen
from verhalen.tui.newer_screen import NewerScreen
from verhalen.tui.paths import path_of
from verhalen.tui.table_screen import TableScreen

ScreenT = TypeVar("ScreenT")
TALK = (
    "Interviewer: Dag Mieke, hoe gaat het in Zandhoven?\n\n"
    "Mieke: Goed. Bel mij op 0471 12 34 56. Met Bolleke gaat het ook.\n\n"
    "Interviewer: Dank je, Mieke.\n\n"
    "M.: Graag gedaan.\n\n"
    "M.: Tot later.\n"
)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Project]:
    """A workspace with one file in its inbox and one family."""
    with new_project(tmp_path / "w", coder="Hanne", empty=True) as made:
        made.families.add("G001", municipality="Oudermeer")
        (made.workspace / "transcripts" / "gesprek.txt").write_text(TALK, "utf-8")
        yield made


async def files(pilot: Pilot[None]) -> None:
    """From home to the files."""
    await pilot.press("6")
    await until(pilot, lambda: isinstance(pilot.app.screen, FilesScreen) and "gesprek" in seen(pilot))


async def preview(pilot: Pilot[None]) -> PreviewScreen:
    """The file at the cursor, read and shown."""
    await files(pilot)
    await pilot.press("i")
    return await shown(pilot, PreviewScreen, lambda: "Interviewer" in seen(pilot))


async def shown(pilot: Pilot[None], kind: type[ScreenT], also: Callable[[], bool] = lambda: True) -> ScreenT:
    """Until a screen of this kind is in front."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and also())
    assert isinstance(pilot.app.screen, kind)
    return pilot.app.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_file_is_looked_at_masked_and_stored(inbox: Project, size: tuple[int, int]) -> None:
    async with opened(inbox, size) as pilot:
        await preview(pilot)
        assert "5 beurten" in seen(pilot)
        assert inbox.sources.all() == []
        await pilot.press("b")
        await shown(pilot, MaskScreen, lambda: "[persoon 1]" in seen(pilot))
        assert "Geen computer vindt elke naam" in seen(pilot)
        await pilot.press("b")
        await shown(pilot, Choose)
        assert "bewaart" in seen(pilot) or "bewaren" in seen(pilot)
        await pilot.press("enter")  # nothing of the original
        await shown(pilot, Choose, lambda: "gesprek.txt" in seen(pilot))
        await pilot.press("enter")  # the file in the inbox stays
        await until(pilot, lambda: "Klaar." in seen(pilot))
        assert "1 bestand is bewaard" in seen(pilot)
        stored = inbox.sources.text(1)
        assert stored.source.masked
        assert "Mieke" not in stored.text
        assert "[persoon 1]: Goed. Bel mij op [telefoon 1]." in stored.text
        await pilot.press("c")
        await shown(pilot, CodingScreen, lambda: "[persoon 1]" in seen(pilot))


async def test_speakers_are_put_right_before_anything_is_stored(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        screen = await preview(pilot)
        screen.chosen = "M."
        screen.reload()
        await pilot.press("s")
        await shown(pilot, Choose)
        await pilot.press("down", "enter") if "Interviewer" in seen(pilot).split("Mieke")[0] else await pilot.press(
            "enter"
        )
        await shown(pilot, PreviewScreen)
        assert len(screen.draft.speakers) == 2
        await pilot.press("ctrl+z")
        assert len(screen.draft.speakers) == 3
        assert inbox.history.entries() == inbox.history.entries(limit=len(inbox.history.entries()))
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("ctrl+u", *"Gesprek een", "enter")
        await pilot.pause()
        assert screen.draft.title.endswith("Gesprek een")
        await pilot.press("escape")
        await shown(pilot, Choose)  # what was put right would be lost
        await pilot.press("down", "enter")
        await shown(pilot, FilesScreen)  # one file that is not wanted leaves nothing to tell
        assert inbox.sources.all() == []


async def test_one_name_or_place_can_stay_and_a_missed_one_is_added_by_selecting_it(inbox: Project) -> None:
    async with opened(inbox, LARGE) as pilot:
        await preview(pilot)
        await pilot.press("b")
        screen = await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        places = screen.review.counts().accepted
        await pilot.press("enter", "space")  # one place of the first name
        assert screen.review.counts().accepted == places - 1
        await pilot.press("ctrl+z")
        assert screen.review.counts().accepted == places
        await pilot.press("a")
        assert screen.review.counts().accepted == 0
        await pilot.press("ctrl+z", "l")
        reading = await shown(pilot, MaskReadingScreen)
        from verhalen.tui.coding_units import Selection
        from verhalen.tui.transcript_view import TranscriptView

        start = TALK.index("Bolleke")
        view = reading.query_one(TranscriptView)
        before = screen.review.counts().places
        view.select(Selection(start, start))
        await pilot.press("m")
        await shown(pilot, Choose)
        await pilot.press("enter")
        await shown(pilot, MaskReadingScreen)
        assert "bolleke" in screen.review.names
        assert screen.review.counts().places >= before
        await pilot.press("escape")
        await shown(pilot, MaskScreen)
        assert "Bolleke" in seen(pilot)


async def test_esc_goes_from_the_names_back_to_the_speakers_and_keeps_decisions(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await preview(pilot)
        await pilot.press("b")
        screen = await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        await pilot.press("space")
        rejected = screen.review.counts().rejected
        assert rejected > 0
        await pilot.press("escape")
        await shown(pilot, PreviewScreen)
        await pilot.press("b")
        again = await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        assert again.review.counts().rejected == rejected
        assert inbox.sources.all() == []


async def test_many_files_go_in_at_once_with_a_summary(inbox: Project, tmp_path: Path) -> None:
    with zipfile.ZipFile(inbox.workspace / "transcripts" / "alles.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"map/gesprek{number}.txt", f"Els: Dit is gesprek {number}.\n\nAn: Ja.\n")
        archive.writestr("map/leeg.txt", "")
    async with opened(inbox, LARGE) as pilot:
        await files(pilot)
        await pilot.press("p", *str(inbox.workspace / "transcripts" / "alles.zip"), "enter")
        await shown(pilot, Choose)
        assert "5 bestanden" in seen(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Klaar." in seen(pilot))
        assert len(inbox.sources.all()) == 4
        assert all(source.masked for source in inbox.sources.all())
        assert "4 bestanden zijn bewaard" in seen(pilot)
        assert "leeg.txt" in seen(pilot)
        await pilot.press("escape")
        await shown(pilot, FilesScreen)


async def test_stopping_leaves_whole_files_only(inbox: Project) -> None:
    for number in range(5):
        (inbox.workspace / "transcripts" / f"meer{number}.txt").write_text(
            f"Els: Nummer {number}.\n\nAn: Ja.\n", "utf-8"
        )
    async with opened(inbox) as pilot:
        await files(pilot)
        await pilot.press("a", "i")
        await shown(pilot, Choose)
        await pilot.press("enter")  # look at each
        await shown(pilot, PreviewScreen)
        assert "1 van 6" in seen(pilot)
        await pilot.press("escape")
        await shown(pilot, Choose, lambda: "ook de volgende niet" in seen(pilot))
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Klaar." in seen(pilot))
        assert inbox.sources.all() == []
        assert "5 bestanden" in seen(pilot)


async def test_leaving_from_within_a_review_asks_before_decisions_are_lost(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await preview(pilot)
        await pilot.press("b")
        screen = await shown(pilot, MaskScreen, lambda: "[persoon 1]" in seen(pilot))
        await pilot.press("space", "f2")
        await shown(pilot, Choose, lambda: "nog niet bewaard" in seen(pilot))
        await pilot.press("enter")  # stay
        assert await shown(pilot, MaskScreen) is screen
        assert screen.review.is_changed
        await pilot.press("ctrl+q")
        await shown(pilot, Choose)
        await pilot.press("escape")
        await pilot.press("ctrl+z", "f2")  # nothing is decided any more, so nothing is asked
        await shown(pilot, HomeScreen)


async def test_esc_at_the_question_about_the_original_goes_back_to_the_names(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await preview(pilot)
        await pilot.press("b")
        await shown(pilot, MaskScreen, lambda: "[persoon 1]" in seen(pilot))
        await pilot.press("b")
        await shown(pilot, Choose)
        await pilot.press("escape")
        await shown(pilot, MaskScreen)
        assert inbox.sources.all() == []


async def test_undo_in_a_review_never_reaches_the_project(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await preview(pilot)
        for keys in (["l", "ctrl+z"], ["escape", "ctrl+y", "ctrl+z"]):
            await pilot.press(*keys)
            await settled(pilot)
        assert [each.key for each in inbox.families.all()] == ["G001"]


async def test_esc_in_the_field_of_a_path_leaves_the_field_only(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await files(pilot)
        await pilot.press("a", "p", *str(inbox.workspace), "enter")  # a folder empties the field
        await pilot.press("p", "x", "escape")
        screen = await shown(pilot, FilesScreen)
        assert "Aangevinkt: 1" in seen(pilot)
        assert not screen.is_typing
        assert "│  x" in seen(pilot)


async def test_what_another_window_stores_takes_no_tick_away(inbox: Project) -> None:
    async with opened(inbox) as pilot:
        await files(pilot)
        await pilot.press("a")
        with inbox.sibling() as other:
            other.families.add("G002", municipality="Lindebeke")
        frame(pilot).poll()
        await pilot.pause()
        assert "Aangevinkt: 1" in seen(pilot)


async def test_the_way_back_is_always_in_the_key_bar(inbox: Project) -> None:
    async with opened(inbox, SMALL) as pilot:
        await preview(pilot)
        assert "esc" in seen(pilot)
        await pilot.press("b")
        await shown(pilot, MaskScreen, lambda: "[persoon 1]" in seen(pilot))
        assert "esc" in seen(pilot)


async def test_a_file_that_is_in_the_project_is_marked_and_not_ticked(inbox: Project) -> None:
    list(inbox.sources.import_files([inbox.workspace / "transcripts" / "gesprek.txt"]))
    async with opened(inbox) as pilot:
        await files(pilot)
        await until(pilot, lambda: "staat in het project" in seen(pilot))
        await pilot.press("a")
        assert "Aangevinkt" not in seen(pilot)


async def test_a_stored_text_is_masked_from_the_coding_screen_after_a_question(inbox: Project) -> None:
    list(inbox.sources.import_files([inbox.workspace / "transcripts" / "gesprek.txt"]))
    async with opened(inbox, LARGE) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        await pilot.press("a")
        await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        await pilot.press("b")
        await shown(pilot, Choose)
        assert "niet ongedaan" in seen(pilot)
        await pilot.press("enter")  # no: back to the names
        await shown(pilot, MaskScreen)
        await pilot.press("b")
        await shown(pilot, Choose)
        await pilot.press("down", "enter")
        await shown(pilot, Choose, lambda: "bewaart" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)
        await until(pilot, lambda: inbox.sources.get(1).masked)
        await until(pilot, lambda: "[persoon 1]" in seen(pilot) and isinstance(pilot.app.screen, CodingScreen))
        assert "Mieke" not in inbox.sources.text(1).text
        await pilot.press("ctrl+z")  # would take back the import of before: asked first
        await shown(pilot, Choose, lambda: "namen vervangen in bron 1" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert len(inbox.sources.all()) == 1


async def test_a_newer_version_of_a_masked_text_is_reviewed_for_names_first(inbox: Project) -> None:
    list(inbox.sources.import_files([inbox.workspace / "transcripts" / "gesprek.txt"], mask="auto"))
    (inbox.workspace / "transcripts" / "gesprek.txt").write_text(TALK.replace("Goed.", "Heel goed."), "utf-8")
    async with opened(inbox, LARGE) as pilot:
        frame(pilot).open_coding(1)
        await until(pilot, lambda: isinstance(pilot.app.screen, CodingScreen) and pilot.app.screen.desk is not None)
        await pilot.press("N")
        await until(pilot, lambda: isinstance(pilot.app.screen, NewerFileScreen) and "gesprek.txt" in seen(pilot))
        await pilot.press("enter")
        await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        await pilot.press("b")
        await shown(pilot, NewerScreen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Heel goed." in inbox.sources.text(1).text)
        assert "Mieke" not in inbox.sources.text(1).text
        assert inbox.privacy.leaks() != []  # the file in the inbox holds the names, the project does not
        (inbox.workspace / "transcripts" / "gesprek.txt").unlink()
        assert inbox.privacy.leaks() == []


async def test_where_the_key_is_gone_one_says_where_it_lies(inbox: Project, tmp_path: Path) -> None:
    inbox.privacy.new_key()
    kept = inbox.privacy.key_path.rename(tmp_path / "sleutel.csv")
    async with opened(inbox, LARGE) as pilot:
        await preview(pilot)
        await pilot.press("b")
        await shown(pilot, Choose, lambda: "sleutel" in seen(pilot))
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*str(kept), "enter")
        await shown(pilot, MaskScreen, lambda: "Mieke" in seen(pilot))
        assert inbox.privacy.key_path == kept


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("'/map/een bestand.txt' ", "/map/een bestand.txt"),
        ('"/map/een.txt"', "/map/een.txt"),
        ("file:///map/een%20bestand.txt", "/map/een bestand.txt"),
        ("/map/een\\ bestand.txt", "/map/een bestand.txt"),
        ("  ", None),
    ],
)
def test_a_path_that_was_dragged_into_the_window_is_understood(typed: str, path: str | None) -> None:
    assert path_of(typed) == (Path(path) if path else None)


async def test_a_table_of_scores_is_looked_at_before_it_is_stored(inbox: Project) -> None:
    path = inbox.workspace / "transcripts" / "punten.csv"
    head = "gezin;datum;item;waarde\n"
    path.write_text(head + "G001;2026-01-05;huishouden.inkomen;9\n", "utf-8")
    async with opened(inbox, LARGE) as pilot:
        await files(pilot)
        await pilot.press("end", "enter")
        screen = await shown(pilot, TableScreen, lambda: "valt buiten de schaal" in seen(pilot))
        assert not screen.can_store
        path.write_text(head + "G001;2026-01-05;huishouden.inkomen;3\n", "utf-8")
        await pilot.press("k", "enter")
        await until(pilot, lambda: screen.can_store)
        assert [word in seen(pilot) for word in ("punten.csv", "waarde", "1 nieuw")] == [True] * 3
        assert [family.snapshots for family in inbox.families.all()] == [0]
        await pilot.press("i")
        await until(pilot, lambda: not screen.is_reading)
        assert [family.snapshots for family in inbox.families.all()] == [1]
        path.write_text("gezin;gemeente\nG001;Lindebeke\n", "utf-8")
        await pilot.press("k", "down", "enter")
        await until(pilot, lambda: screen.can_store and "gezinnen: 0 nieuw, 1 gewijzigd" in seen(pilot))
        stories = "gezin;antwoord;stem_rol;tekst\n"
        path.write_text(f"{stories}G001;raar;ouder;Droog.\n", "utf-8")
        await pilot.press("k", "down", "down", "enter")
        await until(pilot, lambda: "raar" in seen(pilot))
        assert not screen.can_store
        path.write_text(f"{stories}G001;positief;ouder;Droog.\n", "utf-8")
        await pilot.press("k", "down", "down", "enter")
        await until(pilot, lambda: screen.can_store and "verhaal: 1 nieuw" in seen(pilot))
        await pilot.press("i")
        await until(pilot, lambda: not screen.is_reading)
        assert [story.text for story in inbox.stories.all()] == ["Droog."]
        await pilot.press("escape")
        await shown(pilot, FilesScreen)
