"""The writer, undo by name, changes of other windows, drafts, and what is said when something cannot be stored."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from textual.widgets import OptionList, TextArea

from verhalen import errors
from verhalen.api.project import Project
from verhalen.i18n import t
from verhalen.model.act import Act
from verhalen.model.consent import Answer, Purpose
from verhalen.tui import writer as writers
from verhalen.tui.app import DISK_FULL
from verhalen.tui.fields import Field
from verhalen.tui.history_screen import HistoryScreen
from verhalen.tui.home_screen import HomeScreen
from verhalen.tui.page import Page
from verhalen.tui.report_screen import ReportScreen
from verhalen.tui.stories_screen import StoriesScreen
from verhalen.tui.words import capital
from verhalen.tui.writer import Intent, Outcome, Writer


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_undo_says_by_name_what_it_took_back(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        frame(pilot).write(lambda project: project.families.add("G009"))
        await settled(pilot)
        assert [family.key for family in small.families.all()] == ["G001", "G002", "G009"]
        await pilot.press("ctrl+z")
        await settled(pilot)
        undo = small.history.entries(limit=1)[0]
        assert undo.act is Act.UNDO
        assert "G009" in small.history.label(undo)
        words = " ".join(str(note.message) for note in frame(pilot)._notifications)
        assert capital(small.history.label(undo)) in words
        assert "G009" in seen(pilot)
        assert [family.key for family in small.families.all()] == ["G001", "G002"]
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert [family.key for family in small.families.all()] == ["G001", "G002", "G009"]


async def test_nothing_to_redo_is_said_in_a_sentence(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("ctrl+y")
        await settled(pilot)
        assert [note.message for note in frame(pilot)._notifications] == [t(errors.NothingToRedo.message)]


async def test_undo_in_a_field_takes_back_typing_and_never_reaches_the_project(small: Project) -> None:
    async with opened(small) as pilot:
        newest = small.last_change()
        await pilot.press("2", "f", "a", "b")
        await pilot.press("ctrl+z")
        assert screen(pilot).query_one(Field).value == "a"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y")
        await settled(pilot)
        assert screen(pilot).query_one(Field).value == "a"
        assert small.last_change() == newest


async def test_undo_in_a_text_takes_back_typing_and_never_reaches_the_project(small: Project) -> None:
    async with opened(small) as pilot:
        newest = small.last_change()
        await pilot.press("1")
        await pilot.pause()
        area = screen(pilot).query_one("#text", TextArea)
        area.focus()
        await pilot.press("h", "a")
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        await settled(pilot)
        assert area.text == ""
        assert small.last_change() == newest


async def test_what_another_window_stores_is_shown(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        await pilot.press("2")
        await pilot.pause()
        with small.sibling(coder="Jan") as other:
            other.families.add("G777")
        frame(pilot).poll()
        await pilot.pause()
        await pilot.pause()
        assert "G777" in seen(pilot)


async def test_a_screen_that_lay_under_another_shows_the_change_when_it_comes_back(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HistoryScreen)
        frame(pilot).write(lambda project: project.families.add("G778"))
        await settled(pilot)
        assert "G778" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "G778" in seen(pilot)


async def test_the_history_names_each_change_with_its_coder(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        words = seen(pilot)
        assert "V02" in words
        assert "Hanne" in words


async def test_a_refusal_is_said_in_its_own_sentence(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).write(lambda project: project.families.get("G404"))
        await settled(pilot)
        assert [note.message for note in frame(pilot)._notifications] == [t(errors.UnknownFamily.message, key="G404")]


async def test_leaving_stores_what_is_queued(small: Project) -> None:
    async with opened(small) as pilot:
        frame(pilot).write(lambda project: project.families.add("G101"))
        frame(pilot).write(lambda project: project.families.add("G102"))
        frame(pilot).write(lambda project: project.families.add("G103"))
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert [family.key for family in small.families.all()] == ["G001", "G002", "G101", "G102", "G103"]


def test_a_full_disk_keeps_the_act_and_its_place_in_the_queue(small: Project) -> None:
    heard: list[Outcome] = []
    full, room = threading.Event(), threading.Event()

    def report(outcome: Outcome) -> None:
        heard.append(outcome)
        if outcome.kept:
            full.set()

    def first(project: Project) -> str:
        if not room.is_set():
            raise errors.DiskFull
        return "first"

    writer = Writer(small, report)
    writer.put(Intent(first))
    writer.put(Intent(lambda _: "second"))
    assert full.wait(10)
    assert writer.waiting == 2
    room.set()
    writer.close()
    assert [(each.result, each.kept) for each in heard] == [(None, True), ("first", False), ("second", False)]


async def test_a_full_disk_is_said_until_what_was_done_is_stored(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "PATIENCE", 0.01)
    room = threading.Event()

    def act(project: Project) -> None:
        if not room.is_set():
            raise errors.DiskFull
        project.families.add("G101")

    async with opened(small) as pilot:
        frame(pilot).write(act)
        while not frame(pilot)._notifications:
            await pilot.pause(0.01)
        assert [note.message for note in frame(pilot)._notifications] == [t(DISK_FULL)]
        assert t("not stored yet: {n}", n=1) in seen(pilot)
        room.set()
        await settled(pilot)
        assert list(frame(pilot)._notifications) == []
        assert t("all stored") in seen(pilot)
    assert small.families.get("G101").key == "G101"


def test_a_disk_that_stays_full_does_not_hold_the_door_shut(small: Project) -> None:
    heard: list[Outcome] = []

    def act(project: Project) -> None:
        raise errors.DiskFull

    writer = Writer(small, heard.append)
    writer.put(Intent(act))
    writer.close()
    assert isinstance(heard[-1].error, errors.DiskFull)
    assert not heard[-1].kept


async def test_a_fault_of_ours_shows_no_words_of_a_family(
    small: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "Hij slaapt nu door."

    def act(project: Project) -> None:
        raise RuntimeError(secret)

    async def run_into_it() -> None:
        async with opened(small) as pilot:
            frame(pilot).write(act)
            await settled(pilot)

    with pytest.raises(RuntimeError):
        await run_into_it()
    told = capsys.readouterr()
    assert secret not in told.err + told.out
    assert "RuntimeError" in told.err


# -- stories and reports -----------------------------------------------------------------------------------------------


async def test_consent_is_written_down_from_the_reading_screen(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_stories("V02")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("down", "1", "escape")  # the second line: anonymous in reports
        await settled(pilot)
        assert isinstance(pilot.app.screen, StoriesScreen)
    assert small.stories.get("V02").consent(Purpose.REPORT) is Answer.YES


async def test_typing_finds_a_story_by_a_word_in_it(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        await pilot.press("4", "f", *"afgeschaft")
        await pilot.pause()
        assert [option.id for option in screen(pilot).query_one(OptionList).options] == ["V02"]
        assert "De bus is afgeschaft." in seen(pilot)


async def test_the_family_page_says_the_way_of_a_score_in_words(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        frame(pilot).open_families("G001")
        await pilot.pause()
        lines = [line.text for line in screen(pilot).query_one(Page).lines]
        course = next(line for line in lines if line.startswith("▃"))
        assert "▆" in course
        assert any(t("from {first} to {last}", first=2, last=4) in line for line in lines)
        assert any("moeder (ouder, 25-34)" in line for line in lines)
        assert any("V01 Slapen" in line for line in lines)


async def test_a_report_is_begun_and_built(small: Project) -> None:
    async with opened(small, LARGE) as pilot:
        await pilot.press("5", "n")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        pilot.app.screen.query_one("#name", Field).value = "Raad: eerste, 2026!"
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        reports = pilot.app.screen
        assert isinstance(reports, ReportScreen)
        assert (small.workspace / "exports" / "Raad-eerste-2026.md").is_file()
        await pilot.press("b")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "exports/Raad-eerste-2026.docx" in seen(pilot)
    assert (small.workspace / "exports" / "Raad-eerste-2026.docx").is_file()
    assert [path.name for path in (small.workspace / "exports").iterdir() if path.name.startswith(".")] == []


async def test_a_stopped_building_leaves_the_old_document_as_it_was(small: Project) -> None:
    source = small.reports.new(small.workspace / "exports" / "raad.md")
    target = source.with_suffix(".docx")
    target.write_bytes(b"of last time")
    async with opened(small, LARGE) as pilot:
        await pilot.press("5")
        await pilot.pause()
        reports = pilot.app.screen
        assert isinstance(reports, ReportScreen)
        seen_building = []
        for command in ("build-report", "stop-building"):
            reports.action_run_command(command)
            seen_building.append(reports.is_building)
        assert seen_building == [True, False]
        await pilot.app.workers.wait_for_complete()
    assert target.read_bytes() == b"of last time"


async def test_a_report_with_a_fault_says_the_line(small: Project) -> None:
    source = small.workspace / "exports" / "fout.md"
    source.write_text("# Verslag\n\n{{bestaat_niet}}\n", "utf-8")
    async with opened(small, LARGE) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("b")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert t("The report was not built.") in seen(pilot)
        assert "3" in seen(pilot)
