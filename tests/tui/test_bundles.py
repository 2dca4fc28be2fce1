"""Passing work on, taking in that of a colleague, and choosing between what two people said."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.frame import LARGE, SMALL, frame, opened, screen, seen, settled
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from verhalen import errors
from verhalen.api.bundles import Bundles
from verhalen.api.project import Project, open_project
from verhalen.i18n import t, tn
from verhalen.model.codebook import Code
from verhalen.model.merging import Came, OpenDecision, Sent, Side, Taken
from verhalen.model.story import Story, StoryAnswer, Voice
from verhalen.tui.arrival_screen import ArrivalScreen, AskPassword
from verhalen.tui.bundle_words import came_page, coming_page, question, side_words, what_is_wrong
from verhalen.tui.commands.base import AnyCommand
from verhalen.tui.commands.bundles import ARRIVAL, DECISIONS, PASSWORD, PICK_FOLDER, SEND
from verhalen.tui.commands.home import SeeDecisions, SendWork, TakeInWork
from verhalen.tui.decisions_screen import DecisionsScreen
from verhalen.tui.dialogs import Choose
from verhalen.tui.help_screen import HelpScreen
from verhalen.tui.home_screen import HomeScreen, WaitingList
from verhalen.tui.page import Page
from verhalen.tui.pick_file import PickFile
from verhalen.tui.pick_folder import PickFolder
from verhalen.tui.reading_window import ReadingWindow
from verhalen.tui.send_form import SendForm

SECRET = "een goed wachtwoord"
SIZES = [SMALL, LARGE]
Karim = Callable[..., Path]


def define(project: Project, words: str) -> None:
    """Say what the code of both means."""
    code = project.codes.get("slaap")
    project.codes.change(replace(code, definition=words))


def tell(project: Project, key: str) -> None:
    teller = Voice("ouder", "moeder")
    project.stories.tell(Story(key, "G001", "Ze durft weer bellen.", StoryAnswer.POSITIVE, teller, title="Bellen"))


@pytest.fixture
def karim(small: Project, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Karim:
    """What Karim makes of a copy on a computer of his own: a bundle, or the file itself."""
    small.codes.add(Code("slaap", "Slaap"))
    there = tmp_path / "karim"
    there.mkdir()
    small.backup(there / "project.verhalen")

    def worked(work: Callable[[Project], None], *, into: Path | None = None) -> Path:
        monkeypatch.setenv("VERHALEN_HOME", str(tmp_path / "home-karim"))
        with open_project(there / "project.verhalen", coder="Karim") as project:
            work(project)
            if into is not None:
                project.backup(into)
            else:
                project.bundles.out(there / "karim.bundel", passphrase=SECRET)
        monkeypatch.setenv("VERHALEN_HOME", str(home))
        return into or there / "karim.bundel"

    return worked


def both_define(small: Project, karim: Karim) -> Path:
    """Two definitions of one code."""

    def work(project: Project) -> None:
        define(project, "Hoe iemand slaapt, en sinds wanneer.")
        tell(project, "V07")

    path = karim(work)
    define(small, "Hoe iemand slaapt.")
    return path


async def until(pilot: Pilot[None], so: Callable[[], object]) -> None:
    """Until a thread has done its work."""
    for _ in range(400):
        if so():
            break
        await asyncio.sleep(0.01)
    assert so()
    await settled(pilot)


async def fill(pilot: Pilot[None], **answers: str) -> None:
    for name, words in answers.items():
        field = screen(pilot).query_one(f"#{name}")
        field.value = words  # type: ignore[attr-defined]
    await pilot.pause()


def page(pilot: Pilot[None]) -> str:
    return "\n".join(line.text for line in screen(pilot).query_one(Page).lines)


def notes(pilot: Pilot[None]) -> str:
    return " ".join(str(note.message) for note in frame(pilot)._notifications)


def questions(pilot: Pilot[None]) -> OptionList:
    return screen(pilot).query_one("#questions", OptionList)


# -- out ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_work_is_passed_on_in_a_file_that_the_password_opens(small: Project, size: tuple[int, int]) -> None:
    async with opened(small, size) as pilot:
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(screen(pilot), SendForm)
        assert "exports/" in seen(pilot)
        await fill(pilot, password=SECRET, again=SECRET)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow))
        made = list((small.workspace / "exports").glob("*.bundel"))
        assert [path.name for path in made] == [t("work-{day}-{coder}", day="2026-11-20", coder="hanne") + ".bundel"]
        assert made[0].name in page(pilot)
        assert tn("{n} story", "{n} stories", 2) in page(pilot)
        assert SECRET not in page(pilot)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "Think of a password first. Your colleague needs it to open the package."),
        (SECRET, SECRET + "!", "The two passwords are not the same. Type them once more."),
    ],
)
async def test_without_a_password_that_was_typed_twice_nothing_is_made(
    small: Project, password: str, again: str, said: str
) -> None:
    async with opened(small) as pilot:
        await pilot.press("d")
        await fill(pilot, password=password, again=again)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert t(said) in " ".join(seen(pilot).replace("│", " ").split())
        assert list((small.workspace / "exports").glob("*.bundel")) == []


async def test_a_short_password_is_refused_and_what_was_typed_stays(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("d")
        await fill(pilot, password="kort", again="kort")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not getattr(pilot.app.screen, "is_busy", True) and "8" in seen(pilot))
        assert isinstance(screen(pilot), SendForm)
        assert list((small.workspace / "exports").glob("*.bundel")) == []


async def test_the_passwords_are_never_on_the_screen(small: Project) -> None:
    async with opened(small) as pilot:
        await pilot.press("d")
        await pilot.press("tab", *"geheim", "tab", *"geheim")
        assert "geheim" not in seen(pilot)
        assert seen(pilot).count("••••••") == 2


async def test_a_folder_can_be_chosen_and_is_remembered(small: Project, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    async with opened(small) as pilot:
        await pilot.press("d", "f4")
        await pilot.pause()
        picking = screen(pilot)
        assert isinstance(picking, PickFolder)
        picking._take(stick)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await fill(pilot, password=SECRET, again=SECRET)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow))
        assert len(list(stick.glob("*.bundel"))) == 1
        await pilot.press("escape", "d")
        await pilot.pause()
        where = screen(pilot).query_one("#where").value  # type: ignore[attr-defined]
        assert where.startswith(f"{stick}/")
        assert where.endswith("-2.bundel")


async def test_a_stick_that_is_gone_is_not_proposed_again(small: Project, tmp_path: Path) -> None:
    small.keep_view("send-folder", str(tmp_path / "nergens"))
    async with opened(small) as pilot:
        await pilot.press("d")
        assert screen(pilot).query_one("#where").value.startswith("exports/")  # type: ignore[attr-defined]


async def test_another_file_of_that_name_is_never_replaced(small: Project) -> None:
    report = small.workspace / "exports" / "verslag.bundel"
    report.write_text("niet van ons", "utf-8")
    async with opened(small) as pilot:
        await pilot.press("d")
        await fill(pilot, password=SECRET, again=SECRET, where="exports/verslag.bundel")
        await pilot.press("ctrl+s")
        said = t("There is another file of that name, which is no package. Choose another name.")
        await until(pilot, lambda: said in " ".join(seen(pilot).replace("│", " ").split()))
        assert report.read_text("utf-8") == "niet van ons"


async def test_who_closes_the_window_meanwhile_hears_where_the_package_lies(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def out(self: Bundles, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        begun.set()
        assert may_end.wait(20)
        return Sent(path.name, 1, 0, 0, 1, 0, None)

    monkeypatch.setattr(Bundles, "out", out)
    async with opened(small) as pilot:
        await pilot.press("d")
        await fill(pilot, password=SECRET, again=SECRET)
        await pilot.press("ctrl+s")
        await until(pilot, begun.is_set)
        await pilot.press("escape")
        assert isinstance(screen(pilot), HomeScreen)
        may_end.set()
        await until(pilot, lambda: ".bundel" in notes(pilot))


async def test_who_reads_the_help_meanwhile_finds_in_the_window_where_the_package_lies(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def out(self: Bundles, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        begun.set()
        assert may_end.wait(20)
        return Sent(path.name, 1, 0, 0, 1, 0, None)

    monkeypatch.setattr(Bundles, "out", out)
    async with opened(small) as pilot:
        await pilot.press("d")
        await fill(pilot, password=SECRET, again=SECRET, where="exports/p.bundel")
        await pilot.press("ctrl+s", "f1")
        await until(pilot, begun.is_set)
        assert isinstance(screen(pilot), HelpScreen)
        may_end.set()
        await until(pilot, lambda: "p.bundel" in notes(pilot))
        await pilot.press("escape")
        assert isinstance(screen(pilot), SendForm)
        assert "p.bundel" in str(screen(pilot).query_one("#problem", Static).render())


async def test_for_a_colleague_of_whom_work_came_in_only_what_is_new_goes_along(
    small: Project, karim: Karim, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.bundles.take_in(karim(lambda project: tell(project, "V07")), passphrase=SECRET)
    asked: list[str] = []

    def out(self: Bundles, path: Path, *, passphrase: str, partner: str = "") -> Sent:
        asked.append(partner)
        return Sent(path.name, 1, 0, 0, 1, 0, "2026-11-19T10:00:00Z")

    monkeypatch.setattr(Bundles, "out", out)
    async with opened(small) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await fill(pilot, whom="Karim", password=SECRET, again=SECRET)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingWindow))
        assert asked == ["Karim"]
        assert "Karim" in page(pilot)


# -- in ----------------------------------------------------------------------------------------------------------------


async def arrive(pilot: Pilot[None], path: Path, password: str = SECRET) -> None:
    """Choose the file and give its password."""
    await pilot.press("o")
    await pilot.pause()
    picking = screen(pilot)
    assert isinstance(picking, PickFile)
    picking._take(path)
    await settled(pilot)
    if password:
        await until(pilot, lambda: isinstance(pilot.app.screen, AskPassword))
        await fill(pilot, password=password)
        await pilot.press("enter")
        await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_what_would_come_is_shown_before_anything_is_stored(
    small: Project, karim: Karim, size: tuple[int, int]
) -> None:
    path, before = both_define(small, karim), small.last_change()
    async with opened(small, size) as pilot:
        await arrive(pilot, path)
        words = page(pilot)
        assert "Karim" in words
        assert tn("{n} story", "{n} stories", 1) in words
        assert tn("Then {n} question is left to answer", "Then {n} questions are left to answer", 1) in words
        assert "Hoe iemand slaapt, en sinds wanneer." in words
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(screen(pilot), HomeScreen)
        assert small.last_change() == before


@pytest.mark.parametrize("size", SIZES)
async def test_taking_in_tells_what_came_and_goes_on_to_the_questions(
    small: Project, karim: Karim, size: tuple[int, int]
) -> None:
    path = both_define(small, karim)
    async with opened(small, size) as pilot:
        await arrive(pilot, path)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(screen(pilot), ReadingWindow)
        assert "karim.bundel" in page(pilot)
        assert "V07" in [story.key for story in small.stories.all()]
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(screen(pilot), DecisionsScreen)
        assert "Hoe iemand slaapt, en sinds wanneer." in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        said = tn(
            "{n} question after taking in work: choose what stays",
            "{n} questions after taking in work: choose what stays",
            1,
        )
        assert said in seen(pilot)


async def test_undo_takes_it_out_again_and_home_reads_anew(small: Project, karim: Karim) -> None:
    path = both_define(small, karim)
    async with opened(small) as pilot:
        await arrive(pilot, path)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert "V07" not in [story.key for story in small.stories.all()]
        ids = [option.id for option in screen(pilot).query_one(WaitingList).options]
        assert "DECISION-" not in ids


async def test_a_wrong_password_is_said_and_asked_again(small: Project, karim: Karim) -> None:
    path = karim(lambda project: tell(project, "V07"))
    async with opened(small) as pilot:
        await arrive(pilot, path, "een ander wachtwoord")
        assert isinstance(screen(pilot), AskPassword)
        said = t("That password does not open it. Look at capitals and blanks, and try again.")
        assert said in " ".join(seen(pilot).replace("│", " ").split())
        await fill(pilot, password=SECRET)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(screen(pilot), ArrivalScreen)
        assert "Karim" in page(pilot)


async def test_who_does_not_know_the_password_goes_back_to_where_he_was(small: Project, karim: Karim) -> None:
    path = karim(lambda project: tell(project, "V07"))
    async with opened(small) as pilot:
        await arrive(pilot, path, "")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskPassword))
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(screen(pilot), HomeScreen)


async def test_what_is_here_already_need_not_be_taken_in(small: Project, karim: Karim) -> None:
    path = karim(lambda project: tell(project, "V07"))
    small.bundles.take_in(path, passphrase=SECRET)
    async with opened(small) as pilot:
        await arrive(pilot, path)
        assert t("There is nothing new in {file}.", file="karim.bundel") in page(pilot)
        before = small.last_change()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert small.last_change() == before
        assert isinstance(screen(pilot), ArrivalScreen)


async def test_a_file_of_another_kind_is_refused_in_plain_words(small: Project, tmp_path: Path) -> None:
    path = tmp_path / "brief.bundel"
    path.write_text("Beste Hanne, hierbij mijn werk.", "utf-8")
    async with opened(small) as pilot:
        await arrive(pilot, path, "")
        said = "{file} is not a package of this program. Choose the file that your colleague passed on."
        await until(pilot, lambda: t(said, file="brief.bundel") in page(pilot))
        assert "hierbij" not in page(pilot)


async def test_who_leaves_while_it_is_looked_at_is_left_alone(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def preview(self: Bundles, path: Path, *, passphrase: str = "") -> Taken:
        begun.set()
        assert may_end.wait(20)
        raise errors.NeedsBundlePassphrase

    monkeypatch.setattr(Bundles, "preview", preview)
    async with opened(small) as pilot:
        frame(pilot).open_arrival(tmp_path / "traag.bundel")
        await until_begun(begun)
        await pilot.press("escape")
        assert isinstance(screen(pilot), HomeScreen)
        may_end.set()
        await settled(pilot)
        assert isinstance(screen(pilot), HomeScreen)
        assert notes(pilot) == ""


async def until_begun(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 20)


async def test_who_leaves_while_it_comes_in_hears_that_it_came(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    taken = Taken(1, 0, 0, 1, 0, 0, 0, (), ())

    def take_in(self: Bundles, path: Path, *, passphrase: str = "") -> Taken:
        begun.set()
        assert may_end.wait(20)
        return taken

    monkeypatch.setattr(Bundles, "preview", lambda self, path, *, passphrase="": taken)
    monkeypatch.setattr(Bundles, "take_in", take_in)
    async with opened(small) as pilot:
        frame(pilot).open_arrival(tmp_path / "traag.bundel")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await until_begun(begun)
        await pilot.press("ctrl+s")  # twice is once
        await pilot.press("escape")
        may_end.set()
        await settled(pilot)
        assert isinstance(screen(pilot), HomeScreen)
        assert "traag.bundel" in notes(pilot)


async def test_what_was_withdrawn_there_goes_here_only_after_a_question(small: Project, karim: Karim) -> None:
    def forget(project: Project) -> None:
        project.withdraw("V02", really=True)

    path = karim(forget)
    async with opened(small) as pilot:
        await arrive(pilot, path)
        assert t("Withdrawn elsewhere") in page(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(screen(pilot), Choose)
        await pilot.press("enter")  # no
        await settled(pilot)
        assert "V02" in [story.key for story in small.stories.all()]
        await pilot.press("ctrl+s", "down", "enter")
        await settled(pilot)
        assert isinstance(screen(pilot), ReadingWindow)
        assert [story.key for story in small.stories.all()] == ["V01"]


async def test_who_reads_the_help_meanwhile_finds_what_came_behind_it(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    taken = Taken(1, 0, 0, 1, 0, 0, 0, (), ())

    def take_in(self: Bundles, path: Path, *, passphrase: str = "") -> Taken:
        begun.set()
        assert may_end.wait(20)
        return taken

    monkeypatch.setattr(Bundles, "preview", lambda self, path, *, passphrase="": taken)
    monkeypatch.setattr(Bundles, "take_in", take_in)
    async with opened(small) as pilot:
        frame(pilot).open_arrival(tmp_path / "traag.bundel")
        await settled(pilot)
        await pilot.press("ctrl+s", "f1")
        await until_begun(begun)
        assert isinstance(screen(pilot), HelpScreen)
        assert t(ArrivalScreen.HELP_TITLE) in seen(pilot)
        may_end.set()
        await settled(pilot)
        await pilot.press("escape")
        assert isinstance(screen(pilot), ArrivalScreen)
        assert t("Taken in from {file}", file="traag.bundel") in page(pilot)


async def test_a_conflict_copy_waits_on_the_first_screen_until_it_came_in(small: Project, karim: Karim) -> None:
    copy = karim(lambda project: tell(project, "V07"), into=small.workspace / "project (conflict Karim).verhalen")
    with open_project(small.workspace / "project.verhalen", coder="Hanne") as again:
        async with opened(again) as pilot:
            lines = screen(pilot).query_one(WaitingList)
            assert f"COPY-{copy}" in [option.id for option in lines.options]
            lines.highlighted = next(at for at, each in enumerate(lines.options) if each.id == f"COPY-{copy}")
            lines.focus()
            await pilot.press("enter")
            await settled(pilot)
            assert "Karim" in page(pilot)
            await pilot.press("ctrl+s")
            await settled(pilot)
            await pilot.press("escape")
            await settled(pilot)
            assert "V07" in [story.key for story in again.stories.all()]
            lines = screen(pilot).query_one(WaitingList)
            assert f"COPY-{copy}" not in [option.id for option in lines.options]
            await pilot.press("ctrl+z")
            await settled(pilot)
            lines = screen(pilot).query_one(WaitingList)
            assert f"COPY-{copy}" in [option.id for option in lines.options]


# -- in words ----------------------------------------------------------------------------------------------------------

DECISION = OpenDecision(
    "a",
    "field",
    "code 'slaap'",
    "definitie",
    (Side("Hanne", "2026-11-19T10:00:00Z", "Kort"), Side("Karim", "2026-11-19T11:00:00Z", "")),
)
TAKEN = Taken(
    5,
    1,
    2,
    3,
    4,
    6,
    7,
    (Came("Karim", 5, 2, 3, 4),),
    (DECISION,),
    ended=1,
    same_names=("Karim",),
    left=("reports/r.md",),
    clean=False,
)


def test_before_taking_in_one_reads_of_whom_it_is_what_goes_and_what_is_asked() -> None:
    words = "\n".join(line.text for line in coming_page(TAKEN, "karim.bundel"))
    assert f"Karim: {tn('{n} change', '{n} changes', 5)}" in words
    assert tn("{n} other thing", "{n} other things", 6) in words
    assert (
        tn(
            "{n} thing that was withdrawn there goes here too, with all that hangs on it. That cannot be undone.",
            "{n} things that were withdrawn there go here too, with all that hangs on them. That cannot be undone.",
            7,
        )
        in words
    )
    assert t("Two people are called {name}. They stay two; agree which name each of you uses.", name="Karim") in words
    assert "code 'slaap': definitie" in words
    assert t("(left empty)") in words


def test_files_that_still_hold_withdrawn_words_are_named() -> None:
    for lines in (coming_page(TAKEN, "x"), came_page(TAKEN, "x")):
        assert "reports/r.md" in [line.text for line in lines]


def test_afterwards_one_reads_that_other_windows_must_close() -> None:
    said = t("Close the other windows of this program too: only then the last traces of it are gone.")
    assert said in [line.text for line in came_page(TAKEN, "karim.bundel")]
    assert said not in [line.text for line in came_page(replace(TAKEN, clean=True), "karim.bundel")]


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [("removed", "", "Removed"), ("field", "", "(left empty)"), ("text", "zoals het was", "zoals het was")],
)
def test_every_side_has_words(kind: str, value: str, said: str) -> None:
    decision = replace(DECISION, kind=kind)  # type: ignore[arg-type]
    assert side_words(decision, Side("Hanne", "", value)) in (t(said), t(said.lower()).capitalize())
    assert decision.what in question(decision)


FORBIDDEN = ("project", "workspace", "werkmap", "bundle", "merge", "replica", "samenvoeg")


def test_a_coach_reads_no_word_of_the_trade() -> None:
    commands: tuple[type[AnyCommand], ...] = (
        *SEND,
        *PICK_FOLDER,
        *PASSWORD,
        *ARRIVAL,
        *DECISIONS,
        SendWork,
        TakeInWork,
        SeeDecisions,
    )
    said = [t(words) for each in commands if each.id != "help" for words in (each.title, each.help)]
    for kind in (SendForm, AskPassword, ArrivalScreen, DecisionsScreen):
        said += [t(kind.HELP_TITLE), t(kind.HELP_TEXT)]
    said += [line.text for line in (*coming_page(TAKEN, "x"), *came_page(TAKEN, "x"))]
    for error in (errors.NotABundle, errors.BrokenBundle, errors.NewerBundle, errors.OtherProjectBundle):
        said.append(what_is_wrong(error(file="x"), Path("x")))
    assert [words for words in said for each in FORBIDDEN if each in words.casefold()] == []


# -- questions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(small: Project, karim: Karim) -> Project:
    """With one question: what the code means."""
    small.bundles.take_in(both_define(small, karim), passphrase=SECRET)
    assert len(small.bundles.decisions()) == 1
    return small


def now(project: Project) -> str:
    return project.codes.get("slaap").definition


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [("2",), ("é",), ("enter", "down", "enter")])
async def test_a_side_is_chosen_by_its_digit_or_by_enter_and_undo_brings_the_question_back(
    asked: Project, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    first, second = (side.value for side in asked.bundles.decisions()[0].sides)
    async with opened(asked, size) as pilot:
        await pilot.press("v")
        await settled(pilot)
        assert first in seen(pilot)
        assert second in seen(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        assert now(asked) == second
        assert questions(pilot).option_count == 0
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert now(asked) == first
        assert questions(pilot).option_count == 1


async def test_a_click_chooses_a_side(asked: Project) -> None:
    second = asked.bundles.decisions()[0].sides[1].value
    async with opened(asked) as pilot:
        await pilot.press("v")
        await settled(pilot)
        await pilot.click("#sides", offset=(5, 4))
        await settled(pilot)
        assert now(asked) == second


async def test_the_first_side_may_be_chosen_too_and_then_nothing_is_asked_any_more(asked: Project) -> None:
    first = now(asked)
    async with opened(asked) as pilot:
        await pilot.press("v", "1")
        await settled(pilot)
        assert now(asked) == first
        assert asked.bundles.decisions() == []
        said = t(
            "Nothing is left to choose. When you and a colleague wrote different things about the same, it stands here."
        )
        assert said in " ".join(seen(pilot).split())


async def test_enter_on_the_line_of_the_first_screen_opens_the_questions(asked: Project) -> None:
    async with opened(asked) as pilot:
        lines = screen(pilot).query_one(WaitingList)
        lines.focus()
        lines.highlighted = next(at for at, each in enumerate(lines.options) if each.id == "DECISION-")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(screen(pilot), DecisionsScreen)


async def test_long_words_are_read_whole_in_a_window(asked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "Hoe iemand slaapt en hoe lang al. " * 90 + "Dit is het einde."
    decision = replace(asked.bundles.decisions()[0], sides=(Side("Hanne", "", "kort"), Side("Karim", "", long)))
    monkeypatch.setattr(Bundles, "decisions", lambda self: [decision])
    async with opened(asked) as pilot:
        await pilot.press("v", "l")
        await settled(pilot)
        assert isinstance(screen(pilot), ReadingWindow)
        assert "Dit is het einde." in page(pilot)


async def test_a_choice_that_cannot_be_made_says_why_and_may_be_made_otherwise(
    asked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Bundles, key: str, side: int) -> None:
        raise errors.BadInput(reason="er hangt iets aan")

    async with opened(asked) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(Bundles, "decide", refuse)
            await pilot.press("v", "2")
            await settled(pilot)
            assert "er hangt iets aan" in notes(pilot)
        await pilot.press("1")
        await settled(pilot)
        assert asked.bundles.decisions() == []
